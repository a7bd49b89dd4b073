//! Meetings, suggestions, customers and the outbox.

use std::sync::Barrier;

use cita::model::*;
use cita::store::{Added, Change, MeetingFilter, NewMeeting, Order, SuggestionFilter};
use uuid::Uuid;

use super::kit::{House, customer, file_of, meeting, talk};

/// A house with one customer, who is called Molinos del Sur.
fn house() -> (House, Customer) {
    let house = House::new();
    let molinos = customer("Molinos del Sur");
    house.store.add_customer(&molinos).unwrap();
    (house, molinos)
}

fn on(new: NewMeeting, date: &str) -> NewMeeting {
    NewMeeting { meeting: Meeting { date: Some(date.parse().unwrap()), ..new.meeting }, ..new }
}

fn titles(house: &House, filter: &MeetingFilter) -> Vec<String> {
    house.store.meetings(filter).unwrap().into_iter().map(|summary| summary.meeting.title).collect()
}

#[test]
fn a_meeting_comes_back_as_it_was_added() {
    let (house, molinos) = house();
    let new = on(talk(&molinos, "Visita"), "2026-03-14");
    assert_eq!(house.add(&new), Added::New);

    let stored = house.store.meeting(new.meeting.id).unwrap().unwrap();
    assert_eq!(stored.transcript, new.transcript);
    assert_eq!(stored.utterances, new.utterances);
    assert_eq!(stored.report, new.report);
    assert_eq!(stored.summary.meeting, new.meeting);
    assert_eq!(stored.summary.customer_name, "Molinos del Sur");
    assert_eq!((stored.summary.turns, stored.summary.utterances), (5, 5));
    assert_eq!((stored.summary.pending, stored.summary.accepted, stored.summary.rejected), (5, 0, 0));
    let words = WordCounts { spanish: 10, english: 5, portuguese: 5, other: 0 };
    let languages = LanguageShares { spanish: 3, english: 2, words, ..LanguageShares::default() };
    assert_eq!(stored.summary.languages, languages);
    assert_eq!(house.store.languages().unwrap(), languages, "the only meeting is all there is");
    assert_eq!(house.store.meeting_summary(new.meeting.id).unwrap(), Some(stored.summary));
    assert_eq!(house.store.meeting_by_source(&new.meeting.source.hash).unwrap(), Some(new.meeting.id));
    assert_eq!(house.store.original(&new.meeting.source.hash).unwrap(), file_of(&new));

    let row = house.store.suggestion(new.suggestions[2].id).unwrap().unwrap();
    assert_eq!(row.suggestion, new.suggestions[2]);
    assert_eq!(row.language, new.utterances[2].language);
    assert_eq!((row.state, row.entry, row.reject_reason), (State::Pending, None, None));
    assert_eq!((row.meeting, row.customer, row.date), (new.meeting.id, molinos.id, new.meeting.date));
    assert_eq!(row.speaker.as_deref(), Some("Rita Solar (Molinos del Sur)"));
    assert_eq!((row.side, row.start_ms), (Side::Customer, Some(8000)));
}

#[test]
fn the_languages_of_all_meetings_add_up() {
    let (house, molinos) = house();
    assert_eq!(house.store.languages().unwrap(), LanguageShares::default());
    let mut first = talk(&molinos, "Visita");
    first.utterances[0].language.mixed = 0.75;
    first.utterances[1].language.language = Language::Portuguese;
    let second = talk(&molinos, "Otra visita");
    house.add(&first);
    house.add(&second);
    let stored = house.store.meeting_summary(first.meeting.id).unwrap().unwrap().languages;
    assert_eq!(stored, LanguageShares::of(first.utterances.iter().map(|one| &one.language)));
    assert_eq!((stored.mixed, stored.portuguese, stored.other), (1, 1, 1));
    let both = stored.plus(&house.store.meeting_summary(second.meeting.id).unwrap().unwrap().languages);
    assert_eq!(house.store.languages().unwrap(), both);
}

#[test]
fn an_utterance_of_an_earlier_version_is_wholly_in_its_language() {
    let (house, molinos) = house();
    let new = talk(&molinos, "Visita");
    house.add(&new);
    let House { store, dir } = house;
    drop(store);
    let database = rusqlite::Connection::open(dir.path().join("cita.db")).unwrap();
    database.execute("UPDATE utterances SET language_detail = NULL", []).unwrap();
    drop(database);
    let stored = cita::store::Store::open(dir.path()).unwrap().meeting(new.meeting.id).unwrap().unwrap();
    let tag = &stored.utterances[0].language;
    assert_eq!(tag.shares, WordShares::all(tag.language));
    assert_eq!((&tag.switches, &tag.borrowed), (&new.utterances[0].language.switches, &Vec::new()));
}

