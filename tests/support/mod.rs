//! The test kit: a whole service in temporary folders, requests to it, the built program, a real browser.

pub mod app;
pub mod browser;
pub mod meetings;
pub mod program;
pub mod requests;
pub mod source;

pub use app::{TestApp, upload};
pub use program::{Program, Server};
pub use requests::{Answer, Client, Form};
