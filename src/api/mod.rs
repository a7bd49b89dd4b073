//! The programs' face: JSON over HTTP under `/api/v1`. Converts in, calls `app`, converts out.
//!
//! The OpenAPI document is made from the same lines as the router. Errors are problem+json (RFC 9457).

mod customers;
mod entries;
mod languages;
mod maps;
mod meetings;
mod multipart;
mod previews;
mod problem;
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

use crate::app::{App, Order};
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
    components(schemas(ProblemBody, Order, UiLanguage)),
    tags(
        (name = "meetings", description = "Upload, list, read and forget meetings"),
        (name = "suggestions", description = "What cita proposes and what people decide"),
        (name = "entries", description = "What people placed on maps"),
        (name = "customers", description = "Who meetings are held with, and their empathy maps"),
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
        .routes(routes!(meetings::show, meetings::delete))
        .routes(routes!(previews::preview))
        .routes(routes!(suggestions::list))
        .routes(routes!(suggestions::show))
        .routes(routes!(suggestions::history))
        .routes(routes!(suggestions::accept))
        .routes(routes!(suggestions::reject))
        .routes(routes!(suggestions::undo))
        .routes(routes!(entries::list))
        .routes(routes!(entries::show, entries::word))
        .routes(routes!(customers::list))
        .routes(routes!(customers::show))
        .routes(routes!(maps::show))
        .routes(routes!(maps::export))
        .routes(routes!(search::search))
}
