//! `/api/v1/languages`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::model::LanguageShares;

use super::problem::ApiProblem;

/// See the languages of everything that was said: utterances and words of all meetings together.
#[utoipa::path(get, path = "/api/v1/languages", tag = "status", responses((status = 200, body = LanguageShares)))]
pub async fn totals(State(app): State<Arc<App>>) -> Result<Json<LanguageShares>, ApiProblem> {
    Ok(Json(app.run(|app| app.language_totals()).await?))
}
