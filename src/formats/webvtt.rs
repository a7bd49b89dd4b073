//! WebVTT, as Zoom, Microsoft Teams, YouTube and Whisper write it.
//!
//! Source: <https://www.w3.org/TR/webvtt1/>, read leniently: times without hours or with a comma, cues behind a missing
//! header, `<v Name>` without its end tag.

use super::reading::cue_labels::CueLines;
use super::reading::draft::Draft;
use super::reading::lines::{self, Line};
use super::reading::{cues, facts, stamps};
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "webvtt",
    label: ("Subtítulos WebVTT (Zoom, Teams, YouTube)", "WebVTT captions (Zoom, Teams, YouTube)"),
    extensions: &["vtt", "webvtt"],
    sniff,
    parser: Parser::Lenient(parse),
};

fn sniff(sample: &Sample<'_>) -> f32 {
    let first =
        lines::lines(sample.text).map(|line| line.text).find(|line| !lines::trim(line).is_empty()).unwrap_or("");
    if is_signature(first) {
        return 1.0;
    }
    let timings = sample.timings();
    match timings.with_point {
        0 => 0.0,
        points if points >= timings.with_comma => 0.7,
        _ => 0.2,
    }
}

fn is_signature(line: &str) -> bool {
    line.strip_prefix("WEBVTT").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '-']))
}

/// Webex names the speaker in the identifier of a cue: `12 "Ana Paz" (2424832)`.
fn identified(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let (name, behind) = rest.trim_start().strip_prefix('"')?.split_once('"')?;
    let behind = behind.trim();
    let is_number = behind.is_empty() || (behind.starts_with('(') && behind.ends_with(')'));
    (rest.len() < line.len() && is_number && !name.trim().is_empty()).then_some(name)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    /// Before the first blank line.
    Header,
    /// After a blank line: anything may begin.
    Start,
    /// After a line that may be a cue's identifier.
    Identifier,
    /// The words of a cue.
    Cue,
    /// NOTE: facts may stand there.
    Note,
    /// STYLE, REGION.
    Skipped,
}

fn parse(text: &str) -> Draft {
    let mut draft = Draft::default();
    let mut reader = Reader {
        block: Block::Start,
        cues: CueLines::default(),
        identifier: None,
        warned: false,
        time: (None, None),
        timing_line: 0,
    };
    for line in lines::lines(text) {
        reader.line(line, &mut draft);
    }
    reader.end_of_block(&mut draft);
    let named = reader.cues.named();
    cues::merge(text, &named, &mut draft);
    draft
}

struct Reader<'a> {
    block: Block,
    cues: CueLines<'a>,
    identifier: Option<Line<'a>>,
    /// The block of text without a time was told of.
    warned: bool,
    time: (Option<u64>, Option<u64>),
    timing_line: usize,
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: Line<'a>, draft: &mut Draft) {
        let text = lines::trim(line.text);
        if text.is_empty() && self.block == Block::Cue && !line.text.is_empty() {
            // YouTube writes a space where a line of a cue holds nothing; only an empty line ends the cue.
            return;
        }
        if text.is_empty() {
            self.end_of_block(draft);
            self.block = Block::Start;
            return;
        }
        if self.block != Block::Note && self.block != Block::Header && stamps::has_arrow(text) {
            self.end_of_cue(draft);
            self.timing(line, text, draft);
            return;
        }
        match self.block {
            Block::Header | Block::Note => {
                if let Some((fact, value)) = facts::line(text) {
                    facts::keep(&mut draft.facts, fact, value);
                }
            }
            Block::Start => self.start(line, text, draft),
            Block::Identifier => {
                self.leave_untimed(draft);
                self.identifier = Some(line);
            }
            Block::Cue => self.cues.add(self.time.0, self.time.1, line.text),
            Block::Skipped => {}
        }
    }

    fn start(&mut self, line: Line<'a>, text: &'a str, draft: &mut Draft) {
        if line.number == 1 && is_signature(text) {
            self.block = Block::Header;
            let title = text.trim_start_matches("WEBVTT").trim().trim_start_matches('-').trim();
            if !title.is_empty() && !title.contains(':') {
                draft.facts.title = Some(title.to_owned());
            }
            return;
        }
        if let Some(note) = text.strip_prefix("NOTE").filter(|rest| rest.is_empty() || rest.starts_with([' ', '\t'])) {
            self.block = Block::Note;
            if let Some((fact, value)) = facts::line(note.trim()) {
                facts::keep(&mut draft.facts, fact, value);
            }
            return;
        }
        if matches!(text, "STYLE" | "REGION") {
            self.block = Block::Skipped;
            return;
        }
        self.block = Block::Identifier;
        self.identifier = Some(line);
    }

    fn timing(&mut self, line: Line<'a>, text: &str, draft: &mut Draft) {
        self.block = Block::Cue;
        self.timing_line = line.number;
        self.cues.begin();
        if let Some(name) = self.identifier.take().and_then(|line| identified(line.text)) {
            self.cues.identify(name);
        }
        self.time = (None, None);
        let Some((start, end, _settings)) = stamps::timing(text) else {
            draft.warn(
                "bad_timing",
                line.number,
                "El tiempo de este subtítulo no se puede leer; sus palabras se conservan sin tiempo.",
                "This cue's time cannot be read; its words are kept without a time.",
            );
            return;
        };
        if end < start {
            draft.warn(
                "time_runs_backwards",
                line.number,
                "Este subtítulo termina antes de empezar.",
                "This cue ends before it starts.",
            );
        }
        self.time = (Some(start), Some(end.max(start)));
    }

    fn end_of_block(&mut self, draft: &mut Draft) {
        self.end_of_cue(draft);
        self.leave_untimed(draft);
        self.warned = false;
    }

    fn end_of_cue(&mut self, draft: &mut Draft) {
        if self.block == Block::Cue && self.cues.last_is_empty() {
            draft.warn("empty_cue", self.timing_line, "Este subtítulo no tiene palabras.", "This cue holds no words.");
        }
    }

    fn leave_untimed(&mut self, draft: &mut Draft) {
        let Some(line) = self.identifier.take() else { return };
        draft.leave(line);
        if !self.warned {
            draft.warn(
                "cue_without_time",
                line.number,
                "Aquí hay texto sin línea de tiempo; queda fuera de la transcripción.",
                "There is text without a timing line here; it is left out of the transcript.",
            );
        }
        self.warned = true;
    }
}
