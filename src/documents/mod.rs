//! Builds empathy maps and their kin from entries.

mod empathy_map;

pub use empathy_map::empathy_map;
