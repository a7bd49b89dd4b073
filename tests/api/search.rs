use crate::support::TestApp;
use crate::support::meetings::{CALL, TALK};

fn with_two_meetings() -> TestApp {
    let app = TestApp::new();
    app.import("Molinos Aurora", "call.vtt", CALL);
    app.import("Comercial Norte", "talk.txt", TALK);
    app
}

#[test]
fn a_hit_says_where_it_was_said_and_what_to_highlight() {
    let app = with_two_meetings();
    let body = app.client().get("/api/v1/search?q=spreadsheet").expect(200).json();
    assert_eq!(body["total"], 1);
    let hit = &body["hits"][0];
    assert_eq!(hit["source"], "call.vtt");
    assert_eq!(hit["customer_name"], "Molinos Aurora");
    assert_eq!((&hit["turn"], &hit["speaker"]), (&1.into(), &"Renata (Molinos Aurora)".into()));
    assert_eq!(hit["language"]["language"], "en");
    let text = hit["text"].as_str().expect("words");
    let at = |name: &str| usize::try_from(hit["spans"][0][name].as_u64().expect("a byte")).expect("a small one");
    assert_eq!(&text[at("start")..at("end")], "spreadsheet");
    assert_eq!(body["index"]["state"]["is"], "ready");
}

#[test]
fn words_meet_across_inflection_case_and_accents() {
    let client = with_two_meetings().client();
    for query in ["factura", "FACTURAS", "f%C3%A1ctura", "copiar", "copiamos"] {
        let body = client.get(&format!("/api/v1/search?q={query}")).expect(200).json();
        assert_eq!(body["hits"][0]["source"], "talk.txt", "{query}: {body:#}");
    }
}

#[test]
fn every_filter_narrows() {
    let app = with_two_meetings();
    let client = app.client();
    let all = client.get("/api/v1/search?q=copy+OR+copiar").expect(200).json();
    assert_eq!(all["total"], 2);
    let norte = app.app.customer_named("Comercial Norte").expect("it is there").id;
    for filter in [
        "customer=Comercial%20Norte".to_owned(),
        format!("customer={norte}"),
        "language=es".to_owned(),
        format!(
                "meeting={}",
                all["hits"].as_array().expect("a list").iter().find(|hit| hit["source"] == "talk.txt").expect("a hit")
                    ["meeting"]
                    .as_str()
                    .expect("an identity")
            ),
    ] {
        let body = client.get(&format!("/api/v1/search?q=copy+OR+copiar&{filter}")).expect(200).json();
        assert_eq!(body["total"], 1, "{filter}");
        assert_eq!(body["hits"][0]["source"], "talk.txt", "{filter}");
    }
    assert_eq!(client.get("/api/v1/search?q=copy&side=team").json()["total"], 0);
    assert_eq!(client.get("/api/v1/search?q=copy&kind=friction&state=pending").json()["total"], 1);
    assert_eq!(client.get("/api/v1/search?q=copy&state=accepted").json()["total"], 0);
}

#[test]
fn pages_follow_one_another() {
    let client = with_two_meetings().client();
    let query = "/api/v1/search?q=renata+OR+every+OR+copiar+OR+month&limit=1";
    let first = client.get(query).expect(200).json();
    let second = client.get(&format!("{query}&offset=1")).expect(200).json();
    assert!(first["total"].as_u64().is_some_and(|total| total > 1), "{first:#}");
    assert_ne!(first["hits"][0]["utterance"], second["hits"][0]["utterance"]);
}

#[test]
fn a_mistaken_query_is_read_as_well_as_it_can_be() {
    let client = with_two_meetings().client();
    for query in ["%22unclosed+copy", "%28copy", "copy+AND", "OR", "copy+%29", "*", "%22%22", "-", "kind%3A", "a%00b"] {
        let answer = client.get(&format!("/api/v1/search?q={query}"));
        assert!(matches!(answer.status.as_u16(), 200 | 422), "{query}: {answer:?}");
    }
    let notes = client.get("/api/v1/search?q=%22unclosed").expect(200).json()["notes"].clone();
    assert_eq!(notes[0]["code"], "unclosed_quote");
    assert!(notes[0]["detail"]["es"].is_string() && notes[0]["detail"]["en"].is_string(), "{notes:#}");
}

#[test]
fn a_query_has_limits() {
    let client = with_two_meetings().client();
    let long = client.get(&format!("/api/v1/search?q={}", "a".repeat(1_025))).expect(422).json();
    assert_eq!(long["code"], "query_too_long");
    let many = "copy+".repeat(200);
    let answer = client.get(&format!("/api/v1/search?q={many}"));
    assert!(matches!(answer.status.as_u16(), 200 | 422), "{answer:?}");
    client.get("/api/v1/search").expect(400);
    assert_eq!(client.get("/api/v1/search?q=copy&customer=Nobody").expect(404).json()["code"], "customer_not_found");
}

#[test]
fn hostile_words_come_back_as_words() {
    let app = TestApp::new();
    app.import("Acme", "call.txt", "Ana: We copy <img src=x onerror=alert(1)> spreadsheets by hand.\nBeto: Ok.\n");
    let hit = app.client().get("/api/v1/search?q=spreadsheets").json()["hits"][0].clone();
    assert_eq!(hit["text"], "We copy <img src=x onerror=alert(1)> spreadsheets by hand.");
}
