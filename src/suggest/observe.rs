//! What is seen of each utterance: the features that the model weighs.

use crate::context::Scene;
use crate::lexicon::{Concept, Hit, Lexicon};
use crate::model::{Kind, Language, Mark, Quantity, QuantityKind, Side, Span};
use crate::text::words::Words;

use super::frame::{Asked, Topic};
use super::lists::LISTS;
use super::quantities::quantities;
use super::shape;
use super::signs::{SIGNS, Sign};
use super::terms::{Term, weigh_terms};

/// Everything seen of one utterance. The memory is kept from one to the next.
#[derive(Debug, Default)]
pub(super) struct Observation {
    /// Each feature once, by its ordinal in [`Space`], with how much of it there is.
    pub(super) features: Vec<(usize, f32)>,
    /// The terms with what surrounds them.
    pub(super) terms: Vec<Term>,
    /// The marks of the utterance and of its terms.
    pub(super) marks: Vec<Mark>,
    /// The words that make it stronger.
    pub(super) intensifiers: Vec<Span>,
    /// The numbers in it.
    pub(super) quantities: Vec<Quantity>,
}

/// How features are numbered: the signs, the lists, the families of concepts, the concepts.
#[derive(Debug)]
pub(super) struct Space<'a> {
    pub(super) lexicon: &'a Lexicon,
    /// Every family once, in order.
    families: Vec<&'a str>,
    /// The ordinal in `families` of each concept's.
    family_of: Vec<usize>,
}

/// What a feature is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feature {
    /// A sign by its ordinal.
    Sign(usize),
    /// A list by its ordinal.
    List(usize),
    /// A family of concepts, by its ordinal.
    Family(usize),
    /// A concept by its ordinal in the lexicon.
    Concept(usize),
}

impl<'a> Space<'a> {
    /// For this lexicon.
    pub(super) fn new(lexicon: &'a Lexicon) -> Self {
        let mut families: Vec<&str> = lexicon.concepts().iter().map(|concept| concept.family.as_str()).collect();
        families.sort_unstable();
        families.dedup();
        let place = |concept: &Concept| families.binary_search(&concept.family.as_str()).unwrap_or(0);
        let family_of = lexicon.concepts().iter().map(place).collect();
        Self { lexicon, families, family_of }
    }

    /// How many features there are.
    pub(super) fn len(&self) -> usize {
        self.concept(self.lexicon.concepts().len())
    }

    /// What the feature of this ordinal is.
    pub(super) fn feature(&self, ordinal: usize) -> Feature {
        match ordinal {
            _ if ordinal < SIGNS.len() => Feature::Sign(ordinal),
            _ if ordinal < Self::family(0) => Feature::List(ordinal - SIGNS.len()),
            _ if ordinal < self.concept(0) => Feature::Family(ordinal - Self::family(0)),
            _ => Feature::Concept(ordinal - self.concept(0)),
        }
    }

    /// Its name in the weights.
    pub(super) fn name(&self, ordinal: usize) -> String {
        match self.feature(ordinal) {
            Feature::Sign(at) => SIGNS[at].0.to_owned(),
            Feature::List(at) => format!("list:{}", LISTS.all()[at].name),
            Feature::Family(at) => format!("family:{}", self.families[at]),
            Feature::Concept(at) => format!("concept:{}", self.lexicon.concepts()[at].id),
        }
    }

    fn list(at: usize) -> usize {
        SIGNS.len() + at
    }

    fn family(at: usize) -> usize {
        SIGNS.len() + LISTS.all().len() + at
    }

    /// The ordinal of the feature of this concept.
    pub(super) fn concept(&self, at: usize) -> usize {
        Self::family(0) + self.families.len() + at
    }

    /// The ordinal of the feature of this concept's family.
    pub(super) fn family_of(&self, concept: usize) -> usize {
        Self::family(self.family_of[concept])
    }
}

/// Sees one utterance after the other.
pub(super) struct Observer<'a> {
    pub(super) space: &'a Space<'a>,
    pub(super) scene: &'a Scene<'a>,
    /// What each utterance answers or stands under.
    pub(super) asked: &'a [Asked],
    /// The terms of each utterance.
    pub(super) hits: &'a [Vec<Hit>],
}

