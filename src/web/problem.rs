//! A page for everything that goes wrong: what was found, where, what to do, and the ways on.
//!
//! A handler answers with [`PageProblem`]; [`in_readers_language`] writes the page once the reader's language is known,
//! and gives what the framework itself refuses (a form it cannot read, a method it does not know) the same shape.

use askama::Template;
use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use crate::model::{Problem, ProblemClass};

use super::frame::{Frame, Section};
use super::local_path::LocalPath;
use super::visitor::Visitor;
use super::words::Words;

/// The framework's own refusals are a sentence; longer ones are cut.
const MAX_REFUSAL_BYTES: usize = 2_000;

/// A problem on its way out of a handler, with the ways on that only the handler knows.
#[derive(Clone, Debug)]
pub(super) struct PageProblem {
    pub(super) problem: Box<Problem>,
    pub(super) ways: Vec<Way>,
}

/// A link out of a problem.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) label: fn(&Words) -> &'static str,
    pub(super) path: String,
}

impl Way {
    pub(super) fn new(path: impl Into<String>, label: fn(&Words) -> &'static str) -> Self {
        Self { label, path: path.into() }
    }
}

impl PageProblem {
    /// The same, with a way back to a decision that somebody else was faster with, and on to what comes next.
    pub(super) fn while_deciding(problem: Problem, decided: impl std::fmt::Display, next: Option<&LocalPath>) -> Self {
        let onward = next.map_or_else(|| "/review".to_owned(), LocalPath::to_string);
        let mut ways = vec![Way::new(onward, |words| words.go_on)];
        if problem.class == ProblemClass::Conflict {
            ways.push(Way::new(format!("/review?at={decided}"), |words| words.go_decided));
        }
        Self { problem: Box::new(problem), ways }
    }
}

impl From<Problem> for PageProblem {
    fn from(problem: Problem) -> Self {
        let way = match problem.code.as_str() {
            "meeting_not_found" | "no_such_page" => Some(Way::new("/meetings", |words| words.go_meetings)),
            "customer_not_found" => Some(Way::new("/customers", |words| words.go_maps)),
            "suggestion_not_found" | "nothing_to_undo" => Some(Way::new("/review", |words| words.go_review)),
            _ => None,
        };
        Self { problem: Box::new(problem), ways: way.into_iter().collect() }
    }
}

impl IntoResponse for PageProblem {
    fn into_response(self) -> Response {
        let mut response = status_of(self.problem.class).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    frame: Frame,
    heading: &'static str,
    problem: Box<Problem>,
    ways: Vec<Way>,
}

/// For an address that no page has.
pub(super) async fn no_such_page() -> StatusCode {
    StatusCode::NOT_FOUND
}

/// Writes the page of a problem for the reader who asked.
pub(super) async fn in_readers_language(request: Request, next: Next) -> Response {
    let visitor = Visitor::of(request.method(), request.uri(), request.headers());
    let language = visitor.language;
    let mut response = next.run(request).await;
    let status = response.status();
    if let Some(found) = response.extensions_mut().remove::<PageProblem>() {
        response = written(status, found, visitor);
    } else if (status.is_client_error() || status.is_server_error()) && !is_page(&response) {
        let said = to_bytes(response.into_body(), MAX_REFUSAL_BYTES).await.unwrap_or_default();
        response = written(status, refusal(status, &String::from_utf8_lossy(&said)).into(), visitor);
    }
    response.headers_mut().insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.code()));
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("cookie, accept-language"));
    response
}

/// The HTTP status of a class of problems.
pub(super) fn status_of(class: ProblemClass) -> StatusCode {
    StatusCode::from_u16(class.http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn is_page(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

fn written(status: StatusCode, found: PageProblem, visitor: Visitor) -> Response {
    let frame = Frame::new(visitor, Section::Nowhere);
    let words = frame.words;
    let heading = match status {
        StatusCode::NOT_FOUND => words.problem_not_found,
        StatusCode::CONFLICT if found.problem.code == "already_decided" => words.problem_conflict,
        StatusCode::PAYLOAD_TOO_LARGE => words.problem_too_large,
        status if status.is_server_error() && found.problem.class == ProblemClass::Internal => words.problem_ours,
        _ => words.problem_title,
    };
    let page = ProblemPage { frame, heading, problem: found.problem, ways: found.ways };
    match page.render() {
        Ok(text) => (status, Html(text)).into_response(),
        Err(_) => status.into_response(),
    }
}

/// What the framework refused before a handler saw it.
fn refusal(status: StatusCode, said: &str) -> Problem {
    let (code, class, es, en) = match status {
        StatusCode::NOT_FOUND => (
            "no_such_page",
            ProblemClass::NotFound,
            "No hay nada en esta dirección.",
            "There is nothing at this address.",
        ),
        StatusCode::METHOD_NOT_ALLOWED => (
            "no_such_method",
            ProblemClass::Invalid,
            "Esta dirección es de un formulario y no se puede abrir.",
            "This address belongs to a form and cannot be opened.",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => (
            "request_too_large",
            ProblemClass::TooLarge,
            "Los archivos juntos son demasiado grandes.",
            "The files together are too large.",
        ),
        status if status.is_server_error() => {
            ("internal", ProblemClass::Internal, "Algo falló dentro de cita.", "Something failed inside cita.")
        }
        _ => ("bad_request", ProblemClass::Invalid, "El formulario no se puede leer.", "The form cannot be read."),
    };
    let problem = if said.trim().is_empty() || status.is_server_error() || status == StatusCode::NOT_FOUND {
        Problem::new(code, class, es, en)
    } else {
        Problem::new(code, class, format!("{es} ({})", said.trim()), format!("{en} ({})", said.trim()))
    };
    problem.hint(
        "Vuelva atrás e intente de nuevo, o siga por uno de estos caminos.",
        "Go back and try again, or go on by one of these ways.",
    )
}
