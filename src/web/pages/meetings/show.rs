//! `/meetings/{id}`: what was said, with what cita proposes beside it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use serde::Deserialize;

use crate::app::{App, MeetingSummary, MeetingView};
use crate::model::{ImportReport, Kind, MeetingId, Nature, RejectReason, Side, State as ReviewState};
use crate::web::frame::{Frame, Page, Section, render};
use crate::web::local_path::LocalPath;
use crate::web::pages::chosen;
use crate::web::visitor::Visitor;

use super::filter::{Filter, Spoken};
use super::quality::Quality;
use super::turns::Turn;
use super::window::{Stop, Window};

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
    let page = app.run(move |app| Ok(MeetingPage::new(frame, &app.meeting(id)?, filter, turn, from))).await?;
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
            quality: Quality::of(turns),
            filter,
            shown: shown.len(),
            turns: laid_out.collect(),
            kinds: Kind::ALL.into_iter().map(|kind| (kind, count(kind))).filter(|(_, count)| *count > 0).collect(),
            has_times: turns.iter().any(|turn| turn.start_ms.is_some()),
            window,
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
