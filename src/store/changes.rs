//! The outbox: what the search index has yet to learn.

use rusqlite::{Transaction, params};

use crate::model::{MeetingId, Problem, WorkspaceId};

use super::Store;
use super::columns::Whole;

/// A meeting that is new, changed or gone. A later change of the same meeting takes the place of an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its number; later changes have higher ones, and none is given twice.
    pub seq: i64,
    /// Which meeting.
    pub meeting: MeetingId,
    /// Is the meeting gone?
    pub removed: bool,
}

impl Store {
    /// At most `limit` changes with a number above `after_seq`, in their order.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn changes(&self, after_seq: i64, limit: usize) -> Result<Vec<Change>, Problem> {
        self.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT seq, meeting, removed FROM changes WHERE workspace = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
            )?;
            let rows = statement.query_map(params![self.workspace, after_seq, Whole(limit)], |row| {
                Ok(Change { seq: row.get(0)?, meeting: row.get(1)?, removed: row.get(2)? })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Forgets the changes up to this number: the index holds them durably.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn changes_done(&self, up_to_seq: i64) -> Result<(), Problem> {
        self.write(|tx| {
            let mut statement = tx.prepare_cached("DELETE FROM changes WHERE workspace = ?1 AND seq <= ?2")?;
            statement.execute(params![self.workspace, up_to_seq])?;
            Ok(())
        })
    }

    /// The number of the last change that was ever made; zero before the first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn last_seq(&self) -> Result<i64, Problem> {
        self.read(|db| {
            let mut statement = db.prepare_cached("SELECT last_change FROM workspaces WHERE id = ?1")?;
            Ok(statement.query_row(params![self.workspace], |row| row.get(0))?)
        })
    }
}

/// Puts a change of this meeting into the outbox, in the transaction that changes it.
pub(super) fn note_change(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    meeting: MeetingId,
    removed: bool,
) -> Result<(), Problem> {
    let mut next =
        tx.prepare_cached("UPDATE workspaces SET last_change = last_change + 1 WHERE id = ?1 RETURNING last_change")?;
    let seq: i64 = next.query_row(params![workspace], |row| row.get(0))?;
    let mut statement = tx.prepare_cached(
        "INSERT INTO changes (workspace, seq, meeting, removed) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (workspace, meeting) DO UPDATE SET seq = excluded.seq, removed = excluded.removed",
    )?;
    statement.execute(params![workspace, seq, meeting, removed])?;
    Ok(())
}
