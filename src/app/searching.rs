//! Search over all meetings.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::config::{MAX_HITS, MAX_QUERY_BYTES};
use crate::model::{
    Bilingual, CustomerId, Kind, Language, LanguageTag, MeetingId, Problem, ProblemClass, Side, Span, State,
};
use crate::search::{self, Filters, FoundHit, Highlighter, Meaning, PAGE_DEPTH_MAX, Query};

use super::search_shape::{SearchFacets, SearchGroup};
use super::{App, IndexState, IndexStatus};

/// How many hits are looked through for groups: one that has its first hit further down does not show.
const GROUPED_DEPTH: usize = 2_000;

/// How many utterances a turn is looked for in, on either side.
const NEIGHBOUR_REACH: usize = 12;

/// How many turns may be shown on either side of a hit.
const AROUND_MAX: usize = 4;

/// In which order hits come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SearchOrder {
    /// The best first.
    #[default]
    Best,
    /// Those of the latest meetings first; of one day the best first.
    Recent,
}

/// How hits are put together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Grouping {
    /// One after the other.
    #[default]
    Flat,
    /// By meeting, the one with the best hit first.
    Meeting,
    /// By customer, the one with the best hit first.
    Customer,
}

/// What somebody looks for.
#[derive(Clone, Debug, Default)]
pub struct SearchRequest {
    /// The query, in the query language.
    pub q: String,
    /// Only this customer's meetings, by name or identity.
    pub customer: Option<String>,
    /// Only this meeting.
    pub meeting: Option<MeetingId>,
    /// Only this side of the table.
    pub side: Option<Side>,
    /// Only utterances of this language.
    pub language: Option<Language>,
    /// Only utterances with a suggestion of this kind.
    pub kind: Option<Kind>,
    /// Only utterances with a suggestion in this state.
    pub state: Option<State>,
    /// How many hits at the most; of groups, how many groups.
    pub limit: Option<usize>,
    /// How many hits or groups to pass over.
    pub offset: usize,
    /// Only the query's own words, and not what says the same in the other language.
    pub literal: bool,
    /// In which order.
    pub order: SearchOrder,
    /// How they are put together.
    pub group: Grouping,
    /// Are the hits counted by what they are?
    pub facets: bool,
    /// How many turns to show before and after each hit.
    pub around: usize,
    /// Does each hit say what its score is made of?
    pub explain: bool,
}

/// A place that answers in other words than the query's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Across {
    /// Where, as byte range of the hit's `text`.
    pub span: Span,
    /// The concept that it speaks of; none where it is a translation of a word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concept: Option<String>,
    /// The concept's label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<Bilingual>,
}

/// What is said beside a hit.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Neighbour {
    /// Zero-based ordinal of its turn.
    pub turn: usize,
    /// Zero-based ordinal of the utterance in the meeting.
    pub utterance: usize,
    /// Who says it, as labelled in the file.
    pub speaker: Option<String>,
    /// In which language.
    pub language: LanguageTag,
    /// The words.
    pub text: String,
}

/// What a score is made of: `(utterance + surroundings + meeting) * share`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, ToSchema)]
pub struct ExplainedScore {
    /// What the utterance's own words give, and that they stand together.
    pub utterance: f32,
    /// What its turn and the turns around it give.
    pub surroundings: f32,
    /// What the whole meeting gives.
    pub meeting: f32,
    /// What is left of that: less for further hits of the same turn or meeting.
    pub share: f32,
}

/// An utterance that answers.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SearchHit {
    /// The uploaded file's name.
    pub source: String,
    /// Which meeting.
    pub meeting: MeetingId,
    /// Its title.
    pub meeting_title: String,
    /// With whom.
    pub customer: CustomerId,
    /// The customer's name.
    pub customer_name: String,
    /// When it was held, where known.
    pub date: Option<jiff::civil::Date>,
    /// Zero-based ordinal of the turn.
    pub turn: usize,
    /// Zero-based ordinal of the utterance in the meeting.
    pub utterance: usize,
    /// The words.
    pub text: String,
    /// What matched, as byte ranges of `text`.
    pub spans: Vec<Span>,
    /// Which of that matched in other words than the query's own: translations, and terms of a concept that it names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub across: Vec<Across>,
    /// Who said it, as labelled in the file.
    pub speaker: Option<String>,
    /// On which side.
    pub side: Side,
    /// In which language.
    pub language: LanguageTag,
    /// When the turn starts, in milliseconds from the start of the recording.
    pub start_ms: Option<u64>,
    /// How well it answers; comparable within one answer only.
    pub score: f32,
    /// What the score is made of, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explained: Option<ExplainedScore>,
    /// What is said right before, where that was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<Neighbour>,
    /// What is said right after, where that was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<Neighbour>,
}

