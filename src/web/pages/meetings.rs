//! `/meetings`: the list; a meeting's transcript with its suggestions beside it; forgetting a meeting.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use crate::app::{App, MeetingSummary, MeetingView, SuggestionRow, TurnView};
use crate::config::DEFAULT_PAGE;
use crate::model::{
    Customer, ImportReport, Kind, Language, MeetingId, Nature, RejectReason, Side, Span, State as ReviewState,
};
use crate::web::frame::{Frame, Page, Section, render};
use crate::web::local_path::LocalPath;
use crate::web::marked::{Run, runs};
use crate::web::problem::PageProblem;
use crate::web::visitor::Visitor;

use super::chosen;

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

/// A turn with its suggestions.
struct Turn {
    ordinal: usize,
    speaker: Option<String>,
    side: Side,
    start_ms: Option<u64>,
    nature: Nature,
    said: Vec<Said>,
    cards: Vec<Card>,
}

/// An utterance, cut where quotes begin and end.
struct Said {
    language: Language,
    pieces: Vec<Piece>,
}

/// Words under the same quotes.
struct Piece {
    text: String,
    /// Kind and state of each quote over them, the first one first.
    over: Vec<(Kind, ReviewState)>,
    /// The numbers of the suggestions whose quote ends here.
    ends: Vec<usize>,
}

/// A suggestion beside its turn, under the number that its quote has in the text.
struct Card {
    number: usize,
    row: SuggestionRow,
}

#[derive(Template)]
#[template(path = "meetings/show.html")]
struct MeetingPage {
    frame: Frame,
    summary: MeetingSummary,
    report: ImportReport,
    turns: Vec<Turn>,
    /// How many suggestions of each kind.
    kinds: Vec<(Kind, usize)>,
    has_times: bool,
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

/// `GET /meetings/{id}`
pub(in crate::web) async fn show(State(app): State<Arc<App>>, visitor: Visitor, Path(id): Path<MeetingId>) -> Page {
    let view = app.run(move |app| app.meeting(id)).await?;
    render(&MeetingPage::new(Frame::new(visitor, Section::Meetings), view))
}

/// `POST /meetings/{id}/delete`
pub(in crate::web) async fn delete(
    State(app): State<Arc<App>>,
    Path(id): Path<MeetingId>,
) -> Result<Response, PageProblem> {
    app.run(move |app| app.delete_meeting(id)).await?;
    Ok(LocalPath::from("/meetings".to_owned()).see_other())
}

impl MeetingPage {
    fn new(frame: Frame, view: MeetingView) -> Self {
        let MeetingView { summary, report, turns, suggestions } = view;
        let count = |kind: Kind| suggestions.iter().filter(|row| row.suggestion.kind == kind).count();
        let kinds = Kind::ALL.into_iter().map(|kind| (kind, count(kind))).filter(|(_, count)| *count > 0).collect();
        let has_times = turns.iter().any(|turn| turn.start_ms.is_some());
        let turns = turns.into_iter().map(|turn| Turn::new(turn, &suggestions)).collect();
        Self { frame, summary, report, turns, kinds, has_times }
    }
}

impl Turn {
    fn new(view: TurnView, suggestions: &[SuggestionRow]) -> Self {
        let mut cards = Vec::new();
        let mut said = Vec::with_capacity(view.utterances.len());
        for utterance in &view.utterances {
            let spans: Vec<Span> = utterance.quotes.iter().map(|mark| mark.span).collect();
            let numbers: Vec<usize> = utterance.quotes.iter().map(|mark| mark.suggestion).collect();
            let pieces = runs(&utterance.text, &spans).into_iter().map(|run| Piece::new(run, &numbers, suggestions));
            said.push(Said { language: utterance.language.language, pieces: pieces.collect() });
            for place in numbers {
                cards.extend(suggestions.get(place).map(|row| Card { number: place + 1, row: row.clone() }));
            }
        }
        let side = view.speaker.as_ref().map(|speaker| speaker.side).unwrap_or_default();
        let speaker = view.speaker.map(|speaker| speaker.label);
        Self { ordinal: view.ordinal, speaker, side, start_ms: view.start_ms, nature: view.nature, said, cards }
    }
}

impl Piece {
    fn new(run: Run, numbers: &[usize], suggestions: &[SuggestionRow]) -> Self {
        let rows = run.marks.iter().filter_map(|mark| suggestions.get(numbers[*mark]));
        let over = rows.map(|row| (row.suggestion.kind, row.state)).collect();
        let ends = run.ends.iter().map(|mark| numbers[*mark] + 1).collect();
        Self { text: run.text, over, ends }
    }
}
