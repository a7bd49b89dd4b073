//! `cita watch`, and `cita serve --watch`: what is put into a folder is imported.
//!
//! A file in a sub-folder belongs to the customer that the sub-folder is called after. A file is read once its size and
//! its time have not changed for a while; then it is moved to `done/` or `failed/`, under the same sub-folder, and a
//! report is put beside it. Symbolic links are never followed. Nothing is remembered between two runs: what lies there is
//! what is to be done, and the same bytes are one meeting.

use std::collections::HashMap;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime};

use clap::Args;
use notify::{RecursiveMode, Watcher as _};

use crate::app::{App, Imported, ImportedFile, Newness, Upload};
use crate::model::{Place, Problem, ProblemClass};

use super::files::{REPORT_ENDING, is_offered};
use super::import::{found, left_over_lines};
use super::interrupt::Interrupt;
use super::output::{print, report, say, terminal_language};
use super::{OK, Places, unreadable};

/// Where files go that were imported.
const DONE: &str = "done";
/// Where files go that could not be.
const FAILED: &str = "failed";

/// A file is whole when nothing about it has changed for so long.
const SETTLED: Duration = Duration::from_secs(2);
/// How soon a file that is not whole is looked at again.
const SOON: Duration = Duration::from_millis(700);
/// How often the folder is looked at without being told to: some file systems tell nothing.
const LATER: Duration = Duration::from_secs(30);
/// How long an interrupt may go unnoticed.
const BREATH: Duration = Duration::from_millis(500);

/// Which folder.
#[derive(Args)]
pub struct WatchArgs {
    /// The folder; a sub-folder of it is called after its customer
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The customer of files that lie in no sub-folder, where they name none themselves
    #[arg(long, value_name = "NAME")]
    customer: Option<String>,
    /// Import what lies there now, and end
    #[arg(long)]
    once: bool,
}

/// Watches until Ctrl-C.
pub fn run(places: &Places, args: &WatchArgs) -> Result<u8, Problem> {
    let app = places.open()?;
    let mut watch = Watch::open(app, &args.folder, args.customer.clone())?;
    if args.once {
        watch.until_settled();
        return watch.app.storage_failed().map_or(Ok(OK), Err);
    }
    print(&say(
        &format!("cita mira {} (Ctrl-C para terminar)", args.folder.display()),
        &format!("cita watches {} (Ctrl-C to stop)", args.folder.display()),
    ));
    let interrupt = Interrupt::listen();
    watch.until(|| interrupt.has_come())?;
    Ok(OK)
}

/// Watches beside a server, for as long as the program runs.
pub fn beside(app: Arc<App>, folder: PathBuf) -> Result<(), Problem> {
    let mut watch = Watch::open(app, &folder, None)?;
    std::thread::spawn(move || {
        if let Err(problem) = watch.until(|| false) {
            tracing::error!(code = problem.code, "the folder is watched no more");
        }
    });
    Ok(())
}

/// What is known of a file that may still be growing.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Look {
    bytes: u64,
    changed: Option<SystemTime>,
}

/// A folder that is watched.
struct Watch {
    app: Arc<App>,
    folder: PathBuf,
    customer: Option<String>,
    /// Files that are not whole yet: how they looked, and since when.
    seen: HashMap<PathBuf, (Look, Instant)>,
}

impl Watch {
    fn open(app: Arc<App>, folder: &Path, customer: Option<String>) -> Result<Self, Problem> {
        let folder = folder.canonicalize().map_err(|error| unreadable(folder, &error))?;
        if !folder.is_dir() {
            return Err(no_folder(&folder));
        }
        for own in [DONE, FAILED] {
            make_folder(&folder.join(own))?;
        }
        Ok(Self { app, folder, customer, seen: HashMap::new() })
    }

