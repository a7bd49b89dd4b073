//! Why: what was seen becomes reasons that add up to the log-odds of the score.

use crate::model::{Bilingual, Mark, Reason};

use super::lists::LISTS;
use super::model::Worth;
use super::observe::Feature;
use super::ranking::{Judged, Ranking};
use super::signs::{Group, SIGNS, Sign};

/// What adds less is not named, but counted.
const SMALLEST: f32 = 0.05;

/// A reason in both languages.
pub(super) fn reason(code: &str, es: &str, en: &str, weight: f32) -> Reason {
    Reason { code: code.to_owned(), text: Bilingual::new(es, en), weight }
}

/// Every reason of an utterance: where it starts, its terms, then the rest, each with what it adds.
pub(super) fn reasons(ranking: &Ranking<'_>, at: usize, judged: &Judged) -> Vec<Reason> {
    let text = ranking.scene.utterances()[at].text.as_str();
    let count = ranking.scene.words(at).len();
    let insight = |worth: &Worth| worth.insight(judged.is_note);
    let mut groups: Vec<Gathered> = GROUPS.iter().map(|(group, code)| Gathered::new(*group, code)).collect();
    let mut terms = Vec::new();
    let mut add = |group: Group, es: &str, en: &str, weight: f32| {
        if let Some(gathered) = groups.iter_mut().find(|one| one.group == group) {
            gathered.add(es, en, weight);
        }
    };
    let mut marks = Vec::new();
    for (feature, much) in &judged.seen.features {
        let weight = insight(&ranking.worth(*feature)) * much;
        match ranking.space.feature(*feature) {
            // The strength of all terms is told term by term.
            Feature::Sign(sign) if sign == Sign::Strength.ordinal() || sign == Sign::NoteStrength.ordinal() => {}
            Feature::Sign(sign) => match SIGNS[sign] {
                (name, Group::Mark, es, en) => marks.push(reason(name, es, en, weight)),
                (_, group, es, en) => add(group, es, en, weight),
            },
            Feature::List(list) => add(Group::Shape, &LISTS.all()[list].text.es, &LISTS.all()[list].text.en, weight),
            // A family speaks through its concepts.
            Feature::Family(_) => {}
            Feature::Concept(concept) => terms.push((concept, weight)),
        }
    }
    for (ordinal, held) in judged.near.iter().enumerate() {
        let (sign, worth) = ranking.near(ordinal);
        let (_, group, es, en) = SIGNS[sign.ordinal()];
        add(group, es, en, insight(&worth) * held);
    }
    let length = format!("{count} palabras");
    let mut all = Vec::new();
    let mut rest: Vec<Reason> = groups.into_iter().filter_map(|one| one.reason(&length, count)).collect();
    if !rest.is_empty() {
        all.push(rest.remove(0));
    }
    all.extend(term_reasons(ranking, text, judged, &terms));
    all.extend(marks.into_iter().filter(|one| one.weight != 0.0));
    all.append(&mut rest);
    all
}

/// The groups that become one reason each, with its code; the first one is where every utterance starts.
const GROUPS: [(Group, &str); 8] = [
    (Group::Base, "base"),
    (Group::Terms, "terms"),
    (Group::Length, "length"),
    (Group::Shape, "shape"),
    (Group::Quantity, "quantity"),
    (Group::Asked, "asked"),
    (Group::Place, "place"),
    (Group::Neighbour, "neighbour"),
];

/// What a group of signs adds together.
struct Gathered {
    group: Group,
    code: &'static str,
    weight: f32,
    /// The signs that add something worth naming.
    named: Vec<(f32, String, String)>,
}

impl Gathered {
    fn new(group: Group, code: &'static str) -> Self {
        Self { group, code, weight: 0.0, named: Vec::new() }
    }

    fn add(&mut self, es: &str, en: &str, weight: f32) {
        self.weight += weight;
        if weight.abs() >= SMALLEST && !self.named.iter().any(|(_, one, _)| one == es) {
            self.named.push((weight.abs(), es.to_owned(), en.to_owned()));
        }
    }

    /// The reason, its signs from the heaviest on.
    fn reason(mut self, length: &str, count: usize) -> Option<Reason> {
        if self.group == Group::Base {
            return Some(reason(self.code, "punto de partida", "starting point", self.weight));
        }
        if self.group == Group::Length {
            return Some(reason(self.code, length, &format!("{count} words"), self.weight));
        }
        if self.weight == 0.0 && self.named.is_empty() {
            return None;
        }
        self.named.sort_by(|one, other| other.0.total_cmp(&one.0));
        if self.named.is_empty() {
            return Some(reason(self.code, "señales menores", "minor signs", self.weight));
        }
        let es: Vec<&str> = self.named.iter().map(|(_, es, _)| es.as_str()).collect();
        let en: Vec<&str> = self.named.iter().map(|(_, _, en)| en.as_str()).collect();
        Some(reason(self.code, &es.join("; "), &en.join("; "), self.weight))
    }
}

/// One reason a concept, with the words that its term met: its part of the strength of all terms, what the concept adds
/// by itself, and for the first concept of a family what the family adds.
fn term_reasons(ranking: &Ranking<'_>, text: &str, judged: &Judged, concepts: &[(usize, f32)]) -> Vec<Reason> {
    let strength = |sign: Sign| ranking.worth(sign.ordinal()).insight(judged.is_note);
    let in_notes = if judged.is_note { strength(Sign::NoteStrength) } else { 0.0 };
    let per_weight = strength(Sign::Strength) + in_notes;
    let mut families: Vec<usize> = Vec::new();
    let mut reasons = Vec::new();
    for term in judged.seen.terms.iter().filter(|term| term.counts) {
        let concept = &ranking.space.lexicon.concepts()[term.hit.concept];
        let mut weight = 0.0;
        if term.changed.is_none() {
            weight += term.weight * term.share * per_weight;
            weight += concepts.iter().find(|(one, _)| *one == term.hit.concept).map_or(0.0, |(_, weight)| *weight);
            let family = ranking.space.family_of(term.hit.concept);
            if !families.contains(&family) {
                families.push(family);
                weight += ranking.worth(family).insight(judged.is_note);
            }
        }
        let met = term.hit.span.slice(text).unwrap_or_else(|| concept.term_text(term.hit.term));
        let (mut es, mut en) = (format!("{}: «{met}»", concept.label.es), format!("{}: \"{met}\"", concept.label.en));
        if let Some(note) = term.changed.map(Mark::name) {
            es = format!("{es}, {}", note.es);
            en = format!("{en}, {}", note.en);
        }
        reasons.push(reason("term", &es, &en, weight));
    }
    reasons
}
