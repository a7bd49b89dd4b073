use cita::app::{Newness, Upload};
use cita::model::{Side, SideSource};

use crate::support::TestApp;
use crate::support::meetings::{CALL, TALK};

#[test]
fn the_same_bytes_are_one_meeting_whatever_they_are_called() {
    let app = TestApp::new();
    let first = app.import("Acme", "call.vtt", CALL);
    let second = app.import("Somebody else", "renamed.txt", CALL);
    assert_eq!((first.newness, second.newness), (Newness::New, Newness::AlreadyThere));
    assert_eq!(second.summary, first.summary);
    assert_eq!(second.suggestions, first.suggestions);
    assert_eq!(app.app.customers().expect("a list").len(), 1, "a name that was not used makes no customer");
}

#[test]
fn the_same_file_from_many_hands_at_once_is_one_meeting() {
    let app = TestApp::new();
    let news: Vec<Newness> = std::thread::scope(|scope| {
        let hands: Vec<_> = (0..8).map(|_| scope.spawn(|| app.import("Acme", "call.vtt", CALL).newness)).collect();
        hands.into_iter().map(|hand| hand.join().expect("no import panics")).collect()
    });
    assert_eq!(news.iter().filter(|newness| **newness == Newness::New).count(), 1);
    assert_eq!(app.app.meetings(None, None, None).expect("a list").len(), 1);
    assert_eq!(app.app.customers().expect("a list").len(), 1);
}

#[test]
fn what_a_person_says_wins_over_what_the_file_says() {
    let app = TestApp::new();
    let text =
        "---\ntitle: Of the file\ndate: 2026-01-02\ncustomer: File Ltd\n---\n\n- We copy every invoice by hand.\n";
    let upload = Upload { file_name: "notes.md".to_owned(), bytes: text.into(), ..Upload::default() };
    let of_file = app.app.import(&upload).expect("the file names its customer");
    assert_eq!(of_file.summary.customer_name, "File Ltd");
    assert_eq!(of_file.summary.meeting.title, "Of the file");
    assert_eq!(of_file.summary.meeting.date, Some(jiff::civil::date(2026, 1, 2)));
    let said = Upload {
        bytes: format!("{text}- And again.\n").into(),
        customer: Some("Acme".to_owned()),
        title: Some("Said".to_owned()),
        date: Some(jiff::civil::date(2026, 5, 6)),
        ..upload
    };
    let said = app.app.import(&said).expect("it can be imported").summary;
    assert_eq!((said.customer_name.as_str(), said.meeting.title.as_str()), ("Acme", "Said"));
    assert_eq!(said.meeting.date, Some(jiff::civil::date(2026, 5, 6)));
}

#[test]
fn every_quote_stands_in_the_file_at_its_bytes() {
    let app = TestApp::new();
    app.import("Acme", "call.vtt", CALL);
    app.import("Acme", "talk.txt", TALK);
    let rows = app.suggestions();
    assert!(rows.len() > 2, "{rows:#?}");
    for row in rows {
        let source =
            if row.suggestion.quote.text.is_ascii() && CALL.contains(&row.suggestion.quote.text) { CALL } else { TALK };
        assert!(row.suggestion.quote.is_verbatim(source), "{:?}", row.suggestion.quote);
    }
}

#[test]
fn a_side_that_is_known_from_an_earlier_meeting_is_kept() {
    let app = TestApp::with(|settings| settings.team = vec!["Camila Rocha".to_owned()]);
    app.import("Acme", "one.txt", "Camila Rocha: ¿Cómo cierran el mes?\nRenata: Copiamos todo a mano.\n");
    let second = app.import("Acme", "two.txt", "Renata: Seguimos copiando todo a mano.\nCamila Rocha: Entiendo.\n");
    let side = |name: &str| {
        let speaker = second.report.speakers.iter().find(|speaker| speaker.label == name).expect("it speaks");
        (speaker.side, speaker.side_source)
    };
    assert_eq!(side("Camila Rocha"), (Side::Team, SideSource::Settings));
    assert_eq!(side("Renata").0, Side::Customer);
}

#[test]
fn a_file_that_is_refused_leaves_nothing() {
    let app = TestApp::new();
    for bytes in [&b""[..], b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0", b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n"] {
        app.try_import("Acme", "bad.vtt", bytes).expect_err("it must be refused");
    }
    assert!(app.app.customers().expect("a list").is_empty());
    assert!(app.app.meetings(None, None, None).expect("a list").is_empty());
}

#[test]
fn a_file_name_is_never_a_path() {
    let app = TestApp::new();
    for name in ["../../escape.vtt", "/etc/passwd", "C:\\call.vtt", "a\0b.vtt", ".."] {
        let text = format!("{CALL}\nNOTE {}\n", name.escape_debug());
        let imported = app.import("Acme", name, &text);
        assert_eq!(imported.summary.meeting.source.file_name, name);
    }
    let mut names: Vec<_> =
        std::fs::read_dir(app.folder()).expect("a folder").map(|item| item.expect("an item").file_name()).collect();
    names.sort();
    assert!(names.iter().all(|name| name == "data" || name == "index"), "{names:?}");
}
