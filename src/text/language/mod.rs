//! Tells the language of every utterance, of short and mixed ones too, and where another language begins and ends.
//!
//! Every word gives evidence for Spanish, English and Portuguese from how common it is in each, and from its spelling
//! (`tables`); a hidden Markov model over all words of the conversation (`chain`) lets neighbours decide what a word
//! alone leaves open; a language that is none of these, or another script, raises an alarm (`foreign`).
//! The tables and their licence are described in `SOURCES.md` beside this file.

use std::ops::Range;

use crate::model::{Language, LanguageTag, Span, WordCounts, WordShares};

use chain::Chain;
use tokens::{Reading, Token};

mod borrowed;
mod chain;
mod foreign;
mod tables;
mod tokens;

/// One utterance of a conversation, and who said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spoken<'a> {
    /// Which speaker of the transcript, if known; two utterances without a speaker count as one speaker's.
    pub speaker: Option<usize>,
    /// What was said.
    pub text: &'a str,
}

/// The languages that are weighed against each other, in the order of the tables.
const LANGUAGES: [Language; tables::LANGUAGES] = [Language::Spanish, Language::English, Language::Portuguese];

/// How much a likely name counts when an utterance's words are weighed.
const NAME_SHARE: f32 = 0.3;

/// Tags every utterance of one conversation, in order.
///
/// `language` is the language of most of an utterance's words, judged with the conversation around it; an utterance
/// without telling words has its neighbours' language, and [`Language::Other`] where the whole conversation has none.
/// `shares` say how its words divide over the languages; a likely name counts for less. `mixed` is the probability that
/// the utterance, read alone, holds words of two languages. `switches` are the runs of words in another language than
/// `language`, as byte ranges of the utterance's own text; `borrowed` are those of them that are one foreign word which
/// the sentence around it has taken in. Portuguese is only told from Spanish by the conversation as a whole. The answer
/// depends on this conversation alone.
pub fn tag(conversation: &[Spoken<'_>]) -> Vec<LanguageTag> {
    let reading = Reading::of(conversation);
    let chain = Chain::over(&reading.tokens);
    let foreign = foreign::utterances(conversation, &reading);
    let utterances = reading.utterances.iter().zip(conversation).zip(foreign);
    utterances
        .map(|((utterance, spoken), foreign)| {
            let range = utterance.tokens.clone();
            if foreign || !reading.telling {
                unknown(&reading.tokens[range])
            } else {
                describe(&reading, &chain, spoken.text, range)
            }
        })
        .collect()
}

fn describe(reading: &Reading, chain: &Chain, text: &str, range: Range<usize>) -> LanguageTag {
    let tokens = &reading.tokens[range.clone()];
    let posteriors = &chain.posteriors[range];
    let shares = shares(tokens, posteriors);
    let main = likeliest(&shares);
    let switches = switches(tokens, posteriors, main);
    let mut words = WordCounts::default();
    for (_, posterior) in tokens.iter().zip(posteriors).filter(|(token, _)| !token.span().is_empty()) {
        words.add(LANGUAGES[likeliest(posterior)], 1);
    }
    LanguageTag {
        language: LANGUAGES[main],
        mixed: chain.mixed(tokens),
        borrowed: borrowed::of(text, tokens, &switches, main),
        switches,
        shares: WordShares { spanish: shares[0], english: shares[1], portuguese: shares[2], other: 0.0 },
        words,
    }
}

/// What is said of an utterance whose language nobody knows.
fn unknown(tokens: &[Token]) -> LanguageTag {
    let mut words = WordCounts::default();
    words.add(Language::Other, tokens.iter().filter(|token| !token.span().is_empty()).count());
    LanguageTag { words, ..LanguageTag::default() }
}

/// The posteriors of these tokens, summed up to one.
fn shares(tokens: &[Token], posteriors: &[[f32; tables::LANGUAGES]]) -> [f32; tables::LANGUAGES] {
    let mut shares = [0.0_f32; tables::LANGUAGES];
    for (token, posterior) in tokens.iter().zip(posteriors) {
        let weight = if token.name { NAME_SHARE } else { 1.0 };
        shares.iter_mut().zip(posterior).for_each(|(share, probability)| *share += weight * probability);
    }
    let total: f32 = shares.iter().sum();
    shares.map(|share| share / total)
}

/// The runs of tokens in another language than the main one, without words at their ends that say nothing.
fn switches(tokens: &[Token], posteriors: &[[f32; tables::LANGUAGES]], main: usize) -> Vec<(Span, Language)> {
    let mut found: Vec<(Span, Language)> = Vec::new();
    let mut open = None;
    for (token, posterior) in tokens.iter().zip(posteriors) {
        let language = likeliest(posterior);
        if language == main || token.span().is_empty() {
            open = None;
            continue;
        }
        match (open, found.last_mut()) {
            (Some(before), Some((span, _))) if before == language => {
                if token.is_telling() {
                    span.end = token.span().end;
                }
            }
            _ if token.is_telling() => {
                found.push((token.span(), LANGUAGES[language]));
                open = Some(language);
            }
            _ => open = None,
        }
    }
    found
}

/// The first of the largest.
fn likeliest(probabilities: &[f32; tables::LANGUAGES]) -> usize {
    let mut best = 0;
    for (language, probability) in probabilities.iter().enumerate() {
        if *probability > probabilities[best] {
            best = language;
        }
    }
    best
}