    /// Looks whenever something happens in the folder, and now and then.
    fn until(&mut self, end: impl Fn() -> bool) -> Result<(), Problem> {
        let (tell, told) = mpsc::channel();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            // Whatever it was, the folder is looked at; nobody listens any more when the program ends.
            let _nobody_may_listen = tell.send(event.is_ok());
        })
        .map_err(|error| unwatchable(&self.folder, &error))?;
        watcher.watch(&self.folder, RecursiveMode::Recursive).map_err(|error| unwatchable(&self.folder, &error))?;
        loop {
            let waiting = self.look();
            if let Some(problem) = self.app.storage_failed() {
                self.app.ring_if_failed();
                return Err(problem);
            }
            if end() || !wait(&told, if waiting { SOON } else { LATER }, &end) {
                return Ok(());
            }
        }
    }

    /// Looks until nothing is left that is still growing.
    fn until_settled(&mut self) {
        while self.look() && self.app.storage_failed().is_none() {
            std::thread::sleep(SOON);
        }
    }

    /// Takes every file that is whole; says whether there are others.
    fn look(&mut self) -> bool {
        let files = self.offered();
        self.seen.retain(|path, _| files.iter().any(|(known, _)| known == path));
        for (path, look) in files {
            let since = match self.seen.get(&path) {
                Some((before, since)) if *before == look => *since,
                _ => {
                    self.seen.insert(path, (look, Instant::now()));
                    continue;
                }
            };
            if since.elapsed() >= SETTLED && self.take(&path) {
                self.seen.remove(&path);
            }
        }
        !self.seen.is_empty()
    }

    /// The files of the folder and of its sub-folders, one level deep, without links and without our own.
    fn offered(&self) -> Vec<(PathBuf, Look)> {
        let mut files = Vec::new();
        let mut folders = vec![(self.folder.clone(), true)];
        while let Some((folder, is_top)) = folders.pop() {
            let Ok(items) = fs::read_dir(&folder) else { continue };
            for item in items.filter_map(Result::ok) {
                let name = item.file_name();
                let name = name.to_string_lossy();
                // The metadata of an item of a folder is its own, never that of what a link points to.
                let Ok(metadata) = item.metadata() else { continue };
                if metadata.is_file() && is_offered(&name) {
                    files.push((item.path(), Look { bytes: metadata.len(), changed: metadata.modified().ok() }));
                } else if metadata.is_dir() && is_top && ![DONE, FAILED].contains(&&*name) && !name.starts_with('.') {
                    folders.push((item.path(), false));
                }
            }
        }
        files.sort_by(|one, other| one.0.cmp(&other.0));
        files
    }

    /// Imports a file and puts it away; false where it has to be tried again.
    fn take(&mut self, path: &Path) -> bool {
        let outcome = self.import(path);
        let again = |problem: &Problem| {
            matches!(problem.class, ProblemClass::StorageFull | ProblemClass::Unavailable | ProblemClass::Internal)
        };
        let files = match outcome {
            Err(problem) if again(&problem) => {
                report(&problem);
                // It counts as just seen, so that it is tried again in a while.
                if let Some((_, since)) = self.seen.get_mut(path) {
                    *since = Instant::now();
                }
                return false;
            }
            Err(problem) => vec![ImportedFile { file_name: name_of(path), outcome: Err(problem) }],
            Ok(files) => files,
        };
        let well = files.iter().all(|file| file.outcome.is_ok());
        if let Some(problem) = files.iter().find_map(|file| file.outcome.as_ref().err()).filter(|one| again(one)) {
            report(problem);
            return false;
        }
        match self.put_away(path, if well { DONE } else { FAILED }, &written(&files)) {
            Ok(target) => print(&format!("{} → {}", path.display(), target.display())),
            Err(problem) => report(&problem),
        }
        true
    }

    fn import(&self, path: &Path) -> Result<Vec<ImportedFile>, Problem> {
        let most = self.app.settings().max_file_bytes;
        let bytes = read_unlinked(path, most).map_err(|error| unreadable(path, &error))?;
        let customer = self.customer_of(path);
        let upload = Upload { file_name: name_of(path), bytes, customer, ..Upload::default() };
        self.app.import_files(None, vec![upload])
    }

    /// The sub-folder's name, or the customer of the command.
    fn customer_of(&self, path: &Path) -> Option<String> {
        let folder = path.parent().filter(|folder| *folder != self.folder);
        folder.map(name_of).or_else(|| self.customer.clone())
    }

    /// Moves a file below `done` or `failed`, with its report beside it; a name that is taken gets a number.
    fn put_away(&self, path: &Path, under: &str, text: &str) -> Result<PathBuf, Problem> {
        let mut folder = self.folder.join(under);
        if let Some(sub) = path.parent().filter(|parent| *parent != self.folder) {
            folder = folder.join(name_of(sub));
            make_folder(&folder)?;
        }
        let target = free_place(&folder, path);
        let mut beside = target.clone().into_os_string();
        beside.push(REPORT_ENDING);
        fs::write(&beside, text).map_err(|error| unwritable(Path::new(&beside), &error))?;
        fs::rename(path, &target).map_err(|error| unwritable(&target, &error))?;
        Ok(target)
    }
}

