//! `/search/saved`: searches that people keep, and their feeds.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::app::{App, NewHits};
use crate::model::SavedSearchId;
use crate::web::problem::PageProblem;

#[derive(Deserialize)]
pub(in crate::web) struct SaveForm {
    q: String,
}

/// `POST /search/saved`
pub(in crate::web) async fn save(
    State(app): State<Arc<App>>,
    Form(form): Form<SaveForm>,
) -> Result<Response, PageProblem> {
    app.run(move |app| app.save_search(None, &form.q)).await?;
    Ok(home())
}

/// `POST /search/saved/{id}/seen`
pub(in crate::web) async fn see(
    State(app): State<Arc<App>>,
    Path(id): Path<SavedSearchId>,
) -> Result<Response, PageProblem> {
    app.run(move |app| app.see_search(id)).await?;
    Ok(home())
}

/// `POST /search/saved/{id}/forget`
pub(in crate::web) async fn forget(
    State(app): State<Arc<App>>,
    Path(id): Path<SavedSearchId>,
) -> Result<Response, PageProblem> {
    app.run(move |app| app.forget_search(id)).await?;
    Ok(home())
}

/// `GET /search/saved/{id}/feed.atom`
pub(in crate::web) async fn feed(
    State(app): State<Arc<App>>,
    Path(id): Path<SavedSearchId>,
) -> Result<Response, PageProblem> {
    let new = app.run(move |app| app.new_hits(id)).await?;
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], atom(&new)).into_response())
}

fn home() -> Response {
    Redirect::to("/#saved-title").into_response()
}

/// The feed (RFC 4287). Identities are URNs of the search and of meeting and utterance, so that they stay.
fn atom(new: &NewHits) -> String {
    let search = &new.search;
    let updated = new.hits.first().map_or(&search.created_at, |(at, _)| at);
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n  <id>urn:uuid:{}</id>\n  <title>cita · {}</title>\n  <updated>{updated}</updated>\n  <author><name>cita</name></author>\n",
        search.id,
        escaped(&search.name),
    );
    for (at, hit) in &new.hits {
        write!(
            feed,
            "  <entry>\n    <id>urn:cita:{}:{}</id>\n    <title>{} · {}</title>\n    <updated>{at}</updated>\n    <link href=\"/meetings/{}?turn={}#t{}\"/>\n    <summary>{}: {}</summary>\n  </entry>\n",
            hit.meeting,
            hit.utterance,
            escaped(&hit.customer_name),
            escaped(&hit.meeting_title),
            hit.meeting,
            hit.turn,
            hit.turn,
            escaped(hit.speaker.as_deref().unwrap_or("—")),
            escaped(&hit.text),
        )
        .expect("writing to a string cannot fail");
    }
    feed.push_str("</feed>\n");
    feed
}

/// Text for XML; what XML cannot hold is left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => escaped.push(c),
        }
    }
    escaped
}
