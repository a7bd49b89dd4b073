//! What speaks for and against an utterance, term by term.

use std::collections::BTreeSet;

use crate::context::{Found, Scene};
use crate::lexicon::{Concept, Hit, Lexicon};
use crate::model::{Bilingual, Kind, Mark, Nature, Quantity, Reason, Span};
use crate::text::words::Words;

use super::frame::Frame;
use super::quantities::quantities;
use super::{kind, shape, weights};

/// Everything that was weighed for one utterance.
#[derive(Clone, Debug)]
pub(super) struct Evidence {
    /// Every term found, in the order of the text.
    pub(super) hits: Vec<Hit>,
    /// The hits with what they are worth here.
    weighed: Vec<Weighed>,
    /// The question that it answers.
    frame: Option<Frame>,
    /// What surrounds its hits and itself.
    pub(super) marks: BTreeSet<Mark>,
    /// The words that make it stronger.
    pub(super) intensifiers: Vec<String>,
    /// The numbers in it.
    pub(super) quantities: Vec<Quantity>,
    /// Every step of the sum.
    pub(super) reasons: Vec<Reason>,
}

/// A reason in both languages.
pub(super) fn reason(code: &str, es: &str, en: &str, weight: f32) -> Reason {
    Reason { code: code.to_owned(), text: Bilingual::new(es, en), weight }
}

/// A hit with what is left of its weight, and for whom it votes.
#[derive(Clone, Debug)]
struct Weighed {
    hit: Hit,
    kind: Kind,
    /// What it adds to the sum.
    weight: f32,
    /// What it adds to the vote for its kind.
    vote: f32,
    /// What changed it, for the reason's text.
    changed: Option<Mark>,
}

impl Evidence {
    /// Weighs the utterance `at`. Nothing where nobody listens, or where a note holds no term.
    pub(super) fn gather(
        scene: &Scene<'_>,
        at: usize,
        lexicon: &Lexicon,
        found: &[Vec<Hit>],
        frame: Option<Frame>,
    ) -> Option<Self> {
        let hits = found.get(at)?.clone();
        let nature = scene.nature(at);
        let words = scene.words(at);
        if hits.is_empty() && (nature != Nature::Speech || words.len() < weights::PLAIN_FACT_WORDS) {
            return None;
        }
        let text = scene.utterances()[at].text.as_str();
        let reader = scene.reader(at);
        let around = reader.marks(Span::new(0, text.len()));
        let hinge = shape::last_hinge(words);
        let mut marks: BTreeSet<Mark> = around.iter().map(|(mark, _)| *mark).collect();
        let mut weighed: Vec<Weighed> = Vec::with_capacity(hits.len());
        for hit in &hits {
            let own = reader.marks(hit.span);
            weighed.push(weigh(&lexicon.concepts()[hit.concept], *hit, &own, hinge));
            marks.extend(own.into_iter().map(|(mark, _)| mark));
        }
        let quantities = quantities(text, words);
        let defused =
            weights::MARKS.iter().any(|(mark, ..)| around.iter().any(|(found, how)| found == mark && !how.contrast));
        let mut reasons = vec![reason("base", "punto de partida", "starting point", weights::BIAS)];
        reasons.extend(term_reasons(lexicon, text, &mut weighed, weights::term_share(nature, defused)));
        reasons.extend(surroundings(&around));
        reasons.extend(shape::reasons(scene, at, !hits.is_empty(), !quantities.is_empty() && !defused));
        reasons.extend(neighbours(scene, at, found));
        reasons.extend(frame.map(Frame::reason));
        let intensifiers = around
            .iter()
            .filter(|(mark, _)| *mark == Mark::Intense)
            .filter_map(|(_, found)| Some(found.cue?.slice(text)?.to_lowercase()))
            .collect();
        Some(Self { hits, weighed, frame, marks, intensifiers, quantities, reasons })
    }

    /// The kind with the most votes, and the ordinal of the concept that gives it the most: one that names a topic, where
    /// there is one; none where no term was found.
    pub(super) fn vote(&self, lexicon: &Lexicon, words: &Words) -> (Kind, Option<usize>) {
        let own =
            |kind: Kind| self.weighed.iter().filter(|one| one.kind == kind).map(|one| one.vote.max(0.0)).sum::<f32>();
        let total = |one: Kind| {
            let asked = self.frame.map_or(0.0, |frame| frame.vote(one));
            own(one) + asked + kind::vote(words, &self.marks, one)
        };
        // Where nothing speaks louder, an obstacle is the most likely.
        let order =
            [Kind::Friction, Kind::Pain, Kind::Job, Kind::Gain, Kind::ThinkFeel, Kind::See, Kind::Hear, Kind::SayDo];
        let mut best = (Kind::Friction, f32::MIN);
        for kind in order {
            let votes = total(kind);
            if votes > best.1 {
                best = (kind, votes);
            }
        }
        let kind = best.0;
        let loudest = |fits: &dyn Fn(&Weighed, &Concept) -> bool| {
            self.weighed
                .iter()
                .filter(|one| fits(one, &lexicon.concepts()[one.hit.concept]))
                .max_by(|one, other| one.vote.total_cmp(&other.vote).then(other.hit.span.cmp(&one.hit.span)))
        };
        let concept = loudest(&|one, concept| one.kind == kind && concept.kind == kind && concept.topic)
            .or_else(|| loudest(&|one, _| one.kind == kind))
            .or_else(|| loudest(&|_, concept| concept.topic))
            .or_else(|| loudest(&|_, _| true));
        (kind, concept.map(|one| one.hit.concept))
    }
}

