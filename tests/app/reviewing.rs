use cita::app::SuggestionRow;
use cita::model::{Act, Edit, Intensity, Kind, RejectReason, State};
use proptest::prelude::*;

use crate::support::TestApp;
use crate::support::meetings::{CALL, TALK};

/// Both meetings of one customer: the same friction in two languages.
fn reviewing() -> (TestApp, SuggestionRow, SuggestionRow) {
    let app = TestApp::new();
    app.import("Molinos Aurora", "call.vtt", CALL);
    app.import("Molinos Aurora", "talk.txt", TALK);
    let english = app.suggestion(Kind::Friction, "by hand");
    let spanish = app.suggestion(Kind::Friction, "a mano");
    (app, english, spanish)
}

#[test]
fn what_is_said_in_either_language_meets_in_one_entry() {
    let (app, english, spanish) = reviewing();
    assert_eq!(english.suggestion.concept, spanish.suggestion.concept);
    let first = app.app.accept(english.suggestion.id, Edit::default()).expect("accepted").entry.expect("an entry");
    let second = app.app.accept(spanish.suggestion.id, Edit::default()).expect("accepted").entry.expect("an entry");
    assert_eq!(first.id, second.id);
    assert_eq!(second.quotes.len(), 2);
    assert!(!second.worded);
    let map = app.app.map("Molinos Aurora").expect("a map");
    assert_eq!((map.meetings, map.meetings_quoted), (2, 2));
}

#[test]
fn a_persons_wording_makes_an_entry_of_its_own() {
    let (app, english, spanish) = reviewing();
    let edit = Edit { statement: Some("Facturas copiadas".to_owned()), kind: None };
    let worded = app.app.accept(english.suggestion.id, edit).expect("accepted").entry.expect("an entry");
    let plain = app.app.accept(spanish.suggestion.id, Edit::default()).expect("accepted").entry.expect("an entry");
    assert_ne!(worded.id, plain.id);
    assert!(worded.worded && worded.statement.en == "Facturas copiadas");
}

#[test]
fn another_kind_is_another_place_on_the_map() {
    let (app, english, _) = reviewing();
    let edit = Edit { statement: None, kind: Some(Kind::Hear) };
    let entry = app.app.accept(english.suggestion.id, edit).expect("accepted").entry.expect("an entry");
    assert_eq!(entry.kind, Kind::Hear);
    let row = app.app.suggestion(english.suggestion.id).expect("it is there");
    assert_eq!(row.suggestion.kind, Kind::Friction, "what was proposed stays as it was proposed");
}

#[test]
fn taking_back_leaves_no_trace_on_the_map_but_every_one_in_the_history() {
    let (app, english, spanish) = reviewing();
    app.app.accept(english.suggestion.id, Edit::default()).expect("accepted");
    app.app.accept(spanish.suggestion.id, Edit::default()).expect("accepted");
    app.app.undo(english.suggestion.id).expect("taken back");
    let entries = app.app.entries(english.customer).expect("a list");
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].quotes.iter().map(|quote| quote.suggestion).collect::<Vec<_>>(), [spanish.suggestion.id]);
    app.app.undo_last().expect("taken back");
    assert!(app.app.entries(english.customer).expect("a list").is_empty(), "an entry lives as long as it has a quote");
    let acts: Vec<Act> =
        app.app.history(english.suggestion.id).expect("a list").into_iter().map(|one| one.act).collect();
    assert!(matches!(acts.as_slice(), [Act::Accept { .. }, Act::Undo]), "{acts:?}");
}

#[test]
fn one_of_two_who_decide_at_once_is_told_of_the_other() {
    let (app, english, _) = reviewing();
    let id = english.suggestion.id;
    let done: Vec<bool> = std::thread::scope(|scope| {
        let people: Vec<_> = (0..6)
            .map(|person| {
                let app = &app.app;
                scope.spawn(move || match person % 2 {
                    0 => app.accept(id, Edit::default()).map_err(|problem| problem.code),
                    _ => app.reject(id, RejectReason::Idiom).map_err(|problem| problem.code),
                })
            })
            .collect();
        let answers = people.into_iter().map(|person| person.join().expect("no decision panics"));
        answers.map(|answer| answer.map_err(|code| assert_eq!(code, "already_decided")).is_ok()).collect()
    });
    assert_eq!(done.iter().filter(|done| **done).count(), 1);
    assert_eq!(app.app.history(id).expect("a list").len(), 1);
}

