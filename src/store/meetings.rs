//! Meetings: listed, opened, erased.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::Serialize;
use utoipa::ToSchema;

use crate::model::{
    CustomerId, ImportReport, LanguageShares, Meeting, MeetingFacts, MeetingId, Problem, ProblemClass, SourceHash,
    SourceInfo, Speaker, Transcript, Turn, Utterance, WorkspaceId,
};

use super::Store;
use super::changes::note_change;
use super::columns::{Day, Json, Question, Whole};
use super::languages;
use super::originals::mark_loose;
use super::problems::no_meeting;

/// Which meetings to list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingFilter {
    /// Only this customer's.
    pub customer: Option<CustomerId>,
    /// At most so many; 50 unless told.
    pub limit: usize,
    /// Only what comes after this meeting in the order of the list: where the page before ended.
    pub before: Option<MeetingId>,
}

/// A meeting with the figures of its row in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MeetingSummary {
    /// The occasion.
    pub meeting: Meeting,
    /// With whom.
    pub customer_name: String,
    /// How many turns.
    pub turns: usize,
    /// How many utterances.
    pub utterances: usize,
    /// How many suggestions await a person.
    pub pending: usize,
    /// How many were accepted.
    pub accepted: usize,
    /// How many were rejected.
    pub rejected: usize,
    /// The language mix, in utterances.
    pub languages: LanguageShares,
    /// The meeting that this is an earlier revision of; lists show only the newest one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision_of: Option<MeetingId>,
}

/// A meeting with its words.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredMeeting {
    /// Its figures.
    pub summary: MeetingSummary,
    /// Its text, speakers and turns.
    pub transcript: Transcript,
    /// Its utterances, in the order of the text.
    pub utterances: Vec<Utterance>,
    /// What the import found.
    pub report: ImportReport,
}

/// An utterance with its zero-based ordinal, who says it, and when its turn starts in milliseconds.
pub type PlacedUtterance = (usize, Utterance, Option<Speaker>, Option<u64>);

impl Default for MeetingFilter {
    fn default() -> Self {
        Self { customer: None, limit: 50, before: None }
    }
}

