use crate::support::TestApp;
use crate::support::meetings::{CALL, TALK};

#[test]
fn customers_are_listed_by_name_with_how_much_there_is() {
    let app = TestApp::new();
    app.import("Zafiro", "call.vtt", CALL);
    app.import("Ágape", "talk.txt", TALK);
    let body = app.client().get("/api/v1/customers").expect(200).json();
    let rows = body["customers"].as_array().expect("a list");
    let names: Vec<_> = rows.iter().map(|row| row["customer"]["name"].clone()).collect();
    assert_eq!(names, ["Ágape", "Zafiro"]);
    assert_eq!(rows[1]["meetings"], 1);
    assert!(rows[1]["pending"].as_u64().is_some_and(|pending| pending > 0), "{body:#}");
    assert_eq!(rows[1]["entries"], 0);
}

#[test]
fn a_customer_is_read_by_its_identity() {
    let app = TestApp::new();
    let customer = app.import("Zafiro", "call.vtt", CALL).summary.meeting.customer;
    let body = app.client().get(&format!("/api/v1/customers/{customer}")).expect(200).json();
    assert_eq!(body["summary"]["customer"]["name"], "Zafiro");
    assert_eq!(body["summary"]["customer"]["standing"], "active");
}

#[test]
fn an_unknown_customer_is_not_found() {
    let unknown = "/api/v1/customers/019c0000-0000-7000-8000-ffffffffffff";
    let body = TestApp::new().client().get(unknown).expect(404).json();
    assert_eq!(body["code"], "customer_not_found");
}
