//! The people of customers' meetings.
//!
//! A row of `people` is one label of one customer. Where a person says that two labels are one human, one row points to
//! the other; nothing else changes, so that it can be taken back.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::model::{
    CorrectionAct, CustomerId, MeetingId, Person, PersonId, PersonSide, Problem, Side, SideSource, SpeakerSide,
    WorkspaceId,
};

use super::Store;
use super::columns::Whole;
use super::problems::{conflict, not_found};

/// How much a person (or one of the labels of a person) said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PersonFigures {
    /// In how many meetings.
    pub meetings: usize,
    /// In how many turns.
    pub turns: usize,
}

impl Store {
    /// The people of a customer's meetings, by label; one row a label, those that are another's label among them.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn people(&self, customer: CustomerId) -> Result<Vec<Person>, Problem> {
        self.read(|db| people_of(db, self.workspace, customer))
    }

    /// The person of this identity.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn person(&self, id: PersonId) -> Result<Option<Person>, Problem> {
        self.read(|db| person(db, self.workspace, id))
    }

    /// In how many meetings and turns each label of a customer's people is heard.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn people_figures(&self, customer: CustomerId) -> Result<HashMap<PersonId, PersonFigures>, Problem> {
        self.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT s.person, count(DISTINCT s.meeting), count(t.ordinal) FROM people p
                 JOIN speakers s ON s.workspace = p.workspace AND s.person = p.id
                 JOIN meetings m ON m.workspace = s.workspace AND m.id = s.meeting AND m.revision_of IS NULL
                 LEFT JOIN turns t ON t.workspace = s.workspace AND t.meeting = s.meeting AND t.speaker = s.ordinal
                 WHERE p.workspace = ?1 AND p.customer = ?2 GROUP BY s.person",
            )?;
            let rows = statement.query_map(params![self.workspace, customer], |row| {
                let figures =
                    PersonFigures { meetings: row.get::<_, Whole<_>>(1)?.0, turns: row.get::<_, Whole<_>>(2)?.0 };
                Ok((row.get(0)?, figures))
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Which people of a customer speak in which of its meetings.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn people_in_meetings(&self, customer: CustomerId) -> Result<Vec<(MeetingId, PersonId)>, Problem> {
        self.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT s.meeting, s.person FROM speakers s
                 JOIN meetings m ON m.workspace = s.workspace AND m.id = s.meeting AND m.revision_of IS NULL
                 WHERE m.workspace = ?1 AND m.customer = ?2 AND s.person IS NOT NULL ORDER BY s.meeting, s.ordinal",
            )?;
            let rows = statement.query_map(params![self.workspace, customer], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Everywhere that one of these labels speaks, in one meeting or in all, with the sides of now.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn speakers_of(&self, people: &[PersonId], meeting: Option<MeetingId>) -> Result<Vec<SpeakerSide>, Problem> {
        self.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT s.meeting, s.ordinal, s.side, s.side_source FROM speakers s
                 JOIN meetings m ON m.workspace = s.workspace AND m.id = s.meeting AND m.revision_of IS NULL
                 WHERE s.workspace = ?1 AND s.person = ?2 AND (?3 IS NULL OR s.meeting = ?3)
                 ORDER BY s.meeting, s.ordinal",
            )?;
            let mut found = Vec::new();
            for person in people {
                let rows = statement.query_map(params![self.workspace, person, meeting], |row| {
                    Ok(SpeakerSide {
                        meeting: row.get(0)?,
                        speaker: row.get::<_, Whole<_>>(1)?.0,
                        side: row.get(2)?,
                        side_source: row.get(3)?,
                    })
                })?;
                for row in rows {
                    found.push(row?);
                }
            }
            Ok(found)
        })
    }

    /// The person behind a speaker of a meeting.
    ///
    /// # Errors
    /// `speaker_not_found`.
    pub fn person_of_speaker(&self, meeting: MeetingId, speaker: usize) -> Result<Option<PersonId>, Problem> {
        self.read(|db| {
            let mut statement = db
                .prepare_cached("SELECT person FROM speakers WHERE workspace = ?1 AND meeting = ?2 AND ordinal = ?3")?;
            let found = statement.query_row(params![self.workspace, meeting, Whole(speaker)], |row| row.get(0));
            found.optional()?.ok_or_else(no_speaker)
        })
    }
}

