//! Who asks for a page: in which language, and from where.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};

use crate::model::{CorrectionId, UiLanguage};

/// The cookie that remembers the language which a person chose.
pub(super) const LANGUAGE_COOKIE: &str = "language";

/// Who asks.
#[derive(Clone, Debug)]
pub(super) struct Visitor {
    /// The language to answer in.
    pub(super) language: UiLanguage,
    /// Path and query of the page, to come back to; home for an address that takes forms only.
    pub(super) here: String,
    /// What was put right a moment ago, to offer taking it back.
    pub(super) fixed: Option<CorrectionId>,
}

impl Visitor {
    /// Reads cookie, `Accept-Language` and address.
    pub(super) fn of(method: &Method, uri: &axum::http::Uri, headers: &HeaderMap) -> Self {
        let said = |part: &str| part.strip_prefix("fixed=").and_then(|id| id.parse().ok());
        let parts = || uri.query().into_iter().flat_map(|query| query.split('&'));
        let kept: Vec<&str> = parts().filter(|part| said(part).is_none()).collect();
        let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
        let here = if *method == Method::GET { format!("{}{query}", uri.path()) } else { "/".to_owned() };
        Self { language: language(headers), here, fixed: parts().find_map(said) }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::of(&parts.method, &parts.uri, &parts.headers))
    }
}

/// The language that the person chose, or else the one that the browser likes best.
fn language(headers: &HeaderMap) -> UiLanguage {
    let chosen = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find_map(|(name, value)| (name == LANGUAGE_COOKIE).then(|| UiLanguage::from_code(value)).flatten());
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    chosen.or_else(|| UiLanguage::preferred(accepted)).unwrap_or_default()
}
