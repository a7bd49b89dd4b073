//! `/customers/{id}/people`: who speaks in a customer's meetings.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};

use crate::app::{App, CorrectionFilter, PersonProposal, PersonView, SameReason};
use crate::model::{CorrectionAct, Customer, CustomerId, Person, Side};
use crate::web::frame::{Frame, Page, Section, render};
use crate::web::pages::corrections::Story;
use crate::web::visitor::Visitor;

use super::Tab;

/// How many corrections are looked through for those about people.
const LOOKED_AT: usize = 200;

#[derive(Template)]
#[template(path = "customers/people.html")]
struct PeoplePage {
    frame: Frame,
    tab: Tab,
    customer: Customer,
    people: Vec<PersonView>,
    proposals: Vec<PersonProposal>,
    history: Vec<Story>,
}

/// `GET /customers/{id}/people`
pub(in crate::web) async fn people(State(app): State<Arc<App>>, visitor: Visitor, Path(id): Path<CustomerId>) -> Page {
    let frame = Frame::new(visitor, Section::Maps);
    let page = app
        .run(move |app| {
            let filter = CorrectionFilter { customer: Some(id), limit: LOOKED_AT, ..CorrectionFilter::default() };
            let mut corrections = app.corrections(&filter)?;
            corrections.retain(|one| {
                let undoes = matches!(one.act, CorrectionAct::Undone { .. });
                !undoes && !one.act.people().is_empty()
            });
            Ok(PeoplePage {
                tab: Tab::People,
                customer: app.customer(id)?,
                people: app.people(id)?,
                proposals: app.person_proposals(id)?,
                history: Story::all(app, &frame, corrections, Some(id))?,
                frame,
            })
        })
        .await?;
    render(&page)
}

impl PeoplePage {
    /// Who stays where two are one: the one with the fuller name.
    fn fuller<'a>(&self, proposal: &'a PersonProposal) -> (&'a Person, &'a Person) {
        let (one, other) = (&proposal.one, &proposal.other);
        if one.name.chars().count() >= other.name.chars().count() { (one, other) } else { (other, one) }
    }

    fn reason(&self, reason: &SameReason) -> &'static str {
        let words = self.frame.words;
        match reason {
            SameReason::Initials => words.same_initials,
            SameReason::MissingName => words.same_missing_name,
            SameReason::Email => words.same_email,
            SameReason::Spelling => words.same_spelling,
        }
    }

    /// How else files write this person.
    fn other_labels<'a>(&self, view: &'a PersonView) -> Vec<&'a str> {
        let labels = view.labels.iter().map(|one| one.label.as_str());
        labels.filter(|label| *label != view.person.name).collect()
    }
}
