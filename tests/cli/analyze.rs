use serde_json::Value;

use crate::support::Program;
use crate::support::meetings::{CALL, TALK};

fn with_files() -> Program {
    let program = Program::new();
    program.write("call.vtt", CALL);
    program.write("talk.txt", TALK);
    program
}

#[test]
fn a_json_line_holds_everything_a_program_needs() {
    let program = with_files();
    let lines = program.run(&["analyze", "--format", "jsonl", "call.vtt", "talk.txt"]).expect(0).json_lines();
    assert!(lines.iter().any(|line| line["file"] == "call.vtt") && lines.iter().any(|line| line["file"] == "talk.txt"));
    for line in &lines {
        for key in [
            "file", "kind", "concept", "score", "quote", "start", "end", "speaker", "side", "language", "context",
            "terms",
        ] {
            assert!(!line[key].is_null(), "{key} is missing: {line:#}");
        }
        let source = if line["file"] == "call.vtt" { CALL } else { TALK };
        let at = |key: &str| usize::try_from(line[key].as_u64().expect("a byte")).expect("a small one");
        assert_eq!(&source[at("start")..at("end")], line["quote"].as_str().expect("words"));
    }
    let friction = lines.iter().find(|line| line["quote"].as_str().is_some_and(|quote| quote.contains("by hand")));
    let friction = friction.expect("the obvious one is found");
    assert_eq!(
        (&friction["kind"], &friction["side"], &friction["language"]),
        (&"friction".into(), &"customer".into(), &"en".into())
    );
}

#[test]
fn what_went_well_and_what_the_team_asks_is_left_alone() {
    let program = with_files();
    for line in program.run(&["analyze", "--format", "jsonl", "call.vtt", "talk.txt"]).expect(0).json_lines() {
        let quote = line["quote"].as_str().expect("words");
        assert!(!quote.contains("nómina") && line["side"] != "team", "{line:#}");
    }
}

#[test]
fn the_same_files_give_the_same_bytes() {
    let program = with_files();
    let run = || program.run(&["analyze", "--format", "jsonl", "call.vtt", "talk.txt"]).expect(0).out;
    assert_eq!(run(), run());
}

#[test]
fn one_list_or_a_page_for_people() {
    let program = with_files();
    let list = program.run(&["analyze", "--format", "json", "call.vtt", "talk.txt"]).expect(0).json();
    let lines: Vec<Value> = program.run(&["analyze", "--format", "jsonl", "call.vtt", "talk.txt"]).json_lines();
    assert_eq!(list, Value::Array(lines));
    let text = program.run(&["analyze", "call.vtt"]).expect(0).out;
    assert!(text.contains("call.vtt: ") && text.contains("We copy every invoice by hand"), "{text}");
    let spanish = program.run_in_spanish(&["analyze", "call.vtt"]).expect(0).out;
    assert!(spanish.contains("sugerencias") && spanish.contains("Fricción"), "{spanish}");
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let program = with_files();
    program.write("empty.txt", "");
    let partly = program.run(&["analyze", "--format", "jsonl", "empty.txt", "call.vtt"]).expect(3);
    assert!(!partly.json_lines().is_empty());
    assert!(partly.err.contains("empty.txt") && partly.err.contains("[empty_file]"), "{}", partly.err);
    let none = program.run(&["analyze", "empty.txt", "nowhere.txt"]).expect(1);
    assert!(none.err.contains("[file_unreadable]") && none.err.contains("nowhere.txt"), "{}", none.err);
}

#[test]
fn a_page_that_breaks_the_reader_of_pdfs_leaves_no_words_in_the_log() {
    let program = Program::new();
    let page = include_bytes!("../../fixtures/transcripts/pdf/hostile.pdf");
    program.write("hostile.pdf", page);
    let printed = program.run(&["analyze", "--format", "jsonl", "hostile.pdf"]).expect(0);
    assert_eq!(printed.err, "");
}
