use crate::support::Program;

#[test]
fn help_teaches_every_command() {
    let program = Program::new();
    let mut pages = vec![program.run(&["--help"]).expect(0).out];
    for command in [
        "demo",
        "serve",
        "import",
        "watch",
        "people",
        "people side",
        "customers",
        "meetings",
        "corrections",
        "analyze",
        "languages",
        "search",
        "lexicon check",
        "map export",
        "reindex",
        "verify",
    ] {
        let arguments: Vec<&str> = command.split(' ').chain(["--help"]).collect();
        pages.push(program.run(&arguments).expect(0).out);
    }
    insta::assert_snapshot!("help", pages.join("\n----\n\n"));
}

#[test]
fn wrong_usage_is_told_apart_from_failure() {
    let program = Program::new();
    for arguments in
        [&["nothing"][..], &["import"], &["map", "export"], &["search"], &["analyze", "--format", "xml", "a.vtt"]]
    {
        let printed = program.run(arguments).expect(2);
        assert!(printed.out.is_empty() && printed.err.contains("--help"), "{arguments:?}: {printed:?}");
    }
    assert!(program.run(&["searh"]).expect(2).err.contains("'search'"), "it says what was meant");
}

#[test]
fn completions_come_for_every_shell() {
    let program = Program::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = program.run(&["completions", shell]).expect(0).out;
        assert!(script.contains("cita") && script.contains("reindex"), "{shell}: {script}");
    }
}

#[test]
fn the_version_is_the_packages() {
    assert_eq!(Program::new().run(&["--version"]).expect(0).out, format!("cita {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn nothing_is_written_where_nothing_is_kept() {
    let program = Program::new();
    program.write("call.vtt", crate::support::meetings::CALL);
    program.run(&["analyze", "call.vtt"]).expect(0);
    program.run(&["import", "--dry-run", "call.vtt"]).expect(0);
    program.run(&["lexicon", "check"]);
    let names: Vec<_> = std::fs::read_dir(program.folder())
        .expect("it is there")
        .map(|item| item.expect("it can be read").file_name())
        .collect();
    assert_eq!(names, ["call.vtt"]);
}