#[test]
fn a_rejected_suggestion_keeps_its_reason() {
    let (app, english, _) = reviewing();
    app.app.reject(english.suggestion.id, RejectReason::Duplicate).expect("rejected");
    let row = app.app.suggestion(english.suggestion.id).expect("it is there");
    assert_eq!((row.state, row.reject_reason), (State::Rejected, Some(RejectReason::Duplicate)));
}

#[test]
fn decisions_survive_a_deletion_only_of_other_meetings() {
    let (app, english, spanish) = reviewing();
    app.app.accept(english.suggestion.id, Edit::default()).expect("accepted");
    app.app.delete_meeting(spanish.meeting).expect("deleted");
    assert_eq!(app.app.suggestion(english.suggestion.id).expect("it is there").state, State::Accepted);
    assert_eq!(app.app.suggestion(spanish.suggestion.id).expect_err("it is gone").code, "suggestion_not_found");
}

#[test]
fn a_suggestion_has_the_same_identity_after_a_reimport() {
    let (app, english, _) = reviewing();
    let before: Vec<_> = app.suggestions().iter().map(|row| row.suggestion.id).collect();
    app.app.delete_meeting(english.meeting).expect("deleted");
    app.import("Molinos Aurora", "call.vtt", CALL);
    let mut after: Vec<_> = app.suggestions().iter().map(|row| row.suggestion.id).collect();
    let mut before = before;
    before.sort();
    after.sort();
    assert_eq!(before, after);
}

#[test]
fn the_progress_counts_what_is_decided() {
    let (app, english, _) = reviewing();
    let all = app.suggestions().len();
    app.app.accept(english.suggestion.id, Edit::default()).expect("accepted");
    let queue = app.app.suggestions(&cita::app::SuggestionFilter::default()).expect("a list");
    assert_eq!((queue.pending, queue.decided), (all - 1, 1));
    let desk = app.app.desk(&cita::app::DeskFilter::default(), None).expect("a desk");
    assert!(desk.current.is_some_and(|row| row.suggestion.id != english.suggestion.id));
}

#[test]
fn the_desk_shows_what_an_accept_would_join() {
    let (app, english, spanish) = reviewing();
    let entry = app.app.accept(english.suggestion.id, Edit::default()).expect("accepted").entry.expect("an entry");
    let desk = app.app.desk(&cita::app::DeskFilter::default(), Some(spanish.suggestion.id)).expect("a desk");
    assert_eq!(desk.joins.map(|joined| joined.id), Some(entry.id));
    assert!(desk.turns.iter().any(|turn| turn.ordinal == spanish.suggestion.quote.turn));
}

/// What a person may try, whatever stands.
#[derive(Clone, Debug)]
enum Try {
    Accept(usize, bool),
    Reject(usize),
    Undo(usize),
    UndoLast,
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let one = prop_oneof![
        (0..5usize, any::<bool>()).prop_map(|(at, worded)| Try::Accept(at, worded)),
        (0..5usize).prop_map(Try::Reject),
        (0..5usize).prop_map(Try::Undo),
        Just(Try::UndoLast),
    ];
    prop::collection::vec(one, 1..25)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_map_is_what_people_accepted_and_nothing_else(tries in tries()) {
        let (app, ..) = reviewing();
        let ids: Vec<_> = app.suggestions().iter().map(|row| row.suggestion.id).collect();
        for one in tries {
            // What is refused changes nothing; what that is, the map shows.
            drop(match one {
                Try::Accept(at, worded) => {
                    let statement = worded.then(|| "Worded".to_owned());
                    app.app.accept(ids[at % ids.len()], Edit { statement, kind: None })
                }
                Try::Reject(at) => app.app.reject(ids[at % ids.len()], RejectReason::Idiom),
                Try::Undo(at) => app.app.undo(ids[at % ids.len()]),
                Try::UndoLast => app.app.undo_last(),
            });
        }
        let rows = app.suggestions();
        let mut accepted: Vec<_> =
            rows.iter().filter(|row| row.state == State::Accepted).map(|row| row.suggestion.id).collect();
        let entries = app.app.entries(rows[0].customer).expect("a list");
        let mut placed: Vec<_> = entries.iter().flat_map(|entry| &entry.quotes).map(|quote| quote.suggestion).collect();
        accepted.sort();
        placed.sort();
        prop_assert_eq!(accepted, placed);
        prop_assert!(entries.iter().all(|entry| !entry.quotes.is_empty()));
        let quotes = entries.iter().flat_map(|entry| &entry.quotes);
        prop_assert!(quotes.clone().all(|held| held.quote.is_verbatim(CALL) || held.quote.is_verbatim(TALK)));
        prop_assert!(quotes.clone().all(|held| held.intensity >= Intensity::Low));
    }
}
