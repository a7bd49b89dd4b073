//! What becomes of a folder that is missing, damaged, old, foreign, locked or refused.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use cita::search::{Health, Index, Opened, Query, RebuildReason};
use tempfile::TempDir;

use super::{id, meeting, search, sorted_places};

/// A folder with an index in it: three commits, a deletion, README and `.gitignore` beside it.
fn filled() -> TempDir {
    let dir = TempDir::new().expect("a temporary folder");
    fs::write(dir.path().join("README.md"), "leave me").expect("it can be written");
    fs::write(dir.path().join(".gitignore"), "*").expect("it can be written");
    let Opened { index, health } = Index::open(dir.path()).expect("a new folder can be used");
    assert_eq!(health, Health::Rebuild { reason: RebuildReason::Missing });
    let long = ["uno dos", "a", "b", "c", "d", "e", "f", "g", "h", "i"];
    index.apply(&[meeting(1, &long), meeting(2, &["dos tres", "uno"])], &[], 3).expect("it can be written");
    index.apply(&[meeting(3, &["cuatro", "uno"])], &[], 4).expect("it can be written");
    index.apply(&[], &[id(2)], 5).expect("it can be written");
    drop(index);
    dir
}

/// What lies in the folder, below it too.
fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).expect("it can be listed") {
        let path = entry.expect("it can be listed").path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn asides(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).expect("it can be listed").map(|entry| entry.expect("it can be listed").path());
    entries.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("damaged-"))).collect()
}

/// Opens, and where a rebuild is asked for, rebuilds; in the end the index must answer.
fn open_and_rebuild(dir: &Path) -> Health {
    let Opened { index, health } = Index::open(dir).expect("it is no matter of rights");
    if let Health::Rebuild { .. } = health {
        assert_eq!(search(&index, "").total, 0, "it begins empty");
        index.apply(&[meeting(1, &["uno dos"])], &[], 0).expect("it can be written");
        index.apply(&[meeting(3, &["cuatro", "uno"])], &[], 5).expect("it can be written");
    }
    assert_eq!(sorted_places(&search(&index, "uno")), [(1, 0), (3, 1)]);
    assert_eq!(index.seq(), 5);
    health
}

/// After a damage: the copy is there once, what is no part of the index is untouched, and the next start is sound.
fn assert_set_aside_once(dir: &Path, case: &str) {
    assert_eq!(asides(dir).len(), 1, "{case}");
    assert_eq!(fs::read_to_string(dir.join("README.md")).expect("it is there"), "leave me", "{case}");
    assert_eq!(open_and_rebuild(dir), Health::Ready { seq: 5 }, "{case}");
    assert_eq!(asides(dir).len(), 1, "{case}");
}

const DAMAGED: Health = Health::Rebuild { reason: RebuildReason::Damaged };

#[test]
fn a_sound_folder_is_opened_as_it_is() {
    let dir = filled();
    let before: BTreeSet<PathBuf> = files(dir.path()).into_iter().collect();
    for _ in 0..2 {
        assert_eq!(open_and_rebuild(dir.path()), Health::Ready { seq: 5 });
    }
    assert!(asides(dir.path()).is_empty());
    assert!(
        before.iter().any(|path| path.extension().is_some_and(|kind| kind == "del")),
        "the fixture holds deletions"
    );
}

#[test]
fn a_file_of_each_kind_may_be_missing_cut_or_emptied() {
    let kinds: BTreeSet<String> = engine_files(filled().path()).iter().map(|path| kind(path)).collect();
    assert!(kinds.len() >= 8, "{kinds:?}");
    for kind_of_file in kinds.iter().filter(|kind| !kind.ends_with("lock")) {
        for damage in ["missing", "cut", "emptied", "halved"] {
            let dir = filled();
            let path =
                engine_files(dir.path()).into_iter().find(|path| kind(path) == *kind_of_file).expect("it is there");
            let bytes = fs::read(&path).expect("it can be read");
            match damage {
                "missing" => fs::remove_file(&path),
                "cut" => fs::write(&path, &bytes[..bytes.len() - 7]),
                "halved" => fs::write(&path, &bytes[..bytes.len() / 2]),
                _ => fs::write(&path, b""),
            }
            .expect("it can be damaged");
            let case = format!("{kind_of_file} {damage}");
            // The engine's list of files to clear away may be lost: everything it answers from is still sound.
            if case == ".managed.json missing" {
                assert_eq!(open_and_rebuild(dir.path()), Health::Ready { seq: 5 }, "{case}");
                continue;
            }
            assert_eq!(open_and_rebuild(dir.path()), DAMAGED, "{case}");
            assert_set_aside_once(dir.path(), &case);
        }
    }
}

