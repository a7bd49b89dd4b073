//! How right the engine is: what it makes of labelled utterances, counted.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{Kind, Language};

use super::{JudgedFile, Label};

/// What the engine and what people make of one utterance.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    /// The language of most of its words; `Other` where it is mixed.
    pub language: Language,
    /// What people say.
    pub label: Label,
    /// How likely it is an insight; nothing where it may not be proposed at all.
    pub probability: Option<f32>,
    /// Is that enough to propose it?
    pub is_proposed: bool,
    /// Its likeliest kind.
    pub kind: Kind,
}

/// The share of insights among utterances of about one probability.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Bin {
    /// How many utterances have a probability in this tenth.
    pub count: usize,
    /// Their mean probability.
    pub expected: f64,
    /// The share of them that are insights.
    pub observed: f64,
}

/// How right the engine is over some utterances. Shares are between 0 and 1, and 0 where there is nothing to count.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Figures {
    /// How many utterances were judged.
    pub judged: usize,
    /// How many of them are insights.
    pub insights: usize,
    /// How many were proposed.
    pub proposed: usize,
    /// Of the proposed, how many are insights.
    pub precision: f64,
    /// Of the insights, how many were proposed.
    pub recall: f64,
    /// The harmonic mean of both.
    pub f1: f64,
    /// The mean, over the insights, of the precision at the place of each in the order of the score; an insight that was
    /// not proposed counts nothing.
    pub average_precision: f64,
    /// Of the insights that were proposed, how many have a right kind.
    pub kind_exact: f64,
    /// The same where a pain may be called a friction and the other way round.
    pub kind_merged: f64,
    /// How many only sound like insights, on purpose.
    pub traps: usize,
    /// How many of those were left alone.
    pub traps_left: f64,
    /// The mean squared distance between the probability and the truth.
    pub brier: f64,
    /// Ten tenths of the probability, the lowest first.
    pub calibration: Vec<Bin>,
}

/// Figures over all, by language, and by the kind that people name.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Measured {
    /// Over all.
    pub all: Figures,
    /// By the language of the utterance.
    pub languages: BTreeMap<String, Figures>,
    /// By kind: of the utterances whose label or proposed kind is this one.
    pub kinds: BTreeMap<String, Figures>,
}

/// The outcomes of these files. An insight that stands in no utterance is one that was not proposed.
pub fn outcomes(files: &[JudgedFile]) -> Vec<Outcome> {
    let utterances = files.iter().flat_map(|file| &file.utterances).filter(|one| !one.label.ignored);
    let mut all: Vec<Outcome> = utterances
        .map(|one| Outcome {
            language: one.language,
            label: one.label,
            probability: one.observed.as_ref().map(|seen| seen.probability),
            is_proposed: one.observed.as_ref().is_some_and(|seen| seen.is_proposed),
            kind: one.observed.as_ref().map_or(Kind::Friction, |seen| seen.kind),
        })
        .collect();
    let lost = files.iter().map(|file| file.lost).sum();
    all.extend(std::iter::repeat_n(
        Outcome {
            language: Language::Other,
            label: Label { kind: Some(Kind::Friction), ..Label::default() },
            probability: None,
            is_proposed: false,
            kind: Kind::Friction,
        },
        lost,
    ));
    all
}

/// Counts.
pub fn measure(outcomes: &[Outcome]) -> Measured {
    let mut measured = Measured { all: figures(outcomes.iter()), ..Measured::default() };
    for (language, name) in [(Language::Spanish, "es"), (Language::English, "en"), (Language::Other, "mixed")] {
        let of = || outcomes.iter().filter(move |one| one.language == language);
        if of().next().is_some() {
            measured.languages.insert(name.to_owned(), figures(of()));
        }
    }
    for kind in [Kind::Pain, Kind::Friction, Kind::Job, Kind::Gain] {
        let concerns = move |one: &&Outcome| match one.label.kind {
            Some(labelled) => labelled == kind,
            None => one.is_proposed && one.kind == kind,
        };
        measured.kinds.insert(kind.code().to_owned(), figures(outcomes.iter().filter(concerns)));
    }
    measured
}

fn figures<'a>(outcomes: impl Iterator<Item = &'a Outcome>) -> Figures {
    let outcomes: Vec<&Outcome> = outcomes.collect();
    let count = |fits: &dyn Fn(&Outcome) -> bool| outcomes.iter().filter(|one| fits(one)).count();
    let is_insight = |one: &Outcome| one.label.kind.is_some();
    let insights = count(&is_insight);
    let proposed = count(&|one| one.is_proposed);
    let found = count(&|one| one.is_proposed && is_insight(one));
    let exact = |one: &Outcome| one.label.kind == Some(one.kind) || one.label.second == Some(one.kind);
    let hurts = |kind: Option<Kind>| matches!(kind, Some(Kind::Pain | Kind::Friction));
    let merged =
        |one: &Outcome| exact(one) || (hurts(Some(one.kind)) && (hurts(one.label.kind) || hurts(one.label.second)));
    let traps = count(&|one| one.label.trap);
    let (precision, recall) = (share(found, proposed), share(found, insights));
    let sum = precision + recall;
    Figures {
        judged: outcomes.len(),
        insights,
        proposed,
        precision,
        recall,
        f1: if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 },
        average_precision: average_precision(&outcomes, insights),
        kind_exact: share(count(&|one| one.is_proposed && is_insight(one) && exact(one)), found),
        kind_merged: share(count(&|one| one.is_proposed && is_insight(one) && merged(one)), found),
        traps,
        traps_left: share(count(&|one| one.label.trap && !one.is_proposed), traps),
        brier: brier(&outcomes),
        calibration: calibration(&outcomes),
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn average_precision(outcomes: &[&Outcome], insights: usize) -> f64 {
    let mut queue: Vec<(f32, bool)> = outcomes
        .iter()
        .filter(|one| one.is_proposed)
        .filter_map(|one| Some((one.probability?, one.label.kind.is_some())))
        .collect();
    queue.sort_by(|one, other| other.0.total_cmp(&one.0));
    let (mut found, mut sum) = (0, 0.0);
    for (at, (_, good)) in queue.iter().enumerate() {
        if *good {
            found += 1;
            sum += share(found, at + 1);
        }
    }
    if insights == 0 { 0.0 } else { sum / insights as f64 }
}

/// The utterances that have a probability, with the truth.
fn judged<'a>(outcomes: &'a [&Outcome]) -> impl Iterator<Item = (f64, bool)> + 'a {
    outcomes.iter().filter_map(|one| Some((f64::from(one.probability?), one.label.kind.is_some())))
}

fn brier(outcomes: &[&Outcome]) -> f64 {
    let (count, sum) = judged(outcomes).fold((0.0, 0.0), |(count, sum), (probability, good)| {
        (count + 1.0, sum + (probability - f64::from(u8::from(good))).powi(2))
    });
    if count > 0.0 { sum / count } else { 0.0 }
}

fn calibration(outcomes: &[&Outcome]) -> Vec<Bin> {
    let mut bins = vec![Bin::default(); 10];
    for (probability, good) in judged(outcomes) {
        let bin = &mut bins[((probability * 10.0) as usize).min(9)];
        bin.count += 1;
        bin.expected += probability;
        bin.observed += f64::from(u8::from(good));
    }
    for bin in &mut bins {
        let count = bin.count.max(1) as f64;
        bin.expected /= count;
        bin.observed /= count;
    }
    bins
}
