//! What may know what: imports go down only, foreign crates stay in their rooms, the lower floors touch no outside world.

use std::collections::BTreeSet;

use crate::support::source::{NamedPath, SourceFile, functions, module_of, paths, rust_files, tokens, tools};

/// Every room: its floor, its name, and which rooms it may import. A room imports only rooms that stand above its line.
const ROOMS: &[(u8, &str, &[&str])] = &[
    (0, "model", &[]),
    (0, "config", &["model"]),
    (1, "text", &["model"]),
    (1, "formats", &["model", "text"]),
    (1, "lexicon", &["model", "text"]),
    (1, "context", &["model", "text"]),
    (2, "suggest", &["model", "text", "lexicon", "context"]),
    (2, "documents", &["model"]),
    (2, "export", &["model", "documents"]),
    (3, "store", &["model", "config"]),
    (3, "search", &["model", "text", "config"]),
    (
        4,
        "app",
        &[
            "model",
            "config",
            "text",
            "formats",
            "lexicon",
            "context",
            "suggest",
            "documents",
            "export",
            "store",
            "search",
        ],
    ),
    (5, "api", &["app", "model", "config"]),
    (5, "web", &["app", "model", "config"]),
    (6, "server", &["app", "api", "web", "model", "config"]),
    (7, "cli", &["app", "model", "server", "config"]),
    (8, "main", &["cli"]),
];

