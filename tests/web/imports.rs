//! Files come in by the page: a preview that keeps nothing, what a person corrects in it, and what confirming makes.

use cita::model::{Side, SideSource};

use crate::support::meetings::{CALL, TALK};
use crate::support::{Answer, Client, Form, TestApp};

/// What a browser would send for the first preview on this page: its fields as they stand, with these in their place.
fn filled(page: &Answer, changes: &[(&str, &str)]) -> String {
    let form = page.text().split("<form method=\"post\" action=\"/imports\"").nth(1).expect("a form to confirm");
    let form = form.split("</form>").next().unwrap_or_default();
    let attribute = |tag: &str, name: &str| {
        let rest = tag.split(&format!(" {name}=\"")).nth(1)?;
        Some(rest.split('"').next().unwrap_or_default().to_owned())
    };
    let mut fields: Vec<(String, String)> = Vec::new();
    for tag in form.split("<input").skip(1).filter_map(|rest| rest.split('>').next()) {
        let is_choice = tag.contains("type=\"radio\"") || tag.contains("type=\"checkbox\"");
        if !is_choice || tag.contains(" checked") {
            fields.extend(attribute(tag, "name").zip(attribute(tag, "value")));
        }
    }
    for (name, value) in changes {
        fields.retain(|(field, _)| field != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    let encode = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    pairs.join("&")
}

fn preview(client: &Client, form: Form) -> Answer {
    client.upload("/previews", form).expect(200)
}

#[test]
fn a_preview_tells_what_would_happen_and_keeps_nothing() {
    let app = TestApp::new();
    let client = app.client().with("accept-language", "en");
    let page = preview(&client, Form::file("call.vtt", CALL).field("customer", "Molinos Aurora"));
    let text = page.text();
    assert!(text.contains("WebVTT") && text.contains("UTF-8") && text.contains("2\u{a0}turns"), "{text}");
    assert!(text.contains("Renata (Molinos Aurora)") && text.contains("How do you close the month today?"), "{text}");
    assert!(text.contains("name=\"side-1\" value=\"customer\" checked"), "{text}");
    assert!(text.contains("value=\"Molinos Aurora\""));
    assert!(app.app.meetings(None, None, None).expect("a list").is_empty(), "nothing is kept");
}

#[test]
fn confirming_a_preview_makes_the_meeting_and_leads_on() {
    let app = TestApp::new();
    let client = app.client().with("accept-language", "en");
    let page = preview(&client, Form::file("call.vtt", CALL).field("customer", "Molinos Aurora"));
    let form = filled(&page, &[("title", "First call"), ("date", "2026-03-01")]);
    let answer = client.submit("/imports", &form).expect(201);
    let meeting = app.app.meetings(None, None, None).expect("a list")[0].meeting.clone();
    assert_eq!((meeting.title.as_str(), meeting.date), ("First call", Some(jiff::civil::date(2026, 3, 1))));
    let text = answer.text();
    assert!(text.contains("New customer: <strong>Molinos Aurora</strong>"), "{text}");
    assert!(text.contains(&format!("href=\"/review?meeting={}\"", meeting.id)));
    assert!(text.contains(&format!("href=\"/meetings/{}\"", meeting.id)));
    assert!(text.contains("Import report") && text.contains("1 Mar 2026"));
    let gone = client.submit("/imports", &form).expect(404);
    assert!(gone.text().contains("no longer in memory"), "{}", gone.text());
}

#[test]
fn a_side_that_a_person_chose_is_kept_as_theirs_and_a_guess_stays_a_guess() {
    let app = TestApp::new();
    let client = app.client();
    let page = preview(&client, Form::file("call.vtt", CALL).field("customer", "Molinos Aurora"));
    client.submit("/imports", &filled(&page, &[("side-1", "third_party")])).expect(201);
    let meeting = app.app.meetings(None, None, None).expect("a list")[0].meeting.id;
    let speakers = app.app.meeting(meeting).expect("it is there").report.speakers;
    assert_eq!((speakers[1].side, speakers[1].side_source), (Side::ThirdParty, SideSource::Person));
    assert_eq!((speakers[0].side, speakers[0].side_source), (Side::Team, SideSource::Label));
}

#[test]
fn a_file_is_read_again_as_another_format_with_one_button() {
    let app = TestApp::new();
    let client = app.client().with("accept-language", "en");
    let page = preview(&client, Form::file("call.txt", TALK).field("customer", "Molinos Aurora"));
    let again = client.submit("/previews/again", &filled(&page, &[("as", "plain"), ("title", "Mine")])).expect(200);
    assert!(again.text().contains("<option value=\"plain\" selected>"), "{}", again.text());
    assert!(again.text().contains("value=\"Mine\""), "what was written stays");
}

#[test]
fn the_same_file_again_is_there_already() {
    let app = TestApp::new();
    app.import("Molinos Aurora", "call.vtt", CALL);
    let client = app.client().with("accept-language", "es");
    let page = preview(&client, Form::file("call.vtt", CALL));
    assert!(page.text().contains("Ya estaba"), "{}", page.text());
    let held = filled(&page, &[("customer", "Molinos Aurora")]);
    let again = client.submit("/imports", &held).expect(200);
    assert!(again.text().contains("Ya estaba"));
    assert_eq!(app.app.meetings(None, None, None).expect("a list").len(), 1);
}

#[test]
fn a_corrected_transcript_becomes_a_revision_that_keeps_its_decisions() {
    let app = TestApp::new();
    let lines: Vec<String> =
        (0..40).map(|n| format!("Ana (Cliente): el pedido {n} llega tarde a la planta {n}.")).collect();
    let first = app.import("Acme", "uno.txt", &lines.join("\n")).summary.meeting.id;
    let corrected = lines.join("\n").replace("el pedido 7 llega", "el pedido siete llega");
    let client = app.client().with("accept-language", "en");
    let page = preview(&client, Form::file("dos.txt", corrected.as_str()).field("customer", "Acme"));
    assert!(page.text().contains("It is a new revision of"), "{}", page.text());
    let answer = client.submit("/imports", &filled(&page, &[("revision", &first.to_string())])).expect(200);
    assert!(answer.text().contains("New revision"), "{}", answer.text());
    assert_eq!(app.app.meetings(None, None, None).expect("a list").len(), 1);
    let page = client.get(&format!("/meetings/{first}")).expect(200);
    assert!(page.text().contains("Revisions of the transcript") && page.text().contains("dos.txt"));
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let app = TestApp::new();
    let client = app.client().with("accept-language", "en");
    let form = Form::file("call.vtt", CALL)
        .and_file("empty.txt", "")
        .and_file("charla.txt", TALK)
        .field("customer", "Molinos Aurora");
    let page = preview(&client, form);
    let text = page.text();
    assert_eq!(text.matches(" data-card").count(), 3, "{text}");
    assert_eq!(text.matches("outcome-bad").count(), 1);
    assert!(text.contains("Nothing of this file was kept."));
}

#[test]
fn a_name_much_like_a_known_one_is_offered() {
    let app = TestApp::new();
    app.import("Molinos Aurora", "call.vtt", CALL);
    let client = app.client().with("accept-language", "en");
    let page = preview(&client, Form::file("charla.txt", TALK).field("customer", "Molino Aurora"));
    assert!(page.text().contains("name=\"called\" value=\"Molinos Aurora\""), "{}", page.text());
    let again = client.submit("/previews/again", &filled(&page, &[("called", "Molinos Aurora")])).expect(200);
    assert!(!again.text().contains("name=\"called\""), "it is known now");
    client.submit("/imports", &filled(&again, &[])).expect(201);
    assert_eq!(app.app.customers().expect("a list").len(), 1);
}

#[test]
fn an_upload_without_a_file_or_a_customer_says_what_is_missing() {
    let app = TestApp::new();
    let client = app.client().with("accept-language", "es");
    let answer = client.upload("/previews", Form::file("", "").field("customer", "Acme")).expect(422);
    assert!(answer.text().contains("No se eligió ningún archivo"), "{}", answer.text());
    let page = preview(&client, Form::file("call.vtt", CALL));
    let answer = client.submit("/imports", &filled(&page, &[("customer", "")])).expect(422);
    assert!(answer.text().contains("Falta el cliente"), "{}", answer.text());
    let answer = client.submit("/imports", &filled(&page, &[("customer", "Acme"), ("date", "ayer")])).expect(422);
    assert!(answer.text().contains("no es una fecha"), "{}", answer.text());
    let answer = client.submit("/imports", &filled(&page, &[("customer", "Acme"), ("side-0", "left")])).expect(422);
    assert!(answer.text().contains("unknown_choice"), "{}", answer.text());
    client.submit("/imports", "a=b").expect(404);
    assert!(app.app.meetings(None, None, None).expect("a list").is_empty());
}

#[test]
fn a_file_over_the_limit_is_refused_with_what_to_do() {
    let app = TestApp::with(|settings| settings.max_file_bytes = 10);
    let form = Form::file("call.vtt", CALL).field("customer", "Acme");
    let answer = app.client().with("accept-language", "en").upload("/previews", form).expect(413);
    assert!(answer.text().contains("max_file_mb"), "{}", answer.text());
}

#[test]
fn the_columns_of_a_table_can_be_told_apart_by_hand() {
    let app = TestApp::new();
    let client = app.client().with("accept-language", "en");
    let table =
        "a;b;c\nAna Suárez;Luis;Copiamos las facturas a mano cada viernes\nAna Suárez;Luis;Todo pasa por el gerente\n";
    let page = preview(&client, Form::file("tabla.csv", table).field("customer", "Acme"));
    assert!(page.text().contains("What each column holds"), "{}", page.text());
    let said = [("column-1", "other"), ("column-2", "speaker"), ("column-3", "text"), ("header", "yes")];
    let again = client.submit("/previews/again", &filled(&page, &said)).expect(200);
    assert!(again.text().contains("<span class=\"speaker\">Luis</span>"), "{}", again.text());
    assert!(!again.text().contains("<span class=\"speaker\">Ana"), "{}", again.text());
}

#[test]
fn an_archive_becomes_a_preview_for_each_file_in_it() {
    let app = TestApp::new();
    let client = app.client().with("accept-language", "en");
    let archive = std::fs::read("fixtures/archives/meetings.zip").expect("the fixture is there");
    let page = client.upload("/previews", Form::file("meetings.zip", archive).field("customer", "Acme")).expect(200);
    assert!(page.text().matches(" data-card").count() > 1, "{}", page.text());
}
