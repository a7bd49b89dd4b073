//! `/api/v1/customers`

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::{App, CustomerSummary};
use crate::model::{Customer, CustomerId};

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

/// Read a customer.
#[utoipa::path(get, path = "/api/v1/customers/{id}", tag = "customers", params(("id" = String, Path, description = "The customer")),
    responses((status = 200, body = Customer),
        (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn show(State(app): State<Arc<App>>, Path(id): Path<CustomerId>) -> Result<Json<Customer>, ApiProblem> {
    Ok(Json(app.run(move |app| app.customer(id)).await?))
}
