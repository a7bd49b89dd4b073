//! Finds and orders utterances.
//!
//! A passage is judged in its context: the turn itself, the nine turns around it and the whole meeting all speak for it
//! ([`super::scoring`]). Meetings are taken best first, and one whose bound cannot reach the page is never opened: the
//! order is the same as if every hit had been scored.

use std::time::{Duration, Instant};

use tantivy::query::EnableScoring;
use tantivy::{Searcher, TantivyError};

use super::best::Best;
use super::facets::{self, Facets};
use super::index::Index;
use super::passages::{Candidate, PassageScorer, SegmentHits};
use super::plan::{self, Plan};
use super::query::{self, Query};
use super::schema::Fields;
use super::scoring::Scoring;
use crate::model::{MeetingId, Problem, ProblemClass};

/// How far into the results a page may lie: `offset + limit`.
pub const PAGE_DEPTH_MAX: usize = 10_000;

/// How long the ordering of hits may take; what is found by then is answered, with a note.
const DEADLINE: Duration = Duration::from_secs(2);

/// How many of the best meetings are scored before the others' bounds are compared with what was found.
const FIRST_MEETINGS: usize = 64;

/// After how many meetings the clock is looked at.
const MEETINGS_PER_LOOK: usize = 32;

/// What a search found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// How many utterances there are in all.
    pub total: usize,
    /// How many there are in each meeting that has any, by identity.
    pub meetings: Vec<(MeetingId, usize)>,
    /// How many there are of each sort, where it was asked for.
    pub facets: Facets,
    /// The page that was asked for, best first; equal scores by meeting and ordinal.
    pub hits: Vec<FoundHit>,
    /// How a mistaken query was read: each with its place, a caret under it, and what may have been meant.
    pub notes: Vec<Problem>,
}

/// An utterance that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FoundHit {
    /// The meeting.
    pub meeting: MeetingId,
    /// The utterance's ordinal in it.
    pub ordinal: usize,
    /// The ordinal of its turn.
    pub turn: usize,
    /// How well it answers; comparable within one answer only.
    pub score: f32,
    /// What the score is made of.
    pub parts: ScoreParts,
    pub(super) rank_day: i64,
}

/// What a score is made of: `(utterance + surroundings + meeting) * share`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScoreParts {
    /// What the utterance's own words give, and that they stand together.
    pub utterance: f32,
    /// What its turn and the turns around it give.
    pub surroundings: f32,
    /// What the whole meeting gives.
    pub meeting: f32,
    /// What is left of that: less for the other utterances of a turn, and for what comes after others of its meeting.
    pub share: f32,
}

impl Index {
    /// Finds the utterances that answer a query. What was applied before the call is in its answer.
    ///
    /// # Errors
    /// `query_too_long`, `query_too_many_clauses`, `query_too_deep`, `page_too_deep`; `index_damaged` where the files
    /// cannot be read (see [`Index::is_damaged`]).
    pub fn search(&self, query: &Query) -> Result<Found, Problem> {
        let depth = query.offset.saturating_add(query.limit);
        if depth > PAGE_DEPTH_MAX {
            return Err(page_too_deep(depth));
        }
        let parsed = query::parse(&query.text, &query.meaning)?;
        let searcher = self.searcher();
        let mut ranked = self.guarded(|| {
            let plan = plan::plan(parsed.root.as_ref(), &query.filters, &query.meaning, self.fields(), &searcher)?;
            ranked(&searcher, self.fields(), &plan, query, depth)
        })?;
        let mut notes = parsed.notes;
        if ranked.is_cut_short {
            notes.push(cut_short());
        }
        let hits = ranked.hits.split_off(query.offset.min(ranked.hits.len()));
        Ok(Found { total: ranked.total, meetings: ranked.meetings, facets: ranked.facets, hits, notes })
    }
}

/// The best hits, and how many there are.
struct Ranked {
    total: usize,
    meetings: Vec<(MeetingId, usize)>,
    facets: Facets,
    hits: Vec<FoundHit>,
    is_cut_short: bool,
}

fn ranked(
    searcher: &Searcher,
    fields: &Fields,
    plan: &Plan,
    query: &Query,
    depth: usize,
) -> Result<Ranked, TantivyError> {
    let deadline = Instant::now() + DEADLINE;
    let scoring = Scoring::new(searcher, fields, &plan.words)?;
    let weight = plan.wanted.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut segments = Vec::new();
    for reader in searcher.segment_readers() {
        segments.push(SegmentHits::find(reader, fields, weight.as_ref(), &plan.words, &scoring, deadline)?);
    }
    let mut first: Vec<Candidate> =
        segments.iter().enumerate().flat_map(|(at, segment)| segment.candidates(at, query.order)).collect();
    first.sort_by(|a, b| {
        let by_day = b.rank_day.cmp(&a.rank_day);
        by_day.then_with(|| b.bound.total_cmp(&a.bound)).then_with(|| a.meeting.cmp(&b.meeting))
    });
    let rest = first.split_off(FIRST_MEETINGS.min(first.len()));
    let mut best = Best::new(depth);
    let mut is_cut_short = segments.iter().any(SegmentHits::is_cut_short);
    for mut group in [first, rest] {
        group.retain(|candidate| best.admits(candidate.bound, candidate.rank_day, candidate.meeting));
        // Postings can only be read forwards, so the meetings of a segment are taken in its order.
        group.sort_by_key(|candidate| (candidate.segment, candidate.block.start));
        for together in group.chunk_by(|a, b| a.segment == b.segment) {
            let mut scorer = PassageScorer::new(&segments[together[0].segment], &plan.words, &scoring)?;
            for (at, candidate) in together.iter().enumerate() {
                if at % MEETINGS_PER_LOOK == 0 && Instant::now() > deadline {
                    is_cut_short = true;
                    break;
                }
                if best.admits(candidate.bound, candidate.rank_day, candidate.meeting) {
                    scorer.score(candidate, &mut best);
                }
            }
        }
    }
    let total = segments.iter().map(SegmentHits::count).sum();
    let mut meetings: Vec<(MeetingId, usize)> = segments.iter().flat_map(SegmentHits::by_meeting).collect();
    meetings.sort_unstable();
    let facets = if query.facets { facets::count(&segments, fields)? } else { Facets::default() };
    Ok(Ranked { total, meetings, facets, hits: best.into_sorted(), is_cut_short })
}

fn page_too_deep(depth: usize) -> Problem {
    Problem::new(
        "page_too_deep",
        ProblemClass::Invalid,
        format!("La página llega hasta el resultado {depth}; el límite es {PAGE_DEPTH_MAX}."),
        format!("The page reaches as far as hit {depth}; the limit is {PAGE_DEPTH_MAX}."),
    )
    .hint("Añada un filtro o más palabras.", "Add a filter or more words.")
}

fn cut_short() -> Problem {
    Problem::new(
        "search_cut_short",
        ProblemClass::Unavailable,
        "Ordenar los resultados tardaba demasiado; puede faltar alguno mejor.",
        "Ordering the hits took too long; a better one may be missing.",
    )
    .hint("Añada un filtro o use palabras menos corrientes.", "Add a filter, or use less common words.")
}
