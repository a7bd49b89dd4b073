//! What speaks for and against an utterance, term by term.

use std::collections::BTreeSet;

use crate::context::{Found, Scene};
use crate::lexicon::{Concept, Hit, Lexicon};
use crate::model::{Bilingual, Kind, Mark, Reason, Span};

use super::frame::Frame;
use super::quantities::quantities;
use super::{shape, weights};

/// Everything that was weighed for one utterance.
#[derive(Clone, Debug)]
pub(super) struct Evidence {
    /// Every term found, in the order of the text.
    pub(super) hits: Vec<Hit>,
    /// The kind that the cues vote for.
    pub(super) kind: Kind,
    /// Ordinal of the concept that speaks the loudest for this kind.
    pub(super) concept: usize,
    /// What surrounds its hits.
    pub(super) marks: BTreeSet<Mark>,
    /// The words that make it stronger.
    pub(super) intensifiers: Vec<String>,
    /// Every step of the sum.
    pub(super) reasons: Vec<Reason>,
}

/// A reason in both languages.
pub(super) fn reason(code: &str, es: &str, en: &str, weight: f32) -> Reason {
    Reason { code: code.to_owned(), text: Bilingual::new(es, en), weight }
}

/// A hit with what is left of its weight, and for whom it votes.
struct Weighed {
    hit: Hit,
    kind: Kind,
    weight: f32,
    /// What changed it, for the reason's text.
    changed: Option<Mark>,
}

impl Evidence {
    /// Weighs one utterance; nothing where no term was found.
    pub(super) fn gather(
        scene: &Scene<'_>,
        at: usize,
        lexicon: &Lexicon,
        hits: Vec<Hit>,
        frame: Option<Frame>,
    ) -> Option<Self> {
        if hits.is_empty() {
            return None;
        }
        let reader = scene.reader(at);
        let text = scene.utterances()[at].text.as_str();
        let mut marks = BTreeSet::new();
        let mut intensifiers = BTreeSet::new();
        let hinge = shape::last_hinge(scene.words(at));
        let mut weighed: Vec<Weighed> = Vec::with_capacity(hits.len());
        for hit in &hits {
            let found = reader.marks(hit.span);
            let quoted = |found: &Found| found.cue.and_then(|cue| cue.slice(text)).map(str::to_lowercase);
            intensifiers
                .extend(found.iter().filter(|(mark, _)| *mark == Mark::Intense).filter_map(|(_, found)| quoted(found)));
            let own: Vec<Mark> = found.iter().map(|(mark, _)| *mark).collect();
            weighed.push(weigh(&lexicon.concepts()[hit.concept], *hit, &own, hinge));
            marks.extend(own);
        }
        let mut reasons = vec![reason("base", "punto de partida", "starting point", weights::BIAS)];
        reasons.extend(term_reasons(lexicon, text, &mut weighed));
        let (kind, concept) = vote(lexicon, &weighed, frame)?;
        reasons.extend(surroundings(&marks));
        reasons.extend(shape::reasons(scene, at));
        reasons.extend(frame.map(|frame| frame.reason()));
        reasons.extend(quantity_near(text, scene, at, &hits));
        Some(Self { hits, kind, concept, marks, intensifiers: intensifiers.into_iter().collect(), reasons })
    }

    /// The sum so far.
    pub(super) fn log_odds(&self) -> f32 {
        self.reasons.iter().map(|reason| reason.weight).sum()
    }
}

/// What is left of a concept's weight in its surroundings, and for which kind it speaks there.
fn weigh(concept: &Concept, hit: Hit, marks: &[Mark], hinge: Option<usize>) -> Weighed {
    let has = |mark: Mark| marks.contains(&mark);
    let hurts = matches!(concept.kind, Kind::Pain | Kind::Friction);
    let (mut kind, mut weight, mut changed) = (concept.kind, concept.weight, None);
    if has(Mark::Negated) {
        changed = Some(Mark::Negated);
        match concept.kind {
            Kind::Gain => (kind, weight) = (Kind::Friction, weight * weights::DENIED_GAIN_SHARE),
            _ => weight = weights::NEGATED,
        }
    } else if has(Mark::Praise) && hurts {
        (kind, weight, changed) = (Kind::Gain, weight * weights::RESOLVED_SHARE, Some(Mark::Praise));
    } else if has(Mark::Resolved) && hurts {
        (kind, weight, changed) = (Kind::Gain, weight * weights::RESOLVED_SHARE, Some(Mark::Resolved));
    }
    if has(Mark::Hypothetical) && !has(Mark::Wish) && concept.kind != Kind::Job {
        (weight, changed) = (weight * weights::HYPOTHETICAL_SHARE, Some(Mark::Hypothetical));
    }
    if has(Mark::Reported) {
        (weight, changed) = (weight * weights::REPORTED_SHARE, Some(Mark::Reported));
    }
    if hinge.is_some_and(|hinge| hit.end_word <= hinge) {
        weight *= weights::BEFORE_HINGE_SHARE;
    }
    Weighed { hit, kind, weight, changed }
}

