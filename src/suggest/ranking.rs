//! How likely each utterance of a conversation is an insight, and of which kind: two readings, the second with what the
//! first one made of the neighbours.

use crate::context::Scene;
use crate::lexicon::{Hit, Lexicon};
use crate::model::{Kind, Nature, Side};

use super::frame::{Asked, asked};
use super::model::{KINDS, WEIGHTS, Worth, logistic, threshold};
use super::observe::{Observation, Observer, Space};
use super::signs::{SIGNS, Sign};

/// The neighbours that count, in the order of [`NEAR`].
const NEAR: [Sign; 5] = [Sign::Before, Sign::TwoBefore, Sign::After, Sign::Around, Sign::Read];
/// How far around an utterance it is looked for what is talked about.
const AROUND: usize = 4;

/// A conversation with all that is needed to judge its utterances.
pub(super) struct Ranking<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) space: &'a Space<'a>,
    worth: Vec<Worth>,
    near: [Worth; 5],
    asked: Vec<Asked>,
    /// Nobody asks and one voice says nearly all: somebody's notes, whatever the file calls them.
    is_monologue: bool,
    hits: &'a [Vec<Hit>],
    /// The probability by itself of each utterance; nothing for what is never proposed.
    alone: Vec<Option<f32>>,
}

/// One utterance, seen and weighed. The memory is kept from one to the next.
#[derive(Debug, Default)]
pub(super) struct Judged {
    pub(super) seen: Observation,
    /// It is a note and no speech.
    pub(super) is_note: bool,
    /// What the neighbours hold, in the order of [`NEAR`].
    pub(super) near: [f32; 5],
    /// The log-odds of an insight.
    pub(super) log_odds: f32,
}

impl<'a> Ranking<'a> {
    /// Reads every utterance once by itself.
    pub(super) fn new(scene: &'a Scene<'a>, space: &'a Space<'a>, hits: &'a [Vec<Hit>]) -> Self {
        let worth = WEIGHTS.over(space);
        let near = NEAR.map(|sign| WEIGHTS.of(SIGNS[sign.ordinal()].0));
        let is_monologue = is_monologue(scene);
        let mut ranking = Self { scene, space, worth, near, asked: asked(scene), is_monologue, hits, alone: Vec::new() };
        let mut judged = Judged::default();
        ranking.alone = (0..scene.utterances().len())
            .map(|at| {
                ranking.is_candidate(at).then(|| {
                    ranking.see(at, &mut judged);
                    logistic(ranking.own(&judged))
                })
            })
            .collect();
        ranking
    }

    /// May it be proposed at all? What the team says and headings are context only.
    pub(super) fn is_candidate(&self, at: usize) -> bool {
        self.scene.side(at) != Side::Team && self.scene.nature(at) != Nature::Heading
    }

    /// Judges the utterance `at`.
    pub(super) fn judge(&self, at: usize, judged: &mut Judged) {
        self.see(at, judged);
        judged.near = self.neighbours(at);
        let near: f32 =
            judged.near.iter().zip(self.near).map(|(held, worth)| held * worth.insight(judged.is_note)).sum();
        judged.log_odds = self.own(judged) + near;
    }

    /// Is it likely enough to be proposed?
    pub(super) fn is_proposed(judged: &Judged) -> bool {
        logistic(judged.log_odds) >= threshold(judged.is_note)
    }

    /// The worth of a feature.
    pub(super) fn worth(&self, feature: usize) -> Worth {
        self.worth[feature]
    }

    /// What the neighbour of this ordinal of [`NEAR`] adds, with its sign.
    pub(super) fn near(&self, ordinal: usize) -> (Sign, Worth) {
        (NEAR[ordinal], self.near[ordinal])
    }

    /// How much speaks for each kind.
    pub(super) fn kinds(&self, judged: &Judged) -> [f32; 4] {
        let mut sums = [0.0; 4];
        let mut add = |worth: &Worth, much: f32| {
            for (sum, weight) in sums.iter_mut().zip(worth.kinds) {
                *sum += weight * much;
            }
        };
        for (feature, much) in &judged.seen.features {
            add(&self.worth[*feature], *much);
        }
        sums
    }

    /// The likeliest kind.
    pub(super) fn kind(&self, judged: &Judged) -> Kind {
        let sums = self.kinds(judged);
        // Where nothing speaks louder, an obstacle is the most likely.
        let mut best = 1;
        for at in [0, 2, 3] {
            if sums[at] > sums[best] {
                best = at;
            }
        }
        KINDS[best]
    }

