//! Opens what lies on the disk, or finds out why it has to be built again.

use std::fs::{self, File, TryLockError};
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use tantivy::directory::MmapDirectory;
use tantivy::index::{SegmentComponent, SegmentMeta};
use tantivy::{IndexReader, ReloadPolicy, TantivyError};

use super::blocks;
use super::index::Index;
use super::problems::{self, Cause};
use super::schema::{self, Stamp};
use crate::model::{MeetingId, Problem};

/// The folder of the engine's own files, inside the index folder. README and `.gitignore` beside it are left alone.
const HOME: &str = "v1";

/// The beginning of the name of a folder that was set aside.
const ASIDE: &str = "damaged-";

/// The file that one process holds while it uses the index.
const LOCK: &str = ".lock";

/// The engine's list of what it holds; the first file it writes into a new folder and the last to change.
const META: &str = "meta.json";

/// An index, and whether it holds what its number says.
#[derive(Debug)]
pub struct Opened {
    /// It can be searched and written to at once, whatever its health.
    pub index: Index,
    /// What has to be done before its answers are complete.
    pub health: Health,
}

/// Whether an index holds what its number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// It holds the store's changes up to this one.
    Ready {
        /// The number of the last change it holds.
        seq: i64,
    },
    /// It is empty or half full, and every meeting of the store has to be applied to it.
    Rebuild {
        /// Why.
        reason: RebuildReason,
    },
}

/// Why an index has to be filled again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RebuildReason {
    /// There was none.
    Missing,
    /// An older or newer cita wrote it, by other rules.
    Outdated,
    /// Its files were not what had been written; they were set aside.
    Damaged,
    /// It was being filled when its process ended.
    Unfinished,
}

impl RebuildReason {
    /// The code in logs and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Outdated => "outdated",
            Self::Damaged => "damaged",
            Self::Unfinished => "unfinished",
        }
    }
}

impl Index {
    /// Opens the index of this folder, making it where there is none. What cannot be trusted is set aside as
    /// `damaged-<number>` in the same folder (only the newest such copy is kept) and an empty index takes its place.
    ///
    /// # Errors
    /// `index_locked` where another process uses the folder, `index_refused` where the system does not let it be used,
    /// `storage_full`. In these cases nothing is set aside.
    pub fn open(dir: &Path) -> Result<Opened, Problem> {
        fs::create_dir_all(dir).map_err(|error| refused(&error, dir))?;
        let lock = lock(dir)?;
        let home = dir.join(HOME);
        let reason = match load(&home) {
            Ok((index, reader, seq)) => {
                let index = Self::assemble(index, reader, seq, Some(home), Some(lock))?;
                let health = match seq {
                    1.. => Health::Ready { seq },
                    _ => Health::Rebuild { reason: RebuildReason::Unfinished },
                };
                return Ok(Opened { index, health });
            }
            Err(Unusable::Rebuild(reason)) => reason,
            Err(Unusable::Stop(cause)) => return Err(problems::problem(cause, Some(dir))),
        };
        set_aside(dir, &home).map_err(|error| refused(&error, dir))?;
        fs::create_dir(&home).map_err(|error| refused(&error, dir))?;
        let index = Self::create(&home).map_err(|error| problems::problem(problems::cause(&error), Some(dir)))?;
        let reader = reader(&index).map_err(|error| problems::problem(problems::cause(&error), Some(dir)))?;
        let index = Self::assemble(index, reader, 0, Some(home), Some(lock))?;
        index.clear()?;
        Ok(Opened { index, health: Health::Rebuild { reason } })
    }

    /// An index that lives as long as its process; for tests and for trying things out.
    ///
    /// # Errors
    /// None that a caller could cause; the engine's own are passed on.
    pub fn in_memory() -> Result<Self, Problem> {
        let (schema, _) = schema::schema();
        let index = tantivy::Index::create_in_ram(schema);
        let reader = reader(&index).map_err(|error| problems::problem(problems::cause(&error), None))?;
        let index = Self::assemble(index, reader, 0, None, None)?;
        index.clear()?;
        Ok(index)
    }

    fn create(home: &Path) -> Result<tantivy::Index, TantivyError> {
        let (schema, _) = schema::schema();
        tantivy::Index::create(MmapDirectory::open(home)?, schema, tantivy::IndexSettings::default())
    }
}

/// What lies on the disk, for who compares it with the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inventory {
    /// The last change of the store that it holds.
    pub seq: i64,
    /// How many utterances it holds of each meeting, by identity.
    pub meetings: Vec<(MeetingId, usize)>,
}

impl Index {
    /// Looks what an index holds without using or changing it; a process that uses it is not disturbed. Why not, where it
    /// cannot be trusted.
    ///
    /// # Errors
    /// `index_refused` where the system does not let it be read.
    pub fn look(dir: &Path) -> Result<Result<Inventory, RebuildReason>, Problem> {
        let (_, reader, seq) = match load(&dir.join(HOME)) {
            Ok(loaded) => loaded,
            Err(Unusable::Rebuild(reason)) => return Ok(Err(reason)),
            Err(Unusable::Stop(cause)) => return Err(problems::problem(cause, Some(dir))),
        };
        let mut meetings = Vec::new();
        for segment in reader.searcher().segment_readers() {
            let held = blocks::meetings(segment);
            meetings.extend(held.map_err(|error| problems::problem(problems::cause(&error), Some(dir)))?);
        }
        meetings.sort_unstable();
        Ok(Ok(Inventory { seq, meetings }))
    }
}

