//! Opens the data folder, brings the database to the shape that this program knows, and hands out its connections.

use std::ffi::OsStr;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior, params};
use uuid::Uuid;

use crate::model::{Problem, ProblemClass, WorkspaceId};

use super::originals::sync_folder;
use super::problems::{STORAGE_FAILED, at, failed_before, internal, of_file};

/// The workspace that a data folder begins with.
const LOCAL_WORKSPACE: WorkspaceId = WorkspaceId(Uuid::from_u128(0x00000000_0000_8000_8000_000000000001));

/// "cita", so that no other program's database is taken for ours.
const APPLICATION_ID: i32 = 0x6369_7461;

/// How the shape of the database grew; the number of the last one is its `user_version`.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_start.sql"),
    include_str!("migrations/0002_languages.sql"),
    include_str!("migrations/0003_people_and_revisions.sql"),
    include_str!("migrations/0004_saved_searches.sql"),
];

/// 3.51.3, the first with the repair of a fault that could damage a database in WAL mode.
const OLDEST_SQLITE: i32 = 3_051_003;

const DATABASE: &str = "cita.db";
const LOCK: &str = "cita.lock";
const ORIGINALS: &str = "originals";

/// What may lie in a folder that counts as empty: our own lock, and what a fresh file system brings along.
const NOT_COUNTED: [&str; 2] = [LOCK, "lost+found"];

const PATIENCE: Duration = Duration::from_secs(5);
const CACHED_STATEMENTS: usize = 128;
const MOST_IDLE_READERS: usize = 8;
const MOST_WAL_BYTES: i64 = 64 * 1024 * 1024;

/// The data folder: the database `cita.db` and the original files under `originals/`.
#[derive(Debug)]
pub struct Store {
    pub(super) workspace: WorkspaceId,
    pub(super) originals: PathBuf,
    database: PathBuf,
    writer: Mutex<Connection>,
    idle_readers: Mutex<Vec<Connection>>,
    failed: AtomicBool,
    /// Held as long as the store is open, so that a second program knows that it is not alone.
    lock: File,
}

