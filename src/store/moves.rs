//! Meetings go from one customer to another, with what people placed on maps from them; two customers become one.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, Transaction, params};
use uuid::Uuid;

use crate::model::{
    CorrectionAct, CustomerId, EntryId, MeetingId, MeetingName, Moved, MovedQuote, MovedSpeaker, PersonId, Problem,
    SuggestionId, WorkspaceId,
};

use super::changes::note_change;
use super::columns::{Day, Whole};
use super::customers::customer;
use super::entries::remove_if_empty;
use super::people::{expect_one, overtaken};
use super::problems::no_customer;

/// Does what the correction says of meetings' places, or takes it back; answers with the act as it was done.
pub(super) fn correct_moves(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    act: &CorrectionAct,
    back: bool,
) -> Result<CorrectionAct, Problem> {
    let house = House { tx, workspace };
    match act {
        CorrectionAct::MeetingCorrected { meeting, before, after } => {
            let (from, to) = if back { (after, before) } else { (before, after) };
            house.name_meeting(*meeting, from, to)?;
        }
        CorrectionAct::MeetingMoved { meeting, before, after, moved } => {
            if back {
                house.expect_at(*meeting, *after)?;
                house.relocate(&[*meeting], *after, *before, Some(moved))?;
                return Ok(act.clone());
            }
            house.expect_at(*meeting, *before)?;
            let moved = house.relocate(&[*meeting], *before, *after, None)?;
            return Ok(CorrectionAct::MeetingMoved { meeting: *meeting, before: *before, after: *after, moved });
        }
        CorrectionAct::CustomersMerged { from, into, moved } => {
            if back {
                house.point(*from, Some(*into), None)?;
                let still: Vec<MeetingId> = house.meetings_of(*into)?;
                let meetings: Vec<MeetingId> = moved.meetings.iter().filter(|id| still.contains(id)).copied().collect();
                house.relocate(&meetings, *into, *from, Some(moved))?;
                return Ok(act.clone());
            }
            let meetings = house.meetings_of(*from)?;
            let moved = house.relocate(&meetings, *from, *into, None)?;
            house.point(*from, None, Some(*into))?;
            return Ok(CorrectionAct::CustomersMerged { from: *from, into: *into, moved });
        }
        _ => {}
    }
    Ok(act.clone())
}

/// What changes a customer's name changes what the index knows of its meetings.
pub(super) fn follow_customers(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    act: &CorrectionAct,
) -> Result<(), Problem> {
    let CorrectionAct::CustomerRenamed { customer, .. } = act else { return Ok(()) };
    for meeting in (House { tx, workspace }).meetings_of(*customer)? {
        note_change(tx, workspace, meeting, false)?;
    }
    Ok(())
}

/// The rows of one workspace while things are put into their places.
struct House<'a> {
    tx: &'a Transaction<'a>,
    workspace: WorkspaceId,
}

/// An entry as it stands on a map.
struct Head {
    kind: String,
    concept: String,
    worded: bool,
}

