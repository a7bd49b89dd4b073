//! Meetings: preview, import, list, read, delete.

use serde::Serialize;
use utoipa::ToSchema;

use crate::config::{DEFAULT_PAGE, MAX_NAME_CHARS, MAX_PAGE};
use crate::model::{
    Customer, CustomerId, ImportReport, Kind, LanguageTag, Meeting, MeetingId, Nature, Person, PersonId, Problem,
    ProblemClass, SourceHash, SourceInfo, Span, Speaker, Standing, Suggestion, Transcript, Utterance,
};
use crate::store::{Added, MeetingFilter, MeetingSummary, NewMeeting, Order, SuggestionFilter, SuggestionRow};
use crate::text::words::fold;

use super::App;
use super::reading::{Understood, person_name};

/// A file on its way in, with what a person says of it. What is absent is read from the file.
#[derive(Clone, Debug, Default)]
pub struct Upload {
    /// The name of the file; never used as a path.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// With whom the meeting was held.
    pub customer: Option<String>,
    /// What it is called.
    pub title: Option<String>,
    /// When it was held.
    pub date: Option<jiff::civil::Date>,
    /// The name of its format, where a person knows better than the detection.
    pub format: Option<String>,
}

impl Upload {
    /// Takes a field of a form by its name: `customer`, `title`, `date`, `format`. An empty one counts as absent.
    ///
    /// # Errors
    /// `unknown_field`, `bad_date`.
    pub fn set(&mut self, field: &str, value: &str) -> Result<(), Problem> {
        let value = value.trim();
        let given = (!value.is_empty()).then(|| value.to_owned());
        match field {
            "customer" => self.customer = given,
            "title" => self.title = given,
            "format" => self.format = given,
            "date" => self.date = given.map(|date| date.parse().map_err(|_| bad_date(&date))).transpose()?,
            _ => return Err(unknown_field(field)),
        }
        Ok(())
    }
}

/// Was the file new?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Newness {
    /// It was, and is a meeting now.
    New,
    /// The same bytes are a meeting already; nothing was changed.
    AlreadyThere,
}

/// What an import made.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The meeting, with its counts.
    pub summary: MeetingSummary,
    /// New, or there already.
    pub newness: Newness,
    /// Did the upload name a customer that nobody had named before?
    pub new_customer: bool,
    /// Customers with a name much like the new one's: perhaps the same.
    pub similar_customers: Vec<String>,
    /// What was found in the file and what could not be used.
    pub report: ImportReport,
    /// How many suggestions of each kind.
    pub suggestions: Vec<(Kind, usize)>,
}

/// A meeting as a person reads it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MeetingView {
    /// The meeting, with its counts.
    pub summary: MeetingSummary,
    /// What the import found.
    pub report: ImportReport,
    /// What was said, in order.
    pub turns: Vec<TurnView>,
    /// What cita proposes, in the order of the text.
    pub suggestions: Vec<SuggestionRow>,
}

/// A turn as a person reads it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TurnView {
    /// Its zero-based ordinal.
    pub ordinal: usize,
    /// Who speaks.
    pub speaker: Option<Speaker>,
    /// When, in milliseconds from the start.
    pub start_ms: Option<u64>,
    /// Speech, note or heading.
    pub nature: Nature,
    /// Its sentences.
    pub utterances: Vec<UtteranceView>,
}

/// An utterance as a person reads it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UtteranceView {
    /// Its zero-based ordinal in the meeting.
    pub ordinal: usize,
    /// The words.
    pub text: String,
    /// Its language.
    pub language: LanguageTag,
    /// Where suggestions' quotes lie in it.
    pub quotes: Vec<QuoteMark>,
}

/// A suggestion's quote inside its utterance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct QuoteMark {
    /// Where it lies, as byte range of the utterance's own text.
    pub span: Span,
    /// The suggestion's place in [`MeetingView::suggestions`].
    pub suggestion: usize,
}

impl App {
    /// What an import of this file would find; nothing is kept.
    ///
    /// # Errors
    /// As [`App::import`], apart from those of the store.
    pub fn preview(&self, upload: &Upload) -> Result<ImportReport, Problem> {
        self.check_size(upload)?;
        Ok(self.reader.read(&upload.file_name, &upload.bytes, upload.format.as_deref())?.report)
    }

    /// Imports a file: it is durable, and searchable, when this returns.
    ///
    /// The same bytes are one meeting: a second import changes nothing and says so. Nothing half-imported remains.
    ///
    /// # Errors
    /// The file is empty, too large, no text, or holds no usable turn; no customer is named; the disk is full.
    pub fn import(&self, upload: &Upload) -> Result<Imported, Problem> {
        let imported = self.import_unindexed(upload)?;
        if imported.newness == Newness::New {
            self.follow_store_or_warn();
        }
        Ok(imported)
    }