/// Foreign crates that only these rooms may name. A crate that is not here may be named anywhere.
const CONFINED: &[(&str, &[&str])] = &[
    ("aho_corasick", &["lexicon"]),
    ("askama", &["web", "export"]),
    ("axum", &["api", "web", "server"]),
    ("blake3", &["model", "store", "lexicon", "search"]),
    ("calamine", &["formats"]),
    ("chardetng", &["text"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("encoding_rs", &["text"]),
    ("flate2", &["formats"]),
    ("frostem", &["text"]),
    ("glob", &["cli"]),
    ("icu_segmenter", &["text"]),
    ("indicatif", &["cli"]),
    ("mail_parser", &["formats"]),
    ("mimalloc", &["main"]),
    ("notify", &["cli"]),
    ("pdf_extract", &["formats"]),
    ("quick_xml", &["formats"]),
    ("rusqlite", &["store"]),
    ("serde_saphyr", &["formats"]),
    ("tantivy", &["search"]),
    ("tokio", &["store", "search", "app", "api", "web", "server", "cli"]),
    ("tower", &["api", "web", "server"]),
    ("tower_http", &["api", "web", "server"]),
    ("tracing", &["store", "search", "app", "api", "web", "server", "cli"]),
    ("tracing_subscriber", &["cli"]),
    ("unicode_normalization", &["text", "store"]),
    ("utoipa_axum", &["api"]),
    ("walkdir", &["cli"]),
    ("zip", &["formats"]),
];

/// The last floor that touches nothing outside: no files, threads, clock, randomness, terminal.
const LAST_PURE_FLOOR: u8 = 2;

/// What begins a path to the outside world.
const OUTSIDE: &[&[&str]] = &[
    &["std", "env"],
    &["std", "fs"],
    &["std", "io"],
    &["std", "net", "TcpListener"],
    &["std", "net", "TcpStream"],
    &["std", "net", "UdpSocket"],
    &["std", "os"],
    &["std", "process"],
    &["std", "thread"],
    &["std", "time"],
    &["rand"],
];

/// What begins with the same words and stays inside: reading from bytes that are there already.
const IN_MEMORY: &[&[&str]] = &[&["std", "io", "Cursor"], &["std", "io", "Read"]];

/// What ends a path to the clock or to chance.
const CHANCE: &[&str] = &["now", "now_v7", "now_v1", "new_v4", "getrandom"];

/// Words of the language that begin something impure.
const IMPURE_WORDS: &[&str] = &["async", "println", "eprintln", "print", "eprint"];

#[test]
fn imports_go_down_only() {
    expect_none(rooms().iter().flat_map(import_breaches));
}

#[test]
fn foreign_crates_stay_in_their_rooms() {
    expect_none(rooms().iter().flat_map(crate_breaches));
}

#[test]
fn the_lower_floors_touch_no_outside_world() {
    expect_none(rooms().iter().flat_map(outside_breaches));
}

#[test]
fn every_room_stands_in_the_table_and_below_what_it_serves() {
    let found: BTreeSet<String> = rooms().iter().map(room_of).filter(|room| room != "lib").collect();
    let named: BTreeSet<String> = ROOMS.iter().map(|(_, room, _)| (*room).to_owned()).collect();
    assert_eq!(found, named, "the rooms of src/ and of the table differ");
    for (place, (floor, room, may)) in ROOMS.iter().enumerate() {
        for other in *may {
            let below = ROOMS[..place].iter().find(|(_, name, _)| name == other);
            assert!(below.is_some_and(|(its, ..)| its <= floor), "{room} may import {other}, which stands above it");
        }
    }
}

#[test]
fn a_grouped_import_of_a_higher_room_is_named_with_its_line() {
    let text = "use std::fmt;\nuse crate::{\n    model::{Span, Kind as Sort},\n    store::Store,\n};\n";
    assert_eq!(
        import_breaches(&file("src/context/rule.rs", text)),
        ["src/context/rule.rs:4: context may not import store (crate::store::Store)"]
    );
}

#[test]
fn a_path_in_the_middle_of_the_code_is_an_import_too() {
    let text = "fn a() {\n    // crate::store::Store is only a comment\n    let s = \"crate::web\";\n    crate::app::App::new();\n}\n";
    assert_eq!(
        import_breaches(&file("src/search/plan.rs", text)),
        ["src/search/plan.rs:4: search may not import app (crate::app::App::new)"]
    );
}

#[test]
fn super_leads_out_of_the_room() {
    let text =
        "use super::super::store::Store;\nmod tests {\n    use super::*;\n    use super::super::super::app;\n}\n";
    assert_eq!(
        import_breaches(&file("src/search/plan.rs", text)),
        [
            "src/search/plan.rs:1: search may not import store (crate::store::Store)",
            "src/search/plan.rs:4: search may not import app (crate::app)"
        ]
    );
}

#[test]
fn the_whole_house_may_not_be_imported_at_once() {
    assert_eq!(
        import_breaches(&file("src/web/pages.rs", "use crate::*;\n")),
        ["src/web/pages.rs:1: web may not import * (crate::*)"]
    );
}

#[test]
fn a_confined_crate_is_named_with_its_line() {
    let text = "use serde::Serialize;\nuse ::axum::{Json, http::{self, header}};\nfn f(db: &rusqlite::Connection) {}\n";
    assert_eq!(
        crate_breaches(&file("src/app/home.rs", text)),
        [
            "src/app/home.rs:2: axum belongs to api, web, server",
            "src/app/home.rs:2: axum belongs to api, web, server",
            "src/app/home.rs:2: axum belongs to api, web, server",
            "src/app/home.rs:3: rusqlite belongs to store"
        ]
    );
}

#[test]
fn a_look_at_the_clock_below_is_named_with_its_line() {
    let text = "use std::fs::File;\nfn f() -> u8 {\n    jiff::Timestamp::now();\n    println!(\"x\");\n    0\n}\n";
    assert_eq!(
        outside_breaches(&file("src/suggest/score.rs", text)),
        [
            "src/suggest/score.rs:1: suggest touches the outside world (std::fs::File)",
            "src/suggest/score.rs:3: suggest touches the outside world (jiff::Timestamp::now)",
            "src/suggest/score.rs:4: suggest touches the outside world (println)"
        ]
    );
    assert_eq!(outside_breaches(&file("src/store/blobs.rs", text)), Vec::<String>::new());
}

#[test]
fn the_source_reader_sees_through_strings_lifetimes_and_characters() {
    let text = "fn a<'a>(x: &'a str) -> [u8; 2] {\n    let b = ('{', '\\'', b'}', r#\"} \"# , \"\\\"}\");\n    [0; 2]\n}\nfn c();\n";
    assert_eq!(functions(text), [("a".to_owned(), 1, 4)]);
}

/// The files of the rooms.
fn rooms() -> Vec<SourceFile> {
    let tools = tools();
    rust_files(&["src"]).into_iter().filter(|file| !tools.contains(&file.path)).collect()
}

fn import_breaches(file: &SourceFile) -> Vec<String> {
    let room = room_of(file);
    if room == "lib" {
        return Vec::new();
    }
    let (_, _, may) = ROOMS.iter().find(|(_, name, _)| *name == room).expect("every room stands in the table");
    let named = paths(&module_of(&file.path), &file.text);
    let inside = named.iter().filter(|path| path.segments[0] == "crate" && path.segments.len() > 1);
    let foreign = inside.filter(|path| path.segments[1] != room && !may.contains(&path.segments[1].as_str()));
    foreign.map(|path| breach(file, path, &format!("{room} may not import {}", path.segments[1]))).collect()
}

fn crate_breaches(file: &SourceFile) -> Vec<String> {
    let room = room_of(file);
    let named = paths(&module_of(&file.path), &file.text);
    let breaches = named.iter().filter_map(|path| {
        let (name, rooms) = CONFINED.iter().find(|(name, _)| *name == path.segments[0])?;
        let line = path.line;
        (!rooms.contains(&room.as_str()))
            .then(|| format!("{}:{line}: {name} belongs to {}", file.path, rooms.join(", ")))
    });
    breaches.collect()
}

fn outside_breaches(file: &SourceFile) -> Vec<String> {
    let room = room_of(file);
    if !ROOMS.iter().any(|(floor, name, _)| *name == room && *floor <= LAST_PURE_FLOOR) {
        return Vec::new();
    }
    let what = format!("{room} touches the outside world");
    let named = paths(&module_of(&file.path), &file.text);
    let ways = named.iter().filter(|path| {
        let starts =
            |start: &[&str]| path.segments.iter().map(String::as_str).take(start.len()).eq(start.iter().copied());
        if IN_MEMORY.iter().any(|start| starts(start)) {
            return false;
        }
        let ends = path.segments.last().is_some_and(|last| CHANCE.contains(&last.as_str()));
        ends || OUTSIDE.iter().any(|start| starts(start))
    });
    let mut breaches: Vec<String> = ways.map(|path| breach(file, path, &what)).collect();
    let words = tokens(&file.text);
    let impure = words.iter().filter(|token| IMPURE_WORDS.contains(&token.text.as_str()));
    breaches.extend(impure.map(|token| format!("{}:{}: {what} ({})", file.path, token.line, token.text)));
    breaches
}

fn breach(file: &SourceFile, path: &NamedPath, what: &str) -> String {
    format!("{}:{}: {what} ({})", file.path, path.line, path.segments.join("::"))
}

fn room_of(file: &SourceFile) -> String {
    match file.path.as_str() {
        "src/main.rs" => "main".to_owned(),
        "src/lib.rs" => "lib".to_owned(),
        path => module_of(path)[0].clone(),
    }
}

fn file(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: text.to_owned() }
}

fn expect_none(breaches: impl Iterator<Item = String>) {
    let breaches: Vec<String> = breaches.collect();
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}