/// Does to people what the correction says, or takes it back.
pub(super) fn correct_people(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    act: &CorrectionAct,
    back: bool,
) -> Result<(), Problem> {
    match act {
        CorrectionAct::PersonRenamed { person, before, after } => {
            let (from, to) = if back { (after, before) } else { (before, after) };
            let changed = tx
                .prepare_cached(
                    "UPDATE people SET shown_name = CASE WHEN name = ?4 THEN NULL ELSE ?4 END
                     WHERE workspace = ?1 AND id = ?2 AND coalesce(shown_name, name) = ?3",
                )?
                .execute(params![workspace, person, from, to])?;
            expect_one(changed)
        }
        CorrectionAct::PersonRole { person, before, after } => {
            let (from, to) = if back { (after, before) } else { (before, after) };
            let changed = tx
                .prepare_cached("UPDATE people SET role = ?4 WHERE workspace = ?1 AND id = ?2 AND role IS ?3")?
                .execute(params![workspace, person, from, to])?;
            expect_one(changed)
        }
        CorrectionAct::PeopleMerged { from, into } => {
            let (was, is) = if back { (Some(into), None) } else { (None, Some(into)) };
            let changed = tx
                .prepare_cached(
                    "UPDATE people SET merged_into = ?4 WHERE workspace = ?1 AND id = ?2 AND merged_into IS ?3",
                )?
                .execute(params![workspace, from, was, is])?;
            expect_one(changed)
        }
        _ => Ok(()),
    }
}

/// Sets people's own sides.
pub(super) fn set_people_sides(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    sides: &[PersonSide],
) -> Result<(), Problem> {
    let mut update =
        tx.prepare_cached("UPDATE people SET side = ?3, side_source = ?4 WHERE workspace = ?1 AND id = ?2")?;
    for one in sides {
        update.execute(params![workspace, one.person, one.side, one.side_source])?;
    }
    Ok(())
}

/// The people of a customer's meetings, by label.
pub(super) fn people_of(db: &Connection, workspace: WorkspaceId, customer: CustomerId) -> Result<Vec<Person>, Problem> {
    let mut statement = db.prepare_cached(
        "SELECT id, customer, name, shown_name, role, merged_into, side, side_source FROM people
         WHERE workspace = ?1 AND customer = ?2 ORDER BY name, id",
    )?;
    let rows = statement.query_map(params![workspace, customer], person_of)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn person(db: &Connection, workspace: WorkspaceId, id: PersonId) -> Result<Option<Person>, Problem> {
    let mut statement = db.prepare_cached(
        "SELECT id, customer, name, shown_name, role, merged_into, side, side_source FROM people
         WHERE workspace = ?1 AND id = ?2",
    )?;
    Ok(statement.query_row(params![workspace, id], person_of).optional()?)
}

/// Keeps a person and returns the identity that holds: the given one, or the one that the customer's person of this
/// label has already. A side that a person set gives way only to another that a person set.
pub(super) fn keep_person(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    customer: CustomerId,
    person: &Person,
) -> Result<PersonId, Problem> {
    let mut find = tx.prepare_cached(
        "SELECT id FROM people WHERE workspace = ?1 AND (id = ?2 OR (customer = ?3 AND name = ?4))
         ORDER BY id = ?2 DESC LIMIT 1",
    )?;
    let known: Option<PersonId> =
        find.query_row(params![workspace, person.id, customer, person.label], |row| row.get(0)).optional()?;
    let Some(id) = known else {
        let mut insert = tx.prepare_cached(
            "INSERT INTO people (workspace, id, customer, name, shown_name, role, side, side_source)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        let shown = (person.name != person.label).then_some(&person.name);
        insert.execute(params![
            workspace,
            person.id,
            customer,
            person.label,
            shown,
            person.role,
            person.side,
            person.side_source
        ])?;
        return Ok(person.id);
    };
    let mut update = tx.prepare_cached(
        "UPDATE people SET side = ?3, side_source = ?4 WHERE workspace = ?1 AND id = ?2
         AND ?3 <> 'unknown' AND (side_source <> 'person' OR ?4 = 'person')",
    )?;
    update.execute(params![workspace, id, person.side, person.side_source])?;
    Ok(id)
}

fn person_of(row: &Row<'_>) -> rusqlite::Result<Person> {
    let label: String = row.get("name")?;
    Ok(Person {
        id: row.get("id")?,
        customer: row.get("customer")?,
        name: row.get::<_, Option<String>>("shown_name")?.unwrap_or_else(|| label.clone()),
        label,
        role: row.get("role")?,
        merged_into: row.get("merged_into")?,
        side: row.get::<_, Side>("side")?,
        side_source: row.get::<_, SideSource>("side_source")?,
    })
}

/// One row has changed; otherwise something else has been done to it since.
pub(super) fn expect_one(changed: usize) -> Result<(), Problem> {
    if changed == 1 { Ok(()) } else { Err(overtaken()) }
}

/// It is no longer as the correction found or left it.
pub(super) fn overtaken() -> Problem {
    conflict(
        "correction_overtaken",
        "Esto ya cambió desde entonces; no se cambió nada.",
        "This has changed since then; nothing was changed.",
    )
    .hint("Deshaga primero el cambio más reciente.", "Take back the latest change first.")
}

pub(super) fn no_speaker() -> Problem {
    not_found(
        "speaker_not_found",
        "No existe ese hablante en esa reunión.",
        "There is no such speaker in that meeting.",
    )
    .hint("Vea quién habla en la reunión.", "See who speaks in the meeting.")
}
