use crate::support::Program;
use crate::support::meetings::CALL;

fn with_a_meeting() -> Program {
    let program = Program::new();
    program.write("call.vtt", CALL);
    program.run(&["import", "call.vtt", "--customer", "Molinos Aurora"]).expect(0);
    program
}

#[test]
fn a_map_is_written_to_standard_output_or_to_a_file() {
    let program = with_a_meeting();
    let printed = program.run(&["map", "export", "--customer", "molinos aurora", "--format", "md"]).expect(0);
    assert!(printed.out.starts_with("# Customer empathy map: Molinos Aurora\n"), "{}", printed.out);
    program.run(&["map", "export", "--customer", "Molinos Aurora", "-o", "map.md"]).expect(0);
    assert_eq!(std::fs::read_to_string(program.folder().join("map.md")).expect("it is there"), printed.out);
}

#[test]
fn the_reader_chooses_the_language() {
    let program = with_a_meeting();
    let asked = program.run(&["map", "export", "--customer", "Molinos Aurora", "--language", "es"]).expect(0).out;
    assert!(asked.starts_with("# Mapa de empatía: Molinos Aurora\n"), "{asked}");
    assert_eq!(program.run_in_spanish(&["map", "export", "--customer", "Molinos Aurora"]).expect(0).out, asked);
}

#[test]
fn programs_get_json() {
    let map =
        with_a_meeting().run(&["map", "export", "--customer", "Molinos Aurora", "--format", "json"]).expect(0).json();
    assert_eq!((&map["document"], &map["customer"]), (&"empathy_map".into(), &"Molinos Aurora".into()));
}

#[test]
fn an_unknown_customer_brings_the_nearest_names() {
    let printed = with_a_meeting().run(&["map", "export", "--customer", "Molinos Aurra"]).expect(1);
    assert!(printed.err.contains("no customer called \"Molinos Aurra\""), "{}", printed.err);
    assert!(printed.err.contains("Molinos Aurora") && printed.err.contains("[customer_not_found]"), "{}", printed.err);
}

#[test]
fn an_unknown_format_is_wrong_usage_and_the_known_ones_are_named() {
    let printed =
        with_a_meeting().run(&["map", "export", "--customer", "Molinos Aurora", "--format", "docx"]).expect(2);
    assert!(printed.err.contains("[possible values: md, json]"), "{}", printed.err);
}
