//! The documents of one meeting, side by side in a segment.

use std::sync::Arc;

use tantivy::columnar::{Column, ColumnValues};
use tantivy::fastfield::AliveBitSet;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, SegmentReader, TantivyError, Term};
use uuid::Uuid;

use super::schema::column;
use crate::model::MeetingId;

/// The columns that tell which document is which.
pub(super) struct Columns {
    place: Arc<dyn ColumnValues<u64>>,
    ordinal: Arc<dyn ColumnValues<u64>>,
    turn: Arc<dyn ColumnValues<u64>>,
    day: Column<i64>,
    size: Column<u64>,
    high: Column<u64>,
    low: Column<u64>,
}

/// A meeting's documents: its own at `start`, its utterances right behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// The document of the meeting itself.
    pub(super) start: DocId,
    /// How many utterances follow it.
    pub(super) size: u32,
}

impl Columns {
    /// The columns of a segment.
    pub(super) fn open(segment: &SegmentReader) -> Result<Self, TantivyError> {
        let columns = segment.fast_fields();
        Ok(Self {
            place: columns.column_first_or_default(column::PLACE)?,
            ordinal: columns.column_first_or_default(column::ORDINAL)?,
            turn: columns.column_first_or_default(column::TURN)?,
            day: columns.i64(column::DAY)?,
            size: columns.u64(column::SIZE)?,
            high: columns.u64(column::MEETING_HIGH)?,
            low: columns.u64(column::MEETING_LOW)?,
        })
    }

    /// The block that an utterance's document belongs to.
    pub(super) fn block_of(&self, document: DocId) -> Block {
        let place = u32::try_from(self.place.get_val(document)).unwrap_or(0);
        let start = document.saturating_sub(place);
        let size = self.size.first(start).and_then(|size| u32::try_from(size).ok()).unwrap_or(0);
        Block { start, size }
    }

    /// The meeting of a block.
    pub(super) fn meeting(&self, block: Block) -> MeetingId {
        let high = self.high.first(block.start).unwrap_or(0);
        let low = self.low.first(block.start).unwrap_or(0);
        MeetingId(Uuid::from_u64_pair(high, low))
    }

    /// The day of a block's meeting, where it is known.
    pub(super) fn day(&self, block: Block) -> Option<i64> {
        self.day.first(block.start + 1)
    }

    /// The ordinal of an utterance in its meeting.
    pub(super) fn ordinal(&self, document: DocId) -> usize {
        usize::try_from(self.ordinal.get_val(document)).unwrap_or(usize::MAX)
    }

    /// The ordinals of the turns of all utterances of a block.
    pub(super) fn turns(&self, block: Block, turns: &mut Vec<u64>) {
        turns.resize(block.size as usize, 0);
        self.turn.get_range(u64::from(block.start) + 1, turns);
    }
}

/// How many documents this meeting has in a segment.
pub(super) fn count_of(segment: &SegmentReader, meeting: &Term) -> Result<u64, TantivyError> {
    let index = segment.inverted_index(meeting.field())?;
    let Some(postings) = index.read_postings(meeting, IndexRecordOption::Basic)? else { return Ok(0) };
    let alive = |alive: &AliveBitSet| postings.doc_freq_given_deletes(alive);
    Ok(segment.alive_bitset().map_or_else(|| postings.doc_freq(), alive).into())
}

/// Do the documents of this segment stand in whole blocks? Guards the numbers that no checksum guards: a segment whose
/// count of documents or list of deletions is not its own is found here.
pub(super) fn are_whole(segment: &SegmentReader) -> bool {
    let Ok(columns) = Columns::open(segment) else { return false };
    if columns.place.num_vals() != segment.max_doc() {
        return false;
    }
    let mut document = 0;
    while document < segment.max_doc() {
        let block = columns.block_of(document);
        let Some(end) = block.start.checked_add(block.size).and_then(|last| last.checked_add(1)) else { return false };
        if block.start != document || columns.size.first(document).is_none() || end > segment.max_doc() {
            return false;
        }
        let dead = segment.is_deleted(document);
        let follows = |(place, document): (u64, DocId)| {
            columns.place.get_val(document) == place && segment.is_deleted(document) == dead
        };
        if !(1..).zip(document + 1..end).all(follows) {
            return false;
        }
        document = end;
    }
    true
}

/// The living meetings of a segment with how many utterances each has.
pub(super) fn meetings(segment: &SegmentReader) -> Result<Vec<(MeetingId, usize)>, TantivyError> {
    let columns = Columns::open(segment)?;
    let mut meetings = Vec::new();
    let mut document = 0;
    while document < segment.max_doc() {
        let block = columns.block_of(document);
        if !segment.is_deleted(document) {
            meetings.push((columns.meeting(block), block.size as usize));
        }
        document += block.size + 1;
    }
    Ok(meetings)
}