/// The family of concepts that name a matter whoever speaks of it, and however.
const SEED: &str = "seed";

/// What is left of a concept's weight in its surroundings, and for which kind it speaks there.
fn weigh(concept: &Concept, hit: Hit, marks: &[(Mark, Found)], hinge: Option<usize>) -> Weighed {
    let has = |wanted: Mark| marks.iter().any(|(mark, _)| *mark == wanted);
    let hurts = matches!(concept.kind, Kind::Pain | Kind::Friction);
    let (mut kind, mut weight, mut changed) = (concept.kind, concept.weight, None);
    if has(Mark::Negated) {
        changed = Some(Mark::Negated);
        match concept.kind {
            Kind::Gain => (kind, weight) = (Kind::Friction, weight * weights::DENIED_GAIN_SHARE),
            _ => weight = weights::NEGATED,
        }
    } else if let Some(mark) = [Mark::Praise, Mark::Resolved].into_iter().find(|mark| hurts && has(*mark)) {
        (kind, weight, changed) = (Kind::Gain, weight * weights::RESOLVED_SHARE, Some(mark));
    }
    if has(Mark::Hypothetical) && !has(Mark::Wish) && concept.kind != Kind::Job {
        (weight, changed) = (weight * weights::HYPOTHETICAL_SHARE, Some(Mark::Hypothetical));
    }
    let before_hinge = hinge.is_some_and(|hinge| hit.end_word <= hinge);
    let vote = weight
        * if before_hinge { weights::BEFORE_HINGE_SHARE } else { 1.0 }
        * if concept.family == SEED { weights::SEED_VOTE_SHARE } else { 1.0 };
    Weighed { hit, kind, weight, vote, changed }
}

/// One reason a concept, with the words of `text` that a term met; signs of one family, and many families, add less and less.
fn term_reasons(lexicon: &Lexicon, text: &str, weighed: &mut [Weighed], scale: f32) -> Vec<Reason> {
    weighed.sort_by(|one, other| other.weight.total_cmp(&one.weight).then(one.hit.span.cmp(&other.hit.span)));
    let mut families: Vec<&str> = Vec::new();
    let mut concepts: Vec<usize> = Vec::new();
    let mut reasons = Vec::new();
    for one in weighed.iter_mut() {
        if concepts.contains(&one.hit.concept) {
            one.vote = 0.0;
            continue;
        }
        concepts.push(one.hit.concept);
        let concept = &lexicon.concepts()[one.hit.concept];
        let share = if families.contains(&concept.family.as_str()) {
            weights::SAME_FAMILY_SHARE
        } else {
            families.push(&concept.family);
            weights::FAMILY_SHARES.get(families.len() - 1).copied().unwrap_or(0.0)
        };
        let term = one.hit.span.slice(text).unwrap_or_else(|| concept.term_text(one.hit.term));
        let (mut es, mut en) = (format!("{}: «{term}»", concept.label.es), format!("{}: \"{term}\"", concept.label.en));
        if let Some(note) = one.changed.map(Mark::name) {
            es = format!("{es}, {}", note.es);
            en = format!("{en}, {}", note.en);
        }
        reasons.push(Reason {
            code: "term".to_owned(),
            text: Bilingual { es, en },
            weight: one.weight * share * scale,
        });
    }
    reasons
}

/// What the marks of the whole utterance take away. A change from "before" to "now" takes nothing.
fn surroundings(around: &[(Mark, Found)]) -> Vec<Reason> {
    weights::MARKS
        .into_iter()
        .filter(|(mark, ..)| around.iter().any(|(found, how)| found == mark && !how.contrast))
        .map(|(mark, code, weight)| Reason { code: code.to_owned(), text: mark.name(), weight })
        .collect()
}

/// What terms in the neighbouring utterances of the same speaker lend: people stay with a matter.
fn neighbours(scene: &Scene<'_>, at: usize, found: &[Vec<Hit>]) -> Vec<Reason> {
    let speaks = |other: Option<usize>| {
        other.is_some_and(|other| {
            found.get(other).is_some_and(|hits| !hits.is_empty())
                && scene.speaker(other) == scene.speaker(at)
                && scene.nature(other) != Nature::Heading
                && !scene.utterances()[other].text.trim_end().ends_with('?')
        })
    };
    let mut reasons = Vec::new();
    let mut add = |other: Option<usize>, es: &str, en: &str, weight: f32| {
        if speaks(other) {
            reasons.push(reason("neighbour", es, en, weight));
        }
    };
    add(
        at.checked_sub(1),
        "la frase anterior también trae algo",
        "the sentence before holds something too",
        weights::BEFORE,
    );
    add(at.checked_sub(2), "la penúltima también", "so does the one before that", weights::TWO_BEFORE);
    add(Some(at + 1), "la siguiente también", "so does the one after", weights::AFTER);
    reasons
}
