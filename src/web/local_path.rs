//! Where a browser may be sent after a form: only to a page of this site.

use std::fmt;

use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::model::MeetingId;

/// An address of this site: path and query, without scheme or host.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub(super) struct LocalPath(String);

impl LocalPath {
    /// Takes an address that can only mean this site; a browser drops tabs and line breaks and reads `\` as `/`, so
    /// none of them may be in it.
    pub(super) fn new(text: &str) -> Option<Self> {
        let rest = text.strip_prefix('/')?;
        let local = !rest.starts_with('/') && text.chars().all(|letter| letter.is_ascii_graphic() && letter != '\\');
        local.then(|| Self(text.to_owned()))
    }

    /// The same address with one more parameter in its query.
    pub(super) fn with(&self, name: &str, value: impl fmt::Display) -> Self {
        let (address, fragment) = self.0.split_once('#').unwrap_or((&self.0, ""));
        let joint = if address.contains('?') { '&' } else { '?' };
        let fragment = if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
        Self(format!("{address}{joint}{name}={value}{fragment}"))
    }

    /// A turn of a meeting's transcript, on the page that holds it.
    pub(super) fn turn(meeting: MeetingId, ordinal: usize) -> Self {
        Self(format!("/meetings/{meeting}?turn={ordinal}#t{ordinal}"))
    }

    /// Sends the browser there with a new GET request.
    pub(super) fn see_other(&self) -> Response {
        Redirect::to(&self.0).into_response()
    }
}

impl From<String> for LocalPath {
    /// Home, where the address could mean another site.
    fn from(text: String) -> Self {
        Self::new(&text).unwrap_or_else(|| Self("/".to_owned()))
    }
}

impl fmt::Display for LocalPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::LocalPath;

    #[test]
    fn pages_of_this_site_are_taken() {
        for path in ["/", "/review?at=1#t3", "/search?q=%C3%B1", "/meetings/a//b"] {
            assert_eq!(LocalPath::new(path).map(|path| path.to_string()).as_deref(), Some(path));
        }
    }

    #[test]
    fn addresses_of_other_sites_become_home() {
        let foreign = [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example/",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "javascript:alert(1)",
            "evil",
            "/a\\b",
            "/ñ",
            "/a\r\nSet-Cookie: x=1",
            " /",
        ];
        for path in foreign {
            assert_eq!(LocalPath::from(path.to_owned()).to_string(), "/", "{path:?}");
        }
    }

    #[test]
    fn a_parameter_joins_before_the_fragment() {
        let path = LocalPath::from("/meetings/7?a=1#t3".to_owned());
        assert_eq!(path.with("done", 5).to_string(), "/meetings/7?a=1&done=5#t3");
        assert_eq!(LocalPath::from("/review".to_owned()).with("at", 5).to_string(), "/review?at=5");
    }
}
