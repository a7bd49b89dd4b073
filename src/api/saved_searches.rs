//! `/api/v1/searches`

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::{App, SavedSearch, SavedSearchView};
use crate::model::SavedSearchId;

use super::problem::{ApiProblem, ProblemBody};

/// A search to keep.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSavedSearch {
    /// What to call it; its query where nothing is said.
    name: Option<String>,
    /// The query.
    q: String,
}

/// All kept searches.
#[derive(Serialize, ToSchema)]
pub struct SavedSearchesBody {
    /// The latest first.
    searches: Vec<SavedSearchView>,
}

/// List the kept searches with how many hits of each came in since somebody last looked.
#[utoipa::path(get, path = "/api/v1/searches", tag = "search", responses((status = 200, body = SavedSearchesBody)))]
pub async fn list(State(app): State<Arc<App>>) -> Result<Json<SavedSearchesBody>, ApiProblem> {
    Ok(Json(SavedSearchesBody { searches: app.run(App::saved_searches).await? }))
}

/// Keep a search.
#[utoipa::path(post, path = "/api/v1/searches", tag = "search", request_body = NewSavedSearch,
    responses((status = 201, body = SavedSearch),
        (status = 422, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn save(
    State(app): State<Arc<App>>,
    Json(new): Json<NewSavedSearch>,
) -> Result<(StatusCode, Json<SavedSearch>), ApiProblem> {
    let search = app.run(move |app| app.save_search(new.name.as_deref(), &new.q)).await?;
    Ok((StatusCode::CREATED, Json(search)))
}

/// Forget a kept search.
#[utoipa::path(delete, path = "/api/v1/searches/{id}", tag = "search", params(("id" = String, Path)),
    responses((status = 204), (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn forget(State(app): State<Arc<App>>, Path(id): Path<SavedSearchId>) -> Result<StatusCode, ApiProblem> {
    app.run(move |app| app.forget_search(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Note that somebody has looked at a kept search: nothing in it is new any more.
#[utoipa::path(post, path = "/api/v1/searches/{id}/seen", tag = "search", params(("id" = String, Path)),
    responses((status = 200, body = SavedSearch),
        (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn see(State(app): State<Arc<App>>, Path(id): Path<SavedSearchId>) -> Result<Json<SavedSearch>, ApiProblem> {
    Ok(Json(app.run(move |app| app.see_search(id)).await?))
}
