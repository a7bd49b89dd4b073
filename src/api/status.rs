//! `/api/v1/status`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::{App, IndexStatus};

use super::problem::ApiProblem;

/// How the service is.
#[derive(Serialize, ToSchema)]
pub struct StatusBody {
    /// The program's version.
    version: &'static str,
    /// The version of the lexicon in force: a hash of its files.
    lexicon: String,
    /// What the index is doing.
    index: IndexStatus,
}

/// See how the service is: its version, its lexicon, its index.
#[utoipa::path(get, path = "/api/v1/status", tag = "status", responses((status = 200, body = StatusBody)))]
pub async fn status(State(app): State<Arc<App>>) -> Result<Json<StatusBody>, ApiProblem> {
    let index = app.run(App::index_status).await?;
    Ok(Json(StatusBody { version: env!("CARGO_PKG_VERSION"), lexicon: app.lexicon().version().to_owned(), index }))
}
