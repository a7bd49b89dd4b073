//! `/api/v1/previews`

use std::sync::Arc;

use axum::Json;
use axum::extract::{Multipart, State};

use crate::app::{App, Preview};

use super::meetings::UploadForm;
use super::multipart;
use super::problem::{ApiProblem, ProblemBody};

/// See what an upload would find and do. Nothing is kept.
#[utoipa::path(post, path = "/api/v1/previews", tag = "meetings",
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    responses((status = 200, body = Preview),
        (status = 422, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn preview(State(app): State<Arc<App>>, form: Multipart) -> Result<Json<Preview>, ApiProblem> {
    let upload = multipart::upload(form).await?;
    Ok(Json(app.run_import(move |app| app.preview(&upload)).await?))
}
