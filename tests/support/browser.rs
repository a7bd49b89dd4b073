//! A real browser: Debian's Chromium, driven over WebDriver, which is JSON over HTTP.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A window of its own, with a fresh profile. Everything it started ends when it goes.
pub struct Browser {
    driver: Child,
    /// Held open: a driver whose output nobody takes would stop.
    _output: BufReader<ChildStdout>,
    profile: TempDir,
    agent: ureq::Agent,
    session: String,
}

/// The flags for a window that nobody sees, on a machine that may be a container, talking to nobody but us.
const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// The key under which WebDriver hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// How long something may take to appear on a page.
const PATIENCE: Duration = Duration::from_secs(20);

impl Browser {
    /// Opens a window of this size; none where `CITA_SKIP_BROWSER=1` asks to leave the browser out.
    ///
    /// # Panics
    /// chromedriver is not installed: a test that silently does nothing would be worse.
    pub fn open(width: u32, height: u32) -> Option<Self> {
        if std::env::var("CITA_SKIP_BROWSER").is_ok_and(|value| value == "1") {
            eprintln!("SKIPPED: no browser test was run (CITA_SKIP_BROWSER=1)");
            return None;
        }
        let profile = tempfile::tempdir().expect("a temporary folder");
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("chromedriver is installed: `./scripts/test` does it, or set CITA_SKIP_BROWSER=1");
        let mut output = BufReader::new(driver.stdout.take().expect("it is piped"));
        let port = port_of(&mut output);
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut browser =
            Self { driver, _output: output, agent, session: format!("http://127.0.0.1:{port}/session"), profile };
        let id = browser.post("", &browser.capabilities(width, height))["sessionId"].as_str().map(str::to_owned);
        browser.session = format!("{}/{}", browser.session, id.expect("Chromium starts"));
        Some(browser)
    }

    /// Goes to an address and waits until the page has loaded.
    pub fn go(&self, address: &str) {
        self.post("/url", &json!({ "url": address }));
    }

    /// The address of the page.
    pub fn address(&self) -> String {
        self.get("/url").as_str().expect("a page has an address").to_owned()
    }

    /// Clicks on the first element that this selector finds.
    pub fn click(&self, selector: &str) {
        let element = self.find(selector);
        self.post(&format!("/element/{element}/click"), &json!({}));
    }

    /// Types into a field, or gives a file field its path.
    pub fn enter(&self, selector: &str, text: &str) {
        let element = self.find(selector);
        self.post(&format!("/element/{element}/value"), &json!({ "text": text }));
    }

    /// Gives a file field this file.
    pub fn choose_file(&self, selector: &str, path: &Path) {
        self.enter(selector, path.to_str().expect("a path of the test is UTF-8"));
    }

