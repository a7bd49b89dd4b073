//! Another transcript of the same meeting: what people decided goes along where the words are still there.

use serde::Serialize;
use utoipa::ToSchema;

use crate::model::{
    Correction, CorrectionAct, Customer, DecisionId, EntryId, MeetingId, Problem, ProblemClass, SourceInfo, State,
    SuggestionId,
};
use crate::store::{Carry, CorrectionFilter, Exchange, Order, StoredMeeting, SuggestionFilter, SuggestionRow};

use super::App;
use super::meetings::meeting_not_found;
use super::review::suggestion_not_found;
use super::survival::Words;

/// What became of the decisions on a meeting when it got another transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Revised {
    /// The meeting, under the identity that it always had.
    pub meeting: MeetingId,
    /// How many decisions went along, because their words are in the new transcript.
    pub carried: usize,
    /// How many quotes stand on the map whose words are not in it: a person should look.
    pub rechecks: usize,
}

/// A transcript that a meeting has or had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Revision {
    /// Under which identity it can be opened like a meeting.
    pub meeting: MeetingId,
    /// Its file.
    pub source: SourceInfo,
    /// When its file came in, RFC 3339 in UTC.
    pub at: String,
    /// Is it the one that people see?
    pub current: bool,
}

/// A quote on the map whose words are not in the newest transcript of its meeting.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Recheck {
    /// The suggestion that brought it, in the earlier transcript.
    pub row: SuggestionRow,
    /// The entry that holds it.
    pub entry: EntryId,
    /// What the newest transcript says that comes closest; none where nothing comes close.
    pub nearest: Option<String>,
}

/// From this part of its words on, an utterance comes close to a quote.
const COMES_CLOSE: f32 = 0.5;

impl App {
    /// Makes a meeting that is there the newest revision of another, which keeps its identity, title, date and customer.
    ///
    /// # Errors
    /// `meeting_not_found`; `revision_of_itself`.
    pub fn make_revision(&self, meeting: MeetingId, of: MeetingId) -> Result<Revised, Problem> {
        let (meeting, of) = (self.newest(meeting)?, self.newest(of)?);
        if meeting == of {
            return Err(of_itself());
        }
        let (here, there) = (self.customer_of_meeting(meeting)?.id, self.customer_of_meeting(of)?.id);
        if here != there {
            self.move_meeting(meeting, there)?;
        }
        let revised = self.revise(of, meeting)?;
        self.follow_store_or_warn();
        Ok(revised)
    }

    /// Brings an earlier transcript of a meeting back as its newest one; decisions go along likewise.
    ///
    /// # Errors
    /// `meeting_not_found`; `not_a_revision` where it is no earlier revision of that meeting.
    pub fn restore_revision(&self, meeting: MeetingId, revision: MeetingId) -> Result<Revised, Problem> {
        let earlier = self.store.revisions(meeting)?;
        if !earlier.iter().any(|one| one.meeting == revision && !one.current) {
            return Err(not_a_revision());
        }
        let revised = self.revise(meeting, revision)?;
        self.follow_store_or_warn();
        Ok(revised)
    }

    /// The transcripts of a meeting, the newest first.
    ///
    /// # Errors
    /// `meeting_not_found`.
    pub fn revisions(&self, meeting: MeetingId) -> Result<Vec<Revision>, Problem> {
        let meeting = self.newest(meeting)?;
        let revisions = self.store.revisions(meeting)?;
        Ok(revisions
            .into_iter()
            .map(|one| Revision { meeting: one.meeting, source: one.source, at: one.at, current: one.current })
            .collect())
    }

    /// The quotes on the map that the newest transcript of a meeting no longer holds, and that nobody has looked at since.
    ///
    /// # Errors
    /// `meeting_not_found`.
    pub fn rechecks(&self, meeting: MeetingId) -> Result<Vec<Recheck>, Problem> {
        let left = self.store.left_behind(meeting)?;
        let Some(stored) = self.store.meeting(meeting)? else { return Err(meeting_not_found(meeting)) };
        if left.is_empty() {
            return Ok(Vec::new());
        }
        let words = Words::of(&stored.transcript, &stored.utterances);
        let mut rechecks = Vec::with_capacity(left.len());
        for (suggestion, entry) in left {
            let row = self.suggestion(suggestion)?;
            let nearest = words.nearest(&row.suggestion.quote.text, COMES_CLOSE);
            let nearest = nearest.and_then(|at| stored.utterances.get(at)).map(|utterance| utterance.text.clone());
            rechecks.push(Recheck { row, entry, nearest });
        }
        Ok(rechecks)
    }