/// One reason a concept, with the words of `text` that a term met; signs of one family, and many families, add less and less.
fn term_reasons(lexicon: &Lexicon, text: &str, weighed: &mut [Weighed]) -> Vec<Reason> {
    weighed.sort_by(|one, other| other.weight.total_cmp(&one.weight).then(one.hit.span.cmp(&other.hit.span)));
    let mut families: Vec<&str> = Vec::new();
    let mut concepts: Vec<usize> = Vec::new();
    let mut reasons = Vec::new();
    for one in weighed.iter_mut() {
        if concepts.contains(&one.hit.concept) {
            one.weight = 0.0;
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
        one.weight *= share;
        let term = one.hit.span.slice(text).unwrap_or_else(|| concept.term_text(one.hit.term));
        let note = one.changed.map(Mark::name);
        let (es, en) = match note {
            Some(note) => (
                format!("{}: «{term}», {}", concept.label.es, note.es),
                format!("{}: \"{term}\", {}", concept.label.en, note.en),
            ),
            None => (format!("{}: «{term}»", concept.label.es), format!("{}: \"{term}\"", concept.label.en)),
        };
        reasons.push(Reason { code: "term".to_owned(), text: Bilingual { es, en }, weight: one.weight });
    }
    reasons
}

/// The kind with the most weight, and the concept that gives it the most: one that names a topic, where there is one.
fn vote(lexicon: &Lexicon, weighed: &[Weighed], frame: Option<Frame>) -> Option<(Kind, usize)> {
    let mut best: Option<(Kind, f32)> = None;
    for kind in Kind::ALL {
        let own: f32 = weighed.iter().filter(|one| one.kind == kind).map(|one| one.weight.max(0.0)).sum();
        let hint = frame.map_or(0.0, |frame| frame.vote(kind));
        let total = own + if own > 0.0 { hint } else { 0.0 };
        if best.is_none_or(|(_, most)| total > most) {
            best = Some((kind, total));
        }
    }
    let (kind, _) = best?;
    let loudest = |fits: &dyn Fn(&Concept) -> bool| {
        weighed
            .iter()
            .filter(|one| one.kind == kind && fits(&lexicon.concepts()[one.hit.concept]))
            .max_by(|one, other| one.weight.total_cmp(&other.weight).then(other.hit.span.cmp(&one.hit.span)))
    };
    let one = loudest(&|concept| concept.kind == kind && concept.topic)
        .or_else(|| loudest(&|concept| concept.kind == kind))
        .or_else(|| loudest(&|_| true))
        .or(weighed.first())?;
    Some((kind, one.hit.concept))
}

/// What the marks of the whole utterance take away.
fn surroundings(marks: &BTreeSet<Mark>) -> Vec<Reason> {
    [
        (Mark::Question, "question", weights::QUESTION),
        (Mark::Prompted, "prompted", weights::PROMPTED),
        (Mark::Courtesy, "courtesy", weights::COURTESY),
        (Mark::Pitch, "pitch", weights::PITCH),
    ]
    .into_iter()
    .filter(|(mark, ..)| marks.contains(mark))
    .map(|(mark, code, weight)| Reason { code: code.to_owned(), text: mark.name(), weight })
    .collect()
}

/// A number close to a term.
fn quantity_near(text: &str, scene: &Scene<'_>, at: usize, hits: &[Hit]) -> Option<Reason> {
    let words = scene.words(at);
    let near = |span: Span| {
        let range = words.range(span);
        hits.iter().any(|hit| {
            range.start <= hit.end_word + weights::QUANTITY_REACH_WORDS
                && hit.first_word <= range.end + weights::QUANTITY_REACH_WORDS
        })
    };
    let quantity = quantities(text, words).into_iter().find(|quantity| near(quantity.span))?;
    let shown = quantity.span.slice(text)?;
    Some(reason("quantity", &format!("un número: «{shown}»"), &format!("a number: \"{shown}\""), weights::QUANTITY))
}
