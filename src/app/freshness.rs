//! The index follows the store: after every change, and from scratch where it is missing or damaged.

use std::sync::{Arc, MutexGuard, PoisonError};

use serde::Serialize;
use utoipa::ToSchema;

use crate::context::Scene;
use crate::model::{Mark, MeetingId, Problem};
use crate::search::{MeetingDocs, UtteranceDoc};
use crate::store::{Order, StoredMeeting, SuggestionFilter, SuggestionRow};
use crate::text::words::StemCache;

use super::App;
use super::meaning::spoken_of;

/// How many meetings go into one commit of the index.
const BATCH: usize = 200;

/// What the index is doing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum IndexState {
    /// It holds what the store holds.
    Ready,
    /// It is being built anew: so many of so many meetings are in.
    Rebuilding {
        /// How many are in.
        done: usize,
        /// How many there are.
        total: usize,
    },
    /// It could not follow; the problem's code.
    Behind {
        /// Why.
        code: String,
    },
}

/// What the index is doing, and how far it is behind the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct IndexStatus {
    /// What it is doing.
    pub state: IndexState,
    /// How many changes of the store it has not seen.
    pub behind: u64,
}

impl App {
    /// What the index is doing.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn index_status(&self) -> Result<IndexStatus, Problem> {
        let behind = self.store.last_seq()?.saturating_sub(self.index.seq()).max(0);
        Ok(IndexStatus { state: self.index_state().clone(), behind: behind.unsigned_abs() })
    }

    /// Waits until a rebuild under way is done, for commands that answer once and end.
    pub fn wait_for_index(&self) {
        while matches!(*self.index_state(), IndexState::Rebuilding { .. }) {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    }

    /// Brings every change of the store that the index has not seen into it.
    ///
    /// # Errors
    /// The store cannot be read or the index not written; the changes stay in the outbox.
    pub fn follow_store(&self) -> Result<(), Problem> {
        let _alone = self.following.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let changes = self.store.changes(self.index.seq(), BATCH)?;
            let Some(last) = changes.last() else { return Ok(()) };
            let mut ids: Vec<MeetingId> = changes.iter().map(|change| change.meeting).collect();
            ids.sort_unstable();
            ids.dedup();
            self.index_meetings(&ids, last.seq)?;
            self.store.changes_done(last.seq)?;
        }
    }

    /// The same where the change itself is durable already: a failure is told in the index status, not to who changed.
    pub(super) fn follow_store_or_warn(&self) {
        if matches!(*self.index_state(), IndexState::Rebuilding { .. }) {
            return;
        }
        match self.follow_store() {
            Ok(()) => *self.index_state() = IndexState::Ready,
            Err(problem) => {
                tracing::error!(code = problem.code, "the index could not follow the store");
                *self.index_state() = IndexState::Behind { code: problem.code };
            }
        }
    }

    /// Builds the index anew from the store; answers with how many meetings it holds now.
    ///
    /// # Errors
    /// The store cannot be read or the index not written.
    pub fn rebuild(&self) -> Result<usize, Problem> {
        let rebuilt = self.rebuild_all();
        *self.index_state() = match &rebuilt {
            Ok(_) => IndexState::Ready,
            Err(problem) => IndexState::Behind { code: problem.code.clone() },
        };
        let meetings = rebuilt?;
        self.follow_store()?;
        Ok(meetings)
    }

    /// Builds the index anew where its files turned out to be damaged while it was used.
    pub(super) fn mend(self: &Arc<Self>) {
        if !self.index.is_damaged() {
            return;
        }
        {
            let mut state = self.index_state();
            if matches!(*state, IndexState::Rebuilding { .. }) {
                return;
            }
            *state = IndexState::Rebuilding { done: 0, total: 0 };
        }
        tracing::error!("the index is damaged and is built anew");
        self.rebuild_in_background();
    }

    pub(super) fn rebuild_in_background(self: &Arc<Self>) {
        *self.index_state() = IndexState::Rebuilding { done: 0, total: 0 };
        let app = Arc::clone(self);
        std::thread::spawn(move || {
            if let Err(problem) = app.rebuild() {
                tracing::error!(code = problem.code, "the index could not be built");
            }
        });
    }

    fn rebuild_all(&self) -> Result<usize, Problem> {
        let _alone = self.following.lock().unwrap_or_else(PoisonError::into_inner);
        let seq = self.store.last_seq()?;
        let ids = self.store.meeting_ids()?;
        self.index.clear()?;
        for (batch, chunk) in ids.chunks(BATCH).enumerate() {
            *self.index_state() = IndexState::Rebuilding { done: batch * BATCH, total: ids.len() };
            self.index_meetings(chunk, 0)?;
        }
        self.index.apply(&[], &[], seq)?;
        self.store.changes_done(seq)?;
        Ok(ids.len())
    }

    fn index_meetings(&self, ids: &[MeetingId], seq: i64) -> Result<(), Problem> {
        let mut replace = Vec::with_capacity(ids.len());
        let mut remove = Vec::new();
        for id in ids {
            match self.store.meeting(*id)?.filter(|stored| stored.summary.revision_of.is_none()) {
                Some(stored) => replace.push(self.meeting_docs(stored)?),
                None => remove.push(*id),
            }
        }
        self.index.apply(&replace, &remove, seq)
    }

    fn meeting_docs(&self, stored: StoredMeeting) -> Result<MeetingDocs, Problem> {
        let rows = self.store.suggestions(&SuggestionFilter {
            meeting: Some(stored.summary.meeting.id),
            order: Order::Place,
            limit: usize::MAX >> 1,
            ..SuggestionFilter::default()
        })?;
        let StoredMeeting { summary, transcript, utterances, .. } = stored;
        let mut cache = StemCache::new();
        let scene = Scene::new(&transcript, &utterances, &mut cache);
        let docs = utterances.iter().enumerate().map(|(ordinal, utterance)| {
            let spoken = spoken_of(&self.reader, &scene, ordinal);
            let speaker = transcript.turns[utterance.turn].speaker.and_then(|at| transcript.speakers.get(at));
            let about: Vec<&SuggestionRow> =
                rows.iter().filter(|row| row.suggestion.quote.utterance == ordinal).collect();
            UtteranceDoc {
                ordinal,
                turn: utterance.turn,
                speaker: speaker.map(|speaker| speaker.label.clone()),
                side: speaker.map(|speaker| speaker.side).unwrap_or_default(),
                language: utterance.language.language,
                mixed: utterance.language.is_mixed(),
                kinds: about.iter().map(|row| row.suggestion.kind).collect(),
                concepts: about.iter().map(|row| row.suggestion.concept.clone()).chain(spoken.concepts).collect(),
                states: about.iter().map(|row| row.state).collect(),
                marks: marks_of(&about, spoken.marks),
                has_quantity: spoken.has_quantity,
                text: utterance.text.clone(),
            }
        });
        let docs: Vec<UtteranceDoc> = docs.collect();
        Ok(MeetingDocs {
            meeting: summary.meeting.id,
            customer: summary.meeting.customer,
            customer_name: summary.customer_name,
            title: summary.meeting.title,
            source: summary.meeting.source.file_name,
            date: summary.meeting.date,
            utterances: docs,
        })
    }

    fn index_state(&self) -> MutexGuard<'_, IndexState> {
        self.index_state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What surrounds the terms of an utterance, what was proposed of it included.
fn marks_of(about: &[&SuggestionRow], spoken: Vec<Mark>) -> Vec<Mark> {
    about.iter().flat_map(|row| row.suggestion.context.marks.iter().copied()).chain(spoken).collect()
}
