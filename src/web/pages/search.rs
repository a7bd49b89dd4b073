//! `/search`: every utterance of every meeting.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;

use crate::app::{
    App, CustomerSummary, FacetCount, Grouping, SearchFacets, SearchGroup, SearchHit, SearchOrder, SearchRequest,
    markdown_of,
};
use crate::model::{Bilingual, CustomerId, Kind, Language, Problem, Side};
use crate::web::frame::{Frame, Page, Section, render};
use crate::web::visitor::Visitor;

use super::chosen;

/// How many hits a page shows.
const PAGE: usize = 20;

/// How many groups a page shows.
const PAGE_GROUPS: usize = 10;

/// How many values of a facet a page shows.
const FACET_VALUES: usize = 6;

#[derive(Deserialize)]
pub(in crate::web) struct SearchParams {
    q: Option<String>,
    customer: Option<String>,
    side: Option<String>,
    kind: Option<String>,
    language: Option<String>,
    offset: Option<String>,
    order: Option<String>,
    group: Option<String>,
    across: Option<String>,
    explain: Option<String>,
}

/// What was chosen, and chosen again on the next page.
struct Chosen {
    customer: Option<CustomerId>,
    side: Option<Side>,
    kind: Option<Kind>,
    language: Option<Language>,
    order: SearchOrder,
    group: Grouping,
    literal: bool,
    explain: bool,
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
    groups: Vec<SearchGroup>,
    facets: SearchFacets,
    concepts: Vec<(String, Bilingual)>,
    did_you_mean: Option<String>,
    total: usize,
    /// How many there are to page through: hits or groups.
    paged: usize,
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
    render(&SearchPage {
        frame,
        q,
        customers,
        paged: if chosen.group == Grouping::Flat { found.total } else { found.total_groups },
        chosen,
        notes: found.notes,
        hits: found.hits,
        groups: found.groups,
        facets: found.facets.unwrap_or_default(),
        concepts: found.concepts,
        did_you_mean: found.did_you_mean,
        total: found.total,
        offset,
    })
}

impl SearchParams {
    fn chosen(&self) -> Result<Chosen, Problem> {
        Ok(Chosen {
            customer: chosen("customer", self.customer.as_deref())?,
            side: chosen("side", self.side.as_deref())?,
            kind: chosen("kind", self.kind.as_deref())?,
            language: chosen("language", self.language.as_deref())?,
            order: match self.order.as_deref() {
                Some("recent") => SearchOrder::Recent,
                _ => SearchOrder::Best,
            },
            group: match self.group.as_deref() {
                Some("meeting") => Grouping::Meeting,
                Some("customer") => Grouping::Customer,
                _ => Grouping::Flat,
            },
            literal: self.across.as_deref() == Some("off"),
            explain: matches!(self.explain.as_deref(), Some("1" | "true")),
        })
    }

    fn request(&self) -> Result<SearchRequest, Problem> {
        let Chosen { customer, side, kind, language, order, group, literal, explain } = self.chosen()?;
        Ok(SearchRequest {
            q: self.q.as_deref().unwrap_or_default().trim().to_owned(),
            customer: customer.map(|id| id.to_string()),
            side,
            kind,
            language,
            order,
            group,
            literal,
            explain,
            facets: true,
            around: 1,
            limit: Some(if group == Grouping::Flat { PAGE } else { PAGE_GROUPS }),
            offset: chosen("offset", self.offset.as_deref())?.unwrap_or_default(),
            ..SearchRequest::default()
        })
    }
}

impl Chosen {
    fn any(&self) -> bool {
        self.customer.is_some() || self.side.is_some() || self.kind.is_some() || self.language.is_some()
    }

    /// What stands behind the query in the address.
    fn in_address(&self, literal: bool) -> String {
        let chosen = [
            ("customer", self.customer.map(|value| value.to_string())),
            ("side", self.side.map(|value| value.to_string())),
            ("kind", self.kind.map(|value| value.to_string())),
            ("language", self.language.map(|value| value.to_string())),
            ("order", (self.order == SearchOrder::Recent).then(|| "recent".to_owned())),
            ("group", self.group_name().map(str::to_owned)),
            ("across", literal.then(|| "off".to_owned())),
            ("explain", self.explain.then(|| "1".to_owned())),
        ];
        let mut address = String::new();
        for (name, value) in chosen {
            address.extend(value.map(|value| format!("&{name}={value}")));
        }
        address
    }

