//! Home: what awaits review and what came in last.

use crate::model::{Kind, LanguageShares, Problem, State};
use crate::store::{CustomerSummary, MeetingFilter, MeetingSummary};

use super::{App, IndexStatus, SavedSearchView};

/// How many recent meetings home shows.
const RECENT: usize = 8;

/// What a person sees first.
#[derive(Clone, Debug)]
pub struct Home {
    /// Every customer, the one with the most suggestions awaiting review first.
    pub customers: Vec<CustomerSummary>,
    /// The latest meetings.
    pub recent: Vec<MeetingSummary>,
    /// How many suggestions of each kind await a person.
    pub pending: Vec<(Kind, usize)>,
    /// How many a person has decided.
    pub decided: usize,
    /// The searches that people keep, with what is new in them.
    pub saved: Vec<SavedSearchView>,
    /// What the index is doing.
    pub index: IndexStatus,
}

impl App {
    /// What awaits review and what came in last.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn home(&self) -> Result<Home, Problem> {
        let mut customers = self.store.customers()?;
        customers.sort_by(|a, b| b.pending.cmp(&a.pending).then_with(|| a.customer.name.cmp(&b.customer.name)));
        let recent = self.store.meetings(&MeetingFilter { customer: None, limit: RECENT, before: None })?;
        let counts = self.store.suggestion_counts(None, None)?;
        let pending = counts.iter().filter(|row| row.1 == State::Pending).map(|row| (row.0, row.2)).collect();
        let decided = counts.iter().filter(|row| row.1 != State::Pending).map(|row| row.2).sum();
        let saved = self.saved_searches()?;
        Ok(Home { customers, recent, pending, decided, saved, index: self.index_status()? })
    }

    /// The languages of everything that was said: utterances and words of all meetings together.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn language_totals(&self) -> Result<LanguageShares, Problem> {
        self.store.languages()
    }
}
