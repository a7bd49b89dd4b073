//! The data folder: opened, damaged, interrupted, erased from.

use std::fs;
use std::path::{Path, PathBuf};

use cita::model::*;
use cita::store::{Added, NewMeeting, Store};
use rusqlite::Connection;
use tempfile::TempDir;

use super::kit::{House, customer, file_of, meeting, talk};

fn visited() -> (House, NewMeeting) {
    let house = House::new();
    let new = NewMeeting { new_customer: true, ..talk(&customer("Molinos del Sur"), "Visita") };
    house.add(&new);
    (house, new)
}

fn original_of(house: &House, hash: &SourceHash) -> PathBuf {
    house.dir.path().join("originals").join(&hash.0[..2]).join(&hash.0[2..])
}

fn codes(house: &House) -> Vec<String> {
    house.store.verify().unwrap().into_iter().map(|problem| problem.code).collect()
}

fn refused(dir: &Path) -> Problem {
    Store::open(dir).unwrap_err()
}

/// Every file below a folder.
fn files_below(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(files_below(&path)) } else { files.push(path) }
    }
    files
}

fn holds(path: &Path, words: &str) -> bool {
    fs::read(path).unwrap().windows(words.len()).any(|window| window == words.as_bytes())
}

#[test]
fn a_folder_is_made_where_none_is_and_opened_again() {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("deep").join("data");
    let new = NewMeeting { new_customer: true, ..talk(&customer("Molinos del Sur"), "Visita") };
    let store = Store::open(&data).unwrap();
    store.put_original(file_of(&new)).unwrap();
    store.add_meeting(&new).unwrap();
    let workspace = store.workspace();
    drop(store);

    let store = Store::open(&data).unwrap();
    assert_eq!(store.workspace(), workspace);
    assert_eq!(store.meeting(new.meeting.id).unwrap().unwrap().transcript, new.transcript);
    assert_eq!(store.verify().unwrap(), []);
    let second = Store::open(&data).unwrap();
    assert_eq!(second.meeting_ids().unwrap(), [new.meeting.id], "two programs may share a folder");
}

#[test]
fn somebody_elses_folder_is_refused_and_left_alone() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("photo.jpg"), "x").unwrap();
    let problem = refused(dir.path());
    assert_eq!((problem.code.as_str(), problem.class), ("not_a_data_folder", ProblemClass::Invalid));
    assert_eq!(problem.place.unwrap().file.as_deref(), dir.path().to_str());
    assert_eq!(files_below(dir.path()), [dir.path().join("photo.jpg")]);
}

#[test]
fn somebody_elses_database_is_refused_and_left_alone() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("cita.db");
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE appointments (day TEXT)").unwrap();
    let before = fs::read(&path).unwrap();
    assert_eq!(refused(dir.path()).code, "not_a_data_folder");
    assert_eq!(fs::read(&path).unwrap(), before);

    fs::write(&path, "no database at all, but a text that is long enough to have a header of its own. ".repeat(20))
        .unwrap();
    assert_eq!(refused(dir.path()).code, "not_a_data_folder");
}

#[test]
fn data_of_a_newer_program_is_refused_and_left_alone() {
    let dir = TempDir::new().unwrap();
    drop(Store::open(dir.path()).unwrap());
    let path = dir.path().join("cita.db");
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 900).unwrap();
    let before = fs::read(&path).unwrap();
    let problem = refused(dir.path());
    assert_eq!((problem.code.as_str(), problem.class), ("data_is_newer", ProblemClass::Invalid));
    assert!(problem.detail.en.contains("900"), "{}", problem.detail.en);
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "x").unwrap();
    let problem = refused(&file.join("data"));
    assert_eq!((problem.code.as_str(), problem.class), ("storage_unusable", ProblemClass::Unavailable));
}

#[test]
fn originals_are_kept_once_under_their_hash() {
    let house = House::new();
    let hash = house.store.put_original(b"hola").unwrap();
    assert_eq!(hash, SourceHash::of(b"hola"));
    assert_eq!(house.store.put_original(b"hola").unwrap(), hash);
    assert_eq!(house.store.original(&hash).unwrap(), b"hola");
    assert_eq!(files_below(&house.dir.path().join("originals")), [original_of(&house, &hash)]);
    assert_eq!(house.store.original(&SourceHash::of(b"adios")).unwrap_err().code, "original_not_found");
    for hostile in ["", "../cita.db", "..", "/etc/hostname", &"A".repeat(64), &"é".repeat(32)] {
        let problem = house.store.original(&SourceHash(hostile.to_owned())).unwrap_err();
        assert_eq!((problem.code.as_str(), problem.class), ("original_not_found", ProblemClass::NotFound), "{hostile}");
    }
}

#[test]
fn a_damaged_original_is_never_served_and_heals_when_uploaded_again() {
    let (house, new) = visited();
    let hash = &new.meeting.source.hash;
    let path = original_of(&house, hash);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    for damaged in [&bytes[..], &file_of(&new)[..middle], b""] {
        fs::write(&path, damaged).unwrap();
        assert_eq!(house.store.original(hash).unwrap_err().code, "original_damaged");
        assert_eq!(codes(&house), ["original_damaged"]);
    }
    house.store.put_original(file_of(&new)).unwrap();
    assert_eq!(house.store.original(hash).unwrap(), file_of(&new));
    assert_eq!(codes(&house), Vec::<String>::new());
}

