use cita::app::{App, Newness, RealWorld, RevisionChoice, Upload};
use cita::config::Settings;
use cita::model::{Edit, MeetingId, RejectReason, Side, State, SuggestionId};
use proptest::prelude::*;

use crate::support::TestApp;

/// A talk of twelve turns; each line holds words that are proposed.
const LINES: [(&str, &str); 12] = [
    ("Marta", "¿Cómo llevan el cierre de mes?"),
    ("Iván Paz", "Copiamos todas las facturas a mano del Excel al sistema."),
    ("Iván Paz", "Nos toma dos días cada mes y siempre llegamos tarde."),
    ("Marta", "¿Y quién lo sabe hacer?"),
    ("Iván Paz", "Solo Rosa sabe cómo cerrar; si ella falta, nadie puede."),
    ("Iván Paz", "Es frustrante, no tenemos visibilidad del inventario."),
    ("Marta", "¿Qué les ayudaría?"),
    ("Iván Paz", "Necesitamos ver el inventario de cada planta en un solo lugar."),
    ("Iván Paz", "Todo pasa por una sola persona y se vuelve un cuello de botella."),
    ("Marta", "Entiendo, gracias."),
    ("Iván Paz", "Perdemos clientes por los retrasos en las entregas."),
    ("Iván Paz", "We spend three hours every week looking for documents."),
];

fn text(lines: &[(&str, &str)]) -> String {
    lines.iter().map(|(who, words)| format!("{who}: {words}\n\n")).collect()
}

/// The same talk as another tool writes it, with some words put right.
fn captions(lines: &[(&str, &str)]) -> String {
    let mut out = String::from("WEBVTT\n");
    for (at, (who, words)) in lines.iter().enumerate() {
        out.push_str(&format!("\n00:{at:02}:00.000 --> 00:{at:02}:30.000\n{who}: {words}\n"));
    }
    out
}

fn import(app: &App, name: &str, text: &str, revision: RevisionChoice) -> cita::app::Imported {
    let upload = Upload {
        file_name: name.to_owned(),
        bytes: text.into(),
        customer: Some("Molinos Aurora".to_owned()),
        revision,
        ..Upload::default()
    };
    app.import(&upload).expect("it can be imported")
}

fn accept_all(app: &TestApp) -> usize {
    let rows = app.suggestions();
    for row in rows.iter().filter(|row| row.state == State::Pending) {
        app.app.accept(row.suggestion.id, Edit::default()).expect("it is accepted");
    }
    rows.len()
}

fn quotes(app: &App) -> Vec<String> {
    let map = app.map("Molinos Aurora").expect("a map");
    let entries = map.sections.into_iter().flat_map(|section| section.entries);
    let mut quotes: Vec<String> = entries.flat_map(|entry| entry.quotes).map(|quote| quote.text).collect();
    quotes.sort();
    quotes
}

#[test]
fn another_layout_of_the_same_talk_is_recognised_and_kept_apart_until_somebody_says_so() {
    let app = TestApp::new();
    let first = import(&app.app, "talk.txt", &text(&LINES), RevisionChoice::Separate);
    assert!(first.near_duplicates.is_empty());
    let again = import(&app.app, "talk.vtt", &captions(&LINES), RevisionChoice::Separate);
    assert_eq!(again.newness, Newness::New);
    let near = &again.near_duplicates[0];
    assert_eq!(near.meeting.meeting.id, first.summary.meeting.id);
    assert!(near.likeness > 0.9, "{}", near.likeness);
    assert_eq!(app.app.meetings(None, None, None).expect("a list").len(), 2);
    let other = import(&app.app, "other.txt", crate::support::meetings::TALK, RevisionChoice::Separate);
    assert!(other.near_duplicates.is_empty(), "another talk is another talk");

    let joined = app.app.make_revision(again.summary.meeting.id, first.summary.meeting.id).expect("they are one");
    assert_eq!(joined.meeting, first.summary.meeting.id);
    assert_eq!(app.app.meetings(None, None, None).expect("a list").len(), 2);
    let view = app.app.meeting(first.summary.meeting.id).expect("it is there");
    assert_eq!((view.report.format.as_str(), view.summary.meeting.title.as_str()), ("webvtt", "talk"));
}

