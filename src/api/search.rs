//! `/api/v1/search`

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::{
    App, Completion, Grouping, IndexStatus, SearchFacets, SearchGroup, SearchHit, SearchOrder, SearchPage,
    SearchRequest,
};
use crate::model::{Bilingual, Kind, Language, MeetingId, Problem, Side, State as ReviewState, UiLanguage};

use super::problem::{ApiProblem, ProblemBody};

/// On or off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Switch {
    /// As it is.
    #[default]
    On,
    /// Not at all.
    Off,
}

/// What to look for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct SearchParams {
    /// The query: words, "exact phrase", prefix*, fuzzy~, "two words"~5, a NEAR b, AND OR NOT ( ), and filters such as
    /// `customer:` or `cliente:`.
    q: String,
    /// How many hits (or groups) at the most (default 20, at most 200).
    limit: Option<usize>,
    /// How many hits (or groups) to pass over.
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
    /// `off` finds the query's own words only, and not what says the same in the other language.
    #[serde(default)]
    across: Switch,
    /// `recent` puts the latest meetings first.
    #[serde(default)]
    order: SearchOrder,
    /// `meeting` and `customer` put hits together.
    #[serde(default)]
    group: Grouping,
    /// Count the hits by what they are.
    #[serde(default)]
    facets: bool,
    /// How many turns to show before and after each hit (at most 4).
    #[serde(default)]
    around: usize,
    /// Say of each hit what its score is made of.
    #[serde(default)]
    explain: bool,
}

/// A concept that the query names.
#[derive(Serialize, ToSchema)]
pub struct NamedConcept {
    /// Its id.
    id: String,
    /// Its label.
    label: Bilingual,
}

/// A page of hits.
#[derive(Serialize, ToSchema)]
pub struct SearchBody {
    /// How many there are in all.
    total: usize,
    /// The page, best first; empty where hits are grouped.
    hits: Vec<SearchHit>,
    /// The page, in groups.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    groups: Vec<SearchGroup>,
    /// How many groups there are, where hits are grouped.
    total_groups: usize,
    /// The hits by what they are, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    facets: Option<SearchFacets>,
    /// The concepts that the query names: what speaks of them answers, too, in either language.
    concepts: Vec<NamedConcept>,
    /// The query as it may have been meant, where a word of it is said nowhere.
    did_you_mean: Option<String>,
    /// How a mistaken query was read.
    notes: Vec<Problem>,
    /// Whether the index holds everything that the store holds.
    index: IndexStatus,
}

/// What is being typed.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct CompletionParams {
    /// The query so far; its last word is completed.
    q: String,
}

/// How a query may go on.
#[derive(Serialize, ToSchema)]
pub struct CompletionsBody {
    /// Words first, then filters, customers, concepts and people.
    completions: Vec<Completion>,
}

/// Which hits, and in which form.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct HitsFileParams {
    /// The query.
    q: String,
    /// `csv`, `json` or `md`.
    format: Option<String>,
    /// For readers of this language.
    language: Option<UiLanguage>,
    /// `off` finds the query's own words only.
    #[serde(default)]
    across: Switch,
    /// `recent` puts the latest meetings first.
    #[serde(default)]
    order: SearchOrder,
    /// Only this customer's meetings, by name or identity.
    customer: Option<String>,
    /// Only this side of the table.
    side: Option<Side>,
    /// Only utterances with a suggestion of this kind.
    kind: Option<Kind>,
}

impl From<SearchPage> for SearchBody {
    fn from(page: SearchPage) -> Self {
        Self {
            total: page.total,
            hits: page.hits,
            groups: page.groups,
            total_groups: page.total_groups,
            facets: page.facets,
            concepts: page.concepts.into_iter().map(|(id, label)| NamedConcept { id, label }).collect(),
            did_you_mean: page.did_you_mean,
            notes: page.notes,
            index: page.index,
        }
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
        literal: params.across == Switch::Off,
        order: params.order,
        group: params.group,
        facets: params.facets,
        around: params.around,
        explain: params.explain,
    };
    Ok(Json(app.run(move |app| app.search(&request)).await?.into()))
}

/// Complete the last word of a query: words that people said, filters, customers, concepts, people.
#[utoipa::path(get, path = "/api/v1/search/completions", tag = "search", params(CompletionParams),
    responses((status = 200, body = CompletionsBody)))]
pub async fn completions(
    State(app): State<Arc<App>>,
    Query(params): Query<CompletionParams>,
) -> Result<Json<CompletionsBody>, ApiProblem> {
    let completions = app.run(move |app| app.completions(&params.q)).await?;
    Ok(Json(CompletionsBody { completions }))
}

/// Fetch all hits as a file, up to ten thousand. No cell of the CSV is taken for a formula.
#[utoipa::path(get, path = "/api/v1/search/export", tag = "search", params(HitsFileParams),
    responses((status = 200, description = "The file", content_type = "text/csv", body = String),
        (status = 422, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn export(State(app): State<Arc<App>>, Query(params): Query<HitsFileParams>) -> Result<Response, ApiProblem> {
    let request = SearchRequest {
        q: params.q,
        customer: params.customer,
        side: params.side,
        kind: params.kind,
        literal: params.across == Switch::Off,
        order: params.order,
        ..SearchRequest::default()
    };
    let format = params.format.unwrap_or_else(|| "csv".to_owned());
    let language = params.language.unwrap_or_default();
    let export = app.run(move |app| app.export_search(&request, &format, language)).await?;
    let disposition = format!("attachment; filename=\"{}\"", export.file_name);
    let headers = [(header::CONTENT_TYPE, export.media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, export.bytes).into_response())
}
