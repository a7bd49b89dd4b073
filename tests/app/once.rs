use cita::app::{App, Newness, RealWorld, Upload};

use crate::support::TestApp;
use crate::support::meetings::{CALL, TALK};

fn upload(text: &str) -> Upload {
    Upload { file_name: "a.txt".to_owned(), bytes: text.into(), customer: Some("Acme".to_owned()), ..Upload::default() }
}

#[test]
fn the_same_key_and_request_from_ten_hands_at_once_is_one_meeting_and_one_answer() {
    let app = TestApp::new();
    let answers: Vec<_> = std::thread::scope(|scope| {
        let hands: Vec<_> =
            (0..10).map(|_| scope.spawn(|| app.app.import_once("k-1", &upload(TALK)).expect("it works"))).collect();
        hands.into_iter().map(|hand| hand.join().expect("no import panics")).collect()
    });
    assert!(answers.iter().all(|one| one.newness == Newness::New), "each hears what the first heard");
    assert!(answers.iter().all(|one| one.summary == answers[0].summary && one.suggestions == answers[0].suggestions));
    assert_eq!(app.app.meetings(None, None, None).expect("a list").len(), 1);
}

#[test]
fn a_key_stands_for_one_request_over_a_restart() {
    let app = TestApp::new();
    let first = app.app.import_once("k-1", &upload(TALK)).expect("it works");
    let settings = app.app.settings().clone();
    let again = App::open_to_look(settings, Box::new(RealWorld)).expect("it opens again");
    let answer = again.import_once("k-1", &upload(TALK)).expect("it is answered again");
    assert_eq!((answer.newness, answer.summary.meeting.id), (Newness::New, first.summary.meeting.id));
    let other = Upload { title: Some("Otro".to_owned()), ..upload(TALK) };
    for wrong in [upload(CALL), other] {
        assert_eq!(again.import_once("k-1", &wrong).expect_err("another request").code, "idempotency_key_reused");
    }
    assert_eq!(again.import_once("k-2", &upload(TALK)).expect("another key").newness, Newness::AlreadyThere);
    for bad in ["", "with space", "ñ", &"x".repeat(300)] {
        assert_eq!(again.import_once(bad, &upload(CALL)).expect_err("no key").code, "bad_idempotency_key");
    }
}

#[test]
fn a_refused_file_is_refused_anew_and_its_key_is_free() {
    let app = TestApp::new();
    assert_eq!(app.app.import_once("k-1", &upload("")).expect_err("empty").code, "empty_file");
    assert_eq!(app.app.import_once("k-1", &upload(TALK)).expect("now it works").newness, Newness::New);
}

#[test]
fn a_forgotten_meeting_frees_its_key() {
    let app = TestApp::new();
    let id = app.app.import_once("k-1", &upload(TALK)).expect("it works").summary.meeting.id;
    app.app.delete_meeting(id).expect("it can be forgotten");
    assert_eq!(app.app.import_once("k-1", &upload(TALK)).expect("it works again").newness, Newness::New);
}
