//! What speech recognisers and meeting tools give in JSON: remarks, or single words that are joined to remarks, laid out as
//! text that the spans then refer to.

use std::borrow::Cow;

use super::cues::{self, CueLine};
use super::draft::Draft;
use super::lines;
use super::tree::Node;

/// A silence this long ends a remark that is joined of words.
const PAUSE_MS: u64 = 1_500;
/// A remark without punctuation ends at the next breath after this many bytes, and in any case after twice as many.
const LONG_BYTES: usize = 300;
/// A breath.
const BREATH_MS: u64 = 250;
/// Up to a year; anything else is a date or damage.
const LONGEST_MS: f64 = 3.2e10;

/// What somebody says in one go.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark<'t> {
    /// The label, where the file has one.
    pub speaker: Option<Cow<'t, str>>,
    /// When it starts, in milliseconds.
    pub start_ms: Option<u64>,
    /// When it ends, likewise.
    pub end_ms: Option<u64>,
    /// What is said.
    pub words: Cow<'t, str>,
}

/// One recognised word.
#[derive(Clone, Debug, PartialEq)]
pub struct Word<'t> {
    /// As the file writes it, marks included.
    pub text: &'t str,
    /// The label, where the file has one.
    pub speaker: Option<Cow<'t, str>>,
    /// When it starts, in milliseconds.
    pub start_ms: Option<u64>,
    /// When it ends, likewise.
    pub end_ms: Option<u64>,
    /// No space stands before it: a mark, or the rest of a word.
    pub glued: bool,
}

/// Joins words to remarks: until the speaker changes, a sentence ends or nobody speaks for a while.
pub fn joined<'t>(words: impl IntoIterator<Item = Word<'t>>) -> Vec<Remark<'t>> {
    let mut remarks: Vec<Remark<'t>> = Vec::new();
    for word in words {
        let text = word.text.trim();
        if text.is_empty() {
            continue;
        }
        match remarks.last_mut().filter(|last| goes_on(last, &word)) {
            Some(last) => {
                let said = last.words.to_mut();
                if !word.glued {
                    said.push(' ');
                }
                said.push_str(text);
                last.end_ms = word.end_ms.max(last.end_ms);
            }
            None => remarks.push(Remark {
                speaker: word.speaker,
                start_ms: word.start_ms,
                end_ms: word.end_ms,
                words: Cow::Borrowed(text),
            }),
        }
    }
    remarks
}

fn goes_on(last: &Remark<'_>, word: &Word<'_>) -> bool {
    if word.glued {
        return true;
    }
    let silence = word.start_ms.zip(last.end_ms).map_or(0, |(start, end)| start.saturating_sub(end));
    let ended = last.words.ends_with(['.', '?', '!', '…']);
    let long = last.words.len() > 2 * LONG_BYTES || (last.words.len() > LONG_BYTES && silence >= BREATH_MS);
    word.speaker == last.speaker && !ended && !long && silence < PAUSE_MS
}

/// Lays the remarks out as text, one line each, the name before them where the speaker changes, and makes turns of them.
pub fn lay_out(remarks: &[Remark<'_>], draft: &mut Draft) {
    let mut text = String::with_capacity(remarks.iter().map(|remark| remark.words.len() + 1).sum::<usize>() + 64);
    let mut places = Vec::with_capacity(remarks.len());
    let mut last: Option<&str> = None;
    for remark in remarks {
        let speaker = remark.speaker.as_deref();
        if let Some(name) = speaker
            && last != speaker
        {
            text.push_str(name);
            text.push_str(": ");
        }
        last = speaker;
        let start = text.len();
        text.push_str(&remark.words);
        places.push(start..text.len());
        text.push('\n');
    }
    let mut cue_lines: Vec<CueLine<'_>> = Vec::with_capacity(remarks.len());
    for (cue, (remark, place)) in remarks.iter().zip(places).enumerate() {
        cue_lines.extend(lines::lines(&text[place]).map(|line| CueLine {
            cue,
            start_ms: remark.start_ms,
            end_ms: remark.end_ms.max(remark.start_ms),
            speaker: remark.speaker.as_deref(),
            text: line.text,
            another_voice: false,
        }));
    }
    cues::merge(&text, &cue_lines, draft);
    drop(cue_lines);
    draft.text = Some(text);
}

/// Seconds as milliseconds, where they are a time within a recording.
pub fn seconds(number: f64) -> Option<u64> {
    milliseconds(number * 1000.0)
}

/// Milliseconds with a fraction as whole ones, where they are a time within a recording.
pub fn milliseconds(number: f64) -> Option<u64> {
    if !(0.0..LONGEST_MS).contains(&number) {
        return None;
    }
    let rounded = jiff::SignedDuration::try_from_secs_f64((number + 0.5) / 1000.0).ok()?;
    u64::try_from(rounded.as_millis()).ok()
}

/// The time under a key, in seconds: a number, a text of one (`"13.05"`, `"1.300s"`), or `{"seconds": 1, "nanos": 3}`.
pub fn seconds_at(node: &Node<'_>, key: &str) -> Option<u64> {
    seconds(number_of(node.get(key)?)?)
}

/// A number, or a text of one.
pub fn number_of(node: &Node<'_>) -> Option<f64> {
    match node {
        Node::Number(number) => Some(*number),
        Node::Text(text) => text.trim().trim_end_matches('s').parse().ok(),
        Node::Map(_) => {
            let whole = node.get("seconds").and_then(number_of).unwrap_or(0.0);
            Some(whole + node.get("nanos").and_then(number_of).unwrap_or(0.0) / 1e9)
        }
        _ => None,
    }
}

/// A label that is a name, or a number that counts speakers from nought or one: `Speaker 0`.
pub fn label<'t>(node: &'t Node<'_>) -> Option<Cow<'t, str>> {
    match node {
        Node::Text(text) => {
            let text = lines::trim(text);
            if text.is_empty() || text.len() > 120 {
                return None;
            }
            let is_index = text.bytes().all(|byte| byte.is_ascii_digit());
            Some(if is_index { Cow::Owned(format!("Speaker {text}")) } else { Cow::Borrowed(text) })
        }
        Node::Number(number) if number.fract() == 0.0 => Some(Cow::Owned(format!("Speaker {number}"))),
        _ => None,
    }
}

/// Is this a mark of punctuation, which no space precedes?
pub fn is_mark(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| matches!(c, '.' | ',' | ';' | ':' | '?' | '!' | '…' | '%' | ')' | '»' | '”'))
}
