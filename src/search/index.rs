//! The index itself: one writer, one reader, and how far it follows the store.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tantivy::indexer::{LogMergePolicy, NoMergePolicy, UserOperation};
use tantivy::{IndexReader, IndexWriter, Searcher, TantivyDocument, TantivyError, Term};

use super::apply::{self, MeetingDocs};
use super::blocks;
use super::problems::{self, Cause};
use super::schema::{self, Fields, Stamp, part};
use crate::model::{MeetingId, Problem};

/// How much memory the writer may fill before it writes a segment, in bytes.
const WRITER_BYTES: usize = 64 * 1024 * 1024;

/// The share of deleted documents above which a segment is written anew, so that the index stays in proportion to what
/// it holds however often meetings change.
const DELETED_SHARE_MAX: f32 = 0.3;

/// An index of utterances. All its calls may come from any thread; writes wait for each other, searches for nothing.
pub struct Index {
    engine: tantivy::Index,
    reader: IndexReader,
    /// None after a failed write: the next one opens a new writer.
    writer: Mutex<Option<IndexWriter>>,
    fields: Fields,
    seq: AtomicI64,
    damaged: AtomicBool,
    home: Option<PathBuf>,
    /// Held as long as the index is open; none in memory.
    _lock: Option<File>,
}

/// How large an index is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// How many meetings it holds.
    pub meetings: u64,
    /// How many utterances.
    pub utterances: u64,
    /// How many bytes it takes on the disk, or in memory where it has no folder.
    pub bytes: u64,
    /// In how many segments its documents lie.
    pub segments: usize,
    /// The last change of the store that it holds.
    pub seq: i64,
}

impl Index {
    /// Puts the documents of `replace` in the place of what the index held of these meetings, drops those of `remove`,
    /// and notes that the index now holds the store's changes up to `seq`: all in one commit, seen by the next search.
    /// While an index is being filled again, `seq` is 0 until the last call: an index that stands at 0 when it is
    /// opened counts as unfinished.
    ///
    /// # Errors
    /// `storage_full`, `index_refused`, `index_damaged`. The index then holds what it held before the call. Once damage
    /// was met, nothing is written until [`Index::clear`].
    pub fn apply(&self, replace: &[MeetingDocs], remove: &[MeetingId], seq: i64) -> Result<(), Problem> {
        // The engine applies deletions on a thread where a panic over damaged files would end the process.
        if self.is_damaged() {
            return Err(problems::problem(Cause::Damaged, self.home.as_deref()));
        }
        // A meeting that is named twice counts as it is named last, and nothing that is removed stays.
        let mut wanted: BTreeMap<MeetingId, Option<&MeetingDocs>> = BTreeMap::new();
        wanted.extend(replace.iter().map(|docs| (docs.meeting, Some(docs))));
        wanted.extend(remove.iter().map(|meeting| (*meeting, None)));
        self.write(seq, |writer, mut alive| {
            let searcher = self.reader.searcher();
            for (meeting, docs) in &wanted {
                let term = self.meeting_term(*meeting);
                for segment in searcher.segment_readers() {
                    alive -= blocks::count_of(segment, &term)?.min(alive);
                }
                // One batch a meeting: the engine never cuts a batch, so its documents share a segment.
                let mut operations: Vec<UserOperation<TantivyDocument>> = vec![UserOperation::Delete(term)];
                if let Some(docs) = docs {
                    let documents = apply::documents(&self.fields, docs);
                    alive += documents.len() as u64;
                    operations.extend(documents.into_iter().map(UserOperation::Add));
                }
                writer.run(operations)?;
            }
            Ok(alive)
        })
    }

    /// Empties the index, so that it can be filled again.
    ///
    /// # Errors
    /// As [`Index::apply`].
    pub fn clear(&self) -> Result<(), Problem> {
        self.write(0, |writer, _| writer.delete_all_documents().map(|_| 0))?;
        self.damaged.store(false, Ordering::Release);
        Ok(())
    }

    /// The last change of the store that the index holds; 0 while it is being filled.
    pub fn seq(&self) -> i64 {
        self.seq.load(Ordering::Acquire)
    }

    /// Did a search or a write meet damage since the index was opened or cleared? Then [`Index::clear`] it and fill it
    /// again.
    pub fn is_damaged(&self) -> bool {
        self.damaged.load(Ordering::Acquire)
    }

