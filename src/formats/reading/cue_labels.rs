//! Speakers inside captions: `<v Name>` tags, `Name: text` at the start of a line, `>>` and dashes where somebody else
//! begins.

use std::collections::{HashMap, HashSet};

use super::cues::CueLine;
use super::labels::{self, Likeness};
use super::lines;

/// Collects the lines of cues, and gives them their speakers once the whole file is seen.
#[derive(Clone, Debug, Default)]
pub struct CueLines<'a> {
    lines: Vec<CueLine<'a>>,
    cues: usize,
    has_voices: bool,
    /// Who the identifier of the open cue names.
    identified: Option<&'a str>,
}

impl<'a> CueLines<'a> {
    /// Begins a cue.
    pub fn begin(&mut self) {
        self.cues += 1;
        self.identified = None;
    }

    /// Tells who speaks in the cue that began last: its identifier says so.
    pub fn identify(&mut self, name: &'a str) {
        self.has_voices = true;
        self.identified = Some(name);
    }

    /// How many cues have begun.
    pub fn cues(&self) -> usize {
        self.cues
    }

    /// Does the cue that began last hold words yet?
    pub fn last_is_empty(&self) -> bool {
        self.lines.last().is_none_or(|line| line.cue + 1 != self.cues)
    }

    /// Adds a line of the cue that began last.
    pub fn add(&mut self, start_ms: Option<u64>, end_ms: Option<u64>, text: &'a str) {
        let cue = self.cues.saturating_sub(1);
        let mut rest = lines::trim(text);
        let mut speaker =
            self.lines.last().filter(|line| line.cue == cue && self.has_voices).and_then(|line| line.speaker);
        speaker = speaker.or(self.identified);
        let mut push = |speaker: Option<&'a str>, text: &'a str| {
            // Some tools write the name of the tag once more before the words.
            let again = labels::prefix(text).filter(|(name, _)| Some(*name) == speaker);
            let text = lines::trim(again.map_or(text, |(_, words)| words));
            let another_voice = is_another_voice(text);
            if !text.is_empty() {
                self.lines.push(CueLine { cue, start_ms, end_ms, speaker, text, another_voice });
            }
        };
        while let Some((before, name, after)) = voice(rest) {
            push(speaker, before);
            self.has_voices = true;
            speaker = Some(name);
            rest = after;
        }
        push(speaker, rest);
    }

    /// Takes the line back that was added last.
    pub fn take_back(&mut self) {
        self.lines.pop();
    }

    /// The lines with their speakers: of the voice tags where the file has any, else of `Name: text`.
    pub fn named(mut self) -> Vec<CueLine<'a>> {
        if self.has_voices {
            return self.lines;
        }
        if bracketed(&self.lines, self.cues) {
            return named_by_brackets(self.lines);
        }
        let verdict = Verdict::of(&self.lines, self.cues);
        if verdict.names.is_empty() {
            return self.lines;
        }
        let mut speaker = None;
        let mut cue = usize::MAX;
        let mut sentence_open = false;
        for line in &mut self.lines {
            // A sentence that runs on into the next cue is still the same person's.
            if line.cue != cue && !verdict.holds_on && !sentence_open {
                speaker = None;
            }
            cue = line.cue;
            sentence_open = !line.text.ends_with(['.', '?', '!', '…', ':', '"', '”', '»', ')']);
            let body = unmarked(line.text);
            if let Some((name, rest)) = labels::prefix(body)
                && verdict.names.contains(name)
            {
                speaker = Some(name);
                line.text = rest;
                line.another_voice = false;
            } else if line.another_voice {
                // A mark without a name says that it is somebody else, not who.
                speaker = None;
            }
            line.speaker = speaker;
        }
        self.lines.retain(|line| !line.text.is_empty());
        self.lines
    }
}

/// `(Ana Paz)` on a line of its own: the name.
fn in_brackets(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let inner = inner.or_else(|| text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')))?;
    (labels::likeness(inner) == Likeness::Name && inner.split_whitespace().count() <= 4).then_some(inner)
}

/// Do most cues begin with a name in brackets on a line of its own?
fn bracketed(cue_lines: &[CueLine<'_>], cues: usize) -> bool {
    let firsts = cue_lines.iter().enumerate().filter(|(at, line)| *at == 0 || cue_lines[at - 1].cue != line.cue);
    let named = firsts.filter(|(at, line)| {
        let words_follow = cue_lines.get(at + 1).is_some_and(|next| next.cue == line.cue);
        words_follow && in_brackets(line.text).is_some()
    });
    let count = named.count();
    count >= 2 && count * 2 >= cues
}

fn named_by_brackets<'a>(mut cue_lines: Vec<CueLine<'a>>) -> Vec<CueLine<'a>> {
    let (mut speaker, mut cue) = (None, usize::MAX);
    for line in &mut cue_lines {
        if line.cue != cue {
            speaker = None;
            cue = line.cue;
        }
        if let Some(name) = in_brackets(line.text) {
            speaker = Some(name);
            line.text = "";
        }
        line.speaker = speaker;
    }
    cue_lines.retain(|line| line.text.contains(char::is_alphanumeric));
    cue_lines
}

