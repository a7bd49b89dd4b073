//! JSON: the whole document for programs, with both languages in it.

use crate::model::{Document, UiLanguage};

/// Writes the document with two spaces of indentation and a final line break.
pub fn write(document: &Document, _language: UiLanguage) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(document).expect("a document is made of strings, numbers and lists");
    bytes.push(b'\n');
    bytes
}
