//! Search over all meetings.

use serde::Serialize;
use utoipa::ToSchema;

use crate::config::{MAX_HITS, MAX_QUERY_BYTES};
use crate::model::{CustomerId, Kind, Language, LanguageTag, MeetingId, Problem, ProblemClass, Side, Span, State};
use crate::search::{self, Filters, Query};

use super::{App, IndexStatus};

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
    /// How many hits at the most.
    pub limit: Option<usize>,
    /// How many hits to pass over.
    pub offset: usize,
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
}

/// A page of hits.
#[derive(Clone, Debug)]
pub struct SearchPage {
    /// How many there are in all.
    pub total: usize,
    /// The page, best first.
    pub hits: Vec<SearchHit>,
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
        if request.q.len() > MAX_QUERY_BYTES {
            return Err(query_too_long(request.q.len()));
        }
        let customer = request.customer.as_deref().filter(|name| !name.trim().is_empty());
        let customer = customer.map(|name| self.customer_named(name)).transpose()?.map(|customer| customer.id);
        let found = self.index.search(&Query {
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
            limit: request.limit.unwrap_or(20).clamp(1, MAX_HITS),
            offset: request.offset,
        })?;
        let mut hits = Vec::with_capacity(found.hits.len());
        for hit in &found.hits {
            hits.extend(self.shown_hit(&request.q, hit)?);
        }
        Ok(SearchPage { total: found.total, hits, notes: found.notes, index: self.index_status()? })
    }

    /// The hit with its words from the store; none where the store has forgotten them since.
    fn shown_hit(&self, q: &str, hit: &search::FoundHit) -> Result<Option<SearchHit>, Problem> {
        let Some(summary) = self.store.meeting_summary(hit.meeting)? else { return Ok(None) };
        let Some((_, utterance, speaker, start_ms)) = self.store.text_of(hit.meeting, &[hit.ordinal])?.pop() else {
            return Ok(None);
        };
        let (speaker, side) = speaker.map_or((None, Side::Unknown), |speaker| (Some(speaker.label), speaker.side));
        Ok(Some(SearchHit {
            source: summary.meeting.source.file_name,
            meeting: hit.meeting,
            meeting_title: summary.meeting.title,
            customer: summary.meeting.customer,
            customer_name: summary.customer_name,
            date: summary.meeting.date,
            turn: utterance.turn,
            utterance: hit.ordinal,
            spans: search::highlight(q, &utterance.text),
            text: utterance.text,
            speaker,
            side,
            language: utterance.language,
            start_ms,
            score: hit.score,
        }))
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