    fn group_name(&self) -> Option<&'static str> {
        match self.group {
            Grouping::Flat => None,
            Grouping::Meeting => Some("meeting"),
            Grouping::Customer => Some("customer"),
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands its values over by reference")]
impl SearchPage {
    /// The same search from another hit on.
    fn page_at(&self, offset: &usize) -> String {
        format!("/search?q={}&offset={offset}{}", encoded(&self.q), self.chosen.in_address(self.chosen.literal))
    }

    /// The same search with other words.
    fn with_words(&self, q: &str) -> String {
        format!("/search?q={}{}", encoded(q), self.chosen.in_address(self.chosen.literal))
    }

    /// The same search, narrowed down.
    fn with_filter(&self, filter: &str) -> String {
        let q = format!("{} {filter}", self.q);
        self.with_words(q.trim())
    }

    /// The same search by its own words only.
    fn literally(&self) -> String {
        format!("/search?q={}{}", encoded(&self.q), self.chosen.in_address(true))
    }

    /// All hits as a file.
    fn file(&self, format: &str) -> String {
        let language = self.frame.language.code();
        let mut address = format!("/api/v1/search/export?format={format}&language={language}&q={}", encoded(&self.q));
        let Chosen { customer, side, kind, order, literal, .. } = &self.chosen;
        let chosen = [
            ("customer", customer.map(|value| value.to_string())),
            ("side", side.map(|value| value.to_string())),
            ("kind", kind.map(|value| value.to_string())),
            ("order", (*order == SearchOrder::Recent).then(|| "recent".to_owned())),
            ("across", literal.then(|| "off".to_owned())),
        ];
        for (name, value) in chosen {
            address.extend(value.map(|value| format!("&{name}={value}")));
        }
        address
    }

    /// The facets with their names and their first values; one without a choice is left out.
    fn facet_rows(&self) -> Vec<(&'static str, Vec<&FacetCount>)> {
        let words = self.frame.words;
        let facets = &self.facets;
        let rows = [
            (words.customer, &facets.customers),
            (words.kinds, &facets.kinds),
            (words.concepts, &facets.concepts),
            (words.sides, &facets.sides),
            (words.languages, &facets.languages),
            (words.months, &facets.months),
        ];
        rows.into_iter()
            .filter(|(_, counts)| counts.len() > 1)
            .map(|(name, counts)| (name, counts.iter().take(FACET_VALUES).collect()))
            .collect()
    }

    /// How a hit says the concepts that the query names: label and words, each label once.
    fn said_as(&self, hit: &SearchHit) -> Vec<(String, String)> {
        let mut said: Vec<(String, String)> = Vec::new();
        for across in &hit.across {
            if let (Some(label), Some(words)) = (&across.label, across.span.slice(&hit.text)) {
                let label = self.frame.text(label);
                if !said.iter().any(|(known, _)| known == label) {
                    said.push((label.to_owned(), words.to_owned()));
                }
            }
        }
        said
    }

    fn markdown(&self, hit: &SearchHit) -> String {
        markdown_of(hit, self.frame.language)
    }

    fn is_recent(&self) -> bool {
        self.chosen.order == SearchOrder::Recent
    }

    fn next_offset(&self) -> Option<usize> {
        Some(self.offset + self.step()).filter(|next| *next < self.paged)
    }

    fn previous_offset(&self) -> Option<usize> {
        (self.offset > 0).then(|| self.offset.saturating_sub(self.step()))
    }

    fn step(&self) -> usize {
        if self.chosen.group == Grouping::Flat { PAGE } else { PAGE_GROUPS }
    }
}

fn encoded(q: &str) -> String {
    askama::filters::urlencode(q).map(|q| q.to_string()).unwrap_or_default()
}
