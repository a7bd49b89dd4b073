//! `/review`: one suggestion at a time, in its place, with its reasons.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

use crate::app::{App, CustomerSummary, Desk, DeskFilter, SuggestionRow, UtteranceView};
use crate::model::{Kind, MeetingId, RejectReason, Span, State as ReviewState, SuggestionId};
use crate::web::frame::{Frame, Page, Section, render};
use crate::web::local_path::LocalPath;
use crate::web::marked::{Run, runs};
use crate::web::problem::PageProblem;
use crate::web::visitor::Visitor;

use super::chosen;

/// Half the width of the picture of a reason's weight.
const HALF: f32 = 50.0;

#[derive(Deserialize)]
pub(in crate::web) struct ReviewParams {
    customer: Option<String>,
    meeting: Option<String>,
    kind: Option<String>,
    at: Option<String>,
    done: Option<String>,
}

#[derive(Deserialize)]
pub(in crate::web) struct UndoLastForm {
    next: LocalPath,
}

/// How much a reason weighs, as a bar left or right of the middle.
struct ReasonBar {
    text: String,
    weight: f32,
    x: f32,
    width: f32,
}

/// The words that a term of the lexicon met.
#[derive(PartialEq, Eq)]
struct FoundTerm {
    words: String,
    term: String,
}

#[derive(Template)]
#[template(path = "review.html")]
struct ReviewPage {
    frame: Frame,
    filter: DeskFilter,
    customers: Vec<CustomerSummary>,
    /// The title of the meeting that the queue is limited to.
    only_meeting: Option<(MeetingId, String)>,
    desk: Desk,
    reasons: Vec<ReasonBar>,
    terms: Vec<FoundTerm>,
    /// The suggestion that was decided a moment ago.
    done: Option<SuggestionRow>,
}

/// `GET /review`
pub(in crate::web) async fn show(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Query(params): Query<ReviewParams>,
) -> Page {
    let filter = params.filter()?;
    let at = chosen("at", params.at.as_deref())?;
    let done: Option<SuggestionId> = chosen("done", params.done.as_deref())?;
    let frame = Frame::new(visitor, Section::Review);
    let page = app
        .run(move |app| {
            let only_meeting = filter.meeting.map(|id| app.meeting_title(id).map(|title| (id, title))).transpose()?;
            let desk = app.desk(&filter, at)?;
            let done = done.map(|id| app.suggestion(id)).transpose()?.filter(|row| row.state != ReviewState::Pending);
            let (reasons, terms) = (reason_bars(&desk, &frame), found_terms(&desk));
            Ok(ReviewPage { frame, filter, customers: app.customers()?, only_meeting, desk, reasons, terms, done })
        })
        .await?;
    render(&page)
}

/// `POST /review/undo`
pub(in crate::web) async fn undo_last(
    State(app): State<Arc<App>>,
    Form(form): Form<UndoLastForm>,
) -> Result<Response, PageProblem> {
    let undone = app.run(App::undo_last).await?;
    Ok(form.next.with("at", undone.row.suggestion.id).see_other())
}

impl ReviewParams {
    fn filter(&self) -> Result<DeskFilter, PageProblem> {
        Ok(DeskFilter {
            customer: chosen("customer", self.customer.as_deref())?,
            meeting: chosen("meeting", self.meeting.as_deref())?,
            kind: chosen("kind", self.kind.as_deref())?,
        })
    }
}

#[expect(clippy::unused_self, reason = "a template calls what it finds on its page")]
impl ReviewPage {
    /// The queue of this page's filter, at a suggestion or at its beginning.
    fn path(&self, at: Option<&SuggestionId>) -> LocalPath {
        let mut path = LocalPath::from("/review".to_owned());
        if let Some(customer) = self.filter.customer {
            path = path.with("customer", customer);
        }
        if let Some(meeting) = self.filter.meeting {
            path = path.with("meeting", meeting);
        }
        if let Some(kind) = self.filter.kind {
            path = path.with("kind", kind);
        }
        if let Some(at) = at {
            path = path.with("at", at);
        }
        path
    }

    /// Where a decision on `id` leads: to the next suggestion, which tells what was decided.
    fn after(&self, id: &SuggestionId) -> LocalPath {
        self.path(self.desk.next.as_ref()).with("done", id)
    }

    /// The text of an utterance, cut where the quote begins and ends.
    fn quoted(&self, utterance: &UtteranceView) -> Vec<Run> {
        let spans: Vec<Span> = utterance.quotes.iter().map(|mark| mark.span).collect();
        runs(&utterance.text, &spans)
    }

    /// A bar of no length would read as one that moves.
    fn bar_length(&self) -> usize {
        self.total().max(1)
    }

    fn total(&self) -> usize {
        self.desk.pending + self.desk.decided
    }
}

fn reason_bars(desk: &Desk, frame: &Frame) -> Vec<ReasonBar> {
    let reasons = desk.current.as_ref().map(|row| row.suggestion.reasons.as_slice()).unwrap_or_default();
    let most = reasons.iter().map(|reason| reason.weight.abs()).fold(1.0, f32::max);
    reasons
        .iter()
        .map(|reason| {
            let width = reason.weight.abs() / most * HALF;
            let x = if reason.weight < 0.0 { HALF - width } else { HALF };
            ReasonBar { text: frame.text(&reason.text).to_owned(), weight: reason.weight, x, width }
        })
        .collect()
}

/// Each term once, by the words that it met, in the order of the text.
fn found_terms(desk: &Desk) -> Vec<FoundTerm> {
    let Some(suggestion) = desk.current.as_ref().map(|row| &row.suggestion) else { return Vec::new() };
    let mut utterances = desk.turns.iter().flat_map(|turn| &turn.utterances);
    let spoken = utterances.find(|utterance| utterance.ordinal == suggestion.quote.utterance);
    let text = spoken.map(|utterance| utterance.text.as_str()).unwrap_or_default();
    let mut found = Vec::new();
    for hit in &suggestion.terms {
        let words = hit.span.slice(text).unwrap_or(&hit.term).to_owned();
        let term = FoundTerm { words, term: hit.term.clone() };
        if !found.contains(&term) {
            found.push(term);
        }
    }
    found
}
