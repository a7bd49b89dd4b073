use std::path::PathBuf;
use std::process::Command;

use crate::support::Program;
use crate::support::meetings::{CALL, TALK};

const ARCHIVE: &[u8] = include_bytes!("../../fixtures/archives/meetings.zip");

#[test]
fn folders_globs_and_archives_are_files() {
    let program = Program::new();
    program.write("calls/one.vtt", CALL);
    program.write("calls/.hidden.txt", TALK);
    program.write("calls/deep/two.txt", TALK);
    program.write("all.zip", ARCHIVE);
    let flat = program.run(&["import", "calls", "--customer", "Acme", "--json"]).expect(0).json_lines();
    assert_eq!(flat.iter().map(|line| &line["file"]).collect::<Vec<_>>(), ["calls/one.vtt"]);
    let deep = program.run(&["import", "calls", "--recursive", "--customer", "Acme", "--json"]).expect(0).json_lines();
    assert_eq!(deep.iter().map(|line| &line["newness"]).collect::<Vec<_>>(), ["new", "already_there"]);
    let glob = program.run(&["import", "calls/**/*.txt", "--customer", "Acme", "--json"]).expect(0).json_lines();
    assert_eq!(glob.iter().map(|line| &line["file"]).collect::<Vec<_>>(), ["calls/deep/two.txt"]);
    let zip = program.run(&["import", "all.zip", "--customer", "Acme", "--json"]);
    assert!(zip.json_lines().len() > 1, "{zip:?}");
    let nothing = program.run(&["import", "calls/*.pdf", "--customer", "Acme"]).expect(1);
    assert!(nothing.err.contains("[no_files]"), "{}", nothing.err);
    let missing = program.run(&["import", "nowhere.txt", "--customer", "Acme"]).expect(1);
    assert!(missing.err.contains("[file_unreadable]"), "{}", missing.err);
}

#[test]
fn a_second_run_passes_over_what_is_there_and_says_how_many() {
    let program = Program::new();
    program.write("calls/one.vtt", CALL);
    program.write("calls/two.txt", "");
    let first = program.run(&["import", "calls", "--customer", "Acme"]).expect(3);
    assert!(first.out.contains("1 new, 0 revisions, 0 there already, 1 failed"), "{}", first.out);
    let second = program.run(&["import", "calls", "--customer", "Acme"]).expect(3);
    assert!(second.out.contains("0 new, 0 revisions, 1 there already, 1 failed"), "{}", second.out);
}

#[test]
fn a_dry_run_tells_who_speaks_and_keeps_nothing() {
    let program = Program::new();
    program.write("call.vtt", CALL);
    let printed = program.run(&["import", "--dry-run", "call.vtt", "--customer", "Acme"]).expect(0);
    assert!(printed.out.contains("Acme (new customer)"), "{}", printed.out);
    assert!(printed.out.contains("Camila (team): Team (the label), 1 turns: How do you close"), "{}", printed.out);
    assert!(!program.folder().join("data").exists());
    let json = program.run(&["import", "--dry-run", "--json", "call.vtt"]).expect(0).json_lines();
    assert_eq!(json[0]["preview"]["speakers"][1]["label"], "Renata (Molinos Aurora)");
    program.run(&["import", "call.vtt", "--customer", "Acme"]).expect(0);
    program.write("copy.vtt", CALL.replace("two days", "three days"));
    let again = program.run(&["import", "--dry-run", "copy.vtt", "call.vtt"]).expect(0);
    assert!(again.out.contains("% like “call”") && again.out.contains("there already, as “call”"), "{}", again.out);
}

