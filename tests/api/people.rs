use serde_json::{Value, json};

use crate::support::{Client, Form, TestApp};

const FIRST: &str = "\
Jorge Antelo: Nadie sabe cómo cerrar las facturas sin mí.
Lucía Roca: Nos toma dos días cada mes y siempre llegamos tarde.
";
const SECOND: &str = "\
J. Antelo: Las facturas nos toman tres días cada mes y siempre llegamos tarde.
Lucía Roca: Es frustrante, perdemos dos días cada mes.
";

/// Two meetings; answers with the customer's identity.
fn two_meetings(client: &Client) -> String {
    client.upload("/api/v1/meetings", Form::file("a.txt", FIRST).field("customer", "Comversa")).expect(201);
    let body = client.upload("/api/v1/meetings", Form::file("b.txt", SECOND).field("customer", "Comversa")).expect(201);
    body.json()["meeting"]["meeting"]["customer"].as_str().expect("an identity").to_owned()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value:#}"))
}

#[test]
fn proposed_people_are_merged_set_aside_and_taken_apart() {
    let client = TestApp::new().client();
    let customer = two_meetings(&client);
    let proposals = client.get(&format!("/api/v1/people/proposals?customer={customer}")).expect(200).json();
    let proposal = &proposals["proposals"][0];
    assert_eq!(proposal["reason"], "initials");
    let (from, into) = (text(&proposal["other"]["id"]), text(&proposal["one"]["id"]));
    let merged = client.post(&format!("/api/v1/people/{from}/merge"), &json!({"person": into})).expect(200).json();
    assert_eq!((&merged["act"], &merged["undone"]), (&json!("people_merged"), &json!(false)));
    client.post(&format!("/api/v1/people/{from}/merge"), &json!({"person": into})).expect(409);

    let pending = || client.get("/api/v1/suggestions?state=pending").json()["pending"].as_u64().expect("a count");
    let before = pending();
    client.post(&format!("/api/v1/people/{into}/side"), &json!({"side": "team"})).expect(200);
    assert!(pending() < before, "what the team says is proposed no more");
    let people = client.get(&format!("/api/v1/people?customer={customer}")).expect(200).json();
    assert_eq!(people["people"][0]["person"]["side_source"], "person");
    assert_eq!(people["people"][0]["labels"].as_array().map(Vec::len), Some(2));

    let history = client.get(&format!("/api/v1/corrections?person={into}")).expect(200).json();
    let acts: Vec<&str> =
        history["corrections"].as_array().expect("a list").iter().map(|one| text(&one["act"])).collect();
    assert_eq!(acts, ["side_set", "people_merged"]);
    for correction in history["corrections"].as_array().expect("a list") {
        let undo = format!("/api/v1/corrections/{}/undo", text(&correction["id"]));
        assert_eq!(client.post(&undo, &json!({})).expect(200).json()["undone"], true);
        assert_eq!(client.post(&undo, &json!({})).expect(409).json()["code"], "already_undone");
    }
    assert_eq!(pending(), before, "and it is proposed again");
}

#[test]
fn a_person_gets_a_name_and_a_role() {
    let client = TestApp::new().client();
    let customer = two_meetings(&client);
    let people = client.get(&format!("/api/v1/people?customer={customer}")).json();
    let address = format!("/api/v1/people/{}", text(&people["people"][0]["person"]["id"]));
    let body = client.patch(&address, &json!({"name": "Jorge Antelo", "role": "Gerente"})).expect(200).json();
    assert_eq!(body["corrections"].as_array().map(Vec::len), Some(2));
    let person = client.get(&address).expect(200).json();
    assert_eq!(
        (&person["name"], &person["label"], &person["role"]),
        (&json!("Jorge Antelo"), &json!("J. Antelo"), &json!("Gerente"))
    );
    assert_eq!(client.patch(&address, &json!({"name": ""})).expect(422).json()["code"], "name_empty");
}

