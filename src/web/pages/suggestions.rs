//! `/suggestions`: a person accepts, rejects, takes back; then the browser goes on to where the form says.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;

use crate::app::{App, Reviewed};
use crate::model::{Edit, Problem, ProblemClass, RejectReason, SuggestionId};
use crate::web::local_path::LocalPath;
use crate::web::problem::PageProblem;

use super::chosen;

#[derive(Deserialize)]
pub(in crate::web) struct AcceptForm {
    statement: Option<String>,
    kind: Option<String>,
    next: Option<LocalPath>,
}

#[derive(Deserialize)]
pub(in crate::web) struct RejectForm {
    reason: String,
    next: Option<LocalPath>,
}

#[derive(Deserialize)]
pub(in crate::web) struct UndoForm {
    next: Option<LocalPath>,
}

/// `POST /suggestions/{id}/accept`
pub(in crate::web) async fn accept(
    State(app): State<Arc<App>>,
    Path(id): Path<SuggestionId>,
    Form(form): Form<AcceptForm>,
) -> Result<Response, PageProblem> {
    let edit = Edit { kind: chosen("kind", form.kind.as_deref())?, statement: form.statement };
    let answer = app.run(move |app| app.accept(id, edit)).await;
    let reviewed = answer.map_err(|problem| PageProblem::while_deciding(problem, id, form.next.as_ref()))?;
    Ok(onward(form.next, &reviewed))
}

/// `POST /suggestions/{id}/reject`
pub(in crate::web) async fn reject(
    State(app): State<Arc<App>>,
    Path(id): Path<SuggestionId>,
    Form(form): Form<RejectForm>,
) -> Result<Response, PageProblem> {
    let reason = RejectReason::from_code(&form.reason).ok_or_else(unknown_reason)?;
    let answer = app.run(move |app| app.reject(id, reason)).await;
    let reviewed = answer.map_err(|problem| PageProblem::while_deciding(problem, id, form.next.as_ref()))?;
    Ok(onward(form.next, &reviewed))
}

/// `POST /suggestions/{id}/undo`
pub(in crate::web) async fn undo(
    State(app): State<Arc<App>>,
    Path(id): Path<SuggestionId>,
    Form(form): Form<UndoForm>,
) -> Result<Response, PageProblem> {
    let answer = app.run(move |app| app.undo(id)).await;
    let reviewed = answer.map_err(|problem| PageProblem::while_deciding(problem, id, form.next.as_ref()))?;
    Ok(onward(form.next, &reviewed))
}

/// To the address that the form names, or else to the quote's turn in its meeting.
fn onward(next: Option<LocalPath>, reviewed: &Reviewed) -> Response {
    let row = &reviewed.row;
    next.unwrap_or_else(|| LocalPath::turn(row.meeting, row.suggestion.quote.turn)).see_other()
}

fn unknown_reason() -> Problem {
    Problem::new("unknown_choice", ProblemClass::Invalid, "Ese motivo no existe.", "There is no such reason.")
        .hint("Elija uno de los siete motivos.", "Choose one of the seven reasons.")
}