impl Store {
    /// Opens the data folder `dir`, which is made if it is missing or empty, and finishes what a crash interrupted.
    ///
    /// # Errors
    /// `not_a_data_folder` for a folder that holds other things, `data_is_newer` for one that a newer cita has written,
    /// `storage_unusable` for one that cannot be read and written, and the general problems of storage.
    pub fn open(dir: &Path) -> Result<Self, Problem> {
        check_library()?;
        make_folder(dir)?;
        check_folder(dir)?;
        let lock =
            File::options().create(true).append(true).open(dir.join(LOCK)).map_err(|error| of_file(&error, dir))?;
        let alone = match lock.try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => false,
            Err(TryLockError::Error(error)) => return Err(of_file(&error, dir)),
        };
        let database = dir.join(DATABASE);
        let originals = dir.join(ORIGINALS);
        let mut writer = Connection::open(&database).map_err(|error| at(error.into(), &database))?;
        prepare(&mut writer, MIGRATIONS).map_err(|problem| at(problem, &database))?;
        make_folder(&originals)?;
        sync_folder(dir)?;
        let store = Self {
            workspace: LOCAL_WORKSPACE,
            originals,
            database,
            writer: Mutex::new(writer),
            idle_readers: Mutex::default(),
            failed: AtomicBool::new(false),
            lock,
        };
        if alone {
            store.finish_interrupted()?;
        }
        store.lock.unlock().and_then(|()| store.lock.lock_shared()).map_err(|error| of_file(&error, dir))?;
        Ok(store)
    }

    /// The workspace whose rows this store reads and writes.
    pub fn workspace(&self) -> WorkspaceId {
        self.workspace
    }

    /// Did the disk fail to confirm a change? From then on every change is refused; the program should stop.
    pub fn has_failed(&self) -> bool {
        self.failed.load(Ordering::Acquire)
    }

    /// Runs `act` in one transaction that is durable when this returns well and undone when it does not.
    pub(super) fn write<T>(&self, act: impl FnOnce(&Transaction<'_>) -> Result<T, Problem>) -> Result<T, Problem> {
        if self.has_failed() {
            return Err(failed_before());
        }
        let mut writer = locked(&self.writer);
        self.noting_failure(|| {
            let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = act(&transaction)?;
            transaction.commit()?;
            Ok(value)
        })
    }

    /// Runs `act` on one moment of the database.
    pub(super) fn read<T>(&self, act: impl FnOnce(&Connection) -> Result<T, Problem>) -> Result<T, Problem> {
        let idle = locked(&self.idle_readers).pop();
        let mut reader = idle.map_or_else(|| self.new_reader(), Ok)?;
        let moment = reader.transaction()?;
        let value = act(&moment);
        moment.finish()?;
        let mut idle = locked(&self.idle_readers);
        if idle.len() < MOST_IDLE_READERS {
            idle.push(reader);
        }
        value
    }

    /// Runs `act`, and remembers it if the disk would not confirm what it did.
    pub(super) fn noting_failure<T>(&self, act: impl FnOnce() -> Result<T, Problem>) -> Result<T, Problem> {
        act().inspect_err(|problem| {
            if problem.code == STORAGE_FAILED {
                self.failed.store(true, Ordering::Release);
            }
        })
    }

    /// Moves everything from the write-ahead log into the database and empties the log, so that nothing erased stays
    /// readable in it. Readers may keep it from finishing; the next one does then.
    pub(super) fn empty_log(&self) -> Result<(), Problem> {
        let writer = locked(&self.writer);
        writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    fn new_reader(&self) -> Result<Connection, Problem> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let reader = Connection::open_with_flags(&self.database, flags)?;
        settle(&reader)?;
        Ok(reader)
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic while the lock was held rolled its transaction back: what the lock guards is whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn check_library() -> Result<(), Problem> {
    if rusqlite::version_number() >= OLDEST_SQLITE {
        return Ok(());
    }
    Err(internal(
        "sqlite_too_old",
        format!("Este programa lleva SQLite {}, que puede dañar los datos.", rusqlite::version()),
        format!("This program carries SQLite {}, which may damage the data.", rusqlite::version()),
    )
    .hint("Usa una compilación con SQLite 3.51.3 o más nuevo.", "Use a build with SQLite 3.51.3 or newer."))
}

/// Makes `dir` and its parents, readable for its owner alone, and makes its name durable.
fn make_folder(dir: &Path) -> Result<(), Problem> {
    if dir.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir).map_err(|error| of_file(&error, dir))?;
    match dir.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => sync_folder(parent),
        _ => Ok(()),
    }
}

/// Refuses a folder that is somebody else's: it is not empty, and no database of ours lies in it.
fn check_folder(dir: &Path) -> Result<(), Problem> {
    if dir.join(DATABASE).exists() {
        return Ok(());
    }
    let entries = fs::read_dir(dir).map_err(|error| of_file(&error, dir))?;
    for entry in entries {
        let name = entry.map_err(|error| of_file(&error, dir))?.file_name();
        if !NOT_COUNTED.iter().any(|own| OsStr::new(own) == name) {
            return Err(at(not_a_data_folder(), dir));
        }
    }
    Ok(())
}

fn not_a_data_folder() -> Problem {
    Problem::new(
        "not_a_data_folder",
        ProblemClass::Invalid,
        "Esta carpeta no es de cita: contiene otras cosas y no tiene la base de datos `cita.db`.",
        "This folder is not one of cita's: it holds other things and not the database `cita.db`.",
    )
    .hint(
        "Indica la carpeta de datos correcta, o una vacía para empezar; revisa que el disco esté montado.",
        "Name the right data folder, or an empty one to begin; check that the disk is mounted.",
    )
}

fn data_is_newer(found: usize, known: usize) -> Problem {
    Problem::new(
        "data_is_newer",
        ProblemClass::Invalid,
        format!(
            "Estos datos son de una versión más nueva de cita (esquema {found}; este programa conoce hasta el {known})."
        ),
        format!("This data was written by a newer cita (schema {found}; this program knows up to {known})."),
    )
    .hint("Usa esa versión o una más nueva.", "Use that version or a newer one.")
}

