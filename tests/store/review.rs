//! Decisions and entries.

use std::sync::Barrier;

use cita::model::*;
use cita::store::{EntryChange, NewMeeting};
use uuid::Uuid;

use super::kit::{House, accept_into, customer, decision, reject, talk};

fn reviewed() -> (House, NewMeeting) {
    let house = House::new();
    let new = NewMeeting { new_customer: true, ..talk(&customer("Molinos del Sur"), "Visita") };
    house.add(&new);
    (house, new)
}

#[test]
fn quotes_accepted_as_proposed_gather_in_one_entry_and_leave_it_again() {
    let (house, new) = reviewed();
    let ids: Vec<SuggestionId> = new.suggestions.iter().map(|one| one.id).collect();
    let before = house.store.last_seq().unwrap();
    let entry = house.accept(ids[2]);
    assert_eq!(house.accept(ids[0]), entry);
    assert!(house.store.last_seq().unwrap() > before, "the index hears of it");

    let stored = house.store.entry(entry).unwrap().unwrap();
    assert_eq!(stored.quotes, [house.quote(ids[2]), house.quote(ids[0])], "in the order in which they were accepted");
    assert_eq!(house.store.entries(new.customer.id).unwrap(), std::slice::from_ref(&stored));
    assert_eq!(house.store.entry_for(new.customer.id, Kind::Friction, "manual-copying").unwrap(), Some(stored));
    assert_eq!(house.store.suggestion(ids[0]).unwrap().unwrap().entry, Some(entry));

    for (id, left) in [(ids[2], 1), (ids[0], 0)] {
        let change = EntryChange::RemoveQuote { entry, suggestion: id };
        house.store.decide(&decision(id, Act::Undo), State::Accepted, &change).unwrap();
        assert_eq!(house.state(id), State::Pending);
        let quotes = house.store.entry(entry).unwrap().map_or(0, |entry| entry.quotes.len());
        assert_eq!(quotes, left);
    }
    assert_eq!(house.store.entries(new.customer.id).unwrap(), [], "an entry lives as long as it has a quote");
}

#[test]
fn a_rejection_keeps_its_reason_and_can_be_undone() {
    let (house, new) = reviewed();
    let id = new.suggestions[0].id;
    let no = decision(id, reject(RejectReason::Idiom));
    house.store.decide(&no, State::Pending, &EntryChange::None).unwrap();
    let row = house.store.suggestion(id).unwrap().unwrap();
    assert_eq!((row.state, row.reject_reason, row.entry), (State::Rejected, Some(RejectReason::Idiom), None));
    assert_eq!(house.store.last_decision().unwrap().as_ref(), Some(&no));

    let undo = decision(id, Act::Undo);
    house.store.decide(&undo, State::Rejected, &EntryChange::None).unwrap();
    let row = house.store.suggestion(id).unwrap().unwrap();
    assert_eq!((row.state, row.reject_reason), (State::Pending, None));
    assert_eq!(house.store.decisions(id).unwrap(), [no, undo], "nothing is taken out of the history");
    assert_eq!(house.store.last_decision().unwrap(), None);
}

#[test]
fn an_undo_brings_back_the_decision_before() {
    let (house, new) = reviewed();
    let id = new.suggestions[0].id;
    let entry = house.accept(id);
    let quote = EntryChange::Create(house.store.entry(entry).unwrap().unwrap());
    let accepted = house.store.last_decision().unwrap().unwrap();

    let off = EntryChange::RemoveQuote { entry, suggestion: id };
    house.store.decide(&decision(id, reject(RejectReason::TooVague)), State::Accepted, &off).unwrap();
    assert_eq!(house.state(id), State::Rejected);
    house.store.decide(&decision(id, Act::Undo), State::Rejected, &quote).unwrap();
    assert_eq!(house.state(id), State::Accepted);
    assert_eq!(house.store.last_decision().unwrap(), Some(accepted));
    assert_eq!(house.store.decisions(id).unwrap().len(), 3);
    assert_eq!(house.store.verify().unwrap(), []);
}

#[test]
fn who_comes_second_is_told() {
    let (house, new) = reviewed();
    let id = new.suggestions[0].id;
    house.accept(id);
    let late = decision(id, reject(RejectReason::OffTopic));
    let problem = house.store.decide(&late, State::Pending, &EntryChange::None).unwrap_err();
    assert_eq!((problem.code.as_str(), problem.class), ("already_decided", ProblemClass::Conflict));
    assert_eq!(house.store.decisions(id).unwrap().len(), 1);

    let other = new.suggestions[1].id;
    let undo = house.store.decide(&decision(other, Act::Undo), State::Pending, &EntryChange::None).unwrap_err();
    assert_eq!((undo.code.as_str(), undo.class), ("nothing_to_undo", ProblemClass::Conflict));
    let nobody = SuggestionId(Uuid::now_v7());
    let lost = house.store.decide(&decision(nobody, Act::Undo), State::Pending, &EntryChange::None).unwrap_err();
    assert_eq!((lost.code.as_str(), lost.class), ("suggestion_not_found", ProblemClass::NotFound));
}

#[test]
fn eight_who_accept_at_once_make_one_decision() {
    let (house, new) = reviewed();
    let id = new.suggestions[0].id;
    let barrier = Barrier::new(8);
    let accepted = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    let entry = house.new_entry(id);
                    barrier.wait();
                    let act = accept_into(entry.id);
                    house.store.decide(&decision(id, act), State::Pending, &EntryChange::Create(entry))
                })
            })
            .collect();
        let outcomes = threads.into_iter().map(|thread| thread.join().unwrap());
        outcomes
            .filter(|outcome| match outcome {
                Ok(()) => true,
                Err(problem) => {
                    assert_eq!(problem.code, "already_decided");
                    false
                }
            })
            .count()
    });
    assert_eq!(accepted, 1);
    assert_eq!(house.store.decisions(id).unwrap().len(), 1);
    assert_eq!(house.store.entries(new.customer.id).unwrap().len(), 1);
}

