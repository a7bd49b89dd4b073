//! `/api/v1/entries`

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::model::{CustomerId, Entry, EntryId};

use super::problem::{ApiProblem, ProblemBody};

/// Whose entries.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ListParams {
    /// The customer.
    #[param(value_type = String)]
    customer: CustomerId,
}

/// The entries of a map.
#[derive(Serialize, ToSchema)]
pub struct EntriesBody {
    /// All of them, in the order in which they were made.
    entries: Vec<Entry>,
}

/// A person's wording of a statement.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WordingBody {
    /// What the map shall say.
    statement: String,
}

/// List the entries on a customer's map.
#[utoipa::path(get, path = "/api/v1/entries", tag = "entries", params(ListParams),
    responses((status = 200, body = EntriesBody),
        (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn list(
    State(app): State<Arc<App>>,
    Query(params): Query<ListParams>,
) -> Result<Json<EntriesBody>, ApiProblem> {
    let entries = app.run(move |app| app.entries(params.customer)).await?;
    Ok(Json(EntriesBody { entries }))
}

/// Read an entry with its quotes.
#[utoipa::path(get, path = "/api/v1/entries/{id}", tag = "entries", params(("id" = String, Path, description = "The entry")),
    responses((status = 200, body = Entry),
        (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn show(State(app): State<Arc<App>>, Path(id): Path<EntryId>) -> Result<Json<Entry>, ApiProblem> {
    Ok(Json(app.run(move |app| app.entry(id)).await?))
}

/// Word an entry's statement; its quotes stay as they are.
#[utoipa::path(patch, path = "/api/v1/entries/{id}", tag = "entries", params(("id" = String, Path, description = "The entry")),
    request_body = WordingBody,
    responses((status = 200, body = Entry),
        (status = 404, body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn word(
    State(app): State<Arc<App>>,
    Path(id): Path<EntryId>,
    Json(body): Json<WordingBody>,
) -> Result<Json<Entry>, ApiProblem> {
    Ok(Json(app.run(move |app| app.word_entry(id, &body.statement)).await?))
}
