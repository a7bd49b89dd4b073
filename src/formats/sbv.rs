//! SubViewer as YouTube exports it: `0:00:03.900,0:00:08.460`, then the words, then a blank line.

use super::reading::cue_labels::CueLines;
use super::reading::draft::Draft;
use super::reading::{cues, lines, stamps};
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "sbv",
    label: ("Subtítulos SBV de YouTube", "YouTube SBV captions"),
    extensions: &["sbv"],
    sniff,
    parser: Parser::Lenient(parse),
};

fn sniff(sample: &Sample<'_>) -> f32 {
    let timings = lines::lines(sample.text).filter(|line| timing(lines::trim(line.text)).is_some()).count();
    match timings {
        0 => 0.0,
        1 => 0.9,
        _ => 0.98,
    }
}

fn parse(text: &str) -> Draft {
    let mut draft = Draft::default();
    let mut cue_lines = CueLines::default();
    let mut time = (None, None);
    for line in lines::lines(text) {
        let words = lines::trim(line.text);
        if let Some((start, end)) = timing(words) {
            cue_lines.begin();
            time = (Some(start), Some(end.max(start)));
        } else if cue_lines.cues() == 0 {
            draft.leave(line);
        } else {
            cue_lines.add(time.0, time.1, words);
        }
    }
    cues::merge(text, &cue_lines.named(), &mut draft);
    draft
}

/// `0:00:03.900,0:00:08.460`, both with thousandths.
fn timing(line: &str) -> Option<(u64, u64)> {
    if !line.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (start, end) = line.split_once(',')?;
    (start.contains('.') && end.contains('.')).then_some(())?;
    Some((stamps::whole(start)?, stamps::whole(end)?))
}