    /// Settles a quote whose words are not in the newest transcript: it stays on the map, as the earlier transcript says
    /// it, or its acceptance is taken back.
    ///
    /// # Errors
    /// `suggestion_not_found`; `nothing_to_recheck`.
    pub fn settle_recheck(&self, suggestion: SuggestionId, keep: bool) -> Result<(), Problem> {
        let row = self.store.suggestion(suggestion)?.ok_or_else(|| suggestion_not_found(suggestion))?;
        let summary = self.store.meeting_summary(row.meeting)?.ok_or_else(|| meeting_not_found(row.meeting))?;
        if summary.revision_of.is_none() || row.entry.is_none() {
            return Err(nothing_to_recheck());
        }
        if keep {
            return self.store.keep_quote(suggestion, &self.now());
        }
        self.undo(suggestion).map(|_| ())
    }

    /// Exchanges the contents of a meeting and of its new revision, with the decisions whose words are still there.
    pub(super) fn revise(&self, meeting: MeetingId, other: MeetingId) -> Result<Revised, Problem> {
        let before = self.store.meeting(meeting)?.ok_or_else(|| meeting_not_found(meeting))?;
        let after = self.store.meeting(other)?.ok_or_else(|| meeting_not_found(other))?;
        let carries = self.carries(&before, &after)?;
        let carried = carries.len();
        let act = CorrectionAct::Revised { meeting, earlier: other, carried };
        let correction: Correction = self.new_correction(act);
        self.store.exchange_revision(&Exchange {
            meeting,
            other,
            carries,
            speakers: after.transcript.speakers,
            utterances: after.utterances,
            correction,
        })?;
        Ok(Revised { meeting, carried, rechecks: self.store.left_behind(meeting)?.len() })
    }

    /// The decisions of a transcript whose words another one holds.
    fn carries(&self, before: &StoredMeeting, after: &StoredMeeting) -> Result<Vec<Carry>, Problem> {
        let decided: Vec<SuggestionRow> =
            self.all_suggestions(before)?.into_iter().filter(|row| row.state != State::Pending).collect();
        if decided.is_empty() {
            return Ok(Vec::new());
        }
        let proposed = self.all_suggestions(after)?;
        let words = Words::of(&after.transcript, &after.utterances);
        let hash = &after.summary.meeting.source.hash;
        let length = before.utterances.len().max(1);
        let carry = |row: &SuggestionRow| {
            let part = row.suggestion.quote.utterance as f32 / length as f32;
            let to = words.survivor(&row.suggestion, part, hash, &proposed, &after.transcript)?;
            Some(Carry { from: row.suggestion.id, to, decision: DecisionId(self.world.new_id()) })
        };
        Ok(decided.iter().filter_map(carry).collect())
    }

    /// What became of the decisions when a meeting got the transcript that it has.
    pub(super) fn last_revised(&self, meeting: MeetingId) -> Result<Option<Revised>, Problem> {
        let about = CorrectionFilter { meeting: Some(meeting), ..CorrectionFilter::default() };
        let carried = self.store.corrections(&about)?.into_iter().find_map(|one| match one.act {
            CorrectionAct::Revised { carried, .. } => Some(carried),
            _ => None,
        });
        let rechecks = self.store.left_behind(meeting)?.len();
        Ok(carried.map(|carried| Revised { meeting, carried, rechecks }))
    }

    fn all_suggestions(&self, of: &StoredMeeting) -> Result<Vec<SuggestionRow>, Problem> {
        self.store.suggestions(&SuggestionFilter {
            meeting: Some(of.summary.meeting.id),
            order: Order::Place,
            limit: usize::MAX >> 1,
            ..SuggestionFilter::default()
        })
    }

    /// The meeting that people know, for itself or for one of its earlier revisions.
    pub(super) fn newest(&self, id: MeetingId) -> Result<MeetingId, Problem> {
        let summary = self.store.meeting_summary(id)?.ok_or_else(|| meeting_not_found(id))?;
        Ok(summary.revision_of.unwrap_or(id))
    }

    pub(super) fn customer_of_meeting(&self, id: MeetingId) -> Result<Customer, Problem> {
        let summary = self.store.meeting_summary(id)?.ok_or_else(|| meeting_not_found(id))?;
        self.customer(summary.meeting.customer)
    }
}

fn of_itself() -> Problem {
    Problem::new(
        "revision_of_itself",
        ProblemClass::Conflict,
        "Una reunión no puede ser una versión de sí misma.",
        "A meeting cannot be a revision of itself.",
    )
    .hint("Elija otra reunión.", "Choose another meeting.")
}

fn not_a_revision() -> Problem {
    Problem::new(
        "not_a_revision",
        ProblemClass::NotFound,
        "Esa no es una versión anterior de esta reunión.",
        "That is no earlier revision of this meeting.",
    )
    .hint("Vea las versiones de la reunión.", "See the meeting's revisions.")
}

fn nothing_to_recheck() -> Problem {
    Problem::new(
        "nothing_to_recheck",
        ProblemClass::Conflict,
        "Esta cita no espera ninguna revisión.",
        "This quote awaits no recheck.",
    )
    .hint("Vea la lista de citas por revisar.", "See the list of quotes to recheck.")
}
