//! `/customers/{id}/profile`: what a customer is called and what it belongs to.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;

use crate::app::{App, CorrectionFilter, CustomerView};
use crate::model::{Correction, Customer, CustomerId, Part};
use crate::web::frame::{Frame, Page, Section, render};
use crate::web::pages::chosen;
use crate::web::pages::corrections::{Story, corrected};
use crate::web::problem::PageProblem;
use crate::web::visitor::Visitor;

use super::Tab;

/// How many corrections the page tells of.
const TOLD: usize = 50;

#[derive(Template)]
#[template(path = "customers/profile.html")]
struct ProfilePage {
    frame: Frame,
    tab: Tab,
    customer: Customer,
    view: CustomerView,
    /// Everybody else.
    others: Vec<Customer>,
    history: Vec<Story>,
}

#[derive(Deserialize)]
pub(in crate::web) struct NameForm {
    name: String,
}

#[derive(Deserialize)]
pub(in crate::web) struct AliasForm {
    alias: String,
}

#[derive(Deserialize)]
pub(in crate::web) struct ParentForm {
    parent: Option<String>,
    part: Option<String>,
}

/// `GET /customers/{id}/profile`
pub(in crate::web) async fn profile(State(app): State<Arc<App>>, visitor: Visitor, Path(id): Path<CustomerId>) -> Page {
    let frame = Frame::new(visitor, Section::Maps);
    let page = app
        .run(move |app| {
            let view = app.customer_view(id)?;
            let others = app.customers()?.into_iter().map(|row| row.customer).filter(|other| other.id != id).collect();
            let filter = CorrectionFilter { customer: Some(id), limit: TOLD, ..CorrectionFilter::default() };
            let history = Story::all(app, &frame, app.corrections(&filter)?, Some(id))?;
            Ok(ProfilePage { frame, tab: Tab::Profile, customer: view.summary.customer.clone(), view, others, history })
        })
        .await?;
    render(&page)
}

/// `POST /customers/{id}/name`
pub(in crate::web) async fn rename(
    State(app): State<Arc<App>>,
    Path(id): Path<CustomerId>,
    Form(form): Form<NameForm>,
) -> Result<Response, PageProblem> {
    let correction = app.run(move |app| app.rename_customer(id, &form.name)).await?;
    Ok(back(id, &correction))
}

/// `POST /customers/{id}/aliases`
pub(in crate::web) async fn add_alias(
    State(app): State<Arc<App>>,
    Path(id): Path<CustomerId>,
    Form(form): Form<AliasForm>,
) -> Result<Response, PageProblem> {
    let correction = app.run(move |app| app.add_alias(id, &form.alias)).await?;
    Ok(back(id, &correction))
}

/// `POST /customers/{id}/aliases/remove`
pub(in crate::web) async fn remove_alias(
    State(app): State<Arc<App>>,
    Path(id): Path<CustomerId>,
    Form(form): Form<AliasForm>,
) -> Result<Response, PageProblem> {
    let correction = app.run(move |app| app.remove_alias(id, &form.alias)).await?;
    Ok(back(id, &correction))
}

/// `POST /customers/{id}/parent`
pub(in crate::web) async fn set_parent(
    State(app): State<Arc<App>>,
    Path(id): Path<CustomerId>,
    Form(form): Form<ParentForm>,
) -> Result<Response, PageProblem> {
    let parent: Option<CustomerId> = chosen("parent", form.parent.as_deref())?;
    let part = form.part.as_deref().and_then(Part::from_code).unwrap_or(Part::Company);
    let correction = app.run(move |app| app.set_parent(id, parent.map(|parent| (parent, part)))).await?;
    Ok(back(id, &correction))
}

fn back(id: CustomerId, correction: &Correction) -> Response {
    corrected(None, &format!("/customers/{id}/profile"), correction)
}

impl ProfilePage {
    fn is_under(&self, other: &CustomerId) -> bool {
        self.view.parent.as_ref().is_some_and(|above| above.customer.id == *other)
    }

    fn is_unit(&self) -> bool {
        self.view.parent.as_ref().is_some_and(|above| above.part == Part::Unit)
    }
}
