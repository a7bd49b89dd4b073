//! Text whose lines name their speakers, in every shape that tools and people write it:
//!
//! `[00:12:03] Name: text` · `Name: text` · `**Name:** text` · `Name  0:12`, `00:12:03 Name` or `[Name] 11:02:09` with the
//! words on the next lines · `00:00:06 <v Name>text` · `P:` and `R:` interviews · `[00:12] text` without names.

use super::reading::dialogue::{self, Manner};
use super::reading::draft::Draft;
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "labelled",
    label: ("Texto con nombres (Otter, Zoom, tl;dv, entrevistas)", "Text with names (Otter, Zoom, tl;dv, interviews)"),
    extensions: &["txt", "text", "log"],
    sniff,
    parser: Parser::Lenient(parse),
};

fn sniff(sample: &Sample<'_>) -> f32 {
    let speakers = sample.speakers();
    if speakers.lines < 2 || sample.timings().total() > 0 {
        return 0.0;
    }
    if speakers.timed_lines >= 2 && speakers.share >= 0.3 {
        return if speakers.distinct() > 0 { 0.95 } else { 0.85 };
    }
    if speakers.share < 0.2 {
        return 0.0;
    }
    0.35 + 0.6 * speakers.share
}

fn parse(text: &str) -> Draft {
    dialogue::read(text, Manner::Labelled)
}
