use crate::support::Program;
use crate::support::meetings::{CALL, TALK};

fn with_meetings() -> Program {
    let program = Program::new();
    program.write("call.vtt", CALL);
    program.write("talk.txt", TALK);
    program.run(&["import", "call.vtt", "--customer", "Molinos Aurora"]).expect(0);
    program.run(&["import", "talk.txt", "--customer", "Comercial Norte"]).expect(0);
    program
}

#[test]
fn what_matched_stands_in_brackets() {
    let printed = with_meetings().run(&["search", "spreadsheets"]).expect(0);
    assert!(printed.out.contains("Molinos Aurora · call, turn 2"), "{}", printed.out);
    assert!(printed.out.contains("by hand from the [spreadsheet] into the system."), "{}", printed.out);
}

#[test]
fn programs_get_json() {
    let found = with_meetings().run(&["search", "--json", "--limit", "1", "copy OR copiar"]).expect(0).json();
    assert_eq!((&found["total"], found["hits"].as_array().map(Vec::len)), (&2.into(), Some(1)));
}

#[test]
fn a_customer_narrows_and_an_unknown_one_is_named() {
    let program = with_meetings();
    let found = program.run(&["search", "--json", "--customer", "comercial norte", "copy OR copiar"]).expect(0).json();
    assert_eq!((&found["total"], &found["hits"][0]["source"]), (&1.into(), &"talk.txt".into()));
    let printed = program.run(&["search", "copy", "--customer", "Comercial Note"]).expect(1);
    assert!(printed.err.contains("Comercial Norte") && printed.err.contains("[customer_not_found]"), "{}", printed.err);
}

#[test]
fn nothing_found_says_what_to_try() {
    let program = with_meetings();
    assert!(program.run(&["search", "zeppelin"]).expect(0).out.contains("Try fewer words"));
    assert!(program.run_in_spanish(&["search", "zeppelin"]).expect(0).out.contains("Pruebe con menos palabras"));
}

#[test]
fn a_deleted_index_is_built_anew_by_the_next_command() {
    let program = with_meetings();
    std::fs::remove_dir_all(program.folder().join("index")).expect("it can be deleted");
    assert_eq!(program.run(&["search", "--json", "spreadsheet"]).expect(0).json()["total"], 1);
}
