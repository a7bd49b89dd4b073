//! Another transcript of the same meeting takes the place of the one before.
//!
//! The meeting keeps its identity, and everything that people know it by. The transcript before it becomes a meeting of
//! its own that no list shows: its source, its words and what was decided on them stay as they were.

use rusqlite::{OptionalExtension, Transaction, params};

use crate::model::{
    Act, Correction, DecisionId, EntryId, MeetingId, Problem, SourceInfo, Speaker, State, Suggestion, SuggestionId,
    Utterance, WorkspaceId,
};

use super::Store;
use super::changes::note_change;
use super::columns::{Json, Whole};
use super::corrections::append;
use super::decisions::{append_carried, settle, standing_decision};
use super::entries::remove_if_empty;
use super::meetings::text;
use super::problems::{conflict, no_meeting, not_verbatim};
use super::reread::{is_in_place, put_in_order, write_suggestions};

/// A transcript that a meeting has or had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRevision {
    /// Under which identity it can be opened like a meeting.
    pub meeting: MeetingId,
    /// Its file.
    pub source: SourceInfo,
    /// When its file came in, RFC 3339 in UTC.
    pub at: String,
    /// Is it the one that people see?
    pub current: bool,
}

/// A decision that goes along to the newest revision.
#[derive(Clone, Debug, PartialEq)]
pub struct Carry {
    /// What was decided on in the revision before.
    pub from: SuggestionId,
    /// The same words in the newest one, under the same concept.
    pub to: Suggestion,
    /// The identity of the decision there.
    pub decision: DecisionId,
}

/// A change of revisions: the two meetings exchange their contents.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    /// The meeting that people know.
    pub meeting: MeetingId,
    /// Where the new content lies, and where the one of now comes to lie.
    pub other: MeetingId,
    /// The decisions that go along.
    pub carries: Vec<Carry>,
    /// The new content's speakers.
    pub speakers: Vec<Speaker>,
    /// The new content's utterances.
    pub utterances: Vec<Utterance>,
    /// What is written down of it.
    pub correction: Correction,
}

impl Store {
    /// Makes the content of `other` the newest revision of `meeting`; `other` becomes the identity of the revision before.
    ///
    /// # Errors
    /// `meeting_not_found`; `revision_of_itself`; `quote_not_verbatim` for a carried quote that the new text does not hold.
    pub fn exchange_revision(&self, exchange: &Exchange) -> Result<(), Problem> {
        self.write(|tx| {
            let rows = Contents { tx, workspace: self.workspace };
            rows.check(exchange)?;
            rows.exchange(exchange.meeting, exchange.other)?;
            rows.file_under(exchange)?;
            rows.carry(exchange)?;
            put_in_order(tx, self.workspace, exchange.meeting)?;
            note_change(tx, self.workspace, exchange.other, true)?;
            note_change(tx, self.workspace, exchange.meeting, false)?;
            append(tx, self.workspace, &exchange.correction, None)
        })
    }

