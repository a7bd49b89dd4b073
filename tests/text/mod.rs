//! Text: decoding, utterances.

mod decode;
mod utterances;