#[test]
fn what_is_not_there_is_none() {
    let (house, _) = house();
    let nobody = Uuid::now_v7();
    assert_eq!(house.store.meeting(MeetingId(nobody)).unwrap(), None);
    assert_eq!(house.store.meeting_summary(MeetingId(nobody)).unwrap(), None);
    assert_eq!(house.store.suggestion(SuggestionId(nobody)).unwrap(), None);
    assert_eq!(house.store.entry(EntryId(nobody)).unwrap(), None);
    assert_eq!(house.store.customer(CustomerId(nobody)).unwrap(), None);
    assert_eq!(house.store.meeting_by_source(&SourceHash::of(b"")).unwrap(), None);
    assert_eq!(house.store.last_decision().unwrap(), None);
    assert!(!house.store.delete_meeting(MeetingId(nobody)).unwrap());
}

#[test]
fn the_same_file_twice_is_one_meeting() {
    let (house, molinos) = house();
    let first = talk(&molinos, "Visita");
    house.add(&first);
    let before = house.store.last_seq().unwrap();

    let again = NewMeeting {
        meeting: Meeting { id: MeetingId(Uuid::now_v7()), title: "Otra".to_owned(), ..first.meeting.clone() },
        customer: customer("Otro cliente"),
        new_customer: true,
        ..first.clone()
    };
    assert_eq!(house.add(&again), Added::Existing(first.meeting.id));
    assert_eq!(titles(&house, &MeetingFilter::default()), ["Visita"]);
    assert_eq!(house.store.customer_by_name("Otro cliente").unwrap(), None, "nothing else may have changed");
    assert_eq!(house.store.last_seq().unwrap(), before);
    assert_eq!(house.store.verify().unwrap(), []);
}

#[test]
fn eight_who_add_the_same_file_at_once_make_one_meeting() {
    let house = House::new();
    let barrier = Barrier::new(8);
    let outcomes: Vec<(MeetingId, Added)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    let new = NewMeeting { new_customer: true, ..talk(&customer("Molinos del Sur"), "Visita") };
                    barrier.wait();
                    (new.meeting.id, house.add(&new))
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });

    let winners: Vec<MeetingId> = outcomes.iter().filter(|(_, added)| *added == Added::New).map(|one| one.0).collect();
    assert_eq!(winners.len(), 1);
    let others = outcomes.iter().filter(|(id, _)| *id != winners[0]);
    assert!(others.into_iter().all(|(_, added)| *added == Added::Existing(winners[0])));
    assert_eq!(house.store.meeting_ids().unwrap(), winners);
    assert_eq!(house.store.customers().unwrap().len(), 1);
    assert_eq!(house.store.verify().unwrap(), []);
}

#[test]
fn a_refused_meeting_leaves_nothing_behind() {
    let (house, molinos) = house();
    let before = house.store.last_seq().unwrap();
    let good = NewMeeting { customer: customer("Textiles Yara"), new_customer: true, ..talk(&molinos, "Visita") };

    assert_eq!(house.store.add_meeting(&good).unwrap_err().code, "original_missing");

    house.store.put_original(file_of(&good)).unwrap();
    let mut invented = good.clone();
    invented.suggestions[3].quote.text.push('!');
    let problem = house.store.add_meeting(&invented).unwrap_err();
    assert_eq!((problem.code.as_str(), problem.class), ("quote_not_verbatim", ProblemClass::Invalid));

    let mut twice = good.clone();
    twice.suggestions.push(good.suggestions[0].clone());
    assert!(house.store.add_meeting(&twice).is_err(), "an identity is proposed once");

    let stranger = NewMeeting { new_customer: false, ..good.clone() };
    assert_eq!(house.store.add_meeting(&stranger).unwrap_err().code, "customer_not_found");

    assert_eq!(house.store.meeting_ids().unwrap(), []);
    assert_eq!(house.store.customer_by_name("Textiles Yara").unwrap(), None);
    assert_eq!(house.store.last_seq().unwrap(), before);
    assert_eq!(house.store.add_meeting(&good).unwrap(), Added::New);
}

