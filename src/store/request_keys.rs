//! Requests that carry a key are answered once, over restarts too.

use rusqlite::{OptionalExtension, Transaction, params};

use crate::model::{MeetingId, Problem, ProblemClass, WorkspaceId};

use super::Store;

/// The key of a request, with the hash of what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestKey {
    /// As who asks has chosen it.
    pub key: String,
    /// A hash of everything that was asked.
    pub request: String,
    /// What came of it, as who keeps it writes it.
    pub outcome: String,
    /// When, RFC 3339 in UTC.
    pub at: String,
}

/// What was answered to a request with this key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAnswer {
    /// A hash of everything that was asked.
    pub request: String,
    /// The meeting that came of it.
    pub meeting: Option<MeetingId>,
    /// What came of it, as who kept it wrote it.
    pub outcome: String,
}

impl Store {
    /// What was answered to the request with this key.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn kept_answer(&self, key: &str) -> Result<Option<KeptAnswer>, Problem> {
        self.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT request, meeting, outcome FROM request_keys WHERE workspace = ?1 AND key = ?2",
            )?;
            let found = statement.query_row(params![self.workspace, key], |row| {
                Ok(KeptAnswer { request: row.get(0)?, meeting: row.get(1)?, outcome: row.get(2)? })
            });
            Ok(found.optional()?)
        })
    }

    /// Keeps the answer to a request whose meeting is there already, or that made none of its own.
    ///
    /// # Errors
    /// `idempotency_key_reused` where the key stands for another request.
    pub fn keep_answer(&self, request: &RequestKey, meeting: Option<MeetingId>) -> Result<(), Problem> {
        self.write(|tx| keep_key(tx, self.workspace, request, meeting))
    }
}

/// Keeps the key of a request in the transaction that does what it asks.
pub(super) fn keep_key(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    request: &RequestKey,
    meeting: Option<MeetingId>,
) -> Result<(), Problem> {
    let kept = tx
        .prepare_cached(
            "INSERT INTO request_keys (workspace, key, request, meeting, outcome, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (workspace, key) DO UPDATE SET key = key WHERE request = excluded.request",
        )?
        .execute(params![workspace, request.key, request.request, meeting, request.outcome, request.at])?;
    if kept == 1 { Ok(()) } else { Err(key_reused()) }
}

fn key_reused() -> Problem {
    Problem::new(
        "idempotency_key_reused",
        ProblemClass::Invalid,
        "Esta clave ya se usó para otra petición.",
        "This key was used for another request already.",
    )
    .hint(
        "Use una clave nueva para cada petición distinta; la misma solo para repetirla.",
        "Use a new key for each different request, and the same one only to repeat it.",
    )
}
