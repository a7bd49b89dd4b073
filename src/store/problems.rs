//! What the store's foreign errors mean to a person. SQL, values and transcript text never reach a message.

use std::io;
use std::path::Path;

use rusqlite::ErrorCode;

use crate::model::{Place, Problem, ProblemClass};

/// The code of a failure after which nothing more may be acknowledged until the program starts anew.
pub(super) const STORAGE_FAILED: &str = "storage_failed";

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        match &error {
            rusqlite::Error::SqliteFailure(failure, _) => of_sqlite(*failure),
            rusqlite::Error::FromSqlConversionFailure(column, ..)
            | rusqlite::Error::IntegralValueOutOfRange(column, _)
            | rusqlite::Error::InvalidColumnType(column, ..) => unreadable_row(*column),
            _ => internal(
                "storage_error",
                "La base de datos no pudo hacer lo que se le pidió.",
                "The database could not do what it was asked.",
            ),
        }
    }
}

fn of_sqlite(failure: rusqlite::ffi::Error) -> Problem {
    let number = failure.extended_code;
    match failure.code {
        ErrorCode::DiskFull => storage_full(),
        // The shared-memory file beside the database could not grow: that is how a full disk meets a reader.
        _ if number == rusqlite::ffi::SQLITE_IOERR_SHMSIZE => storage_full(),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Problem::new(
            "storage_busy",
            ProblemClass::Unavailable,
            "La base de datos está ocupada.",
            "The database is busy.",
        )
        .hint("Vuelve a intentarlo en unos segundos.", "Try again in a few seconds."),
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => {
            internal("storage_damaged", "La base de datos está dañada.", "The database is damaged.").hint(
                "Detén cita y restaura una copia de la carpeta de datos.",
                "Stop cita and restore a copy of the data folder.",
            )
        }
        ErrorCode::SystemIoFailure => storage_failed(&format!("SQLite {number}")),
        ErrorCode::ReadOnly
        | ErrorCode::CannotOpen
        | ErrorCode::PermissionDenied
        | ErrorCode::AuthorizationForStatementDenied => storage_unusable(&format!("SQLite {number}")),
        _ => internal(
            "storage_error",
            format!("La base de datos no pudo hacer lo que se le pidió (SQLite {number})."),
            format!("The database could not do what it was asked (SQLite {number})."),
        ),
    }
}

fn unreadable_row(column: usize) -> Problem {
    internal(
        "storage_row_unreadable",
        format!("Una fila de la base de datos no se puede leer (columna {column})."),
        format!("A row of the database cannot be read (column {column})."),
    )
    .hint("Ejecuta la verificación de los datos.", "Run the verification of the data.")
}

/// What an operation on a file of the data folder failed with.
pub(super) fn of_file(error: &io::Error, path: &Path) -> Problem {
    let problem = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => storage_full(),
        _ => storage_unusable(&error.to_string()),
    };
    at(problem, path)
}

/// What making a file durable failed with. Nobody knows what the disk holds after that.
pub(super) fn of_sync(error: &io::Error, path: &Path) -> Problem {
    at(storage_failed(&error.to_string()), path)
}

pub(super) fn at(problem: Problem, path: &Path) -> Problem {
    problem.at(Place { file: Some(path.display().to_string()), ..Place::default() })
}

fn storage_full() -> Problem {
    Problem::new(
        "storage_full",
        ProblemClass::StorageFull,
        "No queda espacio en el disco de los datos; no se guardó nada.",
        "The disk of the data folder is full; nothing was saved.",
    )
    .hint("Libera espacio y repite; no hace falta reiniciar.", "Free some space and repeat; no restart is needed.")
}

fn storage_unusable(cause: &str) -> Problem {
    Problem::new(
        "storage_unusable",
        ProblemClass::Unavailable,
        format!("La carpeta de datos no se puede usar: {cause}."),
        format!("The data folder cannot be used: {cause}."),
    )
    .hint(
        "Revisa que exista y que cita pueda leer y escribir en ella.",
        "Check that it exists and that cita may read and write there.",
    )
}

/// Refuses a change because an earlier one was not confirmed.
pub(super) fn failed_before() -> Problem {
    internal(
        STORAGE_FAILED,
        "El disco no confirmó un cambio anterior; no se acepta nada más.",
        "The disk did not confirm an earlier change; nothing more is accepted.",
    )
    .hint("Revisa el disco y reinicia cita.", "Check the disk and start cita again.")
}

fn storage_failed(cause: &str) -> Problem {
    internal(
        STORAGE_FAILED,
        format!("El disco no confirmó que los datos estén a salvo ({cause}); no se acepta nada más."),
        format!("The disk did not confirm that the data is safe ({cause}); nothing more is accepted."),
    )
    .hint("Revisa el disco y reinicia cita.", "Check the disk and start cita again.")
}

pub(super) fn internal(code: &str, es: impl Into<String>, en: impl Into<String>) -> Problem {
    Problem::new(code, ProblemClass::Internal, es, en)
}

pub(super) fn not_found(code: &str, es: impl Into<String>, en: impl Into<String>) -> Problem {
    Problem::new(code, ProblemClass::NotFound, es, en)
}

pub(super) fn conflict(code: &str, es: impl Into<String>, en: impl Into<String>) -> Problem {
    Problem::new(code, ProblemClass::Conflict, es, en)
}

pub(super) fn no_meeting() -> Problem {
    not_found("meeting_not_found", "No existe esa reunión.", "There is no such meeting.")
}

pub(super) fn no_customer() -> Problem {
    not_found("customer_not_found", "No existe ese cliente.", "There is no such customer.")
}

pub(super) fn no_suggestion() -> Problem {
    not_found("suggestion_not_found", "No existe esa sugerencia.", "There is no such suggestion.")
}

pub(super) fn no_entry() -> Problem {
    not_found("entry_not_found", "No existe esa entrada del mapa.", "There is no such entry on the map.")
}

pub(super) fn not_verbatim() -> Problem {
    Problem::new(
        "quote_not_verbatim",
        ProblemClass::Invalid,
        "La cita no es, letra por letra, lo que dice la reunión en ese lugar.",
        "The quote is not, letter by letter, what the meeting says at that place.",
    )
    .hint("Cita las palabras tal como están en la transcripción.", "Quote the words as they stand in the transcript.")
}
