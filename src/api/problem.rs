//! problem+json: one shape for every error.
//!
//! A handler answers with [`ApiProblem`]; [`in_readers_language`] writes its body once the reader's language is known,
//! and gives what the framework itself refuses (no JSON, no such method, a bad path) the same shape.

use axum::Json;
use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::model::{Bilingual, Place, Problem, ProblemClass, UiLanguage};

/// The framework's own refusals are a sentence; longer ones are cut.
const MAX_REFUSAL_BYTES: usize = 2_000;

/// An error as programs get it: RFC 9457, with a stable code and both languages.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemBody {
    /// A relative reference that names the case: `/problems/customer_not_found`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The HTTP status in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable code.
    pub code: String,
    /// What was found, in the reader's language.
    pub detail: String,
    /// What to do about it, in the reader's language.
    pub hint: String,
    /// Where in the file, if it is about a file.
    pub place: Option<Place>,
    /// The same in both languages.
    pub messages: Messages,
}

/// Detail and hint in both languages.
#[derive(Debug, Serialize, ToSchema)]
pub struct Messages {
    /// What was found.
    pub detail: Bilingual,
    /// What to do about it.
    pub hint: Bilingual,
}

/// A problem on its way out of a handler.
#[derive(Debug)]
pub struct ApiProblem(pub Problem);

impl From<Problem> for ApiProblem {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl IntoResponse for ApiProblem {
    fn into_response(self) -> Response {
        let mut response = status_of(self.0.class).into_response();
        response.extensions_mut().insert(self.0);
        response
    }
}

/// Writes the body of a problem for the reader who asked.
pub async fn in_readers_language(request: Request, next: Next) -> Response {
    let language = reader_language(request.headers());
    let mut response = next.run(request).await;
    let status = response.status();
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        return written(status, problem, language);
    }
    let ours =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/"));
    if !(status.is_client_error() || status.is_server_error()) || ours {
        return response;
    }
    let said = to_bytes(response.into_body(), MAX_REFUSAL_BYTES).await.unwrap_or_default();
    written(status, refusal(status, &String::from_utf8_lossy(&said)), language)
}

/// The HTTP status of a class of problems.
pub fn status_of(class: ProblemClass) -> StatusCode {
    StatusCode::from_u16(class.http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn reader_language(headers: &HeaderMap) -> UiLanguage {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    UiLanguage::preferred(accepted.unwrap_or_default()).unwrap_or_default()
}

fn written(status: StatusCode, problem: Problem, language: UiLanguage) -> Response {
    let body = ProblemBody {
        kind: format!("/problems/{}", problem.code),
        title: status.canonical_reason().unwrap_or("Error").to_owned(),
        status: status.as_u16(),
        detail: problem.detail.get(language).to_owned(),
        hint: problem.hint.get(language).to_owned(),
        code: problem.code,
        place: problem.place.map(|place| *place),
        messages: Messages { detail: problem.detail, hint: problem.hint },
    };
    let mut response = (status, Json(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.code()));
    response
}

/// What the framework refused before a handler saw it.
fn refusal(status: StatusCode, said: &str) -> Problem {
    let (code, es, en) = match status {
        StatusCode::NOT_FOUND => {
            ("no_such_path", "No hay nada en esta dirección.", "There is nothing at this address.")
        }
        StatusCode::METHOD_NOT_ALLOWED => {
            ("no_such_method", "Esta dirección no admite ese método.", "This address does not take that method.")
        }
        StatusCode::PAYLOAD_TOO_LARGE => {
            ("request_too_large", "La petición es demasiado grande.", "The request is too large.")
        }
        StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            ("media_type", "La petición viene en otro tipo de contenido.", "The request is of another content type.")
        }
        StatusCode::FORBIDDEN => {
            ("forbidden", "La petición viene de otro sitio.", "The request comes from another site.")
        }
        StatusCode::REQUEST_TIMEOUT => ("timeout", "La petición tardó demasiado.", "The request took too long."),
        status if status.is_server_error() => {
            ("internal", "Algo falló dentro de cita.", "Something failed inside cita.")
        }
        _ => ("bad_request", "La petición no se puede leer.", "The request cannot be read."),
    };
    let said = if status.is_server_error() { "" } else { said.trim() };
    let (es, en) = if said.is_empty() {
        (es.to_owned(), en.to_owned())
    } else {
        (format!("{es} ({said})"), format!("{en} ({said})"))
    };
    Problem::new(code, ProblemClass::Invalid, es, en).hint(
        "Las direcciones y sus cuerpos están en /api/v1/openapi.json.",
        "The addresses and their bodies are in /api/v1/openapi.json.",
    )
}
