use serde_json::json;

use crate::support::meetings::{CALL, TALK};
use crate::support::{Form, TestApp};

const MEETINGS: &str = "/api/v1/meetings";

fn call() -> Form {
    Form::file("call.vtt", CALL).field("customer", "Molinos Aurora")
}

#[test]
fn an_upload_makes_a_meeting_and_says_where() {
    let client = TestApp::new().client();
    let form = call().field("title", "Month end").field("date", "2026-03-14");
    let answer = client.upload(MEETINGS, form).expect(201);
    let body = answer.json();
    let meeting = &body["meeting"]["meeting"];
    assert_eq!(answer.header("location"), format!("{MEETINGS}/{}", meeting["id"].as_str().expect("an identity")));
    assert_eq!(meeting["title"], "Month end");
    assert_eq!(meeting["date"], "2026-03-14");
    assert_eq!(meeting["source"]["file_name"], "call.vtt");
    assert_eq!(body["meeting"]["customer_name"], "Molinos Aurora");
    assert_eq!(body["meeting"]["turns"], 2);
    assert_eq!((&body["already_there"], &body["new_customer"]), (&json!(false), &json!(true)));
    assert_eq!(body["report"]["format"], "webvtt");
    assert!(body["suggestions"].as_array().is_some_and(|kinds| !kinds.is_empty()), "{body:#}");
}

#[test]
fn the_same_file_twice_is_one_meeting_and_says_so() {
    let client = TestApp::new().client();
    let first = client.upload(MEETINGS, call()).expect(201).json();
    let form = Form::file("another-name.vtt", CALL).field("customer", "Somebody else");
    let second = client.upload(MEETINGS, form).expect(200).json();
    assert_eq!(second["already_there"], true);
    assert_eq!(second["meeting"], first["meeting"]);
    assert_eq!(client.get(MEETINGS).json()["meetings"].as_array().map(Vec::len), Some(1));
    assert_eq!(client.get("/api/v1/customers").json()["customers"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_new_customer_with_a_familiar_name_is_pointed_out() {
    let client = TestApp::new().client();
    client.upload(MEETINGS, call()).expect(201);
    let form = Form::file("talk.txt", TALK).field("customer", "Molino Aurora");
    let body = client.upload(MEETINGS, form).expect(201).json();
    assert_eq!(body["new_customer"], true);
    assert_eq!(body["similar_customers"], json!(["Molinos Aurora"]));
}

#[test]
fn a_known_customer_is_found_whatever_its_case_and_accents() {
    let client = TestApp::new().client();
    client.upload(MEETINGS, call()).expect(201);
    let form = Form::file("talk.txt", TALK).field("customer", "molinos áurora");
    assert_eq!(client.upload(MEETINGS, form).expect(201).json()["new_customer"], false);
}

#[test]
fn a_list_is_newest_first_and_comes_in_pages() {
    let client = TestApp::new().client();
    for (name, date) in [("a.vtt", "2026-01-01"), ("b.vtt", "2026-03-03"), ("c.vtt", "2026-02-02")] {
        let form = Form::file(name, format!("{CALL}\nNOTE {name}\n")).field("customer", "Acme").field("date", date);
        client.upload(MEETINGS, form).expect(201);
    }
    let page = client.get(&format!("{MEETINGS}?limit=2")).expect(200).json();
    let dates: Vec<_> =
        page["meetings"].as_array().expect("a list").iter().map(|row| row["meeting"]["date"].clone()).collect();
    assert_eq!(dates, ["2026-03-03", "2026-02-02"]);
    let last = page["meetings"][1]["meeting"]["id"].as_str().expect("an identity");
    let rest = client.get(&format!("{MEETINGS}?limit=2&before={last}")).expect(200).json();
    assert_eq!(rest["meetings"][0]["meeting"]["date"], "2026-01-01");
    assert_eq!(rest["meetings"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_list_can_be_of_one_customer() {
    let client = TestApp::new().client();
    let first = client.upload(MEETINGS, call()).expect(201).json();
    client.upload(MEETINGS, Form::file("talk.txt", TALK).field("customer", "Acme")).expect(201);
    let customer = first["meeting"]["meeting"]["customer"].as_str().expect("an identity");
    let page = client.get(&format!("{MEETINGS}?customer={customer}")).expect(200).json();
    assert_eq!(page["meetings"], json!([first["meeting"]]));
}

#[test]
fn a_meeting_is_read_with_its_words_and_its_suggestions() {
    let client = TestApp::new().client();
    let id = client.upload(MEETINGS, call()).json()["meeting"]["meeting"]["id"].clone();
    let view = client.get(&format!("{MEETINGS}/{}", id.as_str().expect("an identity"))).expect(200).json();
    assert_eq!(view["turns"][1]["speaker"]["label"], "Renata (Molinos Aurora)");
    assert_eq!(view["turns"][1]["start_ms"], 6000);
    let utterance = &view["turns"][1]["utterances"][0];
    assert_eq!(utterance["text"], "We copy every invoice by hand from the spreadsheet into the system.");
    let mark = &utterance["quotes"][0];
    let place = usize::try_from(mark["suggestion"].as_u64().expect("a place")).expect("a small one");
    let quote = view["suggestions"][place]["suggestion"]["quote"]["text"].as_str().expect("a quote");
    let span = |name: &str| usize::try_from(mark["span"][name].as_u64().expect("a byte")).expect("a small one");
    assert_eq!(&utterance["text"].as_str().expect("words")[span("start")..span("end")], quote);
}

#[test]
fn a_deleted_meeting_is_gone_everywhere() {
    let client = TestApp::new().client();
    let id =
        client.upload(MEETINGS, call()).json()["meeting"]["meeting"]["id"].as_str().expect("an identity").to_owned();
    assert_eq!(client.get("/api/v1/search?q=spreadsheet").json()["total"], 1);
    client.delete(&format!("{MEETINGS}/{id}")).expect(204);
    client.get(&format!("{MEETINGS}/{id}")).expect(404);
    client.delete(&format!("{MEETINGS}/{id}")).expect(404);
    assert_eq!(client.get("/api/v1/search?q=spreadsheet").json()["total"], 0);
    assert_eq!(client.get("/api/v1/suggestions").json()["suggestions"], json!([]));
    assert_eq!(client.upload(MEETINGS, call()).expect(201).json()["already_there"], false);
}

#[test]
fn a_preview_tells_what_an_import_would_find_and_keeps_nothing() {
    let client = TestApp::new().client();
    let report = client.upload("/api/v1/previews", call()).expect(200).json();
    assert_eq!(report["report"]["format"], "webvtt");
    assert_eq!(report["report"]["turns"], 2);
    assert_eq!(report["report"]["utterances"], 4);
    assert_eq!(client.get(MEETINGS).json()["meetings"], json!([]));
    assert_eq!(client.get("/api/v1/customers").json()["customers"], json!([]));
}

#[test]
fn a_format_can_be_named_where_the_detection_is_wrong() {
    let client = TestApp::new().client();
    let report = client.upload("/api/v1/previews", call().field("format", "text")).json();
    assert_ne!(report["report"]["format"], "webvtt", "{report:#}");
    let refused = client.upload("/api/v1/previews", call().field("format", "webvt")).expect(422).json();
    assert_eq!(refused["code"], "unknown_format");
    assert!(refused["hint"].as_str().is_some_and(|hint| hint.contains("webvtt")), "{refused:#}");
}
