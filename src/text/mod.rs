//! Decodes, cuts into utterances and words, tells the language; never loses a position.

pub mod words;
pub mod language;
