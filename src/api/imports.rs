//! `/api/v1/imports`

use std::sync::Arc;

use axum::Json;
use axum::extract::{Multipart, State};
use axum::http::{HeaderMap, StatusCode};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::{App, Imported, ImportedFile, Newness};
use crate::model::{MeetingId, Problem};

use super::meetings::{UploadForm, request_key};
use super::multipart;
use super::problem::{ApiProblem, ProblemBody};

/// What became of several files.
#[derive(Serialize, ToSchema)]
pub struct ImportsBody {
    /// Of each file, in the order of the form; each member of an archive is a file.
    files: Vec<FileBody>,
}

/// What became of one file.
#[derive(Serialize, ToSchema)]
pub struct FileBody {
    /// Its name; a member of an archive behind the archive's.
    file: String,
    /// The meeting that it is.
    meeting: Option<MeetingId>,
    /// Was it `new`, `already_there`, or a `revision`?
    newness: Option<&'static str>,
    /// How many turns.
    turns: Option<usize>,
    /// How many suggestions.
    suggestions: Option<usize>,
    /// Meetings that it may be another transcript of.
    near_duplicates: Vec<MeetingId>,
    /// Why it is no meeting.
    problem: Option<Problem>,
}

impl From<ImportedFile> for FileBody {
    fn from(file: ImportedFile) -> Self {
        let empty = Self {
            file: file.file_name,
            meeting: None,
            newness: None,
            turns: None,
            suggestions: None,
            near_duplicates: Vec::new(),
            problem: None,
        };
        match file.outcome {
            Err(problem) => Self { problem: Some(problem), ..empty },
            Ok(imported) => {
                let Imported { summary, newness, near_duplicates, suggestions, report, .. } = imported;
                Self {
                    meeting: Some(summary.meeting.id),
                    newness: Some(newness.code()),
                    turns: Some(report.turns),
                    suggestions: Some(suggestions.iter().map(|(_, count)| count).sum()),
                    near_duplicates: near_duplicates.iter().map(|near| near.meeting.meeting.id).collect(),
                    ..empty
                }
            }
        }
    }
}

/// Import several files at once, archives among them; each has its own result.
///
/// One that fails does not stop the others. Title, date, speakers and revision count only where a single file comes.
#[utoipa::path(post, path = "/api/v1/imports", tag = "meetings",
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key with the same request gives the same answer")),
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    responses((status = 201, body = ImportsBody, description = "At least one file is new"),
        (status = 200, body = ImportsBody, description = "No file is new: each was there already or could not be imported"),
        (status = 413, body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn upload(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    form: Multipart,
) -> Result<(StatusCode, Json<ImportsBody>), ApiProblem> {
    let key = request_key(&headers)?;
    let uploads = multipart::uploads(form).await?;
    let files = app.run_import(move |app| app.import_files(key.as_deref(), uploads)).await?;
    let status = status(&files);
    Ok((status, Json(ImportsBody { files: files.into_iter().map(FileBody::from).collect() })))
}

/// Created where anything is new; well where each file has only its result to tell.
fn status(files: &[ImportedFile]) -> StatusCode {
    let is_new =
        |file: &ImportedFile| file.outcome.as_ref().is_ok_and(|imported| imported.newness != Newness::AlreadyThere);
    if files.iter().any(is_new) { StatusCode::CREATED } else { StatusCode::OK }
}
