//! What every answer carries, errors included.

use axum::http::Method;
use serde_json::{Value, json};

use crate::support::meetings::CALL;
use crate::support::{Answer, Client, Form, TestApp};

/// What a browser must be told with every answer.
const POLICIES: &[&str] = &[
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "cache-control",
];

#[test]
fn the_policies_are_pinned() {
    let answer = TestApp::new().client().get("/api/v1/status").expect(200);
    let policies: Vec<String> = POLICIES.iter().map(|name| format!("{name}: {}", answer.header(name))).collect();
    insta::assert_snapshot!("policies", policies.join("\n"));
}

#[test]
fn every_answer_carries_them() {
    let app = TestApp::new();
    app.import("Acme", "call.vtt", CALL);
    let client = app.client();
    let expected = policies(&client.get("/api/v1/status").expect(200));
    for (name, answer) in answers(&client) {
        assert_eq!(policies(&answer), expected, "{name}: {answer:?}");
        assert!(!answer.header("x-request-id").is_empty(), "{name} has no identity to ask about");
    }
}

#[test]
fn nothing_of_the_inside_shows_in_an_error() {
    let app = TestApp::new();
    let folder = app.folder().display().to_string();
    for (name, answer) in answers(&app.client()) {
        let text = String::from_utf8_lossy(&answer.bytes);
        for inside in [folder.as_str(), "src/", "panicked", "SELECT", "rusqlite", "tantivy", "RUST_BACKTRACE"] {
            assert!(!text.contains(inside), "{name} shows {inside:?}: {text}");
        }
    }
}

#[test]
fn no_other_origin_is_invited() {
    let answer = TestApp::new().client().with("origin", "https://example.com").get("/api/v1/status");
    assert!(answer.headers.keys().all(|name| !name.as_str().starts_with("access-control-")), "{answer:?}");
}

#[test]
fn the_policy_allows_nothing_inline_and_nothing_foreign() {
    let answer = TestApp::new().client().get("/");
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(!policy.contains("unsafe") && !policy.contains("http") && !policy.contains('*'), "{policy}");
}

/// One answer of each sort.
fn answers(client: &Client) -> Vec<(&'static str, Answer)> {
    let empty = Form::file("empty.txt", "").field("customer", "Acme");
    let foreign = client.send_from("https://example.com", Method::POST, "/api/v1/meetings");
    vec![
        ("a page", client.get("/")),
        ("a page that is not there", client.get("/nowhere")),
        ("a list", client.get("/api/v1/meetings")),
        ("no such address", client.get("/api/v1/nothing")),
        ("no such meeting", client.get("/api/v1/meetings/019c0000-0000-7000-8000-ffffffffffff")),
        ("no identity", client.get("/api/v1/meetings/x")),
        ("no such method", client.send(Method::PUT, "/api/v1/meetings", "", Vec::new())),
        ("no such method at all", client.send(Method::TRACE, "/", "", Vec::new())),
        ("a bad upload", client.upload("/api/v1/meetings", empty)),
        ("no JSON", client.post("/api/v1/suggestions/x/accept", &Value::Null)),
        ("another site", foreign),
        ("another name", client.send_to("example.com", Method::GET, "/")),
        ("a body of the wrong sort", client.post("/api/v1/meetings", &json!({}))),
    ]
}

fn policies(answer: &Answer) -> Vec<String> {
    POLICIES.iter().filter(|name| **name != "cache-control").map(|name| answer.header(name).to_owned()).collect()
}
