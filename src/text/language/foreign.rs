//! The alarm for a language that is none of those the tables know.
//!
//! Another script is told by its letters. A language in Latin script is asked of whatlang over all its languages, where
//! few words are common ones of a known language; the fewer they are, the less sure it needs to be.

use whatlang::Lang;

use super::Spoken;
use super::tokens::{Reading, Utterance};

/// An utterance with fewer words than this is too short to be asked.
const LEAST_WORDS: usize = 4;
/// With this share of words that are common in one known language, in percent, an utterance is surely of that one.
const FAMILIAR_PERCENT: usize = 40;
/// With less than this share, whatlang need not call itself reliable: this much confidence, 0 to 1, will do.
const STRANGE_PERCENT: usize = 30;
const ENOUGH_CONFIDENCE: f64 = 0.25;
/// When this share of a conversation's letters, in percent, raised the alarm, what is unfamiliar beside it is foreign.
const SPREADS_PERCENT: usize = 20;

/// Of each utterance: is it in a foreign language?
pub(super) fn utterances(conversation: &[Spoken<'_>], reading: &Reading) -> Vec<bool> {
    let both = || conversation.iter().zip(&reading.utterances);
    let mut foreign: Vec<bool> = both().map(|(spoken, facts)| is_foreign(spoken.text, facts)).collect();
    let letters: usize = reading.utterances.iter().map(|facts| facts.letters).sum();
    let alarmed = || reading.utterances.iter().zip(&foreign).filter(|(_, foreign)| **foreign);
    let alarmed_letters: usize = alarmed().map(|(facts, _)| facts.letters).sum();
    if alarmed_letters > 0 && alarmed_letters * 100 >= letters * SPREADS_PERCENT {
        for (foreign, facts) in foreign.iter_mut().zip(&reading.utterances) {
            *foreign |= facts.letters > 0 && !is_familiar(facts);
        }
    }
    foreign
}

fn is_foreign(text: &str, facts: &Utterance) -> bool {
    if facts.foreign_letters * 2 > facts.letters {
        return true;
    }
    if facts.weighed_words < LEAST_WORDS || is_familiar(facts) {
        return false;
    }
    let known = [Lang::Spa, Lang::Eng, Lang::Por];
    let strange = !has_common_words(facts, STRANGE_PERCENT);
    whatlang::detect(text).is_some_and(|answer| {
        let sure = answer.is_reliable() || strange && answer.confidence() >= ENOUGH_CONFIDENCE;
        sure && !known.contains(&answer.lang())
    })
}

fn is_familiar(facts: &Utterance) -> bool {
    has_common_words(facts, FAMILIAR_PERCENT)
}

/// Is at least this share of its words common in one known language?
fn has_common_words(facts: &Utterance, percent: usize) -> bool {
    let common = facts.common_words.into_iter().max().unwrap_or(0);
    common * 100 >= facts.weighed_words * percent
}