    /// Imports without telling the index, for many files at once; [`App::follow_store`] ends the batch.
    ///
    /// # Errors
    /// As [`App::import`].
    pub fn import_unindexed(&self, upload: &Upload) -> Result<Imported, Problem> {
        self.check_size(upload)?;
        let hash = SourceHash::of(&upload.bytes);
        if let Some(known) = self.store.meeting_by_source(&hash)? {
            return self.already_there(known);
        }
        let reading = self.reader.parse(&upload.file_name, &upload.bytes, upload.format.as_deref())?;
        let (customer, new_customer) = self.customer_of(upload, reading.report.facts.customer.as_deref())?;
        let people = if new_customer { Vec::new() } else { self.store.people(customer.id)? };
        let understood = self.reader.understand(hash, reading, Some(&customer.name), &people);
        let similar_customers = if new_customer { self.similar_customers(&customer.name)? } else { Vec::new() };
        let people = self.people_of(&customer, &understood.transcript.speakers, &people);
        self.store.put_original(&upload.bytes)?;
        let meeting = self.meeting_of(upload, &customer, &understood);
        let id = meeting.id;
        let counts = count_kinds(&understood.suggestions);
        let report = understood.report.clone();
        let added = self.store.add_meeting(&NewMeeting {
            meeting,
            customer,
            new_customer,
            people,
            transcript: understood.transcript,
            utterances: understood.utterances,
            suggestions: understood.suggestions,
            report: understood.report,
        })?;
        if let Added::Existing(known) = added {
            return self.already_there(known);
        }
        let summary = self.store.meeting_summary(id)?.ok_or_else(|| meeting_not_found(id))?;
        Ok(Imported { summary, newness: Newness::New, new_customer, similar_customers, report, suggestions: counts })
    }

