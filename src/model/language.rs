//! The language of what is said, and the language of who reads.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Span;

/// The language of most of an utterance's words. Whether it is mixed is a probability of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub enum Language {
    /// Spanish.
    #[serde(rename = "es")]
    Spanish,
    /// English.
    #[serde(rename = "en")]
    English,
    /// Portuguese, which a conversation may be held in instead of Spanish.
    #[serde(rename = "pt")]
    Portuguese,
    /// None of these, or not known.
    #[default]
    #[serde(rename = "other")]
    Other,
}

impl Language {
    /// Every language that an utterance may have.
    pub const ALL: [Self; 4] = [Self::Spanish, Self::English, Self::Portuguese, Self::Other];

    /// The ISO 639-1 code, or `other`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Spanish => "es",
            Self::English => "en",
            Self::Portuguese => "pt",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The text names no language that cita tells apart.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no language is called {0:?}; there are es, en, pt, other")]
pub struct UnknownLanguage(pub String);

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|one| one.code() == text).ok_or_else(|| UnknownLanguage(text.to_owned()))
    }
}

/// What is known of the language of one utterance.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LanguageTag {
    /// The language of most of its words.
    pub language: Language,
    /// The probability, 0 to 1, that it holds words of two languages.
    pub mixed: f32,
    /// The runs of another language than `language`, as byte ranges of the utterance's own text, in order.
    pub switches: Vec<(Span, Language)>,
    /// Those of the switches that look like one borrowed word rather than a change of language.
    #[serde(default)]
    pub borrowed: Vec<Span>,
    /// How the utterance's words divide over the languages, as probabilities that sum to 1.
    #[serde(default)]
    pub shares: WordShares,
    /// How many of its words are in which language.
    #[serde(default)]
    pub words: WordCounts,
}

/// A run of words of one language in an utterance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LanguageRun {
    /// Where it lies, in bytes of the utterance's own text.
    pub span: Span,
    /// The language.
    pub language: Language,
    /// Is it a borrowed word rather than a change of language?
    pub borrowed: bool,
}

impl LanguageTag {
    /// Are words of two languages more likely than not?
    pub fn is_mixed(&self) -> bool {
        self.mixed > 0.5
    }

    /// The whole utterance as runs, in order: its switches, and what lies between them in the main language. Spaces at
    /// the edges belong to no run; a piece without a letter is no run.
    pub fn runs(&self, text: &str) -> Vec<LanguageRun> {
        let mut runs = Vec::with_capacity(2 * self.switches.len() + 1);
        let mut from = 0;
        for (span, language) in &self.switches {
            runs.extend(self.main_run(text, Span { start: from, end: span.start }));
            runs.push(LanguageRun { span: *span, language: *language, borrowed: self.borrowed.contains(span) });
            from = span.end;
        }
        runs.extend(self.main_run(text, Span { start: from, end: text.len() }));
        runs
    }

    fn main_run(&self, text: &str, between: Span) -> Option<LanguageRun> {
        let piece = between.slice(text)?;
        let start = between.start + piece.len() - piece.trim_start().len();
        let span = Span { start, end: start + piece.trim().len() };
        piece.contains(char::is_alphabetic).then_some(LanguageRun { span, language: self.language, borrowed: false })
    }
}

/// How words divide over the languages: probabilities, 0 to 1, that sum to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WordShares {
    /// Spanish.
    pub spanish: f32,
    /// English.
    pub english: f32,
    /// Portuguese.
    pub portuguese: f32,
    /// None of these, or not known.
    pub other: f32,
}

impl WordShares {
    /// All of it in one language.
    pub fn all(language: Language) -> Self {
        let share = |one| if one == language { 1.0 } else { 0.0 };
        Self {
            spanish: share(Language::Spanish),
            english: share(Language::English),
            portuguese: share(Language::Portuguese),
            other: share(Language::Other),
        }
    }

    /// The share of this language.
    pub fn of(&self, language: Language) -> f32 {
        match language {
            Language::Spanish => self.spanish,
            Language::English => self.english,
            Language::Portuguese => self.portuguese,
            Language::Other => self.other,
        }
    }
}

impl Default for WordShares {
    /// Nothing is known.
    fn default() -> Self {
        Self::all(Language::Other)
    }
}

