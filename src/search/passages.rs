//! Scores the utterances of a meeting with what stands around them.

use std::cmp::Ordering;
use std::time::Instant;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::Weight;
use tantivy::schema::IndexRecordOption;
use tantivy::{COLLECT_BLOCK_BUFFER_LEN, DocId, DocSet, SegmentReader, TantivyError, Term};

use super::best::Best;
use super::blocks::{Block, Columns};
use super::plan::{RankWord, WeighedTerm};
use super::query::Order;
use super::rank::{FoundHit, ScoreParts};
use super::schema::Fields;
use super::scoring::{REACH, Scoring};
use crate::model::MeetingId;

/// How much less each further turn of a meeting weighs than the one before: without it a talkative meeting would fill
/// the first pages.
const REPEAT_PENALTY: f32 = 0.02;

/// What the other utterances of a turn weigh beside the best one.
const SIBLING_SHARE: f32 = 0.5;

/// After how many blocks of hits the clock is looked at.
const BLOCKS_PER_LOOK: usize = 256;

/// The hits of one segment.
pub(super) struct SegmentHits<'a> {
    reader: &'a SegmentReader,
    fields: &'a Fields,
    columns: Columns,
    /// The documents, in order.
    documents: Vec<DocId>,
    meetings: Vec<MeetingHits>,
    /// Was there no time to find them all?
    is_cut_short: bool,
}

/// The hits of one meeting.
#[derive(Clone, Copy, Debug)]
struct MeetingHits {
    block: Block,
    /// Where they begin and end in [`SegmentHits::documents`].
    first: usize,
    end: usize,
    /// What the meeting as a whole gives to each of them.
    score: f32,
    /// The most that any of them can score.
    bound: f32,
}

/// A meeting with hits, as the ranking weighs it against others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// Which of the segments.
    pub(super) segment: usize,
    /// Where its documents lie.
    pub(super) block: Block,
    /// Its identity.
    pub(super) meeting: MeetingId,
    /// The most that any of its hits can score.
    pub(super) bound: f32,
    /// Its day where the latest come first, the same for all where they do not.
    pub(super) rank_day: i64,
    first: usize,
    end: usize,
    score: f32,
}

impl<'a> SegmentHits<'a> {
    /// Finds the hits and weighs their meetings.
    pub(super) fn find(
        reader: &'a SegmentReader,
        fields: &'a Fields,
        wanted: &dyn Weight,
        words: &[RankWord],
        scoring: &Scoring,
        deadline: Instant,
    ) -> Result<Self, TantivyError> {
        let columns = Columns::open(reader)?;
        let (documents, is_cut_short) = documents(reader, wanted, deadline)?;
        let mut meetings = Vec::new();
        let mut first = 0;
        while let Some(document) = documents.get(first) {
            let block = columns.block_of(*document);
            let last = block.start + block.size;
            let end = (first + 1).max(first + documents[first..].partition_point(|document| *document <= last));
            meetings.push(MeetingHits { block, first, end, score: 0.0, bound: 0.0 });
            first = end;
        }
        let mut hits = Self { reader, fields, columns, documents, meetings, is_cut_short };
        hits.weigh_meetings(words, scoring)?;
        Ok(hits)
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.documents.len()
    }

    /// Was there no time to find them all?
    pub(super) fn is_cut_short(&self) -> bool {
        self.is_cut_short
    }

