//! Where a piece of text lies in the decoded source.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A half-open range of bytes in the decoded source text, on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// From the first byte to one past the last.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span runs forwards");
        Self { start, end }
    }

    /// How many bytes it covers.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Does it cover nothing?
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The words at this place, or nothing where the span does not fit the text.
    pub fn slice(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }

    /// How many bytes both cover.
    pub fn shared(self, other: Self) -> usize {
        self.end.min(other.end).saturating_sub(self.start.max(other.start))
    }

    /// The smallest span that covers every one of `pieces`; nothing for no pieces.
    pub fn hull(pieces: &[Self]) -> Option<Self> {
        let start = pieces.iter().map(|piece| piece.start).min()?;
        let end = pieces.iter().map(|piece| piece.end).max()?;
        Some(Self { start, end })
    }
}
