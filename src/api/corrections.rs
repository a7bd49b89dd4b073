//! `/api/v1/corrections`

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::{App, CorrectionFilter};
use crate::config::{DEFAULT_PAGE, MAX_PAGE};
use crate::model::{Correction, CorrectionId, CustomerId, MeetingId, PersonId};

use super::people::CorrectionsBody;
use super::problem::{ApiProblem, ProblemBody};

/// Which corrections.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ListParams {
    /// Only about this customer.
    #[param(value_type = Option<String>)]
    customer: Option<CustomerId>,
    /// Only about this meeting.
    #[param(value_type = Option<String>)]
    meeting: Option<MeetingId>,
    /// Only about this person.
    #[param(value_type = Option<String>)]
    person: Option<PersonId>,
    /// How many at the most (default 50, at most 500).
    limit: Option<usize>,
}

/// List what people put right, newest first.
#[utoipa::path(get, path = "/api/v1/corrections", tag = "corrections", params(ListParams),
    responses((status = 200, body = CorrectionsBody)))]
pub async fn list(
    State(app): State<Arc<App>>,
    Query(params): Query<ListParams>,
) -> Result<Json<CorrectionsBody>, ApiProblem> {
    let filter = CorrectionFilter {
        customer: params.customer,
        meeting: params.meeting,
        person: params.person,
        limit: params.limit.unwrap_or(DEFAULT_PAGE).clamp(1, MAX_PAGE),
    };
    let corrections = app.run(move |app| app.corrections(&filter)).await?;
    Ok(Json(CorrectionsBody { corrections }))
}

/// Take back what was put right.
#[utoipa::path(post, path = "/api/v1/corrections/{id}/undo", tag = "corrections", params(("id" = String, Path, description = "The correction")),
    responses((status = 200, body = Correction),
        (status = 404, body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, body = ProblemBody, content_type = "application/problem+json", description = "Taken back already, or something later stands on it")))]
pub async fn undo(State(app): State<Arc<App>>, Path(id): Path<CorrectionId>) -> Result<Json<Correction>, ApiProblem> {
    Ok(Json(app.run_import(move |app| app.undo_correction(id)).await?))
}
