//! The commands: parse arguments, call `app` or start `server`, print.
