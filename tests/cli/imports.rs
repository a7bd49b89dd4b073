use crate::support::Program;
use crate::support::meetings::{CALL, TALK};

#[test]
fn a_file_is_imported_once() {
    let program = Program::new();
    program.write("call.vtt", CALL);
    let first = program.run(&["import", "call.vtt", "--customer", "Molinos Aurora"]).expect(0);
    assert!(first.out.contains("call.vtt: call · Molinos Aurora · webvtt"), "{}", first.out);
    let second = program.run(&["import", "call.vtt", "--customer", "Somebody else"]).expect(0);
    assert!(second.out.contains("there already, as “call” of Molinos Aurora"), "{}", second.out);
}

#[test]
fn what_is_known_of_the_meeting_can_be_said() {
    let program = Program::new();
    program.write("call.vtt", CALL);
    program.write("talk.txt", TALK);
    program
        .run(&["import", "call.vtt", "--customer", "Acme", "--title", "Month end", "--date", "2026-03-14"])
        .expect(0);
    let found = program.run(&["search", "--json", "spreadsheet"]).expect(0).json();
    assert_eq!(
        (&found["hits"][0]["meeting_title"], &found["hits"][0]["date"]),
        (&"Month end".into(), &"2026-03-14".into())
    );
    let two = program.run(&["import", "call.vtt", "talk.txt", "--customer", "Acme", "--title", "One"]).expect(1);
    assert!(two.err.contains("[one_title]"), "{}", two.err);
    program.run(&["import", "call.vtt", "--customer", "Acme", "--date", "tomorrow"]).expect(2);
}

#[test]
fn a_new_customer_with_a_familiar_name_is_pointed_out() {
    let program = Program::new();
    program.write("call.vtt", CALL);
    program.write("talk.txt", TALK);
    program.run(&["import", "call.vtt", "--customer", "Molinos Aurora"]).expect(0);
    let printed = program.run(&["import", "talk.txt", "--customer", "Molino Aurora"]).expect(0);
    assert!(printed.out.contains("Molinos Aurora"), "{}", printed.out);
}

#[test]
fn a_bad_file_is_refused_with_name_line_and_advice_and_leaves_nothing() {
    let program = Program::new();
    program.write("cita.toml", "max_file_mb = 1\n");
    program.write("empty.txt", "");
    program.write("photo.vtt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0");
    program.write("silent.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n\n");
    program.write("big.txt", "Ana: Copiamos todo a mano.\n".repeat(40_000));
    let files = ["empty.txt", "photo.vtt", "silent.vtt", "big.txt"];
    let printed = program.run(&[&["import", "--customer", "Acme"][..], &files].concat()).expect(1);
    for (file, code) in files.iter().zip(["empty_file", "binary_file", "no_usable_turn", "file_too_large"]) {
        assert!(printed.err.contains(&format!("[{code}]")) && printed.err.contains(file), "{file}: {}", printed.err);
    }
    assert!(printed.err.contains("silent.vtt:3"), "the line is named: {}", printed.err);
    assert!(printed.err.contains("max_file_mb"), "what to do is said: {}", printed.err);
    let map = program.run(&["map", "export", "--customer", "Acme"]).expect(1);
    assert!(map.err.contains("There are no customers yet"), "{}", map.err);
    assert_eq!(program.run(&["reindex", "--json"]).expect(0).json()["meetings"], 0);
    assert_eq!(originals(&program), 0);
}

#[test]
fn good_files_are_kept_beside_bad_ones() {
    let program = Program::new();
    program.write("call.vtt", CALL);
    program.write("empty.txt", "");
    let printed = program.run(&["import", "empty.txt", "call.vtt", "--customer", "Acme", "--json"]).expect(3);
    let lines = printed.json_lines();
    assert_eq!(lines[0]["problem"]["code"], "empty_file");
    assert_eq!((&lines[1]["file"], &lines[1]["already_there"]), (&"call.vtt".into(), &false.into()));
    assert_eq!(lines[1]["report"]["turns"], 2);
    assert_eq!(originals(&program), 1);
}

#[test]
fn a_customer_must_be_named() {
    let program = Program::new();
    program.write("call.vtt", CALL);
    let printed = program.run(&["import", "call.vtt"]).expect(1);
    assert!(printed.err.contains("[customer_missing]") && printed.err.contains("--customer"), "{}", printed.err);
    let spanish = program.run_in_spanish(&["import", "call.vtt"]).expect(1);
    assert!(spanish.err.contains("Falta el cliente"), "{}", spanish.err);
}

#[test]
fn a_format_can_be_named_and_a_misspelled_one_is_guessed() {
    let program = Program::new();
    program.write("call.vtt", CALL);
    let printed = program.run(&["import", "call.vtt", "--customer", "Acme", "--as", "webvt"]).expect(1);
    assert!(printed.err.contains("[unknown_format]") && printed.err.contains("webvtt"), "{}", printed.err);
}

/// How many original files the folder holds.
fn originals(program: &Program) -> usize {
    let mut folders = vec![program.folder().join("data")];
    let mut count = 0;
    while let Some(folder) = folders.pop() {
        let Ok(items) = std::fs::read_dir(folder) else { continue };
        for item in items.map(|item| item.expect("it can be read")) {
            let path = item.path();
            let is_hash = item.file_name().to_string_lossy().len() >= 60;
            count += usize::from(path.is_file() && is_hash);
            folders.extend(path.is_dir().then_some(path));
        }
    }
    count
}
