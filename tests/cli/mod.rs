//! The commands, run as the built program.

mod analyze;
mod help;
mod importing;
mod imports;
mod languages;
mod lexicon;
mod maps;
mod reindex;
mod search;
mod serving;
mod settings;
