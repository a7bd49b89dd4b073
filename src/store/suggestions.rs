//! Suggestions: listed, counted, looked up.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::{
    Bilingual, Context, CustomerId, EntryId, Kind, LanguageTag, MeetingId, Problem, Quote, RejectReason, Side, State,
    Suggestion, SuggestionId, WorkspaceId,
};

use super::Store;
use super::columns::{Day, Json, Question, Whole};
use super::languages;
use super::problems::no_suggestion;

/// In which order suggestions are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Highest score first; equal scores in the order of the import and of the meeting.
    #[default]
    Score,
    /// As they stand in their meeting; meetings in the order of their identity, which is that of the import.
    Place,
}

/// Which suggestions to list.
#[derive(Clone, Debug, PartialEq)]
pub struct SuggestionFilter {
    /// Only this meeting's.
    pub meeting: Option<MeetingId>,
    /// Only this customer's.
    pub customer: Option<CustomerId>,
    /// Only of this kind.
    pub kind: Option<Kind>,
    /// Only in this state.
    pub state: Option<State>,
    /// Only what this side says.
    pub side: Option<Side>,
    /// Only under this concept.
    pub concept: Option<String>,
    /// Their order.
    pub order: Order,
    /// At most so many; 50 unless told.
    pub limit: usize,
    /// Only what comes after this suggestion in that order, whether or not it passes the filter itself.
    pub after: Option<SuggestionId>,
}

/// A suggestion with where it stands and where it was said.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SuggestionRow {
    /// What is proposed.
    pub suggestion: Suggestion,
    /// Where it stands.
    pub state: State,
    /// In which meeting.
    pub meeting: MeetingId,
    /// The meeting's title.
    pub meeting_title: String,
    /// With whom.
    pub customer: CustomerId,
    /// The customer's name.
    pub customer_name: String,
    /// The meeting's date, where known.
    pub date: Option<jiff::civil::Date>,
    /// Who says it, as labelled in the file.
    pub speaker: Option<String>,
    /// On which side of the table.
    pub side: Side,
    /// The language of its utterance.
    pub language: LanguageTag,
    /// When its turn starts, in milliseconds from the start of the recording.
    pub start_ms: Option<u64>,
    /// The entry that holds its quote, if it was accepted.
    pub entry: Option<EntryId>,
    /// Why a person said no, if one did.
    pub reject_reason: Option<RejectReason>,
}

impl Default for SuggestionFilter {
    fn default() -> Self {
        Self {
            meeting: None,
            customer: None,
            kind: None,
            state: None,
            side: None,
            concept: None,
            order: Order::default(),
            limit: 50,
            after: None,
        }
    }
}

