//! The store's contract: what every function promises, and what no crash, clash or damage may do to it.

mod contract;
mod folder;
mod history;
mod kit;
mod review;
