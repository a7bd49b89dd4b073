//! Builds empathy maps and their kin from entries.