impl Store {
    /// The suggestions that pass the filter.
    ///
    /// # Errors
    /// `suggestion_not_found` where `after` names a suggestion that is no more.
    pub fn suggestions(&self, filter: &SuggestionFilter) -> Result<Vec<SuggestionRow>, Problem> {
        self.read(|db| {
            let mut question = Question::new(SELECT, vec![Box::new(self.workspace)]);
            // What is withdrawn is nobody's to decide; what was decided stays in sight. Earlier revisions show when asked for.
            question.add("AND (s.withdrawn = 0 OR s.state <> 'pending')", vec![]);
            if filter.meeting.is_none() {
                question.add("AND m.revision_of IS NULL", vec![]);
            }
            question.narrow("AND s.meeting = ?", filter.meeting);
            question.narrow("AND m.customer = ?", filter.customer);
            question.narrow("AND s.kind = ?", filter.kind);
            question.narrow("AND s.state = ?", filter.state);
            question.narrow("AND s.side = ?", filter.side);
            question.narrow("AND s.concept = ?", filter.concept.clone());
            if let Some(after) = filter.after {
                let place = place(db, self.workspace, after)?;
                match filter.order {
                    Order::Score => question.add(
                        "AND s.score <= ? AND (s.score < ? OR (s.meeting, s.place) > (?, ?))",
                        vec![
                            Box::new(place.score),
                            Box::new(place.score),
                            Box::new(place.meeting),
                            Box::new(place.ordinal),
                        ],
                    ),
                    Order::Place => question.add(
                        "AND (s.meeting, s.place) > (?, ?)",
                        vec![Box::new(place.meeting), Box::new(place.ordinal)],
                    ),
                }
            }
            let order = match filter.order {
                Order::Score => "ORDER BY s.score DESC, s.meeting, s.place LIMIT ?",
                Order::Place => "ORDER BY s.meeting, s.place LIMIT ?",
            };
            question.add(order, vec![Box::new(Whole(filter.limit))]);
            let mut statement = db.prepare_cached(question.sql())?;
            let rows = statement.query_map(rusqlite::params_from_iter(question.values()), suggestion_of)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The suggestion of this identity.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn suggestion(&self, id: SuggestionId) -> Result<Option<SuggestionRow>, Problem> {
        self.read(|db| {
            let mut question = Question::new(SELECT, vec![Box::new(self.workspace)]);
            question.narrow("AND s.id = ?", Some(id));
            let mut statement = db.prepare_cached(question.sql())?;
            Ok(statement.query_row(rusqlite::params_from_iter(question.values()), suggestion_of).optional()?)
        })
    }

    /// How many suggestions of each kind are in each state, of one customer or meeting or of all; by kind and state,
    /// without the pairs that have none.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn suggestion_counts(
        &self,
        customer: Option<CustomerId>,
        meeting: Option<MeetingId>,
    ) -> Result<Vec<(Kind, State, usize)>, Problem> {
        self.read(|db| {
            let select = "SELECT s.kind, s.state, count(*) FROM suggestions s
                 JOIN meetings m ON m.workspace = s.workspace AND m.id = s.meeting WHERE s.workspace = ?";
            let mut question = Question::new(select, vec![Box::new(self.workspace)]);
            question.add("AND (s.withdrawn = 0 OR s.state <> 'pending')", vec![]);
            if meeting.is_none() {
                question.add("AND m.revision_of IS NULL", vec![]);
            }
            question.narrow("AND m.customer = ?", customer);
            question.narrow("AND s.meeting = ?", meeting);
            question.add("GROUP BY s.kind, s.state", vec![]);
            let mut statement = db.prepare_cached(question.sql())?;
            let rows = statement.query_map(rusqlite::params_from_iter(question.values()), |row| {
                Ok((row.get(0)?, row.get(1)?, row.get::<_, Whole<_>>(2)?.0))
            })?;
            let mut counts: Vec<(Kind, State, usize)> = rows.collect::<Result<_, _>>()?;
            counts.sort_unstable();
            Ok(counts)
        })
    }
}

const SELECT: &str =
    "SELECT s.id, s.meeting, s.turn, s.utterance, s.kind, s.concept, s.score, s.side, s.intensity, s.state,
    s.reject_reason, s.text, s.pieces, s.label_es, s.label_en, s.marks, s.terms, s.quantities, s.reasons,
    m.title, m.customer, m.date, c.name AS customer_name, t.start_ms, p.label AS speaker,
    u.language, u.mixed, u.switches, u.language_detail, q.entry
    FROM suggestions s
    JOIN meetings m ON m.workspace = s.workspace AND m.id = s.meeting
    JOIN customers c ON c.workspace = m.workspace AND c.id = m.customer
    JOIN utterances u ON u.workspace = s.workspace AND u.meeting = s.meeting AND u.ordinal = s.utterance
    JOIN turns t ON t.workspace = s.workspace AND t.meeting = s.meeting AND t.ordinal = u.turn
    LEFT JOIN speakers p ON p.workspace = t.workspace AND p.meeting = t.meeting AND p.ordinal = t.speaker
    LEFT JOIN entry_quotes q ON q.workspace = s.workspace AND q.suggestion = s.id
    WHERE s.workspace = ?";

/// Where a suggestion stands in both orders.
struct InOrder {
    score: f64,
    meeting: MeetingId,
    ordinal: i64,
}

fn place(db: &Connection, workspace: WorkspaceId, id: SuggestionId) -> Result<InOrder, Problem> {
    let mut statement =
        db.prepare_cached("SELECT score, meeting, place FROM suggestions WHERE workspace = ?1 AND id = ?2")?;
    let place = statement
        .query_row(params![workspace, id], |row| {
            Ok(InOrder { score: row.get(0)?, meeting: row.get(1)?, ordinal: row.get(2)? })
        })
        .optional()?;
    place.ok_or_else(no_suggestion)
}

fn suggestion_of(row: &Row<'_>) -> rusqlite::Result<SuggestionRow> {
    let side = row.get("side")?;
    let quote = Quote {
        text: row.get("text")?,
        pieces: row.get::<_, Json<_>>("pieces")?.0,
        turn: row.get::<_, Whole<_>>("turn")?.0,
        utterance: row.get::<_, Whole<_>>("utterance")?.0,
    };
    let suggestion = Suggestion {
        id: row.get("id")?,
        quote,
        kind: row.get("kind")?,
        concept: row.get("concept")?,
        concept_label: Bilingual { es: row.get("label_es")?, en: row.get("label_en")? },
        score: row.get("score")?,
        intensity: row.get("intensity")?,
        context: Context { marks: row.get::<_, Json<_>>("marks")?.0, side },
        terms: row.get::<_, Json<_>>("terms")?.0,
        quantities: row.get::<_, Json<_>>("quantities")?.0,
        reasons: row.get::<_, Json<_>>("reasons")?.0,
    };
    Ok(SuggestionRow {
        suggestion,
        state: row.get("state")?,
        meeting: row.get("meeting")?,
        meeting_title: row.get("title")?,
        customer: row.get("customer")?,
        customer_name: row.get("customer_name")?,
        date: row.get::<_, Option<Day>>("date")?.map(|day| day.0),
        speaker: row.get("speaker")?,
        side,
        language: languages::tag_of(row)?,
        start_ms: row.get::<_, Option<Whole<_>>>("start_ms")?.map(|whole| whole.0),
        entry: row.get("entry")?,
        reject_reason: row.get("reject_reason")?,
    })
}
