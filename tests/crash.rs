//! Fifty times a serving process is killed in the middle of uploads. Whatever it acknowledged is there afterwards, once,
//! whole, and search finds it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use cita::store::Store;
use serde_json::Value;

use crate::support::{Form, Program};

const KILLS: usize = 50;
const CLIENTS: usize = 4;
/// How many acknowledged uploads make the test mean something.
const LEAST_ACKNOWLEDGED: usize = 200;
/// How long a killed service may take until it answers again.
const READY: Duration = Duration::from_secs(10);
const TURNS: u64 = 3;

#[test]
fn nothing_acknowledged_is_lost_or_doubled_by_fifty_kills() {
    let program = Program::new();
    let mut acknowledged: BTreeMap<String, String> = BTreeMap::new();
    let mut interrupted = 0;
    for kill in 0..KILLS {
        let mut server = program.serve();
        let stop = AtomicBool::new(false);
        let round = Round { next: AtomicUsize::new(kill * 10_000), answered: AtomicUsize::new(0) };
        let logs: Vec<Log> = std::thread::scope(|scope| {
            let clients: Vec<_> =
                (0..CLIENTS).map(|_| scope.spawn(|| uploads(&server.address, &round, &stop))).collect();
            // Never the same moment twice: after four to ten answers, and then up to 40 ms into the next uploads.
            round.wait_for(4 + kill % 7);
            std::thread::sleep(Duration::from_millis((kill as u64 * 23) % 41));
            kill_process(server.process());
            stop.store(true, Ordering::Relaxed);
            clients.into_iter().map(|client| client.join().expect("a client does not panic")).collect()
        });
        server.kill();
        for log in logs {
            acknowledged.extend(log.acknowledged);
            interrupted += log.interrupted;
        }
    }
    println!("{KILLS} kills, {} uploads acknowledged, {interrupted} cut off", acknowledged.len());
    assert!(acknowledged.len() >= LEAST_ACKNOWLEDGED, "only {} were acknowledged", acknowledged.len());
    assert!(interrupted >= KILLS / 2, "only {interrupted} uploads were cut off: the kills came at idle moments");
    expect_whole(&program, &acknowledged);
    let store = Store::open(&program.folder().join("data")).expect("the store opens");
    assert_eq!(store.verify().expect("it can be checked"), Vec::new());
}

/// One life of the service, as its clients share it.
struct Round {
    /// The number of the next file.
    next: AtomicUsize,
    /// How many uploads were answered.
    answered: AtomicUsize,
}

