use cita::app::{SameReason, SpeakerChoice, Upload};
use cita::model::{CustomerId, Kind, PersonId, Side, SideSource, State};

use crate::support::TestApp;

/// Two people without a side, three words of pain each.
const UNKNOWN: &str = "\
Jorge Antelo: Nadie sabe cómo cerrar las facturas sin mí.
Lucía Roca: Nos toma dos días cada mes y siempre llegamos tarde.
Jorge Antelo: Las facturas nos toman tres días cada mes y siempre llegamos tarde.
";

const LATER: &str = "\
J. Antelo: Seguimos copiando las facturas a mano del Excel, cada viernes.
Lucía Roca: Es frustrante, perdemos dos días cada mes.
";

fn customer(app: &TestApp) -> CustomerId {
    app.app.customer_named("Comversa").expect("it is there").id
}

fn person(app: &TestApp, name: &str) -> PersonId {
    let people = app.app.people(customer(app)).expect("a list");
    people.iter().find(|view| view.person.name == name).unwrap_or_else(|| panic!("no {name}")).person.id
}

fn said_by(app: &TestApp, speaker: &str) -> Vec<(String, State)> {
    let rows = app.suggestions();
    let own = rows.iter().filter(|row| row.speaker.as_deref() == Some(speaker));
    own.map(|row| (row.suggestion.quote.text.clone(), row.state)).collect()
}

#[test]
fn a_side_set_once_reaches_every_meeting_and_suggestions_follow() {
    let app = TestApp::new();
    app.import("Comversa", "one.txt", UNKNOWN);
    app.import("Comversa", "two.txt", &UNKNOWN.replace("facturas", "guías"));
    let before = said_by(&app, "Jorge Antelo");
    assert!(before.len() >= 4, "{before:?}");

    let set = app.app.set_person_side(person(&app, "Jorge Antelo"), Side::Team, None).expect("it can be set");
    assert_eq!(said_by(&app, "Jorge Antelo"), [], "what the team says is proposed no more, in no meeting");
    assert!(!said_by(&app, "Lucía Roca").is_empty(), "who is not the team goes on");
    let report = app.app.people(customer(&app)).expect("a list");
    let jorge = report.iter().find(|view| view.person.name == "Jorge Antelo").expect("he is there");
    assert_eq!((jorge.person.side, jorge.person.side_source), (Side::Team, SideSource::Person));
    assert_eq!(
        app.import("Comversa", "three.txt", &UNKNOWN.replace("facturas", "actas")).report.speakers[0].side,
        Side::Team
    );

    app.app.undo_correction(set.id).expect("it can be taken back");
    let after: Vec<_> = said_by(&app, "Jorge Antelo");
    assert_eq!(after.len(), before.len(), "{after:?}");
    assert_eq!(app.app.undo_correction(set.id).expect_err("once").code, "already_undone");
}

#[test]
fn a_side_can_be_set_in_one_meeting_only() {
    let app = TestApp::new();
    let one = app.import("Comversa", "one.txt", UNKNOWN).summary.meeting.id;
    app.import("Comversa", "two.txt", &UNKNOWN.replace("facturas", "guías"));
    app.app.set_speaker_side(one, 0, Side::Team, false).expect("it can be set");
    let left = said_by(&app, "Jorge Antelo");
    assert!(left.iter().all(|(text, _)| !text.contains("facturas")), "{left:?}");
    assert!(left.iter().any(|(text, _)| text.contains("guías")), "{left:?}");
    assert_eq!(app.app.set_speaker_side(one, 9, Side::Team, false).expect_err("no such").code, "speaker_not_found");
}

#[test]
fn a_decision_outlives_a_change_of_sides() {
    let app = TestApp::new();
    app.import("Comversa", "one.txt", UNKNOWN);
    let row = app.suggestion(Kind::Pain, "Nadie sabe");
    app.app.accept(row.suggestion.id, cita::model::Edit::default()).expect("it is accepted");
    let taken_back = app.suggestions().into_iter().find(|other| {
        other.speaker == row.speaker && other.state == State::Pending && other.suggestion.id != row.suggestion.id
    });
    let taken_back = taken_back.expect("Jorge says more than one thing").suggestion.id;
    app.app.reject(taken_back, cita::model::RejectReason::TooVague).expect("it is rejected");
    app.app.undo(taken_back).expect("and taken back");

    let jorge = person(&app, "Jorge Antelo");
    let set = app.app.set_person_side(jorge, Side::Team, None).expect("it can be set");
    let map = app.app.map("Comversa").expect("a map");
    assert!(map.sections.iter().flat_map(|section| &section.entries).any(|entry| !entry.quotes.is_empty()));
    assert_eq!(app.app.suggestion(row.suggestion.id).expect("it stays").state, State::Accepted);
    assert!(said_by(&app, "Jorge Antelo").iter().all(|(_, state)| *state == State::Accepted), "nothing of his awaits");
    assert_eq!(app.app.history(taken_back).expect("it has a history").len(), 2);
    assert_eq!(app.app.verify().expect("it can be checked").problems, []);

    app.app.undo_correction(set.id).expect("it can be taken back");
    assert!(said_by(&app, "Jorge Antelo").iter().any(|(_, state)| *state == State::Pending), "they are back");
    assert_eq!(app.app.history(taken_back).expect("it has a history").len(), 2);
}

