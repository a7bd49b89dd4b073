//! Writes a document in a file format; one file per format.

mod json;
mod markdown;

use crate::model::{Document, UiLanguage};

/// One way to write documents.
pub struct Exporter {
    /// Its name in addresses and on the command line; also the file's extension.
    pub name: &'static str,
    /// The media type of what it writes.
    pub media_type: &'static str,
    /// What it is good for.
    pub help: &'static str,
    /// Writes a document for readers of this language. The same document gives the same bytes.
    pub write: fn(&Document, UiLanguage) -> Vec<u8>,
}

/// Every exporter; pickers, help, documentation and tests derive from this list.
pub const EXPORTERS: &[Exporter] = &[
    Exporter {
        name: "md",
        media_type: "text/markdown; charset=utf-8",
        help: "Markdown with every quote, its speaker and its meeting",
        write: markdown::write,
    },
    Exporter {
        name: "json",
        media_type: "application/json",
        help: "the whole document for programs",
        write: json::write,
    },
];

/// A document written in a file format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// A file name without any path.
    pub file_name: String,
    /// The media type.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}
