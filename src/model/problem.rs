//! What went wrong, said so that a person can go on and a program can tell the case.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Bilingual;

/// What sort of failure; a face turns it into a status or an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProblemClass {
    /// The request or the file cannot be used as it is.
    Invalid,
    /// No such thing.
    NotFound,
    /// Somebody else was first, or it is decided already.
    Conflict,
    /// Over a limit.
    TooLarge,
    /// Refused for safety.
    Forbidden,
    /// No room on the disk.
    StorageFull,
    /// Not now.
    Unavailable,
    /// Our own fault.
    Internal,
}

impl ProblemClass {
    /// The status that both HTTP faces answer with.
    pub fn http_status(self) -> u16 {
        match self {
            Self::Invalid => 422,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::TooLarge => 413,
            Self::Forbidden => 403,
            Self::StorageFull => 507,
            Self::Unavailable => 503,
            Self::Internal => 500,
        }
    }
}

/// Where in a user's file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Place {
    /// The file's name or path.
    pub file: Option<String>,
    /// One-based line.
    pub line: Option<usize>,
    /// One-based column, in characters.
    pub column: Option<usize>,
    /// The line itself, cut after 200 characters.
    pub excerpt: Option<String>,
}

/// What was found, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// A stable code: `no_usable_turn`, `customer_not_found`, ...
    pub code: String,
    /// What sort of failure.
    pub class: ProblemClass,
    /// What was found.
    pub detail: Bilingual,
    /// What to do about it.
    pub hint: Bilingual,
    /// Where.
    pub place: Option<Box<Place>>,
}

impl Problem {
    /// What was found, in both languages.
    pub fn new(code: &str, class: ProblemClass, es: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code: code.to_owned(), class, detail: Bilingual::new(es, en), hint: Bilingual::default(), place: None }
    }

    /// And what to do about it.
    #[must_use]
    pub fn hint(mut self, es: impl Into<String>, en: impl Into<String>) -> Self {
        self.hint = Bilingual::new(es, en);
        self
    }

    /// And where.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(Box::new(place));
        self
    }

    /// And in which file, keeping the line that is known.
    #[must_use]
    pub fn in_file(mut self, file: &str) -> Self {
        self.place.get_or_insert_default().file = Some(file.to_owned());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.detail.en)
    }
}

impl std::error::Error for Problem {}