    /// How large it is.
    ///
    /// # Errors
    /// `index_damaged`, `index_refused`.
    pub fn stats(&self) -> Result<Stats, Problem> {
        self.guarded(|| {
            let searcher = self.reader.searcher();
            let meetings = searcher.search(
                &tantivy::query::TermQuery::new(
                    Term::from_field_text(self.fields.part, part::MEETING),
                    tantivy::schema::IndexRecordOption::Basic,
                ),
                &tantivy::collector::Count,
            )? as u64;
            let bytes = match &self.home {
                Some(home) => folder_bytes(home)?,
                None => searcher.space_usage()?.total().get_bytes(),
            };
            Ok(Stats {
                meetings,
                utterances: searcher.num_docs() - meetings,
                bytes,
                segments: searcher.segment_readers().len(),
                seq: self.seq(),
            })
        })
    }

    /// Joins the parts of an open index.
    pub(super) fn assemble(
        engine: tantivy::Index,
        reader: IndexReader,
        seq: i64,
        home: Option<PathBuf>,
        lock: Option<File>,
    ) -> Result<Self, Problem> {
        let (_, fields) = schema::schema();
        let index = Self {
            engine,
            reader,
            writer: Mutex::new(None),
            fields,
            seq: AtomicI64::new(seq),
            damaged: AtomicBool::new(false),
            home,
            _lock: lock,
        };
        // Opened at once, so that a folder that cannot be written to is reported now and not at the first upload.
        let writer = index.guarded(|| index.open_writer())?;
        *index.writer() = Some(writer);
        Ok(index)
    }

    pub(super) fn fields(&self) -> &Fields {
        &self.fields
    }

    pub(super) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// Runs work of the engine; its errors and its panics become problems, and damage is remembered.
    pub(super) fn guarded<T>(&self, work: impl FnOnce() -> Result<T, TantivyError>) -> Result<T, Problem> {
        let cause = match panic::catch_unwind(AssertUnwindSafe(work)) {
            Ok(Ok(value)) => return Ok(value),
            Ok(Err(error)) => problems::cause(&error),
            Err(_) => Cause::Damaged,
        };
        if cause == Cause::Damaged {
            self.damaged.store(true, Ordering::Release);
        }
        Err(problems::problem(cause, self.home.as_deref()))
    }

    /// Does `work` with the writer, commits, and lets the reader see it. The work gets the number of living documents
    /// and answers with what it becomes.
    fn write(
        &self,
        seq: i64,
        work: impl FnOnce(&mut IndexWriter, u64) -> Result<u64, TantivyError>,
    ) -> Result<(), Problem> {
        let mut slot = self.writer();
        let taken = slot.take();
        let writer = self.guarded(|| {
            let mut writer = match taken {
                Some(writer) => writer,
                None => self.open_writer()?,
            };
            let alive = work(&mut writer, self.reader.searcher().num_docs())?;
            let mut commit = writer.prepare_commit()?;
            commit.set_payload(&Stamp::new(seq, alive).payload());
            commit.commit()?;
            Ok(writer)
        })?;
        *slot = Some(writer);
        self.guarded(|| self.reader.reload())?;
        self.seq.store(seq, Ordering::Release);
        Ok(())
    }

    fn open_writer(&self) -> Result<IndexWriter, TantivyError> {
        let writer = self.engine.writer_with_num_threads(1, WRITER_BYTES)?;
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(DELETED_SHARE_MAX);
        writer.set_merge_policy(Box::new(policy));
        Ok(writer)
    }

    fn writer(&self) -> MutexGuard<'_, Option<IndexWriter>> {
        // A panic while the lock was held left the slot empty, which is a sound state.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn meeting_term(&self, meeting: MeetingId) -> Term {
        Term::from_field_text(self.fields.meeting, &meeting.to_string())
    }
}

impl Drop for Index {
    /// Waits for what the engine still writes: the lock of the folder must not be let go before.
    fn drop(&mut self) {
        if let Some(writer) = self.writer().take() {
            writer.set_merge_policy(Box::new(NoMergePolicy));
            // An index that cannot be closed in order is one that the next start repairs or rebuilds.
            let _ = panic::catch_unwind(AssertUnwindSafe(|| writer.wait_merging_threads()));
        }
    }
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index").field("home", &self.home).field("seq", &self.seq()).finish_non_exhaustive()
    }
}

/// The bytes of all files of a folder. A file that a merge removes meanwhile counts nothing.
fn folder_bytes(folder: &std::path::Path) -> Result<u64, TantivyError> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        bytes += entry?.metadata().map_or(0, |metadata| metadata.len());
    }
    Ok(bytes)
}
