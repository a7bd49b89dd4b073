//! `/api/v1/people`

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::{App, PersonProposal, PersonView};
use crate::model::{Correction, CustomerId, MeetingId, Person, PersonId, Side};

use super::problem::{ApiProblem, ProblemBody};

/// Whose people.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ListParams {
    /// The customer.
    #[param(value_type = String)]
    customer: CustomerId,
}

/// The people of a customer.
#[derive(Serialize, ToSchema)]
pub struct PeopleBody {
    /// By name.
    people: Vec<PersonView>,
}

/// People who may be one.
#[derive(Serialize, ToSchema)]
pub struct PersonProposalsBody {
    /// Pairs of them.
    proposals: Vec<PersonProposal>,
}

/// What shall be changed about a person. What is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonBody {
    /// What people call this person.
    name: Option<String>,
    /// What this person does; empty takes it away.
    role: Option<String>,
}

/// Another person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OtherPersonBody {
    /// Who.
    person: PersonId,
}

/// A side of the table.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SideBody {
    /// The side.
    side: Side,
    /// Only in this meeting; absent for every meeting.
    meeting: Option<MeetingId>,
}

/// What was put right.
#[derive(Serialize, ToSchema)]
pub struct CorrectionsBody {
    /// Each can be taken back.
    pub(super) corrections: Vec<Correction>,
}

/// List the people of a customer's meetings.
#[utoipa::path(get, path = "/api/v1/people", tag = "people", params(ListParams),
    responses((status = 200, body = PeopleBody),
        (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn list(
    State(app): State<Arc<App>>,
    Query(params): Query<ListParams>,
) -> Result<Json<PeopleBody>, ApiProblem> {
    let people = app.run(move |app| app.people(params.customer)).await?;
    Ok(Json(PeopleBody { people }))
}

/// List people of a customer who may be one.
#[utoipa::path(get, path = "/api/v1/people/proposals", tag = "people", params(ListParams),
    responses((status = 200, body = PersonProposalsBody),
        (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn proposals(
    State(app): State<Arc<App>>,
    Query(params): Query<ListParams>,
) -> Result<Json<PersonProposalsBody>, ApiProblem> {
    let proposals = app.run(move |app| app.person_proposals(params.customer)).await?;
    Ok(Json(PersonProposalsBody { proposals }))
}

/// Read a person.
#[utoipa::path(get, path = "/api/v1/people/{id}", tag = "people", params(("id" = String, Path, description = "The person")),
    responses((status = 200, body = Person),
        (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn show(State(app): State<Arc<App>>, Path(id): Path<PersonId>) -> Result<Json<Person>, ApiProblem> {
    Ok(Json(app.run(move |app| app.person(id)).await?))
}

/// Give a person another name or a role.
#[utoipa::path(patch, path = "/api/v1/people/{id}", tag = "people", params(("id" = String, Path, description = "The person")),
    request_body = PersonBody,
    responses((status = 200, body = CorrectionsBody),
        (status = 404, body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn correct(
    State(app): State<Arc<App>>,
    Path(id): Path<PersonId>,
    Json(body): Json<PersonBody>,
) -> Result<Json<CorrectionsBody>, ApiProblem> {
    let corrections = app.run(move |app| app.correct_person(id, body.name.as_deref(), body.role.as_deref())).await?;
    Ok(Json(CorrectionsBody { corrections }))
}

/// Merge a person into another: both labels are one human.
#[utoipa::path(post, path = "/api/v1/people/{id}/merge", tag = "people", params(("id" = String, Path, description = "The person who is another one")),
    request_body = OtherPersonBody,
    responses((status = 200, body = Correction),
        (status = 404, body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn merge(
    State(app): State<Arc<App>>,
    Path(id): Path<PersonId>,
    Json(body): Json<OtherPersonBody>,
) -> Result<Json<Correction>, ApiProblem> {
    Ok(Json(app.run(move |app| app.merge_people(id, body.person)).await?))
}

/// Say that two people with names alike are two: it is not proposed again.
#[utoipa::path(post, path = "/api/v1/people/{id}/apart", tag = "people", params(("id" = String, Path, description = "The person")),
    request_body = OtherPersonBody,
    responses((status = 200, body = Correction),
        (status = 404, body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn apart(
    State(app): State<Arc<App>>,
    Path(id): Path<PersonId>,
    Json(body): Json<OtherPersonBody>,
) -> Result<Json<Correction>, ApiProblem> {
    Ok(Json(app.run(move |app| app.keep_people_apart(id, body.person)).await?))
}

/// Set the side of a person, in every meeting or in one; suggestions follow at once, decisions stay.
#[utoipa::path(post, path = "/api/v1/people/{id}/side", tag = "people", params(("id" = String, Path, description = "The person")),
    request_body = SideBody,
    responses((status = 200, body = Correction),
        (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn side(
    State(app): State<Arc<App>>,
    Path(id): Path<PersonId>,
    Json(body): Json<SideBody>,
) -> Result<Json<Correction>, ApiProblem> {
    Ok(Json(app.run_import(move |app| app.set_person_side(id, body.side, body.meeting)).await?))
}
