//! `/search`: every utterance of every meeting.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;

use crate::app::{App, CustomerSummary, SearchHit, SearchRequest};
use crate::model::{CustomerId, Kind, Language, Problem, Side};
use crate::web::frame::{Frame, Page, Section, render};
use crate::web::visitor::Visitor;

use super::chosen;

/// How many hits a page shows.
const PAGE: usize = 20;

#[derive(Deserialize)]
pub(in crate::web) struct SearchParams {
    q: Option<String>,
    customer: Option<String>,
    side: Option<String>,
    kind: Option<String>,
    language: Option<String>,
    offset: Option<String>,
}

/// What was chosen, and chosen again on the next page.
struct Chosen {
    customer: Option<CustomerId>,
    side: Option<Side>,
    kind: Option<Kind>,
    language: Option<Language>,
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    frame: Frame,
    q: String,
    chosen: Chosen,
    customers: Vec<CustomerSummary>,
    notes: Vec<Problem>,
    hits: Vec<SearchHit>,
    total: usize,
    offset: usize,
}

/// `GET /search`
pub(in crate::web) async fn show(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Query(params): Query<SearchParams>,
) -> Page {
    let request = params.request()?;
    let chosen = params.chosen()?;
    let (q, offset) = (request.q.clone(), request.offset);
    let (customers, found) = app.run(move |app| Ok((app.customers()?, app.search(&request)?))).await?;
    let mut frame = Frame::new(visitor, Section::Search).with_index(found.index);
    frame.query.clone_from(&q);
    let (notes, hits, total) = (found.notes, found.hits, found.total);
    render(&SearchPage { frame, q, chosen, customers, notes, hits, total, offset })
}

impl SearchParams {
    fn chosen(&self) -> Result<Chosen, Problem> {
        Ok(Chosen {
            customer: chosen("customer", self.customer.as_deref())?,
            side: chosen("side", self.side.as_deref())?,
            kind: chosen("kind", self.kind.as_deref())?,
            language: chosen("language", self.language.as_deref())?,
        })
    }

    fn request(&self) -> Result<SearchRequest, Problem> {
        let Chosen { customer, side, kind, language } = self.chosen()?;
        Ok(SearchRequest {
            q: self.q.as_deref().unwrap_or_default().trim().to_owned(),
            customer: customer.map(|id| id.to_string()),
            side,
            kind,
            language,
            limit: Some(PAGE),
            offset: chosen("offset", self.offset.as_deref())?.unwrap_or_default(),
            ..SearchRequest::default()
        })
    }
}

impl Chosen {
    fn any(&self) -> bool {
        self.customer.is_some() || self.side.is_some() || self.kind.is_some() || self.language.is_some()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands its values over by reference")]
impl SearchPage {
    /// The same search from another hit on.
    fn page_at(&self, offset: &usize) -> String {
        let q = askama::filters::urlencode(&self.q).map(|q| q.to_string()).unwrap_or_default();
        let Chosen { customer, side, kind, language } = &self.chosen;
        let mut address = format!("/search?q={q}&offset={offset}");
        let chosen = [
            ("customer", customer.map(|value| value.to_string())),
            ("side", side.map(|value| value.to_string())),
            ("kind", kind.map(|value| value.to_string())),
            ("language", language.map(|value| value.to_string())),
        ];
        for (name, value) in chosen {
            address.extend(value.map(|value| format!("&{name}={value}")));
        }
        address
    }

    fn next_offset(&self) -> Option<usize> {
        Some(self.offset + PAGE).filter(|next| *next < self.total)
    }

    fn previous_offset(&self) -> Option<usize> {
        (self.offset > 0).then(|| self.offset.saturating_sub(PAGE))
    }
}