    /// Presses and releases one key, wherever the focus is.
    pub fn press(&self, key: &str) {
        let keys = json!([{ "type": "keyDown", "value": key }, { "type": "keyUp", "value": key }]);
        self.post("/actions", &json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": keys }] }));
    }

    /// The visible text of the first element that this selector finds.
    pub fn text(&self, selector: &str) -> String {
        let element = self.find(selector);
        self.get(&format!("/element/{element}/text")).as_str().expect("an element has a text").to_owned()
    }

    /// How many elements this selector finds just now.
    pub fn count(&self, selector: &str) -> usize {
        let found = self.post("/elements", &json!({ "using": "css selector", "value": selector }));
        found.as_array().map_or(0, Vec::len)
    }

    /// Waits until the element shows these words.
    #[track_caller]
    pub fn wait_for(&self, selector: &str, words: &str) {
        let script = "const one = document.querySelector(arguments[0]); return one ? one.innerText : null;";
        let mut seen = Value::Null;
        let found = within_patience(|| {
            seen = self.run(script, &json!([selector]));
            seen.as_str().is_some_and(|text| text.contains(words))
        });
        assert!(found, "{selector} never showed {words:?} on {}: {seen}", self.address());
    }

    /// Waits until a script in the page answers with true.
    #[track_caller]
    pub fn wait_until(&self, what: &str, script: &str) {
        let found = within_patience(|| self.run(script, &json!([])) == true);
        assert!(found, "never on {}: {what}", self.address());
    }

    /// Waits until the first element of a selector holds these words, without a script. An element that goes while it is
    /// read, because the next page comes, is looked for again.
    #[track_caller]
    pub fn find_text(&self, selector: &str, words: &str) {
        let mut seen = String::new();
        let found = within_patience(|| {
            let element = self.find(selector);
            let answer = self.agent.get(format!("{}/element/{element}/text", self.session)).call();
            let mut answer = answer.expect("chromedriver answers");
            let text = answer.body_mut().read_to_string().expect("chromedriver answers in UTF-8");
            let body: Value = serde_json::from_str(&text).expect("chromedriver answers in JSON");
            body["value"].as_str().unwrap_or_default().clone_into(&mut seen);
            seen.contains(words)
        });
        assert!(found, "{selector} never showed {words:?} on {}: {seen:?}", self.address());
    }

    /// Runs a script in the page; answers with what it returns.
    pub fn run(&self, script: &str, arguments: &Value) -> Value {
        self.post("/execute/sync", &json!({ "script": script, "args": arguments }))
    }

    /// Shows pages as somebody sees them who likes dark pages, or light ones.
    pub fn prefer_dark(&self, dark: bool) {
        let scheme = if dark { "dark" } else { "light" };
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.command("Emulation.setEmulatedMedia", &json!({ "features": features }));
    }

    /// Shows pages as a browser does that runs no script of theirs, or runs them again.
    pub fn run_scripts(&self, run: bool) {
        self.command("Emulation.setScriptExecutionDisabled", &json!({ "value": !run }));
    }

    /// Asks for pages in this language from now on.
    pub fn speak(&self, language: &str) {
        self.command("Network.enable", &json!({}));
        self.command("Network.setExtraHTTPHeaders", &json!({ "headers": { "Accept-Language": language } }));
    }

    /// What axe-core objects to on the page as it stands: the rule, and the elements.
    pub fn objections(&self, axe: &str) -> Vec<String> {
        let script = format!(
            "{axe}\nreturn axe.run(document, arguments[0]).then((found) => found.violations.map((one) =>\
            `${{one.id}}: ${{one.help}}: ${{one.nodes.slice(0, 4).map((node) => node.target.join(' ') + ' ' + node.html.slice(0, 160) + ' ' + (node.any[0] ?? node.all[0] ?? node.none[0])?.message).join(' | ')}}`))"
        );
        let tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
        let found = self.run(&script, &json!([{ "runOnly": tags }]));
        found
            .as_array()
            .expect("axe lists what it finds")
            .iter()
            .map(|one| one.as_str().unwrap_or_default().to_owned())
            .collect()
    }

    fn command(&self, name: &str, parameters: &Value) {
        self.post("/goog/cdp/execute", &json!({ "cmd": name, "params": parameters }));
    }

    /// What the page complained of since the last time: errors of scripts, refused policies, failed requests.
    pub fn complaints(&self) -> Vec<String> {
        let entries = self.post("/se/log", &json!({ "type": "browser" }));
        let severe = entries.as_array().into_iter().flatten().filter(|entry| entry["level"] != "INFO");
        severe.map(|entry| format!("{}: {}", entry["level"], entry["message"])).collect()
    }

    fn find(&self, selector: &str) -> String {
        let mut found = Value::Null;
        let there = within_patience(|| {
            let answer = self.post("/elements", &json!({ "using": "css selector", "value": selector }));
            found = answer[0][ELEMENT].clone();
            found.is_string()
        });
        assert!(there, "nothing on {} is called {selector}", self.address());
        found.as_str().expect("it is text").to_owned()
    }

    fn capabilities(&self, width: u32, height: u32) -> Value {
        let mut flags: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
        flags.push(format!("--user-data-dir={}", self.profile.path().display()));
        flags.push(format!("--window-size={width},{height}"));
        json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": { "args": flags },
            "goog:loggingPrefs": { "browser": "ALL" },
        } } })
    }

    fn get(&self, path: &str) -> Value {
        let answer = self.agent.get(format!("{}{path}", self.session)).call();
        value_of(path, answer.expect("chromedriver answers"))
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        let request = self.agent.post(format!("{}{path}", self.session)).header("content-type", "application/json");
        value_of(path, request.send(body.to_string()).expect("chromedriver answers"))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Ending the session closes the window; then the whole group goes, whatever is left of it.
        drop(self.agent.delete(&self.session).call());
        drop(Command::new("kill").args(["-KILL", "--", &format!("-{}", self.driver.id())]).status());
        drop(self.driver.wait());
    }
}

fn port_of(output: &mut BufReader<ChildStdout>) -> u16 {
    let mut line = String::new();
    while output.read_line(&mut line).expect("chromedriver prints UTF-8") > 0 {
        if let Some((_, port)) = line.trim_end().trim_end_matches('.').rsplit_once("started successfully on port ") {
            return port.parse().expect("a port is a number");
        }
        line.clear();
    }
    panic!("chromedriver ended without saying its port")
}

fn value_of(path: &str, mut answer: ureq::http::Response<ureq::Body>) -> Value {
    let status = answer.status();
    let text = answer.body_mut().read_to_string().expect("chromedriver answers in UTF-8");
    let body: Value = serde_json::from_str(&text).expect("chromedriver answers in JSON");
    assert!(status.is_success(), "{path}: {}", body["value"]["message"]);
    body["value"].clone()
}

fn within_patience(mut done: impl FnMut() -> bool) -> bool {
    let started = Instant::now();
    loop {
        if done() {
            return true;
        }
        if started.elapsed() > PATIENCE {
            return false;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}
