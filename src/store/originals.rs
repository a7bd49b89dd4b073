//! The uploaded files, byte for byte, each under the name of its hash.
//!
//! A file is written beside its place, made durable, moved there, and the folder made durable too. Until a meeting
//! vouches for it, and again after the last meeting that did is gone, it is listed as loose; a start takes away what is
//! still loose, so that neither an interrupted upload nor an interrupted erasure leaves anything behind.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::{Connection, Transaction, params};

use crate::model::{Problem, ProblemClass, SourceHash, WorkspaceId};

use super::Store;
use super::problems::{at, internal, not_found, of_file, of_sync};

/// Where files lie until they are whole.
pub(super) const INCOMING: &str = "incoming";

/// How many hexadecimal digits of the hash name the folder.
const FOLDER_DIGITS: usize = 2;

static NEXT_INCOMING: AtomicU64 = AtomicU64::new(0);

impl Store {
    /// Keeps these bytes and returns their hash. The same bytes again change nothing, except that a damaged copy is
    /// replaced. They stay over a restart only once [`Store::add_meeting`] has made a meeting of them.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn put_original(&self, bytes: &[u8]) -> Result<SourceHash, Problem> {
        let source = SourceHash::of(bytes);
        self.write(|tx| mark_loose(tx, self.workspace, &source))?;
        let target = self.original_path(&source).ok_or_else(|| no_original(&source))?;
        let folder = target.parent().unwrap_or(&self.originals);
        self.noting_failure(|| {
            if !is_whole(&target, &source) {
                fs::create_dir_all(folder).map_err(|error| of_file(&error, folder))?;
                self.write_file(bytes, &source, &target)?;
            }
            sync_folder(folder)?;
            sync_folder(&self.originals)
        })?;
        Ok(source)
    }

    /// The bytes of this hash, checked against it.
    ///
    /// # Errors
    /// `original_not_found`, or `original_damaged` where the file no longer holds what was uploaded.
    pub fn original(&self, source: &SourceHash) -> Result<Vec<u8>, Problem> {
        let path = self.original_path(source).ok_or_else(|| no_original(source))?;
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(no_original(source)),
            Err(error) => return Err(of_file(&error, &path)),
        };
        if SourceHash::of(&bytes) != *source {
            return Err(at(damaged(), &path));
        }
        Ok(bytes)
    }

    /// Is there a file of this name? Says nothing about its bytes.
    pub(super) fn has_original(&self, source: &SourceHash) -> bool {
        self.original_path(source).is_some_and(|path| path.is_file())
    }

    /// Takes away the file of this hash unless a meeting vouches for it; then it is loose no more.
    pub(super) fn remove_if_loose(&self, source: &SourceHash) -> Result<(), Problem> {
        self.write(|tx| {
            if !is_used(tx, source)? {
                self.remove_file(source)?;
            }
            let mut statement = tx.prepare_cached("DELETE FROM loose_originals WHERE source = ?1")?;
            statement.execute(params![source])?;
            Ok(())
        })
    }

    /// Takes away what a crash left half done. Only for who is alone with the folder.
    pub(super) fn finish_interrupted(&self) -> Result<(), Problem> {
        let incoming = self.originals.join(INCOMING);
        if incoming.is_dir() {
            fs::remove_dir_all(&incoming).map_err(|error| of_file(&error, &incoming))?;
        }
        for source in self.read(loose_originals)? {
            self.remove_if_loose(&source)?;
        }
        Ok(())
    }

    /// Where the file of this hash lies; none for what is no hash, so that no other path can be made of one.
    pub(super) fn original_path(&self, source: &SourceHash) -> Option<PathBuf> {
        let digits = &source.0;
        let is_hash =
            digits.len() == blake3::OUT_LEN * 2 && digits.bytes().all(|one| matches!(one, b'0'..=b'9' | b'a'..=b'f'));
        if !is_hash {
            return None;
        }
        let (folder, name) = digits.split_at(FOLDER_DIGITS);
        Some(self.originals.join(folder).join(name))
    }

    fn write_file(&self, bytes: &[u8], source: &SourceHash, target: &Path) -> Result<(), Problem> {
        let incoming = self.originals.join(INCOMING);
        fs::create_dir_all(&incoming).map_err(|error| of_file(&error, &incoming))?;
        let number = NEXT_INCOMING.fetch_add(1, Ordering::Relaxed);
        let path = incoming.join(format!("{source}-{}-{number}", std::process::id()));
        let written = write_durably(bytes, &path)
            .and_then(|()| fs::rename(&path, target).map_err(|error| of_file(&error, target)));
        if written.is_err() {
            // Whatever is left is taken away at the next start; the first problem is the one to tell.
            let _left_for_the_next_start = fs::remove_file(&path);
        }
        written
    }

    fn remove_file(&self, source: &SourceHash) -> Result<(), Problem> {
        let Some(path) = self.original_path(source) else { return Ok(()) };
        match fs::remove_file(&path) {
            Ok(()) => sync_folder(path.parent().unwrap_or(&self.originals)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(of_file(&error, &path)),
        }
    }
}