    fn see(&self, at: usize, judged: &mut Judged) {
        let observer = Observer { space: self.space, scene: self.scene, asked: &self.asked, hits: self.hits };
        judged.is_note = self.is_monologue || self.scene.nature(at) != Nature::Speech;
        observer.observe(at, judged.is_note, &mut judged.seen);
    }

    fn own(&self, judged: &Judged) -> f32 {
        let insight = |feature: usize| self.worth[feature].insight(judged.is_note);
        judged.seen.features.iter().map(|(feature, much)| insight(*feature) * much).sum()
    }

    /// How likely the neighbours are insights by themselves, in the order of [`NEAR`].
    fn neighbours(&self, at: usize) -> [f32; 5] {
        let beside = |other: Option<usize>| {
            let other = other.filter(|other| self.is_beside(*other, at));
            other.and_then(|other| self.alone[other]).unwrap_or(0.0)
        };
        let around = at.saturating_sub(AROUND)..(at + AROUND + 1).min(self.alone.len());
        let (count, sum) = around
            .filter(|other| *other != at)
            .filter_map(|other| self.alone[other])
            .fold((0.0, 0.0), |(count, sum), one| (count + 1.0, sum + one));
        let around = if count > 0.0 { sum / count } else { 0.0 };
        [beside(at.checked_sub(1)), beside(at.checked_sub(2)), beside(Some(at + 1)), around, 1.0]
    }

    /// Does the other belong to what the same person says?
    fn is_beside(&self, other: usize, at: usize) -> bool {
        other < self.alone.len()
            && self.scene.speaker(other) == self.scene.speaker(at)
            && !self.scene.utterances()[other].text.trim_end().ends_with('?')
    }
}

/// Of all utterances, the share of one voice that makes a conversation without a team somebody's notes.
const MONOLOGUE_SHARE: f32 = 0.6;

fn is_monologue(scene: &Scene<'_>) -> bool {
    let speakers = &scene.transcript().speakers;
    let mut counts = vec![0_usize; speakers.len()];
    for at in 0..scene.utterances().len() {
        if let Some(count) = scene.speaker(at).and_then(|speaker| counts.get_mut(speaker)) {
            *count += 1;
        }
    }
    let most = counts.into_iter().max().unwrap_or_default();
    speakers.iter().all(|speaker| speaker.side != Side::Team)
        && most as f32 >= MONOLOGUE_SHARE * scene.utterances().len() as f32
}

/// What is seen of one utterance, by name: for fitting the weights, and for asking why.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// Zero-based ordinal of the utterance.
    pub utterance: usize,
    /// It is a note and no speech: it has weights of its own.
    pub is_note: bool,
    /// Every feature with how much of it there is. The neighbours are not among them.
    pub features: Vec<(String, f32)>,
    /// The ordinals of the utterances before, two before, and after, where they count as its neighbours.
    pub beside: [Option<usize>; 3],
    /// The ordinals of the utterances that are looked at for what is talked about.
    pub around: Vec<usize>,
    /// The probability of an insight that the shipped weights give.
    pub probability: f32,
    /// Is that enough to propose it?
    pub is_proposed: bool,
    /// The kind that they give.
    pub kind: Kind,
}

/// What is seen of every utterance that may be proposed, in order.
pub(super) fn observed(scene: &Scene<'_>, lexicon: &Lexicon, hits: &[Vec<Hit>]) -> Vec<Observed> {
    let space = Space::new(lexicon);
    let ranking = Ranking::new(scene, &space, hits);
    let mut judged = Judged::default();
    let mut all = Vec::new();
    for at in (0..scene.utterances().len()).filter(|at| ranking.is_candidate(*at)) {
        ranking.judge(at, &mut judged);
        let features = judged.seen.features.iter().map(|(feature, much)| (space.name(*feature), *much)).collect();
        let beside = [at.checked_sub(1), at.checked_sub(2), Some(at + 1)];
        let around = at.saturating_sub(AROUND)..(at + AROUND + 1).min(ranking.alone.len());
        all.push(Observed {
            utterance: at,
            is_note: judged.is_note,
            features,
            beside: beside
                .map(|one| one.filter(|other| ranking.is_beside(*other, at) && ranking.alone[*other].is_some())),
            around: around.filter(|other| *other != at && ranking.alone[*other].is_some()).collect(),
            probability: logistic(judged.log_odds),
            is_proposed: Ranking::is_proposed(&judged),
            kind: ranking.kind(&judged),
        });
    }
    all
}