    /// The meetings, newest first; `before` is the last meeting of the page before.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn meetings(
        &self,
        customer: Option<CustomerId>,
        limit: Option<usize>,
        before: Option<MeetingId>,
    ) -> Result<Vec<MeetingSummary>, Problem> {
        let limit = limit.unwrap_or(DEFAULT_PAGE).clamp(1, MAX_PAGE);
        self.store.meetings(&MeetingFilter { customer, limit, before })
    }

    /// One meeting with its transcript and its suggestions.
    ///
    /// # Errors
    /// `meeting_not_found`.
    pub fn meeting(&self, id: MeetingId) -> Result<MeetingView, Problem> {
        let stored = self.store.meeting(id)?.ok_or_else(|| meeting_not_found(id))?;
        let suggestions = self.store.suggestions(&SuggestionFilter {
            meeting: Some(id),
            order: Order::Place,
            limit: usize::MAX >> 1,
            ..SuggestionFilter::default()
        })?;
        let turns = lay_out(&stored.transcript, &stored.utterances, &suggestions);
        Ok(MeetingView { summary: stored.summary, report: stored.report, turns, suggestions })
    }

    /// What a meeting is called.
    ///
    /// # Errors
    /// `meeting_not_found`.
    pub fn meeting_title(&self, id: MeetingId) -> Result<String, Problem> {
        Ok(self.store.meeting_summary(id)?.ok_or_else(|| meeting_not_found(id))?.meeting.title)
    }

    /// Forgets a meeting: its rows, its quotes on maps, its original, and its words in the index.
    ///
    /// # Errors
    /// `meeting_not_found`.
    pub fn delete_meeting(&self, id: MeetingId) -> Result<(), Problem> {
        if !self.store.delete_meeting(id)? {
            return Err(meeting_not_found(id));
        }
        self.follow_store()
    }

    fn check_size(&self, upload: &Upload) -> Result<(), Problem> {
        let limit = self.settings.max_file_bytes;
        if upload.bytes.len() <= limit {
            return Ok(());
        }
        let (found, most) = (megabytes(upload.bytes.len()), megabytes(limit));
        Err(Problem::new(
            "file_too_large",
            ProblemClass::TooLarge,
            format!("El archivo tiene {found} MB; el límite es {most} MB."),
            format!("The file has {found} MB; the limit is {most} MB."),
        )
        .hint(
            "Divida el archivo o suba el límite con el ajuste max_file_mb.",
            "Split the file, or raise the limit with the setting max_file_mb.",
        )
        .in_file(&upload.file_name))
    }

    fn already_there(&self, id: MeetingId) -> Result<Imported, Problem> {
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
            report: stored.report,
            suggestions,
        })
    }

    /// The customer that the upload names, or else the file; made where nobody named it before.
    fn customer_of(&self, upload: &Upload, in_file: Option<&str>) -> Result<(Customer, bool), Problem> {
        let said = upload.customer.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let name = said.or(in_file).ok_or_else(customer_missing)?.to_owned();
        if name.chars().count() > MAX_NAME_CHARS {
            return Err(name_too_long());
        }
        if let Some(known) = self.store.customer_by_name(&name)? {
            return Ok((known, false));
        }
        let id = CustomerId(self.world.new_id());
        Ok((Customer { id, name, standing: Standing::Active, created_at: self.now() }, true))
    }

    /// One person for each speaker: known from an earlier meeting of the customer, or new.
    fn people_of(&self, customer: &Customer, speakers: &[Speaker], known: &[Person]) -> Vec<Person> {
        let mut people: Vec<Person> = Vec::with_capacity(speakers.len());
        for speaker in speakers {
            let name: String = person_name(&speaker.label).chars().take(MAX_NAME_CHARS).collect();
            let key = fold(&name);
            let earlier = people.iter().chain(known).find(|person| fold(&person.name) == key).cloned();
            people.push(earlier.unwrap_or_else(|| Person {
                id: PersonId(self.world.new_id()),
                customer: customer.id,
                name,
                side: speaker.side,
                side_source: speaker.side_source,
            }));
        }
        people
    }

    fn meeting_of(&self, upload: &Upload, customer: &Customer, understood: &Understood) -> Meeting {
        let facts = &understood.report.facts;
        let said = upload.title.as_deref().map(str::trim).filter(|title| !title.is_empty()).map(str::to_owned);
        let title = said.or_else(|| facts.title.clone()).unwrap_or_else(|| file_stem(&upload.file_name));
        Meeting {
            id: MeetingId(self.world.new_id()),
            customer: customer.id,
            title: title.chars().take(MAX_NAME_CHARS).collect(),
            date: upload.date.or_else(|| facts.date.as_deref().and_then(|date| date.parse().ok())),
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
}

/// In megabytes with one decimal, rounded up: a file over the limit never looks as if it kept it.
fn megabytes(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100_000);
    if tenths.is_multiple_of(10) { format!("{}", tenths / 10) } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

fn file_stem(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if stem.is_empty() { name.to_owned() } else { stem.to_owned() }
}

fn count_kinds(suggestions: &[Suggestion]) -> Vec<(Kind, usize)> {
    Kind::ALL
        .into_iter()
        .map(|kind| (kind, suggestions.iter().filter(|suggestion| suggestion.kind == kind).count()))
        .filter(|(_, count)| *count > 0)
        .collect()
}

fn lay_out(transcript: &Transcript, utterances: &[Utterance], suggestions: &[SuggestionRow]) -> Vec<TurnView> {
    let mut turns: Vec<TurnView> = transcript
        .turns
        .iter()
        .enumerate()
        .map(|(ordinal, turn)| TurnView {
            ordinal,
            speaker: turn.speaker.and_then(|speaker| transcript.speakers.get(speaker)).cloned(),
            start_ms: turn.start_ms,
            nature: turn.nature,
            utterances: Vec::new(),
        })
        .collect();
    let mut next = suggestions.iter().enumerate().peekable();
    for (ordinal, utterance) in utterances.iter().enumerate() {
        let mut quotes = Vec::new();
        while let Some((place, row)) = next.next_if(|(_, row)| row.suggestion.quote.utterance <= ordinal) {
            let span = place_in(&utterance.text, &row.suggestion.quote.text);
            quotes.push(QuoteMark { span, suggestion: place });
        }
        let view =
            UtteranceView { ordinal, text: utterance.text.clone(), language: utterance.language.clone(), quotes };
        if let Some(turn) = turns.get_mut(utterance.turn) {
            turn.utterances.push(view);
        }
    }
    turns
}

/// Where the quote's words lie in its utterance; the whole utterance where they run on into the next.
fn place_in(text: &str, quote: &str) -> Span {
    text.find(quote).map_or(Span::new(0, text.len()), |start| Span::new(start, start + quote.len()))
}

pub(super) fn meeting_not_found(id: MeetingId) -> Problem {
    Problem::new(
        "meeting_not_found",
        ProblemClass::NotFound,
        format!("No hay ninguna reunión {id}."),
        format!("There is no meeting {id}."),
    )
    .hint("Vea la lista de reuniones; quizás se borró.", "See the list of meetings; perhaps it was deleted.")
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

fn unknown_field(name: &str) -> Problem {
    Problem::new(
        "unknown_field",
        ProblemClass::Invalid,
        format!("El formulario no tiene un campo {name:?}."),
        format!("The form has no field {name:?}."),
    )
    .hint(
        "Los campos son: file, customer, title, date, format.",
        "The fields are: file, customer, title, date, format.",
    )
}

fn bad_date(date: &str) -> Problem {
    Problem::new(
        "bad_date",
        ProblemClass::Invalid,
        format!("{date:?} no es una fecha."),
        format!("{date:?} is no date."),
    )
    .hint("Escríbala como 2026-03-14.", "Write it like 2026-03-14.")
}

fn name_too_long() -> Problem {
    Problem::new(
        "name_too_long",
        ProblemClass::Invalid,
        format!("El nombre tiene más de {MAX_NAME_CHARS} caracteres."),
        format!("The name has more than {MAX_NAME_CHARS} characters."),
    )
    .hint("Use un nombre más corto.", "Use a shorter name.")
}
