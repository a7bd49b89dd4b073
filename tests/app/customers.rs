use crate::support::TestApp;
use crate::support::meetings::{CALL, TALK};

#[test]
fn a_new_customer_is_made_and_said_to_be_new() {
    let app = TestApp::new();
    let first = app.import("Molinos Aurora", "call.vtt", CALL);
    assert!(first.new_customer && first.similar_customers.is_empty());
    let known = app.import("  molinos AURORA ", "talk.txt", TALK);
    assert!(!known.new_customer);
    assert_eq!(known.summary.meeting.customer, first.summary.meeting.customer);
}

#[test]
fn a_familiar_name_is_pointed_out_and_still_a_customer_of_its_own() {
    let app = TestApp::new();
    app.import("Molinos Aurora", "call.vtt", CALL);
    let second = app.import("Molinos Aurora SRL", "talk.txt", TALK);
    assert!(second.new_customer);
    assert_eq!(second.similar_customers, ["Molinos Aurora"]);
    assert_eq!(app.app.customers().expect("a list").len(), 2);
}

#[test]
fn a_strange_name_is_familiar_to_nobody() {
    let app = TestApp::new();
    app.import("Molinos Aurora", "call.vtt", CALL);
    assert!(app.import("Banco Uno", "talk.txt", TALK).similar_customers.is_empty());
}

#[test]
fn an_unknown_name_brings_the_nearest_ones() {
    let app = TestApp::new();
    let nobody = app.app.customer_named("Acme").expect_err("there is none");
    assert!(nobody.hint.en.contains("no customers yet"), "{nobody:?}");
    app.import("Molinos Aurora", "call.vtt", CALL);
    app.import("Banco Uno", "talk.txt", TALK);
    let problem = app.app.customer_named("Molino Aurora").expect_err("there is none");
    assert_eq!(problem.code, "customer_not_found");
    assert!(problem.hint.en.starts_with("The nearest names: Molinos Aurora"), "{problem:?}");
}
