//! axe-core judges every page, light and dark, at a desk and on a phone, in both languages: it must have nothing to say.

use std::path::Path;
use std::process::Command;

use serde_json::json;

use crate::support::browser::Browser;

use super::{every_page, with_a_meeting};

/// Where `scripts/install-axe` puts it.
const AXE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/axe/node_modules/axe-core/axe.min.js");

const TABLE: &str =
    "start,speaker,text\n0:01,Ana,Copiamos las facturas a mano cada viernes.\n0:09,Luis,Todo pasa por el gerente.\n";

#[test]
fn axe_objects_to_nothing_at_a_desk_in_spanish() {
    expect_no_objections(1440, 900, "es");
}

#[test]
fn axe_objects_to_nothing_on_a_phone_in_english() {
    expect_no_objections(390, 844, "en");
}

fn expect_no_objections(width: u32, height: u32, language: &str) {
    let Some(axe) = axe() else { return };
    let Some(browser) = Browser::open(width, height) else { return };
    let (program, server) = with_a_meeting();
    browser.speak(language);
    let mut found = Vec::new();
    for dark in [false, true] {
        browser.prefer_dark(dark);
        let scheme = if dark { "dark" } else { "light" };
        let judged = |what: &str| -> Vec<String> {
            // What lies under the head of a scrolled page is in nobody's way: it can be scrolled out.
            browser.run("scrollTo({ top: 0, behavior: 'instant' })", &json!([]));
            browser.objections(&axe).into_iter().map(|one| format!("{what}, {scheme}: {one}")).collect()
        };
        for path in every_page(&server) {
            browser.go(&format!("{}{path}", server.address));
            found.extend(judged(&path));
        }
        browser.go(&server.address);
        let table = program.write("table.csv", format!("{TABLE}0:20,Ana,Eso fue todo ({scheme}).\n"));
        browser.choose_file("#file", &table);
        browser.wait_for("[data-list] .preview .columns", "speaker");
        found.extend(judged("a preview"));
        browser.enter("[data-list] .preview [name=customer]", "Molino Aurora");
        browser.click("[data-list] .preview footer .button-main");
        browser.wait_for("[data-list] .outcome", "table.csv");
        found.extend(judged("an outcome"));
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// The program text of axe-core; none where `CITA_SKIP_AXE=1` asks to leave it out.
fn axe() -> Option<String> {
    if std::env::var("CITA_SKIP_AXE").is_ok_and(|value| value == "1") {
        eprintln!("SKIPPED: no page was judged for accessibility (CITA_SKIP_AXE=1)");
        return None;
    }
    if !Path::new(AXE).exists() {
        let installed = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/install-axe")).status();
        assert!(
            installed.is_ok_and(|status| status.success()),
            "axe-core is not installed and could not be: `./scripts/install-axe` needs npm; CITA_SKIP_AXE=1 leaves it out"
        );
    }
    Some(std::fs::read_to_string(AXE).expect("axe-core can be read"))
}
