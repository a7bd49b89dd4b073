//! Whatever people do, in whatever order: the state is the last act that was not undone, the map holds exactly what is
//! accepted, every quote is verbatim, and the history is complete.

use cita::model::*;
use cita::store::{EntryChange, NewMeeting};
use proptest::prelude::*;

use super::kit::{House, accept_into, customer, decision, reject, talk};

/// What somebody tries with one of the suggestions.
#[derive(Clone, Debug)]
enum Try {
    Accept {
        worded: bool,
    },
    Reject(RejectReason),
    Undo,
    /// A decision by somebody who saw another state.
    Late,
    /// Words the entry that holds the quote.
    Word,
}

fn tries() -> impl Strategy<Value = Vec<(usize, Try)>> {
    let one = prop_oneof![
        3 => any::<bool>().prop_map(|worded| Try::Accept { worded }),
        2 => (0..RejectReason::ALL.len()).prop_map(|reason| Try::Reject(RejectReason::ALL[reason])),
        3 => Just(Try::Undo),
        1 => Just(Try::Late),
        1 => Just(Try::Word),
    ];
    prop::collection::vec((0..5usize, one), 1..40)
}

/// What must be true of one suggestion.
#[derive(Default)]
struct Expected {
    standing: Vec<Act>,
    history: Vec<Decision>,
}

impl Expected {
    fn state(&self) -> State {
        match self.standing.last() {
            Some(Act::Accept { .. }) => State::Accepted,
            Some(Act::Reject { .. }) => State::Rejected,
            Some(Act::Undo) | None => State::Pending,
        }
    }
}

/// How the quote comes onto the map: as proposed, or as an entry of its own in a person's words.
fn placed(house: &House, suggestion: SuggestionId, worded: bool) -> (EntryId, EntryChange) {
    if !worded {
        return house.placing(suggestion);
    }
    let statement = Bilingual::new("dicho", "dicho");
    let entry = Entry { kind: Kind::SayDo, statement, worded, ..house.new_entry(suggestion) };
    (entry.id, EntryChange::Create(entry))
}

fn taken_off(house: &House, suggestion: SuggestionId) -> EntryChange {
    match house.store.suggestion(suggestion).unwrap().unwrap().entry {
        Some(entry) => EntryChange::RemoveQuote { entry, suggestion },
        None => EntryChange::None,
    }
}

fn attempt(house: &House, id: SuggestionId, expected: &mut Expected, what: &Try) {
    let state = expected.state();
    let (act, change) = match what {
        Try::Accept { worded } => {
            let (entry, change) = placed(house, id, *worded);
            (accept_into(entry), change)
        }
        Try::Reject(reason) => (reject(*reason), taken_off(house, id)),
        Try::Undo => {
            let before = expected.standing.len().checked_sub(2).and_then(|place| expected.standing.get(place));
            let change = match before {
                Some(Act::Accept { .. }) => placed(house, id, false).1,
                _ => taken_off(house, id),
            };
            (Act::Undo, change)
        }
        Try::Late => {
            let seen = if state == State::Pending { State::Rejected } else { State::Pending };
            let late = decision(id, reject(RejectReason::Duplicate));
            let problem = house.store.decide(&late, seen, &taken_off(house, id)).unwrap_err();
            assert_eq!(problem.code, "already_decided");
            return;
        }
        Try::Word => {
            if let Some(entry) = house.store.suggestion(id).unwrap().unwrap().entry {
                house.store.set_statement(entry, &Bilingual::new("mío", "mío")).unwrap();
            }
            return;
        }
    };
    let made = decision(id, act.clone());
    let outcome = house.store.decide(&made, state, &change);
    if act == Act::Undo && expected.standing.is_empty() {
        assert_eq!(outcome.unwrap_err().code, "nothing_to_undo");
        return;
    }
    outcome.unwrap();
    match act {
        Act::Undo => drop(expected.standing.pop()),
        act => expected.standing.push(act),
    }
    expected.history.push(made);
}

fn check(house: &House, new: &NewMeeting, expected: &[Expected]) {
    let entries = house.store.entries(new.customer.id).unwrap();
    let mut on_the_map: Vec<SuggestionId> = Vec::new();
    for entry in &entries {
        assert!(!entry.quotes.is_empty(), "an entry lives as long as it has a quote");
        for quote in &entry.quotes {
            assert!(quote.quote.is_verbatim(&new.transcript.text));
            on_the_map.push(quote.suggestion);
        }
    }
    on_the_map.sort_unstable();
    let mut accepted = Vec::new();
    for (suggestion, expected) in new.suggestions.iter().zip(expected) {
        let row = house.store.suggestion(suggestion.id).unwrap().unwrap();
        assert_eq!(row.state, expected.state());
        let reason = match expected.standing.last() {
            Some(Act::Reject { reason }) => Some(*reason),
            _ => None,
        };
        assert_eq!(row.reject_reason, reason);
        assert_eq!(house.store.decisions(suggestion.id).unwrap(), expected.history);
        if row.state == State::Accepted {
            accepted.push(suggestion.id);
        }
    }
    accepted.sort_unstable();
    assert_eq!(on_the_map, accepted, "exactly what a person accepted, each once");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_people_do(tries in tries()) {
        let house = House::new();
        let new = NewMeeting { new_customer: true, ..talk(&customer("Molinos del Sur"), "Visita") };
        house.add(&new);
        let mut expected: Vec<Expected> = new.suggestions.iter().map(|_| Expected::default()).collect();
        for (which, what) in &tries {
            attempt(&house, new.suggestions[*which].id, &mut expected[*which], what);
            check(&house, &new, &expected);
        }
        prop_assert_eq!(house.store.verify().unwrap(), vec![]);
    }
}
