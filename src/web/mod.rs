//! The people's face: pages in Spanish and English, rendered here, readable without a script.
//!
//! A page is a struct in `pages/` and a template of the same name in `templates/`. Every `{{ }}` of a template goes
//! through `shown::Shown`, which escapes HTML and makes hidden characters visible: what a transcript says is text.

mod assets;
mod frame;
mod local_path;
mod marked;
mod pages;
mod problem;
mod shown;
mod visitor;
mod wording;
mod words;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use axum::{Router, middleware};

use crate::app::{App, EXPORTERS};
use crate::config::MAX_UPLOAD_BYTES;

use pages::{
    corrections, customers, home, imports, language, meetings, people, previews, review, saved_searches, search,
    suggestions,
};
use shown::Shown;

/// Room in a request body for the multipart frame around the files.
const FRAME_BYTES: usize = 1_000_000;

/// The pages over this app, with what they need from `/assets/`; whatever is at no address gets a page that says so.
pub fn router(app: Arc<App>) -> Router {
    let limit = app.settings().max_file_bytes.max(MAX_UPLOAD_BYTES).saturating_add(FRAME_BYTES);
    let mut router = Router::new()
        .route("/", get(home::show))
        .route("/previews", post(previews::create))
        .route("/previews/again", post(previews::again))
        .route("/imports", post(imports::create))
        .route("/meetings", get(meetings::list))
        .route("/meetings/{id}", get(meetings::show))
        .route("/meetings/{id}/delete", post(meetings::delete))
        .route("/meetings/{id}/facts", post(meetings::correct))
        .route("/meetings/{id}/sides", post(meetings::set_side))
        .route("/meetings/{id}/revision", post(meetings::make_revision))
        .route("/suggestions/{id}/recheck", post(meetings::settle_recheck))
        .route("/review", get(review::show))
        .route("/review/undo", post(review::undo_last))
        .route("/suggestions/{id}/accept", post(suggestions::accept))
        .route("/suggestions/{id}/reject", post(suggestions::reject))
        .route("/suggestions/{id}/undo", post(suggestions::undo))
        .route("/search", get(search::show))
        .route("/search/saved", post(saved_searches::save))
        .route("/search/saved/{id}/seen", post(saved_searches::see))
        .route("/search/saved/{id}/forget", post(saved_searches::forget))
        .route("/search/saved/{id}/feed.atom", get(saved_searches::feed))
        .route("/customers", get(customers::list))
        .route("/customers/{id}", get(customers::show))
        .route("/customers/{id}/people", get(customers::people))
        .route("/customers/{id}/profile", get(customers::profile))
        .route("/customers/{id}/name", post(customers::rename))
        .route("/customers/{id}/aliases", post(customers::add_alias))
        .route("/customers/{id}/aliases/remove", post(customers::remove_alias))
        .route("/customers/{id}/parent", post(customers::set_parent))
        .route("/customers/{id}/merge", post(customers::merge))
        .route("/customers/{id}/keep-apart", post(customers::keep_apart))
        .route("/people/{id}/name", post(people::rename))
        .route("/people/{id}/role", post(people::set_role))
        .route("/people/{id}/side", post(people::set_side))
        .route("/people/{id}/merge", post(people::merge))
        .route("/people/{id}/keep-apart", post(people::keep_apart))
        .route("/corrections/{id}/undo", post(corrections::undo))
        .route("/language", post(language::choose));
    for exporter in EXPORTERS {
        let address = format!("/customers/{{id}}/map.{}", exporter.name);
        router =
            router.route(&address, get(move |app, visitor, id| customers::export(exporter.name, app, visitor, id)));
    }
    router
        .fallback(problem::no_such_page)
        .layer(DefaultBodyLimit::max(limit))
        .layer(middleware::from_fn(problem::in_readers_language))
        .route("/assets/{name}", get(assets::serve))
        .with_state(app)
}
