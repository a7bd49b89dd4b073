//! The programs' face: JSON over HTTP under `/api/v1`. Converts in, calls `app`, converts out.
//!
//! The OpenAPI document is made from the same lines as the router. Errors are problem+json (RFC 9457).

mod corrections;
mod customers;
mod entries;
mod imports;
mod languages;
mod maps;
mod meetings;
mod multipart;
mod people;
mod previews;
mod problem;
mod revisions;
mod saved_searches;
mod search;
mod status;
mod suggestions;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::routing::get;
use axum::{Json, Router, middleware};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::{App, Grouping, Order, SearchOrder};
use crate::config::MAX_UPLOAD_BYTES;
use crate::model::UiLanguage;

pub use problem::{ApiProblem, Messages, ProblemBody, status_of};

/// Room in a request body for the multipart frame around the file.
const FRAME_BYTES: usize = 1_000_000;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "cita",
        description = "Turns client meetings into evidence: upload, search, review, empathy maps. Lists are pages: `limit` and the identity of the last row (`after`, `before`) fetch the next one. Errors are `application/problem+json` with a stable `code`, in the language of `Accept-Language` (Spanish or English) and in both under `messages`."
    ),
    components(schemas(ProblemBody, Order, SearchOrder, Grouping, search::Switch, UiLanguage)),
    tags(
        (name = "meetings", description = "Upload, list, read and forget meetings"),
        (name = "suggestions", description = "What cita proposes and what people decide"),
        (name = "entries", description = "What people placed on maps"),
        (name = "customers", description = "Who meetings are held with, and their empathy maps"),
        (name = "people", description = "Who speaks, across the meetings of a customer"),
        (name = "corrections", description = "What people put right, and taking it back"),
        (name = "search", description = "Every utterance of every meeting"),
        (name = "status", description = "How the service is")
    )
)]
struct Head;

/// The API over this app; every answer under `/api/` comes from here, errors included.
pub fn router(app: Arc<App>) -> Router {
    let limit = app.settings().max_file_bytes.saturating_add(FRAME_BYTES);
    let (router, document) = documented().split_for_parts();
    router
        .route("/api/v1/openapi.json", get(move || async move { Json(document) }))
        .route("/api/{*rest}", get(axum::http::StatusCode::NOT_FOUND).fallback(axum::http::StatusCode::NOT_FOUND))
        .layer(DefaultBodyLimit::max(limit))
        .layer(middleware::from_fn(problem::in_readers_language))
        .with_state(app)
}

/// The OpenAPI document, as the server hands it out.
pub fn openapi() -> utoipa::openapi::OpenApi {
    documented().split_for_parts().1
}

fn documented() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(Head::openapi())
        .routes(routes!(status::status))
        .routes(routes!(languages::totals))
        .routes(routes!(meetings::upload, meetings::list))
        .routes(routes!(meetings::show, meetings::correct, meetings::delete))
        .routes(routes!(meetings::relocate))
        .routes(routes!(meetings::speakers))
        .routes(routes!(revisions::list, revisions::make))
        .routes(routes!(revisions::restore))
        .routes(routes!(revisions::rechecks))
        .routes(routes!(previews::preview))
        .routes(routes!(suggestions::list))
        .routes(routes!(suggestions::show))
        .routes(routes!(suggestions::history))
        .routes(routes!(suggestions::accept))
        .routes(routes!(suggestions::reject))
        .routes(routes!(suggestions::undo))
        .routes(routes!(revisions::settle))
        .routes(routes!(entries::list))
        .routes(routes!(entries::show, entries::word))
        .routes(routes!(customers::list))
        .routes(routes!(customers::proposals))
        .routes(routes!(customers::show, customers::rename))
        .routes(routes!(customers::add_alias, customers::remove_alias))
        .routes(routes!(customers::set_parent))
        .routes(routes!(customers::merge))
        .routes(routes!(customers::apart))
        .routes(routes!(people::list))
        .routes(routes!(people::proposals))
        .routes(routes!(people::show, people::correct))
        .routes(routes!(people::merge))
        .routes(routes!(people::apart))
        .routes(routes!(people::side))
        .routes(routes!(corrections::list))
        .routes(routes!(corrections::undo))
        .routes(routes!(maps::show))
        .routes(routes!(maps::export))
        .routes(routes!(search::search))
        .routes(routes!(search::completions))
        .routes(routes!(search::export))
        .routes(routes!(saved_searches::list, saved_searches::save))
        .routes(routes!(saved_searches::forget))
        .routes(routes!(saved_searches::see))
        .merge(several_files())
}

/// Several files in one request may be larger together than one file.
fn several_files() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(imports::upload)).layer(DefaultBodyLimit::max(MAX_UPLOAD_BYTES + FRAME_BYTES))
}