#[test]
fn meetings_are_listed_newest_first_page_by_page() {
    let (house, molinos) = house();
    let textiles = NewMeeting { new_customer: true, ..on(talk(&customer("Textiles Yara"), "e"), "2026-04-01") };
    for new in [
        on(talk(&molinos, "a"), "2026-01-05"),
        talk(&molinos, "undated, older import"),
        on(talk(&molinos, "c"), "2026-04-20"),
        talk(&molinos, "undated, newer import"),
        textiles.clone(),
    ] {
        house.add(&new);
    }

    let all = ["c", "e", "a", "undated, newer import", "undated, older import"];
    assert_eq!(titles(&house, &MeetingFilter::default()), all);
    let own = MeetingFilter { customer: Some(textiles.customer.id), ..MeetingFilter::default() };
    assert_eq!(titles(&house, &own), ["e"]);

    let mut paged = Vec::new();
    let mut filter = MeetingFilter { limit: 2, ..MeetingFilter::default() };
    loop {
        let page = house.store.meetings(&filter).unwrap();
        let Some(last) = page.last() else { break };
        filter.before = Some(last.meeting.id);
        paged.extend(page.into_iter().map(|summary| summary.meeting.title));
    }
    assert_eq!(paged, all);

    let gone = MeetingFilter { before: Some(MeetingId(Uuid::now_v7())), ..MeetingFilter::default() };
    assert_eq!(house.store.meetings(&gone).unwrap_err().code, "meeting_not_found");
}

#[test]
fn suggestions_are_filtered_ordered_and_paged() {
    let (house, molinos) = house();
    let (first, second) = (talk(&molinos, "Primera"), talk(&molinos, "Segunda"));
    house.add(&first);
    house.add(&second);
    let found = |filter: SuggestionFilter| -> Vec<SuggestionId> {
        house.store.suggestions(&filter).unwrap().into_iter().map(|row| row.suggestion.id).collect()
    };
    let all = SuggestionFilter::default;
    let of = |new: &NewMeeting, ordinals: &[usize]| -> Vec<SuggestionId> {
        ordinals.iter().map(|ordinal| new.suggestions[*ordinal].id).collect()
    };

    assert_eq!(found(SuggestionFilter { meeting: Some(first.meeting.id), ..all() }), of(&first, &[0, 1, 2, 3, 4]));
    let pains = SuggestionFilter { meeting: Some(second.meeting.id), kind: Some(Kind::Pain), ..all() };
    assert_eq!(found(pains), of(&second, &[1, 3]));
    let concept = SuggestionFilter { concept: Some("one-person-knows".to_owned()), ..all() };
    assert_eq!(found(concept).len(), 4);
    assert_eq!(found(SuggestionFilter { customer: Some(molinos.id), ..all() }).len(), 10);
    assert_eq!(found(SuggestionFilter { customer: Some(CustomerId(Uuid::now_v7())), ..all() }), []);
    assert_eq!(found(SuggestionFilter { state: Some(State::Accepted), ..all() }), []);
    assert_eq!(found(SuggestionFilter { state: Some(State::Pending), side: Some(Side::Team), ..all() }), []);

    for order in [Order::Score, Order::Place] {
        let whole = found(SuggestionFilter { order, ..all() });
        let mut paged = Vec::new();
        let mut filter = SuggestionFilter { order, limit: 3, state: Some(State::Pending), ..all() };
        loop {
            let page = found(filter.clone());
            let Some(last) = page.last() else { break };
            filter.after = Some(*last);
            paged.extend(page);
        }
        assert_eq!(paged, whole);
        assert_eq!(whole.len(), 10);
    }
    let by_place = found(SuggestionFilter { order: Order::Place, ..all() });
    assert_eq!(by_place, [of(&first, &[0, 1, 2, 3, 4]), of(&second, &[0, 1, 2, 3, 4])].concat());
    let by_score = found(SuggestionFilter { limit: 4, ..all() });
    assert_eq!(by_score, [of(&first, &[0]), of(&second, &[0]), of(&first, &[1]), of(&second, &[1])].concat());
}

