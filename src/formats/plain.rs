//! Plain text without any structure: notes, one paragraph a turn.

use super::reading::dialogue::{self, Manner};
use super::reading::draft::Draft;
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "plain",
    label: ("Texto sin estructura", "Plain text"),
    extensions: &["txt", "text"],
    sniff,
    parser: Parser::Lenient(parse),
};

fn sniff(sample: &Sample<'_>) -> f32 {
    // Anything can be read as plain text; every better guess wins.
    if sample.timings().total() > 0 { 0.05 } else { 0.2 }
}

fn parse(text: &str) -> Draft {
    dialogue::read(text, Manner::Notes)
}
