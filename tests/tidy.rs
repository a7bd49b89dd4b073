//! Tidiness: short functions, short files, honest names, nothing unlisted, nothing unfinished, no path of one machine.

use std::collections::BTreeSet;

use crate::support::source::{SourceFile, files, functions, rust_files, tokens, tools};

const MAX_FUNCTION_LINES: usize = 70;
const MAX_FILE_LINES: usize = 600;

/// Folders with Rust in them.
const RUST: &[&str] = &["src", "tests", "benches"];

/// Everything that people wrote.
const TEXTS: &[&str] = &[
    "src",
    "tests",
    "benches",
    "lexicons",
    "fixtures",
    "scripts",
    ".ci",
    "index/README.md",
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "LICENSE",
    "justfile",
    "deny.toml",
    "clippy.toml",
    "rustfmt.toml",
    "askama.toml",
    "Cargo.toml",
];

/// Names that say nothing of what is inside.
const EMPTY_NAMES: &[&str] =
    &["util", "utils", "common", "helper", "helpers", "type", "types", "manager", "service", "services", "misc"];

/// Rooms whose files stand in one list: the room, the list, the files that serve all of them.
const LISTS: &[(&str, &str, &[&str])] =
    &[("formats", "FORMATS", &[]), ("context", "RULES", &["cues", "scene", "sides"]), ("export", "EXPORTERS", &[])];

#[test]
fn functions_fit_on_a_screen() {
    let too_long = rust_files(RUST).into_iter().flat_map(|file| {
        let found = functions(&file.text).into_iter().filter(|(_, _, lines)| *lines > MAX_FUNCTION_LINES);
        found
            .map(move |(name, line, lines)| format!("{}:{line}: {name} has {lines} lines", file.path))
            .collect::<Vec<_>>()
    });
    expect_none(too_long);
}

#[test]
fn files_stay_short() {
    let too_long = rust_files(RUST).into_iter().filter_map(|file| {
        let lines = file.text.lines().count();
        (lines > MAX_FILE_LINES).then(|| format!("{} has {lines} lines", file.path))
    });
    expect_none(too_long);
}

#[test]
fn names_say_what_is_inside() {
    let empty =
        rust_files(RUST).into_iter().filter(|file| file.path.split(['/', '.']).any(|part| EMPTY_NAMES.contains(&part)));
    expect_none(empty.map(|file| format!("{}: a name that says nothing of what is inside", file.path)));
}

#[test]
fn every_source_file_is_part_of_the_program() {
    let all = rust_files(&["src", "tests"]);
    let known: BTreeSet<&str> = all.iter().map(|file| file.path.as_str()).collect();
    let tools = tools();
    let members = all.iter().filter(|file| !is_root(&file.path) && !tools.contains(&file.path));
    let orphans = members.filter(|file| !declares(&all, &known, &file.path));
    expect_none(orphans.map(|file| format!("{}: no `mod` line names it, so nobody compiles it", file.path)));
}

#[test]
fn every_format_rule_and_exporter_stands_in_its_list() {
    let mut missing = Vec::new();
    for (room, list, servants) in LISTS {
        let all = rust_files(&[&format!("src/{room}")]);
        let head = all.iter().find(|file| file.path == format!("src/{room}/mod.rs")).expect("every room has a head");
        let listed = words_of_list(&head.text, list);
        assert!(!listed.is_empty(), "src/{room}/mod.rs has no list {list}");
        let stems = all.iter().filter_map(|file| file.path.strip_prefix(&format!("src/{room}/"))?.strip_suffix(".rs"));
        let unlisted = stems.filter(|stem| !stem.contains('/') && *stem != "mod");
        let unlisted = unlisted.filter(|stem| !servants.contains(stem) && !listed.contains(*stem));
        missing.extend(unlisted.map(|stem| format!("src/{room}/{stem}.rs does not stand in {list}")));
    }
    expect_none(missing.into_iter());
}

#[test]
fn nothing_is_left_unfinished() {
    let marks = ["todo!(", "unimplemented!(", "dbg!(", "#[ignore"];
    let notes = ["TO\u{44}O", "FIX\u{4d}E", "XX\u{58}"];
    let found = rust_files(RUST).into_iter().filter(|file| file.path != "tests/tidy.rs").flat_map(|file| {
        let lines = file.text.lines().enumerate().filter(|(_, line)| {
            let comment = line.split_once("//").map_or("", |(_, comment)| comment);
            marks.iter().any(|mark| line.contains(mark)) || notes.iter().any(|note| comment.contains(note))
        });
        lines.map(|(at, line)| format!("{}:{}: {}", file.path, at + 1, line.trim())).collect::<Vec<_>>()
    });
    expect_none(found);
}

#[test]
fn no_text_names_a_path_of_one_machine() {
    let places = ["/wor\u{6b}/", "/far\u{6d}/", "/roo\u{74}/", "/Users\u{2f}", "bash_job\u{73}"];
    let found = files(TEXTS).into_iter().flat_map(|file| {
        let lines = file.text.lines().enumerate().filter(|(_, line)| places.iter().any(|place| line.contains(place)));
        lines.map(|(at, line)| format!("{}:{}: {}", file.path, at + 1, line.trim())).collect::<Vec<_>>()
    });
    expect_none(found);
}

#[test]
fn lines_end_cleanly() {
    let texts =
        files(TEXTS).into_iter().filter(|file| !file.path.starts_with("fixtures/") && !file.path.ends_with(".snap"));
    let found = texts.flat_map(|file| {
        let lines = file.text.lines().enumerate().filter(|(_, line)| line.ends_with([' ', '\t', '\r']));
        lines.map(|(at, _)| format!("{}:{}: blanks at the end of the line", file.path, at + 1)).collect::<Vec<_>>()
    });
    expect_none(found);
}

/// Files that the build starts from.
fn is_root(path: &str) -> bool {
    matches!(path, "src/lib.rs" | "src/main.rs" | "tests/main.rs")
}

/// Does the file above this one have a `mod` line for it?
fn declares(all: &[SourceFile], known: &BTreeSet<&str>, path: &str) -> bool {
    let bare = path.trim_end_matches(".rs");
    let bare = bare.strip_suffix("/mod").unwrap_or(bare);
    let (folder, name) = bare.rsplit_once('/').expect("every file lies in a folder");
    let heads =
        [format!("{folder}/mod.rs"), format!("{folder}.rs"), format!("{folder}/lib.rs"), format!("{folder}/main.rs")];
    let Some(head) = heads.iter().find(|head| known.contains(head.as_str())) else { return false };
    let head = all.iter().find(|file| file.path == *head).expect("it is known");
    let words = tokens(&head.text);
    words.windows(3).any(|three| three[0].text == "mod" && three[1].text == name && three[2].text == ";")
}

/// The words between the brackets of a constant list.
fn words_of_list(text: &str, list: &str) -> BTreeSet<String> {
    let words = tokens(text);
    let start = words.windows(2).position(|two| two[0].text == "const" && two[1].text == list);
    let Some(start) = start else { return BTreeSet::new() };
    let body = words[start..].iter().skip_while(|token| token.text != "=").take_while(|token| token.text != ";");
    body.map(|token| token.text.clone()).collect()
}

fn expect_none(breaches: impl Iterator<Item = String>) {
    let breaches: Vec<String> = breaches.collect();
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}