/// How many words are in which language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WordCounts {
    /// Spanish.
    pub spanish: usize,
    /// English.
    pub english: usize,
    /// Portuguese.
    pub portuguese: usize,
    /// None of these, or not known.
    pub other: usize,
}

impl WordCounts {
    /// Counts so many more words of a language.
    pub fn add(&mut self, language: Language, count: usize) {
        let total = match language {
            Language::Spanish => &mut self.spanish,
            Language::English => &mut self.english,
            Language::Portuguese => &mut self.portuguese,
            Language::Other => &mut self.other,
        };
        *total += count;
    }

    /// How many words of this language there are.
    pub fn of(&self, language: Language) -> usize {
        match language {
            Language::Spanish => self.spanish,
            Language::English => self.english,
            Language::Portuguese => self.portuguese,
            Language::Other => self.other,
        }
    }
}

/// The languages of a text: of a meeting, or of a whole workspace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LanguageShares {
    /// How many utterances are mostly Spanish, not mixed.
    pub spanish: usize,
    /// How many are mostly English, not mixed.
    pub english: usize,
    /// How many hold words of two languages.
    pub mixed: usize,
    /// How many are in another language, or unknown; Portuguese ones are among them.
    pub other: usize,
    /// How many are mostly Portuguese, not mixed; `other` counts them too.
    #[serde(default)]
    pub portuguese: usize,
    /// How many words are in which language.
    #[serde(default)]
    pub words: WordCounts,
}

impl LanguageShares {
    /// Counts these tags; an utterance whose `mixed` is above one half is mixed whatever its main language.
    pub fn of<'a>(tags: impl IntoIterator<Item = &'a LanguageTag>) -> Self {
        let mut shares = Self::default();
        for tag in tags {
            Language::ALL.into_iter().for_each(|language| shares.words.add(language, tag.words.of(language)));
            match tag.language {
                _ if tag.is_mixed() => shares.mixed += 1,
                Language::Spanish => shares.spanish += 1,
                Language::English => shares.english += 1,
                Language::Portuguese => {
                    shares.portuguese += 1;
                    shares.other += 1;
                }
                Language::Other => shares.other += 1,
            }
        }
        shares
    }

    /// Both texts together.
    #[must_use]
    pub fn plus(mut self, more: &Self) -> Self {
        self.spanish += more.spanish;
        self.english += more.english;
        self.mixed += more.mixed;
        self.other += more.other;
        self.portuguese += more.portuguese;
        Language::ALL.into_iter().for_each(|language| self.words.add(language, more.words.of(language)));
        self
    }
}

/// A language that the interface is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub enum UiLanguage {
    /// Spanish.
    #[serde(rename = "es")]
    Spanish,
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
}

impl UiLanguage {
    /// Both, Spanish first.
    pub const ALL: [Self; 2] = [Self::Spanish, Self::English];

    /// The language of this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// The one that an `Accept-Language` header likes best; none where it names neither.
    pub fn preferred(accept_language: &str) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for range in accept_language.split(',') {
            let (name, parameters) = range.split_once(';').unwrap_or((range, ""));
            let code = name.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
            let Some(language) = Self::from_code(&code) else { continue };
            let quality = parameters.trim().strip_prefix("q=").map_or(1.0, |q| q.trim().parse().unwrap_or(0.0));
            if quality > best.map_or(0.0, |(most, _)| most) {
                best = Some((quality, language));
            }
        }
        best.map(|(_, language)| language)
    }

    /// Its ISO 639-1 code, as in the `lang` attribute of a page.
    pub fn code(self) -> &'static str {
        match self {
            Self::Spanish => "es",
            Self::English => "en",
        }
    }
}

/// The same words for readers of either language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct Bilingual {
    /// In Spanish.
    pub es: String,
    /// In English.
    pub en: String,
}

impl Bilingual {
    /// From the Spanish and the English wording.
    pub fn new(es: impl Into<String>, en: impl Into<String>) -> Self {
        Self { es: es.into(), en: en.into() }
    }

    /// The wording for this reader.
    pub fn get(&self, language: UiLanguage) -> &str {
        match language {
            UiLanguage::Spanish => &self.es,
            UiLanguage::English => &self.en,
        }
    }
}
