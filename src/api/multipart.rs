//! An upload out of a multipart form.

use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;

use crate::app::Upload;
use crate::config::{MAX_FILES, MAX_UPLOAD_BYTES};
use crate::model::{Problem, ProblemClass};

/// Reads one field `file`, and what is said of it. Any other field is refused by name.
///
/// # Errors
/// `file_missing`, `one_file`, `unknown_field`, `bad_date`, `request_too_large`, `bad_request`, and so on.
pub async fn upload(form: Multipart) -> Result<Upload, Problem> {
    let mut uploads = uploads(form).await?;
    match uploads.pop() {
        Some(upload) if uploads.is_empty() => Ok(upload),
        _ => Err(one_file()),
    }
}

/// Reads one field `file` or more, each with what the form says of all; what it says of one meeting counts only for a
/// file that comes alone.
///
/// # Errors
/// As [`upload`], apart from `one_file`.
pub async fn uploads(mut form: Multipart) -> Result<Vec<Upload>, Problem> {
    let mut said = Upload::default();
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut bytes_in_all = 0_usize;
    while let Some(field) = form.next_field().await.map_err(|error| unreadable(&error))? {
        match field.name().unwrap_or_default() {
            "file" => {
                let file_name = field.file_name().unwrap_or("upload.txt").to_owned();
                let bytes = field.bytes().await.map_err(|error| unreadable(&error))?.to_vec();
                bytes_in_all = bytes_in_all.saturating_add(bytes.len());
                if bytes_in_all > MAX_UPLOAD_BYTES {
                    return Err(too_large());
                }
                files.push((file_name, bytes));
            }
            field_name => {
                let field_name = field_name.to_owned();
                let value = field.text().await.map_err(|error| unreadable(&error))?;
                said.set(&field_name, &value)?;
            }
        }
    }
    if files.len() > MAX_FILES {
        return Err(too_many(files.len()));
    }
    if files.len() > 1 {
        said = Upload { customer: said.customer, format: said.format, columns: said.columns, ..Upload::default() };
    }
    let uploads: Vec<Upload> =
        files.into_iter().map(|(file_name, bytes)| Upload { file_name, bytes, ..said.clone() }).collect();
    if uploads.is_empty() { Err(file_missing()) } else { Ok(uploads) }
}

fn unreadable(error: &MultipartError) -> Problem {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        return too_large();
    }
    Problem::new(
        "bad_request",
        ProblemClass::Invalid,
        format!("El formulario no se puede leer: {error}"),
        format!("The form cannot be read: {error}"),
    )
    .hint("Envíe multipart/form-data con un campo file.", "Send multipart/form-data with a field file.")
}

fn too_large() -> Problem {
    Problem::new(
        "request_too_large",
        ProblemClass::TooLarge,
        "El archivo pasa el límite de tamaño.",
        "The file is over the size limit.",
    )
    .hint(
        "Divida el archivo o suba el límite con el ajuste max_file_mb.",
        "Split the file, or raise the limit with the setting max_file_mb.",
    )
}

fn too_many(found: usize) -> Problem {
    Problem::new(
        "too_many_files",
        ProblemClass::TooLarge,
        format!("Son {found} archivos; el límite es {MAX_FILES} por petición."),
        format!("There are {found} files; the limit is {MAX_FILES} a request."),
    )
    .hint("Súbalos en varias veces.", "Upload them in several turns.")
}

fn one_file() -> Problem {
    Problem::new("one_file", ProblemClass::Invalid, "Aquí va un solo archivo.", "One file only goes here.")
        .hint("Envíe varios archivos a /api/v1/imports.", "Send several files to /api/v1/imports.")
}

fn file_missing() -> Problem {
    Problem::new("file_missing", ProblemClass::Invalid, "Falta el archivo.", "The file is missing.")
        .hint("Envíelo en el campo file.", "Send it in the field file.")
}
