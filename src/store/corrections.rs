//! What people put right. Nothing is ever changed here: taking back is a correction too.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use uuid::Uuid;

use crate::model::{Correction, CorrectionAct, CorrectionId, CustomerId, MeetingId, PersonId, Problem, WorkspaceId};

use super::Store;
use super::columns::{Json, Whole};
use super::customers::correct_customers;
use super::moves::{correct_moves, follow_customers};
use super::people::{correct_people, set_people_sides};
use super::problems::{conflict, not_found};
use super::reread::{Reread, apply_reread};

/// Which corrections to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CorrectionFilter {
    /// Only about this customer.
    pub customer: Option<CustomerId>,
    /// Only about this meeting.
    pub meeting: Option<MeetingId>,
    /// Only about this person.
    pub person: Option<PersonId>,
    /// At most so many; zero for all.
    pub limit: usize,
}

impl Store {
    /// Does what the correction says and writes it down, in one step; the meetings whose sides it changes are read anew
    /// in the same step, as `reread` tells.
    ///
    /// # Errors
    /// `correction_overtaken` where something is no longer as the correction found it; what is corrected is not there.
    pub fn correct(&self, correction: &Correction, reread: &[Reread]) -> Result<Correction, Problem> {
        self.write(|tx| {
            let mut done = correction.clone();
            done.act = apply(tx, self.workspace, &correction.act, false)?;
            for one in reread {
                apply_reread(tx, self.workspace, one)?;
            }
            append(tx, self.workspace, &done, None)?;
            Ok(done)
        })
    }

    /// Takes back a correction: what it changed is as it was before, and that it was is written down.
    ///
    /// # Errors
    /// `correction_not_found`; `already_undone`; `correction_overtaken` where something later stands on it.
    pub fn take_back(&self, taken: CorrectionId, undo: &Correction, reread: &[Reread]) -> Result<Correction, Problem> {
        self.write(|tx| {
            let (seq, correction) = find(tx, self.workspace, taken)?.ok_or_else(no_correction)?;
            if correction.undone {
                return Err(conflict("already_undone", "Eso ya se deshizo.", "That was taken back already."));
            }
            if let CorrectionAct::Undone { .. } | CorrectionAct::Revised { .. } = correction.act {
                return Err(not_undoable());
            }
            apply(tx, self.workspace, &correction.act, true)?;
            for one in reread {
                apply_reread(tx, self.workspace, one)?;
            }
            append(tx, self.workspace, undo, Some((seq, &correction.act)))?;
            Ok(Correction { undone: true, ..correction })
        })
    }

    /// The correction of this identity.
    ///
    /// # Errors
    /// `correction_not_found`.
    pub fn correction(&self, id: CorrectionId) -> Result<Correction, Problem> {
        self.read(|db| Ok(find(db, self.workspace, id)?.ok_or_else(no_correction)?.1))
    }

    /// What was put right, newest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn corrections(&self, filter: &CorrectionFilter) -> Result<Vec<Correction>, Problem> {
        let uuid = [filter.customer.map(|id| id.0), filter.meeting.map(|id| id.0), filter.person.map(|id| id.0)];
        let subjects: Vec<Uuid> = uuid.into_iter().flatten().collect();
        let limit = if filter.limit == 0 { usize::MAX >> 1 } else { filter.limit };
        self.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT c.seq, c.id, c.details, c.at,
                    EXISTS (SELECT 1 FROM corrections u WHERE u.workspace = c.workspace AND u.undoes = c.seq) AS undone
                 FROM corrections c WHERE c.workspace = ?1
                 AND (?2 IS NULL OR EXISTS (SELECT 1 FROM correction_subjects s
                    WHERE s.workspace = c.workspace AND s.seq = c.seq AND s.subject = ?2))
                 AND (?3 IS NULL OR EXISTS (SELECT 1 FROM correction_subjects s
                    WHERE s.workspace = c.workspace AND s.seq = c.seq AND s.subject = ?3))
                 ORDER BY c.seq DESC LIMIT ?4",
            )?;
            let of = |at: usize| subjects.get(at).map(|id| id.as_bytes().as_slice());
            let rows = statement
                .query_map(params![self.workspace, of(0), of(1), Whole(limit)], |row| Ok(correction_of(row)?.1))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

