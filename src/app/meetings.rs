//! Meetings: list, read, correct, delete.

use serde::Serialize;
use utoipa::ToSchema;

use crate::config::{DEFAULT_PAGE, MAX_PAGE};
use crate::model::{
    Correction, CorrectionAct, CustomerId, ImportReport, LanguageTag, MeetingId, MeetingName, Nature, Problem,
    ProblemClass, Span, Speaker, Transcript, Utterance,
};
use crate::store::{MeetingFilter, MeetingSummary, Order, SuggestionFilter, SuggestionRow};

use super::App;
use super::people::given_name;

/// What was wrong about a meeting. What is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeetingFix {
    /// Its title.
    pub title: Option<String>,
    /// Its date; the inner none takes it away.
    pub date: Option<Option<jiff::civil::Date>>,
}

/// A meeting as a person reads it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MeetingView {
    /// The meeting, with its counts.
    pub summary: MeetingSummary,
    /// What the import found.
    pub report: ImportReport,
    /// What was said, in order.
    pub turns: Vec<TurnView>,
    /// What cita proposes, in the order of the text.
    pub suggestions: Vec<SuggestionRow>,
}

/// A turn as a person reads it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TurnView {
    /// Its zero-based ordinal.
    pub ordinal: usize,
    /// Who speaks.
    pub speaker: Option<Speaker>,
    /// When, in milliseconds from the start.
    pub start_ms: Option<u64>,
    /// Speech, note or heading.
    pub nature: Nature,
    /// Its sentences.
    pub utterances: Vec<UtteranceView>,
}

/// An utterance as a person reads it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UtteranceView {
    /// Its zero-based ordinal in the meeting.
    pub ordinal: usize,
    /// The words.
    pub text: String,
    /// Its language.
    pub language: LanguageTag,
    /// Where suggestions' quotes lie in it.
    pub quotes: Vec<QuoteMark>,
}

/// A suggestion's quote inside its utterance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct QuoteMark {
    /// Where it lies, as byte range of the utterance's own text.
    pub span: Span,
    /// The suggestion's place in [`MeetingView::suggestions`].
    pub suggestion: usize,
}

impl App {
    /// The meetings, newest first; `before` is the last meeting of the page before.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn meetings(
        &self,
        customer: Option<CustomerId>,
        limit: Option<usize>,
        before: Option<MeetingId>,
    ) -> Result<Vec<MeetingSummary>, Problem> {
        let limit = limit.unwrap_or(DEFAULT_PAGE).clamp(1, MAX_PAGE);
        self.store.meetings(&MeetingFilter { customer, limit, before })
    }

    /// One meeting with its transcript and its suggestions.
    ///
    /// # Errors
    /// `meeting_not_found`.
    pub fn meeting(&self, id: MeetingId) -> Result<MeetingView, Problem> {
        let stored = self.store.meeting(id)?.ok_or_else(|| meeting_not_found(id))?;
        let suggestions = self.store.suggestions(&SuggestionFilter {
            meeting: Some(id),
            order: Order::Place,
            limit: usize::MAX >> 1,
            ..SuggestionFilter::default()
        })?;
        let turns = lay_out(&stored.transcript, &stored.utterances, &suggestions);
        Ok(MeetingView { summary: stored.summary, report: stored.report, turns, suggestions })
    }

    /// What a meeting is called.
    ///
    /// # Errors
    /// `meeting_not_found`.
    pub fn meeting_title(&self, id: MeetingId) -> Result<String, Problem> {
        Ok(self.store.meeting_summary(id)?.ok_or_else(|| meeting_not_found(id))?.meeting.title)
    }

    /// Corrects a meeting's title or date.
    ///
    /// # Errors
    /// `meeting_not_found`; `name_empty`; `name_too_long`.
    pub fn correct_meeting(&self, id: MeetingId, fix: MeetingFix) -> Result<Correction, Problem> {
        let id = self.newest(id)?;
        let meeting = self.store.meeting_summary(id)?.ok_or_else(|| meeting_not_found(id))?.meeting;
        let before = MeetingName { title: meeting.title, date: meeting.date };
        let title = fix.title.map(|title| given_name(&title)).transpose()?;
        let after =
            MeetingName { title: title.unwrap_or_else(|| before.title.clone()), date: fix.date.unwrap_or(before.date) };
        self.correct(CorrectionAct::MeetingCorrected { meeting: id, before, after }, &[])
    }

    /// Files a meeting under another customer; its people and its quotes on the map go along.
    ///
    /// # Errors
    /// `meeting_not_found`; `customer_not_found`; `same_customer`.
    pub fn move_meeting(&self, id: MeetingId, to: CustomerId) -> Result<Correction, Problem> {
        let id = self.newest(id)?;
        let before = self.customer_of_meeting(id)?.id;
        let after = self.customer_there(to)?.id;
        if before == after {
            return Err(super::customers::same_customer());
        }
        let moved = crate::model::Moved::default();
        self.correct(CorrectionAct::MeetingMoved { meeting: id, before, after, moved }, &[])
    }

    /// Forgets a meeting: its rows, its quotes on maps, its original, and its words in the index.
    ///
    /// # Errors
    /// `meeting_not_found`.
    pub fn delete_meeting(&self, id: MeetingId) -> Result<(), Problem> {
        let known = self.store.meeting_summary(id)?.ok_or_else(|| meeting_not_found(id))?;
        if !self.store.delete_meeting(known.revision_of.unwrap_or(id))? {
            return Err(meeting_not_found(id));
        }
        self.follow_store()
    }
}

fn lay_out(transcript: &Transcript, utterances: &[Utterance], suggestions: &[SuggestionRow]) -> Vec<TurnView> {
    let mut turns: Vec<TurnView> = transcript
        .turns
        .iter()
        .enumerate()
        .map(|(ordinal, turn)| TurnView {
            ordinal,
            speaker: turn.speaker.and_then(|speaker| transcript.speakers.get(speaker)).cloned(),
            start_ms: turn.start_ms,
            nature: turn.nature,
            utterances: Vec::new(),
        })
        .collect();
    let mut next = suggestions.iter().enumerate().peekable();
    for (ordinal, utterance) in utterances.iter().enumerate() {
        let mut quotes = Vec::new();
        while let Some((place, row)) = next.next_if(|(_, row)| row.suggestion.quote.utterance <= ordinal) {
            let span = place_in(&utterance.text, &row.suggestion.quote.text);
            quotes.push(QuoteMark { span, suggestion: place });
        }
        let view =
            UtteranceView { ordinal, text: utterance.text.clone(), language: utterance.language.clone(), quotes };
        if let Some(turn) = turns.get_mut(utterance.turn) {
            turn.utterances.push(view);
        }
    }
    turns
}

/// Where the quote's words lie in its utterance; the whole utterance where they run on into the next.
fn place_in(text: &str, quote: &str) -> Span {
    text.find(quote).map_or(Span::new(0, text.len()), |start| Span::new(start, start + quote.len()))
}

pub(super) fn meeting_not_found(id: MeetingId) -> Problem {
    Problem::new(
        "meeting_not_found",
        ProblemClass::NotFound,
        format!("No hay ninguna reunión {id}."),
        format!("There is no meeting {id}."),
    )
    .hint("Vea la lista de reuniones; quizás se borró.", "See the list of meetings; perhaps it was deleted.")
}
