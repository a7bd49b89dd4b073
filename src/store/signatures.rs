//! The signatures of meetings' words: what another transcript of the same meeting is recognised by.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{OptionalExtension, ToSql, Transaction, params};

use crate::model::{MeetingId, Problem, WorkspaceId};

use super::Store;
use super::columns::Whole;

/// The MinHash signature of a meeting's words. The store only keeps it; who makes it knows what it means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// Of how many different shingles.
    pub shingles: usize,
    /// The smallest hash under each permutation.
    pub hashes: Vec<u32>,
}

/// The hashes as bytes, little end first.
struct Hashes(Vec<u32>);

impl ToSql for Hashes {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.iter().flat_map(|hash| hash.to_le_bytes()).collect::<Vec<u8>>().into())
    }
}

impl FromSql for Hashes {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let (hashes, rest) = value.as_blob()?.as_chunks::<4>();
        if rest.is_empty() {
            return Ok(Self(hashes.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect()));
        }
        Err(FromSqlError::InvalidType)
    }
}

impl Store {
    /// The signatures of all meetings (the newest revision of each) that have between `least` and `most` shingles.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn signatures(&self, least: usize, most: usize) -> Result<Vec<(MeetingId, Signature)>, Problem> {
        self.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT s.meeting, s.shingles, s.hashes FROM signatures s
                 JOIN meetings m ON m.workspace = s.workspace AND m.id = s.meeting AND m.revision_of IS NULL
                 WHERE s.workspace = ?1 AND s.shingles BETWEEN ?2 AND ?3",
            )?;
            let rows = statement.query_map(params![self.workspace, Whole(least), Whole(most)], |row| {
                let signature =
                    Signature { shingles: row.get::<_, Whole<_>>(1)?.0, hashes: row.get::<_, Hashes>(2)?.0 };
                Ok((row.get(0)?, signature))
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The signature of a meeting.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn signature(&self, meeting: MeetingId) -> Result<Option<Signature>, Problem> {
        self.read(|db| {
            let mut statement =
                db.prepare_cached("SELECT shingles, hashes FROM signatures WHERE workspace = ?1 AND meeting = ?2")?;
            let found = statement.query_row(params![self.workspace, meeting], |row| {
                Ok(Signature { shingles: row.get::<_, Whole<_>>(0)?.0, hashes: row.get::<_, Hashes>(1)?.0 })
            });
            Ok(found.optional()?)
        })
    }

    /// The meetings that have no signature yet, because they were imported by an older cita.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn unsigned_meetings(&self) -> Result<Vec<MeetingId>, Problem> {
        self.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT m.id FROM meetings m WHERE m.workspace = ?1 AND NOT EXISTS
                    (SELECT 1 FROM signatures s WHERE s.workspace = m.workspace AND s.meeting = m.id)",
            )?;
            let rows = statement.query_map(params![self.workspace], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Keeps the signature of a meeting.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn sign(&self, meeting: MeetingId, signature: &Signature) -> Result<(), Problem> {
        self.write(|tx| insert_signature(tx, self.workspace, meeting, signature))
    }
}

pub(super) fn insert_signature(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    meeting: MeetingId,
    signature: &Signature,
) -> Result<(), Problem> {
    tx.prepare_cached(
        "INSERT INTO signatures (workspace, meeting, shingles, hashes)
         SELECT ?1, ?2, ?3, ?4 WHERE EXISTS (SELECT 1 FROM meetings WHERE workspace = ?1 AND id = ?2)
         ON CONFLICT (workspace, meeting) DO UPDATE SET shingles = excluded.shingles, hashes = excluded.hashes",
    )?
    .execute(params![workspace, meeting, Whole(signature.shingles), Hashes(signature.hashes.clone())])?;
    Ok(())
}
