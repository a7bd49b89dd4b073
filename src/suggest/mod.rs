//! Hits and context become scored, merged, explained suggestions.
//!
//! [`suggest`] reads a conversation once and proposes at most one suggestion an utterance: the concept that speaks the
//! loudest among those of the kind that the cues vote for. Its score is the logistic of a sum; every term of the sum is a
//! [`Reason`](crate::model::Reason). All numbers are in `weights`.

mod evidence;
mod frame;
mod intensity;
mod quantities;
mod quote;
mod shape;
mod weights;

pub use quantities::{parse_digits, quantities};

use crate::context::Scene;
use crate::lexicon::{Hit, Lexicon, Matcher};
use crate::model::{
    Context, Mark, Nature, Reason, Side, SourceHash, Span, Suggestion, SuggestionId, TermHit, Transcript, Utterance,
};
use crate::text::words::StemCache;

use evidence::Evidence;

/// Proposes suggestions for a conversation, in the order of the text. The same input gives the same output.
///
/// What the team says, headings and questions of unknown people are read as context and never proposed.
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
    let evidence: Vec<Option<Evidence>> = (0..utterances.len())
        .map(|at| {
            let listened_to = scene.side(at) != Side::Team && scene.nature(at) != Nature::Heading;
            let hits = listened_to.then(|| matcher.hits(&utterances[at].text, scene.words(at)))?;
            Evidence::gather(&scene, at, lexicon, hits, frames[at])
        })
        .collect();
    let proposer = Proposer { source, lexicon, scene: &scene };
    (0..utterances.len()).filter_map(|at| proposer.propose(at, &evidence)).collect()
}

struct Proposer<'a> {
    source: &'a SourceHash,
    lexicon: &'a Lexicon,
    scene: &'a Scene<'a>,
}

impl Proposer<'_> {
    fn propose(&self, at: usize, all: &[Option<Evidence>]) -> Option<Suggestion> {
        let evidence = all[at].as_ref()?;
        let mut reasons = evidence.reasons.clone();
        reasons.extend(self.neighbour(at, all));
        let log_odds: f32 = reasons.iter().map(|reason| reason.weight).sum();
        let score = 1.0 / (1.0 + (-log_odds).exp());
        if score < weights::THRESHOLD {
            return None;
        }
        let utterance = &self.scene.utterances()[at];
        let concept = &self.lexicon.concepts()[evidence.concept];
        let carried = evidence.hits.iter().map(|hit| hit.span).collect::<Vec<_>>();
        let quote = quote::quote(self.scene, at, &carried)?;
        let quantities = quantities(&utterance.text, self.scene.words(at));
        let (intensity, reason) = intensity::intensity(evidence, &quantities);
        reasons.extend(reason);
        Some(Suggestion {
            id: SuggestionId::of(self.source, quote.span(), &concept.id),
            quote,
            kind: evidence.kind,
            concept: concept.id.clone(),
            concept_label: concept.label.clone(),
            score,
            intensity,
            context: self.context(at, evidence),
            terms: evidence.hits.iter().map(|hit| self.term(hit)).collect(),
            quantities,
            reasons,
        })
    }

    /// What the neighbours of the same speaker lend.
    fn neighbour(&self, at: usize, all: &[Option<Evidence>]) -> Option<Reason> {
        let strong = |other: usize| {
            all.get(other).and_then(Option::as_ref).is_some_and(|other| other.log_odds() > 0.0)
                && self.scene.speaker(other) == self.scene.speaker(at)
        };
        let beside = at.checked_sub(1).is_some_and(strong) || strong(at + 1);
        beside.then(|| {
            evidence::reason(
                "neighbour",
                "la frase de al lado también dice algo",
                "the sentence beside it says something too",
                weights::NEIGHBOUR,
            )
        })
    }

    fn context(&self, at: usize, evidence: &Evidence) -> Context {
        let marks = Mark::ALL.into_iter().filter(|mark| evidence.marks.contains(mark)).collect();
        Context { marks, side: self.scene.side(at) }
    }

    fn term(&self, hit: &Hit) -> TermHit {
        let concept = &self.lexicon.concepts()[hit.concept];
        TermHit {
            concept: concept.id.clone(),
            term: concept.term_text(hit.term).to_owned(),
            span: Span::new(hit.span.start, hit.span.end),
        }
    }
}