#[test]
fn the_verification_finds_what_is_missing_and_what_is_too_much() {
    let (house, new) = visited();
    let path = original_of(&house, &new.meeting.source.hash);
    let stray = path.with_file_name("stray");
    fs::write(&stray, "x").unwrap();
    fs::write(house.dir.path().join("originals").join("note"), "x").unwrap();
    assert_eq!(codes(&house), ["original_orphaned", "original_orphaned"]);
    fs::remove_file(&path).unwrap();
    assert_eq!(codes(&house), ["original_missing", "original_orphaned", "original_orphaned"]);
}

#[test]
fn the_verification_finds_what_no_program_of_ours_would_write() {
    let (house, new) = visited();
    let meddler = Connection::open(house.dir.path().join("cita.db")).unwrap();
    meddler.execute_batch("UPDATE suggestions SET state = 'accepted' WHERE place = 0").unwrap();
    assert_eq!(codes(&house), ["state_out_of_step", "entry_out_of_step"]);
    meddler.execute_batch("UPDATE suggestions SET state = 'pending'").unwrap();

    house.accept(new.suggestions[0].id);
    meddler.execute_batch("UPDATE entry_quotes SET text = 'Todo va muy bien.'").unwrap();
    assert_eq!(codes(&house), ["quote_not_verbatim"]);
    assert!(meddler.execute_batch("UPDATE decisions SET act = 'reject'").is_err(), "decisions are only ever added");
    meddler.execute_batch("PRAGMA foreign_keys = OFF; DELETE FROM turns WHERE ordinal = 0").unwrap();
    assert_eq!(codes(&house), ["storage_damaged"]);
}

#[test]
fn a_start_takes_away_what_a_crash_left_half_done() {
    let (house, new) = visited();
    let loose = house.store.put_original(b"an upload that never became a meeting").unwrap();
    let incoming = house.dir.path().join("originals").join("incoming");
    fs::create_dir_all(&incoming).unwrap();
    fs::write(incoming.join("half"), "a file that was never whole").unwrap();
    assert_eq!(codes(&house), Vec::<String>::new(), "what is on its way is no fault");

    let other = Store::open(house.dir.path()).unwrap();
    assert!(other.original(&loose).is_ok(), "who is not alone takes nothing away");
    drop(other);
    let House { store, dir } = house;
    drop(store);
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(store.original(&loose).unwrap_err().code, "original_not_found");
    assert_eq!(store.original(&new.meeting.source.hash).unwrap(), file_of(&new));
    assert!(!incoming.join("half").exists());
    assert_eq!(store.verify().unwrap(), []);
}

#[test]
fn a_deleted_meeting_leaves_no_trace_on_the_disk() {
    let (house, kept) = visited();
    let canary = "zarzuela de murciélagos violetas";
    let lines = [("Canaria Zeta (Molinos del Sur)", canary), ("Canaria Zeta (Molinos del Sur)", "Otra cosa.")];
    let gone = meeting(&kept.customer, "Reunión canaria", &lines);
    house.add(&gone);
    let shared = house.accept(kept.suggestions[0].id);
    assert_eq!(house.accept(gone.suggestions[0].id), shared);
    let own = house.accept(gone.suggestions[1].id);
    assert!(files_below(house.dir.path()).iter().any(|path| holds(path, canary)), "the canary must be alive first");

    assert!(house.store.delete_meeting(gone.meeting.id).unwrap());
    assert!(!house.store.delete_meeting(gone.meeting.id).unwrap());
    for words in [canary, "canaria", "Canaria"] {
        let left: Vec<PathBuf> = files_below(house.dir.path()).into_iter().filter(|path| holds(path, words)).collect();
        assert_eq!(left, Vec::<PathBuf>::new(), "{words}");
    }
    assert_eq!(house.store.original(&gone.meeting.source.hash).unwrap_err().code, "original_not_found");
    assert_eq!(house.store.decisions(gone.suggestions[0].id).unwrap(), []);
    assert_eq!(house.store.entry(own).unwrap(), None);
    assert_eq!(house.store.entry(shared).unwrap().unwrap().quotes, [house.quote(kept.suggestions[0].id)]);
    let people: Vec<String> = house.store.people(kept.customer.id).unwrap().into_iter().map(|one| one.name).collect();
    assert_eq!(people, ["iván", "rita solar"]);
    assert_eq!(house.store.meeting_ids().unwrap(), [kept.meeting.id]);
    assert_eq!(house.store.verify().unwrap(), []);

    assert_eq!(house.add(&gone), Added::New, "the same file may come back");
    assert_eq!(house.state(gone.suggestions[0].id), State::Pending, "as if it had never been there");
}

#[test]
fn no_statement_is_built_from_words_of_the_outside() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join("store");
    let verbs = ["SELECT", "INSERT", "UPDATE", "DELETE", "PRAGMA", "WHERE", "ORDER BY"];
    let mut seen = 0;
    for path in files_below(&folder).into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs")) {
        let source = fs::read_to_string(&path).unwrap();
        for (start, _) in source.match_indices("format!(") {
            let message = source[start..].split('"').nth(1).unwrap_or_default();
            assert!(!verbs.iter().any(|verb| message.contains(verb)), "{}: {message}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 5, "the room's messages use format!, so the search must find some");
}
