use crate::support::Program;

const GOOD: &str = r#"id = "late-parts"
kind = "friction"
family = "B4"
weight = 2.2
label = { es = "Repuestos que llegan tarde", en = "Parts that come late" }
definition = { es = "Una pieza llega después de que hacía falta.", en = "A part comes after it was needed." }

[terms]
es = ["(repuesto|pieza) .. (llegar|venir) tarde", "(pieza|repuesto) .. tarde"]
en = ["(spare|part) .. (come|arrive) late"]

[examples]
hit = ["El [repuesto del molino llegó tarde].", "The [spare for the mill came late]."]
"#;

#[test]
fn a_good_folder_is_counted() {
    let program = Program::new();
    program.write("words/friction/late-parts.toml", GOOD);
    let printed = program.run(&["lexicon", "check", "words"]).expect(0);
    assert_eq!(printed.out, "1 concepts, 3 terms, 0 mistakes\n");
    assert_eq!(
        program.run(&["lexicon", "check", "words", "--json"]).expect(0).json()["problems"],
        serde_json::json!([])
    );
}

#[test]
fn a_mistake_is_shown_at_its_place_with_what_was_meant() {
    let program = Program::new();
    program.write("words/friction/late-parts.toml", GOOD.replace("[examples]", "[exmples]"));
    let printed = program.run(&["lexicon", "check", "words"]).expect(1);
    let shown = "--> words/friction/late-parts.toml:12:2\n   |  [exmples]\n   |   ^\n  Did you mean \"examples\"?";
    assert!(printed.err.contains(shown), "{}", printed.err);
    let spanish = program.run_in_spanish(&["lexicon", "check", "words"]).expect(1);
    assert!(spanish.err.contains("¿Quiso decir"), "{}", spanish.err);
}

#[test]
fn an_example_that_does_not_hold_is_a_mistake() {
    let program = Program::new();
    program.write(
        "words/friction/late-parts.toml",
        GOOD.replace("[repuesto del molino llegó tarde]", "[repuesto] del molino llegó ayer"),
    );
    let printed = program.run(&["lexicon", "check", "words"]).expect(1);
    assert!(
        printed.err.contains("late-parts.toml:13") && printed.err.contains("[lexicon_example_fails]"),
        "{}",
        printed.err
    );
}

#[test]
fn a_folder_of_your_own_changes_what_is_proposed() {
    let program = Program::new();
    program.write("words/friction/late-parts.toml", GOOD);
    program.write(
        "call.txt",
        "Ana: Otra vez el repuesto del molino llegó tarde y nos dejó dos días sin moler.\nBeto: Entiendo.\n",
    );
    let found = |more: &[&str]| {
        let arguments = [&["analyze", "--format", "jsonl", "call.txt"][..], more].concat();
        let lines = program.run(&arguments).expect(0).json_lines();
        lines.iter().any(|line| line["reasons"].to_string().contains("Parts that come late"))
    };
    assert!(!found(&[]));
    assert!(found(&["--lexicons", "words"]));
}

#[test]
fn a_mistaken_folder_stops_a_command_before_it_starts() {
    let program = Program::new();
    program.write("words/friction/late-parts.toml", GOOD.replace("weight = 2.2", "weight = 9"));
    program.write("call.txt", "Ana: Hola.\n");
    let printed = program.run(&["analyze", "call.txt", "--lexicons", "words"]).expect(1);
    assert!(
        printed.err.contains("late-parts.toml:4") && printed.err.contains("[lexicon_bad_weight]"),
        "{}",
        printed.err
    );
    assert!(program.run(&["lexicon", "check", "nowhere"]).expect(1).err.contains("[lexicon_folder]"));
}
