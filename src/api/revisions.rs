//! `/api/v1/meetings/{id}/revisions` and what goes with them.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::{App, Recheck, Revised, Revision};
use crate::model::{MeetingId, SuggestionId};

use super::problem::{ApiProblem, ProblemBody};

/// The transcripts of a meeting.
#[derive(Serialize, ToSchema)]
pub struct RevisionsBody {
    /// The newest first.
    revisions: Vec<Revision>,
}

/// Another meeting.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OtherMeetingBody {
    /// Which.
    meeting: MeetingId,
}

/// Quotes on the map that the newest transcript of their meeting does not hold.
#[derive(Serialize, ToSchema)]
pub struct RechecksBody {
    /// In the order of the earlier transcript.
    rechecks: Vec<Recheck>,
}

/// What shall become of a quote.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettleBody {
    /// It stays on the map as the earlier transcript says it; else its acceptance is taken back.
    keep: bool,
}

/// List the transcripts that a meeting has and had.
#[utoipa::path(get, path = "/api/v1/meetings/{id}/revisions", tag = "meetings", params(("id" = String, Path, description = "The meeting")),
    responses((status = 200, body = RevisionsBody),
        (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn list(State(app): State<Arc<App>>, Path(id): Path<MeetingId>) -> Result<Json<RevisionsBody>, ApiProblem> {
    let revisions = app.run(move |app| app.revisions(id)).await?;
    Ok(Json(RevisionsBody { revisions }))
}

/// Make a meeting that is there the newest revision of this one, which keeps its identity; decisions go along.
#[utoipa::path(post, path = "/api/v1/meetings/{id}/revisions", tag = "meetings", params(("id" = String, Path, description = "The meeting that gets a revision")),
    request_body = OtherMeetingBody,
    responses((status = 200, body = Revised),
        (status = 404, body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn make(
    State(app): State<Arc<App>>,
    Path(id): Path<MeetingId>,
    Json(body): Json<OtherMeetingBody>,
) -> Result<Json<Revised>, ApiProblem> {
    Ok(Json(app.run_import(move |app| app.make_revision(body.meeting, id)).await?))
}

/// Bring an earlier transcript of a meeting back as its newest one.
#[utoipa::path(post, path = "/api/v1/meetings/{id}/restore", tag = "meetings", params(("id" = String, Path, description = "The meeting")),
    request_body = OtherMeetingBody,
    responses((status = 200, body = Revised),
        (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn restore(
    State(app): State<Arc<App>>,
    Path(id): Path<MeetingId>,
    Json(body): Json<OtherMeetingBody>,
) -> Result<Json<Revised>, ApiProblem> {
    Ok(Json(app.run_import(move |app| app.restore_revision(id, body.meeting)).await?))
}

/// List the quotes on the map that the newest transcript of a meeting does not hold.
#[utoipa::path(get, path = "/api/v1/meetings/{id}/rechecks", tag = "meetings", params(("id" = String, Path, description = "The meeting")),
    responses((status = 200, body = RechecksBody),
        (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn rechecks(
    State(app): State<Arc<App>>,
    Path(id): Path<MeetingId>,
) -> Result<Json<RechecksBody>, ApiProblem> {
    let rechecks = app.run(move |app| app.rechecks(id)).await?;
    Ok(Json(RechecksBody { rechecks }))
}

/// Settle such a quote: keep it, or take its acceptance back.
#[utoipa::path(post, path = "/api/v1/suggestions/{id}/recheck", tag = "suggestions", params(("id" = String, Path, description = "The suggestion that brought the quote")),
    request_body = SettleBody,
    responses((status = 204, description = "Settled"),
        (status = 404, body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, body = ProblemBody, content_type = "application/problem+json", description = "It awaits no recheck")))]
pub async fn settle(
    State(app): State<Arc<App>>,
    Path(id): Path<SuggestionId>,
    Json(body): Json<SettleBody>,
) -> Result<StatusCode, ApiProblem> {
    app.run(move |app| app.settle_recheck(id, body.keep)).await?;
    Ok(StatusCode::NO_CONTENT)
}
