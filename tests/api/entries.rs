use cita::model::{Edit, Kind};
use serde_json::json;

use crate::support::TestApp;
use crate::support::meetings::CALL;

/// A service with one entry, its customer's identity and its address.
fn with_an_entry() -> (TestApp, String, String) {
    let app = TestApp::new();
    app.import("Molinos Aurora", "call.vtt", CALL);
    let row = app.suggestion(Kind::Friction, "by hand");
    let entry =
        app.app.accept(row.suggestion.id, Edit::default()).expect("it can be accepted").entry.expect("an entry");
    (app, row.customer.to_string(), format!("/api/v1/entries/{}", entry.id))
}

#[test]
fn the_entries_of_a_customer_are_listed_with_their_quotes() {
    let (app, customer, address) = with_an_entry();
    let client = app.client();
    let entries = client.get(&format!("/api/v1/entries?customer={customer}")).expect(200).json();
    assert_eq!(entries["entries"], json!([client.get(&address).expect(200).json()]));
    assert_eq!(entries["entries"][0]["quotes"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_list_of_entries_needs_a_customer_that_exists() {
    let (app, ..) = with_an_entry();
    app.client().get("/api/v1/entries").expect(400);
    let unknown = app.client().get("/api/v1/entries?customer=019c0000-0000-7000-8000-ffffffffffff");
    assert_eq!(unknown.expect(404).json()["code"], "customer_not_found");
}

#[test]
fn a_person_words_a_statement_and_the_quotes_stay() {
    let (app, _, address) = with_an_entry();
    let client = app.client();
    let before = client.get(&address).json();
    let after = client.patch(&address, &json!({ "statement": "  Invoices by hand " })).expect(200).json();
    assert_eq!(after["statement"], json!({ "es": "Invoices by hand", "en": "Invoices by hand" }));
    assert_eq!(after["quotes"], before["quotes"]);
    assert_eq!(client.get(&address).json(), after);
}

#[test]
fn an_empty_statement_is_refused() {
    let (app, _, address) = with_an_entry();
    assert_eq!(
        app.client().patch(&address, &json!({ "statement": " " })).expect(422).json()["code"],
        "statement_empty"
    );
}

#[test]
fn an_unknown_entry_is_not_found() {
    let (app, ..) = with_an_entry();
    let unknown = "/api/v1/entries/019c0000-0000-7000-8000-ffffffffffff";
    assert_eq!(app.client().get(unknown).expect(404).json()["code"], "entry_not_found");
    app.client().patch(unknown, &json!({ "statement": "x" })).expect(404);
}
