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
    /// The runs of another language than `language`, as byte ranges of the utterance's own text.
    pub switches: Vec<(Span, Language)>,
}

/// How many utterances of a text are in which language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LanguageShares {
    /// Mostly Spanish, not mixed.
    pub spanish: usize,
    /// Mostly English, not mixed.
    pub english: usize,
    /// Both in one utterance.
    pub mixed: usize,
    /// Another language, or unknown.
    pub other: usize,
}

impl LanguageShares {
    /// Counts these tags; an utterance whose `mixed` is above one half is mixed whatever its main language.
    pub fn of<'a>(tags: impl IntoIterator<Item = &'a LanguageTag>) -> Self {
        let mut shares = Self::default();
        for tag in tags {
            match tag.language {
                _ if tag.mixed > 0.5 => shares.mixed += 1,
                Language::Spanish => shares.spanish += 1,
                Language::English => shares.english += 1,
                Language::Portuguese | Language::Other => shares.other += 1,
            }
        }
        shares
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