/// Which `Name: text` labels of captions are speakers.
struct Verdict<'a> {
    names: HashSet<&'a str>,
    /// A label holds until the next one, as captions do that name a speaker only when it changes.
    holds_on: bool,
}

impl<'a> Verdict<'a> {
    fn of(cue_lines: &[CueLine<'a>], cues: usize) -> Self {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for line in cue_lines {
            if let Some((name, _)) = labels::prefix(unmarked(line.text)) {
                *counts.entry(name).or_default() += 1;
            }
        }
        let named: Vec<(&str, usize, Likeness)> =
            counts.into_iter().map(|(name, count)| (name, count, labels::likeness(name))).collect();
        let repeated = |(_, count, likeness): &&(&str, usize, Likeness)| match likeness {
            Likeness::Name => *count >= 2,
            Likeness::Weak => *count >= 3,
            Likeness::No => false,
        };
        let repeated_lines: usize = named.iter().filter(repeated).map(|(_, count, _)| count).sum();
        let distinct = named.iter().filter(repeated).count();
        let lead = cue_lines.first().and_then(|line| labels::prefix(unmarked(line.text))).map(|(name, _)| name);
        let lead = lead.filter(|name| labels::likeness(name) == Likeness::Name);
        let mostly = repeated_lines * 2 >= cues;
        let convincing =
            mostly || lead.is_some() || (distinct >= 2 && repeated_lines >= 4) || repeated_lines * 10 >= cues;
        if !convincing {
            return Self { names: HashSet::new(), holds_on: false };
        }
        let names: HashSet<&str> = named
            .iter()
            .filter(|one| repeated(one) || (one.2 == Likeness::Name && (mostly || lead.is_some())))
            .map(|(name, _, _)| *name)
            .collect();
        let holds_on = Self::tells_changes_only(cue_lines, &names);
        Self { names, holds_on }
    }

    /// Is a name hardly ever written twice in a row? Then it stands where the speaker changes, and the cues without one go
    /// on; else every cue has its name, and a cue without one is nobody's.
    fn tells_changes_only(cue_lines: &[CueLine<'a>], names: &HashSet<&str>) -> bool {
        let labels = || {
            let all = cue_lines.iter().filter_map(|line| labels::prefix(unmarked(line.text)));
            all.map(|(name, _)| name).filter(|name| names.contains(name))
        };
        let repeated = labels().zip(labels().skip(1)).filter(|(one, next)| one == next).count();
        repeated * 10 <= labels().count()
    }
}

/// The first `<v Name>` of a line: what stands before it, the name, what stands behind it.
fn voice(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let opening = from + memchr::memchr(b'<', &text.as_bytes()[from..])?;
        let tag = &text.as_bytes()[opening + 1..];
        if matches!(tag, [b'v', b' ' | b'\t' | b'.', ..]) {
            let inner = &text[opening + 2..];
            let closing = inner.find('>')?;
            let annotation = &inner[..closing];
            // Classes stand between the tag's name and the space: `<v.loud Ana>`.
            let name =
                annotation.split_once([' ', '\t']).map_or("", |(_, name)| lines::trim(name).trim_end_matches(':'));
            return Some((&text[..opening], name, &inner[closing + 1..]));
        }
        from = opening + 1;
    }
}

fn is_another_voice(text: &str) -> bool {
    text.starts_with(">>")
        || text.starts_with("&gt;&gt;")
        || (text.starts_with(['-', '–', '—']) && text.len() > unmarked(text).len())
}

/// The line without the mark that somebody else begins.
fn unmarked(text: &str) -> &str {
    for mark in [">>>", ">>", "&gt;&gt;", "-", "–", "—"] {
        if let Some(rest) = text.strip_prefix(mark) {
            let free = !mark.starts_with(['-', '–', '—'])
                || rest.starts_with([' ', '¿', '¡'])
                || rest.starts_with(char::is_uppercase);
            return if free { rest.trim_start() } else { text };
        }
    }
    text
}
