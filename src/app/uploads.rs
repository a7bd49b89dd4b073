//! A file on its way in, with what a person says of it.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::config::{MAX_HELD_BYTES, MAX_SPEAKER_CHOICES};
use crate::model::{MeetingId, PersonId, Problem, ProblemClass, Side};

use super::App;

/// A file on its way in, with what a person says of it. What is absent is read from the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// Which column of a table holds what (`speaker=2,text=4`), where a person knows better than the guess.
    pub columns: Option<String>,
    /// What a person says of its speakers.
    pub speakers: Vec<SpeakerChoice>,
    /// Is it another transcript of a meeting that is there?
    pub revision: RevisionChoice,
}

/// What a person says of a speaker of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SpeakerChoice {
    /// The label, as the preview shows it.
    pub label: String,
    /// On which side of the table.
    #[serde(default)]
    pub side: Option<Side>,
    /// Who of the customer's people it is.
    #[serde(default)]
    pub person: Option<PersonId>,
}

/// Is a file another transcript of a meeting that is there?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RevisionChoice {
    /// It is a meeting of its own; what it resembles is told.
    #[default]
    Separate,
    /// Where it resembles one enough, it becomes that one's newest revision.
    Offered,
    /// It becomes the newest revision of this one.
    Of(MeetingId),
}

/// The fields that [`Upload::set`] takes.
const FIELDS: &str = "file, customer, title, date, format, columns, speakers, revision";

impl Upload {
    /// Takes a field of a form by its name: `customer`, `title`, `date`, `format`, `columns`, `speakers` (a JSON list of
    /// [`SpeakerChoice`]), `revision` (`offered`, or the meeting that it is a revision of). An empty one counts as absent.
    ///
    /// # Errors
    /// `unknown_field`, `bad_date`, `bad_speakers`, `bad_revision`.
    pub fn set(&mut self, field: &str, value: &str) -> Result<(), Problem> {
        let value = value.trim();
        let given = (!value.is_empty()).then(|| value.to_owned());
        match field {
            "customer" => self.customer = given,
            "title" => self.title = given,
            "format" => self.format = given,
            "columns" => self.columns = given,
            "date" => self.date = given.map(|date| date.parse().map_err(|_| bad_date(&date))).transpose()?,
            "speakers" => self.speakers = given.map(|list| choices(&list)).transpose()?.unwrap_or_default(),
            "revision" => self.revision = RevisionChoice::read(value)?,
            _ => return Err(unknown_field(field)),
        }
        Ok(())
    }
}

impl RevisionChoice {
    /// From a form: nothing, `separate`, `offered`, or the identity of a meeting.
    ///
    /// # Errors
    /// `bad_revision`.
    pub fn read(value: &str) -> Result<Self, Problem> {
        match value {
            "" | "separate" => Ok(Self::Separate),
            "offered" => Ok(Self::Offered),
            id => id.parse().map(Self::Of).map_err(|_| bad_revision(id)),
        }
    }
}

/// Files between their preview and their import, in memory: a page without scripts has nowhere to keep them.
#[derive(Default)]
pub(super) struct HeldFiles(Mutex<VecDeque<(Uuid, Upload)>>);

impl App {
    /// Keeps a file until somebody confirms it. The oldest ones go where there are too many, and all with the program.
    pub fn hold(&self, upload: Upload) -> Uuid {
        let id = self.world.new_id();
        let mut held = self.held.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.push_back((id, upload));
        while held.len() > 1 && held.iter().map(|(_, upload)| upload.bytes.len()).sum::<usize>() > MAX_HELD_BYTES {
            held.pop_front();
        }
        id
    }

    /// The file that was kept under this identity.
    ///
    /// # Errors
    /// `preview_gone`.
    pub fn held(&self, id: Uuid) -> Result<Upload, Problem> {
        let held = self.held.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.iter().find(|(one, _)| *one == id).map(|(_, upload)| upload.clone()).ok_or_else(preview_gone)
    }

    /// Keeps a file no longer.
    pub fn release(&self, id: Uuid) {
        self.held.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|(one, _)| *one != id);
    }

    pub(super) fn check_size(&self, upload: &Upload) -> Result<(), Problem> {
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
}

/// In megabytes with one decimal, rounded up: a file over the limit never looks as if it kept it.
fn megabytes(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100_000);
    if tenths.is_multiple_of(10) { format!("{}", tenths / 10) } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

fn choices(list: &str) -> Result<Vec<SpeakerChoice>, Problem> {
    let choices: Vec<SpeakerChoice> = serde_json::from_str(list).map_err(|error| bad_speakers(&error.to_string()))?;
    if choices.len() > MAX_SPEAKER_CHOICES {
        return Err(bad_speakers(&format!("{} > {MAX_SPEAKER_CHOICES}", choices.len())));
    }
    Ok(choices)
}

fn unknown_field(name: &str) -> Problem {
    Problem::new(
        "unknown_field",
        ProblemClass::Invalid,
        format!("El formulario no tiene un campo {name:?}."),
        format!("The form has no field {name:?}."),
    )
    .hint(format!("Los campos son: {FIELDS}."), format!("The fields are: {FIELDS}."))
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

fn bad_speakers(why: &str) -> Problem {
    Problem::new(
        "bad_speakers",
        ProblemClass::Invalid,
        format!("La lista de hablantes no se puede leer: {why}"),
        format!("The list of speakers cannot be read: {why}"),
    )
    .hint(
        "Escríbala como [{\"label\": \"Ana\", \"side\": \"customer\"}].",
        "Write it like [{\"label\": \"Ana\", \"side\": \"customer\"}].",
    )
}

fn bad_revision(value: &str) -> Problem {
    Problem::new(
        "bad_revision",
        ProblemClass::Invalid,
        format!("{value:?} no es una reunión."),
        format!("{value:?} is no meeting."),
    )
    .hint("Escriba «offered» o la identidad de la reunión.", "Write “offered”, or the identity of the meeting.")
}

fn preview_gone() -> Problem {
    Problem::new(
        "preview_gone",
        ProblemClass::NotFound,
        "El archivo de esta vista previa ya no está en memoria.",
        "The file of this preview is no longer in memory.",
    )
    .hint("Súbalo otra vez; no se guardó nada.", "Upload it again; nothing was kept.")
}
