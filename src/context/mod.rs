//! What surrounds a piece of text; one file per rule.
//!
//! [`RULES`] is the ordered list that everything is driven by: reading, the documentation and the tests. A rule sees the
//! words of an utterance, the cues found in them, the turns before, and answers whether its mark is there and which words
//! say so. `sides` fills in who sits on which side of the table.

mod courtesy;
mod cues;
mod hypothetical;
mod intensity;
mod negation;
mod pitch;
mod praise;
mod prompted;
mod question;
mod reported;
mod resolved;
mod scene;
pub mod sides;
mod wish;

pub use scene::{Found, Judged, Scene, UtteranceReader};

use crate::model::{Context, Mark, Span};

/// A rule in two languages' words.
#[derive(Clone, Copy, Debug)]
pub struct RuleText {
    /// In Spanish.
    pub es: &'static str,
    /// In English.
    pub en: &'static str,
}

/// One rule: the mark that it sets, what people read about it, and how it reads.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// What it sets.
    pub mark: Mark,
    /// What it looks for.
    pub what: RuleText,
    /// Why that matters.
    pub why: RuleText,
    /// A sentence with the judged words in brackets, which the rule marks.
    pub example: RuleText,
    /// Is the mark there, and which words say so?
    pub read: fn(&Judged<'_>) -> Option<Found>,
}

/// Every rule, in the order of [`Mark::ALL`].
pub const RULES: &[Rule] = &[
    negation::RULE,
    resolved::RULE,
    hypothetical::RULE,
    question::RULE,
    wish::RULE,
    reported::RULE,
    prompted::RULE,
    praise::RULE,
    courtesy::RULE,
    pitch::RULE,
    intensity::RULE,
];

/// What surrounds these bytes of the utterance of this ordinal.
pub fn read(scene: &Scene<'_>, utterance: usize, span: Span) -> Context {
    scene.reader(utterance).context(span)
}
