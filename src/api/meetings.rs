//! `/api/v1/meetings`

use std::sync::Arc;

use axum::Json;
use axum::extract::{Multipart, Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::{App, Imported, KindCount, MeetingFix, MeetingSummary, MeetingView, NearDuplicate, Newness, Revised};
use crate::model::{Correction, CustomerId, ImportReport, MeetingId, Person, Problem, ProblemClass, Speaker};

use super::multipart;
use super::problem::{ApiProblem, ProblemBody};

/// The form of an upload.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its schema is used: the form is read field by field")]
pub struct UploadForm {
    /// The transcript or the notes.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// With whom the meeting was held; made where new. Needed unless the file names it.
    customer: Option<String>,
    /// What the meeting is called.
    title: Option<String>,
    /// When it was held, ISO 8601.
    date: Option<String>,
    /// The name of the file's format, where the detection is wrong.
    format: Option<String>,
    /// Which column of a table holds what (`speaker=2,text=4`), where the guess is wrong.
    columns: Option<String>,
    /// What is known of the speakers: a JSON list of `{"label", "side", "person"}`.
    speakers: Option<String>,
    /// `offered`, or the identity of the meeting that the file is another transcript of.
    revision: Option<String>,
}

/// What an upload made.
#[derive(Serialize, ToSchema)]
pub struct ImportedBody {
    /// The meeting, with its counts.
    meeting: MeetingSummary,
    /// Were the same bytes a meeting already? Then nothing was changed.
    already_there: bool,
    /// Did the upload name a customer that nobody had named before?
    new_customer: bool,
    /// Customers with a name much like the new one's.
    similar_customers: Vec<String>,
    /// Meetings that the file may be another transcript of; it was kept apart from them.
    near_duplicates: Vec<NearDuplicate>,
    /// What became of the decisions, where it is a revision.
    revised: Option<Revised>,
    /// How many suggestions of each kind.
    suggestions: Vec<KindCount>,
    /// What was found in the file and what could not be used.
    report: ImportReport,
}

/// Which meetings.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ListParams {
    /// Only this customer's.
    #[param(value_type = Option<String>)]
    customer: Option<CustomerId>,
    /// How many at the most (default 50, at most 500).
    limit: Option<usize>,
    /// The last meeting of the page before.
    #[param(value_type = Option<String>)]
    before: Option<MeetingId>,
}

/// What was wrong about a meeting. What is absent stays; a date of `null` takes the date away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingFixBody {
    /// What it is called.
    title: Option<String>,
    /// When it was held.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<jiff::civil::Date>)]
    #[expect(clippy::option_option, reason = "absent, null and a date are three things")]
    date: Option<Option<jiff::civil::Date>>,
}

/// With whom a meeting was held.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveBody {
    /// The customer.
    customer: CustomerId,
}

/// Who speaks in a meeting.
#[derive(Serialize, ToSchema)]
pub struct SpeakersBody {
    /// In the order of their first turn.
    speakers: Vec<SpeakerBody>,
}

/// A speaker with the person behind the label.
#[derive(Serialize, ToSchema)]
pub struct SpeakerBody {
    /// The label in the file, with the side.
    speaker: Speaker,
    /// Whom people know behind it.
    person: Option<Person>,
}

/// A value that is there, be it `null`: unlike one that is absent.
#[expect(clippy::option_option, reason = "absent, null and a date are three things")]
fn given<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<jiff::civil::Date>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// A page of meetings.
#[derive(Serialize, ToSchema)]
pub struct MeetingsBody {
    /// The page, newest first.
    meetings: Vec<MeetingSummary>,
}

impl From<Imported> for ImportedBody {
    fn from(imported: Imported) -> Self {
        Self {
            meeting: imported.summary,
            already_there: imported.newness == Newness::AlreadyThere,
            new_customer: imported.new_customer,
            similar_customers: imported.similar_customers,
            near_duplicates: imported.near_duplicates,
            revised: imported.revised,
            suggestions: imported.suggestions.into_iter().map(|(kind, count)| KindCount { kind, count }).collect(),
            report: imported.report,
        }
    }
}