/// Makes the names in this folder durable.
pub(super) fn sync_folder(folder: &Path) -> Result<(), Problem> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    let handle = File::open(folder).map_err(|error| of_file(&error, folder))?;
    handle.sync_all().map_err(|error| of_sync(&error, folder))
}

/// Lists an original that no meeting vouches for.
pub(super) fn mark_loose(tx: &Transaction<'_>, workspace: WorkspaceId, source: &SourceHash) -> Result<(), Problem> {
    let mut statement =
        tx.prepare_cached("INSERT INTO loose_originals (workspace, source) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?;
    statement.execute(params![workspace, source])?;
    Ok(())
}

/// A meeting vouches for it now.
pub(super) fn mark_used(tx: &Transaction<'_>, workspace: WorkspaceId, source: &SourceHash) -> Result<(), Problem> {
    let mut statement = tx.prepare_cached("DELETE FROM loose_originals WHERE workspace = ?1 AND source = ?2")?;
    statement.execute(params![workspace, source])?;
    Ok(())
}

/// Every original that no meeting vouches for, in any workspace.
pub(super) fn loose_originals(db: &Connection) -> Result<Vec<SourceHash>, Problem> {
    let mut statement = db.prepare_cached("SELECT DISTINCT source FROM loose_originals")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn damaged() -> Problem {
    internal(
        "original_damaged",
        "El archivo original está dañado: ya no contiene lo que se subió.",
        "The original file is damaged: it no longer holds what was uploaded.",
    )
    .hint(
        "Restáuralo de una copia, o vuelve a subir el mismo archivo.",
        "Restore it from a copy, or upload the same file again.",
    )
}

fn no_original(source: &SourceHash) -> Problem {
    let shown: String = source.0.chars().take(blake3::OUT_LEN * 2).collect();
    not_found(
        "original_not_found",
        format!("No hay un archivo original {shown}."),
        format!("There is no original file {shown}."),
    )
}

pub(super) fn original_missing() -> Problem {
    Problem::new(
        "original_missing",
        ProblemClass::Unavailable,
        "Falta el archivo original de la reunión.",
        "The original file of the meeting is missing.",
    )
    .hint("Vuelve a subir el archivo.", "Upload the file again.")
}

/// Vouches a meeting of any workspace for this original?
fn is_used(tx: &Transaction<'_>, source: &SourceHash) -> Result<bool, Problem> {
    let mut statement = tx.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM workspaces w JOIN meetings m ON m.workspace = w.id AND m.source = ?1)",
    )?;
    Ok(statement.query_row(params![source], |row| row.get(0))?)
}

fn is_whole(path: &Path, source: &SourceHash) -> bool {
    fs::read(path).is_ok_and(|bytes| SourceHash::of(&bytes) == *source)
}

fn write_durably(bytes: &[u8], path: &Path) -> Result<(), Problem> {
    let mut file = File::create_new(path).map_err(|error| of_file(&error, path))?;
    file.write_all(bytes).map_err(|error| of_file(&error, path))?;
    file.sync_all().map_err(|error| of_sync(&error, path))
}
