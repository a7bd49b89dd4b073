//! What an insight is about.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Bilingual, UiLanguage};

/// The eight kinds: four that the lexicons propose by themselves and four more sections of the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What hurts: loss, risk, worry, cost.
    Pain,
    /// A concrete obstacle inside the work.
    Friction,
    /// What they are trying to get done.
    Job,
    /// A benefit that they value, hoped for or obtained.
    Gain,
    /// What they think and feel.
    ThinkFeel,
    /// What they see around them.
    See,
    /// What others tell them.
    Hear,
    /// What they say and do.
    SayDo,
}

impl Kind {
    /// Every kind, in the order of the canvas.
    pub const ALL: [Self; 8] =
        [Self::Pain, Self::Friction, Self::Job, Self::Gain, Self::ThinkFeel, Self::See, Self::Hear, Self::SayDo];

    /// The code in files, addresses and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Pain => "pain",
            Self::Friction => "friction",
            Self::Job => "job",
            Self::Gain => "gain",
            Self::ThinkFeel => "think_feel",
            Self::See => "see",
            Self::Hear => "hear",
            Self::SayDo => "say_do",
        }
    }

    /// Its name in both languages.
    pub fn name(self) -> Bilingual {
        Bilingual::new(self.label(UiLanguage::Spanish), self.label(UiLanguage::English))
    }

    /// Its name in the language of the reader.
    pub fn label(self, language: UiLanguage) -> &'static str {
        match (self, language) {
            (Self::Pain, UiLanguage::Spanish) => "Dolor",
            (Self::Pain, UiLanguage::English) => "Pain",
            (Self::Friction, UiLanguage::Spanish) => "Fricción",
            (Self::Friction, UiLanguage::English) => "Friction",
            (Self::Job, UiLanguage::Spanish) => "Trabajo por hacer",
            (Self::Job, UiLanguage::English) => "Job to be done",
            (Self::Gain, UiLanguage::Spanish) => "Ganancia",
            (Self::Gain, UiLanguage::English) => "Gain",
            (Self::ThinkFeel, UiLanguage::Spanish) => "Piensa y siente",
            (Self::ThinkFeel, UiLanguage::English) => "Think & feel",
            (Self::See, UiLanguage::Spanish) => "Ve",
            (Self::See, UiLanguage::English) => "See",
            (Self::Hear, UiLanguage::Spanish) => "Oye",
            (Self::Hear, UiLanguage::English) => "Hear",
            (Self::SayDo, UiLanguage::Spanish) => "Dice y hace",
            (Self::SayDo, UiLanguage::English) => "Say & do",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The text names no kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no kind is called {0:?}; there are pain, friction, job, gain, think_feel, see, hear, say_do")]
pub struct UnknownKind(pub String);

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.code() == text).ok_or_else(|| UnknownKind(text.to_owned()))
    }
}