#[test]
fn a_flipped_bit_is_found_or_changes_nothing() {
    let sound = filled();
    for path in engine_files(sound.path()) {
        let length = fs::read(&path).expect("it can be read").len();
        let name = path.strip_prefix(sound.path()).expect("it lies inside").to_owned();
        for step in 0..4 {
            if length == 0 {
                continue;
            }
            let at = (length - 1) * step / 3;
            let dir = TempDir::new().expect("a temporary folder");
            copy(sound.path(), dir.path());
            let mut bytes = fs::read(dir.path().join(&name)).expect("it can be read");
            bytes[at] ^= 1 << (step % 8);
            fs::write(dir.path().join(&name), bytes).expect("it can be damaged");
            let case = format!("{} byte {at} of {length}", name.display());
            let health = open_and_rebuild(dir.path());
            let in_a_segment = name.extension().is_some_and(|kind| kind != "json" && kind != "lock");
            // The last hundred bytes hold the checksum and the version of who wrote it, which may change unnoticed.
            if in_a_segment && at + 110 < length {
                assert_eq!(health, DAMAGED, "{case}");
            }
            if let Health::Rebuild { reason } = health {
                assert!(matches!(reason, RebuildReason::Damaged | RebuildReason::Outdated), "{case}: {reason:?}");
                assert_set_aside_once(dir.path(), &case);
            }
        }
    }
}

#[test]
fn every_bit_of_the_list_of_segments_is_guarded() {
    let sound = filled();
    let name = Path::new("v1/meta.json");
    let bytes = fs::read(sound.path().join(name)).expect("it can be read");
    for at in (0..bytes.len()).step_by(41) {
        let dir = TempDir::new().expect("a temporary folder");
        copy(sound.path(), dir.path());
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        fs::write(dir.path().join(name), damaged).expect("it can be damaged");
        // Whatever the bit meant: the answers are right, from the old files or from new ones.
        open_and_rebuild(dir.path());
    }
}

#[test]
fn an_older_stamp_is_built_again() {
    let dir = filled();
    let path = dir.path().join("v1/meta.json");
    let meta = fs::read_to_string(&path).expect("it can be read");
    // Rules of another version, with the sum that such a version would have written.
    let rules = "schema 0, analyzers 0000000000000000";
    let sum = &blake3_hex(&format!("{rules} at 5 with 5"))[..16];
    let payload = format!("{{'rules':'{rules}','seq':5,'documents':5,'sum':'{sum}'}}").replace('\'', "\\\"");
    let start = meta.find("\"payload\"").expect("a commit carries a payload");
    let value = start + meta[start..].find(": \"").or_else(|| meta[start..].find(":\"")).expect("it has a value");
    let value = value + meta[value..].find('"').expect("it has a value") + 1;
    let end = value + meta[value..].find("}\"").expect("it ends") + 1;
    fs::write(&path, format!("{}{payload}{}", &meta[..value], &meta[end..])).expect("it can be written");
    assert_eq!(open_and_rebuild(dir.path()), Health::Rebuild { reason: RebuildReason::Outdated });
    assert_set_aside_once(dir.path(), "an older stamp");
}

#[test]
fn no_folder_at_all_and_an_empty_one() {
    let dir = TempDir::new().expect("a temporary folder");
    let missing = dir.path().join("not/yet/there");
    assert_eq!(open_and_rebuild(&missing), Health::Rebuild { reason: RebuildReason::Missing });
    assert!(asides(&missing).is_empty());
    let dir = filled();
    fs::remove_dir_all(dir.path().join("v1")).expect("it can be removed");
    assert_eq!(open_and_rebuild(dir.path()), Health::Rebuild { reason: RebuildReason::Missing });
    assert!(asides(dir.path()).is_empty());
}