#[test]
fn decisions_go_along_where_the_words_are_still_there_and_the_others_are_told() {
    let app = TestApp::new();
    let first = import(&app.app, "talk.txt", &text(&LINES), RevisionChoice::Separate).summary.meeting.id;
    let all = accept_all(&app);
    let before = quotes(&app.app);
    let mut lines = LINES;
    lines[1].1 = "COPIAMOS todas las facturas, a mano, del Excel al sistema.";
    lines[5].1 = "Es agotador, nunca vemos qué hay en los depósitos.";
    let revised = import(&app.app, "talk.vtt", &captions(&lines), RevisionChoice::Offered);
    assert_eq!(revised.newness, Newness::Revision);
    let outcome = revised.revised.expect("it is a revision");
    assert_eq!(outcome.meeting, first, "the meeting keeps its identity");
    assert!(outcome.carried > 0 && outcome.rechecks > 0, "{outcome:?}");
    assert_eq!(outcome.carried + outcome.rechecks, all, "no decision is lost");
    assert_eq!(app.app.meetings(None, None, None).expect("a list").len(), 1);

    let after = quotes(&app.app);
    assert_eq!(after.len(), before.len(), "every quote is still on the map");
    assert!(after.iter().any(|quote| quote.starts_with("COPIAMOS")), "in the words of the new text: {after:?}");
    let rechecks = app.app.rechecks(first).expect("a list");
    assert_eq!(rechecks.len(), outcome.rechecks);
    assert!(rechecks.iter().all(|one| one.row.suggestion.quote.text.contains("frustrante")
        || one.row.suggestion.quote.text.contains("visibilidad")));
    assert_eq!(app.app.verify().expect("it can be checked").problems, []);
    let revisions = app.app.revisions(first).expect("a list");
    assert_eq!(revisions.iter().map(|one| one.source.file_name.as_str()).collect::<Vec<_>>(), ["talk.vtt", "talk.txt"]);
    let old = app.app.meeting(revisions[1].meeting).expect("the earlier one can be read");
    assert_eq!(old.summary.revision_of, Some(first));

    let kept = rechecks[0].row.suggestion.id;
    app.app.settle_recheck(kept, true).expect("it can be kept");
    for recheck in &rechecks[1..] {
        app.app.settle_recheck(recheck.row.suggestion.id, false).expect("it can be dropped");
    }
    assert!(app.app.rechecks(first).expect("a list").is_empty());
    assert_eq!(quotes(&app.app).len(), before.len() - rechecks.len() + 1);
    assert_eq!(
        app.app.settle_recheck(SuggestionId(uuid::Uuid::nil()), true).expect_err("none").code,
        "suggestion_not_found"
    );
    let hits = app.app.search(&cita::app::SearchRequest { q: "agotador".to_owned(), ..Default::default() });
    assert_eq!(hits.expect("it can be searched").total, 1, "the newest text is found");
    let hits = app.app.search(&cita::app::SearchRequest { q: "frustrante".to_owned(), ..Default::default() });
    assert_eq!(hits.expect("it can be searched").total, 0, "the earlier text is not");
}

#[test]
fn a_carried_decision_can_be_taken_back_and_has_its_history() {
    let app = TestApp::new();
    import(&app.app, "talk.txt", &text(&LINES), RevisionChoice::Separate);
    let row = app.suggestions().remove(0);
    app.app.accept(row.suggestion.id, Edit::default()).expect("it is accepted");
    import(&app.app, "talk.vtt", &captions(&LINES), RevisionChoice::Offered);
    let carried = app.suggestions().into_iter().find(|one| one.state == State::Accepted).expect("it went along");
    assert_ne!(carried.suggestion.id, row.suggestion.id);
    let history = app.app.history(carried.suggestion.id).expect("it has one");
    assert_eq!(history.len(), 1);
    assert_eq!(history[0].carried_from, Some(app.app.history(row.suggestion.id).expect("it has one")[0].id));
    let undone = app.app.undo_last().expect("it can be taken back");
    assert_eq!(undone.row.suggestion.id, carried.suggestion.id);
    assert!(quotes(&app.app).is_empty());
    assert_eq!(app.app.verify().expect("it can be checked").problems, []);
}

#[test]
fn an_earlier_revision_can_be_restored() {
    let app = TestApp::new();
    let first = import(&app.app, "talk.txt", &text(&LINES), RevisionChoice::Separate).summary.meeting.id;
    accept_all(&app);
    let before = quotes(&app.app);
    let mut lines = LINES;
    lines[10].1 = "Otra cosa muy distinta.";
    import(&app.app, "talk.vtt", &captions(&lines), RevisionChoice::Of(first));
    let earlier = app.app.revisions(first).expect("a list")[1].meeting;
    app.app.restore_revision(first, earlier).expect("it can be restored");
    let view = app.app.meeting(first).expect("it is there");
    assert_eq!(view.summary.meeting.source.file_name, "talk.txt");
    assert_eq!(quotes(&app.app), before, "the map is as it was");
    assert!(app.app.rechecks(first).expect("a list").is_empty());
    assert_eq!(app.app.verify().expect("it can be checked").problems, []);
    assert_eq!(app.app.restore_revision(first, first).expect_err("the newest").code, "not_a_revision");
    assert_eq!(app.app.make_revision(first, first).expect_err("itself").code, "revision_of_itself");
}

