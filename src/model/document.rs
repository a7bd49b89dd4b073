//! A finished document.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Bilingual, EntryId, Intensity, Kind, MeetingId, Side};

/// A finished document; each exporter writes each variant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "document", rename_all = "snake_case")]
pub enum Document {
    /// A customer's empathy map.
    EmpathyMap(EmpathyMap),
}

/// A customer's empathy map: the six sections of the canvas, with frictions and jobs to be done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EmpathyMap {
    /// The customer's name.
    pub customer: String,
    /// How many meetings of the customer the store holds.
    pub meetings: usize,
    /// How many of them hold at least one quote of this map.
    pub meetings_quoted: usize,
    /// The strongest intensity among the pains; none where there is no pain.
    pub pain_intensity: Option<Intensity>,
    /// One line a kind: how many entries, quotes and speakers stand behind it.
    pub archetype: Vec<ArchetypeLine>,
    /// Every section, in the order of [`Kind::ALL`]; a section without entries is there and empty: the gap is named.
    pub sections: Vec<MapSection>,
}

/// How much stands behind one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ArchetypeLine {
    /// Which kind.
    pub kind: Kind,
    /// How many entries.
    pub entries: usize,
    /// How many quotes.
    pub quotes: usize,
    /// How many different speakers.
    pub speakers: usize,
    /// From how many meetings.
    pub meetings: usize,
}

/// One section of the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MapSection {
    /// Which kind.
    pub kind: Kind,
    /// Its entries, strongest first.
    pub entries: Vec<MapEntry>,
}

/// One statement with everything that was said for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MapEntry {
    /// The entry behind it.
    pub entry: EntryId,
    /// What the map says.
    pub statement: Bilingual,
    /// The concept that its quotes were proposed under.
    pub concept: String,
    /// The strongest of its quotes' intensities.
    pub intensity: Intensity,
    /// The exact words, oldest meeting first.
    pub quotes: Vec<MapQuote>,
}

/// A quote as a document shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MapQuote {
    /// The exact words.
    pub text: String,
    /// Who said them.
    pub speaker: Option<String>,
    /// On which side.
    pub side: Side,
    /// The identity of the meeting.
    pub meeting: MeetingId,
    /// The meeting's title.
    pub meeting_title: String,
    /// The meeting's date, where known.
    pub date: Option<jiff::civil::Date>,
    /// Zero-based ordinal of the turn.
    pub turn: usize,
}