/// A reader that sees a commit when it is told to, and not a moment later.
fn reader(index: &tantivy::Index) -> Result<IndexReader, TantivyError> {
    index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()
}

/// Why the files cannot be used.
enum Unusable {
    /// They have to be built again.
    Rebuild(RebuildReason),
    /// They must not be touched.
    Stop(Cause),
}

impl From<TantivyError> for Unusable {
    fn from(error: TantivyError) -> Self {
        match problems::cause(&error) {
            Cause::Damaged => Self::Rebuild(RebuildReason::Damaged),
            cause => Self::Stop(cause),
        }
    }
}

impl From<io::Error> for Unusable {
    fn from(error: io::Error) -> Self {
        TantivyError::from(error).into()
    }
}

/// Opens and checks the engine's files. A few kinds of damage make the engine panic: that is damage too.
fn load(home: &Path) -> Result<(tantivy::Index, IndexReader, i64), Unusable> {
    match fs::read_dir(home) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(Unusable::Rebuild(RebuildReason::Missing));
        }
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(Unusable::Rebuild(RebuildReason::Damaged));
        }
        Err(error) => return Err(error.into()),
        Ok(_) => {}
    }
    panic::catch_unwind(AssertUnwindSafe(|| load_checked(home)))
        .unwrap_or(Err(Unusable::Rebuild(RebuildReason::Damaged)))
}

fn load_checked(home: &Path) -> Result<(tantivy::Index, IndexReader, i64), Unusable> {
    if !home.join(META).try_exists()? {
        return Err(Unusable::Rebuild(RebuildReason::Damaged));
    }
    let index = tantivy::Index::open(MmapDirectory::open(home).map_err(TantivyError::from)?)?;
    let metas = index.load_metas()?;
    let stamp = metas.payload.as_deref().and_then(Stamp::read).ok_or(Unusable::Rebuild(RebuildReason::Damaged))?;
    let seq = stamp.current_seq().ok_or(Unusable::Rebuild(RebuildReason::Outdated))?;
    if index.schema() != schema::schema().0 {
        return Err(Unusable::Rebuild(RebuildReason::Damaged));
    }
    for file in metas.segments.iter().flat_map(segment_files) {
        if !index.directory().validate_checksum(&file).map_err(TantivyError::from)? {
            return Err(Unusable::Rebuild(RebuildReason::Damaged));
        }
    }
    let reader = reader(&index)?;
    let searcher = reader.searcher();
    if stamp.documents() != searcher.num_docs() || !searcher.segment_readers().iter().all(blocks::are_whole) {
        return Err(Unusable::Rebuild(RebuildReason::Damaged));
    }
    Ok((index, reader, seq))
}

/// Every file that a segment must have. The engine's own check passes over those that are missing or that its list of
/// files has lost.
fn segment_files(segment: &SegmentMeta) -> Vec<PathBuf> {
    let mut parts = vec![
        SegmentComponent::Postings,
        SegmentComponent::Positions,
        SegmentComponent::FastFields,
        SegmentComponent::FieldNorms,
        SegmentComponent::Terms,
        SegmentComponent::Store,
    ];
    if segment.has_deletes() {
        parts.push(SegmentComponent::Delete);
    }
    parts.into_iter().map(|part| segment.relative_path(part)).collect()
}

/// Takes the lock of the folder; the system lets go of it when the process ends, however it ends.
fn lock(dir: &Path) -> Result<File, Problem> {
    let path = dir.join(LOCK);
    let file = File::options().create(true).write(true).truncate(false).open(&path);
    let file = file.map_err(|error| refused(&error, dir))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(problems::problem(Cause::Locked, Some(dir))),
        Err(TryLockError::Error(error)) => Err(refused(&error, dir)),
    }
}

/// Moves what lies in the engine's folder aside and drops earlier copies: one is enough to study, and each is as large
/// as the index.
fn set_aside(dir: &Path, home: &Path) -> io::Result<()> {
    match fs::symlink_metadata(home) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
        Ok(_) => {}
    }
    let earlier = earlier_copies(dir)?;
    let number = earlier.iter().map(|(number, _)| *number).max().unwrap_or(0) + 1;
    fs::rename(home, dir.join(format!("{ASIDE}{number}")))?;
    for (_, copy) in earlier {
        // A copy that cannot be removed costs room and nothing else.
        let _ = fs::remove_dir_all(copy);
    }
    Ok(())
}

fn earlier_copies(dir: &Path) -> io::Result<Vec<(u32, PathBuf)>> {
    let mut copies = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name();
        let number = name.to_str().and_then(|name| name.strip_prefix(ASIDE)).and_then(|number| number.parse().ok());
        if let Some(number) = number {
            copies.push((number, entry.path()));
        }
    }
    Ok(copies)
}

/// An error of the file system outside the engine's own files: never a reason to rebuild.
fn refused(error: &io::Error, dir: &Path) -> Problem {
    let cause = match problems::io_cause(error) {
        Cause::Damaged => Cause::Refused(error.kind()),
        cause => cause,
    };
    problems::problem(cause, Some(dir))
}