#[test]
fn a_corrected_transcript_is_offered_and_taken_as_a_revision() {
    let program = Program::new();
    program.write("call.vtt", CALL);
    program.write("better.vtt", CALL.replace("two days", "three days"));
    program.run(&["import", "call.vtt", "--customer", "Acme"]).expect(0);
    let apart = program.run(&["import", "better.vtt", "--customer", "Acme"]).expect(0);
    assert!(apart.out.contains("--revision-of"), "{}", apart.out);
    let joined = program.run(&["import", "better.vtt", "--customer", "Acme", "--revisions"]).expect(0);
    assert!(joined.out.contains("a new revision"), "{}", joined.out);
    let meetings = program.run(&["meetings", "list", "--json"]).expect(0).json();
    assert_eq!(meetings.as_array().map(Vec::len), Some(1));
    let id = meetings[0]["meeting"]["id"].as_str().expect("an identity").to_owned();
    let revisions = program.run(&["meetings", "revisions", &id]).expect(0);
    assert!(revisions.out.contains("* ") && revisions.out.contains("call.vtt"), "{}", revisions.out);
    program.run(&["meetings", "rechecks", &id]).expect(0);
    program.run(&["verify"]).expect(0);
}

#[test]
fn people_and_customers_are_put_right_and_taken_back() {
    let program = Program::new();
    program.write("a.txt", "Jorge Antelo: Nadie sabe cómo cerrar las facturas sin mí.\nLucía Roca: Ya veo.\n");
    program.write("b.txt", "J. Antelo: Nadie sabe cómo cerrar las guías sin mí.\nLucía Roca: Claro.\n");
    program.run(&["import", "a.txt", "b.txt", "--customer", "Comversa"]).expect(0);
    let proposals = program.run(&["people", "proposals", "--customer", "Comversa"]).expect(0);
    assert!(proposals.out.contains("Jorge Antelo = J. Antelo? (initials)"), "{}", proposals.out);
    let merge = ["people", "merge", "J. Antelo", "Jorge Antelo", "--customer", "Comversa"];
    let merged = program.run(&merge).expect(0);
    program.run(&["people", "side", "Jorge Antelo", "team", "--customer", "Comversa"]).expect(0);
    let list = program.run(&["people", "list", "--customer", "Comversa"]).expect(0);
    assert!(list.out.contains("Jorge Antelo · Team · 2 meetings, 2 turns"), "{}", list.out);
    let undo = merged.out.split_whitespace().last().expect("an identity").to_owned();
    program.run(&["corrections", "undo", &undo]).expect(0);
    let again = program.run(&["corrections", "undo", &undo]).expect(1);
    assert!(again.err.contains("[already_undone]"), "{}", again.err);
    program.run(&["customers", "rename", "Comversa", "Comversa SRL"]).expect(0);
    program.run(&["customers", "alias", "comversa", "Conversa"]).expect(0);
    let shown = program.run(&["customers", "show", "Conversa"]).expect(0);
    assert!(shown.out.starts_with("Comversa SRL\n") && shown.out.contains("= Conversa"), "{}", shown.out);
    let nobody = program.run(&["people", "rename", "Nadie", "Alguien", "--customer", "Comversa"]).expect(1);
    assert!(nobody.err.contains("[person_not_found]"), "{}", nobody.err);
}

#[test]
fn a_verification_finds_a_damaged_original() {
    let program = Program::new();
    program.write("call.vtt", CALL);
    program.run(&["import", "call.vtt", "--customer", "Acme"]).expect(0);
    let well = program.run(&["verify", "--json"]).expect(0).json();
    assert_eq!((&well["transcripts"], &well["problems"]), (&1.into(), &serde_json::json!([])));
    let original = originals(&program).remove(0);
    std::fs::write(&original, CALL.replace("two days", "two  ays")).expect("it can be written");
    let printed = program.run(&["verify"]).expect(1);
    assert!(printed.err.contains("[original_damaged]"), "{}", printed.err);
}

