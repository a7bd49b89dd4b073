//! Files become meetings.

use std::collections::HashMap;

use crate::config::MAX_NAME_CHARS;
use crate::model::{
    Customer, CustomerId, ImportReport, Kind, Meeting, MeetingId, Person, PersonId, Problem, ProblemClass, Side,
    SourceHash, SourceInfo, Speaker, Standing, Suggestion,
};
use crate::store::{Added, MeetingSummary, NewMeeting, RequestKey, Signature};

use super::App;
use super::likeness;
use super::meetings::meeting_not_found;
use super::names::{name_key, person_name};
use super::once;
use super::previews::NearDuplicate;
use super::reading::{Known, Understood};
use super::revisions::Revised;
use super::uploads::{RevisionChoice, Upload};

/// Was the file new?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Newness {
    /// It was, and is a meeting now.
    New,
    /// The same bytes are a meeting already; nothing was changed.
    AlreadyThere,
    /// It is the newest revision of a meeting that was there.
    Revision,
}

impl Newness {
    /// Its code in the store and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::AlreadyThere => "already_there",
            Self::Revision => "revision",
        }
    }

    /// The newness of this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::New, Self::AlreadyThere, Self::Revision].into_iter().find(|one| one.code() == code)
    }
}

/// What an import made.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The meeting, with its counts.
    pub summary: MeetingSummary,
    /// New, there already, or a revision.
    pub newness: Newness,
    /// Did the upload name a customer that nobody had named before?
    pub new_customer: bool,
    /// Customers with a name much like the new one's: perhaps the same.
    pub similar_customers: Vec<String>,
    /// Meetings that this file may be another transcript of; it was kept apart from them.
    pub near_duplicates: Vec<NearDuplicate>,
    /// What became of the decisions, where it is a revision.
    pub revised: Option<Revised>,
    /// What was found in the file and what could not be used.
    pub report: ImportReport,
    /// How many suggestions of each kind.
    pub suggestions: Vec<(Kind, usize)>,
}

/// A file after it was read, before anything of it is kept.
pub(super) struct Prepared {
    pub understood: Understood,
    pub customer: Option<Customer>,
    pub new_customer: bool,
    /// The customer's people, as they stand.
    pub known: Vec<Person>,
    pub signature: Signature,
    pub near: Vec<NearDuplicate>,
}

impl App {
    /// Imports a file: it is durable, and searchable, when this returns.
    ///
    /// The same bytes are one meeting: a second import changes nothing and says so. Nothing half-imported remains.
    ///
    /// # Errors
    /// The file is empty, too large, no text, or holds no usable turn; no customer is named; the disk is full;
    /// `meeting_not_found` where it shall be the revision of a meeting that is not there.
    pub fn import(&self, upload: &Upload) -> Result<Imported, Problem> {
        let imported = self.import_unindexed(upload)?;
        if imported.newness != Newness::AlreadyThere {
            self.follow_store_or_warn();
        }
        Ok(imported)
    }

    /// Imports without telling the index, for many files at once; [`App::follow_store`] ends the batch.
    ///
    /// # Errors
    /// As [`App::import`].
    pub fn import_unindexed(&self, upload: &Upload) -> Result<Imported, Problem> {
        self.import_for(upload, None)
    }

    pub(super) fn import_for(&self, upload: &Upload, request: Option<&RequestKey>) -> Result<Imported, Problem> {
        self.check_size(upload)?;
        let hash = SourceHash::of(&upload.bytes);
        if let Some(known) = self.store.meeting_by_source(&hash)? {
            return self.met_again(upload, known, request);
        }
        let prepared = self.prepare(upload, hash)?;
        let Some(customer) = prepared.customer else { return Err(customer_missing()) };
        let target = match upload.revision {
            RevisionChoice::Separate => None,
            RevisionChoice::Offered => prepared.near.first().map(|near| near.meeting.meeting.id),
            RevisionChoice::Of(meeting) => Some(self.newest(meeting)?),
        };
        let similar_customers =
            if prepared.new_customer { self.similar_customers(&customer.name)? } else { Vec::new() };
        let Prepared { understood, new_customer, known, signature, near, .. } = prepared;
        let people = self.people_of(&customer, &understood.transcript.speakers, &known);
        self.store.put_original(&upload.bytes)?;
        let meeting = self.meeting_of(upload, &customer, &understood);
        let id = meeting.id;
        let report = understood.report.clone();
        let suggestions = count_kinds(&understood.suggestions);
        let newness = if target.is_some() { Newness::Revision } else { Newness::New };
        let near_duplicates = if target.is_some() { Vec::new() } else { near };
        let outcome = once::outcome(newness, new_customer, &similar_customers, &near_duplicates);
        let added = self.store.add_meeting(&NewMeeting {
            meeting,
            customer,
            new_customer,
            people,
            transcript: understood.transcript,
            utterances: understood.utterances,
            suggestions: understood.suggestions,
            report: understood.report,
            signature,
            request: request.map(|request| RequestKey { outcome: outcome.clone(), ..request.clone() }),
        })?;
        if let Added::Existing(known) = added {
            return self.already_there(known);
        }
        self.name_speakers(upload, id)?;
        let revised = target.map(|target| self.revise(target, id)).transpose()?;
        let shown = target.unwrap_or(id);
        let summary = self.store.meeting_summary(shown)?.ok_or_else(|| meeting_not_found(shown))?;
        Ok(Imported {
            summary,
            newness,
            new_customer,
            similar_customers,
            near_duplicates,
            revised,
            report,
            suggestions,
        })
    }