impl Observer<'_> {
    /// Fills `seen` with what is seen of the utterance `at`, all but its neighbours.
    pub(super) fn observe(&self, at: usize, is_note: bool, seen: &mut Observation) {
        seen.features.clear();
        seen.marks.clear();
        seen.intensifiers.clear();
        let words = self.scene.words(at);
        let text = self.scene.utterances()[at].text.as_str();
        seen.quantities = quantities(text, words);
        let mut add = Adder(&mut seen.features);
        self.base(at, is_note, &mut add);
        add.sign(length_sign(is_note, words.len()));
        self.place(at, &mut add);
        self.asked(at, self.hits[at].is_empty(), &mut add);
        figures(&seen.quantities, words, is_note, &mut add);
        shape::signs(text, words, is_note, &mut |sign| add.sign(sign));
        let mut met = LISTS.met(words);
        while met != 0 {
            let list = met.trailing_zeros() as usize;
            met &= met - 1;
            add.value(Space::list(list), 1.0);
        }
        self.context(at, is_note, seen);
    }

    fn base(&self, at: usize, is_note: bool, add: &mut Adder<'_>) {
        add.sign(Sign::Base);
        add.sign_if(is_note, Sign::Note);
        let language = &self.scene.utterances()[at].language;
        add.sign_if(language.language != Language::English, Sign::Spanish);
        add.sign_if(language.mixed > 0.5, Sign::Mixed);
        match self.scene.side(at) {
            Side::Unknown => add.sign(Sign::UnknownSide),
            Side::ThirdParty => add.sign(Sign::ThirdSide),
            Side::Customer | Side::Team => {}
        }
    }

    /// Where in the conversation and in its turn it stands.
    fn place(&self, at: usize, add: &mut Adder<'_>) {
        let utterances = self.scene.utterances();
        add.sign_if(at * 10 < utterances.len(), Sign::First);
        add.sign_if(at * 10 >= utterances.len() * 9, Sign::Last);
        let turn = utterances[at].turn;
        let before = utterances[..at].iter().rev().take_while(|one| one.turn == turn).count();
        let after = utterances[at + 1..].iter().take_while(|one| one.turn == turn).count();
        match before + after + 1 {
            1 => add.sign(Sign::TurnOnly),
            2 | 3 => {}
            4..=7 => add.sign(Sign::TurnLong),
            _ => add.sign(Sign::TurnVeryLong),
        }
        add.sign_if(before == 0, Sign::TurnFirst);
        let team = before == 0 && at > 0 && self.scene.side(at - 1) == Side::Team;
        add.sign_if(team, Sign::AfterTeam);
    }

    /// The question and the heading above it, and its own label.
    fn asked(&self, at: usize, termless: bool, add: &mut Adder<'_>) {
        let asked = &self.asked[at];
        if let Some((topic, distance)) = asked.question {
            add.sign(match topic {
                Topic::Hard => Sign::AskedHard,
                Topic::Wished => Sign::AskedWished,
                Topic::Valued => Sign::AskedValued,
                Topic::Who => Sign::AskedWho,
                Topic::Other => Sign::AskedOther,
            });
            add.sign_if(distance == 1, Sign::AskedAtOnce);
            add.sign_if(topic == Topic::Hard && termless, Sign::HardTermless);
        }
        if let Some(topic) = asked.heading {
            add.sign(match topic {
                Topic::Hard => Sign::UnderHard,
                Topic::Wished => Sign::UnderWished,
                Topic::Valued => Sign::UnderValued,
                Topic::Who => Sign::UnderWho,
                Topic::Other => Sign::UnderOther,
            });
        }
        match asked.label {
            Some(Topic::Hard) => add.sign(Sign::LabelHard),
            Some(Topic::Wished) => add.sign(Sign::LabelWished),
            Some(Topic::Valued) => add.sign(Sign::LabelValued),
            Some(Topic::Who) => add.sign(Sign::LabelWho),
            Some(Topic::Other) | None => {}
        }
    }

    /// The marks of the whole, and the terms with what surrounds each.
    fn context(&self, at: usize, is_note: bool, seen: &mut Observation) {
        let text = self.scene.utterances()[at].text.as_str();
        let words = self.scene.words(at);
        let reader = self.scene.reader(at);
        let around = reader.marks(Span::new(0, text.len()));
        let mut add = Adder(&mut seen.features);
        let mut defused = false;
        for (mark, found) in &around {
            if !seen.marks.contains(mark) {
                seen.marks.push(*mark);
            }
            if *mark == Mark::Intense {
                seen.intensifiers.extend(found.cue);
            }
            if let Some(sign) = mark_sign(*mark, found.contrast) {
                add.sign(sign);
                defused |= !matches!(sign, Sign::Intense | Sign::Wish | Sign::Changed);
            }
        }
        weigh_terms(self.space.lexicon, &reader, words, &self.hits[at], &mut seen.terms, &mut seen.marks);
        term_features(self.space, &seen.terms, is_note, defused, &mut add);
        seen.marks.sort_unstable();
        seen.marks.dedup();
    }
}

