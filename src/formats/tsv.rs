//! Whisper's table: start and end in milliseconds, then the words, between tabs, below a line that names the columns.

use super::reading::cue_labels::CueLines;
use super::reading::draft::Draft;
use super::reading::{cues, lines};
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "tsv",
    label: ("Tabla TSV de Whisper", "Whisper's TSV table"),
    extensions: &["tsv"],
    sniff,
    parser: Parser::Lenient(parse),
};

fn sniff(sample: &Sample<'_>) -> f32 {
    let first = lines::lines(sample.text).next().map_or("", |line| lines::trim(line.text));
    let rows = lines::lines(sample.text).filter(|line| row(line.text).is_some()).count();
    match (is_header(first), rows) {
        (_, 0) => 0.0,
        (true, _) => 0.99,
        (false, 1) => 0.4,
        (false, _) => 0.85,
    }
}

fn parse(text: &str) -> Draft {
    let mut draft = Draft::default();
    let mut cue_lines = CueLines::default();
    for line in lines::lines(text) {
        if let Some((start, end, words)) = row(line.text) {
            cue_lines.begin();
            cue_lines.add(Some(start), Some(end.max(start)), words);
        } else if line.number > 1 || !is_header(lines::trim(line.text)) {
            draft.leave(line);
        }
    }
    cues::merge(text, &cue_lines.named(), &mut draft);
    draft
}

fn is_header(line: &str) -> bool {
    line.split('\t').map(str::trim).eq(["start", "end", "text"])
}

/// Start and end in milliseconds, and the words.
fn row(line: &str) -> Option<(u64, u64, &str)> {
    if !line.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut cells = line.splitn(3, '\t');
    let start = cells.next()?.trim().parse().ok()?;
    let end = cells.next()?.trim().parse().ok()?;
    Some((start, end, cells.next()?))
}
