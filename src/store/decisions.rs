//! What people decided. Nothing is ever changed or taken out here: an undo is a decision too.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::model::{
    Act, CustomerId, Decision, DecisionId, Entry, EntryId, EntryQuote, MeetingId, Problem, RejectReason, State,
    SuggestionId, WorkspaceId,
};

use super::Store;
use super::changes::note_change;
use super::columns::Json;
use super::entries::{entry_for, entry_of_quote, insert_entry, insert_quote, owner, remove_if_empty, remove_quote};
use super::meetings::text;
use super::problems::{conflict, internal, no_entry, no_suggestion, not_verbatim};

/// What a decision does to the map.
#[derive(Clone, Debug, PartialEq)]
pub enum EntryChange {
    /// Nothing.
    None,
    /// The quote joins an entry that exists; it leaves the entry where it was before, if there is one.
    AddTo(EntryId, EntryQuote),
    /// A new entry holds the quote, its only one.
    Create(Entry),
    /// The quote leaves its entry; without a quote the entry vanishes.
    RemoveQuote {
        /// Which entry it leaves.
        entry: EntryId,
        /// The suggestion that brought it.
        suggestion: SuggestionId,
    },
}

impl Store {
    /// Writes down a decision, with what it does to the state of the suggestion and to the map, in one step.
    ///
    /// An undo takes back the latest decision on the suggestion that stands; the state is then what the one before it
    /// says. `change` must agree with the state that results: the quote is on the map if and only if it is accepted.
    ///
    /// # Errors
    /// `already_decided` where the state is not `expected`, because somebody else was first; `nothing_to_undo`;
    /// `entry_exists` where somebody else has just made the unworded entry of this concept; `suggestion_not_found`,
    /// `entry_not_found`, `quote_not_verbatim`, and `entry_out_of_step` for a change that does not fit.
    pub fn decide(&self, decision: &Decision, expected: State, change: &EntryChange) -> Result<(), Problem> {
        self.write(|tx| {
            let desk = Desk::of(tx, self.workspace, decision.suggestion)?;
            if desk.state != expected {
                return Err(already_decided(desk.state));
            }
            desk.append(decision)?;
            let state = settle(tx, self.workspace, desk.suggestion)?;
            desk.apply(change)?;
            desk.check_step(state)?;
            note_change(tx, self.workspace, desk.meeting, false)
        })
    }

    /// Everything that was decided on a suggestion, oldest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn decisions(&self, suggestion: SuggestionId) -> Result<Vec<Decision>, Problem> {
        self.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT d.id, d.suggestion, d.details, d.at, o.id AS carried_from FROM decisions d
                 LEFT JOIN decisions o ON o.workspace = d.workspace AND o.seq = d.carried_from
                 WHERE d.workspace = ?1 AND d.suggestion = ?2 ORDER BY d.seq",
            )?;
            let rows = statement.query_map(params![self.workspace, suggestion], decision_of)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The latest decision over all suggestions that stands and is no undo: what an undo takes back when nobody says what.
    /// One that was carried on to a newer revision counts as made when the person made it, and there.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn last_decision(&self) -> Result<Option<Decision>, Problem> {
        self.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT d.id, d.suggestion, d.details, d.at, o.id AS carried_from FROM decisions d
                 JOIN suggestions s ON s.workspace = d.workspace AND s.id = d.suggestion
                 JOIN meetings m ON m.workspace = s.workspace AND m.id = s.meeting AND m.revision_of IS NULL
                 LEFT JOIN decisions o ON o.workspace = d.workspace AND o.seq = d.carried_from
                 WHERE d.workspace = ?1 AND d.act <> 'undo'
                 AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.workspace = d.workspace AND u.undoes = d.seq)
                 ORDER BY coalesce(d.carried_from, d.seq) DESC LIMIT 1",
            )?;
            Ok(statement.query_row(params![self.workspace], decision_of).optional()?)
        })
    }
}

