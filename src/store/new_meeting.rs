//! A meeting comes in: all of its rows, or none.

use std::collections::HashSet;

use rusqlite::{OptionalExtension, Transaction, params};

use crate::model::{
    Customer, CustomerId, ImportReport, LanguageShares, Meeting, MeetingId, Person, Problem, SourceHash, Suggestion,
    SuggestionId, Transcript, Utterance, WorkspaceId,
};

use super::Store;
use super::changes::note_change;
use super::columns::{Day, Json, Whole};
use super::customers::{customer, customer_by_name, insert_customer};
use super::languages;
use super::originals::{mark_used, original_missing};
use super::people::keep_person;
use super::problems::{internal, no_customer, not_verbatim};
use super::request_keys::{RequestKey, keep_key};
use super::reread::{is_in_place, put_in_order, write_suggestions};
use super::signatures::{Signature, insert_signature};

/// Everything that an import made of one file.
#[derive(Clone, Debug, PartialEq)]
pub struct NewMeeting {
    /// The occasion.
    pub meeting: Meeting,
    /// With whom; the meeting and its people are filed under this customer.
    pub customer: Customer,
    /// Is the customer to be added? Should somebody have added one of this name meanwhile, that one is taken.
    pub new_customer: bool,
    /// One person for each speaker, in their order; may repeat an identity, here and of earlier meetings.
    pub people: Vec<Person>,
    /// Its text, speakers and turns.
    pub transcript: Transcript,
    /// Its utterances, in the order of the text.
    pub utterances: Vec<Utterance>,
    /// What is proposed, each identity once.
    pub suggestions: Vec<Suggestion>,
    /// What the import found.
    pub report: ImportReport,
    /// What another transcript of the same meeting is recognised by.
    pub signature: Signature,
    /// The key of the request that asked for it, where it came with one.
    pub request: Option<RequestKey>,
}

/// What came of adding a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is there now.
    New,
    /// The same file made this meeting before; nothing changed.
    Existing(MeetingId),
}

impl Store {
    /// Adds a meeting whose file [`Store::put_original`] has kept.
    ///
    /// # Errors
    /// `customer_not_found`, `quote_not_verbatim` for a suggestion that does not quote the transcript, and
    /// `original_missing` where the file was not kept.
    pub fn add_meeting(&self, new: &NewMeeting) -> Result<Added, Problem> {
        self.write(|tx| {
            let source = &new.meeting.source.hash;
            if let Some(existing) = meeting_by_source(tx, self.workspace, source)? {
                if let Some(request) = &new.request {
                    keep_key(tx, self.workspace, request, Some(existing))?;
                }
                return Ok(Added::Existing(existing));
            }
            if !self.has_original(source) {
                return Err(original_missing());
            }
            let text = &new.transcript.text;
            if !new.suggestions.iter().all(|one| is_in_place(&one.quote, &new.utterances, text)) {
                return Err(not_verbatim());
            }
            let identities: HashSet<SuggestionId> = new.suggestions.iter().map(|one| one.id).collect();
            if identities.len() < new.suggestions.len() {
                return Err(proposed_twice());
            }
            let rows = Rows { tx, workspace: self.workspace, meeting: new.meeting.id };
            let customer = rows.customer(new)?;
            rows.meeting(new, customer)?;
            rows.speakers(new, customer)?;
            rows.turns(&new.transcript)?;
            rows.utterances(&new.utterances)?;
            write_suggestions(tx, self.workspace, rows.meeting, &new.suggestions, &new.utterances)?;
            put_in_order(tx, self.workspace, rows.meeting)?;
            insert_signature(tx, self.workspace, rows.meeting, &new.signature)?;
            if let Some(request) = &new.request {
                keep_key(tx, self.workspace, request, Some(rows.meeting))?;
            }
            mark_used(tx, self.workspace, source)?;
            note_change(tx, self.workspace, new.meeting.id, false)?;
            Ok(Added::New)
        })
    }

    /// The meeting that this file made, or that it is an earlier revision of.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn meeting_by_source(&self, source: &SourceHash) -> Result<Option<MeetingId>, Problem> {
        self.read(|db| meeting_by_source(db, self.workspace, source))
    }
}

fn meeting_by_source(
    db: &rusqlite::Connection,
    workspace: WorkspaceId,
    source: &SourceHash,
) -> Result<Option<MeetingId>, Problem> {
    let mut statement =
        db.prepare_cached("SELECT coalesce(revision_of, id) FROM meetings WHERE workspace = ?1 AND source = ?2")?;
    Ok(statement.query_row(params![workspace, source], |row| row.get(0)).optional()?)
}

