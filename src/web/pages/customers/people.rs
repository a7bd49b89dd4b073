//! `/customers/{id}/people`: who speaks in a customer's meetings.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};

use crate::app::{App, CorrectionFilter, PersonProposal, PersonView, SameReason};
use crate::model::{Correction, Customer, CustomerId, Person, Problem, Side};
use crate::web::frame::{Frame, Page, Section, render};
use crate::web::pages::corrections::Story;
use crate::web::visitor::Visitor;

use super::Tab;

/// How many corrections the page tells of.
const TOLD: usize = 50;

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
            let people = app.people(id)?;
            let corrections = corrections_of(app, &people)?;
            Ok(PeoplePage {
                tab: Tab::People,
                customer: app.customer(id)?,
                proposals: app.person_proposals(id)?,
                history: Story::all(app, &frame, corrections, Some(id))?,
                people,
                frame,
            })
        })
        .await?;
    render(&page)
}

/// What was put right about these people, newest first.
fn corrections_of(app: &App, people: &[PersonView]) -> Result<Vec<Correction>, Problem> {
    let mut found: Vec<Correction> = Vec::new();
    for label in people.iter().flat_map(|view| &view.labels) {
        let filter = CorrectionFilter { person: Some(label.person), limit: TOLD, ..CorrectionFilter::default() };
        found.extend(app.corrections(&filter)?);
    }
    found.sort_by(|a, b| (&b.at, b.id).cmp(&(&a.at, a.id)));
    found.dedup_by_key(|correction| correction.id);
    found.truncate(TOLD);
    Ok(found)
}

#[expect(clippy::unused_self, reason = "a template calls what it finds on its page")]
#[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands its values over by reference")]
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
