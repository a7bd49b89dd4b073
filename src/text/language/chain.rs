//! A hidden Markov model whose states are languages: every word of a conversation helps its neighbours.
//!
//! Forward-backward over all tokens. Portuguese and Spanish share too many words to be told apart word by word, so the
//! conversation as a whole decides which of them is spoken, by the likelihood of each set of languages.

use std::sync::LazyLock;

use super::tables::{CLIP_NATS, LANGUAGES, LARGEST_GAP};
use super::tokens::{Boundary, Token};

/// How much the evidence of a likely name counts.
const NAME_WEIGHT: f64 = 0.3;
/// By how many nats, and nats a token, a conversation must be better explained with Portuguese to be so.
const PORTUGUESE_NATS: f64 = 2.0;
const PORTUGUESE_NATS_A_TOKEN: f64 = 0.01;
/// By how many nats, and nats a token, a conversation must be better explained with both than with one of the two.
const BOTH_NATS: f64 = 10.0;
const BOTH_NATS_A_TOKEN: f64 = 0.05;

/// A conversation judged.
#[derive(Debug)]
pub(super) struct Chain {
    /// Of each token: the probability of each language, given the whole conversation.
    pub(super) posteriors: Vec<[f32; LANGUAGES]>,
    active: Active,
}

/// Which languages are thought to be spoken beside English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Active {
    Spanish,
    Portuguese,
    Both,
}

const WITH_SPANISH: [usize; 2] = [0, 1];
const WITH_PORTUGUESE: [usize; 2] = [2, 1];
const WITH_BOTH: [usize; 3] = [0, 1, 2];

impl Chain {
    /// Judges all tokens of a conversation.
    pub(super) fn over(tokens: &[Token]) -> Self {
        let active = active(tokens);
        let posteriors = match active {
            Active::Spanish => posteriors(tokens, WITH_SPANISH),
            Active::Portuguese => posteriors(tokens, WITH_PORTUGUESE),
            Active::Both => posteriors(tokens, WITH_BOTH),
        };
        Self { posteriors, active }
    }

    /// The probability that these tokens of one utterance, read alone, are of more than one language.
    pub(super) fn mixed(&self, tokens: &[Token]) -> f32 {
        match self.active {
            Active::Spanish => mixed(tokens, WITH_SPANISH),
            Active::Portuguese => mixed(tokens, WITH_PORTUGUESE),
            Active::Both => mixed(tokens, WITH_BOTH),
        }
    }
}

fn active(tokens: &[Token]) -> Active {
    let mut passes = (Forward::new(WITH_SPANISH), Forward::new(WITH_PORTUGUESE), Forward::new(WITH_BOTH));
    for token in tokens {
        passes.0.step(token);
        passes.1.step(token);
        passes.2.step(token);
    }
    let count = tokens.len() as f64;
    let spanish = passes.0.likelihood();
    let portuguese = passes.1.likelihood() - PORTUGUESE_NATS - PORTUGUESE_NATS_A_TOKEN * count;
    let both = passes.2.likelihood() - BOTH_NATS - BOTH_NATS_A_TOKEN * count;
    if both > spanish && both > portuguese {
        Active::Both
    } else if portuguese > spanish {
        Active::Portuguese
    } else {
        Active::Spanish
    }
}

fn posteriors<const STATES: usize>(tokens: &[Token], states: [usize; STATES]) -> Vec<[f32; LANGUAGES]> {
    let mut forward = Forward::new(states);
    let mut all: Vec<[f32; LANGUAGES]> = Vec::with_capacity(tokens.len());
    for token in tokens {
        forward.step(token);
        let mut one = [0.0; LANGUAGES];
        states.iter().zip(forward.state).for_each(|(state, probability)| one[*state] = probability);
        all.push(one);
    }
    let mut backward = [1.0_f32; STATES];
    for (token, one) in tokens.iter().zip(&mut all).rev() {
        let joint: [f32; STATES] = std::array::from_fn(|state| one[states[state]] * backward[state]);
        let scale = 1.0 / joint.iter().sum::<f32>();
        states.iter().zip(joint).for_each(|(state, probability)| one[*state] = probability * scale);
        let seen = likelihoods(token, states);
        let onward: [f32; STATES] = std::array::from_fn(|state| backward[state] * seen[state]);
        backward = moved(onward, token.boundary);
        let scale = 1.0 / backward.iter().sum::<f32>();
        backward.iter_mut().for_each(|probability| *probability *= scale);
    }
    all
}