/// Writes a correction down, in the transaction that does it.
pub(super) fn append(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    correction: &Correction,
    undoes: Option<(i64, &CorrectionAct)>,
) -> Result<(), Problem> {
    let seq: i64 = tx
        .prepare_cached("SELECT coalesce(max(seq), 0) + 1 FROM corrections WHERE workspace = ?1")?
        .query_row(params![workspace], |row| row.get(0))?;
    tx.prepare_cached(
        "INSERT INTO corrections (workspace, seq, id, details, at, undoes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        workspace,
        seq,
        correction.id,
        Json(&correction.act),
        correction.at,
        undoes.map(|(seq, _)| seq)
    ])?;
    let act = undoes.map_or(&correction.act, |(_, act)| act);
    let mut insert = tx.prepare_cached(
        "INSERT INTO correction_subjects (workspace, subject, seq) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    )?;
    let customers = act.customers().into_iter().map(|id| id.0);
    let people = act.people().into_iter().map(|id| id.0);
    for subject in customers.chain(people).chain(act.meeting().map(|id| id.0)) {
        insert.execute(params![workspace, subject.as_bytes().as_slice(), seq])?;
    }
    Ok(())
}

/// Does what the act says, or takes it back; answers with the act as it was done.
fn apply(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    act: &CorrectionAct,
    back: bool,
) -> Result<CorrectionAct, Problem> {
    match act {
        CorrectionAct::PersonRenamed { .. }
        | CorrectionAct::PersonRole { .. }
        | CorrectionAct::PeopleMerged { .. }
        | CorrectionAct::PeopleKeptApart { .. } => correct_people(tx, workspace, act, back)?,
        CorrectionAct::SideSet { after, people, .. } => {
            let mut sides = people.clone();
            if !back {
                for one in &mut sides {
                    (one.side, one.side_source) = (*after, crate::model::SideSource::Person);
                }
            }
            set_people_sides(tx, workspace, &sides)?;
        }
        CorrectionAct::CustomerRenamed { .. }
        | CorrectionAct::AliasAdded { .. }
        | CorrectionAct::AliasRemoved { .. }
        | CorrectionAct::ParentSet { .. }
        | CorrectionAct::CustomersKeptApart { .. } => {
            correct_customers(tx, workspace, act, back)?;
            follow_customers(tx, workspace, act)?;
        }
        CorrectionAct::CustomersMerged { .. }
        | CorrectionAct::MeetingMoved { .. }
        | CorrectionAct::MeetingCorrected { .. } => return correct_moves(tx, workspace, act, back),
        CorrectionAct::Revised { .. } | CorrectionAct::Undone { .. } => {}
    }
    Ok(act.clone())
}

fn find(db: &Connection, workspace: WorkspaceId, id: CorrectionId) -> Result<Option<(i64, Correction)>, Problem> {
    let mut statement = db.prepare_cached(
        "SELECT c.seq, c.id, c.details, c.at,
            EXISTS (SELECT 1 FROM corrections u WHERE u.workspace = c.workspace AND u.undoes = c.seq) AS undone
         FROM corrections c WHERE c.workspace = ?1 AND c.id = ?2",
    )?;
    Ok(statement.query_row(params![workspace, id], correction_of).optional()?)
}

fn correction_of(row: &Row<'_>) -> rusqlite::Result<(i64, Correction)> {
    let correction = Correction {
        id: row.get("id")?,
        act: row.get::<_, Json<_>>("details")?.0,
        at: row.get("at")?,
        undone: row.get("undone")?,
    };
    Ok((row.get("seq")?, correction))
}

fn no_correction() -> Problem {
    not_found("correction_not_found", "No existe ese cambio.", "There is no such correction.")
        .hint("Vea la historia de cambios.", "See the history of corrections.")
}

fn not_undoable() -> Problem {
    conflict("correction_not_undoable", "Este paso no se deshace así.", "This step is not taken back this way.").hint(
        "Para volver a una versión anterior de una reunión, restaure esa versión.",
        "To go back to an earlier revision of a meeting, restore that revision.",
    )
}
