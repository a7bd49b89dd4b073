//! A meeting comes in: all of its rows, or none.

use rusqlite::{OptionalExtension, Transaction, params};

use crate::model::{
    Customer, CustomerId, ImportReport, LanguageShares, Meeting, MeetingId, Person, Problem, Quote, SourceHash,
    Suggestion, Transcript, Utterance, WorkspaceId,
};

use super::Store;
use super::changes::note_change;
use super::columns::{Day, Json, Whole};
use super::customers::{customer, customer_by_name, insert_customer, keep_person};
use super::languages;
use super::originals::{mark_used, original_missing};
use super::problems::{no_customer, not_verbatim};

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
                return Ok(Added::Existing(existing));
            }
            if !self.has_original(source) {
                return Err(original_missing());
            }
            if !new.suggestions.iter().all(|one| is_in_place(&one.quote, new)) {
                return Err(not_verbatim());
            }
            let rows = Rows { tx, workspace: self.workspace, meeting: new.meeting.id };
            let customer = rows.customer(new)?;
            rows.meeting(new, customer)?;
            rows.speakers(new, customer)?;
            rows.turns(&new.transcript)?;
            rows.utterances(&new.utterances)?;
            rows.suggestions(&new.suggestions, &new.utterances)?;
            mark_used(tx, self.workspace, source)?;
            note_change(tx, self.workspace, new.meeting.id, false)?;
            Ok(Added::New)
        })
    }

    /// The meeting that this file made.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn meeting_by_source(&self, source: &SourceHash) -> Result<Option<MeetingId>, Problem> {
        self.read(|db| meeting_by_source(db, self.workspace, source))
    }
}

/// Do these words stand in the transcript, in the utterance and turn that the quote names?
fn is_in_place(quote: &Quote, new: &NewMeeting) -> bool {
    let utterance = new.utterances.get(quote.utterance);
    utterance.is_some_and(|utterance| utterance.turn == quote.turn) && quote.is_verbatim(&new.transcript.text)
}

fn meeting_by_source(
    db: &rusqlite::Connection,
    workspace: WorkspaceId,
    source: &SourceHash,
) -> Result<Option<MeetingId>, Problem> {
    let mut statement = db.prepare_cached("SELECT id FROM meetings WHERE workspace = ?1 AND source = ?2")?;
    Ok(statement.query_row(params![workspace, source], |row| row.get(0)).optional()?)
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

    fn suggestions(&self, suggestions: &[Suggestion], utterances: &[Utterance]) -> Result<(), Problem> {
        let mut statement = self.tx.prepare_cached(
            "INSERT INTO suggestions (workspace, id, meeting, place, turn, utterance, kind, concept, score, side, language,
                intensity, state, text, pieces, label_es, label_en, marks, terms, quantities, reasons)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 'pending', ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
        )?;
        let mut in_place: Vec<&Suggestion> = suggestions.iter().collect();
        in_place.sort_by_key(|one| (one.quote.utterance, one.quote.span(), one.id));
        for (place, suggestion) in in_place.into_iter().enumerate() {
            let quote = &suggestion.quote;
            let language = utterances.get(quote.utterance).map(|one| one.language.language).unwrap_or_default();
            statement.execute(params![
                self.workspace,
                suggestion.id,
                self.meeting,
                Whole(place),
                Whole(quote.turn),
                Whole(quote.utterance),
                suggestion.kind,
                suggestion.concept,
                suggestion.score,
                suggestion.context.side,
                language,
                suggestion.intensity,
                quote.text,
                Json(&quote.pieces),
                suggestion.concept_label.es,
                suggestion.concept_label.en,
                Json(&suggestion.context.marks),
                Json(&suggestion.terms),
                Json(&suggestion.quantities),
                Json(&suggestion.reasons),
            ])?;
        }
        Ok(())
    }
}
