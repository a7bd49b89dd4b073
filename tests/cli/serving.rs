use std::time::{Duration, Instant};

use crate::support::meetings::CALL;
use crate::support::{Form, Program};

#[test]
fn only_this_machine_may_be_listened_on() {
    let program = Program::new();
    for address in ["0.0.0.0:7475", "192.168.0.10:80", "[::]:7475"] {
        for command in ["serve", "demo"] {
            let printed = program.run(&[command, "--listen", address]).expect(1);
            assert!(printed.err.contains("[listen_refused]") && printed.err.contains("ssh -L"), "{}", printed.err);
        }
    }
    assert!(!program.folder().join("data").exists(), "it is refused before anything is made");
}

#[test]
fn a_taken_port_is_told() {
    let program = Program::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("it has one").to_string();
    let printed = program.run(&["serve", "--listen", &address]).expect(1);
    assert!(printed.err.contains("[listen_failed]") && printed.err.contains("--listen"), "{}", printed.err);
}

#[test]
fn a_server_answers_and_stops_cleanly() {
    let program = Program::new();
    program.write("call.vtt", CALL);
    program.run(&["import", "call.vtt", "--customer", "Acme"]).expect(0);
    let mut server = program.serve();
    let page = ureq::get(format!("{}/", server.address)).call().expect("home answers").body_mut().read_to_string();
    assert!(page.expect("it is text").contains("Acme"));
    let asked = Instant::now();
    assert!(server.stop().success());
    assert!(asked.elapsed() < Duration::from_secs(10));
}

#[test]
fn what_people_say_and_search_for_reaches_no_log_line() {
    const CANARY: &str = "quetzalcanary";
    let program = Program::new();
    let mut server = program.serve_logging_to("log.txt");
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let ask = |path: &str| agent.get(format!("{}{path}", server.address)).call().expect("the service answers");
    for (name, text) in [("call.vtt", CALL.replace("spreadsheet", CANARY)), ("empty.txt", String::new())] {
        let form = Form::file(&format!("{CANARY}-{name}"), text).field("customer", CANARY).field("title", CANARY);
        let request = agent.post(format!("{}/api/v1/meetings", server.address));
        request.header("content-type", Form::content_type()).send(form.finished()).expect("the service answers");
    }
    for path in
        ["/api/v1/search?q=quetzalcanary", "/search?q=%22quetzalcanary", "/api/v1/meetings?x=quetzalcanary", "/"]
    {
        ask(path);
    }
    assert!(server.stop().success());
    let log = std::fs::read_to_string(program.folder().join("log.txt")).expect("it was written");
    assert!(log.contains("/api/v1/search"), "the log tells of requests: {log}");
    assert!(!log.contains(CANARY), "{log}");
}

#[test]
fn the_demo_imports_its_meetings_and_tells_what_it_found() {
    let program = Program::new();
    let printed = program.run(&["demo", "--no-serve"]).expect(0);
    assert!(printed.out.contains("19 meetings (19 new, 0 there already)"), "{}", printed.out);
    for line in ["Languages: ", "Suggestions: ", "The strongest:"] {
        assert!(printed.out.contains(line), "{line}: {}", printed.out);
    }
    assert_eq!(printed.out.matches('“').count(), 5, "five quotes: {}", printed.out);
    let again = program.run(&["demo", "--no-serve"]).expect(0);
    assert!(again.out.contains("19 meetings (0 new, 19 there already)"), "{}", again.out);
}
