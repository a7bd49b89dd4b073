//! Tells the language of every utterance, of short and mixed ones too, and where another language begins and ends.
//!
//! Every word gives evidence for Spanish, English and Portuguese from how common it is in each, and from its spelling
//! (`tables`); a hidden Markov model over all words of the conversation (`chain`) lets neighbours decide what a word
//! alone leaves open; a language that is none of these, or another script, raises an alarm (`foreign`).
//! The tables and their licence are described in `SOURCES.md` beside this file.

use crate::model::{Language, LanguageTag, Span};

use chain::Chain;
use tokens::{Reading, Token};

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

/// Tags every utterance of one conversation, in order.
///
/// `language` is the language of most of an utterance's words, judged with the conversation around it; an utterance
/// without telling words has its neighbours' language, and [`Language::Other`] where the whole conversation has none.
/// `mixed` is the probability that the utterance, read alone, holds words of two languages. `switches` are the runs of
/// words in another language than `language`, as byte ranges of the utterance's own text. Portuguese is only told from
/// Spanish by the conversation as a whole. The answer depends on this conversation alone.
pub fn tag(conversation: &[Spoken<'_>]) -> Vec<LanguageTag> {
    let reading = Reading::of(conversation);
    let chain = Chain::over(&reading.tokens);
    let foreign = foreign::utterances(conversation, &reading);
    let utterances = reading.utterances.iter().zip(foreign);
    utterances
        .map(
            |(utterance, foreign)| {
                if foreign { LanguageTag::default() } else { describe(&reading, &chain, utterance.tokens.clone()) }
            },
        )
        .collect()
}

fn describe(reading: &Reading, chain: &Chain, range: std::ops::Range<usize>) -> LanguageTag {
    if !reading.telling {
        return LanguageTag::default();
    }
    let tokens = &reading.tokens[range.clone()];
    let posteriors = &chain.posteriors[range];
    let mut shares = [0.0_f32; tables::LANGUAGES];
    for posterior in posteriors {
        shares.iter_mut().zip(posterior).for_each(|(share, probability)| *share += probability);
    }
    let main = likeliest(&shares);
    LanguageTag { language: LANGUAGES[main], mixed: chain.mixed(tokens), switches: switches(tokens, posteriors, main) }
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