    /// Reads a file as its customer's people are known; keeps nothing.
    pub(super) fn prepare(&self, upload: &Upload, hash: SourceHash) -> Result<Prepared, Problem> {
        let reading = self.reader.parse_upload(upload)?;
        let of_target = match upload.revision {
            RevisionChoice::Of(meeting) => Some(self.customer_of_meeting(meeting)?),
            _ => None,
        };
        let (customer, new_customer) = match of_target {
            Some(customer) => (Some(customer), false),
            None => self.customer_of(upload, reading.report.facts.customer.as_deref())?,
        };
        let known = match &customer {
            Some(customer) if !new_customer => self.known_people(customer.id)?,
            _ => Vec::new(),
        };
        let name = customer.as_ref().map(|customer| customer.name.as_str());
        let understood =
            self.reader.understand(hash, reading, &Known { customer: name, people: &known, choices: &upload.speakers });
        let signature = likeness::signature(&understood.transcript, &understood.utterances);
        let near = self.near_duplicates(&signature, None)?;
        if let RevisionChoice::Offered = upload.revision
            && let Some(near) = near.first()
            && customer.as_ref().map(|customer| customer.id) != Some(near.meeting.meeting.customer)
        {
            // It becomes a revision of that meeting, so that meeting's people are the ones to know.
            let revision = RevisionChoice::Of(near.meeting.meeting.id);
            return self.prepare(&Upload { revision, ..upload.clone() }, understood.hash);
        }
        Ok(Prepared { understood, customer, new_customer, known, signature, near })
    }

    /// The same bytes once more: nothing changes, unless they shall become a revision of another meeting now.
    fn met_again(&self, upload: &Upload, known: MeetingId, request: Option<&RequestKey>) -> Result<Imported, Problem> {
        let target = match upload.revision {
            RevisionChoice::Separate => None,
            RevisionChoice::Of(meeting) => Some(self.newest(meeting)?),
            RevisionChoice::Offered => self.near_meetings(known)?.first().map(|near| near.meeting.meeting.id),
        };
        let Some(target) = target.filter(|target| *target != known) else {
            if let Some(request) = request {
                let outcome = once::outcome(Newness::AlreadyThere, false, &[], &[]);
                self.store.keep_answer(&RequestKey { outcome, ..request.clone() }, Some(known))?;
            }
            return self.already_there(known);
        };
        let revised = self.make_revision(known, target)?;
        if let Some(request) = request {
            let outcome = once::outcome(Newness::Revision, false, &[], &[]);
            self.store.keep_answer(&RequestKey { outcome, ..request.clone() }, Some(target))?;
        }
        Ok(Imported { newness: Newness::Revision, revised: Some(revised), ..self.already_there(target)? })
    }

    pub(super) fn already_there(&self, id: MeetingId) -> Result<Imported, Problem> {
        let stored = self.store.meeting(id)?.ok_or_else(|| meeting_not_found(id))?;
        let counts = self.store.suggestion_counts(None, Some(id))?;
        let suggestions = Kind::ALL
            .into_iter()
            .map(|kind| (kind, counts.iter().filter(|row| row.0 == kind).map(|row| row.2).sum()))
            .filter(|(_, count)| *count > 0)
            .collect();
        Ok(Imported {
            summary: stored.summary,
            newness: Newness::AlreadyThere,
            new_customer: false,
            similar_customers: Vec::new(),
            near_duplicates: Vec::new(),
            revised: None,
            report: stored.report,
            suggestions,
        })
    }

    /// The customer that the upload names, or else the file, and whether nobody named it before; none where neither does.
    fn customer_of(&self, upload: &Upload, in_file: Option<&str>) -> Result<(Option<Customer>, bool), Problem> {
        let said = upload.customer.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let Some(name) = said.or(in_file) else { return Ok((None, false)) };
        if name.chars().count() > MAX_NAME_CHARS {
            return Err(name_too_long());
        }
        if let Some(known) = self.store.customer_by_name(name)? {
            return Ok((Some(known), false));
        }
        let id = CustomerId(self.world.new_id());
        let customer = Customer { id, name: name.to_owned(), standing: Standing::Active, created_at: self.now() };
        Ok((Some(customer), true))
    }