impl House<'_> {
    fn name_meeting(&self, meeting: MeetingId, from: &MeetingName, to: &MeetingName) -> Result<(), Problem> {
        let changed = self
            .tx
            .prepare_cached(
                "UPDATE meetings SET title = ?5, date = ?6 WHERE workspace = ?1 AND id = ?2 AND title = ?3 AND date IS ?4",
            )?
            .execute(params![
                self.workspace,
                meeting,
                from.title,
                from.date.map(Day),
                to.title,
                to.date.map(Day)
            ])?;
        expect_one(changed)?;
        self.tx
            .prepare_cached("UPDATE meetings SET title = ?3, date = ?4 WHERE workspace = ?1 AND revision_of = ?2")?
            .execute(params![self.workspace, meeting, to.title, to.date.map(Day)])?;
        note_change(self.tx, self.workspace, meeting, false)
    }

    fn expect_at(&self, meeting: MeetingId, customer: CustomerId) -> Result<(), Problem> {
        let mut statement = self.tx.prepare_cached("SELECT customer FROM meetings WHERE workspace = ?1 AND id = ?2")?;
        let at: Option<CustomerId> =
            statement.query_row(params![self.workspace, meeting], |row| row.get(0)).optional()?;
        if at == Some(customer) { Ok(()) } else { Err(overtaken()) }
    }

    /// Makes a customer's name lead to another one, or to itself again.
    fn point(&self, from: CustomerId, was: Option<CustomerId>, into: Option<CustomerId>) -> Result<(), Problem> {
        let changed = self
            .tx
            .prepare_cached(
                "UPDATE customers SET merged_into = ?4 WHERE workspace = ?1 AND id = ?2 AND merged_into IS ?3",
            )?
            .execute(params![self.workspace, from, was, into])?;
        expect_one(changed)
    }

    /// The meetings that people know of this customer.
    fn meetings_of(&self, customer: CustomerId) -> Result<Vec<MeetingId>, Problem> {
        let mut statement = self.tx.prepare_cached(
            "SELECT id FROM meetings WHERE workspace = ?1 AND customer = ?2 AND revision_of IS NULL ORDER BY id",
        )?;
        let rows = statement.query_map(params![self.workspace, customer], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Moves meetings with their earlier revisions, speakers and quotes; `earlier` is what a move before did, to be
    /// taken back.
    fn relocate(
        &self,
        meetings: &[MeetingId],
        from: CustomerId,
        to: CustomerId,
        earlier: Option<&Moved>,
    ) -> Result<Moved, Problem> {
        customer(self.tx, self.workspace, to)?.ok_or_else(no_customer)?;
        let mut moved = Moved { meetings: meetings.to_vec(), ..Moved::default() };
        let mut parts = Vec::new();
        for meeting in meetings {
            parts.extend(self.with_revisions(*meeting)?);
        }
        for part in &parts {
            self.move_speakers(*part, to, earlier, &mut moved)?;
            self.move_quotes(*part, &parts, (from, to), earlier, &mut moved)?;
        }
        for meeting in meetings {
            self.tx
                .prepare_cached(
                    "UPDATE meetings SET customer = ?3 WHERE workspace = ?1 AND (id = ?2 OR revision_of = ?2)",
                )?
                .execute(params![self.workspace, meeting, to])?;
            note_change(self.tx, self.workspace, *meeting, false)?;
        }
        if earlier.is_some() {
            self.forget_copies(&moved)?;
        }
        Ok(moved)
    }

    fn with_revisions(&self, meeting: MeetingId) -> Result<Vec<MeetingId>, Problem> {
        let mut statement = self.tx.prepare_cached(
            "SELECT id FROM meetings WHERE workspace = ?1 AND (id = ?2 OR revision_of = ?2) ORDER BY id = ?2 DESC, id",
        )?;
        let rows = statement.query_map(params![self.workspace, meeting], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn move_speakers(
        &self,
        meeting: MeetingId,
        to: CustomerId,
        earlier: Option<&Moved>,
        moved: &mut Moved,
    ) -> Result<(), Problem> {
        let mut statement = self.tx.prepare_cached(
            "SELECT ordinal, person FROM speakers WHERE workspace = ?1 AND meeting = ?2 AND person IS NOT NULL",
        )?;
        let rows = statement
            .query_map(params![self.workspace, meeting], |row| Ok((row.get::<_, Whole<usize>>(0)?.0, row.get(1)?)))?;
        let speakers: Vec<(usize, PersonId)> = rows.collect::<Result<_, _>>()?;
        let mut update = self
            .tx
            .prepare_cached("UPDATE speakers SET person = ?4 WHERE workspace = ?1 AND meeting = ?2 AND ordinal = ?3")?;
        for (speaker, person) in speakers {
            let before = earlier.and_then(|moved| {
                let same = |one: &&MovedSpeaker| one.meeting == meeting && one.speaker == speaker && one.now == person;
                moved.speakers.iter().find(same).map(|one| one.person)
            });
            let now = match before {
                Some(before) => before,
                None => self.person_at(person, to)?,
            };
            update.execute(params![self.workspace, meeting, Whole(speaker), now])?;
            moved.speakers.push(MovedSpeaker { meeting, speaker, person, now });
        }
        Ok(())
    }

    /// The person of this label at another customer: who is there already, or a copy.
    fn person_at(&self, person: PersonId, to: CustomerId) -> Result<PersonId, Problem> {
        let mut statement = self.tx.prepare_cached(
            "SELECT p.merged_into, (SELECT o.id FROM people o
                WHERE o.workspace = p.workspace AND o.customer = ?3 AND o.name = p.name)
             FROM people p WHERE p.workspace = ?1 AND p.id = ?2",
        )?;
        let (root, there): (Option<PersonId>, Option<PersonId>) =
            statement.query_row(params![self.workspace, person, to], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if let Some(there) = there {
            return Ok(there);
        }
        let root = root.map(|root| self.person_at(root, to)).transpose()?;
        let copy = PersonId(derived(&[person.0, to.0]));
        self.tx
            .prepare_cached(
                "INSERT INTO people (workspace, id, customer, name, shown_name, role, merged_into, side, side_source)
                 SELECT workspace, ?3, ?4, name, shown_name, role, ?5, side, side_source FROM people
                 WHERE workspace = ?1 AND id = ?2",
            )?
            .execute(params![self.workspace, person, copy, to, root])?;
        Ok(copy)
    }

    /// After a move was taken back: the copies of people that nobody speaks as.
    fn forget_copies(&self, moved: &Moved) -> Result<(), Problem> {
        let mut delete = self.tx.prepare_cached(
            "DELETE FROM people WHERE workspace = ?1 AND id = ?2
             AND NOT EXISTS (SELECT 1 FROM speakers s WHERE s.workspace = ?1 AND s.person = ?2)
             AND NOT EXISTS (SELECT 1 FROM people o WHERE o.workspace = ?1 AND o.merged_into = ?2)",
        )?;
        for one in &moved.speakers {
            delete.execute(params![self.workspace, one.person])?;
        }
        Ok(())
    }

    fn move_quotes(
        &self,
        meeting: MeetingId,
        parts: &[MeetingId],
        (from, to): (CustomerId, CustomerId),
        earlier: Option<&Moved>,
        moved: &mut Moved,
    ) -> Result<(), Problem> {
        let mut statement = self.tx.prepare_cached(
            "SELECT q.suggestion, q.entry FROM entry_quotes q
             JOIN entries e ON e.workspace = q.workspace AND e.id = q.entry AND e.customer = ?3
             WHERE q.workspace = ?1 AND q.meeting = ?2 ORDER BY q.entry, q.place",
        )?;
        let rows = statement.query_map(params![self.workspace, meeting, from], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let quotes: Vec<(SuggestionId, EntryId)> = rows.collect::<Result<_, _>>()?;
        let before: HashMap<SuggestionId, EntryId> =
            earlier.iter().flat_map(|moved| &moved.quotes).map(|quote| (quote.suggestion, quote.entry)).collect();
        let mut update = self.tx.prepare_cached(
            "UPDATE entry_quotes SET entry = ?3,
                place = (SELECT coalesce(max(place) + 1, 0) FROM entry_quotes WHERE workspace = ?1 AND entry = ?3)
             WHERE workspace = ?1 AND suggestion = ?2",
        )?;
        for (suggestion, entry) in quotes {
            if self.owner(entry)? == Some(to) {
                // It went over as a whole with an earlier quote of this meeting.
                moved.quotes.push(MovedQuote { suggestion, entry, now: entry });
                continue;
            }
            let now = self.entry_at(entry, parts, to, before.get(&suggestion).copied())?;
            if now != entry {
                update.execute(params![self.workspace, suggestion, now])?;
                remove_if_empty(self.tx, self.workspace, Some(entry))?;
            }
            moved.quotes.push(MovedQuote { suggestion, entry, now });
        }
        Ok(())
    }

    /// The entry that a quote of `entry` joins on another customer's map: the one that it stood in before, the unworded
    /// one of its concept, the entry itself where all of its quotes go, or a copy.
    fn entry_at(
        &self,
        entry: EntryId,
        parts: &[MeetingId],
        to: CustomerId,
        before: Option<EntryId>,
    ) -> Result<EntryId, Problem> {
        let head = self.head(entry)?;
        if let Some(before) = before
            && self.owner(before)? == Some(to)
        {
            return Ok(before);
        }
        if !head.worded {
            let mut statement = self.tx.prepare_cached(
                "SELECT id FROM entries WHERE workspace = ?1 AND customer = ?2 AND kind = ?3 AND concept = ?4
                 AND worded = 0",
            )?;
            let there = statement
                .query_row(params![self.workspace, to, head.kind, head.concept], |row| row.get(0))
                .optional()?;
            if let Some(there) = there {
                return Ok(there);
            }
        }
        if before.is_none_or(|before| before == entry) && self.goes_whole(entry, parts)? {
            self.tx
                .prepare_cached("UPDATE entries SET customer = ?3 WHERE workspace = ?1 AND id = ?2")?
                .execute(params![self.workspace, entry, to])?;
            return Ok(entry);
        }
        let free = match before {
            Some(before) if self.owner(before)?.is_none() => Some(before),
            _ => None,
        };
        let copy = free.unwrap_or_else(|| EntryId(derived(&[entry.0, to.0])));
        self.tx
            .prepare_cached(
                "INSERT INTO entries (workspace, id, customer, kind, concept, statement_es, statement_en, worded, created_at)
                 SELECT workspace, ?3, ?4, kind, concept, statement_es, statement_en, worded, created_at FROM entries
                 WHERE workspace = ?1 AND id = ?2 ON CONFLICT DO NOTHING",
            )?
            .execute(params![self.workspace, entry, copy, to])?;
        Ok(copy)
    }

    fn head(&self, entry: EntryId) -> Result<Head, Problem> {
        let mut statement =
            self.tx.prepare_cached("SELECT kind, concept, worded FROM entries WHERE workspace = ?1 AND id = ?2")?;
        Ok(statement.query_row(params![self.workspace, entry], |row| {
            Ok(Head { kind: row.get(0)?, concept: row.get(1)?, worded: row.get(2)? })
        })?)
    }

    /// Do all quotes of this entry come from these meetings?
    fn goes_whole(&self, entry: EntryId, parts: &[MeetingId]) -> Result<bool, Problem> {
        let mut statement =
            self.tx.prepare_cached("SELECT DISTINCT meeting FROM entry_quotes WHERE workspace = ?1 AND entry = ?2")?;
        let rows = statement.query_map(params![self.workspace, entry], |row| row.get(0))?;
        let meetings: Vec<MeetingId> = rows.collect::<Result<_, _>>()?;
        Ok(meetings.iter().all(|meeting| parts.contains(meeting)))
    }

    fn owner(&self, entry: EntryId) -> Result<Option<CustomerId>, Problem> {
        super::entries::owner(self.tx, self.workspace, entry)
    }
}

/// An identity that follows from others, so that the same move makes the same rows.
fn derived(of: &[Uuid]) -> Uuid {
    let mut hasher = blake3::Hasher::new();
    for one in of {
        hasher.update(one.as_bytes());
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}