#[test]
fn foreign_files_are_left_alone() {
    let dir = filled();
    fs::write(dir.path().join("v1/notes.txt"), "mine").expect("it can be written");
    fs::write(dir.path().join("photo.jpg"), "mine too").expect("it can be written");
    assert_eq!(open_and_rebuild(dir.path()), Health::Ready { seq: 5 });
    assert_eq!(fs::read_to_string(dir.path().join("v1/notes.txt")).expect("it is there"), "mine");
    // A folder that never was an index, and a file in the place of the folder: both are kept.
    let dir = filled();
    fs::remove_dir_all(dir.path().join("v1")).expect("it can be removed");
    fs::create_dir(dir.path().join("v1")).expect("it can be made");
    fs::write(dir.path().join("v1/thesis.odt"), "years of work").expect("it can be written");
    assert_eq!(open_and_rebuild(dir.path()), DAMAGED);
    assert_eq!(fs::read_to_string(asides(dir.path())[0].join("thesis.odt")).expect("it is kept"), "years of work");
    let dir = TempDir::new().expect("a temporary folder");
    fs::write(dir.path().join("v1"), "a file").expect("it can be written");
    assert_eq!(open_and_rebuild(dir.path()), DAMAGED);
    assert_eq!(fs::read_to_string(&asides(dir.path())[0]).expect("it is kept"), "a file");
}

#[test]
fn damage_while_it_runs_is_reported_and_mended_in_place() {
    let kinds: BTreeSet<String> = engine_files(filled().path()).iter().map(|path| kind(path)).collect();
    let mut reported = 0;
    for kind_of_file in kinds.iter().filter(|kind| !kind.starts_with('.') && *kind != "meta.json") {
        let dir = filled();
        let Opened { index, .. } = Index::open(dir.path()).expect("it can be opened");
        for path in engine_files(dir.path()).into_iter().filter(|path| kind(path) == *kind_of_file) {
            // Written over in place, as a failing disk would: the file keeps its length and stays mapped.
            let length = fs::read(&path).expect("it can be read").len();
            let mut file = fs::File::options().write(true).open(&path).expect("it can be opened");
            file.write_all(&vec![0xa5; length]).expect("it can be damaged");
        }
        for text in ["uno", "\"uno dos\"", "cuat*", "", "speaker:ana uno"] {
            let answer = index.search(&Query { text: text.to_owned(), limit: 10, ..Query::default() });
            if let Err(problem) = answer {
                assert_eq!(problem.code, "index_damaged", "{kind_of_file} {text}");
                assert!(index.is_damaged(), "{kind_of_file} {text}");
                let refused = index.apply(&[], &[id(1)], 6).expect_err("nothing is written over damage");
                assert_eq!(refused.code, "index_damaged");
                reported += 1;
            }
        }
        index.clear().expect("it can be emptied");
        assert!(!index.is_damaged());
        index.apply(&[meeting(1, &["uno otra vez"])], &[], 6).expect("it can be written");
        assert_eq!(sorted_places(&search(&index, "uno")), [(1, 0)], "{kind_of_file}");
        drop(index);
        let Opened { health, .. } = Index::open(dir.path()).expect("it can be opened");
        assert_eq!(health, Health::Ready { seq: 6 }, "{kind_of_file}");
    }
    assert!(reported > 0, "some damage must be met by a search");
}

#[test]
fn only_the_newest_damaged_copy_is_kept() {
    let dir = filled();
    for round in 1..=3 {
        fs::write(dir.path().join("v1/meta.json"), format!("round {round}")).expect("it can be damaged");
        assert_eq!(open_and_rebuild(dir.path()), DAMAGED);
        let copies = asides(dir.path());
        assert_eq!(copies.len(), 1);
        assert_eq!(fs::read_to_string(copies[0].join("meta.json")).expect("it is kept"), format!("round {round}"));
    }
}

#[test]
fn a_rebuild_that_was_cut_off_is_begun_again() {
    let dir = TempDir::new().expect("a temporary folder");
    let Opened { index, .. } = Index::open(dir.path()).expect("a new folder can be used");
    index.apply(&[meeting(9, &["a medias"])], &[], 0).expect("it can be written");
    drop(index);
    let Opened { index, health } = Index::open(dir.path()).expect("it can be opened");
    assert_eq!(health, Health::Rebuild { reason: RebuildReason::Unfinished });
    index.clear().expect("it can be emptied");
    index.apply(&[meeting(1, &["entero"])], &[], 2).expect("it can be written");
    drop(index);
    let Opened { index, health } = Index::open(dir.path()).expect("it can be opened");
    assert_eq!(health, Health::Ready { seq: 2 });
    assert_eq!((search(&index, "medias").total, search(&index, "entero").total), (0, 1));
}

