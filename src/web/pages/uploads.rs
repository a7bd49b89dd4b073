//! What comes with a file: the fields of the forms around it.

use std::fmt::Write as _;

use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;
use axum::http::StatusCode;

use crate::app::{App, SpeakerChoice, Upload};
use crate::model::{PersonId, Problem, ProblemClass, Side};

use super::chosen;

/// The fields of a form, in its order.
pub(super) type Fields = Vec<(String, String)>;

/// What a column is called that holds nothing of use.
const NOT_READ: &str = "other";

/// A preview on its way to become a meeting: the file that is held, and what a person says of it.
pub(super) struct Asked {
    /// The identity of the file.
    pub(super) held: String,
    fields: Fields,
}

/// What the form says of one speaker.
#[derive(Default)]
struct SpeakerFields {
    number: usize,
    label: String,
    /// The side that the form showed, where nobody had chosen it.
    was: String,
    side: String,
    person: String,
}

impl Asked {
    /// Takes the form of a preview.
    pub(super) fn read(fields: Fields) -> Self {
        let held = fields.iter().find(|(name, _)| name == "held").map(|(_, value)| value.clone());
        Self { held: held.unwrap_or_default(), fields }
    }

    /// The file with what the form says of it. A button's `as` and `called` win over the fields of the same meaning.
    ///
    /// # Errors
    /// `preview_gone`; what [`Upload::set`] answers; `unknown_choice`.
    pub(super) fn upload(self, app: &App) -> Result<Upload, Problem> {
        let mut upload = app.held(self.held.parse().map_err(|_| preview_gone())?)?;
        let mut speakers: Vec<SpeakerFields> = Vec::new();
        let mut columns: Vec<String> = Vec::new();
        let mut header = "no";
        let mut pressed = Vec::new();
        for (name, value) in self.fields {
            match name.split_once('-') {
                Some((field, number)) => match number.parse() {
                    Ok(number) if field == "column" => {
                        columns.extend((value != NOT_READ).then(|| format!("{value}={number}")));
                    }
                    Ok(number) => speaker(&mut speakers, number).set(field, value),
                    Err(_) => upload.set(&name, &value)?,
                },
                None if name == "held" => {}
                None if name == "header" => header = "yes",
                None if name == "as" => pressed.push(("format", value)),
                None if name == "called" => pressed.push(("customer", value)),
                None => upload.set(&name, &value)?,
            }
        }
        for (field, value) in pressed {
            upload.set(field, &value)?;
        }
        if !columns.is_empty() {
            columns.push(format!("header={header}"));
            upload.set("columns", &columns.join(","))?;
        }
        upload.speakers = speakers.iter().filter_map(|one| one.choice().transpose()).collect::<Result<_, _>>()?;
        Ok(upload)
    }
}

impl SpeakerFields {
    fn set(&mut self, field: &str, value: String) {
        match field {
            "label" => self.label = from_hex(&value),
            "was" => self.was = value,
            "side" => self.side = value,
            "person" => self.person = value,
            _ => {}
        }
    }

    /// What a person chose for this speaker; a guess that was left as it is remains a guess.
    fn choice(&self) -> Result<Option<SpeakerChoice>, Problem> {
        let side: Option<Side> = chosen("side", Some(&self.side))?;
        let side = side.filter(|side| side.code() != self.was);
        let person: Option<PersonId> = chosen("person", Some(&self.person))?;
        let said = side.is_some() || person.is_some();
        Ok(said.then(|| SpeakerChoice { label: self.label.clone(), side, person }))
    }
}

fn speaker(speakers: &mut Vec<SpeakerFields>, number: usize) -> &mut SpeakerFields {
    let place = speakers.iter().position(|one| one.number == number).unwrap_or_else(|| {
        speakers.push(SpeakerFields { number, ..SpeakerFields::default() });
        speakers.len() - 1
    });
    &mut speakers[place]
}

/// The files of the form, each with what the form says of it; title and date belong to a file that comes alone.
///
/// # Errors
/// `file_missing`, `request_too_large`, `bad_request`; what [`Upload::set`] answers.
pub(super) async fn read_files(mut form: Multipart) -> Result<Vec<Upload>, Problem> {
    let mut said = Upload::default();
    let mut files = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|error| unreadable(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            let file_name = bare_name(field.file_name().unwrap_or_default());
            let bytes = field.bytes().await.map_err(|error| unreadable(&error))?.to_vec();
            files.extend((!file_name.is_empty()).then_some((file_name, bytes)));
        } else {
            let value = field.text().await.map_err(|error| unreadable(&error))?;
            said.set(&name, &value)?;
        }
    }
    if files.len() > 1 {
        (said.title, said.date) = (None, None);
    }
    let uploads: Vec<Upload> =
        files.into_iter().map(|(file_name, bytes)| Upload { file_name, bytes, ..said.clone() }).collect();
    if uploads.is_empty() { Err(file_missing()) } else { Ok(uploads) }
}

/// A label on its way through a form. As plain text it would come back changed where it hides characters, because pages
/// show those.
pub(super) fn to_hex(text: &str) -> String {
    text.bytes().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("writing to a string cannot fail");
        hex
    })
}

fn from_hex(hex: &str) -> String {
    let byte = |at: usize| hex.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    let bytes: Option<Vec<u8>> = (0..hex.len()).step_by(2).map(byte).collect();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Browsers send the path inside a chosen folder; files that begin with a dot are the system's own.
fn bare_name(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((_, name)) if name.starts_with('.') => String::new(),
        Some((_, name)) => name.to_owned(),
        None => path.to_owned(),
    }
}

fn preview_gone() -> Problem {
    Problem::new(
        "preview_gone",
        ProblemClass::NotFound,
        "La vista previa ya no está.",
        "The preview is no longer there.",
    )
    .hint("Vuelva a elegir el archivo.", "Choose the file again.")
}

fn unreadable(error: &MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Problem::new(
            "request_too_large",
            ProblemClass::TooLarge,
            "Los archivos juntos son demasiado grandes.",
            "The files together are too large.",
        )
        .hint("Súbalos en varias veces.", "Upload them in several turns.");
    }
    Problem::new(
        "bad_request",
        ProblemClass::Invalid,
        "La subida se cortó o no se puede leer.",
        "The upload broke off or cannot be read.",
    )
    .hint("Vuelva a intentarlo; no se guardó nada.", "Try again; nothing was kept.")
}

fn file_missing() -> Problem {
    Problem::new("file_missing", ProblemClass::Invalid, "No se eligió ningún archivo.", "No file was chosen.")
        .hint("Vuelva al inicio y suelte un archivo en la página.", "Go home and drop a file on the page.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_comes_back_as_it_went() {
        for label in ["Renata (Molinos Aurora)", "a\u{202e}b\u{200b}", "Ñandú 👩\u{200d}🔧", ""] {
            assert_eq!(from_hex(&to_hex(label)), label);
        }
        assert_eq!(from_hex("zz"), "");
        assert_eq!(from_hex("ff"), "");
    }

    #[test]
    fn a_file_in_a_folder_keeps_its_name_and_the_systems_own_files_stay_out() {
        assert_eq!(bare_name("2025/may/call.vtt"), "call.vtt");
        assert_eq!(bare_name("call.vtt"), "call.vtt");
        assert_eq!(bare_name("2025/.DS_Store"), "");
    }
}
