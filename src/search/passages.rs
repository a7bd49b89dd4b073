//! Scores the utterances of a meeting with what stands around them.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::Weight;
use tantivy::schema::IndexRecordOption;
use tantivy::{COLLECT_BLOCK_BUFFER_LEN, DocId, DocSet, SegmentReader, TantivyError, Term};

use super::best::Best;
use super::blocks::{Block, Columns};
use super::plan::RankWord;
use super::rank::FoundHit;
use super::schema::Fields;
use super::scoring::{self, Scoring};
use crate::model::MeetingId;

/// The hits of one segment.
pub(super) struct SegmentHits<'a> {
    reader: &'a SegmentReader,
    fields: &'a Fields,
    columns: Columns,
    /// The documents, in order.
    documents: Vec<DocId>,
    meetings: Vec<MeetingHits>,
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
    ) -> Result<Self, TantivyError> {
        let columns = Columns::open(reader)?;
        let documents = documents(reader, wanted)?;
        let mut meetings = Vec::new();
        let mut first = 0;
        while let Some(document) = documents.get(first) {
            let block = columns.block_of(*document);
            let last = block.start + block.size;
            let end = (first + 1).max(first + documents[first..].partition_point(|document| *document <= last));
            meetings.push(MeetingHits { block, first, end, score: 0.0, bound: 0.0 });
            first = end;
        }
        let mut hits = Self { reader, fields, columns, documents, meetings };
        hits.weigh_meetings(words, scoring)?;
        Ok(hits)
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.documents.len()
    }

    /// Their meetings.
    pub(super) fn candidates(&self, segment: usize) -> impl Iterator<Item = Candidate> + '_ {
        self.meetings.iter().map(move |hits| Candidate {
            segment,
            block: hits.block,
            meeting: self.columns.meeting(hits.block),
            bound: hits.bound,
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
                let count = postings.iter_mut().map(|postings| count_at(postings, start)).max().unwrap_or(0);
                hits.score += scoring.meeting(at, count as f32, lengths.fieldnorm(start) as f32);
                // What a prefix stands for is not counted by meeting, so it may be in any of them.
                if count > 0 || word.meeting_terms.is_empty() {
                    hits.bound += scoring.most(at);
                }
            }
        }
        for hits in &mut self.meetings {
            hits.bound += hits.score + scoring.together(scoring.all);
        }
        Ok(())
    }
}

/// Scores the hits of the meetings of one segment, which must come in the order of the segment.
pub(super) struct PassageScorer<'a> {
    hits: &'a SegmentHits<'a>,
    scoring: &'a Scoring,
    /// For each word, the postings of what it may stand as.
    postings: Vec<Vec<SegmentPostings>>,
    lengths: FieldNormReader,
    passage: Passages,
}

/// The counts of one meeting; kept between meetings for its memory.
#[derive(Default)]
struct Passages {
    /// For each utterance, the ordinal of its turn in the file.
    ordinals: Vec<u64>,
    /// For each utterance, which of the meeting's turns it belongs to.
    turn_of: Vec<u32>,
    /// How many words all turns before each turn hold, and one more for the end.
    length_before: Vec<f32>,
    /// For each word and utterance, how often.
    counts: Vec<f32>,
    /// For each word, how often in all turns before each turn, and one more for the end.
    counts_before: Vec<f32>,
}

impl<'a> PassageScorer<'a> {
    /// A scorer that stands before the first meeting.
    pub(super) fn new(
        hits: &'a SegmentHits<'a>,
        words: &[RankWord],
        scoring: &'a Scoring,
    ) -> Result<Self, TantivyError> {
        let all = words.iter().map(|word| postings(hits.reader, &word.terms)).collect::<Result<_, _>>()?;
        let lengths = hits.reader.get_fieldnorms_reader(hits.fields.spanish)?;
        Ok(Self { hits, scoring, postings: all, lengths, passage: Passages::default() })
    }

    /// Offers every hit of the meeting. The best utterance of a turn speaks for the whole turn; the others of the same
    /// turn come further down.
    pub(super) fn score(&mut self, candidate: &Candidate, best: &mut Best) {
        self.read(candidate.block);
        let first_document = candidate.block.start + 1;
        let documents = &self.hits.documents[candidate.first..candidate.end];
        let turn_of = |document: &DocId| self.passage.turn_of[(document - first_document) as usize];
        let t = scoring::tuning();
        for siblings in documents.chunk_by(|a, b| turn_of(a) == turn_of(b)) {
            let turn = turn_of(&siblings[0]) as usize;
            let shared = candidate.score + self.turn_score(turn);
            let mut own: Vec<(DocId, f32)> =
                siblings.iter().map(|doc| (*doc, self.own_score(*doc, first_document))).collect();
            own.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            for (at, (document, own)) in own.into_iter().enumerate() {
                let score = (shared + own) * if at == 0 { 1.0 } else { t.sibling };
                best.add(FoundHit {
                    meeting: candidate.meeting,
                    ordinal: self.hits.columns.ordinal(document),
                    turn: self.passage.ordinals[(document - first_document) as usize] as usize,
                    score,
                });
            }
        }
    }

