//! What the text room promises.

mod decode;
mod language;
mod utterances;
