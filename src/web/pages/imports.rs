//! `/imports`: a preview that somebody confirmed becomes a meeting.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use crate::app::{App, Imported, Newness};
use crate::model::Problem;
use crate::web::frame::{Frame, Section, render};
use crate::web::problem::{PageProblem, status_of};
use crate::web::visitor::Visitor;

use super::uploads::{Asked, Fields};

#[derive(Template)]
#[template(path = "imports.html")]
struct ImportPage {
    frame: Frame,
    file_name: String,
    outcome: Result<Box<Imported>, Problem>,
}

/// `POST /imports`
pub(in crate::web) async fn create(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Form(fields): Form<Fields>,
) -> Result<Response, PageProblem> {
    let asked = Asked::read(fields);
    let (file_name, outcome) = app
        .run_import(move |app| {
            let held = asked.held.clone();
            let upload = asked.upload(app)?;
            let outcome = app.import(&upload).map(Box::new);
            if let (Ok(_), Ok(held)) = (&outcome, held.parse()) {
                app.release(held);
            }
            Ok((upload.file_name, outcome))
        })
        .await?;
    let page = ImportPage { frame: Frame::new(visitor, Section::Home), file_name, outcome };
    let status = page.status();
    let Html(page) = render(&page)?;
    Ok((status, Html(page)).into_response())
}

impl ImportPage {
    fn status(&self) -> StatusCode {
        match &self.outcome {
            Ok(imported) if imported.newness == Newness::New => StatusCode::CREATED,
            Ok(_) => StatusCode::OK,
            Err(problem) => status_of(problem.class),
        }
    }
}