/// Waits until something happens, the time is over, or it is to end: then false. What happens at once counts once.
fn wait(told: &Receiver<bool>, patience: Duration, end: &impl Fn() -> bool) -> bool {
    let until = Instant::now() + patience;
    loop {
        let left = until.saturating_duration_since(Instant::now()).min(BREATH);
        match told.recv_timeout(left) {
            Ok(_) => {
                while told.recv_timeout(Duration::from_millis(50)).is_ok() {}
                return !end();
            }
            Err(RecvTimeoutError::Timeout) if end() => return false,
            Err(RecvTimeoutError::Timeout) if Instant::now() >= until => return true,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}

/// Reads a file, but not through a link that took its place meanwhile, and not more than so many bytes and one.
fn read_unlinked(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    let named = fs::symlink_metadata(path)?;
    let file = File::open(path)?;
    if !named.is_file() || !is_same(&named, &file.metadata()?) {
        return Err(io::Error::other("a symbolic link"));
    }
    let mut bytes = Vec::new();
    file.take(most as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(unix)]
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    one.len() == other.len()
}

/// What the report beside a file tells.
fn written(files: &[ImportedFile]) -> String {
    let mut lines = Vec::new();
    for file in files {
        match &file.outcome {
            Ok(imported) => lines.extend(lines_of(&file.file_name, imported)),
            Err(problem) => lines.extend(lines_of_problem(&file.file_name, problem)),
        }
    }
    lines.join("\n") + "\n"
}

fn lines_of(file: &str, imported: &Imported) -> Vec<String> {
    let meeting = &imported.summary.meeting;
    let what = match imported.newness {
        Newness::New => say("importado", "imported"),
        Newness::AlreadyThere => say("ya estaba", "there already"),
        Newness::Revision => say("nueva versión", "a new revision"),
    };
    let mut lines = vec![
        format!("{file}: {what}, {} · {}", meeting.title, imported.summary.customer_name),
        format!("  {}", found(&imported.report, &imported.suggestions)),
        format!("  /meetings/{}", meeting.id),
    ];
    for near in &imported.near_duplicates {
        let (title, id) = (&near.meeting.meeting.title, near.meeting.meeting.id);
        lines.push(say(
            &format!("  se parece en {:.0} % a «{title}» ({id})", near.likeness * 100.0),
            &format!("  {:.0} % like “{title}” ({id})", near.likeness * 100.0),
        ));
    }
    lines.extend(left_over_lines(&imported.report, usize::MAX).into_iter().map(|line| format!("  {line}")));
    lines
}

fn lines_of_problem(file: &str, problem: &Problem) -> Vec<String> {
    let language = terminal_language();
    let line = problem.place.as_ref().and_then(|place| place.line).map(|line| format!(":{line}")).unwrap_or_default();
    let mut lines = vec![format!("{file}{line}: {} [{}]", problem.detail.get(language), problem.code)];
    if let Some(excerpt) = problem.place.as_ref().and_then(|place| place.excerpt.as_deref()) {
        lines.push(format!("  | {excerpt}"));
    }
    lines.push(format!("  {}", problem.hint.get(language)));
    lines
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// A place in the folder that nothing lies at: the file's own name, or that with a number.
fn free_place(folder: &Path, path: &Path) -> PathBuf {
    let name = name_of(path);
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => (stem.to_owned(), format!(".{ending}")),
        _ => (name.clone(), String::new()),
    };
    let mut target = folder.join(&name);
    let mut number = 2;
    while target.symlink_metadata().is_ok() {
        target = folder.join(format!("{stem} ({number}){ending}"));
        number += 1;
    }
    target
}

/// Makes a folder of our own; a link in its place is refused, so that nothing is moved elsewhere.
fn make_folder(folder: &Path) -> Result<(), Problem> {
    match fs::symlink_metadata(folder) {
        Ok(metadata) if metadata.is_dir() => Ok(()),
        Ok(_) => Err(no_folder(folder)),
        Err(_) => fs::create_dir(folder).map_err(|error| unwritable(folder, &error)),
    }
}

fn no_folder(path: &Path) -> Problem {
    Problem::new("not_a_folder", ProblemClass::Invalid, "No es una carpeta.", "It is no folder.")
        .hint("Indique una carpeta propia, sin enlaces.", "Name a folder of its own, no link.")
        .at(Place { file: Some(path.display().to_string()), ..Place::default() })
}

fn unwritable(path: &Path, error: &io::Error) -> Problem {
    Problem::new(
        "file_unwritable",
        ProblemClass::Invalid,
        format!("No se puede escribir: {error}"),
        format!("It cannot be written: {error}"),
    )
    .hint("Compruebe la ruta y los permisos.", "Check the path and the permissions.")
    .at(Place { file: Some(path.display().to_string()), ..Place::default() })
}

fn unwatchable(path: &Path, error: &notify::Error) -> Problem {
    Problem::new(
        "folder_unwatchable",
        ProblemClass::Unavailable,
        format!("La carpeta no se puede vigilar: {error}"),
        format!("The folder cannot be watched: {error}"),
    )
    .hint("Compruebe la ruta y los permisos.", "Check the path and the permissions.")
    .at(Place { file: Some(path.display().to_string()), ..Place::default() })
}