    /// The segment that they are in.
    pub(super) fn reader(&self) -> &'a SegmentReader {
        self.reader
    }

    /// The documents, in order.
    pub(super) fn documents(&self) -> &[DocId] {
        &self.documents
    }

    /// How many there are in each meeting.
    pub(super) fn by_meeting(&self) -> impl Iterator<Item = (MeetingId, usize)> + '_ {
        self.meetings.iter().map(|hits| (self.columns.meeting(hits.block), hits.end - hits.first))
    }

    /// Their meetings.
    pub(super) fn candidates(&self, segment: usize, order: Order) -> impl Iterator<Item = Candidate> + '_ {
        self.meetings.iter().map(move |hits| Candidate {
            segment,
            block: hits.block,
            meeting: self.columns.meeting(hits.block),
            bound: hits.bound,
            rank_day: match order {
                Order::Best => 0,
                Order::Recent => self.columns.day(hits.block).unwrap_or(i64::MIN),
            },
            first: hits.first,
            end: hits.end,
            score: hits.score,
        })
    }

    fn weigh_meetings(&mut self, words: &[RankWord], scoring: &Scoring) -> Result<(), TantivyError> {
        let lengths = self.reader.get_fieldnorms_reader(self.fields.meeting_spanish)?;
        for (at, word) in words.iter().enumerate() {
            let mut postings = postings(self.reader, &word.meeting_terms)?;
            for hits in &mut self.meetings {
                let start = hits.block.start;
                let counts = postings.iter_mut().map(|(postings, share)| count_at(postings, start) as f32 * *share);
                let count = counts.fold(0.0, f32::max);
                hits.score += scoring.meeting(at, count, lengths.fieldnorm(start) as f32);
                // What a prefix or a concept stands for is not counted by meeting, so it may be in any of them.
                if count > 0.0 || word.hides() {
                    hits.bound += scoring.most(at);
                }
            }
        }
        for hits in &mut self.meetings {
            hits.bound += hits.score + scoring.most_together();
        }
        Ok(())
    }
}

/// Scores the hits of the meetings of one segment, which must come in the order of the segment.
pub(super) struct PassageScorer<'a> {
    hits: &'a SegmentHits<'a>,
    scoring: &'a Scoring,
    /// For each word, the postings of what it may stand as.
    said: Vec<Vec<(SegmentPostings, f32)>>,
    /// For each word, the postings of the speakers whose label holds it.
    named: Vec<Vec<(SegmentPostings, f32)>>,
    lengths: FieldNormReader,
    counts: Counts,
}

/// The counts of one meeting; kept between meetings for its memory.
#[derive(Default)]
struct Counts {
    /// For each utterance, the ordinal of its turn in the file.
    ordinals: Vec<u64>,
    /// For each utterance, which of the meeting's turns it belongs to.
    turn_of: Vec<usize>,
    /// How many words all turns before each turn hold, and one more for the end.
    length_before: Vec<f32>,
    /// For each word and utterance, how often it is said.
    said: Vec<f32>,
    /// For each word and utterance, how often it stands in the speaker's label.
    named: Vec<f32>,
    /// For each word, how often it is said in all turns before each turn, and one more for the end.
    said_before: Vec<f32>,
}

/// A turn with hits.
struct Passage {
    /// Its utterances that are hits, best first; at least one.
    utterances: Vec<(DocId, f32)>,
    /// What the turn and its window give to each of them.
    around: f32,
}

impl<'a> PassageScorer<'a> {
    /// A scorer that stands before the first meeting.
    pub(super) fn new(
        hits: &'a SegmentHits<'a>,
        words: &[RankWord],
        scoring: &'a Scoring,
    ) -> Result<Self, TantivyError> {
        let said = words.iter().map(|word| postings(hits.reader, &word.terms)).collect::<Result<_, _>>()?;
        let whole = |term: &Term| WeighedTerm { term: term.clone(), share: 1.0 };
        let named = words
            .iter()
            .map(|word| postings(hits.reader, &word.speaker_terms.iter().map(whole).collect::<Vec<_>>()))
            .collect::<Result<_, _>>()?;
        let lengths = hits.reader.get_fieldnorms_reader(hits.fields.spanish)?;
        Ok(Self { hits, scoring, said, named, lengths, counts: Counts::default() })
    }

