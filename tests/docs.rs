//! The documentation is true: its tables are made from the code, its commands exist, its links lead somewhere.
//!
//! `UPDATE_DOCS=1 cargo test --test all docs` writes the tables anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use cita::app::{EXPORTERS, FORMATS};
use cita::config::SETTINGS;
use cita::model::{Kind, UiLanguage};

use crate::support::Program;
use crate::support::source::root;

const PAGES: &[&str] = &["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "lexicons/README.md"];

/// Every table that is made from the code: its name, where it stands, how it is made.
const TABLES: &[(&str, &str, fn() -> String)] = &[
    ("commands", "README.md", commands_table),
    ("formats", "README.md", formats_table),
    ("exports", "README.md", exports_table),
    ("settings", "README.md", settings_table),
    ("api", "README.md", api_table),
    ("lexicon kinds", "CONTRIBUTING.md", kinds_table),
];

#[test]
fn tables_are_fresh() {
    let update = std::env::var("UPDATE_DOCS").is_ok_and(|value| value == "1");
    for (name, page, make) in TABLES {
        let text = read(page);
        let (start, end) = (format!("<!-- table: {name} -->\n"), format!("<!-- end: {name} -->\n"));
        let places = text.split_once(&start).and_then(|(before, rest)| Some((before, rest.split_once(&end)?)));
        let (before, (written, after)) = places.unwrap_or_else(|| panic!("{page} has no place for the table {name:?}"));
        let made = make();
        if update && written != made {
            let fresh = format!("{before}{start}{made}{end}{after}");
            std::fs::write(root().join(page), fresh).expect("the page can be written");
        } else {
            assert_eq!(written, made, "{page}: write the tables anew with `UPDATE_DOCS=1 cargo test --test all docs`");
        }
    }
}

#[test]
fn every_command_that_a_page_shows_exists() {
    let known: BTreeSet<String> = commands().into_iter().map(|(name, _)| name).collect();
    for page in PAGES {
        for line in read(page).lines() {
            let shown = line.match_indices("cita ").map(|(at, word)| (at, &line[at + word.len()..]));
            let shown = shown.filter(|(at, _)| line[..*at].ends_with('`') || line[..*at].trim().is_empty());
            for (_, rest) in shown {
                let command: String = rest.chars().take_while(char::is_ascii_lowercase).collect();
                let is_code = line.starts_with("cita ") || line.contains(&format!("`cita {command}"));
                assert!(!is_code || command.is_empty() || known.contains(&command), "{page}: {line}");
            }
        }
    }
}

#[test]
fn every_link_leads_somewhere() {
    for page in PAGES {
        let folder = root().join(page).parent().expect("a page lies in a folder").to_owned();
        let text = read(page);
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.contains("://") && !target.starts_with('#')) {
            let file = target.split('#').next().expect("a split has a first part");
            assert!(folder.join(file).exists(), "{page} links to {target}, which is not there");
        }
    }
}

#[test]
fn contributing_says_where_each_thing_is_added() {
    let text = read("CONTRIBUTING.md");
    for place in
        ["src/formats/", "src/context/", "src/export/", "src/documents/", "src/app/", "src/config/", "lexicons/"]
    {
        assert!(text.contains(place), "CONTRIBUTING.md does not name {place}");
    }
}

fn commands_table() -> String {
    let mut table = "| command | what it does |\n|---|---|\n".to_owned();
    for (name, about) in commands() {
        writeln!(table, "| `cita {name}` | {} |", cell(&about)).expect("a string takes all");
    }
    table
}

fn formats_table() -> String {
    let mut table = "| format | name | usual endings |\n|---|---|---|\n".to_owned();
    for format in FORMATS {
        let endings: Vec<String> = format.extensions.iter().map(|ending| format!("`.{ending}`")).collect();
        let label = cell(&format.label().en);
        writeln!(table, "| {label} | `{}` | {} |", format.name, endings.join(", ")).expect("a string takes all");
    }
    table
}

fn exports_table() -> String {
    let mut table = "| export | media type | what it is |\n|---|---|---|\n".to_owned();
    for exporter in EXPORTERS {
        let (name, media_type, help) = (exporter.name, exporter.media_type, cell(exporter.help));
        writeln!(table, "| `{name}` | `{media_type}` | {help} |").expect("a string takes all");
    }
    table
}

fn settings_table() -> String {
    let mut table = "| setting | environment | default | what it is |\n|---|---|---|---|\n".to_owned();
    for setting in SETTINGS {
        let default = if setting.default.is_empty() { "none".to_owned() } else { format!("`{}`", setting.default) };
        let (key, env, help) = (setting.key, setting.env, cell(setting.help));
        writeln!(table, "| `{key}` | `{env}` | {default} | {help} |").expect("a string takes all");
    }
    table
}

fn api_table() -> String {
    let mut table = "| request | what it does |\n|---|---|\n".to_owned();
    let document = serde_json::to_value(cita::api::openapi()).expect("the document is JSON");
    for (path, methods) in document["paths"].as_object().expect("it has paths") {
        for method in ["get", "post", "patch", "put", "delete"] {
            let Some(operation) = methods.get(method) else { continue };
            let summary = operation["summary"].as_str().expect("every operation says what it does");
            let summary = cell(summary.trim_end_matches('.'));
            writeln!(table, "| `{} {path}` | {summary} |", method.to_uppercase()).expect("a string takes all");
        }
    }
    table
}

fn kinds_table() -> String {
    let mut table = "| folder | kind | tipo |\n|---|---|---|\n".to_owned();
    for kind in Kind::ALL.into_iter().filter(|kind| root().join("lexicons").join(kind.code()).is_dir()) {
        let (en, es) = (kind.label(UiLanguage::English), kind.label(UiLanguage::Spanish));
        writeln!(table, "| `lexicons/{}/` | {en} | {es} |", kind.code()).expect("a string takes all");
    }
    table
}

/// The commands of the built program with what they do, as its help tells them.
fn commands() -> Vec<(String, String)> {
    let help = Program::new().run(&["--help"]).expect(0).out;
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.trim().is_empty());
    let commands = lines.filter_map(|line| line.trim().split_once("  "));
    let commands = commands.map(|(name, about)| (name.to_owned(), about.trim().to_owned()));
    let commands: Vec<_> = commands.filter(|(name, _)| name != "help").collect();
    assert!(commands.len() > 5, "the help lists its commands:\n{help}");
    commands
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn read(page: &str) -> String {
    std::fs::read_to_string(root().join(page)).unwrap_or_else(|error| panic!("{page}: {error}"))
}
