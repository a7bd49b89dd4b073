//! `/api/v1/customers`

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::{App, CustomerProposal, CustomerSummary, CustomerView};
use crate::model::{Correction, CustomerId, Parent};

use super::problem::{ApiProblem, ProblemBody};

/// Every customer.
#[derive(Serialize, ToSchema)]
pub struct CustomersBody {
    /// By name.
    customers: Vec<CustomerSummary>,
}

/// List customers by name, with how much there is.
#[utoipa::path(get, path = "/api/v1/customers", tag = "customers", responses((status = 200, body = CustomersBody)))]
pub async fn list(State(app): State<Arc<App>>) -> Result<Json<CustomersBody>, ApiProblem> {
    let customers = app.run(App::customers).await?;
    Ok(Json(CustomersBody { customers }))
}

/// Customers that may be one.
#[derive(Serialize, ToSchema)]
pub struct CustomerProposalsBody {
    /// Pairs of them, the most alike first.
    proposals: Vec<CustomerProposal>,
}

/// A customer's name.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NameBody {
    /// As people write it.
    name: String,
}

/// Another customer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OtherCustomerBody {
    /// Who.
    customer: CustomerId,
}

/// What a customer belongs to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ParentBody {
    /// The group or the company; `null` for nothing.
    parent: Option<Parent>,
}

/// Read a customer with what belongs to it and the other ways to write its name.
#[utoipa::path(get, path = "/api/v1/customers/{id}", tag = "customers", params(("id" = String, Path, description = "The customer")),
    responses((status = 200, body = CustomerView),
        (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn show(State(app): State<Arc<App>>, Path(id): Path<CustomerId>) -> Result<Json<CustomerView>, ApiProblem> {
    Ok(Json(app.run(move |app| app.customer_view(id)).await?))
}

/// List pairs of customers whose names are so much alike that they may be one.
#[utoipa::path(get, path = "/api/v1/customers/proposals", tag = "customers",
    responses((status = 200, body = CustomerProposalsBody)))]
pub async fn proposals(State(app): State<Arc<App>>) -> Result<Json<CustomerProposalsBody>, ApiProblem> {
    let proposals = app.run(App::customer_proposals).await?;
    Ok(Json(CustomerProposalsBody { proposals }))
}

/// Give a customer another name; the one before leads to it from then on.
#[utoipa::path(patch, path = "/api/v1/customers/{id}", tag = "customers", params(("id" = String, Path, description = "The customer")),
    request_body = NameBody,
    responses((status = 200, body = Correction),
        (status = 404, body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, body = ProblemBody, content_type = "application/problem+json", description = "The name is another customer's"),
        (status = 422, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn rename(
    State(app): State<Arc<App>>,
    Path(id): Path<CustomerId>,
    Json(body): Json<NameBody>,
) -> Result<Json<Correction>, ApiProblem> {
    Ok(Json(app.run(move |app| app.rename_customer(id, &body.name)).await?))
}

/// Add another way to write a customer's name.
#[utoipa::path(post, path = "/api/v1/customers/{id}/aliases", tag = "customers", params(("id" = String, Path, description = "The customer")),
    request_body = NameBody,
    responses((status = 200, body = Correction),
        (status = 404, body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, body = ProblemBody, content_type = "application/problem+json", description = "The name leads somewhere already"),
        (status = 422, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn add_alias(
    State(app): State<Arc<App>>,
    Path(id): Path<CustomerId>,
    Json(body): Json<NameBody>,
) -> Result<Json<Correction>, ApiProblem> {
    Ok(Json(app.run(move |app| app.add_alias(id, &body.name)).await?))
}

/// Take away another way to write a customer's name.
#[utoipa::path(delete, path = "/api/v1/customers/{id}/aliases", tag = "customers", params(("id" = String, Path, description = "The customer")),
    request_body = NameBody,
    responses((status = 200, body = Correction),
        (status = 404, body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, body = ProblemBody, content_type = "application/problem+json", description = "It is none")))]
pub async fn remove_alias(
    State(app): State<Arc<App>>,
    Path(id): Path<CustomerId>,
    Json(body): Json<NameBody>,
) -> Result<Json<Correction>, ApiProblem> {
    Ok(Json(app.run(move |app| app.remove_alias(id, &body.name)).await?))
}

/// Say what a customer belongs to: as a company to a group, as a unit to a company, or to nothing.
#[utoipa::path(put, path = "/api/v1/customers/{id}/parent", tag = "customers", params(("id" = String, Path, description = "The customer")),
    request_body = ParentBody,
    responses((status = 200, body = Correction),
        (status = 404, body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, body = ProblemBody, content_type = "application/problem+json", description = "It would belong to itself")))]
pub async fn set_parent(
    State(app): State<Arc<App>>,
    Path(id): Path<CustomerId>,
    Json(body): Json<ParentBody>,
) -> Result<Json<Correction>, ApiProblem> {
    let parent = body.parent.map(|parent| (parent.customer, parent.part));
    Ok(Json(app.run(move |app| app.set_parent(id, parent)).await?))
}

/// Merge a customer into another: its meetings, people and entries go there, and its name leads there.
#[utoipa::path(post, path = "/api/v1/customers/{id}/merge", tag = "customers", params(("id" = String, Path, description = "The customer that is another one")),
    request_body = OtherCustomerBody,
    responses((status = 200, body = Correction),
        (status = 404, body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn merge(
    State(app): State<Arc<App>>,
    Path(id): Path<CustomerId>,
    Json(body): Json<OtherCustomerBody>,
) -> Result<Json<Correction>, ApiProblem> {
    Ok(Json(app.run(move |app| app.merge_customers(id, body.customer)).await?))
}

/// Say that two customers with names alike are two: it is not proposed again.
#[utoipa::path(post, path = "/api/v1/customers/{id}/apart", tag = "customers", params(("id" = String, Path, description = "The customer")),
    request_body = OtherCustomerBody,
    responses((status = 200, body = Correction),
        (status = 404, body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn apart(
    State(app): State<Arc<App>>,
    Path(id): Path<CustomerId>,
    Json(body): Json<OtherCustomerBody>,
) -> Result<Json<Correction>, ApiProblem> {
    Ok(Json(app.run(move |app| app.keep_customers_apart(id, body.customer)).await?))
}
