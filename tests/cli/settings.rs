use crate::support::Program;
use crate::support::meetings::CALL;

#[test]
fn a_file_of_settings_is_read_where_there_is_one() {
    let program = Program::new();
    program.write("cita.toml", "data = \"kept\"\nindex = \"found\"\nteam = [\"Renata\"]\n");
    program.write("call.vtt", CALL);
    program.run(&["import", "call.vtt", "--customer", "Acme"]).expect(0);
    assert!(program.folder().join("kept").is_dir() && program.folder().join("found").is_dir());
    assert!(!program.folder().join("data").exists());
}

#[test]
fn a_flag_wins_over_the_file() {
    let program = Program::new();
    program.write("mine.toml", "data = \"kept\"\n");
    program.write("call.vtt", CALL);
    program.run(&["--config", "mine.toml", "import", "call.vtt", "--customer", "Acme", "--data", "other"]).expect(0);
    assert!(program.folder().join("other").is_dir() && !program.folder().join("kept").exists());
}

#[test]
fn a_mistake_in_the_file_is_shown_at_its_line() {
    let program = Program::new();
    program.write("cita.toml", "data = \"kept\"\nlisten_on = \"127.0.0.1:1\"\n");
    let printed = program.run(&["search", "x"]).expect(1);
    assert!(printed.err.contains("cita.toml:2") && printed.err.contains("Did you mean listen?"), "{}", printed.err);
    program.write("cita.toml", "data = \n");
    let printed = program.run(&["search", "x"]).expect(1);
    assert!(printed.err.contains("cita.toml:1") && printed.err.contains("[settings_not_toml]"), "{}", printed.err);
    program.write("cita.toml", "listen = \"here\"\n");
    let printed = program.run(&["search", "x"]).expect(1);
    assert!(printed.err.contains("cita.toml:1") && printed.err.contains("[setting_value]"), "{}", printed.err);
}

#[test]
fn what_the_team_says_is_never_proposed() {
    let program = Program::new();
    program.write("call.txt", "Ana: We copy every invoice by hand from the mail and we lose two days a month.\nBeto: We copy every invoice by hand from the spreadsheet and we lose two days a month.\n");
    let speakers = |team: &str| -> Vec<String> {
        let lines = program.run(&["analyze", "--format", "jsonl", "call.txt", "--team", team]).expect(0).json_lines();
        lines.iter().map(|line| line["speaker"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert!(!speakers("Ana").contains(&"Ana".to_owned()));
    assert!(speakers("Ana").contains(&"Beto".to_owned()));
}
