//! A transcript in a real browser: by keyboard, by link, with a side put right.

use serde_json::json;

use crate::support::Program;
use crate::support::browser::Browser;

use super::{expect_no_complaints, get, with_a_meeting};

#[test]
fn suggestions_are_decided_in_the_margin_by_keyboard() {
    let Some(browser) = Browser::open(1440, 900) else { return };
    let (_program, server) = with_a_meeting();
    let meeting = get(&server, "/api/v1/meetings")["meetings"][0]["meeting"]["id"].clone();
    browser.go(&format!("{}/meetings/{}", server.address, meeting.as_str().expect("an identity")));
    browser.press("j");
    let focused = || browser.run("return document.activeElement.id", &json!([]));
    assert_eq!(focused(), "s1");
    browser.press("j");
    assert_eq!(focused(), "s2");
    browser.press("k");
    browser.press("a");
    browser.wait_for("#s1", "On the map");
    browser.press("j");
    browser.wait_until("a card has the focus", "return Boolean(document.activeElement.closest('[data-step]'))");
    browser.go(&format!("{}/meetings/{}?state=pending", server.address, meeting.as_str().expect("an identity")));
    browser.press("j");
    browser.press("r");
    browser.press("3");
    browser.wait_for(".meeting .reviewed", "2 of 3 reviewed");
    expect_no_complaints(&browser, "the meeting");
}

#[test]
fn a_link_to_any_turn_finds_it_and_a_side_is_put_right_and_taken_back() {
    let Some(browser) = Browser::open(390, 844) else { return };
    let program = Program::new();
    let line =
        |number: usize| format!("Ana: We copy invoice {number} by hand into the system.\nLuis: I see, {number}.\n");
    program.write("long.txt", (0..450).map(line).collect::<String>());
    program.run(&["import", "long.txt", "--customer", "Acme"]).expect(0);
    let server = program.serve();
    let meeting = get(&server, "/api/v1/meetings")["meetings"][0]["meeting"]["id"].clone();
    let address = format!("{}/meetings/{}", server.address, meeting.as_str().expect("an identity"));
    browser.go(&format!("{address}#t850"));
    browser.wait_for("#t850", "425");
    assert!(browser.address().ends_with("?turn=850#t850"), "{}", browser.address());

    browser.go(&address);
    browser.run("document.querySelector('.speakers-more').open = true", &json!([]));
    browser.click(".speakers li:nth-child(1) button[value$=customer]");
    browser.wait_for(".toast", "Corrected");
    let pressed =
        || browser.run("return document.querySelector('.speakers [aria-pressed=true]').textContent", &json!([]));
    assert_eq!(pressed(), "Customer");
    browser.click(".toast button");
    browser.wait_until("it is as before", "return !document.querySelector('.toast')");
    assert_ne!(pressed(), "Customer");
    expect_no_complaints(&browser, "the meeting");
}
