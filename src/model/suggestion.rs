//! "This quote may belong here, because ..."; awaits a person.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Bilingual, Context, Kind, Quantity, Span, SuggestionId};

/// Verbatim text, where it lies and where it was said; the evidence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Quote {
    /// The pieces' slices of the source text, joined by one space.
    pub text: String,
    /// Where each slice lies in the decoded source text.
    pub pieces: Vec<Span>,
    /// Zero-based ordinal of the turn.
    pub turn: usize,
    /// Zero-based ordinal of the utterance in the meeting.
    pub utterance: usize,
}

impl Quote {
    /// From the first byte of its first piece to the last byte of its last.
    pub fn span(&self) -> Span {
        Span::hull(&self.pieces).unwrap_or_default()
    }

    /// Is it, byte for byte, what stands in `source` at its spans?
    pub fn is_verbatim(&self, source: &str) -> bool {
        let slices: Option<Vec<&str>> = self.pieces.iter().map(|piece| piece.slice(source)).collect();
        slices.is_some_and(|slices| !slices.is_empty() && slices.join(" ") == self.text)
    }
}

/// How strongly something is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Intensity {
    /// Mentioned.
    #[default]
    Low,
    /// With a cue: frequency, a figure, an intensifier.
    Medium,
    /// With several cues, or with a loss in figures.
    High,
}

/// A term found in the quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TermHit {
    /// The concept's id: `manual-copying`.
    pub concept: String,
    /// The term as the lexicon writes it.
    pub term: String,
    /// Where its words lie, as byte range of the utterance's own text.
    pub span: Span,
}

/// One step of the way to the score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Reason {
    /// A stable code: `term`, `quantity`, `negated`, ...
    pub code: String,
    /// What was seen, for people.
    pub text: Bilingual,
    /// What it adds (or takes), in log-odds: the reasons add up to the score's.
    pub weight: f32,
}

/// What cita proposes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Suggestion {
    /// Derived from (source hash, span, concept).
    pub id: SuggestionId,
    /// The exact words.
    pub quote: Quote,
    /// The kind that the cues vote for.
    pub kind: Kind,
    /// The strongest concept of that kind.
    pub concept: String,
    /// Its label.
    pub concept_label: Bilingual,
    /// Expected correctness, 0 to 1: the order of the review.
    pub score: f32,
    /// How strongly it is said.
    pub intensity: Intensity,
    /// What surrounds it.
    pub context: Context,
    /// Every term found in it, in the order of the text.
    pub terms: Vec<TermHit>,
    /// The numbers in it.
    pub quantities: Vec<Quantity>,
    /// Why: they add up to the log-odds of `score`.
    pub reasons: Vec<Reason>,
}
