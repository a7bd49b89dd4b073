//! Uploads from the page: several files, files that were there already, files that cannot be read.

use crate::support::meetings::{CALL, TALK};
use crate::support::{Form, TestApp};

#[test]
fn an_upload_tells_what_was_found_and_leads_on() {
    let app = TestApp::new();
    let client = app.client().with("accept-language", "en");
    let form = Form::file("call.vtt", CALL)
        .field("customer", "Molinos Aurora")
        .field("title", "First call")
        .field("date", "2026-03-01");
    let answer = client.upload("/imports", form).expect(201);
    let meeting = app.app.meetings(None, None, None).expect("a list")[0].meeting.clone();
    assert_eq!((meeting.title.as_str(), meeting.date), ("First call", Some(jiff::civil::date(2026, 3, 1))));
    let text = answer.text();
    assert!(text.contains("New customer: <strong>Molinos Aurora</strong>"), "{text}");
    assert!(text.contains(&format!("href=\"/review?meeting={}\"", meeting.id)));
    assert!(text.contains(&format!("href=\"/meetings/{}\"", meeting.id)));
    assert!(text.contains("Import report") && text.contains("1 Mar 2026"));
}

#[test]
fn the_same_file_again_is_there_already() {
    let app = TestApp::new();
    let client = app.client().with("accept-language", "es");
    let form = || Form::file("call.vtt", CALL).field("customer", "Molinos Aurora").field("title", "").field("date", "");
    client.upload("/imports", form()).expect(201);
    let again = client.upload("/imports", form()).expect(200);
    assert!(again.text().contains("Ya estaba"));
    assert_eq!(app.app.meetings(None, None, None).expect("a list").len(), 1);
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let app = TestApp::new();
    let client = app.client().with("accept-language", "en");
    let form = Form::file("call.vtt", CALL)
        .and_file("empty.txt", "")
        .and_file("charla.txt", TALK)
        .field("customer", "Molinos Aurora");
    let answer = client.upload("/imports", form).expect(201);
    let text = answer.text();
    assert_eq!(text.matches("<article class=\"outcome").count(), 3, "{text}");
    assert_eq!(text.matches("outcome-bad").count(), 1);
    assert!(text.contains("Nothing of this file was kept."));
    assert_eq!(app.app.meetings(None, None, None).expect("a list").len(), 2);
}

#[test]
fn a_name_much_like_a_known_one_is_told() {
    let app = TestApp::new();
    app.import("Molinos Aurora", "call.vtt", CALL);
    let form = Form::file("charla.txt", TALK).field("customer", "Molino Aurora");
    let answer = app.client().with("accept-language", "en").upload("/imports", form).expect(201);
    assert!(answer.text().contains("It is much like: <strong>Molinos Aurora</strong>"), "{}", answer.text());
}

#[test]
fn an_upload_without_a_file_or_a_customer_says_what_is_missing() {
    let app = TestApp::new();
    let client = app.client().with("accept-language", "es");
    let answer = client.upload("/imports", Form::file("", "").field("customer", "Acme")).expect(422);
    assert!(answer.text().contains("No se eligió ningún archivo"), "{}", answer.text());
    let answer = client.upload("/imports", Form::file("call.vtt", CALL).field("customer", "")).expect(422);
    assert!(answer.text().contains("Falta el cliente"), "{}", answer.text());
    let answer = client
        .upload("/imports", Form::file("call.vtt", CALL).field("customer", "Acme").field("date", "ayer"))
        .expect(422);
    assert!(answer.text().contains("no es una fecha"), "{}", answer.text());
    client.submit("/imports", "a=b").expect(400);
    assert!(app.app.meetings(None, None, None).expect("a list").is_empty());
}

#[test]
fn a_file_over_the_limit_is_refused_with_what_to_do() {
    let app = TestApp::with(|settings| settings.max_file_bytes = 10);
    let form = Form::file("call.vtt", CALL).field("customer", "Acme");
    let answer = app.client().with("accept-language", "en").upload("/imports", form).expect(413);
    assert!(answer.text().contains("max_file_mb"), "{}", answer.text());
}
