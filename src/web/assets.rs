//! Style sheets, scripts and pictures, compiled in; their addresses carry their hash, so that a browser keeps them.

use std::fmt::Write as _;

use axum::extract::{Path, RawQuery};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "src/web/assets/"]
struct Assets;

const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ASK_EACH_TIME: &str = "no-cache";

/// The address of an asset: another one as soon as its bytes are others.
pub(super) fn address(name: &str) -> String {
    let version = Assets::get(name).map(|file| version(&file)).unwrap_or_default();
    format!("/assets/{name}?v={version}")
}

/// `GET /assets/{name}`
pub(super) async fn serve(Path(name): Path<String>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let (Some(file), Some(media_type)) = (Assets::get(&name), media_type(&name)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let version = version(&file);
    let tag = format!("\"{version}\"");
    let asked_by_version = query.as_deref().and_then(|query| query.strip_prefix("v=")) == Some(version.as_str());
    let caching = if asked_by_version { FOR_EVER } else { ASK_EACH_TIME };
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let about = [(header::CACHE_CONTROL, caching.to_owned()), (header::ETAG, tag)];
    if known {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    (about, [(header::CONTENT_TYPE, media_type)], file.data).into_response()
}

/// The first 48 bits of the file's hash, in hexadecimal.
fn version(file: &EmbeddedFile) -> String {
    file.metadata.sha256_hash()[..6].iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
        text
    })
}

fn media_type(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "css" => Some("text/css; charset=utf-8"),
        "js" => Some("text/javascript; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        _ => None,
    }
}