/// The latest decision on this suggestion that stands, with its number.
pub(super) fn standing_decision(
    db: &Connection,
    workspace: WorkspaceId,
    suggestion: SuggestionId,
) -> Result<Option<(i64, Decision)>, Problem> {
    let mut statement = db.prepare_cached(
        "SELECT d.seq, d.id, d.suggestion, d.details, d.at, o.id AS carried_from FROM decisions d
         LEFT JOIN decisions o ON o.workspace = d.workspace AND o.seq = d.carried_from
         WHERE d.workspace = ?1 AND d.suggestion = ?2 AND d.act <> 'undo'
         AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.workspace = d.workspace AND u.undoes = d.seq)
         ORDER BY d.seq DESC LIMIT 1",
    )?;
    let found = statement.query_row(params![workspace, suggestion], |row| Ok((row.get("seq")?, decision_of(row)?)));
    Ok(found.optional()?)
}

/// Writes a decision down once more, for the same words in a newer revision.
pub(super) fn append_carried(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    id: DecisionId,
    suggestion: SuggestionId,
    original: &Decision,
    original_seq: i64,
) -> Result<(), Problem> {
    let decision = Decision { id, suggestion, ..original.clone() };
    insert_decision(tx, workspace, &decision, None, Some(original_seq))
}

/// Brings the state of a suggestion in line with its decisions, and tells it.
pub(super) fn settle(tx: &Transaction<'_>, workspace: WorkspaceId, suggestion: SuggestionId) -> Result<State, Problem> {
    let standing = standing_decision(tx, workspace, suggestion)?.map(|(_, decision)| decision.act);
    let (state, reason) = state_after(standing.as_ref());
    tx.prepare_cached("UPDATE suggestions SET state = ?3, reject_reason = ?4 WHERE workspace = ?1 AND id = ?2")?
        .execute(params![workspace, suggestion, state, reason])?;
    Ok(state)
}

fn insert_decision(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    decision: &Decision,
    undoes: Option<i64>,
    carried_from: Option<i64>,
) -> Result<(), Problem> {
    let act = match decision.act {
        Act::Accept { .. } => "accept",
        Act::Reject { .. } => "reject",
        Act::Undo => "undo",
    };
    let mut next = tx.prepare_cached(
        "UPDATE workspaces SET last_decision = last_decision + 1 WHERE id = ?1 RETURNING last_decision",
    )?;
    let seq: i64 = next.query_row(params![workspace], |row| row.get(0))?;
    let mut insert = tx.prepare_cached(
        "INSERT INTO decisions (workspace, seq, id, suggestion, act, details, at, undoes, carried_from)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    insert.execute(params![
        workspace,
        seq,
        decision.id,
        decision.suggestion,
        act,
        Json(&decision.act),
        decision.at,
        undoes,
        carried_from
    ])?;
    Ok(())
}

/// Where a suggestion stands after this decision, and why if it was refused; nothing decided is pending.
fn state_after(standing: Option<&Act>) -> (State, Option<RejectReason>) {
    match standing {
        Some(Act::Accept { .. }) => (State::Accepted, None),
        Some(Act::Reject { reason }) => (State::Rejected, Some(*reason)),
        Some(Act::Undo) | None => (State::Pending, None),
    }
}

/// One suggestion while it is being decided on.
struct Desk<'a> {
    tx: &'a Transaction<'a>,
    workspace: WorkspaceId,
    suggestion: SuggestionId,
    meeting: MeetingId,
    customer: CustomerId,
    state: State,
}

impl<'a> Desk<'a> {
    fn of(tx: &'a Transaction<'a>, workspace: WorkspaceId, suggestion: SuggestionId) -> Result<Self, Problem> {
        let mut statement = tx.prepare_cached(
            "SELECT s.meeting, m.customer, s.state FROM suggestions s
             JOIN meetings m ON m.workspace = s.workspace AND m.id = s.meeting WHERE s.workspace = ?1 AND s.id = ?2",
        )?;
        let found = statement.query_row(params![workspace, suggestion], |row| {
            Ok(Self { tx, workspace, suggestion, meeting: row.get(0)?, customer: row.get(1)?, state: row.get(2)? })
        });
        found.optional()?.ok_or_else(no_suggestion)
    }

