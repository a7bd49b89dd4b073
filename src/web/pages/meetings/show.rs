//! `/meetings/{id}`: what was said, with what cita proposes beside it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use serde::Deserialize;

use crate::app::{App, CorrectionFilter, MeetingSummary, MeetingView, Recheck, Revision};
use crate::model::{ImportReport, Kind, MeetingId, Nature, RejectReason, Side, Speaker, State as ReviewState};
use crate::web::frame::{Frame, Page, Section, render};
use crate::web::local_path::LocalPath;
use crate::web::pages::corrections::Story;
use crate::web::pages::{chosen, customer_names};
use crate::web::visitor::Visitor;

use super::filter::{Filter, Spoken};
use super::quality::Quality;
use super::turns::Turn;
use super::window::{Stop, Window};

/// How many corrections the page tells of.
const TOLD: usize = 30;

#[derive(Deserialize)]
pub(in crate::web) struct ShowParams {
    kind: Option<String>,
    state: Option<String>,
    side: Option<String>,
    language: Option<String>,
    /// The place of the window among the turns to be shown.
    from: Option<String>,
    /// A turn that the window has to hold.
    turn: Option<String>,
}

#[derive(Template)]
#[template(path = "meetings/show.html")]
struct MeetingPage {
    frame: Frame,
    summary: MeetingSummary,
    report: ImportReport,
    quality: Quality,
    filter: Filter,
    window: Window,
    /// How many turns are to be shown in all windows.
    shown: usize,
    turns: Vec<Turn>,
    /// How many suggestions of each kind.
    kinds: Vec<(Kind, usize)>,
    has_times: bool,
    /// Names to choose from.
    names: Vec<String>,
    /// The transcripts that this meeting has had, where there was more than one.
    revisions: Vec<Revision>,
    /// Quotes on the map whose words the newest transcript no longer holds.
    rechecks: Vec<Recheck>,
    history: Vec<Story>,
}

/// `GET /meetings/{id}`
pub(in crate::web) async fn show(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Path(id): Path<MeetingId>,
    Query(params): Query<ShowParams>,
) -> Page {
    let filter = Filter::read(
        params.kind.as_deref(),
        params.state.as_deref(),
        params.side.as_deref(),
        params.language.as_deref(),
    )?;
    let from = chosen("from", params.from.as_deref())?.unwrap_or_default();
    let turn = chosen("turn", params.turn.as_deref())?;
    let frame = Frame::new(visitor, Section::Meetings);
    let page = app
        .run(move |app| {
            let view = app.meeting(id)?;
            let about = CorrectionFilter { meeting: Some(id), limit: TOLD, ..CorrectionFilter::default() };
            let customer = Some(view.summary.meeting.customer);
            let history = Story::all(app, &frame, app.corrections(&about)?, customer)?;
            let mut page = MeetingPage::new(frame, &view, filter, turn, from);
            page.names = customer_names(app)?;
            page.revisions = app.revisions(id)?;
            page.rechecks = app.rechecks(id)?;
            page.history = history;
            Ok(page)
        })
        .await?;
    render(&page)
}

impl MeetingPage {
    fn new(frame: Frame, view: &MeetingView, filter: Filter, turn: Option<usize>, from: usize) -> Self {
        let MeetingView { summary, report, turns, suggestions } = view;
        let count = |kind: Kind| suggestions.iter().filter(|row| row.suggestion.kind == kind).count();
        let wanted: Vec<bool> = suggestions.iter().map(|row| filter.wants(row)).collect();
        let shown: Vec<usize> = (0..turns.len()).filter(|place| filter.shows(&turns[*place], &wanted)).collect();
        let window = Window::at(turns, &shown, turn, from);
        let laid_out = (window.from..window.until).map(|at| {
            let before = at.checked_sub(1).map_or(0, |before| shown[before] + 1);
            Turn::new(&turns[shown[at]], suggestions, &wanted, shown[at] - before)
        });
        Self {
            quality: Quality::of(turns, &summary.languages.words),
            filter,
            shown: shown.len(),
            turns: laid_out.collect(),
            kinds: Kind::ALL.into_iter().map(|kind| (kind, count(kind))).filter(|(_, count)| *count > 0).collect(),
            has_times: turns.iter().any(|turn| turn.start_ms.is_some()),
            window,
            names: Vec::new(),
            revisions: Vec::new(),
            rechecks: Vec::new(),
            history: Vec::new(),
            summary: summary.clone(),
            report: report.clone(),
            frame,
        }
    }

    fn decided(&self) -> usize {
        self.summary.accepted + self.summary.rejected
    }

    fn proposed(&self) -> usize {
        self.summary.pending + self.decided()
    }

    /// The turns in which two languages meet.
    fn only_mixed(&self) -> String {
        format!("{}#transcript", Filter { language: Some(Spoken::Mixed), ..self.filter }.address(self.path()))
    }

    /// The day as a field for dates holds it.
    fn date(&self) -> String {
        self.summary.meeting.date.map(|date| date.to_string()).unwrap_or_default()
    }

    /// Where an older transcript is shown: the meeting as it stands.
    fn newest(&self) -> Option<MeetingId> {
        let here = self.summary.meeting.id;
        let newest = self.revisions.iter().find(|revision| revision.current)?;
        (newest.meeting != here).then_some(newest.meeting)
    }

    /// Which of the file's speakers this one is.
    fn place_of(&self, speaker: &Speaker) -> Option<usize> {
        self.report.speakers.iter().position(|one| one.label == speaker.label)
    }

    fn path(&self) -> LocalPath {
        LocalPath::from(format!("/meetings/{}", self.summary.meeting.id))
    }

    /// The transcript under the same filter, at another window.
    fn window_at(&self, stop: &Stop) -> String {
        format!("{}#transcript", self.filter.address(self.path()).with("from", stop.from))
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands its values over by reference")]
impl MeetingPage {
    /// The transcript under this kind, or under every kind where it is the one chosen.
    fn only_kind(&self, kind: &Kind) -> String {
        let kind = Some(*kind).filter(|_| self.filter.kind != Some(*kind));
        format!("{}#transcript", Filter { kind, ..self.filter }.address(self.path()))
    }

    /// Where the whole transcript shows this turn.
    fn whole_at(&self, turn: &usize) -> LocalPath {
        LocalPath::turn(self.summary.meeting.id, *turn)
    }
}
