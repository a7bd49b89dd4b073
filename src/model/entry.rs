//! A statement that a person placed on a map, with its quotes.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Bilingual, CustomerId, EntryId, Intensity, Kind, MeetingId, Quote, Side, SuggestionId};

/// A statement that a person placed on a customer's map. It lives as long as it has a quote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Entry {
    /// Its identity.
    pub id: EntryId,
    /// Whose map.
    pub customer: CustomerId,
    /// Which section.
    pub kind: Kind,
    /// The concept that its quotes were proposed under.
    pub concept: String,
    /// What the map says: the concept's label until a person words it; a person's wording stands for both languages.
    pub statement: Bilingual,
    /// Did a person word it? Quotes accepted as proposed join an unworded entry of their concept.
    pub worded: bool,
    /// The evidence, in the order in which it was accepted; never empty.
    pub quotes: Vec<EntryQuote>,
    /// When a person placed it, RFC 3339 in UTC.
    pub created_at: String,
}

/// One quote of an entry, with the suggestion that brought it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EntryQuote {
    /// The suggestion that it came from.
    pub suggestion: SuggestionId,
    /// The meeting of the quote.
    pub meeting: MeetingId,
    /// The exact words.
    pub quote: Quote,
    /// Who said them, as labelled in the file.
    pub speaker: Option<String>,
    /// On which side of the table.
    pub side: Side,
    /// How strongly it was said.
    pub intensity: Intensity,
}