    /// What a turn and its window give.
    fn turn_score(&self, turn: usize) -> f32 {
        let passage = &self.passage;
        let turns = passage.length_before.len() - 1;
        let reach = scoring::reach();
        let (from, to) = (turn.saturating_sub(reach), (turn + reach + 1).min(turns));
        let length = passage.length_before[turn + 1] - passage.length_before[turn];
        let window_length = passage.length_before[to] - passage.length_before[from];
        let mut score = 0.0;
        let mut present = 0.0;
        let t = scoring::tuning();
        for (word, before) in passage.counts_before.chunks_exact(turns + 1).enumerate() {
            let count = before[turn + 1] - before[turn];
            let window_count = before[to] - before[from];
            score += self.scoring.turn(word, count, length);
            score += self.scoring.window(word, window_count, window_length);
            if t.allt == 1.0 && count > 0.0 || t.allt == 2.0 && window_count > 0.0 {
                present += self.scoring.weights[word].presence;
            }
        }
        if t.allt > 0.0 {
            score += self.scoring.together(present);
        }
        score
    }

    /// What the utterance itself gives.
    fn own_score(&self, document: DocId, first_document: DocId) -> f32 {
        let passage = &self.passage;
        let at = (document - first_document) as usize;
        let length = self.lengths.fieldnorm(document) as f32;
        let mut score = 0.0;
        let mut present = 0.0;
        for (word, counts) in passage.counts.chunks_exact(passage.ordinals.len()).enumerate() {
            let count = counts[at];
            score += self.scoring.own(word, count, length);
            if count > 0.0 {
                present += self.scoring.weights[word].presence;
            }
        }
        if scoring::tuning().allt == 0.0 {
            score += self.scoring.together(present);
        }
        score
    }

    /// Counts every word in every utterance and turn of a meeting.
    fn read(&mut self, block: Block) {
        let passage = &mut self.passage;
        let utterances = block.size as usize;
        let first_document = block.start + 1;
        self.hits.columns.turns(block, &mut passage.ordinals);
        passage.turn_of.clear();
        passage.length_before.clear();
        let mut length = 0.0;
        for at in 0..utterances {
            if at == 0 || passage.ordinals[at] != passage.ordinals[at - 1] {
                passage.length_before.push(length);
            }
            passage.turn_of.push(passage.length_before.len() as u32 - 1);
            length += self.lengths.fieldnorm(first_document + at as u32) as f32;
        }
        passage.length_before.push(length);
        let turns = passage.length_before.len() - 1;
        passage.counts.clear();
        passage.counts.resize(self.postings.len() * utterances, 0.0);
        passage.counts_before.clear();
        passage.counts_before.resize(self.postings.len() * (turns + 1), 0.0);
        for (word, postings) in self.postings.iter_mut().enumerate() {
            let counts = &mut passage.counts[word * utterances..(word + 1) * utterances];
            for postings in postings {
                count_block(postings, first_document, counts);
            }
            let before = &mut passage.counts_before[word * (turns + 1)..(word + 1) * (turns + 1)];
            for (at, count) in counts.iter().enumerate() {
                before[passage.turn_of[at] as usize + 1] += count;
            }
            for turn in 0..turns {
                before[turn + 1] += before[turn];
            }
        }
    }
}

/// The living documents that are hits.
fn documents(reader: &SegmentReader, wanted: &dyn Weight) -> Result<Vec<DocId>, TantivyError> {
    let mut scorer = wanted.scorer(reader, 1.0)?;
    let mut documents = Vec::new();
    let mut buffer = [0; COLLECT_BLOCK_BUFFER_LEN];
    loop {
        let count = scorer.fill_buffer(&mut buffer);
        documents.extend(buffer[..count].iter().filter(|document| !reader.is_deleted(**document)));
        if count < buffer.len() {
            return Ok(documents);
        }
    }
}

fn postings(reader: &SegmentReader, terms: &[Term]) -> Result<Vec<SegmentPostings>, TantivyError> {
    let mut all = Vec::with_capacity(terms.len());
    for term in terms {
        all.extend(reader.inverted_index(term.field())?.read_postings(term, IndexRecordOption::WithFreqs)?);
    }
    Ok(all)
}

/// How often the term stands in this document; the documents must be asked for in order.
fn count_at(postings: &mut SegmentPostings, document: DocId) -> u32 {
    let at = if postings.doc() < document { postings.seek(document) } else { postings.doc() };
    if at == document { postings.term_freq() } else { 0 }
}

/// Notes for each of the documents how often the term stands in it, where that is more than was noted.
fn count_block(postings: &mut SegmentPostings, first: DocId, counts: &mut [f32]) {
    let mut document = if postings.doc() < first { postings.seek(first) } else { postings.doc() };
    while let Some(count) = document.checked_sub(first).and_then(|at| counts.get_mut(at as usize)) {
        *count = count.max(postings.term_freq() as f32);
        document = postings.advance();
    }
}
