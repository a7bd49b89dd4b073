//! What must stay fast.
fn main() {}