#[test]
fn people_who_may_be_one_are_proposed_and_a_person_decides() {
    let app = TestApp::new();
    app.import("Comversa", "one.txt", UNKNOWN);
    app.import("Comversa", "two.txt", LATER);
    let id = customer(&app);
    let proposals = app.app.person_proposals(id).expect("a list");
    assert_eq!(proposals.len(), 1, "{proposals:?}");
    let proposal = &proposals[0];
    assert_eq!((proposal.one.name.as_str(), proposal.other.name.as_str()), ("Jorge Antelo", "J. Antelo"));
    assert_eq!(proposal.reason, SameReason::Initials);

    let merged = app.app.merge_people(proposal.other.id, proposal.one.id).expect("it can be merged");
    let people = app.app.people(id).expect("a list");
    assert_eq!(people.iter().map(|view| view.person.name.as_str()).collect::<Vec<_>>(), ["Jorge Antelo", "Lucía Roca"]);
    assert_eq!((people[0].meetings, people[0].turns, people[0].labels.len()), (2, 3, 2));
    app.app.set_person_side(people[0].person.id, Side::Team, None).expect("it can be set");
    assert_eq!(said_by(&app, "J. Antelo"), [], "both labels are one person");

    let again = app.import("Comversa", "three.txt", &LATER.replace("viernes", "lunes"));
    assert_eq!(again.report.speakers[0].side_source, SideSource::EarlierMeeting, "the label is met again");
    app.app.undo_correction(merged.id).expect("it can be taken back");
    assert_eq!(app.app.people(id).expect("a list").len(), 3);
    app.app.keep_people_apart(proposal.one.id, proposal.other.id).expect("it can be said");
    assert_eq!(app.app.person_proposals(id).expect("a list").len(), 0, "it is not proposed again");
}

#[test]
fn a_name_and_a_role_can_be_given_and_taken_back() {
    let app = TestApp::new();
    app.import("Comversa", "two.txt", LATER);
    let id = person(&app, "J. Antelo");
    let renamed = app.app.rename_person(id, "  Jorge   Antelo ").expect("it can be named");
    app.app.set_person_role(id, Some("Gerente de planta")).expect("it can be said");
    let named = app.app.person(id).expect("he is there");
    assert_eq!((named.name.as_str(), named.label.as_str()), ("Jorge Antelo", "J. Antelo"));
    assert_eq!(named.role.as_deref(), Some("Gerente de planta"));
    app.import("Comversa", "three.txt", &LATER.replace("viernes", "lunes"));
    assert_eq!(app.app.people(customer(&app)).expect("a list").len(), 2, "the label still means him");

    app.app.undo_correction(renamed.id).expect("it can be taken back");
    assert_eq!(app.app.person(id).expect("he is there").name, "J. Antelo");
    assert_eq!(app.app.rename_person(id, "  ").expect_err("no name").code, "name_empty");
}

#[test]
fn what_an_upload_says_of_its_speakers_holds() {
    let app = TestApp::new();
    app.import("Comversa", "one.txt", UNKNOWN);
    let jorge = person(&app, "Jorge Antelo");
    let upload = Upload {
        file_name: "two.txt".to_owned(),
        bytes: LATER.into(),
        customer: Some("Comversa".to_owned()),
        speakers: vec![
            SpeakerChoice { label: "J. Antelo".to_owned(), side: Some(Side::Team), person: Some(jorge) },
            SpeakerChoice { label: "Lucía Roca".to_owned(), side: Some(Side::Unknown), person: None },
        ],
        ..Upload::default()
    };
    let preview = app.app.preview(&upload).expect("it can be read");
    assert_eq!((preview.speakers[0].side, preview.speakers[0].side_source), (Side::Team, SideSource::Person));
    let imported = app.app.import(&upload).expect("it can be imported");
    let sides: Vec<_> = imported.report.speakers.iter().map(|speaker| (speaker.side, speaker.side_source)).collect();
    assert_eq!(sides, [(Side::Team, SideSource::Person), (Side::Unknown, SideSource::Person)], "unknown stays unknown");
    let names: Vec<_> =
        app.app.people(customer(&app)).expect("a list").into_iter().map(|view| view.person.name).collect();
    assert_eq!(names, ["Jorge Antelo", "Lucía Roca"], "the label is his");
}

#[test]
fn a_preview_tells_who_is_known_and_who_may_be() {
    let app = TestApp::new();
    app.import("Comversa", "one.txt", UNKNOWN);
    let upload = Upload {
        file_name: "two.txt".to_owned(),
        bytes: LATER.into(),
        customer: Some("COMVERSA".to_owned()),
        ..Upload::default()
    };
    let preview = app.app.preview(&upload).expect("it can be read");
    assert_eq!(preview.customer.known.as_ref().map(|customer| customer.name.as_str()), Some("Comversa"));
    let [antelo, roca] = preview.speakers.as_slice() else { panic!("{:?}", preview.speakers) };
    assert!(antelo.person.is_none());
    assert_eq!(antelo.like.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(), ["Jorge Antelo"]);
    assert_eq!(roca.person.as_ref().map(|person| person.name.as_str()), Some("Lucía Roca"));
    assert_eq!((antelo.turns, antelo.words), (1, 10));
    assert!(antelo.first_words.starts_with("Seguimos copiando"), "{}", antelo.first_words);
    assert_eq!(app.app.meetings(None, None, None).expect("a list").len(), 1, "nothing is kept");
}
