//! The quality card: how good a source this meeting is.

use std::collections::HashMap;

use crate::app::TurnView;
use crate::model::{Language, Nature, Side, Speaker, WordCounts};

/// How good a source a meeting is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Quality {
    /// The share of the words, from 0 to 1, that each side says; sides that say nothing are left out.
    pub(super) sides: Vec<Share<Side>>,
    /// The share of the words in each language; languages that nobody speaks are left out.
    pub(super) languages: Vec<Share<Language>>,
    /// What each speaker says, in the order of their first turn.
    pub(super) speakers: Vec<Share<Speaker>>,
    /// How many speakers have a side.
    pub(super) known: usize,
    /// How many utterances a customer or a third party says: what evidence can be drawn from.
    pub(super) usable: usize,
    /// How many utterances there are, headings aside.
    pub(super) utterances: usize,
}

/// Who says how much.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Share<T> {
    /// Who.
    pub(super) who: T,
    /// How many words.
    pub(super) words: usize,
    /// Of all words, from 0 to 1.
    pub(super) share: f32,
    /// Where the bar of this share begins, from 0 to 1.
    pub(super) start: f32,
}

impl Quality {
    /// Counts what is said in these turns, in the languages of `words`.
    pub(super) fn of(turns: &[TurnView], words_in: &WordCounts) -> Self {
        let said = || turns.iter().filter(|turn| turn.nature != Nature::Heading);
        let by_side = Side::ALL.map(|side| (side, said().filter(|turn| side_of(turn) == side).map(words).sum()));
        let by_speaker = by_speaker(said());
        let usable = |turn: &&TurnView| matches!(side_of(turn), Side::Customer | Side::ThirdParty);
        Self {
            languages: shares(
                Language::ALL.map(|one| (one, words_in.of(one))).into_iter().filter(|(_, words)| *words > 0).collect(),
            ),
            sides: shares(by_side.into_iter().filter(|(_, words)| *words > 0).collect()),
            known: by_speaker.iter().filter(|(speaker, _)| speaker.side != Side::Unknown).count(),
            speakers: shares(by_speaker),
            usable: said().filter(usable).map(|turn| turn.utterances.len()).sum(),
            utterances: said().map(|turn| turn.utterances.len()).sum(),
        }
    }
}

fn side_of(turn: &TurnView) -> Side {
    turn.speaker.as_ref().map(|speaker| speaker.side).unwrap_or_default()
}

fn words(turn: &TurnView) -> usize {
    turn.utterances.iter().map(|utterance| utterance.text.split_whitespace().count()).sum()
}

fn by_speaker<'a>(turns: impl Iterator<Item = &'a TurnView>) -> Vec<(Speaker, usize)> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut found: Vec<(Speaker, usize)> = Vec::new();
    for turn in turns {
        let Some(speaker) = &turn.speaker else { continue };
        let place = *places.entry(&speaker.label).or_insert(found.len());
        if place == found.len() {
            found.push((speaker.clone(), 0));
        }
        found[place].1 += words(turn);
    }
    found
}

fn shares<T>(counts: Vec<(T, usize)>) -> Vec<Share<T>> {
    let total: usize = counts.iter().map(|(_, words)| words).sum();
    let mut before = 0;
    let share = |(who, words)| {
        let start = part(before, total);
        before += words;
        Share { who, words, share: part(words, total), start }
    };
    counts.into_iter().map(share).collect()
}

/// Of nothing, nothing is a part. A share has no more digits than a screen can show.
#[expect(clippy::cast_precision_loss, reason = "a share is shown with two digits")]
fn part(some: usize, all: usize) -> f32 {
    if all == 0 { 0.0 } else { some as f32 / all as f32 }
}
