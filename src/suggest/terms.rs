//! What each term is worth where it stands.

use crate::context::{Found, UtteranceReader};
use crate::lexicon::{Concept, Hit, Lexicon};
use crate::model::{Kind, Mark};
use crate::text::words::Words;

use super::shape;

/// A term with what is left of its weight here.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    pub(super) hit: Hit,
    /// What is left of its concept's weight.
    pub(super) weight: f32,
    /// What of that adds to the whole: signs of one family, and many families, add less and less.
    pub(super) share: f32,
    /// What changed it.
    pub(super) changed: Option<Mark>,
    /// It stands after a "but".
    pub(super) after_hinge: bool,
    /// The first of its concept: the others add nothing.
    pub(super) counts: bool,
}

/// What the second, third, ... family adds of its weight: signs say the same thing twice.
const FAMILY_SHARES: [f32; 5] = [1.0, 0.6, 0.4, 0.25, 0.15];
/// What further concepts of a family that has already spoken add.
const SAME_FAMILY_SHARE: f32 = 0.1;

/// Weighs `hits`, the heaviest first, and adds their marks to `marks`.
pub(super) fn weigh_terms(
    lexicon: &Lexicon,
    reader: &UtteranceReader<'_>,
    words: &Words,
    hits: &[Hit],
    terms: &mut Vec<Term>,
    marks: &mut Vec<Mark>,
) {
    terms.clear();
    let hinge = shape::last_hinge(words);
    for hit in hits {
        let own = reader.marks(hit.span);
        let (weight, changed) = left_of(&lexicon.concepts()[hit.concept], &own);
        let after_hinge = hinge.is_some_and(|hinge| hit.first_word >= hinge);
        terms.push(Term { hit: *hit, weight, share: 0.0, changed, after_hinge, counts: false });
        marks.extend(own.into_iter().map(|(mark, _)| mark));
    }
    terms.sort_by(|one, other| other.weight.total_cmp(&one.weight).then(one.hit.span.cmp(&other.hit.span)));
    let mut families = 0;
    for at in 0..terms.len() {
        let (before, rest) = terms.split_at_mut(at);
        let one = &mut rest[0];
        if before.iter().any(|other| other.hit.concept == one.hit.concept) {
            continue;
        }
        let family = |term: &Term| lexicon.concepts()[term.hit.concept].family.as_str();
        one.counts = true;
        one.share = if before.iter().any(|other| family(other) == family(one)) {
            SAME_FAMILY_SHARE
        } else {
            families += 1;
            FAMILY_SHARES.get(families - 1).copied().unwrap_or(0.0)
        };
    }
}

/// What is left of a concept's weight between these marks, and which of them changed it.
fn left_of(concept: &Concept, marks: &[(Mark, Found)]) -> (f32, Option<Mark>) {
    let has = |wanted: Mark| marks.iter().any(|(mark, _)| *mark == wanted);
    let hurts = matches!(concept.kind, Kind::Pain | Kind::Friction);
    let changed = if has(Mark::Negated) {
        Some(Mark::Negated)
    } else if hurts && has(Mark::Praise) {
        Some(Mark::Praise)
    } else if hurts && has(Mark::Resolved) {
        Some(Mark::Resolved)
    } else if has(Mark::Hypothetical) && !has(Mark::Wish) && concept.kind != Kind::Job {
        Some(Mark::Hypothetical)
    } else {
        None
    };
    (concept.weight, changed)
}
