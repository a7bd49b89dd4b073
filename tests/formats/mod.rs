//! Every format: what it makes of good and of hostile files, which one is recognised, what is refused.

mod archives;
mod chats;
mod detection;
mod facts;
mod files;
mod hostile;
#[path = "../../fuzz/src/lib.rs"]
mod invariants;
mod mutations;
mod refusals;
mod speakers;
mod tables;
mod transcripts;

use std::path::{Path, PathBuf};

use cita::formats::{self, Reading};
use cita::model::Problem;

/// The files of a folder below `fixtures/`, by name.
fn fixtures(folder: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(folder);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&root)
        .unwrap_or_else(|error| panic!("{}: {error}", root.display()))
        .map(|entry| entry.expect("the folder can be listed").path())
        .collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), std::fs::read(&path).expect("the fixture can be read"))).collect()
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).expect("fixtures have plain names")
}

/// Reads a text that must be usable.
fn read(file_name: &str, text: &str) -> Reading {
    formats::read(file_name, text.as_bytes(), None).unwrap_or_else(|problem| panic!("{file_name}: {problem}"))
}

fn refused(file_name: &str, bytes: &[u8]) -> Problem {
    formats::read(file_name, bytes, None).expect_err("it must be refused")
}

/// Each turn as `label: words`, pieces joined by one space.
fn turns(reading: &Reading) -> Vec<String> {
    let transcript = &reading.transcript;
    let words = |turn: &cita::model::Turn| {
        let pieces: Vec<&str> =
            turn.pieces.iter().map(|piece| piece.slice(&transcript.text).expect("it fits")).collect();
        pieces.join(" ")
    };
    transcript
        .turns
        .iter()
        .map(|turn| match turn.speaker {
            Some(speaker) => format!("{}: {}", transcript.speakers[speaker].label, words(turn)),
            None => words(turn),
        })
        .collect()
}
