//! What the text room promises.

mod language;
