//! `/api/v1/maps`

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::{App, MapRequest};
use crate::model::{EmpathyMap, UiLanguage};

use super::problem::{ApiProblem, ProblemBody};

/// In which form.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ExportParams {
    /// The export's name: `md` or `json`.
    format: Option<String>,
    /// For readers of this language.
    language: Option<UiLanguage>,
}

/// Read a customer's empathy map.
#[utoipa::path(get, path = "/api/v1/maps/{customer}", tag = "customers", params(("customer" = String, Path, description = "The customer's identity or name")),
    responses((status = 200, body = EmpathyMap),
        (status = 404, body = ProblemBody, content_type = "application/problem+json", description = "No such customer; the nearest names are in the hint")))]
pub async fn show(State(app): State<Arc<App>>, Path(customer): Path<String>) -> Result<Json<EmpathyMap>, ApiProblem> {
    Ok(Json(app.run(move |app| app.map(&customer)).await?))
}

/// Fetch a customer's empathy map as a file. Every quote is checked against the stored words first.
#[utoipa::path(get, path = "/api/v1/maps/{customer}/export", tag = "customers",
    params(("customer" = String, Path, description = "The customer's identity or name"), ExportParams),
    responses((status = 200, description = "The file", content_type = "text/markdown", body = String),
        (status = 404, body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn export(
    State(app): State<Arc<App>>,
    Path(customer): Path<String>,
    Query(params): Query<ExportParams>,
) -> Result<Response, ApiProblem> {
    let request = MapRequest {
        customer,
        format: params.format.unwrap_or_else(|| "md".to_owned()),
        language: params.language.unwrap_or_default(),
    };
    let export = app.run(move |app| app.export_map(&request)).await?;
    let disposition = format!("attachment; filename=\"{}\"", export.file_name);
    let headers = [(header::CONTENT_TYPE, export.media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, export.bytes).into_response())
}
