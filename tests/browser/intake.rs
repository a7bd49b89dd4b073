//! Files come in by the page: with scripts as many as one likes, without them one at a time.

use std::path::PathBuf;

use serde_json::json;

use crate::support::browser::Browser;
use crate::support::meetings::{CALL, TALK};

use super::{expect_no_complaints, get, serving};

#[test]
fn many_files_are_read_corrected_and_imported_on_one_page() {
    let Some(browser) = Browser::open(1440, 900) else { return };
    let (program, server) = serving();
    let files: Vec<PathBuf> =
        vec![program.write("call.vtt", CALL), program.write("charla.txt", TALK), program.write("empty.txt", "")];
    let paths: Vec<&str> = files.iter().map(|path| path.to_str().expect("a path of the test")).collect();
    browser.go(&server.address);
    browser.enter("#file", &paths.join("\n"));
    browser.wait_for("#intake-count", "3");
    browser.wait_for("[data-list] .outcome-bad", "empty.txt");
    assert_eq!(browser.count("[data-list] form[data-preview]"), 2);

    browser.enter("#customer", "Molinos Aurora\u{e004}");
    browser.wait_until("every preview has its customer", "return [...document.querySelectorAll('[data-list] [name=customer]')].length === 2 && !document.querySelector('[aria-busy]') && [...document.querySelectorAll('[data-list] [name=customer]')].every((one) => one.value)");
    browser.click("[data-list] .preview input[value=third_party]");
    browser.wait_until("the side is kept", "return !document.querySelector('[aria-busy]') && document.querySelector('[data-list] .preview input[value=third_party]').checked");
    browser.click("[data-import-all]");
    browser.wait_until(
        "both are imported",
        "return document.querySelectorAll('[data-list] .outcome:not(.outcome-bad)').length === 2",
    );
    let meetings = get(&server, "/api/v1/meetings")["meetings"].clone();
    assert_eq!(meetings.as_array().map(Vec::len), Some(2));
    let complaints = browser.complaints();
    let unexpected: Vec<_> = complaints.iter().filter(|one| !one.contains("422")).collect();
    assert!(unexpected.is_empty(), "{unexpected:#?}");
}

#[test]
fn one_file_is_previewed_and_imported_without_scripts() {
    let Some(browser) = Browser::open(390, 844) else { return };
    let (program, server) = serving();
    let file = program.write("call.vtt", CALL);
    browser.speak("es");
    browser.run_scripts(false);
    browser.go(&server.address);
    browser.choose_file("#file", &file);
    browser.enter("#customer", "Molinos Aurora");
    browser.click("form.upload .button-main");
    browser.find_text("h1", "Esto se entiende");
    browser.find_text(".preview .speaker", "Camila (team)");
    browser.click(".preview [data-again]");
    browser.find_text("h1", "Esto se entiende");
    browser.click(".preview footer .button-main");
    browser.find_text("h1", "Importación");
    browser.click(".outcome h2 a");
    browser.find_text("h1", "call");
    browser.click(".card form .button");
    browser.find_text(".card-state", "En el mapa");
    browser.run_scripts(true);
    assert_eq!(browser.run("return document.querySelectorAll('.card-accepted').length", &json!([])), 1);
    expect_no_complaints(&browser, "the pages without scripts");
}
