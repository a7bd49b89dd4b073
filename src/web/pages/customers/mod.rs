//! `/customers`: who meetings are held with, the empathy map of each, their names and their people.

mod list;
mod people;
mod profile;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::app::{App, EXPORTERS, Exporter, MapRequest, MeetingSummary, SuggestionFilter};
use crate::model::{Customer, CustomerId, EmpathyMap, Kind, MapEntry};
use crate::web::frame::{Frame, Page, Section, render};
use crate::web::problem::PageProblem;
use crate::web::visitor::Visitor;

pub(in crate::web) use list::{keep_apart, list, merge};
pub(in crate::web) use people::people;
pub(in crate::web) use profile::{add_alias, profile, remove_alias, rename, set_parent};

/// The pages of one customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    Map,
    People,
    Profile,
}

#[derive(Template)]
#[template(path = "customers/show.html")]
struct MapPage {
    frame: Frame,
    tab: Tab,
    customer: Customer,
    map: EmpathyMap,
    meetings: Vec<MeetingSummary>,
    /// How many suggestions of the customer await a person.
    pending: usize,
    exporters: &'static [Exporter],
}

/// `GET /customers/{id}`
pub(in crate::web) async fn show(State(app): State<Arc<App>>, visitor: Visitor, Path(id): Path<CustomerId>) -> Page {
    let frame = Frame::new(visitor, Section::Maps);
    let page = app
        .run(move |app| {
            let filter = SuggestionFilter { customer: Some(id), limit: 1, ..SuggestionFilter::default() };
            Ok(MapPage {
                frame,
                tab: Tab::Map,
                customer: app.customer(id)?,
                map: app.map(&id.to_string())?,
                meetings: app.meetings(Some(id), None, None)?,
                pending: app.suggestions(&filter)?.pending,
                exporters: EXPORTERS,
            })
        })
        .await?;
    render(&page)
}

/// `GET /customers/{id}/map.{format}`
pub(in crate::web) async fn export(
    format: &'static str,
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Path(id): Path<CustomerId>,
) -> Result<Response, PageProblem> {
    let request = MapRequest { customer: id.to_string(), format: format.to_owned(), language: visitor.language };
    let export = app.run(move |app| app.export_map(&request)).await?;
    let disposition = format!("attachment; filename=\"{}\"", export.file_name);
    let about = [(header::CONTENT_TYPE, export.media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((about, export.bytes).into_response())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands its values over by reference")]
#[expect(clippy::unused_self, reason = "a template calls what it finds on its page")]
impl MapPage {
    /// How many entries, quotes and people stand behind the whole map.
    fn totals(&self) -> (usize, usize) {
        let lines = &self.map.archetype;
        (lines.iter().map(|line| line.entries).sum(), lines.iter().map(|line| line.quotes).sum())
    }

    /// Does cita propose anything of this kind by itself?
    fn proposes(&self, kind: &Kind) -> bool {
        matches!(kind, Kind::Pain | Kind::Friction | Kind::Job | Kind::Gain)
    }

    /// How many different meetings an entry's quotes come from.
    fn meetings_of(&self, entry: &MapEntry) -> usize {
        let mut ids: Vec<_> = entry.quotes.iter().map(|quote| quote.meeting).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.len()
    }
}
