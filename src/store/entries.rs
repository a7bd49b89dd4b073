//! What stands on the maps, with its quotes.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::model::{
    Bilingual, CustomerId, Entry, EntryId, EntryQuote, Kind, Problem, Quote, SuggestionId, WorkspaceId,
};

use super::Store;
use super::columns::{Json, Whole};
use super::problems::no_entry;

impl Store {
    /// A customer's entries with their quotes, in the order in which they were placed.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn entries(&self, customer: CustomerId) -> Result<Vec<Entry>, Problem> {
        self.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT id, customer, kind, concept, statement_es, statement_en, worded, created_at FROM entries
                 WHERE workspace = ?1 AND customer = ?2 ORDER BY created_at, id",
            )?;
            let rows = statement.query_map(params![self.workspace, customer], entry_of)?;
            let mut entries: Vec<Entry> = rows.collect::<Result<_, _>>()?;
            for entry in &mut entries {
                entry.quotes = quotes(db, self.workspace, entry.id)?;
            }
            Ok(entries)
        })
    }

    /// The entry of this identity.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn entry(&self, id: EntryId) -> Result<Option<Entry>, Problem> {
        self.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT id, customer, kind, concept, statement_es, statement_en, worded, created_at FROM entries
                 WHERE workspace = ?1 AND id = ?2",
            )?;
            let entry = statement.query_row(params![self.workspace, id], entry_of).optional()?;
            entry.map(|entry| with_quotes(db, self.workspace, entry)).transpose()
        })
    }

    /// The entry that quotes of this concept join when they are accepted as proposed: the one that nobody has worded.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn entry_for(&self, customer: CustomerId, kind: Kind, concept: &str) -> Result<Option<Entry>, Problem> {
        self.read(|db| entry_for(db, self.workspace, customer, kind, concept))
    }

    /// Words an entry. From then on, quotes accepted as proposed no longer join it.
    ///
    /// # Errors
    /// `entry_not_found`.
    pub fn set_statement(&self, entry: EntryId, statement: &Bilingual) -> Result<(), Problem> {
        self.write(|tx| {
            let mut update = tx.prepare_cached(
                "UPDATE entries SET statement_es = ?3, statement_en = ?4, worded = 1 WHERE workspace = ?1 AND id = ?2",
            )?;
            match update.execute(params![self.workspace, entry, statement.es, statement.en])? {
                0 => Err(no_entry()),
                _ => Ok(()),
            }
        })
    }
}

/// The unworded entry of this concept.
pub(super) fn entry_for(
    db: &Connection,
    workspace: WorkspaceId,
    customer: CustomerId,
    kind: Kind,
    concept: &str,
) -> Result<Option<Entry>, Problem> {
    let mut statement = db.prepare_cached(
        "SELECT id, customer, kind, concept, statement_es, statement_en, worded, created_at FROM entries
         WHERE workspace = ?1 AND customer = ?2 AND kind = ?3 AND concept = ?4 AND worded = 0",
    )?;
    let entry = statement.query_row(params![workspace, customer, kind, concept], entry_of).optional()?;
    entry.map(|entry| with_quotes(db, workspace, entry)).transpose()
}

/// Whose map this entry stands on; none where there is no such entry.
pub(super) fn owner(db: &Connection, workspace: WorkspaceId, entry: EntryId) -> Result<Option<CustomerId>, Problem> {
    let mut statement = db.prepare_cached("SELECT customer FROM entries WHERE workspace = ?1 AND id = ?2")?;
    Ok(statement.query_row(params![workspace, entry], |row| row.get(0)).optional()?)
}

/// The entry that holds the quote of this suggestion.
pub(super) fn entry_of_quote(
    db: &Connection,
    workspace: WorkspaceId,
    suggestion: SuggestionId,
) -> Result<Option<EntryId>, Problem> {
    let mut statement = db.prepare_cached("SELECT entry FROM entry_quotes WHERE workspace = ?1 AND suggestion = ?2")?;
    Ok(statement.query_row(params![workspace, suggestion], |row| row.get(0)).optional()?)
}

