//! `/api/v1/search`

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::{App, IndexStatus, SearchHit, SearchPage, SearchRequest};
use crate::model::{Kind, Language, MeetingId, Problem, Side, State as ReviewState};

use super::problem::{ApiProblem, ProblemBody};

/// What to look for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct SearchParams {
    /// The query: words, "exact phrase", prefix*, AND OR NOT ( ), and filters such as `customer:` or `cliente:`.
    q: String,
    /// How many hits at the most (default 20, at most 200).
    limit: Option<usize>,
    /// How many hits to pass over.
    offset: Option<usize>,
    /// Only this customer's meetings, by name or identity.
    customer: Option<String>,
    /// Only this meeting.
    #[param(value_type = Option<String>)]
    meeting: Option<MeetingId>,
    /// Only this side of the table.
    side: Option<Side>,
    /// Only utterances of this language.
    language: Option<Language>,
    /// Only utterances with a suggestion of this kind.
    kind: Option<Kind>,
    /// Only utterances with a suggestion in this state.
    state: Option<ReviewState>,
}

/// A page of hits.
#[derive(Serialize, ToSchema)]
pub struct SearchBody {
    /// How many there are in all.
    total: usize,
    /// The page, best first.
    hits: Vec<SearchHit>,
    /// How a mistaken query was read.
    notes: Vec<Problem>,
    /// Whether the index holds everything that the store holds.
    index: IndexStatus,
}

impl From<SearchPage> for SearchBody {
    fn from(page: SearchPage) -> Self {
        Self { total: page.total, hits: page.hits, notes: page.notes, index: page.index }
    }
}

/// Search every utterance of every meeting.
#[utoipa::path(get, path = "/api/v1/search", tag = "search", params(SearchParams),
    responses((status = 200, body = SearchBody),
        (status = 422, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn search(
    State(app): State<Arc<App>>,
    Query(params): Query<SearchParams>,
) -> Result<Json<SearchBody>, ApiProblem> {
    let request = SearchRequest {
        q: params.q,
        customer: params.customer,
        meeting: params.meeting,
        side: params.side,
        language: params.language,
        kind: params.kind,
        state: params.state,
        limit: params.limit,
        offset: params.offset.unwrap_or_default(),
    };
    Ok(Json(app.run(move |app| app.search(&request)).await?.into()))
}
