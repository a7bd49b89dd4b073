//! Concepts with their words in both languages: reads and checks lexicon files, compiles one matcher, finds hits.
//!
//! A concept lives in one TOML file under `lexicons/<kind>/`. [`Lexicon::parse`] reads files and names every mistake with
//! its line; [`Matcher`] finds the terms of all concepts in the [`Words`](crate::text::words::Words) of an utterance;
//! [`Lexicon::check`] runs the examples that every file carries.

mod builtin;
mod check;
mod concept;
mod limits;
mod matcher;
mod parse;
mod patterns;
mod source;
mod term;
mod version;

pub use concept::{Concept, Example, Lexicon, Pattern, Term};
pub use matcher::{Hit, Matcher};
