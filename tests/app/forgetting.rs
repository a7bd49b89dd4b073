use cita::app::SearchRequest;
use cita::model::{Edit, Kind};

use crate::support::TestApp;
use crate::support::meetings::{CALL, TALK};

fn hits(app: &TestApp, q: &str) -> usize {
    app.app
        .search(&SearchRequest { q: q.to_owned(), literal: true, ..SearchRequest::default() })
        .expect("an answer")
        .total
}

#[test]
fn a_forgotten_meeting_leaves_map_search_queue_and_disk() {
    let app = TestApp::new();
    app.import("Molinos Aurora", "call.vtt", CALL);
    app.import("Molinos Aurora", "talk.txt", TALK);
    let english = app.suggestion(Kind::Friction, "by hand");
    let spanish = app.suggestion(Kind::Friction, "a mano");
    app.app.accept(english.suggestion.id, Edit::default()).expect("accepted");
    app.app.accept(spanish.suggestion.id, Edit::default()).expect("accepted");
    assert_eq!((hits(&app, "spreadsheet"), hits(&app, "facturas")), (1, 2));

    app.app.delete_meeting(english.meeting).expect("deleted");

    assert_eq!((hits(&app, "spreadsheet"), hits(&app, "facturas")), (0, 2));
    let entries = app.app.entries(english.customer).expect("a list");
    let left: Vec<_> = entries.iter().flat_map(|entry| &entry.quotes).map(|quote| quote.meeting).collect();
    assert_eq!(left, [spanish.meeting]);
    assert!(app.suggestions().iter().all(|row| row.meeting == spanish.meeting));
    assert_eq!(app.app.delete_meeting(english.meeting).expect_err("it is gone").code, "meeting_not_found");
    let original = english_original(&app);
    assert!(original.is_empty(), "its bytes are still there: {original:?}");
}

#[test]
fn an_entry_goes_with_its_last_quote_and_the_customer_stays() {
    let app = TestApp::new();
    app.import("Molinos Aurora", "call.vtt", CALL);
    let row = app.suggestion(Kind::Friction, "by hand");
    app.app.accept(row.suggestion.id, Edit::default()).expect("accepted");
    app.app.delete_meeting(row.meeting).expect("deleted");
    assert!(app.app.entries(row.customer).expect("a list").is_empty());
    let map = app.app.map("Molinos Aurora").expect("the customer is still known");
    assert_eq!((map.meetings, map.meetings_quoted), (0, 0));
}

/// Files of the data folder that hold the call's words as they were uploaded.
fn english_original(app: &TestApp) -> Vec<String> {
    let mut folders = vec![app.folder().join("data")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for item in std::fs::read_dir(folder).expect("it can be read").map(|item| item.expect("it can be read")) {
            let path = item.path();
            if path.is_dir() {
                folders.push(path);
            } else if std::fs::read(&path).is_ok_and(|bytes| bytes == CALL.as_bytes()) {
                found.push(path.display().to_string());
            }
        }
    }
    found
}
