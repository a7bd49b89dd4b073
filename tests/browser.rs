//! The main job in a real browser, at a desk and on a phone. Whatever the page complains of fails the test.

mod accessible;
mod intake;
mod reading;

use serde_json::{Value, json};

use crate::support::browser::Browser;
use crate::support::meetings::CALL;
use crate::support::{Program, Server};

const QUOTE: &str = "We copy every invoice by hand from the spreadsheet into the system.";

#[test]
fn a_file_becomes_an_accepted_quote_on_a_map_by_form_and_keyboard() {
    let Some(browser) = Browser::open(1440, 900) else { return };
    let (program, server) = serving();
    let file = program.write("call.vtt", CALL);

    browser.go(&server.address);
    browser.enter("#customer", "Molinos Aurora");
    browser.choose_file("#file", &file);
    browser.wait_for("[data-list] .preview", "Renata (Molinos Aurora)");
    browser.click("[data-list] .preview footer .button-main");
    browser.wait_for("[data-list] .outcome", "Molinos Aurora");
    expect_no_complaints(&browser, "the upload");

    browser.go(&review_of_quote(&server));
    browser.wait_for(".focus-quote", QUOTE);
    browser.press("a");
    browser.wait_for(".toast", QUOTE);
    expect_no_complaints(&browser, "the review");

    browser.go(&format!("{}/search", server.address));
    browser.enter("#q", "spreadsheets\u{e007}");
    browser.wait_for("ol.hits", QUOTE);
    assert_eq!(browser.text("ol.hits mark"), "spreadsheet");
    expect_no_complaints(&browser, "the search");

    browser.click("ol.hits .said-by a[href^='/customers/']");
    browser.wait_for("h1", "Molinos Aurora");
    browser.click(".kind-friction details.entry summary");
    browser.wait_for(".kind-friction details.entry[open]", QUOTE);
    browser.wait_for(".kind-friction details.entry[open]", "Renata");
    expect_no_complaints(&browser, "the map");
}

#[test]
fn a_decision_is_taken_back_and_rejected_by_keyboard() {
    let Some(browser) = Browser::open(1440, 900) else { return };
    let (_program, server) = with_a_meeting();
    browser.go(&review_of_quote(&server));
    browser.wait_for(".focus-quote", QUOTE);
    browser.press("a");
    browser.wait_for(".toast", QUOTE);
    browser.press("u");
    browser.wait_for(".focus-quote", QUOTE);
    browser.press("r");
    browser.press("3");
    browser.wait_for(".toast", QUOTE);
    let rejected = get(&server, "/api/v1/suggestions?state=rejected")["suggestions"].clone();
    assert_eq!(
        (&rejected[0]["suggestion"]["quote"]["text"], &rejected[0]["reject_reason"]),
        (&QUOTE.into(), &"idiom".into())
    );
    expect_no_complaints(&browser, "the review");
}

#[test]
fn the_help_opens_and_closes_by_keyboard() {
    let Some(browser) = Browser::open(1440, 900) else { return };
    let (_program, server) = with_a_meeting();
    browser.go(&format!("{}/review", server.address));
    browser.press("?");
    browser.wait_for("dialog[open]", "j");
    browser.press("\u{e00c}");
    assert_eq!(browser.count("dialog[open]"), 0);
}

#[test]
fn what_was_said_is_text_and_nothing_else() {
    let Some(browser) = Browser::open(1440, 900) else { return };
    let program = Program::new();
    program.write(
        "evil.txt",
        "<script>document.title='owned'</script>: We copy <img src=x onerror=\"document.title='owned'\"> by hand.\nBeto: \
         We copy </textarea><svg onload=document.title='owned'> every invoice by hand.\n",
    );
    let customer = "<b onmouseover=alert(1)>Acme</b>";
    program
        .run(&["import", "evil.txt", "--customer", customer, "--title", "\"><img src=x onerror=alert(1)>"])
        .expect(0);
    let server = program.serve();
    for path in
        ["/", "/meetings", "/review", "/search?q=copy", "/customers", "/search?q=%3Cscript%3Ealert(1)%3C/script%3E"]
    {
        browser.go(&format!("{}{path}", server.address));
        let strange =
            browser.count("main img, main script:not([src]), main [onerror], main [onload], main [onmouseover]");
        assert_eq!(strange, 0, "{path} holds an element that a transcript brought");
        let title = browser.run("return document.title", &json!([]));
        assert_ne!(title, "owned", "{path} ran what a transcript said");
        expect_no_complaints(&browser, path);
    }
}

#[test]
fn every_page_fits_a_phone_and_a_desk() {
    for (width, height) in [(390, 844), (1440, 900)] {
        let Some(browser) = Browser::open(width, height) else { return };
        let (_program, server) = with_a_meeting();
        for path in every_page(&server) {
            browser.go(&format!("{}{path}", server.address));
            let wider = browser
                .run("return document.documentElement.scrollWidth - document.documentElement.clientWidth", &json!([]));
            assert_eq!(wider, 0, "{path} is wider than a window of {width}");
            let complaints: Vec<_> =
                browser.complaints().into_iter().filter(|one| path != "/nowhere" || !one.contains("404")).collect();
            assert!(complaints.is_empty(), "{path}: {complaints:#?}");
        }
    }
}

fn serving() -> (Program, Server) {
    let program = Program::new();
    let server = program.serve();
    (program, server)
}

fn with_a_meeting() -> (Program, Server) {
    let program = Program::new();
    program.write("call.vtt", CALL);
    program.run(&["import", "call.vtt", "--customer", "Molinos Aurora"]).expect(0);
    let server = program.serve();
    (program, server)
}

/// The address of every page.
fn every_page(server: &Server) -> Vec<String> {
    let meetings = get(server, "/api/v1/meetings");
    let meeting = &meetings["meetings"][0]["meeting"];
    let (id, customer) = (meeting["id"].as_str().expect("an identity"), meeting["customer"].as_str().expect("one"));
    let addresses =
        ["/", "/meetings", "/review", "/search", "/search?q=invoice", "/search?q=zzzz", "/customers", "/nowhere"];
    let mut addresses: Vec<String> = addresses.map(str::to_owned).to_vec();
    addresses.extend([
        format!("/meetings/{id}"),
        format!("/meetings/{id}?side=customer"),
        format!("/meetings/{id}?state=rejected"),
        format!("/review?meeting={id}"),
        format!("/customers/{customer}"),
        format!("/customers/{customer}/people"),
        format!("/customers/{customer}/profile"),
    ]);
    addresses
}

/// The address of the review of the friction about copying by hand.
fn review_of_quote(server: &Server) -> String {
    let body = get(server, "/api/v1/suggestions");
    let rows = body["suggestions"].as_array().expect("a list");
    let row = rows.iter().find(|row| row["suggestion"]["quote"]["text"] == QUOTE).expect("the obvious one is proposed");
    format!("{}/review?at={}", server.address, row["suggestion"]["id"].as_str().expect("an identity"))
}

fn get(server: &Server, path: &str) -> Value {
    let mut answer = ureq::get(format!("{}{path}", server.address)).call().expect("the service answers");
    serde_json::from_str(&answer.body_mut().read_to_string().expect("it is text")).expect("it is JSON")
}

#[track_caller]
fn expect_no_complaints(browser: &Browser, what: &str) {
    let complaints = browser.complaints();
    assert!(complaints.is_empty(), "{what}: {complaints:#?}");
}