fn mixed<const STATES: usize>(tokens: &[Token], states: [usize; STATES]) -> f32 {
    let Some((first, rest)) = tokens.split_first().filter(|(_, rest)| !rest.is_empty()) else { return 0.0 };
    let mut forward = Forward::new(states);
    forward.step(first);
    // The part of each state's probability that never changed its language.
    let mut pure = forward.state;
    for token in rest {
        let scale = forward.step(token);
        let seen = likelihoods(token, states);
        pure.iter_mut().zip(seen).for_each(|(pure, seen)| *pure *= seen * (1.0 - switch(Boundary::None)) * scale);
    }
    (1.0 - pure.iter().sum::<f32>()).clamp(0.0, 1.0)
}

/// The probability that the language is another than one token before.
fn switch(boundary: Boundary) -> f32 {
    match boundary {
        Boundary::None => 0.03,
        Boundary::Utterance => 0.15,
        Boundary::Speaker => 0.20,
    }
}

/// One step of the chain: stay, or change to each other language with equal probability.
fn moved<const STATES: usize>(state: [f32; STATES], boundary: Boundary) -> [f32; STATES] {
    let away = switch(boundary) / (STATES - 1) as f32;
    let total: f32 = state.iter().sum();
    state.map(|one| one * (1.0 - switch(boundary)) + (total - one) * away)
}

struct Forward<const STATES: usize> {
    states: [usize; STATES],
    state: [f32; STATES],
    /// The likelihood so far is this product times e to the power of `logarithm`.
    product: f64,
    logarithm: f64,
}

impl<const STATES: usize> Forward<STATES> {
    fn new(states: [usize; STATES]) -> Self {
        Self { states, state: [1.0 / STATES as f32; STATES], product: 1.0, logarithm: 0.0 }
    }

    /// Reads one token; gives what the probabilities were multiplied by to sum to one.
    fn step(&mut self, token: &Token) -> f32 {
        // All languages are equally likely at first, so that a step before the first token changes nothing.
        let seen = likelihoods(token, self.states);
        let state = moved(self.state, token.boundary);
        let joint: [f32; STATES] = std::array::from_fn(|one| state[one] * seen[one]);
        let total: f32 = joint.iter().sum();
        let scale = 1.0 / total;
        self.state = joint.map(|one| one * scale);
        self.product *= f64::from(total);
        if self.product < 1e-200 {
            self.logarithm += self.product.ln();
            self.product = 1.0;
        }
        scale
    }

    fn likelihood(&self) -> f64 {
        self.logarithm + self.product.ln()
    }
}

/// The likelihood that belongs to each gap, for words and for likely names.
static WEIGHTS: LazyLock<[[f32; LARGEST_GAP as usize + 1]; 2]> = LazyLock::new(|| {
    let nats = |gap: usize| gap as f64 * CLIP_NATS / f64::from(LARGEST_GAP);
    [1.0, NAME_WEIGHT].map(|weight| std::array::from_fn(|gap| (-nats(gap) * weight).exp() as f32))
});

fn likelihoods<const STATES: usize>(token: &Token, states: [usize; STATES]) -> [f32; STATES] {
    let weights = &WEIGHTS[usize::from(token.name)];
    states.map(|state| weights[usize::from(token.gaps[state] & LARGEST_GAP)])
}
