//! Rev's aligned reference transcripts (`.nlp`): one word a line, its columns parted by bars, below a line that names them:
//! `token|speaker|ts|endTs|punctuation|case|tags`.

use std::borrow::Cow;

use super::reading::draft::Draft;
use super::reading::lines;
use super::reading::remarks::{self, Word};
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "rev-nlp",
    label: ("Rev (NLP)", "Rev (NLP)"),
    extensions: &["nlp"],
    sniff,
    parser: Parser::Lenient(parse),
};

fn sniff(sample: &Sample<'_>) -> f32 {
    let first = lines::lines(sample.text).next().map_or("", |line| lines::trim(line.text));
    if Columns::of(first).is_some() { 1.0 } else { 0.0 }
}

/// Where each column stands.
struct Columns {
    token: usize,
    speaker: Option<usize>,
    start: Option<usize>,
    end: Option<usize>,
    marks: Option<usize>,
}

impl Columns {
    fn of(header: &str) -> Option<Self> {
        let names: Vec<&str> = header.split('|').map(str::trim).collect();
        let at = |name: &str| names.iter().position(|one| one.eq_ignore_ascii_case(name));
        (names.len() >= 3).then_some(())?;
        Some(Self {
            token: at("token")?,
            speaker: at("speaker"),
            start: at("ts"),
            end: at("endTs"),
            marks: at("punctuation"),
        })
    }
}

fn parse(text: &str) -> Draft {
    let mut draft = Draft::default();
    let mut all = lines::lines(text);
    let columns = all.next().and_then(|header| Columns::of(lines::trim(header.text)));
    let columns =
        columns.unwrap_or(Columns { token: 0, speaker: Some(1), start: Some(2), end: Some(3), marks: Some(4) });
    let mut words: Vec<Word<'_>> = Vec::new();
    for line in all {
        let cells: Vec<&str> = line.text.split('|').map(str::trim).collect();
        let cell = |column: Option<usize>| column.and_then(|column| cells.get(column)).copied().unwrap_or("");
        let token = cell(Some(columns.token));
        if token.is_empty() || cells.len() < 3 {
            draft.leave(line);
            continue;
        }
        let time = |column| cell(column).parse().ok().and_then(remarks::seconds);
        let label = match cell(columns.speaker) {
            "" => None,
            label if label.bytes().all(|byte| byte.is_ascii_digit()) => Some(Cow::Owned(format!("Speaker {label}"))),
            label => Some(Cow::Borrowed(label)),
        };
        let (start_ms, end_ms) = (time(columns.start), time(columns.end));
        words.push(Word { text: token, speaker: label.clone(), start_ms, end_ms, glued: false });
        let marks = cell(columns.marks);
        if !marks.is_empty() {
            words.push(Word { text: marks, speaker: label, start_ms: None, end_ms: None, glued: true });
        }
    }
    remarks::lay_out(&remarks::joined(words), &mut draft);
    draft
}
