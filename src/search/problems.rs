//! Turns what the engine reports into what a person can act on.

use std::io::{self, ErrorKind};
use std::path::Path;

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

use crate::model::{Problem, ProblemClass};

/// What an engine error means for the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// Another process writes to this folder.
    Locked,
    /// The system refuses: rights, a read-only disk, too many open files, a failing disk. The index may be sound.
    Refused(ErrorKind),
    /// The disk is full.
    Full,
    /// The files are not what was written.
    Damaged,
}

/// What this error means.
pub(super) fn cause(error: &TantivyError) -> Cause {
    let inner: &io::Error = match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => return Cause::Locked,
        TantivyError::LockFailure(LockError::IoError(inner), _) | TantivyError::IoError(inner) => inner,
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. })
        | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. })
        | TantivyError::OpenDirectoryError(
            OpenDirectoryError::IoError { io_error, .. } | OpenDirectoryError::FailedToCreateTempDir(io_error),
        ) => io_error,
        _ => return Cause::Damaged,
    };
    io_cause(inner)
}

/// What an error of the file system means. Only one that the system itself reports can be a refusal: the others come
/// from reading what lies in the files.
pub(super) fn io_cause(error: &io::Error) -> Cause {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Cause::Full,
        ErrorKind::NotFound => Cause::Damaged,
        kind if error.raw_os_error().is_some() => Cause::Refused(kind),
        kind @ (ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => Cause::Refused(kind),
        _ => Cause::Damaged,
    }
}

/// What a person reads of it.
pub(super) fn problem(cause: Cause, folder: Option<&Path>) -> Problem {
    let folder = folder.map_or_else(String::new, |folder| format!(" {}", folder.display()));
    match cause {
        Cause::Locked => Problem::new(
            "index_locked",
            ProblemClass::Unavailable,
            format!("Otro proceso de cita usa el índice{folder}."),
            format!("Another cita process uses the index{folder}."),
        )
        .hint("Cierre el otro proceso o use otra carpeta.", "Stop the other process, or use another folder."),
        Cause::Refused(kind) => Problem::new(
            "index_refused",
            ProblemClass::Unavailable,
            format!("El sistema no deja usar el índice{folder}: {kind}."),
            format!("The system does not let the index{folder} be used: {kind}."),
        )
        .hint(
            "Compruebe los permisos de la carpeta, y que el disco no esté en solo lectura; el índice no se ha tocado.",
            "Check the rights of the folder and that the disk is not read-only; the index was not touched.",
        ),
        Cause::Full => Problem::new(
            "storage_full",
            ProblemClass::StorageFull,
            format!("No queda espacio en el disco para el índice{folder}."),
            format!("There is no room left on the disk for the index{folder}."),
        )
        .hint("Libere espacio y repita.", "Free some space and try again."),
        Cause::Damaged => Problem::new(
            "index_damaged",
            ProblemClass::Unavailable,
            format!("El índice{folder} está dañado."),
            format!("The index{folder} is damaged."),
        )
        .hint(
            "Se puede volver a construir: nada de lo que hay en él es la única copia.",
            "It can be built again: nothing in it is the only copy.",
        ),
    }
}