impl Round {
    fn wait_for(&self, answers: usize) {
        let started = Instant::now();
        while self.answered.load(Ordering::Relaxed) < answers && started.elapsed() < 2 * READY {
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

/// What a client saw.
#[derive(Default)]
struct Log {
    /// The name of each file that was acknowledged, with the identity of its meeting.
    acknowledged: Vec<(String, String)>,
    /// How many uploads got no answer.
    interrupted: usize,
}

/// Uploads one file after another until the service is gone.
fn uploads(address: &str, round: &Round, stop: &AtomicBool) -> Log {
    let mut log = Log::default();
    while !stop.load(Ordering::Relaxed) {
        let number = round.next.fetch_add(1, Ordering::Relaxed);
        match upload(address, number) {
            Some((status, body)) => {
                assert_eq!(status, 201, "{body}");
                round.answered.fetch_add(1, Ordering::Relaxed);
                let meeting = &body["meeting"]["meeting"];
                let text = |field: &Value| field.as_str().expect("it is text").to_owned();
                log.acknowledged.push((text(&meeting["source"]["file_name"]), text(&meeting["id"])));
            }
            None => {
                log.interrupted += 1;
                break;
            }
        }
    }
    log
}

/// Status and body; none where the connection broke.
fn upload(address: &str, number: usize) -> Option<(u16, Value)> {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let form = Form::file(&file_name(number), text(number)).field("customer", "Molinos Aurora");
    let request = agent.post(format!("{address}/api/v1/meetings")).header("content-type", Form::content_type());
    let mut answer = request.send(form.finished()).ok()?;
    let body = answer.body_mut().read_to_string().ok()?;
    Some((answer.status().as_u16(), serde_json::from_str(&body).ok()?))
}

fn file_name(number: usize) -> String {
    format!("{}.txt", word(number))
}

/// A meeting whose words are in no other.
fn text(number: usize) -> String {
    let word = word(number);
    format!(
        "Camila: ¿Cómo va el lote {word}?\nRenata: Copiamos la guía {word} a mano, otra vez.\nCamila: Entiendo, gracias.\n"
    )
}

/// The number as a word that no stemmer changes.
fn word(mut number: usize) -> String {
    let mut word = String::from("zk");
    loop {
        word.push(char::from(b"bcdfghjklm"[number % 10]));
        number /= 10;
        if number == 0 {
            return word;
        }
    }
}

/// Every acknowledged meeting is there, none twice, each whole, and search finds exactly what the store holds.
fn expect_whole(program: &Program, acknowledged: &BTreeMap<String, String>) {
    let started = Instant::now();
    let server = program.serve();
    get(&server.address, "/api/v1/meetings?limit=1");
    assert!(started.elapsed() < READY, "it took {:?} to answer again", started.elapsed());
    wait_for_index(&server.address);

    let meetings = all_meetings(&server.address);
    let mut names = BTreeSet::new();
    for row in &meetings {
        let name = row["meeting"]["source"]["file_name"].as_str().expect("a name");
        assert!(names.insert(name), "{name} is there twice");
        assert_eq!(row["turns"], TURNS, "{name} is not whole");
    }
    for (name, id) in acknowledged {
        let row = meetings.iter().find(|row| row["meeting"]["source"]["file_name"] == name.as_str());
        let row = row.unwrap_or_else(|| panic!("{name} was acknowledged and is lost"));
        assert_eq!(row["meeting"]["id"], id.as_str(), "{name}");
    }
    let total = get(&server.address, "/api/v1/search?q=lote&limit=1")["total"].clone();
    assert_eq!(total, meetings.len(), "the index does not hold what the store holds");
    for row in &meetings {
        let name = row["meeting"]["source"]["file_name"].as_str().expect("a name").trim_end_matches(".txt");
        let found = get(&server.address, &format!("/api/v1/search?q={name}"));
        assert_eq!(found["total"], 2, "{name}: {found:#}");
        assert_eq!(found["hits"][0]["meeting"], row["meeting"]["id"], "{name}");
    }
}

fn all_meetings(address: &str) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    loop {
        let before = all.last().map(|row| format!("&before={}", row["meeting"]["id"].as_str().expect("an identity")));
        let page = get(address, &format!("/api/v1/meetings?limit=200{}", before.unwrap_or_default()));
        let rows = page["meetings"].as_array().expect("a list");
        if rows.is_empty() {
            return all;
        }
        all.extend(rows.iter().cloned());
    }
}

fn wait_for_index(address: &str) {
    let started = Instant::now();
    loop {
        let index = get(address, "/api/v1/status")["index"].clone();
        if index["state"]["is"] == "ready" && index["behind"] == 0 {
            return;
        }
        assert!(started.elapsed() < READY, "the index never caught up: {index}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn get(address: &str, path: &str) -> Value {
    let mut answer = ureq::get(format!("{address}{path}")).call().expect("the service answers");
    serde_json::from_str(&answer.body_mut().read_to_string().expect("it is text")).expect("it is JSON")
}

/// Kills a process of ours from another thread's sight: no destructor runs in it, no file is closed by it.
fn kill_process(id: u32) {
    let killed = std::process::Command::new("kill").args(["-KILL", &id.to_string()]).status();
    assert!(killed.is_ok_and(|status| status.success()), "our own child can be killed");
}