impl Store {
    /// Meetings, newest first: by date, those without one last, then by the moment of the import.
    ///
    /// # Errors
    /// `meeting_not_found` where `before` names a meeting that is no more.
    pub fn meetings(&self, filter: &MeetingFilter) -> Result<Vec<MeetingSummary>, Problem> {
        self.read(|db| {
            let mut question = Question::new(SELECT_SUMMARY, vec![Box::new(self.workspace)]);
            question.add("AND m.revision_of IS NULL", vec![]);
            question.narrow("AND m.customer = ?", filter.customer);
            if let Some(before) = filter.before {
                let last = summary(db, self.workspace, before)?.ok_or_else(no_meeting)?.meeting;
                question.add(
                    "AND (coalesce(m.date, ''), m.created_at, m.id) < (coalesce(?, ''), ?, ?)",
                    vec![Box::new(last.date.map(Day)), Box::new(last.created_at), Box::new(last.id)],
                );
            }
            question.add(
                "ORDER BY coalesce(m.date, '') DESC, m.created_at DESC, m.id DESC LIMIT ?",
                vec![Box::new(Whole(filter.limit))],
            );
            let mut statement = db.prepare_cached(question.sql())?;
            let rows = statement.query_map(rusqlite::params_from_iter(question.values()), summary_of)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The figures of one meeting.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn meeting_summary(&self, id: MeetingId) -> Result<Option<MeetingSummary>, Problem> {
        self.read(|db| summary(db, self.workspace, id))
    }

    /// One meeting with its words.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn meeting(&self, id: MeetingId) -> Result<Option<StoredMeeting>, Problem> {
        self.read(|db| {
            let Some(summary) = summary(db, self.workspace, id)? else { return Ok(None) };
            let (text, facts, report) = transcript(db, self.workspace, id)?;
            let speakers = speakers(db, self.workspace, id)?;
            let turns = turns(db, self.workspace, id)?;
            let utterances = utterances(db, self.workspace, id)?;
            let transcript = Transcript { text, speakers, turns, facts };
            Ok(Some(StoredMeeting { summary, transcript, utterances, report }))
        })
    }

    /// Every meeting there is, for a rebuild of the index.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn meeting_ids(&self) -> Result<Vec<MeetingId>, Problem> {
        self.read(|db| {
            let mut statement =
                db.prepare_cached("SELECT id FROM meetings WHERE workspace = ?1 AND revision_of IS NULL ORDER BY id")?;
            let rows = statement.query_map(params![self.workspace], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Every transcript there is, those of earlier revisions too, for a verification.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn transcript_ids(&self) -> Result<Vec<MeetingId>, Problem> {
        self.read(|db| {
            let mut statement = db.prepare_cached("SELECT id FROM meetings WHERE workspace = ?1 ORDER BY id")?;
            let rows = statement.query_map(params![self.workspace], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// These utterances of a meeting with who says them and when the turn starts, in the order asked for; one that does
    /// not exist is left out.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn text_of(&self, meeting: MeetingId, ordinals: &[usize]) -> Result<Vec<PlacedUtterance>, Problem> {
        self.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT u.turn, u.language, u.mixed, u.switches, u.language_detail, u.pieces, u.text, t.start_ms,
                    p.label, p.side, p.side_source
                 FROM utterances u
                 JOIN turns t ON t.workspace = u.workspace AND t.meeting = u.meeting AND t.ordinal = u.turn
                 LEFT JOIN speakers p ON p.workspace = t.workspace AND p.meeting = t.meeting AND p.ordinal = t.speaker
                 WHERE u.workspace = ?1 AND u.meeting = ?2 AND u.ordinal = ?3",
            )?;
            let mut found = Vec::with_capacity(ordinals.len());
            for ordinal in ordinals {
                let row = statement.query_row(params![self.workspace, meeting, Whole(*ordinal)], |row| {
                    let speaker = row.get::<_, Option<String>>("label")?.map(|_| speaker_of(row)).transpose()?;
                    let start_ms = row.get::<_, Option<Whole<_>>>("start_ms")?.map(|whole| whole.0);
                    Ok((*ordinal, utterance_of(row)?, speaker, start_ms))
                });
                found.extend(row.optional()?);
            }
            Ok(found)
        })
    }

    /// Erases a meeting with its earlier revisions, words, suggestions, decisions and quotes, the entries and people that
    /// nothing else tells of, what was put right about it, and its files. False where there is no such meeting.
    ///
    /// # Errors
    /// `storage_unusable` where a file cannot be removed: the rows are gone then, and the next start tries again.
    pub fn delete_meeting(&self, id: MeetingId) -> Result<bool, Problem> {
        let sources = self.write(|tx| {
            let mut delete = tx.prepare_cached(
                "DELETE FROM meetings WHERE workspace = ?1 AND (id = ?2 OR revision_of = ?2) RETURNING source, id",
            )?;
            let rows = delete.query_map(params![self.workspace, id], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let gone: Vec<(SourceHash, MeetingId)> = rows.collect::<Result<_, _>>()?;
            forget_what_is_alone(tx, self.workspace, id)?;
            for (source, meeting) in &gone {
                mark_loose(tx, self.workspace, source)?;
                note_change(tx, self.workspace, *meeting, true)?;
            }
            Ok(gone)
        })?;
        for (source, _) in &sources {
            match self.remove_if_loose(source) {
                // Rows and file are gone; what a full disk kept from being tidied up is tidied up at the next start.
                Err(problem) if problem.class == ProblemClass::StorageFull => return Ok(true),
                removed => removed?,
            }
        }
        match self.empty_log() {
            Err(problem) if problem.class == ProblemClass::StorageFull => Ok(true),
            cleaned => cleaned.map(|()| !sources.is_empty()),
        }
    }
}

/// Entries without a quote, people whom nobody speaks as, and what was put right about either or about this meeting.
fn forget_what_is_alone(tx: &Transaction<'_>, workspace: WorkspaceId, meeting: MeetingId) -> Result<(), Problem> {
    tx.prepare_cached(
        "DELETE FROM entries WHERE workspace = ?1 AND NOT EXISTS
            (SELECT 1 FROM entry_quotes q WHERE q.workspace = entries.workspace AND q.entry = entries.id)",
    )?
    .execute(params![workspace])?;
    let mut people = tx.prepare_cached(
        "DELETE FROM people WHERE workspace = ?1
         AND NOT EXISTS (SELECT 1 FROM speakers s WHERE s.workspace = people.workspace AND s.person = people.id)
         AND NOT EXISTS (SELECT 1 FROM people o WHERE o.workspace = people.workspace AND o.merged_into = people.id)
         RETURNING id",
    )?;
    let mut forgotten: Vec<Vec<u8>> = vec![meeting.0.as_bytes().to_vec()];
    loop {
        let rows = people.query_map(params![workspace], |row| row.get::<_, crate::model::PersonId>(0))?;
        let gone: Vec<crate::model::PersonId> = rows.collect::<Result<_, _>>()?;
        if gone.is_empty() {
            break;
        }
        // Whose labels are all gone goes with them.
        forgotten.extend(gone.iter().map(|id| id.0.as_bytes().to_vec()));
    }
    let mut corrections = tx.prepare_cached(
        "DELETE FROM corrections WHERE workspace = ?1 AND seq IN
            (SELECT seq FROM correction_subjects WHERE workspace = ?1 AND subject = ?2)",
    )?;
    for subject in forgotten {
        corrections.execute(params![workspace, subject])?;
    }
    Ok(())
}

const SELECT_SUMMARY: &str = "SELECT m.id, m.customer, m.title, m.date, m.file_name, m.source, m.bytes, m.format, m.encoding,
    m.created_at, m.revision_of, m.turns, m.utterances, m.spanish, m.english, m.mixed, m.other_language,
    m.portuguese, m.words_spanish, m.words_english, m.words_portuguese, m.words_other, c.name AS customer_name,
    (SELECT count(*) FROM suggestions s WHERE s.workspace = m.workspace AND s.meeting = m.id AND s.state = 'pending' AND s.withdrawn = 0) AS pending,
    (SELECT count(*) FROM suggestions s WHERE s.workspace = m.workspace AND s.meeting = m.id AND s.state = 'accepted') AS accepted,
    (SELECT count(*) FROM suggestions s WHERE s.workspace = m.workspace AND s.meeting = m.id AND s.state = 'rejected') AS rejected
    FROM meetings m JOIN customers c ON c.workspace = m.workspace AND c.id = m.customer
    WHERE m.workspace = ?";

fn summary(db: &Connection, workspace: WorkspaceId, id: MeetingId) -> Result<Option<MeetingSummary>, Problem> {
    let mut question = Question::new(SELECT_SUMMARY, vec![Box::new(workspace)]);
    question.narrow("AND m.id = ?", Some(id));
    let mut statement = db.prepare_cached(question.sql())?;
    Ok(statement.query_row(rusqlite::params_from_iter(question.values()), summary_of).optional()?)
}

/// The source text of a meeting.
pub(super) fn text(db: &Connection, workspace: WorkspaceId, meeting: MeetingId) -> Result<String, Problem> {
    let mut statement = db.prepare_cached("SELECT text FROM transcripts WHERE workspace = ?1 AND meeting = ?2")?;
    Ok(statement.query_row(params![workspace, meeting], |row| row.get(0))?)
}

fn transcript(
    db: &Connection,
    workspace: WorkspaceId,
    meeting: MeetingId,
) -> Result<(String, MeetingFacts, ImportReport), Problem> {
    let mut statement =
        db.prepare_cached("SELECT text, facts, report FROM transcripts WHERE workspace = ?1 AND meeting = ?2")?;
    Ok(statement.query_row(params![workspace, meeting], |row| {
        Ok((row.get(0)?, row.get::<_, Json<_>>(1)?.0, row.get::<_, Json<_>>(2)?.0))
    })?)
}

fn speakers(db: &Connection, workspace: WorkspaceId, meeting: MeetingId) -> Result<Vec<Speaker>, Problem> {
    let mut statement = db.prepare_cached(
        "SELECT label, side, side_source FROM speakers WHERE workspace = ?1 AND meeting = ?2 ORDER BY ordinal",
    )?;
    let rows = statement.query_map(params![workspace, meeting], speaker_of)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn turns(db: &Connection, workspace: WorkspaceId, meeting: MeetingId) -> Result<Vec<Turn>, Problem> {
    let mut statement = db.prepare_cached(
        "SELECT speaker, start_ms, end_ms, nature, pieces FROM turns WHERE workspace = ?1 AND meeting = ?2
         ORDER BY ordinal",
    )?;
    let rows = statement.query_map(params![workspace, meeting], turn_of)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn utterances(db: &Connection, workspace: WorkspaceId, meeting: MeetingId) -> Result<Vec<Utterance>, Problem> {
    let mut statement = db.prepare_cached(
        "SELECT turn, language, mixed, switches, language_detail, pieces, text FROM utterances
         WHERE workspace = ?1 AND meeting = ?2 ORDER BY ordinal",
    )?;
    let rows = statement.query_map(params![workspace, meeting], utterance_of)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn summary_of(row: &Row<'_>) -> rusqlite::Result<MeetingSummary> {
    let source = SourceInfo {
        file_name: row.get("file_name")?,
        hash: row.get("source")?,
        bytes: row.get::<_, Whole<_>>("bytes")?.0,
        format: row.get("format")?,
        encoding: row.get("encoding")?,
    };
    let meeting = Meeting {
        id: row.get("id")?,
        customer: row.get("customer")?,
        title: row.get("title")?,
        date: row.get::<_, Option<Day>>("date")?.map(|day| day.0),
        source,
        created_at: row.get("created_at")?,
    };
    Ok(MeetingSummary {
        meeting,
        customer_name: row.get("customer_name")?,
        turns: row.get::<_, Whole<_>>("turns")?.0,
        utterances: row.get::<_, Whole<_>>("utterances")?.0,
        pending: row.get::<_, Whole<_>>("pending")?.0,
        accepted: row.get::<_, Whole<_>>("accepted")?.0,
        rejected: row.get::<_, Whole<_>>("rejected")?.0,
        languages: languages::shares_of(row)?,
        revision_of: row.get("revision_of")?,
    })
}

fn speaker_of(row: &Row<'_>) -> rusqlite::Result<Speaker> {
    Ok(Speaker { label: row.get("label")?, side: row.get("side")?, side_source: row.get("side_source")? })
}

fn turn_of(row: &Row<'_>) -> rusqlite::Result<Turn> {
    Ok(Turn {
        speaker: row.get::<_, Option<Whole<_>>>("speaker")?.map(|whole| whole.0),
        start_ms: row.get::<_, Option<Whole<_>>>("start_ms")?.map(|whole| whole.0),
        end_ms: row.get::<_, Option<Whole<_>>>("end_ms")?.map(|whole| whole.0),
        nature: row.get("nature")?,
        pieces: row.get::<_, Json<_>>("pieces")?.0,
    })
}

fn utterance_of(row: &Row<'_>) -> rusqlite::Result<Utterance> {
    Ok(Utterance {
        turn: row.get::<_, Whole<_>>("turn")?.0,
        pieces: row.get::<_, Json<_>>("pieces")?.0,
        text: row.get("text")?,
        language: languages::tag_of(row)?,
    })
}
