//! The people's face: pages in Spanish and English.