/// Upload a meeting. It is durable and searchable when this answers.
#[utoipa::path(post, path = "/api/v1/meetings", tag = "meetings",
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key with the same request gives the same answer")),
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    responses((status = 201, body = ImportedBody, description = "Imported"),
        (status = 200, body = ImportedBody, description = "The same bytes were a meeting already"),
        (status = 422, body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, body = ProblemBody, content_type = "application/problem+json"),
        (status = 507, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn upload(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    form: Multipart,
) -> Result<(StatusCode, HeaderMap, Json<ImportedBody>), ApiProblem> {
    let key = request_key(&headers)?;
    let upload = multipart::upload(form).await?;
    let imported = app
        .run_import(move |app| match key {
            Some(key) => app.import_once(&key, &upload),
            None => app.import(&upload),
        })
        .await?;
    let status = match imported.newness {
        Newness::New | Newness::Revision => StatusCode::CREATED,
        Newness::AlreadyThere => StatusCode::OK,
    };
    let mut headers = HeaderMap::new();
    let address = format!("/api/v1/meetings/{}", imported.summary.meeting.id);
    headers.extend(HeaderValue::from_str(&address).ok().map(|address| (header::LOCATION, address)));
    Ok((status, headers, Json(imported.into())))
}

/// The key of a request that is to be answered once.
pub(super) fn request_key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(key) = headers.get("idempotency-key") else { return Ok(None) };
    let text = key.to_str().map_err(|_| {
        Problem::new(
            "bad_idempotency_key",
            ProblemClass::Invalid,
            "La clave de Idempotency-Key no se puede usar.",
            "The key in Idempotency-Key cannot be used.",
        )
        .hint("Use letras, cifras y signos ASCII.", "Use ASCII letters, digits and marks.")
    })?;
    Ok(Some(text.to_owned()))
}

/// Correct a meeting's title or date.
#[utoipa::path(patch, path = "/api/v1/meetings/{id}", tag = "meetings", params(("id" = String, Path, description = "The meeting")),
    request_body = MeetingFixBody,
    responses((status = 200, body = Correction),
        (status = 404, body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn correct(
    State(app): State<Arc<App>>,
    Path(id): Path<MeetingId>,
    Json(body): Json<MeetingFixBody>,
) -> Result<Json<Correction>, ApiProblem> {
    let fix = MeetingFix { title: body.title, date: body.date };
    Ok(Json(app.run(move |app| app.correct_meeting(id, fix)).await?))
}

/// File a meeting under another customer; its people and its quotes on the map go along.
#[utoipa::path(post, path = "/api/v1/meetings/{id}/move", tag = "meetings", params(("id" = String, Path, description = "The meeting")),
    request_body = MoveBody,
    responses((status = 200, body = Correction),
        (status = 404, body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn relocate(
    State(app): State<Arc<App>>,
    Path(id): Path<MeetingId>,
    Json(body): Json<MoveBody>,
) -> Result<Json<Correction>, ApiProblem> {
    Ok(Json(app.run(move |app| app.move_meeting(id, body.customer)).await?))
}

/// List who speaks in a meeting, with the people behind the labels.
#[utoipa::path(get, path = "/api/v1/meetings/{id}/speakers", tag = "meetings", params(("id" = String, Path, description = "The meeting")),
    responses((status = 200, body = SpeakersBody),
        (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn speakers(
    State(app): State<Arc<App>>,
    Path(id): Path<MeetingId>,
) -> Result<Json<SpeakersBody>, ApiProblem> {
    let people = app.run(move |app| app.people_of_meeting(id)).await?;
    let speakers = people.into_iter().map(|(speaker, person)| SpeakerBody { speaker, person }).collect();
    Ok(Json(SpeakersBody { speakers }))
}

/// List meetings, newest first.
#[utoipa::path(get, path = "/api/v1/meetings", tag = "meetings", params(ListParams),
    responses((status = 200, body = MeetingsBody)))]
pub async fn list(
    State(app): State<Arc<App>>,
    Query(params): Query<ListParams>,
) -> Result<Json<MeetingsBody>, ApiProblem> {
    let meetings = app.run(move |app| app.meetings(params.customer, params.limit, params.before)).await?;
    Ok(Json(MeetingsBody { meetings }))
}

/// Read a meeting: its transcript, its suggestions, its import report.
#[utoipa::path(get, path = "/api/v1/meetings/{id}", tag = "meetings", params(("id" = String, Path, description = "The meeting")),
    responses((status = 200, body = MeetingView),
        (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn show(State(app): State<Arc<App>>, Path(id): Path<MeetingId>) -> Result<Json<MeetingView>, ApiProblem> {
    Ok(Json(app.run(move |app| app.meeting(id)).await?))
}

/// Forget a meeting: its words, its suggestions, its quotes on maps, its original, its place in the index.
#[utoipa::path(delete, path = "/api/v1/meetings/{id}", tag = "meetings", params(("id" = String, Path, description = "The meeting")),
    responses((status = 204, description = "Forgotten"),
        (status = 404, body = ProblemBody, content_type = "application/problem+json")))]
pub async fn delete(State(app): State<Arc<App>>, Path(id): Path<MeetingId>) -> Result<StatusCode, ApiProblem> {
    app.run(move |app| app.delete_meeting(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