    fn append(&self, decision: &Decision) -> Result<(), Problem> {
        let undoes = match decision.act {
            Act::Accept { .. } | Act::Reject { .. } => None,
            Act::Undo => {
                let standing = standing_decision(self.tx, self.workspace, self.suggestion)?;
                Some(standing.ok_or_else(nothing_to_undo)?.0)
            }
        };
        insert_decision(self.tx, self.workspace, decision, undoes, None)
    }

    fn apply(&self, change: &EntryChange) -> Result<(), Problem> {
        let (tx, workspace) = (self.tx, self.workspace);
        let before = entry_of_quote(tx, workspace, self.suggestion)?;
        match change {
            EntryChange::None => return Ok(()),
            EntryChange::AddTo(entry, quote) => {
                let owner = owner(tx, workspace, *entry)?.ok_or_else(no_entry)?;
                self.check_quote(quote, owner)?;
                remove_quote(tx, workspace, self.suggestion)?;
                insert_quote(tx, workspace, *entry, quote)?;
            }
            EntryChange::Create(entry) => {
                let [quote] = entry.quotes.as_slice() else { return Err(out_of_step()) };
                self.check_quote(quote, entry.customer)?;
                remove_quote(tx, workspace, self.suggestion)?;
                remove_if_empty(tx, workspace, before)?;
                if !entry.worded && entry_for(tx, workspace, entry.customer, entry.kind, &entry.concept)?.is_some() {
                    return Err(entry_exists());
                }
                insert_entry(tx, workspace, entry)?;
                insert_quote(tx, workspace, entry.id, quote)?;
            }
            EntryChange::RemoveQuote { entry, suggestion } => {
                if *suggestion != self.suggestion {
                    return Err(out_of_step());
                }
                if before != Some(*entry) {
                    return Err(no_entry());
                }
                remove_quote(tx, workspace, self.suggestion)?;
            }
        }
        remove_if_empty(tx, workspace, before)
    }

    /// Is it this suggestion's quote, word for word, and does the entry belong to who said it?
    fn check_quote(&self, quote: &EntryQuote, owner: CustomerId) -> Result<(), Problem> {
        if quote.suggestion != self.suggestion || quote.meeting != self.meeting || owner != self.customer {
            return Err(out_of_step());
        }
        if !quote.quote.is_verbatim(&text(self.tx, self.workspace, self.meeting)?) {
            return Err(not_verbatim());
        }
        Ok(())
    }

    fn check_step(&self, state: State) -> Result<(), Problem> {
        let on_the_map = entry_of_quote(self.tx, self.workspace, self.suggestion)?.is_some();
        if on_the_map == (state == State::Accepted) { Ok(()) } else { Err(out_of_step()) }
    }
}

fn already_decided(state: State) -> Problem {
    let (es, en) = match state {
        State::Pending => ("volvió a estar pendiente", "is pending again"),
        State::Accepted => ("ya está aceptada", "is accepted already"),
        State::Rejected => ("ya está rechazada", "is rejected already"),
    };
    conflict("already_decided", format!("Esta sugerencia {es}."), format!("This suggestion {en}."))
        .hint("Vuelve a cargar la página para ver la última decisión.", "Reload to see the latest decision.")
}

fn nothing_to_undo() -> Problem {
    conflict("nothing_to_undo", "No hay una decisión que deshacer.", "There is no decision to take back.")
}

fn entry_exists() -> Problem {
    conflict(
        "entry_exists",
        "Alguien acaba de crear esta entrada en el mapa.",
        "Somebody has just made this entry on the map.",
    )
    .hint(
        "Acepta la sugerencia otra vez: se sumará a esa entrada.",
        "Accept the suggestion again: it will join that entry.",
    )
}

fn out_of_step() -> Problem {
    internal(
        "entry_out_of_step",
        "El cambio en el mapa no corresponde a la decisión; no se guardó nada.",
        "The change to the map does not fit the decision; nothing was saved.",
    )
}

fn decision_of(row: &Row<'_>) -> rusqlite::Result<Decision> {
    Ok(Decision {
        id: row.get("id")?,
        suggestion: row.get("suggestion")?,
        act: row.get::<_, Json<_>>("details")?.0,
        at: row.get("at")?,
        carried_from: row.get("carried_from")?,
    })
}
