//! Every number that the score is made of, in log-odds unless it says otherwise.

/// Where an utterance without any sign starts.
pub(super) const BIAS: f32 = -2.3;

/// A suggestion is made from this probability on.
pub(super) const THRESHOLD: f32 = 0.5;

/// What the second, third, ... family adds of its weight: signs say the same thing twice.
pub(super) const FAMILY_SHARES: [f32; 5] = [1.0, 0.6, 0.4, 0.25, 0.15];
/// What further hits of a family that has already spoken add.
pub(super) const SAME_FAMILY_SHARE: f32 = 0.15;

/// A number close to a cue.
pub(super) const QUANTITY: f32 = 0.5;
/// So many words apart count as close.
pub(super) const QUANTITY_REACH_WORDS: usize = 6;
/// "I", "we", "nos": their own experience.
pub(super) const FIRST_PERSON: f32 = 0.3;

/// By the number of words: up to so many, this much. Small talk is short, what matters takes words.
pub(super) const LENGTHS: [(usize, f32); 6] =
    [(2, -4.0), (4, -1.6), (7, -0.5), (11, 0.0), (19, 0.35), (usize::MAX, 0.6)];

/// The answer to a question about what is hard, wished for or useful.
pub(super) const ASKED: f32 = 0.7;
/// A neighbour of the same speaker is a likely insight.
pub(super) const NEIGHBOUR: f32 = 0.3;

/// The utterance is a question.
pub(super) const QUESTION: f32 = -2.2;
/// Thin agreement.
pub(super) const PROMPTED: f32 = -3.0;
/// A courtesy in the clause of the cue.
pub(super) const COURTESY: f32 = -1.8;
/// The team's own product is shown.
pub(super) const PITCH: f32 = -1.8;
/// A problem that is denied.
pub(super) const NEGATED: f32 = -0.8;
/// What a cue keeps of its weight when it is imagined.
pub(super) const HYPOTHETICAL_SHARE: f32 = 0.4;
/// What a cue keeps of its weight when it is somebody else's.
pub(super) const REPORTED_SHARE: f32 = 0.4;
/// What a problem keeps of its weight, as a gain, when it is told as solved.
pub(super) const RESOLVED_SHARE: f32 = 0.4;
/// What a benefit keeps of its weight, as an obstacle, when it is denied.
pub(super) const DENIED_GAIN_SHARE: f32 = 0.8;
/// What a cue before a "but" keeps of its weight.
pub(super) const BEFORE_HINGE_SHARE: f32 = 0.6;

/// Longer quotes are cut down to the clauses that carry them, in words.
pub(super) const QUOTE_WORDS: usize = 60;