#[test]
fn a_quote_that_nobody_said_is_refused() {
    let (house, new) = reviewed();
    let id = new.suggestions[0].id;
    let mut entry = house.new_entry(id);
    entry.quotes[0].quote.text = "Cada lunes copiamos los pedidos con gusto.".to_owned();
    let act = accept_into(entry.id);
    let problem = house.store.decide(&decision(id, act), State::Pending, &EntryChange::Create(entry)).unwrap_err();
    assert_eq!((problem.code.as_str(), problem.class), ("quote_not_verbatim", ProblemClass::Invalid));
    assert_eq!(house.state(id), State::Pending);
    assert_eq!(house.store.decisions(id).unwrap(), []);

    house.accept(new.suggestions[2].id);
    let (known, _) = house.placing(id);
    let mut quote = house.quote(id);
    quote.quote.pieces[0].end += 1;
    let change = EntryChange::AddTo(known, quote);
    let problem = house.store.decide(&decision(id, accept_into(known)), State::Pending, &change).unwrap_err();
    assert_eq!(problem.code, "quote_not_verbatim");
}

#[test]
fn the_map_and_the_decision_stay_in_step() {
    let (house, new) = reviewed();
    let (id, other) = (new.suggestions[0].id, new.suggestions[1].id);
    let refused = |act: Act, change: &EntryChange| {
        let problem = house.store.decide(&decision(id, act), State::Pending, change).unwrap_err();
        assert_eq!(house.store.decisions(id).unwrap(), []);
        assert_eq!(house.store.entries(new.customer.id).unwrap(), []);
        problem.code
    };
    let entry = house.new_entry(id);
    let accept = || accept_into(entry.id);
    let no = || reject(RejectReason::Negated);
    assert_eq!(refused(accept(), &EntryChange::None), "entry_out_of_step");
    assert_eq!(refused(no(), &EntryChange::Create(entry.clone())), "entry_out_of_step");
    let empty = Entry { quotes: Vec::new(), ..entry.clone() };
    assert_eq!(refused(accept(), &EntryChange::Create(empty)), "entry_out_of_step");
    let borrowed = Entry { quotes: vec![house.quote(other)], ..entry.clone() };
    assert_eq!(refused(accept(), &EntryChange::Create(borrowed)), "entry_out_of_step");
    let stranger = Entry { customer: CustomerId(Uuid::now_v7()), ..entry.clone() };
    assert_eq!(refused(accept(), &EntryChange::Create(stranger)), "entry_out_of_step");
    let nowhere = EntryChange::AddTo(EntryId(Uuid::now_v7()), house.quote(id));
    assert_eq!(refused(accept(), &nowhere), "entry_not_found");
    let absent = EntryChange::RemoveQuote { entry: entry.id, suggestion: id };
    assert_eq!(refused(no(), &absent), "entry_not_found");
}

#[test]
fn a_worded_entry_stands_apart() {
    let (house, new) = reviewed();
    let (id, other) = (new.suggestions[0].id, new.suggestions[2].id);
    let entry = house.accept(id);
    let words = Bilingual::new("Copian pedidos todos los lunes", "Copian pedidos todos los lunes");
    house.store.set_statement(entry, &words).unwrap();
    let stored = house.store.entry(entry).unwrap().unwrap();
    assert_eq!((stored.statement, stored.worded), (words.clone(), true));
    assert_eq!(house.store.entry_for(new.customer.id, Kind::Friction, "manual-copying").unwrap(), None);
    assert_ne!(house.accept(other), entry, "what is accepted as proposed joins the unworded one");
    assert_eq!(house.store.entries(new.customer.id).unwrap().len(), 2);
    let problem = house.store.set_statement(EntryId(Uuid::now_v7()), &words).unwrap_err();
    assert_eq!((problem.code.as_str(), problem.class), ("entry_not_found", ProblemClass::NotFound));
}

#[test]
fn two_who_begin_the_same_entry_at_once_are_told_apart() {
    let (house, new) = reviewed();
    let (id, other) = (new.suggestions[0].id, new.suggestions[2].id);
    let late = house.new_entry(other);
    house.accept(id);
    let act = accept_into(late.id);
    let problem = house.store.decide(&decision(other, act), State::Pending, &EntryChange::Create(late)).unwrap_err();
    assert_eq!((problem.code.as_str(), problem.class), ("entry_exists", ProblemClass::Conflict));
    assert_eq!(house.state(other), State::Pending);
}

#[test]
fn an_accepted_quote_can_move_to_another_entry() {
    let (house, new) = reviewed();
    let id = new.suggestions[0].id;
    let first = house.accept(id);
    let worded = Entry {
        id: EntryId(Uuid::now_v7()),
        worded: true,
        kind: Kind::Job,
        ..house.store.entry(first).unwrap().unwrap()
    };
    let act = accept_into(worded.id);
    house.store.decide(&decision(id, act), State::Accepted, &EntryChange::Create(worded.clone())).unwrap();
    assert_eq!(house.store.entries(new.customer.id).unwrap(), [worded]);
    assert_eq!(house.store.verify().unwrap(), []);
}