    /// Offers every hit of the meeting. The best utterance of a turn speaks for the whole turn, the others of the same
    /// turn come further down; and the more of a meeting has been shown, the sooner another one has its say.
    pub(super) fn score(&mut self, candidate: &Candidate, best: &mut Best) {
        self.read(candidate.block);
        let first_document = candidate.block.start + 1;
        let mut passages = self.passages(candidate);
        passages.sort_by(|one, two| by_score(one.utterances[0], two.utterances[0]));
        for (rank, passage) in passages.iter().enumerate() {
            let factor = 1.0 / (1.0 + REPEAT_PENALTY * rank as f32);
            for (at, (document, score)) in passage.utterances.iter().enumerate() {
                let share = if at == 0 { factor } else { factor * SIBLING_SHARE };
                best.add(FoundHit {
                    meeting: candidate.meeting,
                    ordinal: self.hits.columns.ordinal(*document),
                    turn: self.counts.turn(*document - first_document),
                    score: score * share,
                    parts: ScoreParts {
                        utterance: score - candidate.score - passage.around,
                        surroundings: passage.around,
                        meeting: candidate.score,
                        share,
                    },
                    rank_day: candidate.rank_day,
                });
            }
        }
    }

    /// The turns of a meeting that have hits, in the order of the meeting.
    fn passages(&self, candidate: &Candidate) -> Vec<Passage> {
        let first_document = candidate.block.start + 1;
        let turn_of = |document: &DocId| self.counts.turn_of[(document - first_document) as usize];
        let documents = &self.hits.documents[candidate.first..candidate.end];
        let passage = |siblings: &[DocId]| {
            let around = self.turn_score(turn_of(&siblings[0]));
            let shared = candidate.score + around;
            let score = |document: &DocId| (*document, shared + self.own_score(*document, first_document));
            let mut utterances: Vec<(DocId, f32)> = siblings.iter().map(score).collect();
            utterances.sort_by(|one, two| by_score(*one, *two));
            Passage { utterances, around }
        };
        documents.chunk_by(|a, b| turn_of(a) == turn_of(b)).map(passage).collect()
    }

    /// What a turn and its window give.
    fn turn_score(&self, turn: usize) -> f32 {
        let counts = &self.counts;
        let turns = counts.length_before.len() - 1;
        let (from, to) = (turn.saturating_sub(REACH), (turn + REACH + 1).min(turns));
        let length = counts.length_before[turn + 1] - counts.length_before[turn];
        let window_length = counts.length_before[to] - counts.length_before[from];
        let word_score = |(word, before): (usize, &[f32])| {
            self.scoring.turn(word, before[turn + 1] - before[turn], length)
                + self.scoring.window(word, before[to] - before[from], window_length)
        };
        counts.said_before.chunks_exact(turns + 1).enumerate().map(word_score).sum()
    }

    /// What the utterance itself gives.
    fn own_score(&self, document: DocId, first_document: DocId) -> f32 {
        let counts = &self.counts;
        let utterances = counts.ordinals.len();
        let at = (document - first_document) as usize;
        let length = self.lengths.fieldnorm(document) as f32;
        let (mut score, mut presence) = (0.0, 0.0);
        for word in 0..self.said.len() {
            let mentions = counts.said[word * utterances + at];
            score += self.scoring.own(word, mentions, length);
            if mentions > 0.0 || counts.named[word * utterances + at] > 0.0 {
                let share = if counts.named[word * utterances + at] > 0.0 { 1.0 } else { mentions.min(1.0) };
                presence += self.scoring.presence(word) * share;
            }
        }
        score + self.scoring.together(presence)
    }

