//! One shape for every error, in the reader's language.

use axum::http::Method;
use serde_json::{Value, json};

use crate::support::meetings::CALL;
use crate::support::{Answer, Client, Form, TestApp};

const MEETINGS: &str = "/api/v1/meetings";

/// A problem in words that a person can use, without what may change.
fn shape(answer: &Answer) -> Value {
    assert_eq!(answer.header("content-type"), "application/problem+json", "{answer:?}");
    let body = answer.json();
    assert_eq!(body["type"], format!("/problems/{}", body["code"].as_str().expect("a code")));
    assert_eq!(body["status"], answer.status.as_u16());
    let language = answer.header("content-language");
    assert_eq!(body["detail"], body["messages"]["detail"][language]);
    assert_eq!(body["hint"], body["messages"]["hint"][language]);
    json!({
        "status": body["status"], "code": body["code"], "detail": body["messages"]["detail"],
        "hint": body["messages"]["hint"], "place": body["place"],
    })
}

fn upload(client: &Client, name: &str, bytes: impl AsRef<[u8]>) -> Answer {
    client.upload(MEETINGS, Form::file(name, bytes).field("customer", "Acme"))
}

#[test]
fn every_bad_upload_says_what_was_found_where_and_what_to_do() {
    let client = TestApp::with(|settings| settings.max_file_bytes = 2_000_000).client();
    let bad = json!({
        "an empty file": shape(&upload(&client, "empty.vtt", "")),
        "a byte-order mark alone": shape(&upload(&client, "mark.txt", "\u{feff}")),
        "blanks alone": shape(&upload(&client, "blank.txt", " \n\n \n")),
        "a picture": shape(&upload(&client, "call.vtt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0")),
        "captions without words": shape(&upload(&client, "call.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n\n00:02.000 --> 00:03.000\n")),
        "broken JSON": shape(&upload(&client, "call.json", "{\"segments\": [\n  {\"text\": \"hola\"\n")),
        "a file over the limit": shape(&upload(&client, "big.txt", "Ana: hola.\n".repeat(190_000))),
        "no customer": shape(&client.upload(MEETINGS, Form::file("call.vtt", CALL))),
        "no file": shape(&client.upload(MEETINGS, Form::default().field("customer", "Acme"))),
        "a field that nobody knows": shape(&client.upload(MEETINGS, Form::file("call.vtt", CALL).field("custmer", "Acme"))),
        "no date": shape(&client.upload(MEETINGS, Form::file("call.vtt", CALL).field("date", "14/03/2026"))),
        "a name without end": shape(&client.upload(MEETINGS, Form::file("call.vtt", CALL).field("customer", &"a".repeat(201)))),
    });
    insta::assert_json_snapshot!("bad_uploads", bad);
    assert_eq!(client.get(MEETINGS).json()["meetings"], json!([]), "nothing half-imported remains");
    assert_eq!(client.get("/api/v1/customers").json()["customers"], json!([]), "nothing half-imported remains");
}

#[test]
fn a_body_over_the_limit_is_refused_before_it_is_read() {
    let client = TestApp::with(|settings| settings.max_file_bytes = 1_000).client();
    let problem = shape(&upload(&client, "big.txt", vec![b'a'; 3_000_000]));
    assert_eq!((&problem["status"], &problem["code"]), (&413.into(), &"request_too_large".into()));
}

#[test]
fn what_the_framework_refuses_has_the_same_shape() {
    let client = TestApp::new().client();
    let refused = json!({
        "no such address": shape(&client.get("/api/v1/nothing")),
        "no such method": shape(&client.send(Method::PUT, MEETINGS, "", Vec::new())),
        "no identity": shape(&client.get(&format!("{MEETINGS}/seven"))),
        "no such filter": shape(&client.get(&format!("{MEETINGS}?custmer=x"))),
        "no such kind": shape(&client.get("/api/v1/suggestions?kind=pian")),
        "no number": shape(&client.get("/api/v1/search?q=a&limit=many")),
        "no JSON": shape(&client.send(Method::POST, "/api/v1/suggestions/019c0000-0000-7000-8000-000000000001/accept", "application/json", b"{".to_vec())),
        "no media type": shape(&client.send(Method::POST, "/api/v1/suggestions/019c0000-0000-7000-8000-000000000001/accept", "", b"{}".to_vec())),
        "no form": shape(&client.post(MEETINGS, &json!({}))),
    });
    insta::assert_json_snapshot!("refusals", refused);
}

#[test]
fn the_reader_chooses_the_language() {
    let app = TestApp::new();
    let path = "/api/v1/maps/Nadie";
    for (accepted, language, detail) in [
        ("es-BO,es;q=0.9,en;q=0.8", "es", "No hay ningún cliente llamado \"Nadie\"."),
        ("en-GB", "en", "There is no customer called \"Nadie\"."),
        ("fr, en;q=0.3, es;q=0.5", "es", "No hay ningún cliente llamado \"Nadie\"."),
        ("fr", "en", "There is no customer called \"Nadie\"."),
    ] {
        let answer = app.client().with("accept-language", accepted).get(path).expect(404);
        assert_eq!(answer.header("content-language"), language, "{accepted}");
        assert_eq!(answer.json()["detail"], detail, "{accepted}");
    }
}

#[test]
fn fields_that_are_not_a_persons_to_set_are_refused() {
    let app = TestApp::new();
    app.import("Acme", "call.vtt", CALL);
    let row = &app.suggestions()[0];
    let client = app.client();
    let address = format!("/api/v1/suggestions/{}", row.suggestion.id);
    for body in [json!({ "workspace": "x" }), json!({ "state": "accepted" }), json!({ "at": "2020-01-01T00:00:00Z" })] {
        client.post(&format!("{address}/accept"), &body).expect(422);
    }
    client.post(&format!("{address}/reject"), &json!({ "reason": "idiom", "by": "me" })).expect(422);
    assert_eq!(client.get(&address).json()["state"], "pending");
}
