use cita::model::{Edit, Kind};

use crate::support::TestApp;
use crate::support::meetings::{CALL, TALK};

/// A service with one accepted friction.
fn with_a_map() -> TestApp {
    let app = TestApp::new();
    app.import("Molinos Aurora", "call.vtt", CALL);
    let row = app.suggestion(Kind::Friction, "by hand");
    app.app.accept(row.suggestion.id, Edit::default()).expect("it can be accepted");
    app
}

#[test]
fn a_map_has_every_section_and_names_its_gaps() {
    let body = with_a_map().client().get("/api/v1/maps/Molinos%20Aurora").expect(200).json();
    let sections = body["sections"].as_array().expect("a list");
    let kinds: Vec<_> = sections.iter().map(|section| section["kind"].clone()).collect();
    assert_eq!(kinds, Kind::ALL.map(Kind::code));
    let filled: Vec<_> = sections.iter().filter(|section| section["entries"] != serde_json::json!([])).collect();
    assert_eq!(filled.len(), 1);
    assert_eq!(filled[0]["kind"], "friction");
    assert_eq!((&body["meetings"], &body["meetings_quoted"]), (&1.into(), &1.into()));
    let quote = &filled[0]["entries"][0]["quotes"][0];
    assert_eq!(quote["speaker"], "Renata (Molinos Aurora)");
    assert!(CALL.contains(quote["text"].as_str().expect("words")));
}

#[test]
fn a_map_is_found_by_name_without_accents_or_by_identity() {
    let app = with_a_map();
    let by_name = app.client().get("/api/v1/maps/molinos%20AURORA").expect(200).json();
    let id = app.app.customer_named("Molinos Aurora").expect("it is there").id;
    assert_eq!(app.client().get(&format!("/api/v1/maps/{id}")).expect(200).json(), by_name);
}

#[test]
fn a_map_of_nobody_names_the_nearest_customers() {
    let app = with_a_map();
    app.import("Comercial Norte", "talk.txt", TALK);
    for path in ["/api/v1/maps/Molinos%20Aurra", "/api/v1/maps/Molinos%20Aurra/export"] {
        let body = app.client().get(path).expect(404).json();
        assert_eq!(body["code"], "customer_not_found");
        assert!(body["hint"].as_str().is_some_and(|hint| hint.contains("Molinos Aurora")), "{body:#}");
    }
}

#[test]
fn an_export_comes_as_a_file_in_either_language() {
    let client = with_a_map().client();
    let spanish = client.get("/api/v1/maps/Molinos%20Aurora/export?format=md&language=es").expect(200);
    assert_eq!(spanish.header("content-type"), "text/markdown; charset=utf-8");
    assert_eq!(spanish.header("content-disposition"), "attachment; filename=\"molinos-aurora-mapa-de-empatia.md\"");
    insta::assert_snapshot!("map_in_spanish", spanish.text());
    let english = client.get("/api/v1/maps/Molinos%20Aurora/export").expect(200);
    assert_eq!(english.header("content-disposition"), "attachment; filename=\"molinos-aurora-empathy-map.md\"");
    insta::assert_snapshot!("map_in_english", english.text());
}

#[test]
fn an_export_for_programs_is_the_map_itself() {
    let client = with_a_map().client();
    let export = client.get("/api/v1/maps/Molinos%20Aurora/export?format=json").expect(200);
    assert_eq!(export.header("content-type"), "application/json");
    let mut map = client.get("/api/v1/maps/Molinos%20Aurora").json();
    map["document"] = "empathy_map".into();
    assert_eq!(export.json(), map);
}

#[test]
fn an_unknown_export_format_names_the_known_ones() {
    let body = with_a_map().client().get("/api/v1/maps/Molinos%20Aurora/export?format=docx").expect(422).json();
    assert_eq!(body["code"], "unknown_export_format");
    assert!(body["hint"].as_str().is_some_and(|hint| hint.contains("md, json")), "{body:#}");
}

#[test]
fn a_name_that_would_break_a_header_stays_in_the_document() {
    let app = TestApp::new();
    app.import("a\"; x=../ñandú / <b>", "call.vtt", CALL);
    let answer = app.client().get("/api/v1/maps/a%22%3B%20x%3D..%2F%C3%B1and%C3%BA%20%2F%20%3Cb%3E/export").expect(200);
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"a-x-nandu-b-empathy-map.md\"");
    assert!(answer.text().contains("&lt;b&gt;") && !answer.text().contains("<b>"), "{}", answer.text());
}
