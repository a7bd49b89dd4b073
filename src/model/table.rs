//! How the columns of a table were read.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a column of a table holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ColumnRole {
    /// Who speaks or answers.
    Speaker,
    /// Words; a table may have several such columns.
    Text,
    /// When the words start.
    Start,
    /// When they end.
    End,
    /// The day of the meeting, or of the answer.
    Date,
    /// The side of the table that the speaker sits on.
    Side,
    /// The language of the words.
    Language,
    /// With whom the meeting was held.
    Customer,
    /// Anything else; not read.
    #[default]
    Other,
}

impl ColumnRole {
    /// Every role.
    pub const ALL: [Self; 9] = [
        Self::Speaker,
        Self::Text,
        Self::Start,
        Self::End,
        Self::Date,
        Self::Side,
        Self::Language,
        Self::Customer,
        Self::Other,
    ];

    /// The code in files, addresses and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Text => "text",
            Self::Start => "start",
            Self::End => "end",
            Self::Date => "date",
            Self::Side => "side",
            Self::Language => "language",
            Self::Customer => "customer",
            Self::Other => "other",
        }
    }
}

/// One column of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TableColumn {
    /// Its one-based place.
    pub number: usize,
    /// What stands above it, where the table has a line of names.
    pub name: Option<String>,
    /// What it was taken for.
    pub role: ColumnRole,
    /// The first thing that stands in it, cut after 80 characters.
    pub example: Option<String>,
}

/// How the columns of a table were read: shown, so that a person can correct it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TableColumns {
    /// The same in one line, as an import takes it: `speaker=2,text=4,start=1,header=yes`.
    pub map: String,
    /// Does the first row name the columns?
    pub has_header: bool,
    /// The columns, from the left; the first hundred.
    pub columns: Vec<TableColumn>,
}
