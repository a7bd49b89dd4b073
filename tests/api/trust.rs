//! Who may change anything: pages of this service and programs on this machine, nobody else.

use axum::http::Method;
use cita::model::Kind;
use serde_json::json;

use crate::support::meetings::CALL;
use crate::support::{Form, TestApp};

const HERE: &str = "http://localhost:7475";
const THERE: &str = "https://example.com";

#[test]
fn a_change_comes_from_here_or_from_a_program() {
    let app = TestApp::new();
    app.import("Acme", "call.vtt", CALL);
    let address = format!("/api/v1/suggestions/{}/undo", app.suggestion(Kind::Friction, "by hand").suggestion.id);
    for (origin, site, allowed) in [
        (None, None, true),
        (None, Some("same-origin"), true),
        (None, Some("none"), true),
        (None, Some("cross-site"), false),
        (None, Some("same-site"), false),
        (Some(HERE), None, true),
        (Some(HERE), Some("same-origin"), true),
        (Some(THERE), None, false),
        (Some(THERE), Some("cross-site"), false),
        (Some("null"), None, false),
        (Some("http://localhost:9999"), None, false),
    ] {
        let mut client = app.client().with("host", "localhost:7475");
        if let Some(origin) = origin {
            client = client.with("origin", origin);
        }
        if let Some(site) = site {
            client = client.with("sec-fetch-site", site);
        }
        // There is nothing to undo: who may ask is told so with 409.
        let expected = if allowed { 409 } else { 403 };
        let answer = client.post(&address, &json!({}));
        assert_eq!(answer.status.as_u16(), expected, "origin {origin:?}, site {site:?}");
        assert_eq!(client.get("/api/v1/status").status.as_u16(), 200, "reading changes nothing: {origin:?}, {site:?}");
    }
}

#[test]
fn every_changing_method_is_guarded() {
    let app = TestApp::new();
    app.import("Acme", "call.vtt", CALL);
    let meeting = app.app.meetings(None, None, None).expect("a list")[0].meeting.id;
    let client = app.client().with("host", "localhost:7475").with("origin", THERE).with("sec-fetch-site", "cross-site");
    client.delete(&format!("/api/v1/meetings/{meeting}")).expect(403);
    client.upload("/api/v1/meetings", Form::file("a.txt", "Ana: hola.").field("customer", "B")).expect(403);
    client.patch("/api/v1/entries/x", &json!({ "statement": "x" })).expect(403);
    client.submit("/", "a=b").expect(403);
    assert_eq!(app.app.meetings(None, None, None).expect("a list").len(), 1);
}

#[test]
fn only_names_of_this_machine_are_answered() {
    let app = TestApp::new();
    let client = app.client();
    for host in ["localhost", "localhost:7475", "127.0.0.1:7475", "[::1]:7475"] {
        client.send_to(host, Method::GET, "/api/v1/status").expect(200);
    }
    for host in ["example.com", "localhost.example.com", "10.0.0.1:7475", "cita.internal", "127.0.0.1.nip.io", ""] {
        client.send_to(host, Method::GET, "/api/v1/status").expect(403);
        client.send_to(host, Method::GET, "/").expect(403);
    }
}

#[test]
fn a_get_changes_nothing() {
    let app = TestApp::new();
    app.import("Acme", "call.vtt", CALL);
    let id = app.suggestion(Kind::Friction, "by hand").suggestion.id;
    for act in ["accept", "reject", "undo"] {
        app.client().get(&format!("/api/v1/suggestions/{id}/{act}")).expect(405);
    }
}
