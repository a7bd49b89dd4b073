//! Text in blocks of a time, a name and the words, each on lines of its own, as Teams, Grain and Read show their transcripts
//! and people copy them: the time before the name (`00:00:05`, `Ana Paz`, words) or behind it.

use std::collections::HashMap;

use crate::model::{Nature, Turn};

use super::reading::dialogue::{self, Manner};
use super::reading::draft::Draft;
use super::reading::facts;
use super::reading::labels::{self, Likeness};
use super::reading::lines::{self, Line};
use super::reading::{dates, notes, stamps};
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "blocks",
    label: (
        "Bloques de hora, nombre y palabras (Teams, Read, Grain)",
        "Blocks of time, name and words (Teams, Read, Grain)",
    ),
    extensions: &["txt", "text"],
    sniff,
    parser: Parser::Lenient(parse),
};

/// What stands first in a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leader {
    Time,
    Name,
}

/// No transcript is longer; what is is read line by line.
const LONGEST_BYTES: usize = 32 * 1024 * 1024;
/// Blocks of one speaker merge into one turn up to this length.
const LONGEST_MERGED_MS: u64 = 120_000;

fn sniff(sample: &Sample<'_>) -> f32 {
    let all = content(sample.text);
    if all.first().is_some_and(|line| line.text.starts_with("WEBVTT")) {
        return 0.0;
    }
    match leader(&all) {
        Some((_, share, blocks)) if blocks >= 2 => 0.75 + 0.22 * share,
        _ => 0.0,
    }
}

/// The lines that hold something, trimmed.
fn content(text: &str) -> Vec<Line<'_>> {
    let all = lines::lines(text).map(|line| Line { number: line.number, text: lines::trim(line.text) });
    all.filter(|line| !line.text.is_empty()).collect()
}

/// How the blocks are built, the share of time lines that fit, and how many blocks there are.
fn leader(all: &[Line<'_>]) -> Option<(Leader, f32, usize)> {
    let times: Vec<usize> = (0..all.len()).filter(|at| time_alone(all[*at].text).is_some()).collect();
    if times.len() < 2 {
        return None;
    }
    let mut found: Option<(Leader, f32, usize)> = None;
    for leader in [Leader::Time, Leader::Name] {
        let mut names: HashMap<&str, usize> = HashMap::new();
        let mut fitting = 0;
        for at in &times {
            let place = match leader {
                Leader::Time => Some(at + 1),
                Leader::Name => at.checked_sub(1),
            };
            let (Some(name), Some(words)) =
                (place.and_then(|place| all.get(place)), all.get(at + if leader == Leader::Time { 2 } else { 1 }))
            else {
                continue;
            };
            if is_name(name.text) && time_alone(words.text).is_none() {
                fitting += 1;
                *names.entry(name.text).or_default() += 1;
            }
        }
        let share = fitting as f32 / times.len() as f32;
        // Somebody speaks more than once, or there are too few blocks to tell.
        let repeats = names.values().any(|count| *count > 1) || fitting <= 2;
        if share >= 0.6 && repeats && fitting >= 2 && found.is_none_or(|(_, best, _)| share > best) {
            found = Some((leader, share, fitting));
        }
    }
    found
}

fn is_name(text: &str) -> bool {
    let words = text.split_whitespace().count();
    words <= 6
        && !text.ends_with(['.', '?', '!', ':', ','])
        && match labels::likeness(text) {
            Likeness::Name => true,
            Likeness::Weak => text.contains(','),
            Likeness::No => false,
        }
}

/// A line that holds a time, or from when to when, and nothing else: start and end in milliseconds.
fn time_alone(text: &str) -> Option<(u64, Option<u64>)> {
    let inner = text.trim_start_matches(['[', '(']).trim_end_matches([']', ')']);
    if !inner.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (start, used) = stamps::clock(inner)?;
    let rest = inner[used..].trim_start();
    if rest.is_empty() {
        return Some((start, None));
    }
    let after = ["-->", "->", "-", "–", "—"].iter().find_map(|mark| rest.strip_prefix(mark))?;
    Some((start, Some(stamps::whole(after.trim())?.max(start))))
}

fn parse(text: &str) -> Draft {
    if text.len() > LONGEST_BYTES {
        return dialogue::read(text, Manner::Labelled);
    }
    let mut draft = Draft::default();
    let all = content(text);
    let leader = leader(&all).map_or(Leader::Time, |(leader, ..)| leader);
    let mut open: Option<Turn> = None;
    let mut at = 0;
    while at < all.len() {
        let line = all[at];
        if let Some((name, time)) = block(&all[at..], leader) {
            let speaker = Some(draft.speaker(name));
            let goes_on = open.as_ref().is_some_and(|turn| {
                turn.speaker == speaker && time.0.saturating_sub(turn.start_ms.unwrap_or(0)) <= LONGEST_MERGED_MS
            });
            if !goes_on {
                draft.turns.extend(open.take());
            }
            let turn = open.get_or_insert_with(|| Turn {
                speaker,
                start_ms: Some(time.0),
                nature: Nature::Speech,
                ..Turn::default()
            });
            turn.end_ms = time.1.max(turn.end_ms);
            draft.last_ms = draft.last_ms.max(Some(time.0));
            at += 2;
            continue;
        }
        at += 1;
        match (&mut open, time_alone(line.text)) {
            // A time without a name: the speaker goes on.
            (Some(_), Some(_)) => {}
            (Some(turn), None) if !notes::is_tool_line(line.text) => turn.pieces.push(lines::span_of(text, line.text)),
            (None, None) if header(line, &mut draft) => {}
            _ => draft.leave(line),
        }
    }
    draft.turns.extend(open);
    draft.turns.retain(|turn| !turn.pieces.is_empty());
    draft
}

/// The name and the times of the block that begins here.
fn block<'a>(all: &[Line<'a>], leader: Leader) -> Option<(&'a str, (u64, Option<u64>))> {
    let (first, second) = (all.first()?, all.get(1)?);
    let (name, time) = match leader {
        Leader::Time => (second.text, first.text),
        Leader::Name => (first.text, second.text),
    };
    Some((is_name(name).then_some(name)?, time_alone(time)?))
}

/// Reads a line above the first block as a fact; says whether it was one.
fn header(line: Line<'_>, draft: &mut Draft) -> bool {
    if let Some((fact, value)) = facts::line(line.text) {
        return facts::keep(&mut draft.facts, fact, value);
    }
    let date =
        dates::find(line.text, dates::Order::Open).filter(|_| draft.facts.date.is_none() && line.text.len() <= 90);
    if draft.facts.title.is_none() && notes::reads_like_a_title(line.text) && !notes::reads_like_a_sentence(line.text) {
        draft.facts.title = Some(line.text.to_owned());
        draft.facts.date = draft.facts.date.take().or(date);
        return true;
    }
    let dated = date.is_some();
    draft.facts.date = draft.facts.date.take().or(date);
    dated
}