/// Checks whose database it is before anything is changed, then sets it up and brings it to the newest shape.
fn prepare(connection: &mut Connection, migrations: &[&str]) -> Result<(), Problem> {
    connection.busy_timeout(PATIENCE)?;
    check_database(connection, migrations.len())?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "journal_size_limit", MOST_WAL_BYTES)?;
    settle(connection)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version = check_database(&transaction, migrations.len())?;
    for migration in &migrations[version..] {
        transaction.execute_batch(migration)?;
    }
    if version < migrations.len() {
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", i64::try_from(migrations.len()).unwrap_or(i64::MAX))?;
    }
    let made = "INSERT INTO workspaces (id, name) VALUES (?1, 'local') ON CONFLICT DO NOTHING";
    transaction.execute(made, params![LOCAL_WORKSPACE])?;
    transaction.commit()?;
    Ok(())
}

/// The number of the last migration that this database has seen; zero for an empty one.
fn check_database(connection: &Connection, known: usize) -> Result<usize, Problem> {
    let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let application = match number("application_id") {
        Err(rusqlite::Error::SqliteFailure(failure, _)) if failure.code == rusqlite::ErrorCode::NotADatabase => {
            return Err(not_a_data_folder());
        }
        other => other?,
    };
    let version = usize::try_from(number("user_version")?).unwrap_or_default();
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match application {
        _ if application == i64::from(APPLICATION_ID) && version > known => Err(data_is_newer(version, known)),
        _ if application == i64::from(APPLICATION_ID) => Ok(version),
        0 if version == 0 && tables == 0 => Ok(0),
        _ => Err(not_a_data_folder()),
    }
}

fn settle(connection: &Connection) -> Result<(), Problem> {
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Customer, CustomerId, Standing};

    fn customer(number: u128) -> Customer {
        let id = CustomerId(Uuid::from_u128(number));
        let name = "Molinos ".repeat(2000) + &number.to_string();
        Customer { id, name, standing: Standing::Active, created_at: String::new() }
    }

    #[test]
    fn a_full_disk_is_told_and_everything_else_goes_on() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let limit = |pages: i64| locked(&store.writer).pragma_update(None, "max_page_count", pages).unwrap();
        store.add_customer(&customer(0)).unwrap();
        limit(1);
        let problem = store.add_customer(&customer(1)).unwrap_err();
        assert_eq!((problem.code.as_str(), problem.class), ("storage_full", ProblemClass::StorageFull));
        assert_eq!(store.customers().unwrap().len(), 1, "reading goes on");
        limit(100_000);
        store.add_customer(&customer(1)).unwrap();
        assert!(!store.has_failed());
    }

    #[test]
    fn after_a_failed_confirmation_nothing_more_is_accepted() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let sync_failure = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_IOERR_FSYNC);
        let outcome: Result<(), Problem> =
            store.write(|_| Err(rusqlite::Error::SqliteFailure(sync_failure, None).into()));
        assert_eq!(outcome.unwrap_err().code, STORAGE_FAILED);
        assert!(store.has_failed());
        assert_eq!(store.add_customer(&customer(0)).unwrap_err().code, STORAGE_FAILED);
        assert_eq!(store.customers().unwrap(), [], "reading goes on");
    }

    #[test]
    fn a_migration_is_applied_once_and_whole() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(DATABASE);
        let first = MIGRATIONS[0];
        let broken = [first, "CREATE TABLE added (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1);"];
        let sound = [first, "CREATE TABLE added (x INTEGER) STRICT;"];
        let mut connection = Connection::open(&path).unwrap();
        prepare(&mut connection, &sound[..1]).unwrap();
        assert!(prepare(&mut connection, &broken).is_err());
        assert_eq!(check_database(&connection, 2), Ok(1), "nothing of it stays");
        prepare(&mut connection, &sound).unwrap();
        prepare(&mut connection, &sound).unwrap();
        assert_eq!(check_database(&connection, 2), Ok(2));
        assert_eq!(prepare(&mut connection, &sound[..1]).unwrap_err().code, "data_is_newer");
    }
}