    /// One person for each speaker: known by the label from an earlier meeting of the customer, or new.
    fn people_of(&self, customer: &Customer, speakers: &[Speaker], known: &[Person]) -> Vec<Person> {
        let mut people: Vec<Person> = Vec::with_capacity(speakers.len());
        let mut by_key: HashMap<String, Person> = HashMap::new();
        for person in known.iter().rev() {
            by_key.insert(name_key(&person.name), person.clone());
        }
        for person in known.iter().rev() {
            by_key.insert(name_key(&person.label), person.clone());
        }
        for speaker in speakers {
            let name: String = person_name(&speaker.label).chars().take(MAX_NAME_CHARS).collect();
            let person = by_key.entry(name_key(&name)).or_insert_with(|| Person {
                id: PersonId(self.world.new_id()),
                customer: customer.id,
                label: name.clone(),
                name,
                role: None,
                merged_into: None,
                side: Side::Unknown,
                side_source: speaker.side_source,
            });
            people.push(Person { side: speaker.side, side_source: speaker.side_source, ..person.clone() });
        }
        people
    }

    fn meeting_of(&self, upload: &Upload, customer: &Customer, understood: &Understood) -> Meeting {
        Meeting {
            id: MeetingId(self.world.new_id()),
            customer: customer.id,
            title: title_of(upload, &understood.report),
            date: date_of(upload, &understood.report),
            source: SourceInfo {
                file_name: upload.file_name.clone(),
                hash: understood.hash.clone(),
                bytes: upload.bytes.len() as u64,
                format: understood.report.format.clone(),
                encoding: understood.report.encoding,
            },
            created_at: self.now(),
        }
    }

    /// Lets speakers be who the upload says they are.
    fn name_speakers(&self, upload: &Upload, meeting: MeetingId) -> Result<(), Problem> {
        if upload.speakers.iter().all(|choice| choice.person.is_none()) {
            return Ok(());
        }
        let stored = self.store.meeting(meeting)?.ok_or_else(|| meeting_not_found(meeting))?;
        for choice in &upload.speakers {
            let Some(person) = choice.person else { continue };
            let speaker = stored.transcript.speakers.iter().position(|speaker| speaker.label == choice.label);
            let Some(speaker) = speaker else { continue };
            let Some(own) = self.store.person_of_speaker(meeting, speaker)? else { continue };
            if self.root_of(own)?.id != self.root_of(person)?.id {
                self.merge_people(own, person)?;
            }
        }
        Ok(())
    }
}

/// As said, or as the file says, or as it is called.
pub(super) fn title_of(upload: &Upload, report: &ImportReport) -> String {
    let said = upload.title.as_deref().map(str::trim).filter(|title| !title.is_empty()).map(str::to_owned);
    let title = said.or_else(|| report.facts.title.clone()).unwrap_or_else(|| file_stem(&upload.file_name));
    title.chars().take(MAX_NAME_CHARS).collect()
}

/// As said, or as the file says.
pub(super) fn date_of(upload: &Upload, report: &ImportReport) -> Option<jiff::civil::Date> {
    upload.date.or_else(|| report.facts.date.as_deref().and_then(|date| date.parse().ok()))
}

pub(super) fn count_kinds(suggestions: &[Suggestion]) -> Vec<(Kind, usize)> {
    Kind::ALL
        .into_iter()
        .map(|kind| (kind, suggestions.iter().filter(|suggestion| suggestion.kind == kind).count()))
        .filter(|(_, count)| *count > 0)
        .collect()
}

fn file_stem(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if stem.is_empty() { name.to_owned() } else { stem.to_owned() }
}

fn customer_missing() -> Problem {
    Problem::new(
        "customer_missing",
        ProblemClass::Invalid,
        "Falta el cliente: ni el formulario ni el archivo lo nombran.",
        "The customer is missing: neither the form nor the file names one.",
    )
    .hint(
        "Escriba con quién fue la reunión (en la línea de órdenes: --customer NOMBRE).",
        "Say with whom the meeting was held (on the command line: --customer NAME).",
    )
}

pub(super) fn name_too_long() -> Problem {
    Problem::new(
        "name_too_long",
        ProblemClass::Invalid,
        format!("El nombre tiene más de {MAX_NAME_CHARS} caracteres."),
        format!("The name has more than {MAX_NAME_CHARS} characters."),
    )
    .hint("Use un nombre más corto.", "Use a shorter name.")
}