#[test]
fn a_lock_is_reported_while_it_is_held_and_stale_ones_do_no_harm() {
    let dir = filled();
    let first = Index::open(dir.path()).expect("it can be opened");
    let problem = Index::open(dir.path()).expect_err("it is in use");
    assert_eq!(problem.code, "index_locked");
    assert!(asides(dir.path()).is_empty());
    assert_eq!(sorted_places(&search(&first.index, "uno")), [(1, 0), (3, 1)]);
    drop(first);
    fs::write(dir.path().join(".lock"), "4242").expect("it can be written");
    fs::write(dir.path().join("v1/.tantivy-writer.lock"), "4242").expect("it can be written");
    fs::write(dir.path().join("v1/.tantivy-meta.lock"), "4242").expect("it can be written");
    assert_eq!(open_and_rebuild(dir.path()), Health::Ready { seq: 5 });
}

#[test]
fn what_the_system_refuses_is_reported_and_nothing_is_set_aside() {
    let dir = filled();
    fs::write(dir.path().join("file"), "not a folder").expect("it can be written");
    let problem = Index::open(&dir.path().join("file/index")).expect_err("a file is no folder");
    assert_eq!(problem.code, "index_refused");
    // The kernel's own folders refuse files even to an administrator.
    let kernel = Path::new("/proc/self/fdinfo");
    if kernel.is_dir() {
        let problem = Index::open(kernel).expect_err("nothing can be written there");
        assert_eq!(problem.code, "index_refused");
    }
    let before = files(dir.path());
    let mut rights = fs::metadata(dir.path()).expect("it is there").permissions();
    let writable = rights.clone();
    rights.set_readonly(true);
    fs::set_permissions(dir.path(), rights).expect("it can be set");
    let opened = Index::open(dir.path());
    fs::set_permissions(dir.path(), writable).expect("it can be set");
    // An administrator writes into a read-only folder all the same; anybody else is told.
    match opened {
        Ok(opened) => assert_eq!(opened.health, Health::Ready { seq: 5 }),
        Err(problem) => assert_eq!(problem.code, "index_refused"),
    }
    assert!(asides(dir.path()).is_empty());
    assert_eq!(files(dir.path()), before);
}

#[test]
fn many_small_changes_do_not_let_the_folder_grow() {
    let dir = TempDir::new().expect("a temporary folder");
    let Opened { index, .. } = Index::open(dir.path()).expect("a new folder can be used");
    let lines: Vec<String> = (0..60).map(|at| format!("línea {at} del pedido número {}", at * 7919 % 101)).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let meetings: Vec<_> = (0..20).map(|number| meeting(number, &lines)).collect();
    for (seq, at) in (1..).zip((0..150).map(|round| round % meetings.len())) {
        index.apply(std::slice::from_ref(&meetings[at]), &[], seq).expect("it can be written");
    }
    drop(index);
    let Opened { index, health } = Index::open(dir.path()).expect("it can be opened");
    assert_eq!(health, Health::Ready { seq: 150 });
    let changed = index.stats().expect("it can be counted");
    assert_eq!((changed.meetings, changed.utterances), (20, 1_200));
    let fresh = TempDir::new().expect("a temporary folder");
    let Opened { index, .. } = Index::open(fresh.path()).expect("a new folder can be used");
    index.apply(&meetings, &[], 1).expect("it can be written");
    let once = index.stats().expect("it can be counted");
    assert!(changed.bytes <= 3 * once.bytes, "{changed:?} against {once:?}");
}

/// The engine's files of a folder.
fn engine_files(dir: &Path) -> Vec<PathBuf> {
    files(&dir.join("v1"))
}

/// The kind of a file: its name without the part that names its segment.
fn kind(path: &Path) -> String {
    let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
    let is_named = name == "meta.json" || name.starts_with('.');
    if is_named { name } else { name.rsplit('.').next().unwrap_or_default().to_owned() }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("it can be listed") {
        let entry = entry.expect("it can be listed");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir(&target).expect("it can be made");
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("it can be copied");
        }
    }
}

fn blake3_hex(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}
