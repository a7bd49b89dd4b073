//! Decodes, cuts into utterances and words, tells the language; never loses a position.

pub mod language;
pub mod words;
