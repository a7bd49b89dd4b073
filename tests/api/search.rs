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
    assert_eq!(client.get("/api/v1/search?q=copy&across=off&side=team").json()["total"], 0);
    assert_eq!(client.get("/api/v1/search?q=copy&across=off&kind=friction&state=pending").json()["total"], 1);
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

#[test]
fn hits_are_counted_grouped_explained_and_shown_with_their_neighbours() {
    let client = with_two_meetings().client();
    let page = client.get("/api/v1/search?q=copy&facets=true&explain=true&around=1").expect(200).json();
    let facets = &page["facets"];
    let customers: Vec<&str> =
        facets["customers"].as_array().expect("a list").iter().filter_map(|one| one["label"]["en"].as_str()).collect();
    assert_eq!(customers.len(), 2, "{facets:#}");
    assert!(facets["kinds"][0]["filter"].as_str().is_some_and(|filter| filter.starts_with("kind:")), "{facets:#}");
    for hit in page["hits"].as_array().expect("a list") {
        let of = |name: &str| hit["explained"][name].as_f64().expect("a number");
        let sum = (of("utterance") + of("surroundings") + of("meeting")) * of("share");
        assert!((sum - hit["score"].as_f64().expect("a number")).abs() < 0.001, "{hit:#}");
        let turn = hit["turn"].as_u64().expect("a number");
        for near in [&hit["before"], &hit["after"]].into_iter().filter_map(|list| list.as_array()).flatten() {
            assert!(near["turn"].as_u64().is_some_and(|other| other.abs_diff(turn) <= 1), "{hit:#}");
        }
    }
    let grouped = client.get("/api/v1/search?q=copy&group=customer").expect(200).json();
    assert_eq!(
        (&grouped["total_groups"], grouped["hits"].as_array().map(Vec::len)),
        (&2.into(), Some(0)),
        "{grouped:#}"
    );
    let sums: u64 = grouped["groups"].as_array().expect("a list").iter().filter_map(|one| one["total"].as_u64()).sum();
    assert_eq!(Some(sums), grouped["total"].as_u64());
    let silent = client.get("/api/v1/search?q=spreadsheet&across=off&facets=true").expect(200).json();
    assert_eq!(silent["facets"]["not_discussed"], serde_json::json!(["Comercial Norte"]));
}

#[test]
fn a_facet_leads_to_as_many_hits_as_it_says() {
    let client = with_two_meetings().client();
    let page = client.get("/api/v1/search?q=copy&facets=true").expect(200).json();
    for name in ["customers", "kinds", "concepts", "sides", "languages"] {
        for facet in page["facets"][name].as_array().expect("a list") {
            let filter = facet["filter"].as_str().expect("a filter").replace('"', "%22").replace(' ', "+");
            let narrowed = client.get(&format!("/api/v1/search?q=copy+{filter}")).expect(200).json();
            assert_eq!(narrowed["total"], facet["count"], "{facet:#}");
        }
    }
}

#[test]
fn a_query_is_completed_and_put_right() {
    let client = with_two_meetings().client();
    let offers = |q: &str| -> Vec<String> {
        let body = client.get(&format!("/api/v1/search/completions?q={q}")).expect(200).json();
        let list = body["completions"].as_array().expect("a list").clone();
        list.iter().filter_map(|one| one["query"].as_str().map(str::to_owned)).collect()
    };
    assert!(offers("spread").contains(&"spreadsheet".to_owned()), "{:?}", offers("spread"));
    assert!(offers("x+cust").contains(&"x customer:".to_owned()), "{:?}", offers("x+cust"));
    assert!(offers("customer:mol").contains(&"customer:\"Molinos Aurora\"".to_owned()), "{:?}", offers("customer:mol"));
    assert!(offers("tipo:fri").contains(&"tipo:fricción".to_owned()), "{:?}", offers("tipo:fri"));
    let page = client.get("/api/v1/search?q=spredsheet").expect(200).json();
    assert_eq!(page["did_you_mean"], "spreadsheet");
    assert!(client.get("/api/v1/search?q=spreadsheet").json()["did_you_mean"].is_null());
}

#[test]
fn all_hits_leave_as_a_file_in_which_no_cell_is_a_formula() {
    let app = TestApp::new();
    app.import("=1+1", "call.txt", "Ana: =SUM(A1) copy, \"twice\".\nBeto: We copy * everything * by hand.\n");
    let client = app.client();
    let csv = client.get("/api/v1/search/export?q=copy&format=csv").expect(200);
    assert!(csv.header("content-disposition").contains("search.csv"));
    assert!(csv.text().contains("'=1+1,"), "{}", csv.text());
    assert!(csv.text().contains("\"'=SUM(A1) copy, \"\"twice\"\".\""), "{}", csv.text());
    let json = client.get("/api/v1/search/export?q=copy&format=json").expect(200).json();
    assert_eq!(json.as_array().map(Vec::len), Some(2));
    let markdown = client.get("/api/v1/search/export?q=copy&format=md&language=en").expect(200);
    assert!(markdown.text().contains("> We copy \\* everything \\* by hand.\n>\n> — Beto, "), "{}", markdown.text());
    assert_eq!(client.get("/api/v1/search/export?q=copy&format=xlsx").expect(422).json()["code"], "unknown_format");
}

#[test]
fn a_kept_search_tells_what_is_new() {
    let app = with_two_meetings();
    let client = app.client();
    let kept = client.post("/api/v1/searches", &serde_json::json!({ "q": "copy" })).expect(201).json();
    let id = kept["id"].as_str().expect("an identity").to_owned();
    let first = client.get("/api/v1/searches").expect(200).json()["searches"][0].clone();
    assert_eq!((&first["name"], &first["new"]), (&"copy".into(), &0.into()), "{first:#}");
    let feed = client.get(&format!("/search/saved/{id}/feed.atom")).expect(200);
    assert!(feed.header("content-type").starts_with("application/atom+xml"));
    assert!(feed.text().contains("<title>cita · copy</title>"), "{}", feed.text());
    client.post(&format!("/api/v1/searches/{id}/seen"), &serde_json::json!({})).expect(200);
    client.delete(&format!("/api/v1/searches/{id}")).expect(204);
    client.delete(&format!("/api/v1/searches/{id}")).expect(404);
    assert_eq!(
        client.post("/api/v1/searches", &serde_json::json!({ "q": " " })).expect(422).json()["code"],
        "query_empty"
    );
}
