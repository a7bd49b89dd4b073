//! Whatever stands in a file, a name or a query is text on a page: escaped, and with nothing hidden in it.

use cita::app::Upload;
use cita::model::Edit;

use crate::support::{Form, TestApp};

use super::every_page;

/// Markup, a closing tag, an attribute's end, a template's braces, right-to-left and zero-width characters.
const NASTY: &str =
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"'></textarea>{{7*7}}\u{202e}txet\u{200b}\u{2066}";

/// The same where the format of a label does not allow every character.
const NASTY_NAME: &str = "<svg onload=alert(3)>\"'\u{202e}eman";

fn hostile_app() -> TestApp {
    let app = TestApp::new();
    let text = format!(
        "{NASTY_NAME}: We copy every invoice by hand {NASTY} into the system.\n\
         Ana: {NASTY} I am afraid that we lose the customer {NASTY}.\n\
         {NASTY}\n"
    );
    app.app
        .import(&Upload {
            file_name: format!("{NASTY}\u{1}.txt"),
            bytes: text.into_bytes(),
            customer: Some(NASTY.to_owned()),
            title: Some(format!("{NASTY}\u{1}")),
            ..Upload::default()
        })
        .expect("strange words are words");
    let rows = app.suggestions();
    assert!(!rows.is_empty(), "a suggestion holds the strange words");
    let edit = Edit { statement: Some(NASTY.to_owned()), kind: None };
    app.app.accept(rows[0].suggestion.id, edit).expect("it is pending");
    app
}

fn check(path: &str, text: &str) {
    for raw in [
        "<script>alert",
        "<img",
        "<svg onload",
        "</textarea>{{",
        "onerror=alert(2)>\"",
        "\u{202e}",
        "\u{200b}",
        "\u{2066}",
        "\u{1}",
    ] {
        assert!(!text.contains(raw), "{path} holds {raw:?} as it came");
    }
    for tag in text.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
        let name = tag.split_whitespace().next().unwrap_or_default();
        let outside_values: String = tag.split('"').step_by(2).collect();
        assert!(!tag.contains(" style="), "{path}: a style of its own in <{tag}>");
        assert!(!outside_values.split_whitespace().any(|word| word.starts_with("on")), "{path}: a handler in <{tag}>");
        assert!(name != "style", "{path}: a style sheet inside the page");
        assert!(name != "script" || tag.contains("src=\"/assets/"), "{path}: a script inside the page");
        assert!(!tag.contains("javascript:"), "{path}: {tag}");
    }
}

#[test]
fn no_page_shows_markup_of_a_file_or_hides_its_characters() {
    let app = hostile_app();
    for code in ["es", "en"] {
        let client = app.client().with("accept-language", code);
        for path in every_page(&app) {
            check(&path, client.get(&path).text());
        }
    }
    let client = app.client();
    let meeting = app.app.meetings(None, None, None).expect("a list")[0].meeting.id;
    let page = client.get(&format!("/meetings/{meeting}")).expect(200);
    assert!(page.text().contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "the words are all there");
    assert!(page.text().contains("⟨U+202E⟩txet⟨U+200B⟩⟨U+2066⟩"), "hidden characters are shown");
}

#[test]
fn queries_forms_and_problems_are_text_too() {
    let app = hostile_app();
    let client = app.client();
    let query = "%3Cscript%3Ealert(1)%3C/script%3E%22%27%3E%E2%80%AE%E2%80%8B%01";
    for path in [
        format!("/search?q={query}"),
        format!("/search?q=%22{query}&offset=0"),
        format!("/search?side={query}"),
        format!("/review?kind={query}"),
        format!("/meetings/{query}"),
        format!("/{query}"),
        "/search?q=hand".to_owned(),
    ] {
        check(&path, client.get(&path).text());
    }
    let form = Form::file("<img src=x onerror=alert(2)>.txt", "\0\u{1}\u{2}").field("customer", NASTY);
    check("/previews of a bad file", client.upload("/previews", form).text());
    let form = Form::file("<img src=x onerror=alert(2)>.txt", "Ana: hola <img src=x>").field("customer", NASTY);
    check("/previews", client.upload("/previews", form).text());
    let form = Form::file("a.txt", "Ana: hola").field("<img src=x>", NASTY);
    check("/previews with an unknown field", client.upload("/previews", form).text());
}

#[test]
fn every_page_comes_with_the_strict_policy() {
    let app = hostile_app();
    let client = app.client();
    for path in every_page(&app).into_iter().chain(["/assets/keys.js".to_owned()]) {
        let answer = client.get(&path);
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy:?}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
}

#[test]
fn an_exports_name_can_hold_nothing_strange() {
    let app = hostile_app();
    let customer = app.app.customers().expect("a list")[0].customer.id;
    let answer = app.client().get(&format!("/customers/{customer}/map.md")).expect(200);
    let name = answer.header("content-disposition").to_owned();
    assert!(name.chars().all(|letter| letter.is_ascii_graphic() || letter == ' '), "{name:?}");
    assert_eq!(name.matches('"').count(), 2, "{name}");
}

#[test]
fn a_name_that_hides_characters_is_not_offered_to_choose() {
    let app = hostile_app();
    app.try_import("Acme", "a.txt", b"Ana: hola, buenos dias a todos.").expect("it is a meeting");
    let page = app.client().get("/").expect(200);
    let offered =
        page.text().split("<datalist").nth(1).and_then(|rest| rest.split("</datalist>").next()).expect("a list");
    assert_eq!(offered.matches("<option value=").count(), 1, "only Acme: {offered}");
}
