//! A meeting is put right: its title, date, customer, the sides of its speakers, what it is a revision of.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;

use crate::app::{App, MeetingFix};
use crate::model::{MeetingId, Problem, ProblemClass, Side, SuggestionId};
use crate::web::local_path::LocalPath;
use crate::web::pages::chosen;
use crate::web::pages::corrections::corrected;
use crate::web::problem::PageProblem;

/// What a person wrote, beside what stood there: a field that was left as it was corrects nothing.
#[derive(Deserialize)]
pub(in crate::web) struct FactsForm {
    title: String,
    title_was: String,
    date: String,
    date_was: String,
    customer: String,
    customer_was: String,
}

#[derive(Deserialize)]
pub(in crate::web) struct SideForm {
    /// The speaker's place and the side: `0-customer`.
    set: String,
    /// Is only this meeting meant?
    only_here: Option<String>,
    next: LocalPath,
}

#[derive(Deserialize)]
pub(in crate::web) struct RevisionForm {
    of: MeetingId,
}

#[derive(Deserialize)]
pub(in crate::web) struct RecheckForm {
    keep: bool,
    next: LocalPath,
}

/// `POST /meetings/{id}/facts`
pub(in crate::web) async fn correct(
    State(app): State<Arc<App>>,
    Path(id): Path<MeetingId>,
    Form(form): Form<FactsForm>,
) -> Result<Response, PageProblem> {
    let FactsForm { title, title_was, date, date_was, customer, customer_was } = form;
    let day = chosen("date", Some(&date))?;
    let fix = MeetingFix { title: (title != title_was).then_some(title), date: (date != date_was).then_some(day) };
    let page = LocalPath::from(format!("/meetings/{id}"));
    let correction = app
        .run(move |app| {
            let unchanged = fix.title.is_none() && fix.date.is_none();
            let fixed = if unchanged { None } else { Some(app.correct_meeting(id, fix)?) };
            if customer == customer_was {
                return Ok(fixed);
            }
            let customer = app.customer_named(&customer)?.id;
            Ok(Some(app.move_meeting(id, customer)?))
        })
        .await?;
    Ok(correction.map_or_else(|| page.see_other(), |correction| corrected(None, &page.to_string(), &correction)))
}

/// `POST /meetings/{id}/sides`
pub(in crate::web) async fn set_side(
    State(app): State<Arc<App>>,
    Path(id): Path<MeetingId>,
    Form(form): Form<SideForm>,
) -> Result<Response, PageProblem> {
    let (speaker, side) = form.choice()?;
    let everywhere = form.only_here.is_none();
    let correction = app.run(move |app| app.set_speaker_side(id, speaker, side, everywhere)).await?;
    Ok(corrected(Some(form.next), "/", &correction))
}

/// `POST /meetings/{id}/revision`: this meeting is the newest revision of another one, which keeps its address.
pub(in crate::web) async fn make_revision(
    State(app): State<Arc<App>>,
    Path(id): Path<MeetingId>,
    Form(form): Form<RevisionForm>,
) -> Result<Response, PageProblem> {
    let revised = app.run(move |app| app.make_revision(id, form.of)).await?;
    Ok(LocalPath::from(format!("/meetings/{}", revised.meeting)).see_other())
}

/// `POST /suggestions/{id}/recheck`
pub(in crate::web) async fn settle_recheck(
    State(app): State<Arc<App>>,
    Path(id): Path<SuggestionId>,
    Form(form): Form<RecheckForm>,
) -> Result<Response, PageProblem> {
    app.run(move |app| app.settle_recheck(id, form.keep)).await?;
    Ok(form.next.see_other())
}

impl SideForm {
    fn choice(&self) -> Result<(usize, Side), Problem> {
        let choice =
            self.set.split_once('-').and_then(|(speaker, side)| Some((speaker.parse().ok()?, side.parse().ok()?)));
        choice.ok_or_else(|| {
            Problem::new("unknown_choice", ProblemClass::Invalid, "Ese lado no existe.", "There is no such side.")
                .hint("Elija uno de los cuatro lados.", "Choose one of the four sides.")
        })
    }
}
