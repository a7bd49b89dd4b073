//! The fitted weights, and what they make of what is seen.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

use crate::model::Kind;

use super::observe::Space;

/// The kinds that are told apart, in the order of the columns of the weights.
pub(super) const KINDS: [Kind; 4] = [Kind::Pain, Kind::Friction, Kind::Job, Kind::Gain];

/// A suggestion is made from this probability on: near the point where precision and recall together are best, a little
/// below an even bet in notes, where the weaker half still earns its place at the end of the queue.
const NOTE_THRESHOLD: f32 = 0.46;
/// The same in speech, where who reviews pays for every joke that is taken seriously.
const SAID_THRESHOLD: f32 = 0.5;

/// From which probability on a suggestion is made, in notes and in speech.
pub fn threshold(is_note: bool) -> f32 {
    if is_note { NOTE_THRESHOLD } else { SAID_THRESHOLD }
}

/// What one feature adds: to the log-odds of an insight, and to each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Worth {
    /// In notes.
    pub(super) note: f32,
    /// In speech.
    pub(super) said: f32,
    /// To each of [`KINDS`].
    pub(super) kinds: [f32; 4],
}

impl Worth {
    /// To the log-odds of an insight, in a note or in speech.
    pub(super) fn insight(&self, is_note: bool) -> f32 {
        if is_note { self.note } else { self.said }
    }
}

/// The weights that come with cita.
pub(super) static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_str!("weights.tsv")));

/// The fitted weights by the name of the feature.
#[derive(Debug, Default)]
pub(super) struct Weights(HashMap<&'static str, Worth, FixedState>);

impl Weights {
    /// Reads lines of a name and six numbers.
    fn read(text: &'static str) -> Self {
        let mut weights = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t');
            let Some(name) = cells.next() else { continue };
            let mut number = || cells.next().and_then(|cell| cell.parse().ok()).unwrap_or(0.0);
            let (note, said) = (number(), number());
            weights.0.insert(name, Worth { note, said, kinds: [number(), number(), number(), number()] });
        }
        weights
    }

    /// What this feature adds; nothing where the fit did not know it.
    pub(super) fn of(&self, name: &str) -> Worth {
        self.0.get(name).copied().unwrap_or_default()
    }

    /// The weights of every feature of a space, by its ordinal.
    pub(super) fn over(&self, space: &Space<'_>) -> Vec<Worth> {
        (0..space.len()).map(|at| self.of(&space.name(at))).collect()
    }
}

/// The probability of these log-odds.
pub(super) fn logistic(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}