#[test]
fn a_deleted_meeting_takes_its_earlier_revisions_with_it() {
    let app = TestApp::new();
    let first = import(&app.app, "talk.txt", &text(&LINES), RevisionChoice::Separate).summary.meeting.id;
    accept_all(&app);
    import(&app.app, "talk.vtt", &captions(&LINES), RevisionChoice::Of(first));
    app.app.delete_meeting(first).expect("it can be forgotten");
    assert!(quotes(&app.app).is_empty());
    assert_eq!(app.app.verify().expect("it can be checked").problems, [], "no file is left behind");
    assert_eq!(import(&app.app, "talk.txt", &text(&LINES), RevisionChoice::Separate).newness, Newness::New);
}

/// What people may do in any order.
#[derive(Clone, Debug)]
enum Step {
    Accept(usize),
    Reject(usize),
    Undo(usize),
    Side(usize, Side),
    Revise(usize, bool),
    Restore,
    UndoCorrection,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..40_usize).prop_map(Step::Accept),
        2 => (0..40_usize).prop_map(Step::Reject),
        1 => (0..40_usize).prop_map(Step::Undo),
        2 => (0..2_usize, prop_oneof![Just(Side::Team), Just(Side::Customer), Just(Side::Unknown)])
            .prop_map(|(speaker, side)| Step::Side(speaker, side)),
        1 => (0..12_usize, any::<bool>()).prop_map(|(line, gone)| Step::Revise(line, gone)),
        1 => Just(Step::Restore),
        1 => Just(Step::UndoCorrection),
    ]
}

fn take(app: &App, meeting: MeetingId, step: &Step, round: usize) {
    let rows = app.meeting(meeting).expect("it is there").suggestions;
    let at = |place: usize| rows.get(place % rows.len().max(1)).map(|row| row.suggestion.id);
    match step {
        Step::Accept(place) => drop(at(*place).map(|id| app.accept(id, Edit::default()))),
        Step::Reject(place) => drop(at(*place).map(|id| app.reject(id, RejectReason::TooVague))),
        Step::Undo(place) => drop(at(*place).map(|id| app.undo(id))),
        Step::Side(speaker, side) => drop(app.set_speaker_side(meeting, *speaker, *side, true)),
        Step::Revise(line, gone) => {
            let mut lines = LINES;
            let words = format!("{} ({round})", if *gone { "Ya no importa." } else { lines[*line].1 });
            lines[*line].1 = &words;
            let text = if round.is_multiple_of(2) { text(&lines) } else { captions(&lines) };
            import(app, &format!("{round}.txt"), &text, RevisionChoice::Of(meeting));
        }
        Step::Restore => {
            let revisions = app.revisions(meeting).expect("a list");
            drop(revisions.last().map(|last| app.restore_revision(meeting, last.meeting)));
        }
        Step::UndoCorrection => {
            let corrections = app.corrections(&cita::app::CorrectionFilter::default()).expect("a list");
            drop(corrections.first().map(|last| app.undo_correction(last.id)));
        }
    }
}

/// What is decided about a meeting: each text under each concept, with how it stands.
fn standing(app: &App, meeting: MeetingId) -> Vec<(String, String, State)> {
    let rows = app.meeting(meeting).expect("it is there").suggestions;
    let decided = rows.into_iter().filter(|row| row.state != State::Pending);
    decided.map(|row| (row.suggestion.concept, row.suggestion.quote.text, row.state)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 20, ..ProptestConfig::default() })]

    #[test]
    fn decisions_survive_any_history_and_quotes_stay_verbatim(steps in prop::collection::vec(step(), 1..14)) {
        let folder = tempfile::tempdir().expect("a folder");
        let settings = Settings {
            data: folder.path().join("data"),
            index: folder.path().join("index"),
            ..Settings::default()
        };
        let app = App::open_in_memory(settings, Box::new(RealWorld)).expect("it opens");
        let meeting = import(&app, "talk.txt", &text(&LINES), RevisionChoice::Separate).summary.meeting.id;
        for (round, step) in steps.iter().enumerate() {
            let before = standing(&app, meeting);
            let on_map = quotes(&app).len();
            take(&app, meeting, step, round);
            if let Step::Side(..) | Step::UndoCorrection = step {
                let after = standing(&app, meeting);
                for decided in &before {
                    prop_assert!(after.contains(decided), "{step:?} lost {decided:?}");
                }
            }
            if let Step::Revise(..) | Step::Restore = step {
                prop_assert_eq!(quotes(&app).len(), on_map, "{:?} took a quote off the map", step);
            }
            let verified = app.verify().expect("it can be checked");
            prop_assert_eq!(&verified.problems, &[], "after {:?}", step);
        }
        // Nothing is on the map without an acceptance of a person that stands.
        let customer = app.customer_named("Molinos Aurora").expect("it is there").id;
        for held in app.entries(customer).expect("a list").iter().flat_map(|entry| &entry.quotes) {
            let history = app.history(held.suggestion).expect("it has a history");
            prop_assert!(!history.is_empty());
        }
    }
}