    /// The transcripts of a meeting, the newest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn revisions(&self, meeting: MeetingId) -> Result<Vec<StoredRevision>, Problem> {
        self.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT id, file_name, source, bytes, format, encoding, coalesce(source_at, created_at) AS at,
                    revision_of IS NULL AS current
                 FROM meetings WHERE workspace = ?1 AND (id = ?2 OR revision_of = ?2)
                 ORDER BY revision_of IS NULL DESC, at DESC, id DESC",
            )?;
            let rows = statement.query_map(params![self.workspace, meeting], |row| {
                Ok(StoredRevision {
                    meeting: row.get("id")?,
                    source: SourceInfo {
                        file_name: row.get("file_name")?,
                        hash: row.get("source")?,
                        bytes: row.get::<_, Whole<_>>("bytes")?.0,
                        format: row.get("format")?,
                        encoding: row.get("encoding")?,
                    },
                    at: row.get("at")?,
                    current: row.get("current")?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// What stands on the map from earlier revisions of a meeting and nobody has looked at since: the suggestions with
    /// their entries.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn left_behind(&self, meeting: MeetingId) -> Result<Vec<(SuggestionId, EntryId)>, Problem> {
        self.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT q.suggestion, q.entry FROM meetings m
                 JOIN entry_quotes q ON q.workspace = m.workspace AND q.meeting = m.id
                 WHERE m.workspace = ?1 AND m.revision_of = ?2 AND NOT EXISTS
                    (SELECT 1 FROM kept_quotes k WHERE k.workspace = q.workspace AND k.suggestion = q.suggestion)
                 ORDER BY q.meeting, q.turn, q.utterance, q.suggestion",
            )?;
            let rows = statement.query_map(params![self.workspace, meeting], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Writes down that a person wants a quote of an earlier revision to stay on the map.
    ///
    /// # Errors
    /// `suggestion_not_found`.
    pub fn keep_quote(&self, suggestion: SuggestionId, at: &str) -> Result<(), Problem> {
        self.write(|tx| {
            tx.prepare_cached(
                "INSERT INTO kept_quotes (workspace, suggestion, at) SELECT ?1, ?2, ?3 WHERE EXISTS
                    (SELECT 1 FROM entry_quotes WHERE workspace = ?1 AND suggestion = ?2) ON CONFLICT DO NOTHING",
            )?
            .execute(params![self.workspace, suggestion, at])?;
            Ok(())
        })
    }
}

/// For each table whose rows belong to the words of a meeting, not to the occasion, the three steps of an exchange: the
/// first one's rows go out of the way, the other's take their place, the first one's take the other's.
macro_rules! steps {
    ($table:literal) => {
        [
            concat!("UPDATE ", $table, " SET meeting = zeroblob(16) WHERE workspace = ?1 AND meeting = ?2"),
            concat!("UPDATE ", $table, " SET meeting = ?3 WHERE workspace = ?1 AND meeting = ?2"),
            concat!("UPDATE ", $table, " SET meeting = ?2 WHERE workspace = ?1 AND meeting = zeroblob(16)"),
        ]
    };
}

const PARTS: [[&str; 3]; 7] = [
    steps!("transcripts"),
    steps!("speakers"),
    steps!("turns"),
    steps!("utterances"),
    steps!("suggestions"),
    steps!("entry_quotes"),
    steps!("signatures"),
];

/// How many columns of a meeting's row belong to its words.
const COLUMNS: usize = 17;

/// The two meetings whose contents change places.
struct Contents<'a> {
    tx: &'a Transaction<'a>,
    workspace: WorkspaceId,
}

impl Contents<'_> {
    fn check(&self, exchange: &Exchange) -> Result<(), Problem> {
        if exchange.meeting == exchange.other {
            return Err(of_itself());
        }
        let mut statement =
            self.tx.prepare_cached("SELECT revision_of FROM meetings WHERE workspace = ?1 AND id = ?2")?;
        let mut of = |id: MeetingId| -> Result<Option<MeetingId>, Problem> {
            statement.query_row(params![self.workspace, id], |row| row.get(0)).optional()?.ok_or_else(no_meeting)
        };
        let (meeting, other) = (of(exchange.meeting)?, of(exchange.other)?);
        if meeting.is_some() || other.is_some_and(|other| other != exchange.meeting) {
            return Err(no_meeting());
        }
        let source = text(self.tx, self.workspace, exchange.other)?;
        let holds = |carry: &Carry| is_in_place(&carry.to.quote, &exchange.utterances, &source);
        if exchange.carries.iter().all(holds) { Ok(()) } else { Err(not_verbatim()) }
    }

    /// Every row of the one's words becomes the other's, and the other way round.
    fn exchange(&self, one: MeetingId, other: MeetingId) -> Result<(), Problem> {
        self.tx.execute_batch("PRAGMA defer_foreign_keys = ON")?;
        for [away, over, back] in PARTS {
            self.tx.prepare_cached(away)?.execute(params![self.workspace, one])?;
            self.tx.prepare_cached(over)?.execute(params![self.workspace, other, one])?;
            self.tx.prepare_cached(back)?.execute(params![self.workspace, other])?;
        }
        // The source is unique: it makes room before it is exchanged.
        self.tx
            .prepare_cached("UPDATE meetings SET source = 'away ' || source WHERE workspace = ?1 AND id = ?2")?
            .execute(params![self.workspace, other])?;
        let mut read = self.tx.prepare_cached(
            "SELECT file_name, source, bytes, format, encoding, turns, utterances, spanish, english, mixed,
                other_language, coalesce(source_at, created_at), portuguese, words_spanish, words_english,
                words_portuguese, words_other FROM meetings WHERE workspace = ?1 AND id = ?2",
        )?;
        let mut columns = |id: MeetingId| -> Result<Vec<rusqlite::types::Value>, Problem> {
            Ok(read.query_row(params![self.workspace, id], |row| (0..COLUMNS).map(|at| row.get(at)).collect())?)
        };
        let (of_one, mut of_other) = (columns(one)?, columns(other)?);
        if let Some(rusqlite::types::Value::Text(source)) = of_other.get_mut(1) {
            *source = source.trim_start_matches("away ").to_owned();
        }
        self.write_columns(one, of_other)?;
        self.write_columns(other, of_one)?;
        Ok(())
    }

    fn write_columns(&self, id: MeetingId, mut columns: Vec<rusqlite::types::Value>) -> Result<(), Problem> {
        let mut update = self.tx.prepare_cached(
            "UPDATE meetings SET file_name = ?1, source = ?2, bytes = ?3, format = ?4, encoding = ?5, turns = ?6,
                utterances = ?7, spanish = ?8, english = ?9, mixed = ?10, other_language = ?11, source_at = ?12,
                portuguese = ?13, words_spanish = ?14, words_english = ?15, words_portuguese = ?16, words_other = ?17
             WHERE workspace = ?18 AND id = ?19",
        )?;
        columns.push(self.workspace.0.as_bytes().to_vec().into());
        columns.push(id.0.as_bytes().to_vec().into());
        update.execute(rusqlite::params_from_iter(columns))?;
        Ok(())
    }

    /// The revision before stands behind the meeting; what stood behind the other stands there too.
    fn file_under(&self, exchange: &Exchange) -> Result<(), Problem> {
        self.tx
            .prepare_cached(
                "UPDATE meetings SET revision_of = ?2,
                    title = (SELECT title FROM meetings WHERE workspace = ?1 AND id = ?2),
                    date = (SELECT date FROM meetings WHERE workspace = ?1 AND id = ?2)
                 WHERE workspace = ?1 AND (id = ?3 OR revision_of = ?3)",
            )?
            .execute(params![self.workspace, exchange.meeting, exchange.other])?;
        Ok(())
    }

    fn carry(&self, exchange: &Exchange) -> Result<(), Problem> {
        let (tx, workspace) = (self.tx, self.workspace);
        let targets: Vec<Suggestion> = exchange.carries.iter().map(|carry| carry.to.clone()).collect();
        write_suggestions(tx, workspace, exchange.meeting, &targets, &exchange.utterances)?;
        for carry in &exchange.carries {
            let Some((seq, standing)) = standing_decision(tx, workspace, carry.from)? else { continue };
            let there = standing_decision(tx, workspace, carry.to.id)?.map(|(_, decision)| state_of(&decision.act));
            if there != Some(state_of(&standing.act)) {
                append_carried(tx, workspace, carry.decision, carry.to.id, &standing, seq)?;
            }
            settle(tx, workspace, carry.to.id)?;
            self.carry_quote(exchange, carry)?;
        }
        Ok(())
    }

    /// Lets the quote on the map point at the newest revision's words.
    fn carry_quote(&self, exchange: &Exchange, carry: &Carry) -> Result<(), Problem> {
        let (tx, workspace, to) = (self.tx, self.workspace, carry.to.id);
        let mut held = tx.prepare_cached(
            "SELECT (SELECT entry FROM entry_quotes WHERE workspace = ?1 AND suggestion = ?2),
                (SELECT entry FROM entry_quotes WHERE workspace = ?1 AND suggestion = ?3)",
        )?;
        let (from, there): (Option<EntryId>, Option<EntryId>) =
            held.query_row(params![workspace, carry.from, to], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let Some(from) = from else { return Ok(()) };
        if there.is_some() {
            super::entries::remove_quote(tx, workspace, carry.from)?;
            return remove_if_empty(tx, workspace, Some(from));
        }
        let quote = &carry.to.quote;
        let speaker: Option<&Speaker> = self.speaker(exchange, quote.turn)?;
        tx.prepare_cached(
            "UPDATE entry_quotes SET suggestion = ?3, meeting = ?4, text = ?5, pieces = ?6, turn = ?7, utterance = ?8,
                speaker = ?9, side = ?10 WHERE workspace = ?1 AND suggestion = ?2",
        )?
        .execute(params![
            workspace,
            carry.from,
            to,
            exchange.meeting,
            quote.text,
            Json(&quote.pieces),
            Whole(quote.turn),
            Whole(quote.utterance),
            speaker.map(|speaker| &speaker.label),
            speaker.map(|speaker| speaker.side).unwrap_or_default(),
        ])?;
        Ok(())
    }

    fn speaker<'a>(&self, exchange: &'a Exchange, turn: usize) -> Result<Option<&'a Speaker>, Problem> {
        let mut statement = self
            .tx
            .prepare_cached("SELECT speaker FROM turns WHERE workspace = ?1 AND meeting = ?2 AND ordinal = ?3")?;
        let ordinal: Option<Option<Whole<usize>>> =
            statement.query_row(params![self.workspace, exchange.meeting, Whole(turn)], |row| row.get(0)).optional()?;
        Ok(ordinal.flatten().and_then(|ordinal| exchange.speakers.get(ordinal.0)))
    }
}

fn state_of(act: &Act) -> State {
    match act {
        Act::Accept { .. } => State::Accepted,
        Act::Reject { .. } => State::Rejected,
        Act::Undo => State::Pending,
    }
}

fn of_itself() -> Problem {
    conflict(
        "revision_of_itself",
        "Una reunión no puede ser una versión de sí misma.",
        "A meeting cannot be a revision of itself.",
    )
    .hint("Elija otra reunión.", "Choose another meeting.")
}