#[test]
fn fields_that_nobody_may_set_are_refused() {
    let client = TestApp::new().client();
    let customer = two_meetings(&client);
    let people = client.get(&format!("/api/v1/people?customer={customer}")).json();
    let person = text(&people["people"][0]["person"]["id"]).to_owned();
    let meetings = client.get("/api/v1/meetings").json();
    let meeting = text(&meetings["meetings"][0]["meeting"]["id"]).to_owned();
    for (address, body) in [
        (format!("/api/v1/people/{person}"), json!({"name": "A", "side": "team"})),
        (format!("/api/v1/people/{person}"), json!({"merged_into": person})),
        (format!("/api/v1/customers/{customer}"), json!({"name": "A", "workspace_id": 1})),
        (format!("/api/v1/meetings/{meeting}"), json!({"title": "A", "revision_of": meeting})),
    ] {
        client.patch(&address, &body).expect(422);
    }
    for (address, body) in [
        (format!("/api/v1/people/{person}/side"), json!({"side": "team", "side_source": "label"})),
        (format!("/api/v1/people/{person}/merge"), json!({"into": person})),
        (format!("/api/v1/customers/{customer}/merge"), json!({"customer": customer, "approved_by": "x"})),
        (format!("/api/v1/meetings/{meeting}/revisions"), json!({"meeting": meeting, "carried": 9})),
    ] {
        client.post(&address, &body).expect(422);
    }
    client.get(&format!("/api/v1/people?customer={customer}&side=team")).expect(400);
}

#[test]
fn customers_are_renamed_grouped_and_merged() {
    let client = TestApp::new().client();
    let customer = two_meetings(&client);
    let form = Form::file("c.txt", FIRST.replace("facturas", "guías")).field("customer", "Conversa");
    let other = client.upload("/api/v1/meetings", form).expect(201).json();
    let other = text(&other["meeting"]["meeting"]["customer"]).to_owned();
    let proposals = client.get("/api/v1/customers/proposals").expect(200).json();
    assert_eq!(proposals["proposals"][0]["one"]["name"], "Comversa");
    let address = format!("/api/v1/customers/{customer}");
    client.post(&format!("{address}/aliases"), &json!({"name": "Comversa SRL"})).expect(200);
    client.post(&format!("{address}/aliases"), &json!({"name": "conversa"})).expect(409);
    let put = |body: Value| {
        client.send(
            axum::http::Method::PUT,
            &format!("/api/v1/customers/{other}/parent"),
            "application/json",
            body.to_string().into_bytes(),
        )
    };
    put(json!({"parent": {"customer": customer, "part": "unit"}})).expect(200);
    let view = client.get(&address).expect(200).json();
    assert_eq!(view["parts"][0]["part"], "unit");
    assert_eq!(view["aliases"], json!(["Comversa SRL"]));
    put(json!({"parent": null})).expect(200);
    put(json!({"parent": {"customer": other, "part": "unit"}})).expect(409);
    let merged =
        client.post(&format!("/api/v1/customers/{other}/merge"), &json!({"customer": customer})).expect(200).json();
    assert_eq!(client.get("/api/v1/customers").json()["customers"].as_array().map(Vec::len), Some(1));
    assert_eq!(client.get(&address).json()["summary"]["meetings"], 3);
    client.post(&format!("/api/v1/corrections/{}/undo", text(&merged["id"])), &json!({})).expect(200);
    assert_eq!(client.get(&address).json()["summary"]["meetings"], 2);
    assert_eq!(client.patch(&address, &json!({"name": "Conversa"})).expect(409).json()["code"], "customer_exists");
}

#[test]
fn a_meeting_is_corrected_and_its_speakers_are_named() {
    let client = TestApp::new().client();
    two_meetings(&client);
    let meetings = client.get("/api/v1/meetings").json();
    let address = format!("/api/v1/meetings/{}", text(&meetings["meetings"][0]["meeting"]["id"]));
    client.patch(&address, &json!({"title": "Cierre", "date": "2026-03-14"})).expect(200);
    assert_eq!(client.get(&address).json()["summary"]["meeting"]["date"], "2026-03-14");
    client.patch(&address, &json!({"date": null})).expect(200);
    let meeting = client.get(&address).json()["summary"]["meeting"].clone();
    assert_eq!((&meeting["title"], &meeting["date"]), (&json!("Cierre"), &Value::Null));
    client.patch(&address, &json!({"date": "mañana"})).expect(422);
    let speakers = client.get(&format!("{address}/speakers")).expect(200).json();
    assert_eq!(speakers["speakers"][1]["person"]["name"], "Lucía Roca");
}