/// Adds an entry; its quotes come after.
pub(super) fn insert_entry(tx: &Transaction<'_>, workspace: WorkspaceId, entry: &Entry) -> Result<(), Problem> {
    let mut statement = tx.prepare_cached(
        "INSERT INTO entries (workspace, id, customer, kind, concept, statement_es, statement_en, worded, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    statement.execute(params![
        workspace,
        entry.id,
        entry.customer,
        entry.kind,
        entry.concept,
        entry.statement.es,
        entry.statement.en,
        entry.worded,
        entry.created_at,
    ])?;
    Ok(())
}

/// Adds a quote after the entry's others.
pub(super) fn insert_quote(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    entry: EntryId,
    quote: &EntryQuote,
) -> Result<(), Problem> {
    let mut statement = tx.prepare_cached(
        "INSERT INTO entry_quotes (workspace, suggestion, entry, place, meeting, text, pieces, turn, utterance, speaker, side,
            intensity)
         VALUES (?1, ?2, ?3, (SELECT coalesce(max(place) + 1, 0) FROM entry_quotes WHERE workspace = ?1 AND entry = ?3),
            ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    statement.execute(params![
        workspace,
        quote.suggestion,
        entry,
        quote.meeting,
        quote.quote.text,
        Json(&quote.quote.pieces),
        Whole(quote.quote.turn),
        Whole(quote.quote.utterance),
        quote.speaker,
        quote.side,
        quote.intensity,
    ])?;
    Ok(())
}

/// Takes the quote of this suggestion off the map, if it is there.
pub(super) fn remove_quote(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    suggestion: SuggestionId,
) -> Result<(), Problem> {
    let mut statement = tx.prepare_cached("DELETE FROM entry_quotes WHERE workspace = ?1 AND suggestion = ?2")?;
    statement.execute(params![workspace, suggestion])?;
    Ok(())
}

/// Lets an entry vanish that has no quote.
pub(super) fn remove_if_empty(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    entry: Option<EntryId>,
) -> Result<(), Problem> {
    let Some(entry) = entry else { return Ok(()) };
    let mut statement = tx.prepare_cached(
        "DELETE FROM entries WHERE workspace = ?1 AND id = ?2
         AND NOT EXISTS (SELECT 1 FROM entry_quotes WHERE workspace = ?1 AND entry = ?2)",
    )?;
    statement.execute(params![workspace, entry])?;
    Ok(())
}

fn with_quotes(db: &Connection, workspace: WorkspaceId, entry: Entry) -> Result<Entry, Problem> {
    let quotes = quotes(db, workspace, entry.id)?;
    Ok(Entry { quotes, ..entry })
}

fn quotes(db: &Connection, workspace: WorkspaceId, entry: EntryId) -> Result<Vec<EntryQuote>, Problem> {
    let mut statement = db.prepare_cached(
        "SELECT suggestion, meeting, text, pieces, turn, utterance, speaker, side, intensity FROM entry_quotes
         WHERE workspace = ?1 AND entry = ?2 ORDER BY place",
    )?;
    let rows = statement.query_map(params![workspace, entry], quote_of)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// An entry without its quotes, which lie in rows of their own.
fn entry_of(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        id: row.get("id")?,
        customer: row.get("customer")?,
        kind: row.get("kind")?,
        concept: row.get("concept")?,
        statement: Bilingual { es: row.get("statement_es")?, en: row.get("statement_en")? },
        worded: row.get("worded")?,
        quotes: Vec::new(),
        created_at: row.get("created_at")?,
    })
}

fn quote_of(row: &Row<'_>) -> rusqlite::Result<EntryQuote> {
    let quote = Quote {
        text: row.get("text")?,
        pieces: row.get::<_, Json<_>>("pieces")?.0,
        turn: row.get::<_, Whole<_>>("turn")?.0,
        utterance: row.get::<_, Whole<_>>("utterance")?.0,
    };
    Ok(EntryQuote {
        suggestion: row.get("suggestion")?,
        meeting: row.get("meeting")?,
        quote,
        speaker: row.get("speaker")?,
        side: row.get("side")?,
        intensity: row.get("intensity")?,
    })
}
