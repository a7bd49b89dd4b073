//! The words that rules look for, found in one pass over an utterance.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

use crate::text::words::Words;

use super::{courtesy, hypothetical, intensity, negation, pitch, praise, prompted, question, reported, resolved, wish};

/// What sort of word it is. Each rule lists its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    /// Denies what follows.
    Negator,
    /// Begins with a negator and denies nothing: "no solo", "not only".
    FalseNegator,
    /// Says the contrary of a complaint as a whole: "no me quejo", "can't complain".
    NoComplaint,
    /// Turns the sentence: "pero", "but".
    Hinge,
    /// Told as solved: "ya se arregló", "has been fixed".
    Solved,
    /// No more: "ya no", "no longer".
    NoMore,
    /// How it was: "antes", "used to".
    Past,
    /// How it is: "ahora", "now".
    Now,
    /// Opens a condition: "si", "if".
    If,
    /// Asks to imagine: "supongamos", "imagine".
    Imagine,
    /// The verb of an unreal condition: "would", "were", "fuera".
    Unreal,
    /// Opens a question.
    Asks,
    /// Tells that somebody asked.
    AskedWhether,
    /// Wishes.
    Wishes,
    /// Somebody else.
    SomebodyElse,
    /// Begins an answer that only agrees or denies.
    Agrees,
    /// A dark word that praises.
    DarkPraise,
    /// A greeting, thanks, logistics.
    Courtesy,
    /// Shows or sells.
    Pitch,
    /// Instructs or concludes.
    Script,
    /// Makes it stronger.
    Intensifier,
}

/// A cue at a place.
#[derive(Clone, Debug)]
pub(super) struct Cued {
    pub(super) cue: Cue,
    pub(super) words: Range<usize>,
}

/// The cues that a rule lists: folded words separated by spaces, contractions as their words, `_` for any word.
pub(super) type CueList = &'static [(Cue, &'static [&'static str])];

const LISTS: &[CueList] = &[
    negation::CUES,
    resolved::CUES,
    hypothetical::CUES,
    question::CUES,
    wish::CUES,
    reported::CUES,
    prompted::CUES,
    praise::CUES,
    courtesy::CUES,
    pitch::CUES,
    intensity::CUES,
];

type Phrases = Vec<(Cue, Vec<&'static str>)>;

/// Every phrase by its first word.
static BY_FIRST_WORD: LazyLock<HashMap<&'static str, Phrases, FixedState>> = LazyLock::new(|| {
    let mut phrases: HashMap<&'static str, Phrases, FixedState> = HashMap::default();
    for (cue, texts) in LISTS.iter().copied().flatten() {
        for text in *texts {
            let mut words = text.split(' ');
            if let Some(first) = words.next() {
                phrases.entry(first).or_default().push((*cue, words.collect()));
            }
        }
    }
    phrases
});

/// Appends every cue in these words, in the order of the text.
pub(super) fn find_cues(words: &Words, cues: &mut Vec<Cued>) {
    for at in 0..words.len() {
        let Some(phrases) = BY_FIRST_WORD.get(words.folded(at)) else { continue };
        for (cue, rest) in phrases {
            let fits = rest
                .iter()
                .enumerate()
                .all(|(n, word)| at + 1 + n < words.len() && (*word == "_" || words.folded(at + 1 + n) == *word));
            if fits {
                cues.push(Cued { cue: *cue, words: at..at + 1 + rest.len() });
            }
        }
    }
}
