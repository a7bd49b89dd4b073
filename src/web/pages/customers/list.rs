//! `/customers`: everybody, groups with their companies and units; names that may mean the same organisation.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;

use crate::app::{App, CustomerProposal, CustomerSummary};
use crate::model::{CustomerId, Part, Problem};
use crate::web::frame::{Frame, Page, Section, render};
use crate::web::local_path::LocalPath;
use crate::web::pages::corrections::corrected;
use crate::web::problem::PageProblem;
use crate::web::visitor::Visitor;

/// A customer in the tree.
struct Branch {
    row: CustomerSummary,
    /// As what it belongs to the one above it.
    part: Option<Part>,
    /// How far from the root.
    depth: usize,
}

#[derive(Template)]
#[template(path = "customers/list.html")]
struct CustomersPage {
    frame: Frame,
    branches: Vec<Branch>,
    proposals: Vec<CustomerProposal>,
}

/// The other customer, and where to go afterwards.
#[derive(Deserialize)]
pub(in crate::web) struct OtherForm {
    other: CustomerId,
    next: Option<LocalPath>,
}

/// `GET /customers`
pub(in crate::web) async fn list(State(app): State<Arc<App>>, visitor: Visitor) -> Page {
    let (branches, proposals) = app.run(|app| Ok((tree(app)?, app.customer_proposals()?))).await?;
    render(&CustomersPage { frame: Frame::new(visitor, Section::Maps), branches, proposals })
}

/// `POST /customers/{id}/merge`: this customer is the other one.
pub(in crate::web) async fn merge(
    State(app): State<Arc<App>>,
    Path(id): Path<CustomerId>,
    Form(form): Form<OtherForm>,
) -> Result<Response, PageProblem> {
    let correction = app.run(move |app| app.merge_customers(id, form.other)).await?;
    Ok(corrected(form.next, &format!("/customers/{}", form.other), &correction))
}

/// `POST /customers/{id}/keep-apart`: this customer is not the other one.
pub(in crate::web) async fn keep_apart(
    State(app): State<Arc<App>>,
    Path(id): Path<CustomerId>,
    Form(form): Form<OtherForm>,
) -> Result<Response, PageProblem> {
    let correction = app.run(move |app| app.keep_customers_apart(id, form.other)).await?;
    Ok(corrected(form.next, "/customers", &correction))
}

/// Everybody, by name, each followed by the parts that belong to it.
fn tree(app: &App) -> Result<Vec<Branch>, Problem> {
    let rows = app.customers()?;
    let mut branches = Vec::with_capacity(rows.len());
    grow(&rows, None, 0, &mut branches);
    Ok(branches)
}

/// No chain of parts goes deeper than this; one that closed upon itself would never end.
const MOST_DEPTH: usize = 8;

fn grow(rows: &[CustomerSummary], under: Option<CustomerId>, depth: usize, branches: &mut Vec<Branch>) {
    if depth > MOST_DEPTH {
        return;
    }
    for row in rows.iter().filter(|row| row.parent.map(|above| above.customer) == under) {
        branches.push(Branch { row: row.clone(), part: row.parent.map(|above| above.part), depth });
        grow(rows, Some(row.customer.id), depth + 1, branches);
    }
}

impl CustomersPage {
    /// How far a part stands from the edge; beyond the third step all stand alike.
    #[expect(clippy::unused_self, reason = "a template calls what it finds on its page")]
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands its values over by reference")]
    fn indent(&self, depth: &usize) -> usize {
        (*depth).min(3)
    }
}