/// A page of hits.
#[derive(Clone, Debug)]
pub struct SearchPage {
    /// How many hits there are in all.
    pub total: usize,
    /// The page, best first; empty where hits are grouped.
    pub hits: Vec<SearchHit>,
    /// The page, in groups; empty where they are not.
    pub groups: Vec<SearchGroup>,
    /// How many groups there are.
    pub total_groups: usize,
    /// The hits by what they are, where that was asked for.
    pub facets: Option<SearchFacets>,
    /// The concepts that the query names, by id and label.
    pub concepts: Vec<(String, Bilingual)>,
    /// The query as it may have been meant, where a word of it is said nowhere.
    pub did_you_mean: Option<String>,
    /// How a mistaken query was read.
    pub notes: Vec<Problem>,
    /// Whether the index holds everything.
    pub index: IndexStatus,
}

impl App {
    /// Searches every utterance of every meeting.
    ///
    /// # Errors
    /// `query_too_long` and other limits of the query language; `customer_not_found`.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchPage, Problem> {
        let (query, meaning) = self.query(request)?;
        let found = match self.index.search(&query) {
            Err(problem) if problem.code == "index_damaged" => return Ok(nothing_yet(problem)),
            found => found?,
        };
        let concepts = self.topics_of(&meaning);
        let did_you_mean = match request.offset {
            0 if !request.q.is_empty() => self.index.did_you_mean(&request.q, &meaning).unwrap_or_default(),
            _ => None,
        };
        let heads = if request.facets || request.group != Grouping::Flat { Some(self.heads()?) } else { None };
        let shower = Shower { app: self, request, highlighter: Highlighter::new(&request.q, &meaning), meaning };
        let (mut hits, mut groups, mut total_groups) = (Vec::new(), Vec::new(), 0);
        match &heads {
            Some(heads) if request.group != Grouping::Flat => {
                let bundles = heads.bundles(request.group, &found);
                total_groups = bundles.len();
                for bundle in bundles.iter().skip(request.offset).take(limit_of(request)) {
                    groups.push(bundle.shown(heads, |hit| shower.hit(hit))?);
                }
            }
            _ => {
                for hit in &found.hits {
                    hits.extend(shower.hit(hit)?);
                }
            }
        }
        let facets = match heads.filter(|_| request.facets) {
            Some(heads) => Some(self.facets(&heads, &found)?),
            None => None,
        };
        let index = self.index_status()?;
        let notes = found.notes;
        Ok(SearchPage { total: found.total, hits, groups, total_groups, facets, concepts, did_you_mean, notes, index })
    }

    /// The request as the index takes it.
    pub(super) fn query(&self, request: &SearchRequest) -> Result<(Query, Meaning), Problem> {
        if request.q.len() > MAX_QUERY_BYTES {
            return Err(query_too_long(request.q.len()));
        }
        let customer = request.customer.as_deref().filter(|name| !name.trim().is_empty());
        let customer = customer.map(|name| self.customer_named(name)).transpose()?.map(|customer| customer.id);
        let meaning = self.meaning(&request.q, !request.literal)?;
        let is_grouped = request.group != Grouping::Flat;
        let query = Query {
            text: request.q.clone(),
            filters: Filters {
                customer,
                meeting: request.meeting,
                side: request.side,
                language: request.language,
                kind: request.kind,
                state: request.state,
                ..Filters::default()
            },
            meaning: meaning.clone(),
            order: match request.order {
                SearchOrder::Best => search::Order::Best,
                SearchOrder::Recent => search::Order::Recent,
            },
            facets: request.facets,
            limit: if is_grouped { GROUPED_DEPTH } else { limit_of(request) },
            offset: if is_grouped { 0 } else { request.offset },
        };
        Ok((query, meaning))
    }

    /// Every hit of a request as far as the index goes, in the order of the answer.
    pub(super) fn all_hits(&self, request: &SearchRequest) -> Result<Vec<SearchHit>, Problem> {
        let (mut query, meaning) = self.query(request)?;
        (query.limit, query.offset, query.facets) = (PAGE_DEPTH_MAX, 0, false);
        let found = self.index.search(&query)?;
        let shower = Shower { app: self, request, highlighter: Highlighter::new(&request.q, &meaning), meaning };
        let mut hits = Vec::with_capacity(found.hits.len());
        for hit in &found.hits {
            hits.extend(shower.hit(hit)?);
        }
        Ok(hits)
    }

    fn topics_of(&self, meaning: &Meaning) -> Vec<(String, Bilingual)> {
        let mut labels: Vec<(String, Bilingual)> = Vec::new();
        for named in &meaning.named {
            if let Some(concept) = self.lexicon().concept(&named.id)
                && !labels.iter().any(|(id, _)| *id == named.id)
            {
                labels.push((named.id.clone(), concept.label.clone()));
            }
        }
        labels
    }
}

/// Turns what the index found into what a person sees.
struct Shower<'a> {
    app: &'a App,
    request: &'a SearchRequest,
    highlighter: Highlighter,
    meaning: Meaning,
}

