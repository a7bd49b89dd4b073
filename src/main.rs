//! The `cita` program.

fn main() {}
