//! One occasion, and the file that tells of it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Bilingual, CustomerId, LanguageShares, MeetingFacts, MeetingId, SourceHash, Speaker, TableColumns};

/// How the bytes of a source spell its characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub enum Encoding {
    /// UTF-8, with or without a byte-order mark.
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    /// UTF-16, little end first.
    #[serde(rename = "utf-16le")]
    Utf16Le,
    /// UTF-16, big end first.
    #[serde(rename = "utf-16be")]
    Utf16Be,
    /// Windows-1252, which holds Latin-1.
    #[serde(rename = "windows-1252")]
    Windows1252,
}

impl Encoding {
    /// Its usual name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16 LE",
            Self::Utf16Be => "UTF-16 BE",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

/// The uploaded file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SourceInfo {
    /// The name under which it was uploaded; never used as a path.
    pub file_name: String,
    /// BLAKE3 of its bytes.
    pub hash: SourceHash,
    /// How many bytes.
    pub bytes: u64,
    /// The name of its format in the list of formats.
    pub format: String,
    /// How it spells its characters.
    pub encoding: Encoding,
}

/// One occasion: customer, date, title, source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Meeting {
    /// Its identity.
    pub id: MeetingId,
    /// With whom.
    pub customer: CustomerId,
    /// What it is called.
    pub title: String,
    /// When it was held, ISO 8601, where known.
    pub date: Option<jiff::civil::Date>,
    /// Where its words come from.
    pub source: SourceInfo,
    /// When it was imported, RFC 3339 in UTC.
    pub created_at: String,
}

/// A line of a file that became no part of a turn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LeftOver {
    /// One-based number of the line.
    pub line: usize,
    /// What stands there, cut after 200 characters.
    pub text: String,
}

/// Something that a person should know of an import, though it went on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Warning {
    /// A stable code.
    pub code: String,
    /// One-based number of the line it concerns, where it concerns one.
    pub line: Option<usize>,
    /// For people.
    pub text: Bilingual,
}

/// The honesty report: what an import found and what it could not use.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ImportReport {
    /// The name of the format in the list of formats.
    pub format: String,
    /// The name of the layout inside, for a file that wraps a text: DOCX, PDF, mail.
    #[serde(default)]
    pub inner_format: Option<String>,
    /// How the columns were read, for a table.
    #[serde(default)]
    pub columns: Option<TableColumns>,
    /// How sure the detection is, 0 to 1.
    pub confidence: f32,
    /// The second-best guess, where it is close.
    pub runner_up: Option<String>,
    /// How the file spells its characters.
    pub encoding: Encoding,
    /// How many turns.
    pub turns: usize,
    /// How many utterances.
    pub utterances: usize,
    /// Who speaks.
    pub speakers: Vec<Speaker>,
    /// The language mix, in utterances.
    pub languages: LanguageShares,
    /// From the first to the last time in the file, in milliseconds; none where it has no times.
    pub covered_ms: Option<u64>,
    /// Caption repeats that were collapsed.
    pub repeats_removed: usize,
    /// Lines that became no part of a turn: the first 500.
    pub left_over: Vec<LeftOver>,
    /// How many lines became no part of a turn, listed or not.
    #[serde(default)]
    pub left_over_total: usize,
    /// What else a person should know.
    pub warnings: Vec<Warning>,
    /// What the file says of the occasion.
    pub facts: MeetingFacts,
}
