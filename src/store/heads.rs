//! The head of every meeting, for answers that count by customer, month or age.

use rusqlite::params;

use crate::model::{CustomerId, MeetingId, Problem};

use super::Store;
use super::columns::Day;

/// What tells one meeting from another in a count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingHead {
    /// Which meeting.
    pub id: MeetingId,
    /// With whom.
    pub customer: CustomerId,
    /// What it is called.
    pub title: String,
    /// When it was held, where known.
    pub date: Option<jiff::civil::Date>,
    /// When it was imported, RFC 3339 in UTC.
    pub created_at: String,
}

impl Store {
    /// Every meeting but earlier revisions, by identity.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn meeting_heads(&self) -> Result<Vec<MeetingHead>, Problem> {
        self.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT id, customer, title, date, created_at FROM meetings
                 WHERE workspace = ?1 AND revision_of IS NULL ORDER BY id",
            )?;
            let rows = statement.query_map(params![self.workspace], |row| {
                Ok(MeetingHead {
                    id: row.get(0)?,
                    customer: row.get(1)?,
                    title: row.get(2)?,
                    date: row.get::<_, Option<Day>>(3)?.map(|day| day.0),
                    created_at: row.get(4)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}
