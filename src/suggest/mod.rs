//! Hits and context become scored, merged, explained suggestions.
//!
//! [`suggest`] reads a conversation once and proposes at most one suggestion an utterance: the concept that speaks the
//! loudest among those of the kind that the cues vote for. Its score is the logistic of a sum; every term of the sum is a
//! [`Reason`](crate::model::Reason). All numbers are in `weights`.

mod evidence;
mod frame;
mod intensity;
mod kind;
mod quantities;
mod quote;
mod shape;
mod weights;

pub use quantities::{parse_digits, quantities};

use crate::context::Scene;
use crate::lexicon::{Hit, Lexicon, Matcher};
use crate::model::{
    Bilingual, Context, Nature, Side, SourceHash, Span, Suggestion, SuggestionId, TermHit, Transcript, Utterance,
};
use crate::text::words::StemCache;

use evidence::Evidence;

/// The concept of what is said without any word of the lexicon: a plain fact that a number, its length or its neighbours
/// make likely to matter.
pub const PLAIN_FACT: &str = "plain-fact";

/// Proposes suggestions for a conversation, in the order of the text. The same input gives the same output.
///
/// What the team says and headings are read as context and never proposed. Of one utterance there is at most one
/// suggestion: its kind is what its cues vote for, its concept the one that speaks the loudest for this kind.
pub fn suggest(
    source: &SourceHash,
    lexicon: &Lexicon,
    matcher: &Matcher,
    transcript: &Transcript,
    utterances: &[Utterance],
) -> Vec<Suggestion> {
    let mut cache = StemCache::new();
    let scene = Scene::new(transcript, utterances, &mut cache);
    let frames = frame::frames(&scene);
    let hits: Vec<Vec<Hit>> =
        (0..utterances.len()).map(|at| matcher.hits(&utterances[at].text, scene.words(at))).collect();
    let proposer = Proposer { source, lexicon, scene: &scene };
    (0..utterances.len())
        .filter(|at| scene.side(*at) != Side::Team && scene.nature(*at) != Nature::Heading)
        .filter_map(|at| proposer.propose(at, Evidence::gather(&scene, at, lexicon, &hits, frames[at])?))
        .collect()
}

struct Proposer<'a> {
    source: &'a SourceHash,
    lexicon: &'a Lexicon,
    scene: &'a Scene<'a>,
}

impl Proposer<'_> {
    fn propose(&self, at: usize, evidence: Evidence) -> Option<Suggestion> {
        let log_odds: f32 = evidence.reasons.iter().map(|reason| reason.weight).sum();
        let score = 1.0 / (1.0 + (-log_odds).exp());
        if score < weights::THRESHOLD {
            return None;
        }
        let (kind, concept) = evidence.vote(self.lexicon, self.scene.words(at));
        let (concept, concept_label) = match concept.map(|concept| &self.lexicon.concepts()[concept]) {
            Some(concept) => (concept.id.clone(), concept.label.clone()),
            None => (PLAIN_FACT.to_owned(), Bilingual::new("Un hecho llano", "A plain fact")),
        };
        let carried: Vec<Span> = evidence.hits.iter().map(|hit| hit.span).collect();
        let quote = quote::quote(self.scene, at, &carried)?;
        let (intensity, reason) = intensity::intensity(&evidence);
        let mut reasons = evidence.reasons;
        reasons.extend(reason);
        Some(Suggestion {
            id: SuggestionId::of(self.source, quote.span(), &concept),
            quote,
            kind,
            concept,
            concept_label,
            score,
            intensity,
            context: Context { marks: evidence.marks.into_iter().collect(), side: self.scene.side(at) },
            terms: evidence.hits.iter().map(|hit| self.term(hit)).collect(),
            quantities: evidence.quantities,
            reasons,
        })
    }

    fn term(&self, hit: &Hit) -> TermHit {
        let concept = &self.lexicon.concepts()[hit.concept];
        TermHit { concept: concept.id.clone(), term: concept.term_text(hit.term).to_owned(), span: hit.span }
    }
}
