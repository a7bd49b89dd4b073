//! Telling the language of utterances that come one JSON line each.

use serde::{Deserialize, Serialize};

use crate::model::{Language, LanguageRun, LanguageTag, WordCounts, WordShares};
use crate::text::language;

/// An utterance of a conversation, as a program hands it in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct SpokenLine {
    /// Any JSON value that names it; it comes back unchanged.
    pub id: serde_json::Value,
    /// Utterances of one conversation come one after another and share this.
    pub conversation: String,
    /// Who speaks.
    #[serde(default)]
    pub speaker: String,
    /// The words.
    pub text: String,
}

/// The answer for one utterance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LanguageLine {
    /// As it came.
    pub id: serde_json::Value,
    /// The language of most of its words.
    pub language: Language,
    /// The probability that it holds words of two languages.
    pub mixed: f32,
    /// How its words divide over the languages: probabilities that sum to 1.
    pub shares: WordShares,
    /// How many of its words are in which language.
    pub words: WordCounts,
    /// The runs of words of one language, in order; spans are bytes of the text.
    pub runs: Vec<LanguageRun>,
}

/// Tags the utterances of one conversation.
pub fn languages(conversation: Vec<SpokenLine>) -> Vec<LanguageLine> {
    let mut speakers: Vec<&str> = Vec::new();
    let spoken: Vec<language::Spoken<'_>> = conversation
        .iter()
        .map(|line| {
            let known = speakers.iter().position(|name| *name == line.speaker);
            let speaker = known.unwrap_or_else(|| {
                speakers.push(&line.speaker);
                speakers.len() - 1
            });
            language::Spoken { speaker: Some(speaker), text: &line.text }
        })
        .collect();
    let tags = language::tag(&spoken);
    let answer = |(line, tag): (SpokenLine, LanguageTag)| LanguageLine {
        runs: tag.runs(&line.text),
        id: line.id,
        language: tag.language,
        mixed: tag.mixed,
        shares: tag.shares,
        words: tag.words,
    };
    conversation.into_iter().zip(tags).map(answer).collect()
}