#[test]
fn suggestions_are_counted_by_kind_and_state() {
    let (house, molinos) = house();
    let new = talk(&molinos, "Visita");
    house.add(&new);
    house.add(&NewMeeting { new_customer: true, ..talk(&customer("Textiles Yara"), "Otra") });
    house.accept(new.suggestions[0].id);

    let own =
        [(Kind::Pain, State::Pending, 2), (Kind::Friction, State::Pending, 2), (Kind::Friction, State::Accepted, 1)];
    assert_eq!(house.store.suggestion_counts(Some(molinos.id), None).unwrap(), own);
    assert_eq!(house.store.suggestion_counts(None, Some(new.meeting.id)).unwrap(), own);
    let all = house.store.suggestion_counts(None, None).unwrap();
    assert_eq!(all.iter().map(|(_, _, count)| count).sum::<usize>(), 10);

    let summary = house.store.meeting_summary(new.meeting.id).unwrap().unwrap();
    assert_eq!((summary.pending, summary.accepted, summary.rejected), (4, 1, 0));
}

#[test]
fn utterances_are_fetched_by_their_ordinal() {
    let (house, molinos) = house();
    let new = talk(&molinos, "Visita");
    house.add(&new);
    let found = house.store.text_of(new.meeting.id, &[3, 1, 99]).unwrap();
    let speakers = &new.transcript.speakers;
    assert_eq!(
        found,
        [
            (3, new.utterances[3].clone(), Some(speakers[0].clone()), Some(12_000)),
            (1, new.utterances[1].clone(), Some(speakers[1].clone()), Some(4000)),
        ]
    );
}

#[test]
fn words_without_a_speaker_or_a_time_are_kept() {
    let (house, molinos) = house();
    let mut new = meeting(&molinos, "Notas", &[("x", "Se pierde media mañana.")]);
    new.transcript.speakers.clear();
    new.people.clear();
    new.transcript.turns[0].speaker = None;
    new.transcript.turns[0].start_ms = None;
    new.transcript.turns[0].nature = Nature::Note;
    house.add(&new);
    assert_eq!(house.store.meeting(new.meeting.id).unwrap().unwrap().transcript, new.transcript);
    let row = house.store.suggestion(new.suggestions[0].id).unwrap().unwrap();
    assert_eq!((row.speaker, row.start_ms), (None, None));
    assert_eq!(house.store.text_of(new.meeting.id, &[0]).unwrap()[0].2, None);
}

#[test]
fn customers_are_known_by_name_whatever_its_case_and_accents() {
    let house = House::new();
    let nandu = customer("Ñandú  Exportación S.A.");
    house.store.add_customer(&nandu).unwrap();
    house.store.add_customer(&customer("Almacenes Brisa")).unwrap();

    for name in ["ñandú exportación s.a.", "NANDU EXPORTACION S.A.", " Ñandu\u{301} exportacio\u{301}n S.A. "] {
        assert_eq!(house.store.customer_by_name(name).unwrap().as_ref(), Some(&nandu), "{name}");
    }
    assert_eq!(house.store.customer_by_name("Ñandú").unwrap(), None);
    let problem = house.store.add_customer(&customer("ÑANDÚ EXPORTACIÓN S.A.")).unwrap_err();
    assert_eq!((problem.code.as_str(), problem.class), ("customer_exists", ProblemClass::Conflict));
    assert_eq!(house.store.add_customer(&customer("  ")).unwrap_err().code, "customer_name_empty");
    let names: Vec<String> = house.store.customers().unwrap().into_iter().map(|one| one.customer.name).collect();
    assert_eq!(names, ["Almacenes Brisa", "Ñandú  Exportación S.A."]);
}

#[test]
fn a_customer_is_summed_up() {
    let (house, molinos) = house();
    let new = talk(&molinos, "Visita");
    house.add(&new);
    house.accept(new.suggestions[0].id);
    house.accept(new.suggestions[2].id);
    let summary = house.store.customers().unwrap().remove(0);
    assert_eq!(summary.customer, molinos);
    assert_eq!((summary.meetings, summary.pending, summary.accepted, summary.entries), (1, 3, 2, 1));
}

#[test]
fn people_are_met_again_and_keep_the_side_that_a_person_set() {
    let (house, molinos) = house();
    let (first, second) = (talk(&molinos, "Primera"), talk(&molinos, "Segunda"));
    house.add(&first);
    house.set_side(first.meeting.id, 1, Side::Team).unwrap();
    let mut guessed = second.clone();
    guessed.people[1].side = Side::Customer;
    guessed.people[1].side_source = SideSource::TalkPattern;
    house.add(&guessed);

    let people = house.store.people(molinos.id).unwrap();
    let named: Vec<(&str, Side, SideSource)> =
        people.iter().map(|one| (one.name.as_str(), one.side, one.side_source)).collect();
    assert_eq!(
        named,
        [("iván", Side::Team, SideSource::Person), ("rita solar", Side::Customer, SideSource::Label)],
        "one person for both meetings"
    );
}

