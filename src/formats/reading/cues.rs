//! Timed caption blocks become turns: one speaker's cues merge, rolling captions collapse.

use crate::model::{Nature, Span, Turn};

use super::draft::Draft;
use super::lines;

/// A turn of cues without a speaker ends at the first sentence end after this long.
const SENTENCE_END_AFTER_MS: u64 = 30_000;
/// A turn of cues without a speaker is never longer than this.
const LONGEST_UNNAMED_MS: u64 = 60_000;
/// A silence this long between cues without a speaker ends the turn.
const PAUSE_MS: u64 = 4_000;

/// A silence this long parts even what one speaker says.
const NAMED_PAUSE_MS: u64 = 30_000;
/// A monologue is parted at the first sentence end after this long, so that a turn can be found and shown.
const NAMED_SENTENCE_END_AFTER_MS: u64 = 180_000;

/// No turn of cues is longer than this.
const LONGEST_NAMED_MS: u64 = 600_000;

/// One line of a cue, with who says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CueLine<'a> {
    /// Which cue of the file, zero-based; lines of one cue share it.
    pub cue: usize,
    /// When the cue starts, in milliseconds; none where its time cannot be read.
    pub start_ms: Option<u64>,
    /// When it ends, likewise.
    pub end_ms: Option<u64>,
    /// The label, where the line or the cue has one.
    pub speaker: Option<&'a str>,
    /// The words, markup included, label excluded.
    pub text: &'a str,
    /// A mark (`- `, `>>`) says that somebody else begins here.
    pub another_voice: bool,
}

/// Merges cue lines into the turns of `draft`. `source` is the text that the lines are slices of.
pub fn merge(source: &str, cue_lines: &[CueLine<'_>], draft: &mut Draft) {
    let rolling = is_rolling(cue_lines);
    let mut open: Option<OpenTurn> = None;
    let mut tail: [&str; 2] = ["", ""];
    for line in cue_lines {
        if rolling && repeats(line, tail) {
            draft.repeats_removed += 1;
            if let Some(open) = &mut open {
                open.turn.end_ms = open.turn.end_ms.max(line.end_ms);
            }
            continue;
        }
        tail = [tail[1], line.text];
        let speaker = line.speaker.filter(|name| !name.is_empty()).map(|name| draft.speaker(name));
        if open.as_ref().is_some_and(|open| open.ends_before(line, speaker)) {
            close(open.take(), draft);
        }
        let open = open.get_or_insert_with(|| OpenTurn::starting(line, speaker));
        open.add(source, line);
    }
    close(open, draft);
}

fn close(open: Option<OpenTurn>, draft: &mut Draft) {
    draft.turns.extend(open.map(|open| open.turn).filter(|turn| !turn.pieces.is_empty()));
}

struct OpenTurn {
    turn: Turn,
    cue: usize,
    last_end_ms: u64,
    ends_sentence: bool,
}

impl OpenTurn {
    fn starting(line: &CueLine<'_>, speaker: Option<usize>) -> Self {
        let turn =
            Turn { speaker, start_ms: line.start_ms, end_ms: line.end_ms, nature: Nature::Speech, pieces: Vec::new() };
        Self { turn, cue: line.cue, last_end_ms: line.end_ms.unwrap_or(0), ends_sentence: false }
    }

    fn ends_before(&self, line: &CueLine<'_>, speaker: Option<usize>) -> bool {
        if speaker != self.turn.speaker || line.another_voice {
            return true;
        }
        if line.cue == self.cue {
            return false;
        }
        let (Some(start_ms), Some(end_ms)) = (line.start_ms, line.end_ms) else { return false };
        let lasted = end_ms.saturating_sub(self.turn.start_ms.unwrap_or(start_ms));
        let silence = start_ms.saturating_sub(self.last_end_ms);
        if speaker.is_some() {
            let long = lasted > LONGEST_NAMED_MS || (self.ends_sentence && lasted > NAMED_SENTENCE_END_AFTER_MS);
            return long || silence >= NAMED_PAUSE_MS;
        }
        lasted > LONGEST_UNNAMED_MS || silence >= PAUSE_MS || (self.ends_sentence && lasted > SENTENCE_END_AFTER_MS)
    }

    fn add(&mut self, source: &str, line: &CueLine<'_>) {
        self.cue = line.cue;
        self.last_end_ms = self.last_end_ms.max(line.end_ms.unwrap_or(0));
        self.turn.end_ms = self.turn.end_ms.max(line.end_ms);
        pieces(source, line.text, &mut self.turn.pieces);
        self.ends_sentence = line.text.trim_end_matches(['"', '”', '»', ')']).ends_with(['.', '?', '!', '…']);
    }
}

/// Do many cues begin with the words that the cue before ended with?
fn is_rolling(cue_lines: &[CueLine<'_>]) -> bool {
    let (mut cues, mut repeated) = (0_usize, 0_usize);
    for pair in cue_lines.windows(2) {
        if pair[0].cue != pair[1].cue {
            cues += 1;
            repeated += usize::from(same_words(pair[0].text, pair[1].text));
        }
    }
    repeated >= 2 && repeated * 5 >= cues
}

fn repeats(line: &CueLine<'_>, tail: [&str; 2]) -> bool {
    tail.iter().any(|before| same_words(before, line.text))
}

/// Are the words the same, markup and white space aside?
fn same_words(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    if !one.contains('<') && !other.contains('<') {
        return false;
    }
    words(one).eq(words(other))
}

fn words(text: &str) -> impl Iterator<Item = char> {
    let mut inside = false;
    text.chars().filter(move |c| {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                return false;
            }
            _ => {}
        }
        !inside && !c.is_whitespace()
    })
}

/// Cuts a line at its tags: the words between them are the pieces. Tags inside a word stay where they are, so that
/// the word stays whole.
fn pieces(source: &str, text: &str, pieces: &mut Vec<Span>) {
    if memchr::memchr(b'<', text.as_bytes()).is_none() {
        push(source, text, pieces);
        return;
    }
    let (mut from, mut search) = (0, 0);
    while let Some(opening) = memchr::memchr(b'<', &text.as_bytes()[search..]).map(|at| at + search) {
        let mut closing = opening;
        while text.as_bytes().get(closing) == Some(&b'<')
            && let Some(end) = tag_end(text, closing)
        {
            closing = end;
        }
        if closing == opening {
            search = opening + 1;
            continue;
        }
        let inside_word =
            text[from..opening].ends_with(char::is_alphanumeric) && text[closing..].starts_with(char::is_alphanumeric);
        if !inside_word {
            push(source, &text[from..opening], pieces);
            from = closing;
        }
        search = closing;
    }
    push(source, &text[from..], pieces);
}

/// One past the end of the tag that opens at `opening`, where it is one: `<b>`, `</c>`, `<c.yellow>`, `<00:00:01.000>`.
fn tag_end(text: &str, opening: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[opening + 1..];
    let first = bytes.iter().find(|byte| **byte != b'/')?;
    if !first.is_ascii_alphanumeric() && *first != b'>' {
        return None;
    }
    let limit = bytes.len().min(200);
    let closing = memchr::memchr2(b'>', b'<', &bytes[..limit])?;
    (bytes[closing] == b'>').then_some(opening + closing + 2)
}

fn push(source: &str, part: &str, pieces: &mut Vec<Span>) {
    let part = lines::trim(part);
    if !part.is_empty() {
        pieces.push(lines::span_of(source, part));
    }
}
