//! The built program, as a person starts it: one command in a folder of its own, or a server until the test ends.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A folder to run the program in: `data` and `index` come to lie in it.
pub struct Program {
    folder: TempDir,
}

/// What a command printed, and its exit code.
#[derive(Debug)]
pub struct Printed {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// A server of the built program; it is killed when this goes.
pub struct Server {
    child: Child,
    /// Held open: a program whose output nobody takes would stop.
    _output: BufReader<ChildStdout>,
    /// `http://127.0.0.1:PORT`
    pub address: String,
}

/// How long a server may take until it listens; a debug build under load is slow.
const PATIENCE: Duration = Duration::from_mins(1);

impl Program {
    /// In an empty folder.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// The folder that it runs in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file into the folder.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder().join(name);
        std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder can be made");
        std::fs::write(&path, bytes).expect("the file can be written");
        path
    }

    /// Runs a command in English.
    pub fn run(&self, arguments: &[&str]) -> Printed {
        self.run_with("", arguments)
    }

    /// Runs a command in English with this on standard input.
    pub fn run_with(&self, input: &str, arguments: &[&str]) -> Printed {
        Self::finish(self.command(arguments), input)
    }

    /// Runs a command in Spanish.
    pub fn run_in_spanish(&self, arguments: &[&str]) -> Printed {
        let mut command = self.command(arguments);
        command.env("LC_ALL", "es_BO.UTF-8");
        Self::finish(command, "")
    }

    /// Starts a server on a free port and waits until it listens.
    pub fn serve(&self) -> Server {
        self.start(Stdio::null(), "off")
    }

    /// The same, writing everything that it has to tell to this file of the folder.
    pub fn serve_logging_to(&self, name: &str) -> Server {
        let log = std::fs::File::create(self.folder().join(name)).expect("the file can be made");
        self.start(log.into(), "cita=trace,tower_http=trace,axum=trace,tantivy=debug,info")
    }

    fn start(&self, log: Stdio, levels: &str) -> Server {
        let mut child = self
            .command(&["serve", "--listen", "127.0.0.1:0"])
            .env("CITA_LOG", levels)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the program starts");
        let started = Instant::now();
        let mut output = BufReader::new(child.stdout.take().expect("it is piped"));
        let mut line = String::new();
        output.read_line(&mut line).expect("the server says where it listens");
        assert!(started.elapsed() < PATIENCE, "the server took {:?} to listen", started.elapsed());
        let address = line.split_whitespace().find(|word| word.starts_with("http://"));
        let address = address.unwrap_or_else(|| panic!("it said {line:?}")).to_owned();
        Server { address, _output: output, child }
    }

    fn finish(mut command: Command, input: &str) -> Printed {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        // A command that reads nothing may be gone before all of it is written.
        drop(child.stdin.take().expect("it is piped").write_all(input.as_bytes()));
        let output = child.wait_with_output().expect("the program ends");
        Printed {
            code: output.status.code().expect("it ends by itself"),
            out: String::from_utf8(output.stdout).expect("the program prints UTF-8"),
            err: String::from_utf8(output.stderr).expect("the program prints UTF-8"),
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cita"));
        command.args(arguments).current_dir(self.folder()).env_clear().env("LC_ALL", "C.UTF-8");
        command
    }
}

impl Printed {
    /// The same, if the exit code is this one.
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    /// Standard output, one JSON value a line.
    pub fn json_lines(&self) -> Vec<serde_json::Value> {
        let parse = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        self.out.lines().map(parse).collect()
    }

    /// Standard output as one JSON value.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }
}

impl Server {
    /// The identity of its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Ends the process at once, as a power cut would end it for the process: nothing is tidied up.
    pub fn kill(&mut self) {
        self.child.kill().expect("our own child can be killed");
        self.child.wait().expect("a killed child ends");
    }

    /// Asks the process to stop, and waits until it has.
    pub fn stop(&mut self) -> ExitStatus {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(asked.is_ok_and(|status| status.success()), "our own child can be asked to stop");
        self.child.wait().expect("the server stops")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