    /// Counts every word in every utterance and turn of a meeting.
    fn read(&mut self, block: Block) {
        let counts = &mut self.counts;
        let utterances = block.size as usize;
        let first_document = block.start + 1;
        self.hits.columns.turns(block, &mut counts.ordinals);
        counts.turn_of.clear();
        counts.length_before.clear();
        let mut length = 0.0;
        for (at, document) in (first_document..=block.start + block.size).enumerate() {
            if at == 0 || counts.ordinals[at] != counts.ordinals[at - 1] {
                counts.length_before.push(length);
            }
            counts.turn_of.push(counts.length_before.len() - 1);
            length += self.lengths.fieldnorm(document) as f32;
        }
        counts.length_before.push(length);
        count_words(&mut self.said, first_document, utterances, &mut counts.said);
        count_words(&mut self.named, first_document, utterances, &mut counts.named);
        let row = counts.length_before.len();
        counts.said_before.clear();
        counts.said_before.resize(self.said.len() * row, 0.0);
        for (said, before) in counts.said.chunks_exact(utterances.max(1)).zip(counts.said_before.chunks_exact_mut(row))
        {
            for (turn, mentions) in counts.turn_of.iter().zip(said) {
                before[turn + 1] += mentions;
            }
            for turn in 1..row {
                before[turn] += before[turn - 1];
            }
        }
    }
}

impl Counts {
    /// The ordinal, in the file, of the turn of the utterance at this place.
    fn turn(&self, at: u32) -> usize {
        usize::try_from(self.ordinals[at as usize]).unwrap_or(usize::MAX)
    }
}

/// Best first; of equal ones the earlier.
fn by_score(one: (DocId, f32), two: (DocId, f32)) -> Ordering {
    two.1.total_cmp(&one.1).then_with(|| one.0.cmp(&two.0))
}

/// For each word, how often it stands in each of the utterances.
fn count_words(
    words: &mut [Vec<(SegmentPostings, f32)>],
    first_document: DocId,
    utterances: usize,
    counts: &mut Vec<f32>,
) {
    counts.clear();
    counts.resize(words.len() * utterances, 0.0);
    for (postings, counts) in words.iter_mut().zip(counts.chunks_exact_mut(utterances.max(1))) {
        for (postings, share) in postings {
            count_block(postings, *share, first_document, counts);
        }
    }
}

/// The living documents that are hits, and whether the time was too short for all of them.
fn documents(
    reader: &SegmentReader,
    wanted: &dyn Weight,
    deadline: Instant,
) -> Result<(Vec<DocId>, bool), TantivyError> {
    let mut scorer = wanted.scorer(reader, 1.0)?;
    let mut documents = Vec::new();
    let mut buffer = [0; COLLECT_BLOCK_BUFFER_LEN];
    for block in 0_usize.. {
        if block % BLOCKS_PER_LOOK == BLOCKS_PER_LOOK - 1 && Instant::now() > deadline {
            return Ok((documents, true));
        }
        let count = scorer.fill_buffer(&mut buffer);
        documents.extend(buffer[..count].iter().filter(|document| !reader.is_deleted(**document)));
        if count < buffer.len() {
            break;
        }
    }
    Ok((documents, false))
}

/// The postings of these terms with what a mention counts.
fn postings(reader: &SegmentReader, terms: &[WeighedTerm]) -> Result<Vec<(SegmentPostings, f32)>, TantivyError> {
    let mut all = Vec::with_capacity(terms.len());
    for WeighedTerm { term, share } in terms {
        let postings = reader.inverted_index(term.field())?.read_postings(term, IndexRecordOption::WithFreqs)?;
        all.extend(postings.map(|postings| (postings, *share)));
    }
    Ok(all)
}

/// How often the term stands in this document; the documents must be asked for in order.
fn count_at(postings: &mut SegmentPostings, document: DocId) -> u32 {
    let at = if postings.doc() < document { postings.seek(document) } else { postings.doc() };
    if at == document { postings.term_freq() } else { 0 }
}

/// Notes for each of the documents how often the term stands in it, where that is more than was noted.
fn count_block(postings: &mut SegmentPostings, share: f32, first: DocId, counts: &mut [f32]) {
    let mut document = if postings.doc() < first { postings.seek(first) } else { postings.doc() };
    while let Some(count) = document.checked_sub(first).and_then(|at| counts.get_mut(at as usize)) {
        *count = count.max(postings.term_freq() as f32 * share);
        document = postings.advance();
    }
}
