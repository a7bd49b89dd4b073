//! Hits and context become scored, merged, explained suggestions.
//!
//! [`suggest`] reads a conversation and proposes at most one suggestion an utterance. How likely an utterance is an insight
//! is a logistic regression over what a person can see in it: terms and their families, lists of ways of saying, marks,
//! shape, place, neighbours. Notes and speech have weights of their own. Every weight stands in `weights.tsv`, fitted by `make_weights.rs`; every term of
//! the sum is a [`Reason`](crate::model::Reason). The kind is the likeliest of a second, multinomial regression.

mod adapt;
mod explain;
mod frame;
mod intensity;
mod lists;
mod model;
mod observe;
mod quantities;
mod quote;
mod ranking;
mod shape;
mod signs;
mod terms;

pub use adapt::{Adaptation, DECISIONS, Decided, TermRecord, adapt, term_records, wilson};
pub use model::threshold;
pub use quantities::{parse_digits, quantities};
pub use ranking::Observed;

use crate::context::Scene;
use crate::lexicon::{Hit, Lexicon, Matcher};
use crate::model::{
    Bilingual, Context, Kind, SourceHash, Span, Suggestion, SuggestionId, TermHit, Transcript, Utterance,
};
use crate::text::words::StemCache;

use model::logistic;
use observe::Space;
use ranking::{Judged, Ranking};

/// The concept of what is said without any word of the lexicon: a plain fact that a number, its length or its neighbours
/// make likely to matter.
pub const PLAIN_FACT: &str = "plain-fact";

/// Proposes suggestions for a conversation, in the order of the text. The same input gives the same output.
///
/// What the team says and headings are read as context and never proposed. Of one utterance there is at most one
/// suggestion: its kind is the likeliest one, its concept the one that speaks the loudest for this kind.
pub fn suggest(
    source: &SourceHash,
    lexicon: &Lexicon,
    matcher: &Matcher,
    transcript: &Transcript,
    utterances: &[Utterance],
) -> Vec<Suggestion> {
    let mut cache = StemCache::new();
    let scene = Scene::new(transcript, utterances, &mut cache);
    let hits = hits(matcher, &scene);
    let space = Space::new(lexicon);
    let proposer = Proposer { source, ranking: Ranking::new(&scene, &space, &hits) };
    let mut judged = Judged::default();
    (0..utterances.len())
        .filter(|at| proposer.ranking.is_candidate(*at))
        .filter_map(|at| proposer.propose(at, &mut judged))
        .collect()
}

/// What is seen of every utterance that may be proposed: what the weights are fitted on, and measured by.
pub fn observe(
    lexicon: &Lexicon,
    matcher: &Matcher,
    transcript: &Transcript,
    utterances: &[Utterance],
) -> Vec<Observed> {
    let mut cache = StemCache::new();
    let scene = Scene::new(transcript, utterances, &mut cache);
    ranking::observed(&scene, lexicon, &hits(matcher, &scene))
}

fn hits(matcher: &Matcher, scene: &Scene<'_>) -> Vec<Vec<Hit>> {
    let utterances = scene.utterances().iter().enumerate();
    utterances.map(|(at, utterance)| matcher.hits(&utterance.text, scene.words(at))).collect()
}

struct Proposer<'a> {
    source: &'a SourceHash,
    ranking: Ranking<'a>,
}

impl Proposer<'_> {
    fn propose(&self, at: usize, judged: &mut Judged) -> Option<Suggestion> {
        self.ranking.judge(at, judged);
        if !Ranking::is_proposed(judged) {
            return None;
        }
        let reasons = explain::reasons(&self.ranking, at, judged);
        let log_odds: f32 = reasons.iter().map(|reason| reason.weight).sum();
        let kind = self.ranking.kind(judged);
        let (concept, concept_label) = self.concept(judged, kind);
        let mut terms: Vec<Hit> = judged.seen.terms.iter().map(|term| term.hit).collect();
        terms.sort_by_key(|hit| (hit.span.start, std::cmp::Reverse(hit.span.end), hit.concept));
        let carried: Vec<Span> = terms.iter().map(|hit| hit.span).collect();
        let quote = quote::quote(self.ranking.scene, at, &carried)?;
        let text = self.ranking.scene.utterances()[at].text.as_str();
        let (intensity, stronger) = intensity::intensity(text, &judged.seen);
        Some(Suggestion {
            id: SuggestionId::of(self.source, quote.span(), &concept),
            quote,
            kind,
            concept,
            concept_label,
            score: logistic(log_odds),
            intensity,
            context: Context { marks: judged.seen.marks.clone(), side: self.ranking.scene.side(at) },
            terms: terms.iter().map(|hit| self.term(hit)).collect(),
            quantities: std::mem::take(&mut judged.seen.quantities),
            reasons: reasons.into_iter().chain(stronger).collect(),
        })
    }

    /// The concept that speaks the loudest for this kind: one that names a topic, where there is one.
    fn concept(&self, judged: &Judged, kind: Kind) -> (String, Bilingual) {
        let lexicon = self.ranking.space.lexicon;
        let concept_of = |at: usize| &lexicon.concepts()[at];
        let counted = judged.seen.terms.iter().filter(|term| term.counts);
        let loudest = counted.min_by_key(|term| {
            let concept = concept_of(term.hit.concept);
            let speaks = concept.kind == kind && term.changed.is_none();
            (!(speaks && concept.topic), !speaks, !concept.topic, (term.weight * -1000.0) as i64, term.hit.span.start)
        });
        match loudest.map(|term| concept_of(term.hit.concept)) {
            Some(concept) => (concept.id.clone(), concept.label.clone()),
            None => (PLAIN_FACT.to_owned(), Bilingual::new("Un hecho llano", "A plain fact")),
        }
    }

    fn term(&self, hit: &Hit) -> TermHit {
        let concept = &self.ranking.space.lexicon.concepts()[hit.concept];
        TermHit { concept: concept.id.clone(), term: concept.term_text(hit.term).to_owned(), span: hit.span }
    }
}