#[test]
fn a_side_reaches_everything_that_the_speaker_says() {
    let (house, molinos) = house();
    let new = talk(&molinos, "Visita");
    house.add(&new);
    let entry = house.accept(new.suggestions[1].id);
    let before = house.store.last_seq().unwrap();
    house.set_side(new.meeting.id, 1, Side::ThirdParty).unwrap();

    let sides: Vec<Side> =
        new.suggestions.iter().map(|one| house.store.suggestion(one.id).unwrap().unwrap().side).collect();
    assert_eq!(sides, [Side::Customer, Side::ThirdParty, Side::Customer, Side::Customer, Side::ThirdParty]);
    let row = house.store.suggestion(new.suggestions[4].id).unwrap().unwrap();
    assert_eq!(row.suggestion.context.side, Side::ThirdParty);
    assert_eq!(house.store.entry(entry).unwrap().unwrap().quotes[0].side, Side::ThirdParty);
    let speaker = &house.store.meeting(new.meeting.id).unwrap().unwrap().transcript.speakers[1];
    assert_eq!((speaker.side, speaker.side_source), (Side::ThirdParty, SideSource::Person));
    assert!(house.store.last_seq().unwrap() > before);
    let nobody = house.set_side(new.meeting.id, 7, Side::Team).unwrap_err();
    assert_eq!(nobody.code, "speaker_not_found");
}

#[test]
fn the_outbox_tells_of_every_change_until_it_is_done() {
    let (house, molinos) = house();
    let (first, second) = (talk(&molinos, "Primera"), talk(&molinos, "Segunda"));
    house.add(&first);
    house.add(&second);
    let added = house.store.changes(0, 10).unwrap();
    let told: Vec<(MeetingId, bool)> = added.iter().map(|one| (one.meeting, one.removed)).collect();
    assert_eq!(told, [(first.meeting.id, false), (second.meeting.id, false)]);
    assert_eq!(house.store.changes(0, 1).unwrap(), &added[..1]);
    assert_eq!(house.store.changes(added[0].seq, 10).unwrap(), &added[1..]);

    house.accept(first.suggestions[0].id);
    house.store.changes_done(added[1].seq).unwrap();
    let left = house.store.changes(0, 10).unwrap();
    assert_eq!(left.len(), 1, "what changed meanwhile is not forgotten");
    assert_eq!((left[0].meeting, left[0].removed), (first.meeting.id, false));
    assert!(left[0].seq > added[1].seq);

    house.store.delete_meeting(second.meeting.id).unwrap();
    let last = house.store.last_seq().unwrap();
    assert!(house.store.changes(0, 10).unwrap().contains(&Change {
        seq: last,
        meeting: second.meeting.id,
        removed: true
    }));
    house.store.changes_done(last).unwrap();
    assert_eq!(house.store.changes(0, 10).unwrap(), []);
    assert_eq!(house.store.last_seq().unwrap(), last, "numbers are never given twice");
}

#[test]
fn hostile_words_are_only_words() {
    let house = House::new();
    let hostile =
        ["'; DROP TABLE meetings; --", "\" OR 1=1 --", "%", "_", "?1", "\0", "x' UNION SELECT * FROM decisions --"];
    for (number, words) in hostile.iter().enumerate() {
        let new =
            NewMeeting { new_customer: true, ..meeting(&customer(&format!("c{words}")), words, &[(words, words)]) };
        house.add(&new);
        assert_eq!(house.store.meeting(new.meeting.id).unwrap().unwrap().transcript, new.transcript);
        let filter = SuggestionFilter { concept: Some((*words).to_owned()), ..SuggestionFilter::default() };
        assert_eq!(house.store.suggestions(&filter).unwrap(), []);
        let found = house.store.customer_by_name(words).unwrap();
        assert_eq!(found, None, "{words}");
        assert_eq!(house.store.meeting_ids().unwrap().len(), number + 1);
    }
    assert_eq!(house.store.verify().unwrap(), []);
}
