//! The reviewer's desk: one suggestion at a time, in its neighbourhood.

use crate::config::MAX_PAGE;
use crate::model::{Bilingual, CustomerId, Entry, Kind, MeetingId, Problem, State, SuggestionId};
use crate::store::{Order, SuggestionFilter, SuggestionRow};

use super::App;
use super::meetings::TurnView;

/// How many turns before and after the quote are shown.
const NEIGHBOURS: usize = 2;

/// Which suggestions lie on the desk.
#[derive(Clone, Debug, Default)]
pub struct DeskFilter {
    /// Only this customer's.
    pub customer: Option<CustomerId>,
    /// Only this meeting's.
    pub meeting: Option<MeetingId>,
    /// Only this kind.
    pub kind: Option<Kind>,
}

/// One suggestion with everything needed to decide on it.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The suggestion; none where nothing awaits a person.
    pub current: Option<SuggestionRow>,
    /// The turn of the quote with its neighbours; no other quote is marked in them.
    pub turns: Vec<TurnView>,
    /// The entry that its quote would join if it was accepted as proposed.
    pub joins: Option<Entry>,
    /// What the map would say of it if it was accepted as proposed.
    pub statement: Bilingual,
    /// The one before it in the queue.
    pub previous: Option<SuggestionId>,
    /// The one after it in the queue.
    pub next: Option<SuggestionId>,
    /// How many await a person.
    pub pending: usize,
    /// How many a person has decided.
    pub decided: usize,
}

impl App {
    /// The suggestion `at`, or the first of the queue: pending ones, by expected correctness.
    ///
    /// # Errors
    /// `suggestion_not_found`.
    pub fn desk(&self, filter: &DeskFilter, at: Option<SuggestionId>) -> Result<Desk, Problem> {
        let queue = self.store.suggestions(&SuggestionFilter {
            customer: filter.customer,
            meeting: filter.meeting,
            kind: filter.kind,
            state: Some(State::Pending),
            order: Order::Score,
            limit: MAX_PAGE,
            ..SuggestionFilter::default()
        })?;
        let (pending, decided) = self.progress(filter.customer, filter.meeting)?;
        let place = at.and_then(|id| queue.iter().position(|row| row.suggestion.id == id));
        let (current, previous, next) = match (at, place) {
            (Some(id), None) => (Some(self.suggestion(id)?), None, queue.first()),
            (_, place) => {
                let place = place.unwrap_or_default();
                let previous = place.checked_sub(1).and_then(|before| queue.get(before));
                (queue.get(place).cloned(), previous, queue.get(place + 1))
            }
        };
        let (previous, next) = (previous.map(|row| row.suggestion.id), next.map(|row| row.suggestion.id));
        let Some(row) = current else {
            return Ok(Desk {
                current: None,
                turns: Vec::new(),
                joins: None,
                statement: Bilingual::default(),
                previous,
                next,
                pending,
                decided,
            });
        };
        let turns = self.neighbourhood(&row)?;
        let draft = self.drafted_statement(&row);
        let joins = match draft {
            Some(_) => None,
            None => self.store.entry_for(row.customer, row.suggestion.kind, &row.suggestion.concept)?,
        };
        let statement = draft.unwrap_or_else(|| row.suggestion.concept_label.clone());
        Ok(Desk { current: Some(row), turns, joins, statement, previous, next, pending, decided })
    }

    fn neighbourhood(&self, row: &SuggestionRow) -> Result<Vec<TurnView>, Problem> {
        let turn = row.suggestion.quote.turn;
        let view = self.meeting(row.meeting)?;
        let near = turn.saturating_sub(NEIGHBOURS)..=turn.saturating_add(NEIGHBOURS);
        let is_its =
            |place: usize| view.suggestions.get(place).is_some_and(|other| other.suggestion.id == row.suggestion.id);
        let mut turns: Vec<TurnView> = view.turns.into_iter().filter(|view| near.contains(&view.ordinal)).collect();
        for utterance in turns.iter_mut().flat_map(|turn| &mut turn.utterances) {
            utterance.quotes.retain(|mark| is_its(mark.suggestion));
        }
        Ok(turns)
    }
}
