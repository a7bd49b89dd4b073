//! `/api/v1/suggestions`

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::{App, Order, Reviewed, SuggestionFilter, SuggestionRow};
use crate::model::{
    CustomerId, Decision, Edit, Entry, Kind, MeetingId, RejectReason, Side, State as ReviewState, SuggestionId,
};

use super::problem::{ApiProblem, ProblemBody};

/// Which suggestions.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ListParams {
    /// Only this meeting's.
    #[param(value_type = Option<String>)]
    meeting: Option<MeetingId>,
    /// Only this customer's.
    #[param(value_type = Option<String>)]
    customer: Option<CustomerId>,
    /// Only this kind.
    kind: Option<Kind>,
    /// Only this state.
    state: Option<ReviewState>,
    /// Only this side of the table.
    side: Option<Side>,
    /// Only this concept.
    concept: Option<String>,
    /// By expected correctness (`score`, the default) or in the order of the meeting (`place`).
    order: Option<Order>,
    /// How many at the most (default 50, at most 500).
    limit: Option<usize>,
    /// The last suggestion of the page before.
    #[param(value_type = Option<String>)]
    after: Option<SuggestionId>,
}

/// A page of suggestions.
#[derive(Serialize, ToSchema)]
pub struct SuggestionsBody {
    /// The page.
    suggestions: Vec<SuggestionRow>,
    /// How many of the same customer and meeting await a person.
    pending: usize,
    /// How many of them a person has decided.
    decided: usize,
}

/// A suggestion with its history.
#[derive(Serialize, ToSchema)]
pub struct HistoryBody {
    /// What people did with it, oldest first.
    decisions: Vec<Decision>,
}

/// Why a suggestion is rejected.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RejectBody {
    /// The reason.
    reason: RejectReason,
}

/// What a decision made.
#[derive(Serialize, ToSchema)]
pub struct ReviewedBody {
    /// The suggestion as it stands now.
    suggestion: SuggestionRow,
    /// The entry that holds its quote, if it was accepted.
    entry: Option<Entry>,
    /// What was done.
    decision: Decision,
}

impl From<Reviewed> for ReviewedBody {
    fn from(reviewed: Reviewed) -> Self {
        Self { suggestion: reviewed.row, entry: reviewed.entry, decision: reviewed.decision }
    }
}

/// List suggestions.
#[utoipa::path(get, path = "/api/v1/suggestions", tag = "suggestions", params(ListParams),
    responses((status = 200, body = SuggestionsBody)))]
pub async fn list(
    State(app): State<Arc<App>>,
    Query(params): Query<ListParams>,
) -> Result<Json<SuggestionsBody>, ApiProblem> {
    let filter = SuggestionFilter {
        meeting: params.meeting,
        customer: params.customer,
        kind: params.kind,
        state: params.state,
        side: params.side,
        concept: params.concept,
        order: params.order.unwrap_or_default(),
        limit: params.limit.unwrap_or_default(),
        after: params.after,
    };
    let queue = app.run(move |app| app.suggestions(&filter)).await?;
    Ok(Json(SuggestionsBody { suggestions: queue.rows, pending: queue.pending, decided: queue.decided }))
}

/// Read a suggestion.
#[utoipa::path(get, path = "/api/v1/suggestions/{id}", tag = "suggestions", params(("id" = String, Path, description = "The suggestion")),
    responses((status = 200, body = SuggestionRow),
        (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn show(
    State(app): State<Arc<App>>,
    Path(id): Path<SuggestionId>,
) -> Result<Json<SuggestionRow>, ApiProblem> {
    Ok(Json(app.run(move |app| app.suggestion(id)).await?))
}

/// Read everything that people did with a suggestion.
#[utoipa::path(get, path = "/api/v1/suggestions/{id}/history", tag = "suggestions", params(("id" = String, Path, description = "The suggestion")),
    responses((status = 200, body = HistoryBody),
        (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn history(
    State(app): State<Arc<App>>,
    Path(id): Path<SuggestionId>,
) -> Result<Json<HistoryBody>, ApiProblem> {
    let decisions = app.run(move |app| app.history(id)).await?;
    Ok(Json(HistoryBody { decisions }))
}

/// Accept a suggestion, as proposed or edited: its quote goes on the customer's map.
#[utoipa::path(post, path = "/api/v1/suggestions/{id}/accept", tag = "suggestions", params(("id" = String, Path, description = "The suggestion")),
    request_body = Edit,
    responses((status = 200, body = ReviewedBody),
        (status = 404, body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, body = ProblemBody, content_type = "application/problem+json", description = "Decided already: undo first"),
        (status = 422, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn accept(
    State(app): State<Arc<App>>,
    Path(id): Path<SuggestionId>,
    Json(edit): Json<Edit>,
) -> Result<Json<ReviewedBody>, ApiProblem> {
    Ok(Json(app.run(move |app| app.accept(id, edit)).await?.into()))
}

/// Reject a suggestion, with the reason.
#[utoipa::path(post, path = "/api/v1/suggestions/{id}/reject", tag = "suggestions", params(("id" = String, Path, description = "The suggestion")),
    request_body = RejectBody,
    responses((status = 200, body = ReviewedBody),
        (status = 404, body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, body = ProblemBody, content_type = "application/problem+json", description = "Decided already: undo first")))]
pub async fn reject(
    State(app): State<Arc<App>>,
    Path(id): Path<SuggestionId>,
    Json(body): Json<RejectBody>,
) -> Result<Json<ReviewedBody>, ApiProblem> {
    Ok(Json(app.run(move |app| app.reject(id, body.reason)).await?.into()))
}

/// Take back the decision on a suggestion.
#[utoipa::path(post, path = "/api/v1/suggestions/{id}/undo", tag = "suggestions", params(("id" = String, Path, description = "The suggestion")),
    responses((status = 200, body = ReviewedBody),
        (status = 404, body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, body = ProblemBody, content_type = "application/problem+json", description = "Nothing to undo")))]
pub async fn undo(State(app): State<Arc<App>>, Path(id): Path<SuggestionId>) -> Result<Json<ReviewedBody>, ApiProblem> {
    Ok(Json(app.run(move |app| app.undo(id)).await?.into()))
}
