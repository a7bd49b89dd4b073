//! The index is derived: whatever happens to its folder, it comes to hold what the store holds.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use cita::app::{App, IndexState, RealWorld, SearchRequest, Upload};
use cita::config::Settings;

use crate::support::Client;
use crate::support::meetings::{CALL, TALK};

struct Kept {
    folder: tempfile::TempDir,
}

impl Kept {
    /// Two meetings on disk, and nobody serving them.
    fn new() -> Self {
        let kept = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        let app = kept.open();
        for (name, text) in [("call.vtt", CALL), ("talk.txt", TALK)] {
            let customer = Some("Molinos Aurora".to_owned());
            let upload = Upload { file_name: name.to_owned(), bytes: text.into(), customer, ..Upload::default() };
            app.import(&upload).expect("it can be imported");
        }
        close(app);
        kept
    }

    /// The same on a copy of the disk.
    fn copy(&self) -> Self {
        let copy = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        for from in all_files(self.folder.path()) {
            let to = copy.folder.path().join(from.strip_prefix(self.folder.path()).expect("it lies in it"));
            fs::create_dir_all(to.parent().expect("a file lies in a folder")).expect("it can be made");
            fs::copy(from, to).expect("it can be copied");
        }
        copy
    }

    fn index(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    fn open(&self) -> Arc<App> {
        let settings = Settings { data: self.folder.path().join("data"), index: self.index(), ..Settings::default() };
        App::open(settings, Box::new(RealWorld)).expect("the store is sound, so the service opens")
    }

    /// The service is there at once; a moment later search finds everything again.
    #[track_caller]
    fn expect_whole(&self, what: &str) {
        let app = self.open();
        assert_eq!(app.meetings(None, None, None).expect("the store answers at once").len(), 2, "{what}");
        app.wait_for_index();
        let status = app.index_status().expect("a status");
        assert_eq!((&status.state, status.behind), (&IndexState::Ready, 0), "{what}");
        for (q, total) in [("spreadsheet", 1), ("factura", 2), ("copy OR copiar", 2)] {
            let request = SearchRequest { q: q.to_owned(), literal: true, ..SearchRequest::default() };
            let page = app.search(&request).expect("an answer");
            assert_eq!(page.total, total, "{what}: {q}");
        }
        close(app);
    }
}

#[test]
fn a_deleted_index_comes_back() {
    let kept = Kept::new();
    fs::remove_dir_all(kept.index()).expect("it can be deleted");
    kept.expect_whole("no folder");
    for file in files(&kept.index()) {
        fs::remove_file(file).expect("it can be deleted");
    }
    kept.expect_whole("an empty folder");
}

#[test]
fn any_file_that_is_missing_cut_or_flipped_is_made_good() {
    let original = Kept::new();
    let names: Vec<String> = files(&original.index()).iter().map(|path| kind_of(path)).collect();
    let mut kinds = names.clone();
    kinds.sort();
    kinds.dedup();
    assert!(kinds.len() > 3, "{kinds:?}");
    for kind in kinds {
        for (what, damage) in DAMAGES {
            let kept = original.copy();
            for path in files(&kept.index()).iter().filter(|path| kind_of(path) == kind) {
                damage(path);
            }
            kept.expect_whole(&format!("{what}: {kind}"));
        }
    }
}

#[test]
fn damage_that_a_search_meets_becomes_a_rebuild() {
    let kept = Kept::new();
    let app = kept.open();
    app.wait_for_index();
    for path in files(&kept.index()).iter().filter(|path| kind_of(path) != "json") {
        // Written over in place, as a failing disk would: the file keeps its length and stays open.
        let length = fs::metadata(path).expect("it is there").len();
        let mut file = fs::File::options().write(true).open(path).expect("it can be opened");
        file.write_all(&vec![0xa5; usize::try_from(length).expect("a small file")]).expect("it can be damaged");
    }
    let client = Client::of(&app);
    let answer = client.get("/api/v1/search?q=spreadsheet").expect(200).json();
    assert_eq!((&answer["index"]["state"]["is"], &answer["total"]), (&"rebuilding".into(), &0.into()), "{answer:#}");
    app.wait_for_index();
    let answer = client.get("/api/v1/search?q=spreadsheet").expect(200).json();
    assert_eq!((&answer["index"]["state"]["is"], &answer["total"]), (&"ready".into(), &1.into()), "{answer:#}");
}

#[test]
fn a_foreign_file_disturbs_nobody() {
    let kept = Kept::new();
    fs::write(kept.index().join("notes.txt"), "mine").expect("it can be written");
    kept.expect_whole("a foreign file");
    assert_eq!(fs::read_to_string(kept.index().join("notes.txt")).expect("it is kept"), "mine");
}

#[test]
fn changes_that_the_index_missed_reach_it_at_the_next_start() {
    let kept = Kept::new();
    let app = kept.open();
    let upload = Upload {
        file_name: "late.txt".to_owned(),
        bytes: "Ana: El zeppelin llegó tarde otra vez.\nBeto: Entiendo.\n".into(),
        customer: Some("Acme".to_owned()),
        ..Upload::default()
    };
    app.import_unindexed(&upload).expect("it can be imported");
    assert_eq!(app.index_status().expect("a status").behind, 1);
    close(app);
    let page = kept.open().search(&SearchRequest { q: "zeppelin".to_owned(), ..SearchRequest::default() });
    assert_eq!(page.expect("an answer").total, 1);
}

/// Ends the service once nobody uses it any more: a rebuild in the background holds it, too.
fn close(app: Arc<App>) {
    let asked = Instant::now();
    while Arc::strong_count(&app) > 1 {
        assert!(asked.elapsed() < Duration::from_secs(20), "somebody still holds the service");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Ways for a file to go wrong.
const DAMAGES: [(&str, fn(&Path)); 3] = [
    ("missing", |path| fs::remove_file(path).expect("it can be deleted")),
    ("cut in half", |path| {
        let bytes = fs::read(path).expect("it can be read");
        fs::write(path, &bytes[..bytes.len() / 2]).expect("it can be written");
    }),
    ("flipped", |path| {
        let mut bytes = fs::read(path).expect("it can be read");
        for place in [bytes.len() / 4, bytes.len() / 2, bytes.len().saturating_sub(2)] {
            if let Some(byte) = bytes.get_mut(place) {
                *byte ^= 0x55;
            }
        }
        fs::write(path, bytes).expect("it can be written");
    }),
];

/// What sort of file this is: its ending, or its name where it has none.
fn kind_of(path: &Path) -> String {
    path.extension().or(path.file_name()).expect("a file has a name").to_string_lossy().into_owned()
}

/// The files of the index itself; lock files hold nothing.
fn files(folder: &Path) -> Vec<PathBuf> {
    all_files(folder).into_iter().filter(|path| !path.to_string_lossy().ends_with(".lock")).collect()
}

fn all_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for item in fs::read_dir(folder).expect("it can be read").map(|item| item.expect("it can be read")) {
        let path = item.path();
        match path.is_dir() {
            true => found.extend(all_files(&path)),
            false => found.push(path),
        }
    }
    found
}