#[test]
fn a_watched_folder_is_imported_and_put_away_with_reports() {
    let program = Program::new();
    let inbox = program.folder().join("inbox");
    program.write("inbox/Hotel Lago/talk.txt", TALK);
    program.write("inbox/Hotel Lago/empty.txt", "");
    program.write("inbox/call.vtt", CALL);
    program.write("inbox/growing.vtt.part", CALL);
    program.write("secret.txt", TALK);
    #[cfg(unix)]
    std::os::unix::fs::symlink(program.folder().join("secret.txt"), inbox.join("link.txt")).expect("a link");
    let watch = |program: &Program| program.run_in_spanish(&["watch", "inbox", "--customer", "Acme", "--once"]);
    watch(&program).expect(0);
    let lies = |path: &str| inbox.join(path).is_file();
    assert!(lies("done/Hotel Lago/talk.txt") && lies("done/Hotel Lago/talk.txt.report.txt"));
    assert!(lies("done/call.vtt") && lies("failed/Hotel Lago/empty.txt") && lies("growing.vtt.part"));
    assert!(inbox.join("link.txt").symlink_metadata().is_ok(), "a link is left alone");
    let report = |path: &str| std::fs::read_to_string(inbox.join(path)).expect("a report");
    assert!(
        report("failed/Hotel Lago/empty.txt.report.txt").contains("El archivo está vacío"),
        "{}",
        report("failed/Hotel Lago/empty.txt.report.txt")
    );
    assert!(report("done/call.vtt.report.txt").contains("importado"), "{}", report("done/call.vtt.report.txt"));
    let customers = program.run(&["customers", "list", "--json"]).expect(0).json();
    let names: Vec<_> =
        customers.as_array().expect("a list").iter().map(|row| row["customer"]["name"].clone()).collect();
    assert_eq!(names, ["Acme", "Hotel Lago"], "a sub-folder is called after its customer");
    program.write("inbox/call.vtt", CALL);
    watch(&program).expect(0);
    assert!(lies("done/call (2).vtt"), "the same bytes again are put away too");
    assert_eq!(program.run(&["meetings", "list", "--json"]).expect(0).json().as_array().map(Vec::len), Some(2));
}

#[test]
fn a_link_in_the_place_of_our_own_folders_is_refused() {
    let program = Program::new();
    program.write("elsewhere/note.txt", "");
    std::fs::create_dir_all(program.folder().join("inbox")).expect("a folder");
    #[cfg(unix)]
    std::os::unix::fs::symlink(program.folder().join("elsewhere"), program.folder().join("inbox/done"))
        .expect("a link");
    let printed = program.run(&["watch", "inbox", "--once"]).expect(1);
    assert!(printed.err.contains("[not_a_folder]"), "{}", printed.err);
}

#[cfg(unix)]
#[test]
fn an_interrupted_import_leaves_a_whole_store_and_says_how_to_go_on() {
    let program = Program::new();
    for number in 0..300 {
        program.write(&format!("calls/{number}.vtt"), CALL.replace("two days", &format!("{number} days")));
    }
    let mut child = Command::new(env!("CARGO_BIN_EXE_cita"))
        .args(["import", "calls", "--customer", "Acme"])
        .current_dir(program.folder())
        .env_clear()
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut output = std::io::BufReader::new(child.stdout.take().expect("it is piped"));
    let mut line = String::new();
    std::io::BufRead::read_line(&mut output, &mut line).expect("it tells of the first file");
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().is_ok_and(|status| status.success()));
    std::io::Read::read_to_string(&mut output, &mut line).expect("the rest");
    drop(output);
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!(ended.status.code(), Some(130), "{line}");
    assert!(String::from_utf8_lossy(&ended.stderr).contains("the same command goes on"), "{ended:?}");
    assert_eq!(program.run(&["verify"]).expect(0).code, 0);
    let again = program.run(&["import", "calls", "--customer", "Acme"]).expect(0);
    assert!(
        again.out.contains("there already, 0 failed") && !again.out.contains(" 0 there already"),
        "{}",
        again.out.lines().last().unwrap_or_default()
    );
}

/// The original files of the data folder.
fn originals(program: &Program) -> Vec<PathBuf> {
    let folders = std::fs::read_dir(program.folder().join("data/originals")).expect("they are there");
    let folders = folders.filter_map(Result::ok).map(|item| item.path()).filter(|path| path.is_dir());
    let files = folders.flat_map(|folder| std::fs::read_dir(folder).expect("it can be read").filter_map(Result::ok));
    files.map(|item| item.path()).collect()
}
