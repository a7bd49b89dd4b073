//! SubRip (SRT), as caption editors, Whisper and podcast hosts write it: with comma or point, with or without counters.

use super::reading::cue_labels::CueLines;
use super::reading::draft::Draft;
use super::reading::lines::{self, Line};
use super::reading::{cues, stamps};
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "srt",
    label: ("Subtítulos SRT", "SRT captions"),
    extensions: &["srt"],
    sniff,
    parser: Parser::Lenient(parse),
};

fn sniff(sample: &Sample<'_>) -> f32 {
    let timings = sample.timings();
    if timings.with_comma + timings.with_point == 0 {
        return 0.0;
    }
    if timings.with_comma >= timings.with_point {
        return if timings.counted > 0 { 0.98 } else { 0.9 };
    }
    // Points are WebVTT's, but a counter before every cue and no signature is how careless SRT writers do it.
    if timings.counted * 2 > timings.with_point { 0.8 } else { 0.4 }
}

fn parse(text: &str) -> Draft {
    let mut draft = Draft::default();
    let mut reader = Reader::default();
    for line in lines::lines(text) {
        reader.line(line, &mut draft);
    }
    reader.leave_held(&mut draft);
    reader.end_of_cue(&mut draft);
    cues::merge(text, &reader.cues.named(), &mut draft);
    draft
}

#[derive(Default)]
struct Reader<'a> {
    cues: CueLines<'a>,
    time: (Option<u64>, Option<u64>),
    timing_line: usize,
    after_blank: bool,
    /// A counter whose timing line has not come yet.
    counter: Option<Line<'a>>,
    /// Words behind such a counter.
    lost: bool,
    /// The number of a line of digits that was taken for words.
    digits_at: usize,
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: Line<'a>, draft: &mut Draft) {
        let text = lines::trim(line.text);
        if text.is_empty() {
            self.after_blank = true;
            self.lost = false;
            return;
        }
        if stamps::has_arrow(text) {
            self.timing(line, text, draft);
            return;
        }
        let starts_block = self.after_blank || self.cues.cues() == 0;
        self.after_blank = false;
        if starts_block && text.bytes().all(|byte| byte.is_ascii_digit()) {
            self.leave_held(draft);
            self.counter = Some(line);
            return;
        }
        if self.counter.is_some() || self.lost || self.cues.cues() == 0 {
            self.leave_held(draft);
            if !self.lost {
                draft.warn(
                    "cue_without_time",
                    line.number,
                    "Aquí hay texto sin línea de tiempo; queda fuera de la transcripción.",
                    "There is text without a timing line here; it is left out of the transcript.",
                );
            }
            self.lost = true;
            draft.leave(line);
            return;
        }
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            self.digits_at = line.number;
        }
        self.cues.add(self.time.0, self.time.1, line.text);
    }

    fn timing(&mut self, line: Line<'a>, text: &str, draft: &mut Draft) {
        if self.digits_at > 0 && self.digits_at + 1 == line.number {
            // The blank line before the counter is missing.
            self.cues.take_back();
        }
        self.end_of_cue(draft);
        self.counter = None;
        self.after_blank = false;
        self.lost = false;
        self.timing_line = line.number;
        self.cues.begin();
        self.time = (None, None);
        let Some((start, end, _)) = stamps::timing(text) else {
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

    fn end_of_cue(&mut self, draft: &mut Draft) {
        if self.cues.cues() > 0 && self.cues.last_is_empty() {
            draft.warn("empty_cue", self.timing_line, "Este subtítulo no tiene palabras.", "This cue holds no words.");
        }
    }

    fn leave_held(&mut self, draft: &mut Draft) {
        if let Some(line) = self.counter.take() {
            draft.leave(line);
        }
    }
}
