//! The store's contract: what every function promises, and what no crash, clash or damage may do to it.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first thing that is not as it says")]

mod contract;
mod folder;
mod history;
mod kit;
mod review;
