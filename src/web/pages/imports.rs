//! `/imports`: files come in; the page tells of each what became of it.

use std::sync::Arc;

use askama::Template;
use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use crate::app::{App, Imported, Newness, Upload};
use crate::model::{Problem, ProblemClass};
use crate::web::frame::{Frame, Section, render};
use crate::web::problem::{PageProblem, status_of};
use crate::web::visitor::Visitor;

/// What became of one file.
struct FileOutcome {
    file_name: String,
    outcome: Result<Box<Imported>, Problem>,
}

impl FileOutcome {
    fn is_new(&self) -> bool {
        self.outcome.as_ref().is_ok_and(|imported| imported.newness == Newness::New)
    }
}

#[derive(Template)]
#[template(path = "imports.html")]
struct ImportsPage {
    frame: Frame,
    files: Vec<FileOutcome>,
}

/// `POST /imports`
pub(in crate::web) async fn create(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    form: Multipart,
) -> Result<Response, PageProblem> {
    let uploads = read_form(form).await?;
    let mut files = Vec::with_capacity(uploads.len());
    for upload in uploads {
        let file_name = upload.file_name.clone();
        let outcome = app.run_import(move |app| app.import(&upload)).await.map(Box::new);
        files.push(FileOutcome { file_name, outcome });
    }
    let status = status_for(&files);
    let Html(page) = render(&ImportsPage { frame: Frame::new(visitor, Section::Home), files })?;
    Ok((status, Html(page)).into_response())
}

/// Created where anything is new, well where all was there already, and the first problem's status where nothing came in.
fn status_for(files: &[FileOutcome]) -> StatusCode {
    if files.iter().any(FileOutcome::is_new) {
        return StatusCode::CREATED;
    }
    if files.iter().any(|file| file.outcome.is_ok()) {
        return StatusCode::OK;
    }
    let problem = files.iter().find_map(|file| file.outcome.as_ref().err());
    problem.map_or(StatusCode::OK, |problem| status_of(problem.class))
}

/// The files of the form, each with what the form says of it; title and date belong to a file that comes alone.
async fn read_form(mut form: Multipart) -> Result<Vec<Upload>, Problem> {
    let mut said = Upload::default();
    let mut files = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|error| unreadable(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            let file_name = field.file_name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(|error| unreadable(&error))?.to_vec();
            files.extend((!file_name.is_empty()).then_some((file_name, bytes)));
        } else {
            let value = field.text().await.map_err(|error| unreadable(&error))?;
            said.set(&name, &value)?;
        }
    }
    if files.len() > 1 {
        (said.title, said.date) = (None, None);
    }
    let uploads: Vec<Upload> =
        files.into_iter().map(|(file_name, bytes)| Upload { file_name, bytes, ..said.clone() }).collect();
    if uploads.is_empty() { Err(file_missing()) } else { Ok(uploads) }
}

fn unreadable(error: &MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Problem::new(
            "request_too_large",
            ProblemClass::TooLarge,
            "Los archivos juntos son demasiado grandes.",
            "The files together are too large.",
        )
        .hint("Súbalos en varias veces.", "Upload them in several turns.");
    }
    Problem::new(
        "bad_request",
        ProblemClass::Invalid,
        "La subida se cortó o no se puede leer.",
        "The upload broke off or cannot be read.",
    )
    .hint("Vuelva a intentarlo; no se guardó nada.", "Try again; nothing was kept.")
}

fn file_missing() -> Problem {
    Problem::new("file_missing", ProblemClass::Invalid, "No se eligió ningún archivo.", "No file was chosen.")
        .hint("Vuelva al inicio y suelte un archivo en la página.", "Go home and drop a file on the page.")
}
