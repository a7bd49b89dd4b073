//! Decodes, cuts into utterances and words, tells the language; never loses a position.

mod decode;
pub mod language;
mod utterances;
pub mod words;

pub use decode::{Decoded, decode};
pub use utterances::utterances;
