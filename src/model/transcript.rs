//! The text of a meeting, with speakers and turns.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{LanguageTag, Side, SideSource, Span};

/// The text of a meeting. Every span in it refers to `text`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Transcript {
    /// The decoded source text. For a text format it is the file's own text, byte for byte (a byte-order mark included);
    /// for a format that hides its words in a structure (JSON) the parser lays them out, the same way each time.
    pub text: String,
    /// The labels of who speaks, in the order of their first turn.
    pub speakers: Vec<Speaker>,
    /// What was said or noted, in the order of the file.
    pub turns: Vec<Turn>,
    /// What the file says of the occasion itself.
    pub facts: MeetingFacts,
}

/// The label in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Speaker {
    /// As the file writes it, without markup: "Jorge Antelo (Comversa)".
    pub label: String,
    /// The side of the table.
    pub side: Side,
    /// What the side was read from.
    pub side_source: SideSource,
}

/// Whether a turn holds spoken words or somebody's notes of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// Somebody's own words.
    #[default]
    Speech,
    /// What somebody wrote down about the meeting.
    Note,
    /// A heading inside notes: it names what follows and is no statement.
    Heading,
}

/// What one speaker says until another begins; in notes, one bullet or paragraph.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// Index into [`Transcript::speakers`]; none where the file names nobody.
    pub speaker: Option<usize>,
    /// When it starts, in milliseconds from the start of the recording, where the file says so.
    pub start_ms: Option<u64>,
    /// When it ends, likewise.
    pub end_ms: Option<u64>,
    /// Speech or note.
    pub nature: Nature,
    /// Where its words lie: one span for a line of text, several for merged cues. In order, not overlapping, none of them
    /// empty; no span at all where the file names a speaker and gives no words.
    pub pieces: Vec<Span>,
}

/// A sentence-sized piece of a turn; the unit read for meaning.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Utterance {
    /// Zero-based ordinal of its turn.
    pub turn: usize,
    /// Where its words lie; several pieces where a sentence runs over cues.
    pub pieces: Vec<Span>,
    /// The pieces joined by one space: what is read, searched and shown.
    pub text: String,
    /// Its language.
    pub language: LanguageTag,
}

impl Utterance {
    /// From the first byte of its first piece to the last byte of its last.
    pub fn span(&self) -> Span {
        Span::hull(&self.pieces).unwrap_or_default()
    }
}

/// What the file itself says of the occasion; shown for confirmation, never required.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MeetingFacts {
    /// The title.
    pub title: Option<String>,
    /// The date, ISO 8601 (`2026-03-14`).
    pub date: Option<String>,
    /// The customer's name.
    pub customer: Option<String>,
    /// Who was there, as written.
    pub attendees: Vec<String>,
}
