//! `/people`: a person is put right: another name, a role, the side, the same as somebody else.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;

use crate::app::App;
use crate::model::{PersonId, Side};
use crate::web::local_path::LocalPath;
use crate::web::problem::PageProblem;

use super::corrections::corrected;

#[derive(Deserialize)]
pub(in crate::web) struct NameForm {
    name: String,
    next: LocalPath,
}

#[derive(Deserialize)]
pub(in crate::web) struct RoleForm {
    role: String,
    next: LocalPath,
}

#[derive(Deserialize)]
pub(in crate::web) struct SideForm {
    side: Side,
    next: LocalPath,
}

#[derive(Deserialize)]
pub(in crate::web) struct OtherForm {
    other: PersonId,
    next: LocalPath,
}

/// `POST /people/{id}/name`
pub(in crate::web) async fn rename(
    State(app): State<Arc<App>>,
    Path(id): Path<PersonId>,
    Form(form): Form<NameForm>,
) -> Result<Response, PageProblem> {
    let correction = app.run(move |app| app.rename_person(id, &form.name)).await?;
    Ok(corrected(Some(form.next), "/", &correction))
}

/// `POST /people/{id}/role`
pub(in crate::web) async fn set_role(
    State(app): State<Arc<App>>,
    Path(id): Path<PersonId>,
    Form(form): Form<RoleForm>,
) -> Result<Response, PageProblem> {
    let role = Some(form.role.trim().to_owned()).filter(|role| !role.is_empty());
    let correction = app.run(move |app| app.set_person_role(id, role.as_deref())).await?;
    Ok(corrected(Some(form.next), "/", &correction))
}

/// `POST /people/{id}/side`: in every meeting.
pub(in crate::web) async fn set_side(
    State(app): State<Arc<App>>,
    Path(id): Path<PersonId>,
    Form(form): Form<SideForm>,
) -> Result<Response, PageProblem> {
    let correction = app.run(move |app| app.set_person_side(id, form.side, None)).await?;
    Ok(corrected(Some(form.next), "/", &correction))
}

/// `POST /people/{id}/merge`: this label is the other person.
pub(in crate::web) async fn merge(
    State(app): State<Arc<App>>,
    Path(id): Path<PersonId>,
    Form(form): Form<OtherForm>,
) -> Result<Response, PageProblem> {
    let correction = app.run(move |app| app.merge_people(id, form.other)).await?;
    Ok(corrected(Some(form.next), "/", &correction))
}

/// `POST /people/{id}/keep-apart`: this label is not the other person.
pub(in crate::web) async fn keep_apart(
    State(app): State<Arc<App>>,
    Path(id): Path<PersonId>,
    Form(form): Form<OtherForm>,
) -> Result<Response, PageProblem> {
    let correction = app.run(move |app| app.keep_people_apart(id, form.other)).await?;
    Ok(corrected(Some(form.next), "/", &correction))
}
