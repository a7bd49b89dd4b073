//! An upload out of a multipart form.

use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;

use crate::app::Upload;
use crate::model::{Problem, ProblemClass};

/// Reads the fields `file`, `customer`, `title`, `date` and `format`. Any other field is refused by name.
///
/// # Errors
/// `file_missing`, `unknown_field`, `bad_date`, `request_too_large`, `bad_request`.
pub async fn upload(mut form: Multipart) -> Result<Upload, Problem> {
    let mut upload = Upload::default();
    let mut has_file = false;
    while let Some(field) = form.next_field().await.map_err(|error| unreadable(&error))? {
        match field.name().unwrap_or_default() {
            "file" => {
                upload.file_name = field.file_name().unwrap_or("upload.txt").to_owned();
                upload.bytes = field.bytes().await.map_err(|error| unreadable(&error))?.to_vec();
                has_file = true;
            }
            field_name => {
                let field_name = field_name.to_owned();
                let value = field.text().await.map_err(|error| unreadable(&error))?;
                upload.set(&field_name, &value)?;
            }
        }
    }
    if has_file { Ok(upload) } else { Err(file_missing()) }
}

fn unreadable(error: &MultipartError) -> Problem {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        return Problem::new(
            "request_too_large",
            ProblemClass::TooLarge,
            "El archivo pasa el límite de tamaño.",
            "The file is over the size limit.",
        )
        .hint(
            "Divida el archivo o suba el límite con el ajuste max_file_mb.",
            "Split the file, or raise the limit with the setting max_file_mb.",
        );
    }
    Problem::new(
        "bad_request",
        ProblemClass::Invalid,
        format!("El formulario no se puede leer: {error}"),
        format!("The form cannot be read: {error}"),
    )
    .hint("Envíe multipart/form-data con un campo file.", "Send multipart/form-data with a field file.")
}

fn file_missing() -> Problem {
    Problem::new("file_missing", ProblemClass::Invalid, "Falta el archivo.", "The file is missing.")
        .hint("Envíelo en el campo file.", "Send it in the field file.")
}