/// What the terms give together: their strength, their kinds, their families and concepts.
fn term_features(space: &Space<'_>, terms: &[Term], is_note: bool, defused: bool, add: &mut Adder<'_>) {
    let mut strength = 0.0;
    let (mut strong, mut concepts) = (0, 0);
    for term in terms.iter().filter(|term| term.counts) {
        let concept = &space.lexicon.concepts()[term.hit.concept];
        let worth = term.weight * term.share;
        if let Some(changed) = term.changed {
            add.value(
                match (changed, concept.kind) {
                    (Mark::Negated, Kind::Gain) => Sign::DeniedGain,
                    (Mark::Negated, _) => Sign::Denied,
                    (Mark::Resolved, _) => Sign::OverTerms,
                    (Mark::Praise, _) => Sign::PraiseTerms,
                    _ => Sign::ImaginedTerms,
                }
                .ordinal(),
                worth,
            );
            continue;
        }
        strength += worth;
        concepts += 1;
        strong += usize::from(concept.weight >= STRONG_WEIGHT);
        add.once(space.concept(term.hit.concept));
        add.once(space.family_of(term.hit.concept));
        add.value(
            match concept.kind {
                Kind::Pain => Sign::ForPain,
                Kind::Friction => Sign::ForFriction,
                Kind::Job => Sign::ForJob,
                Kind::Gain => Sign::ForGain,
                Kind::ThinkFeel | Kind::See | Kind::Hear | Kind::SayDo => Sign::ForOther,
            }
            .ordinal(),
            worth,
        );
        if term.after_hinge {
            add.once(Sign::AfterHinge.ordinal());
        }
    }
    if strength > 0.0 {
        add.value(Sign::Strength.ordinal(), strength);
        add.value(
            if defused { Sign::DefusedTerms } else { Sign::AnyTerm }.ordinal(),
            if defused { strength } else { 1.0 },
        );
        if is_note {
            add.value(Sign::NoteStrength.ordinal(), strength);
            add.sign(Sign::NoteAnyTerm);
        }
    }
    add.sign_if(strong >= 1, Sign::StrongTerm);
    add.sign_if(strong >= 2, Sign::TwoStrong);
    add.sign_if(concepts >= 3, Sign::ThreeConcepts);
}

/// From this weight on a concept fires alone.
const STRONG_WEIGHT: f32 = 2.0;

/// The sign of a mark around the whole utterance.
fn mark_sign(mark: Mark, contrast: bool) -> Option<Sign> {
    Some(match mark {
        Mark::Negated => Sign::Negated,
        Mark::Resolved if contrast => Sign::Changed,
        Mark::Resolved => Sign::Resolved,
        Mark::Hypothetical => Sign::Hypothetical,
        Mark::Question => Sign::Question,
        Mark::Wish => Sign::Wish,
        Mark::Reported => Sign::Reported,
        Mark::Prompted => Sign::Prompted,
        Mark::Praise => Sign::Praise,
        Mark::Courtesy => Sign::Courtesy,
        Mark::Pitch => Sign::Pitch,
        Mark::Intense => Sign::Intense,
        Mark::Note => return None,
    })
}

fn length_sign(is_note: bool, words: usize) -> Sign {
    match (is_note, words) {
        (true, 0..=2) => Sign::Note2,
        (true, 3..=4) => Sign::Note4,
        (true, 5..=7) => Sign::Note7,
        (true, 8..=11) => Sign::Note11,
        (true, 12..=15) => Sign::Note15,
        (true, 16..=20) => Sign::Note20,
        (true, 21..=30) => Sign::Note30,
        (true, _) => Sign::NoteMore,
        (false, 0..=2) => Sign::Said2,
        (false, 3..=4) => Sign::Said4,
        (false, 5..=7) => Sign::Said7,
        (false, 8..=11) => Sign::Said11,
        (false, 12..=15) => Sign::Said15,
        (false, 16..=20) => Sign::Said20,
        (false, 21..=30) => Sign::Said30,
        (false, _) => Sign::SaidMore,
    }
}

fn figures(quantities: &[Quantity], words: &Words, is_note: bool, add: &mut Adder<'_>) {
    add.sign_if(words.iter().any(|word| word.is_number), Sign::Number);
    add.sign_if(quantities.len() > 1, Sign::TwoQuantities);
    add.sign_if(shape::from_one_number_to_another(words), Sign::FromTo);
    if quantities.is_empty() {
        return;
    }
    add.sign(if is_note { Sign::NoteQuantity } else { Sign::SaidQuantity });
    let any = |kinds: &[QuantityKind]| quantities.iter().any(|one| kinds.contains(&one.kind));
    add.sign_if(any(&[QuantityKind::Duration]), Sign::Duration);
    add.sign_if(any(&[QuantityKind::Money]), Sign::Money);
    add.sign_if(any(&[QuantityKind::Ratio, QuantityKind::Percent]), Sign::Ratio);
}

/// Adds features to a row.
pub(super) struct Adder<'a>(pub(super) &'a mut Vec<(usize, f32)>);

impl Adder<'_> {
    fn sign(&mut self, sign: Sign) {
        self.0.push((sign.ordinal(), 1.0));
    }

    fn sign_if(&mut self, holds: bool, sign: Sign) {
        if holds {
            self.sign(sign);
        }
    }

    /// Once, however often it is met.
    fn once(&mut self, feature: usize) {
        if !self.0.iter().any(|(one, _)| *one == feature) {
            self.0.push((feature, 1.0));
        }
    }

    /// As much more of it.
    pub(super) fn value(&mut self, feature: usize, value: f32) {
        match self.0.iter_mut().find(|(one, _)| *one == feature) {
            Some((_, sum)) => *sum += value,
            None => self.0.push((feature, value)),
        }
    }
}
