//! `/meetings`: the list; a meeting's transcript with its suggestions beside it; forgetting a meeting.

mod corrections;
mod filter;
mod quality;
mod show;
mod turns;
mod window;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use crate::app::{App, MeetingSummary};
use crate::config::DEFAULT_PAGE;
use crate::model::{Customer, MeetingId};
use crate::web::frame::{Frame, Page, Section, render};
use crate::web::local_path::LocalPath;
use crate::web::problem::PageProblem;
use crate::web::visitor::Visitor;

use super::chosen;

pub(in crate::web) use corrections::{correct, make_revision, set_side, settle_recheck};
pub(in crate::web) use show::show;

#[derive(Deserialize)]
pub(in crate::web) struct ListParams {
    customer: Option<String>,
    before: Option<String>,
}

#[derive(Template)]
#[template(path = "meetings/list.html")]
struct MeetingsPage {
    frame: Frame,
    customer: Option<Customer>,
    meetings: Vec<MeetingSummary>,
    /// Where the next page begins, if there is one.
    older: Option<MeetingId>,
}

/// `GET /meetings`
pub(in crate::web) async fn list(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Query(params): Query<ListParams>,
) -> Page {
    let customer = chosen("customer", params.customer.as_deref())?;
    let before = chosen("before", params.before.as_deref())?;
    let (customer, meetings) = app
        .run(move |app| {
            let named = customer.map(|id| app.customer(id)).transpose()?;
            Ok((named, app.meetings(customer, Some(DEFAULT_PAGE), before)?))
        })
        .await?;
    let older = meetings.last().filter(|_| meetings.len() == DEFAULT_PAGE).map(|row| row.meeting.id);
    render(&MeetingsPage { frame: Frame::new(visitor, Section::Meetings), customer, meetings, older })
}

/// `POST /meetings/{id}/delete`
pub(in crate::web) async fn delete(
    State(app): State<Arc<App>>,
    Path(id): Path<MeetingId>,
) -> Result<Response, PageProblem> {
    app.run(move |app| app.delete_meeting(id)).await?;
    Ok(LocalPath::from("/meetings".to_owned()).see_other())
}
