//! `/corrections`: what people put right, told in words and taken back.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use jiff::civil::Date;
use serde::Deserialize;

use crate::app::App;
use crate::model::{Correction, CorrectionAct, CorrectionId, CustomerId, PersonId, Problem};
use crate::web::frame::Frame;
use crate::web::local_path::LocalPath;
use crate::web::problem::PageProblem;

#[derive(Deserialize)]
pub(in crate::web) struct UndoForm {
    next: LocalPath,
}

/// A correction in words.
pub(super) struct Story {
    pub(super) id: CorrectionId,
    /// What was put right.
    pub(super) what: &'static str,
    /// About whom, from what to what.
    pub(super) detail: String,
    /// The day.
    pub(super) day: Option<Date>,
    pub(super) undone: bool,
    /// Can it be taken back from here?
    pub(super) undoable: bool,
}

/// The names that corrections speak of.
struct Names {
    people: HashMap<PersonId, String>,
    customers: HashMap<CustomerId, String>,
}

/// `POST /corrections/{id}/undo`
pub(in crate::web) async fn undo(
    State(app): State<Arc<App>>,
    Path(id): Path<CorrectionId>,
    Form(form): Form<UndoForm>,
) -> Result<Response, PageProblem> {
    app.run(move |app| app.undo_correction(id)).await?;
    Ok(form.next.see_other())
}

/// On to where the form says, or else to `otherwise`; the page there offers to take the correction back.
pub(super) fn corrected(next: Option<LocalPath>, otherwise: &str, correction: &Correction) -> Response {
    next.unwrap_or_else(|| LocalPath::from(otherwise.to_owned())).with("fixed", correction.id).see_other()
}

impl Story {
    /// Tells of these corrections, with the names of one customer's people.
    ///
    /// # Errors
    /// The store cannot be read.
    pub(super) fn all(
        app: &App,
        frame: &Frame,
        corrections: Vec<Correction>,
        customer: Option<CustomerId>,
    ) -> Result<Vec<Self>, Problem> {
        let people = customer.map(|id| app.people(id)).transpose()?.unwrap_or_default();
        let names = Names {
            people: people
                .into_iter()
                .flat_map(|view| {
                    let merged = view.labels.into_iter().map(|one| (one.person, one.label));
                    merged.chain([(view.person.id, view.person.name)]).collect::<Vec<_>>()
                })
                .collect(),
            customers: app.customers()?.into_iter().map(|row| (row.customer.id, row.customer.name)).collect(),
        };
        let told = corrections.into_iter().filter(|one| !matches!(one.act, CorrectionAct::Undone { .. }));
        Ok(told.map(|one| Self::of(&one, frame, &names)).collect())
    }

    fn of(correction: &Correction, frame: &Frame, names: &Names) -> Self {
        let (what, detail) = told(&correction.act, frame, names);
        let day = correction.at.get(..10).and_then(|day| day.parse().ok());
        let undoable = !correction.undone && !matches!(correction.act, CorrectionAct::Revised { .. });
        Self { id: correction.id, what, detail, day, undone: correction.undone, undoable }
    }
}

impl Names {
    fn person(&self, id: &PersonId) -> &str {
        self.people.get(id).map_or("?", String::as_str)
    }

    fn customer(&self, id: &CustomerId) -> &str {
        self.customers.get(id).map_or("?", String::as_str)
    }
}

fn told(act: &CorrectionAct, frame: &Frame, names: &Names) -> (&'static str, String) {
    let words = frame.words;
    let change = |before: &str, after: &str| format!("{before} → {after}");
    match act {
        CorrectionAct::PersonRenamed { before, after, .. } => (words.did_rename, change(before, after)),
        CorrectionAct::PersonRole { person, after, .. } => {
            (words.did_role, format!("{}: {}", names.person(person), after.as_deref().unwrap_or("—")))
        }
        CorrectionAct::PeopleMerged { from, into } => (words.did_merge, change(names.person(from), names.person(into))),
        CorrectionAct::PeopleKeptApart { one, other } => {
            (words.did_keep_apart, format!("{}, {}", names.person(one), names.person(other)))
        }
        CorrectionAct::SideSet { person, after, .. } => {
            (words.did_side, format!("{}: {}", names.person(person), frame.side(after)))
        }
        CorrectionAct::CustomerRenamed { before, after, .. } => (words.did_rename, change(before, after)),
        CorrectionAct::AliasAdded { alias, .. } => (words.did_add_alias, alias.clone()),
        CorrectionAct::AliasRemoved { alias, .. } => (words.did_remove_alias, alias.clone()),
        CorrectionAct::ParentSet { after, .. } => (
            words.did_parent,
            after.map_or_else(|| "—".to_owned(), |parent| names.customer(&parent.customer).to_owned()),
        ),
        CorrectionAct::CustomersMerged { from, into, .. } => {
            (words.did_merge, change(names.customer(from), names.customer(into)))
        }
        CorrectionAct::CustomersKeptApart { one, other } => {
            (words.did_keep_apart, format!("{}, {}", names.customer(one), names.customer(other)))
        }
        CorrectionAct::MeetingMoved { before, after, .. } => {
            (words.did_move, change(names.customer(before), names.customer(after)))
        }
        CorrectionAct::MeetingCorrected { before, after, .. } => {
            let date = if before.date == after.date { String::new() } else { format!(", {}", frame.day(&after.date)) };
            (words.did_correct, format!("{}{date}", after.title))
        }
        CorrectionAct::Revised { carried, .. } => {
            (words.did_revise, frame.count(carried, words.decision_one, words.decision_many))
        }
        CorrectionAct::Undone { .. } => (words.undo, String::new()),
    }
}