fn proposed_twice() -> Problem {
    internal(
        "suggestion_twice",
        "Dos sugerencias tienen la misma identidad; no se guardó nada.",
        "Two suggestions have the same identity; nothing was saved.",
    )
}

/// Writes the rows of one meeting.
struct Rows<'a> {
    tx: &'a Transaction<'a>,
    workspace: WorkspaceId,
    meeting: MeetingId,
}

impl Rows<'_> {
    fn customer(&self, new: &NewMeeting) -> Result<CustomerId, Problem> {
        if !new.new_customer {
            let known = customer(self.tx, self.workspace, new.customer.id)?;
            return known.map(|known| known.id).ok_or_else(no_customer);
        }
        if let Some(first) = customer_by_name(self.tx, self.workspace, &new.customer.name)? {
            return Ok(first.id);
        }
        insert_customer(self.tx, self.workspace, &new.customer)?;
        Ok(new.customer.id)
    }

    fn meeting(&self, new: &NewMeeting, customer: CustomerId) -> Result<(), Problem> {
        let meeting = &new.meeting;
        let shares = LanguageShares::of(new.utterances.iter().map(|one| &one.language));
        let mut statement = self.tx.prepare_cached(
            "INSERT INTO meetings (workspace, id, customer, title, date, file_name, source, bytes, format, encoding,
                created_at, turns, utterances, spanish, english, mixed, other_language,
                portuguese, words_spanish, words_english, words_portuguese, words_other)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)",
        )?;
        statement.execute(params![
            self.workspace,
            meeting.id,
            customer,
            meeting.title,
            meeting.date.map(Day),
            meeting.source.file_name,
            meeting.source.hash,
            Whole(meeting.source.bytes),
            meeting.source.format,
            meeting.source.encoding,
            meeting.created_at,
            Whole(new.transcript.turns.len()),
            Whole(new.utterances.len()),
            Whole(shares.spanish),
            Whole(shares.english),
            Whole(shares.mixed),
            Whole(shares.other),
            Whole(shares.portuguese),
            Whole(shares.words.spanish),
            Whole(shares.words.english),
            Whole(shares.words.portuguese),
            Whole(shares.words.other),
        ])?;
        let mut statement = self.tx.prepare_cached(
            "INSERT INTO transcripts (workspace, meeting, text, facts, report) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        let transcript = &new.transcript;
        statement.execute(params![
            self.workspace,
            self.meeting,
            transcript.text,
            Json(&transcript.facts),
            Json(&new.report)
        ])?;
        Ok(())
    }

    fn speakers(&self, new: &NewMeeting, customer: CustomerId) -> Result<(), Problem> {
        let mut statement = self.tx.prepare_cached(
            "INSERT INTO speakers (workspace, meeting, ordinal, label, side, side_source, person)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        for (ordinal, speaker) in new.transcript.speakers.iter().enumerate() {
            let person = new.people.get(ordinal).map(|person| keep_person(self.tx, self.workspace, customer, person));
            statement.execute(params![
                self.workspace,
                self.meeting,
                Whole(ordinal),
                speaker.label,
                speaker.side,
                speaker.side_source,
                person.transpose()?,
            ])?;
        }
        Ok(())
    }

    fn turns(&self, transcript: &Transcript) -> Result<(), Problem> {
        let mut statement = self.tx.prepare_cached(
            "INSERT INTO turns (workspace, meeting, ordinal, speaker, start_ms, end_ms, nature, pieces)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        for (ordinal, turn) in transcript.turns.iter().enumerate() {
            statement.execute(params![
                self.workspace,
                self.meeting,
                Whole(ordinal),
                turn.speaker.map(Whole),
                turn.start_ms.map(Whole),
                turn.end_ms.map(Whole),
                turn.nature,
                Json(&turn.pieces),
            ])?;
        }
        Ok(())
    }

    fn utterances(&self, utterances: &[Utterance]) -> Result<(), Problem> {
        let mut statement = self.tx.prepare_cached(
            "INSERT INTO utterances (workspace, meeting, ordinal, turn, language, mixed, switches, pieces, text,
                language_detail)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?;
        for (ordinal, utterance) in utterances.iter().enumerate() {
            statement.execute(params![
                self.workspace,
                self.meeting,
                Whole(ordinal),
                Whole(utterance.turn),
                utterance.language.language,
                utterance.language.mixed,
                Json(&utterance.language.switches),
                Json(&utterance.pieces),
                utterance.text,
                Json(languages::Detail::of(&utterance.language)),
            ])?;
        }
        Ok(())
    }
}
