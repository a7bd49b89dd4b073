//! Every number that the score is made of, in log-odds unless it says otherwise.
//!
//! The values are rounded from a logistic regression over judged conversations, whole conversations left out in turn.

use crate::model::{Mark, Nature};

/// Where an utterance without any sign starts.
pub(super) const BIAS: f32 = -2.75;

/// A suggestion is made from this probability on: where precision and recall together are best. What is less sure than
/// an even bet still earns its place at the end of the queue.
pub(super) const THRESHOLD: f32 = 0.4;

/// What the second, third, ... family adds of its weight: signs say the same thing twice.
pub(super) const FAMILY_SHARES: [f32; 5] = [1.0, 0.6, 0.4, 0.25, 0.15];
/// What further concepts of a family that has already spoken add.
pub(super) const SAME_FAMILY_SHARE: f32 = 0.1;
/// What a concept's weight is worth in notes, where every second line has some sign.
const NOTE_TERM_SHARE: f32 = 0.8;
/// What it is worth in speech, where length already tells small talk from the rest.
const SPEECH_TERM_SHARE: f32 = 0.55;
/// What is left of it where the utterance as a whole is denied, imagined, asked, somebody else's.
const DEFUSED_SHARE: f32 = 0.5;

/// What a concept's weight is worth here.
pub(super) fn term_share(nature: Nature, defused: bool) -> f32 {
    let share = if nature == Nature::Speech { SPEECH_TERM_SHARE } else { NOTE_TERM_SHARE };
    if defused { share * DEFUSED_SHARE } else { share }
}
/// That a note holds any term at all.
pub(super) const NOTE_WITH_TERM: f32 = 0.4;

/// "I", "we", "nos": their own experience.
pub(super) const FIRST_PERSON: f32 = 0.4;
/// "No", "nobody", "without": something is not as it should be.
pub(super) const NEGATION: f32 = 0.35;
/// A number that somebody says aloud.
pub(super) const QUANTITY: f32 = 0.8;
/// "I'd click there": a way through a screen and no more.
pub(super) const NAVIGATION: f32 = -0.8;
/// The utterance before, of the same speaker, holds a term.
pub(super) const BEFORE: f32 = 1.1;
/// The one before that does.
pub(super) const TWO_BEFORE: f32 = 0.4;
/// The utterance after does.
pub(super) const AFTER: f32 = 0.25;

/// It answers a question about what is hard.
pub(super) const ASKED_HARD: f32 = 0.5;
/// It answers a question about what is wished for or needed.
pub(super) const ASKED_WISH: f32 = 0.9;
/// It answers a question about what is good.
pub(super) const ASKED_VALUE: f32 = 1.6;
/// It answers any other question.
pub(super) const ASKED_ANY: f32 = 0.3;

/// What a problem keeps of its weight when it is denied.
pub(super) const NEGATED: f32 = -0.8;
/// What a cue keeps of its weight when it is imagined.
pub(super) const HYPOTHETICAL_SHARE: f32 = 0.4;
/// What a problem keeps of its weight, as a gain, when it is told as solved or praises.
pub(super) const RESOLVED_SHARE: f32 = 0.4;
/// What a benefit keeps of its weight, as an obstacle, when it is denied.
pub(super) const DENIED_GAIN_SHARE: f32 = 0.8;
/// What a cue before a "but" keeps of its vote for the kind.
pub(super) const BEFORE_HINGE_SHARE: f32 = 0.6;
/// What a concept that names a matter, and not a way of speaking of it, keeps of its vote for the kind.
pub(super) const SEED_VOTE_SHARE: f32 = 0.4;
/// What a sign of the shape of a sentence adds to the vote for a kind.
pub(super) const SHAPE_VOTE: f32 = 1.0;
/// What the question before adds to it.
pub(super) const ASKED_VOTE: f32 = 0.5;

/// Longer quotes are cut down to the clauses that carry them, in words.
pub(super) const QUOTE_WORDS: usize = 60;
/// An utterance without any term is only proposed when it is spoken and has this many words.
pub(super) const PLAIN_FACT_WORDS: usize = 9;

/// By the number of words, up to so many: in notes.
const NOTE_LENGTHS: [(usize, f32); 6] = [(2, -2.0), (4, -0.7), (7, -0.7), (15, -0.2), (19, 0.0), (usize::MAX, 0.3)];
/// In speech. Small talk is short, what matters takes words; past a point people ramble.
const SPEECH_LENGTHS: [(usize, f32); 7] =
    [(2, -2.3), (4, -2.0), (7, -0.3), (11, 0.35), (15, 1.3), (25, 2.3), (usize::MAX, 1.2)];

/// What the number of words adds.
pub(super) fn length(nature: Nature, words: usize) -> f32 {
    let table: &[(usize, f32)] = if nature == Nature::Speech { &SPEECH_LENGTHS } else { &NOTE_LENGTHS };
    table.iter().find(|(most, _)| words <= *most).map_or(0.0, |(_, weight)| *weight)
}

/// What each mark around the utterance as a whole adds.
pub(super) const MARKS: [(Mark, &str, f32); 9] = [
    (Mark::Negated, "negated", -1.9),
    (Mark::Resolved, "resolved", -1.4),
    (Mark::Hypothetical, "hypothetical", -1.8),
    (Mark::Question, "question", -2.6),
    (Mark::Reported, "reported", -2.0),
    (Mark::Prompted, "prompted", -2.0),
    (Mark::Praise, "praise", -2.0),
    (Mark::Courtesy, "courtesy", -2.3),
    (Mark::Pitch, "pitch", -1.8),
];