impl Shower<'_> {
    /// The hit with its words from the store; none where the store has forgotten them since.
    fn hit(&self, hit: &FoundHit) -> Result<Option<SearchHit>, Problem> {
        let store = &self.app.store;
        let Some(summary) = store.meeting_summary(hit.meeting)? else { return Ok(None) };
        let Some((_, utterance, speaker, start_ms)) = store.text_of(hit.meeting, &[hit.ordinal])?.pop() else {
            return Ok(None);
        };
        let (speaker, side) = speaker.map_or((None, Side::Unknown), |speaker| (Some(speaker.label), speaker.side));
        let own = self.highlighter.spans(&utterance.text);
        let across = self.across(&utterance.text, &own);
        let (before, after) = self.neighbours(hit)?;
        let parts = hit.parts;
        Ok(Some(SearchHit {
            source: summary.meeting.source.file_name,
            meeting: hit.meeting,
            meeting_title: summary.meeting.title,
            customer: summary.meeting.customer,
            customer_name: summary.customer_name,
            date: summary.meeting.date,
            turn: utterance.turn,
            utterance: hit.ordinal,
            spans: together(own, &across),
            across,
            text: utterance.text,
            speaker,
            side,
            language: utterance.language,
            start_ms,
            score: hit.score,
            explained: self.request.explain.then_some(ExplainedScore {
                utterance: parts.utterance,
                surroundings: parts.surroundings,
                meeting: parts.meeting,
                share: parts.share,
            }),
            before,
            after,
        }))
    }

    /// What answers in other words than the query's own, which stand at `own`.
    fn across(&self, text: &str, own: &[Span]) -> Vec<Across> {
        let translated = self.highlighter.translated(text).into_iter();
        let mut across: Vec<Across> = translated.map(|span| Across { span, concept: None, label: None }).collect();
        let is_own = |span: Span| own.iter().any(|one| one.start <= span.start && span.end <= one.end);
        let terms = self.app.terms_of(text, &self.meaning.named).into_iter();
        for (id, span) in terms.filter(|(_, span)| !is_own(*span)) {
            let label = self.app.lexicon().concept(&id).map(|concept| concept.label.clone());
            across.push(Across { span, concept: Some(id), label });
        }
        across.sort_by_key(|one| one.span);
        across
    }

    fn neighbours(&self, hit: &FoundHit) -> Result<(Vec<Neighbour>, Vec<Neighbour>), Problem> {
        let around = self.request.around.min(AROUND_MAX);
        if around == 0 {
            return Ok((Vec::new(), Vec::new()));
        }
        let reach = NEIGHBOUR_REACH * around;
        let ordinals: Vec<usize> = (hit.ordinal.saturating_sub(reach)..=hit.ordinal + reach).collect();
        let near = self.app.store.text_of(hit.meeting, &ordinals)?.into_iter();
        let neighbours = near.filter(|(_, utterance, ..)| utterance.turn.abs_diff(hit.turn) <= around);
        let shown = neighbours.map(|(ordinal, utterance, speaker, _)| Neighbour {
            turn: utterance.turn,
            utterance: ordinal,
            speaker: speaker.map(|speaker| speaker.label),
            language: utterance.language,
            text: utterance.text,
        });
        let (before, after): (Vec<_>, Vec<_>) =
            shown.filter(|one| one.utterance != hit.ordinal).partition(|one| one.utterance < hit.ordinal);
        Ok((before, after))
    }
}

fn limit_of(request: &SearchRequest) -> usize {
    request.limit.unwrap_or(20).clamp(1, MAX_HITS)
}

/// All places in order, those that overlap made one.
fn together(spans: Vec<Span>, across: &[Across]) -> Vec<Span> {
    let mut all: Vec<Span> = spans.into_iter().chain(across.iter().map(|one| one.span)).collect();
    all.sort_unstable();
    let mut merged: Vec<Span> = Vec::with_capacity(all.len());
    for span in all {
        match merged.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

/// The answer while a damaged index is built anew.
fn nothing_yet(problem: Problem) -> SearchPage {
    SearchPage {
        total: 0,
        hits: Vec::new(),
        groups: Vec::new(),
        total_groups: 0,
        facets: None,
        concepts: Vec::new(),
        did_you_mean: None,
        notes: vec![problem],
        index: IndexStatus { state: IndexState::Rebuilding { done: 0, total: 0 }, behind: 0 },
    }
}

fn query_too_long(found: usize) -> Problem {
    Problem::new(
        "query_too_long",
        ProblemClass::Invalid,
        format!("La búsqueda tiene {found} bytes; el límite es {MAX_QUERY_BYTES}."),
        format!("The query has {found} bytes; the limit is {MAX_QUERY_BYTES}."),
    )
    .hint("Busque con menos palabras.", "Search with fewer words.")
}
