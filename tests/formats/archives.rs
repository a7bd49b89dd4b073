//! Archives: their members, and what is refused while they are unpacked.

use std::io::{Cursor, Write};

use cita::formats::{self, Member};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{fixtures, name};

fn archive(file: &str) -> Vec<u8> {
    let files = fixtures("archives");
    files.into_iter().find(|(path, _)| name(path) == file).unwrap_or_else(|| panic!("no {file}")).1
}

fn unpacked(file: &str) -> Vec<Member> {
    formats::unpack(&archive(file)).unwrap_or_else(|problem| panic!("{file}: {problem}"))
}

fn refusal(bytes: &[u8]) -> String {
    let problem = formats::unpack(bytes).expect_err("it must be refused");
    for words in [&problem.detail.es, &problem.detail.en, &problem.hint.es, &problem.hint.en] {
        assert!(!words.is_empty(), "{problem}");
    }
    problem.code
}

/// Each member as folder, name and the code of its problem or `ok`.
fn shown(members: &[Member]) -> Vec<String> {
    let state =
        |member: &Member| member.content.as_ref().map_or_else(|problem| problem.code.clone(), |_| "ok".to_owned());
    members.iter().map(|member| format!("{}|{}|{}", member.folder, member.name, state(member))).collect()
}

#[test]
fn members_become_files_of_their_own_and_litter_stays_out() {
    let members = unpacked("meetings.zip");
    assert_eq!(
        shown(&members),
        ["marzo|visita.vtt|ok", "marzo|notas de obra.docx|ok", "|encuesta.csv|ok", "|roto.json|ok"]
    );
    let read = |member: &Member| formats::read(&member.name, member.content.as_ref().expect("it is there"), None);
    let formats: Vec<Result<String, String>> = members
        .iter()
        .map(|member| read(member).map(|reading| reading.report.format).map_err(|problem| problem.code))
        .collect();
    let expected = [Ok("webvtt"), Ok("docx"), Ok("csv"), Err("malformed_json")];
    assert_eq!(formats, expected.map(|one| one.map(str::to_owned).map_err(str::to_owned)));
}

#[test]
fn names_are_never_paths() {
    for member in unpacked("names.zip") {
        assert!(!member.name.contains(['/', '\\']), "{}", member.name);
        let parts: Vec<&str> = member.folder.split('/').collect();
        assert!(
            !member.folder.starts_with('/') && !parts.contains(&"..") && !member.folder.contains(':'),
            "{}",
            member.folder
        );
        assert!(member.content.is_ok());
    }
}

#[test]
fn one_bad_member_does_not_stop_the_others() {
    for (file, bad, code) in [
        ("damaged.zip", "malo.vtt", "malformed_archive"),
        ("link.zip", "enlace.vtt", "archive_link"),
        ("locked.zip", "secreto.vtt", "archive_member_locked"),
        ("nested.zip", "dentro.zip", "archive_in_archive"),
    ] {
        let members = unpacked(file);
        let code_of = |name: &str| {
            let member = members.iter().find(|member| member.name == name).unwrap_or_else(|| panic!("{file}: {name}"));
            member.content.as_ref().err().map(|problem| (problem.code.clone(), problem.place.clone()))
        };
        let (found, place) = code_of(bad).unwrap_or_else(|| panic!("{file}: {bad} is sound"));
        assert_eq!(found, code, "{file}");
        assert_eq!(place.and_then(|place| place.file).as_deref(), Some(bad), "{file}");
        assert_eq!(code_of("bueno.vtt"), None, "{file}");
    }
}

#[test]
fn bombs_are_refused() {
    assert_eq!(refusal(&archive("bomb.zip")), "unpacks_too_large");
    assert_eq!(refusal(&archive("overlapping.zip")), "overlapping_entries");
    assert_eq!(refusal(&archive("empty.zip")), "empty_archive");
    assert_eq!(refusal(b"PK\x03\x04"), "malformed_archive");
    assert_eq!(refusal(b"no archive"), "malformed_archive");
}

#[test]
fn too_many_entries_are_refused_before_they_are_read() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for entry in 0..2_001 {
        writer.start_file(format!("{entry}.txt"), SimpleFileOptions::default()).expect("it can be added");
    }
    assert_eq!(refusal(&writer.finish().expect("it can be closed").into_inner()), "too_many_entries");
}

#[test]
fn all_members_together_have_a_limit() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let block = vec![b'a'; 3_900_000];
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for entry in 0..52 {
        // Each member is small enough by itself.
        writer.start_file(format!("{entry}.txt"), stored).expect("it can be added");
        writer.write_all(&block).expect("it can be written");
    }
    assert_eq!(refusal(&writer.finish().expect("it can be closed").into_inner()), "unpacks_too_large");
}

#[test]
fn office_files_are_no_archives() {
    for folder in ["docx", "xlsx"] {
        for (path, bytes) in fixtures(&format!("transcripts/{folder}")) {
            assert!(!formats::is_archive(&bytes), "{}", path.display());
        }
    }
    assert!(formats::is_archive(&archive("meetings.zip")));
    assert!(!formats::is_archive(b"Ana: hola"));
}
