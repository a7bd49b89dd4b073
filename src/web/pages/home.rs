//! `/`: where files are dropped, what awaits review, what came in last.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;

use crate::app::{App, CustomerSummary, FORMATS, MeetingSummary, SavedSearchView};
use crate::model::Kind;
use crate::web::frame::{Frame, Page, Section, render};
use crate::web::visitor::Visitor;

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    frame: Frame,
    megabytes: usize,
    /// Names to choose from.
    names: Vec<String>,
    awaiting: Vec<CustomerSummary>,
    recent: Vec<MeetingSummary>,
    kinds: Vec<(Kind, usize)>,
    pending: usize,
    saved: Vec<SavedSearchView>,
}

/// `GET /`
pub(in crate::web) async fn show(State(app): State<Arc<App>>, visitor: Visitor) -> Page {
    let (home, names) = app.run(|app| Ok((app.home()?, super::customer_names(app)?))).await?;
    render(&HomePage {
        frame: Frame::new(visitor, Section::Home).with_index(home.index),
        megabytes: app.settings().max_file_bytes / 1_000_000,
        names,
        awaiting: home.customers.into_iter().filter(|row| row.pending > 0).collect(),
        recent: home.recent,
        saved: home.saved,
        pending: home.pending.iter().map(|(_, count)| count).sum(),
        kinds: home.pending,
    })
}
