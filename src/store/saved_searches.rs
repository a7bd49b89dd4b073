//! Searches that people keep.

use rusqlite::params;
use serde::Serialize;
use utoipa::ToSchema;

use crate::model::{Problem, SavedSearchId};

use super::Store;

/// A search that somebody keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SavedSearch {
    /// Its identity.
    pub id: SavedSearchId,
    /// What people call it.
    pub name: String,
    /// The query, in the query language.
    pub query: String,
    /// When it was kept, RFC 3339 in UTC.
    pub created_at: String,
    /// When somebody last looked at it: what came in later is new.
    pub seen_at: String,
}

impl Store {
    /// All of them, the latest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn saved_searches(&self) -> Result<Vec<SavedSearch>, Problem> {
        self.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT id, name, query, created_at, seen_at FROM saved_searches
                 WHERE workspace = ?1 ORDER BY created_at DESC, id DESC",
            )?;
            let rows = statement.query_map(params![self.workspace], |row| {
                Ok(SavedSearch {
                    id: row.get(0)?,
                    name: row.get(1)?,
                    query: row.get(2)?,
                    created_at: row.get(3)?,
                    seen_at: row.get(4)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Keeps a search.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn save_search(&self, search: &SavedSearch) -> Result<(), Problem> {
        self.write(|tx| {
            tx.prepare_cached(
                "INSERT INTO saved_searches (workspace, id, name, query, created_at, seen_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                self.workspace,
                search.id,
                search.name,
                search.query,
                search.created_at,
                search.seen_at
            ])?;
            Ok(())
        })
    }

    /// Notes that somebody looked at it; false where it is no more.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn see_search(&self, id: SavedSearchId, at: &str) -> Result<bool, Problem> {
        self.write(|tx| {
            let mut statement =
                tx.prepare_cached("UPDATE saved_searches SET seen_at = ?3 WHERE workspace = ?1 AND id = ?2")?;
            Ok(statement.execute(params![self.workspace, id, at])? > 0)
        })
    }

    /// Forgets it; false where it is no more.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn forget_search(&self, id: SavedSearchId) -> Result<bool, Problem> {
        self.write(|tx| {
            let mut statement = tx.prepare_cached("DELETE FROM saved_searches WHERE workspace = ?1 AND id = ?2")?;
            Ok(statement.execute(params![self.workspace, id])? > 0)
        })
    }
}
