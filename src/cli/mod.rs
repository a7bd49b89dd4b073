//! The commands: parse arguments, call `app` or start `server`, print.

mod analyze;
mod customers;
mod demo;
mod eval;
mod files;
mod import;
mod interrupt;
mod languages;
mod lexicon;
mod map;
mod meetings;
mod output;
mod people;
mod reindex;
mod search;
mod serve;
mod verify;
mod watch;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, CommandFactory, Parser, Subcommand};

use crate::app::{App, RealWorld};
use crate::config::Settings;
use crate::model::{Place, Problem, ProblemClass};

use output::report;

/// Everything went well.
const OK: u8 = 0;
/// It could not be done.
const FAILED: u8 = 1;
/// Some files were done and some not.
const PARTLY: u8 = 3;

/// Turns client meetings into evidence.
///
/// cita reads transcripts and notes of Spanish and English meetings, proposes pains, frictions, jobs and gains, each
/// tied to the exact words somebody said, and keeps what a person accepts on the customer's empathy map. Everything
/// stays on this machine.
#[derive(Parser)]
#[command(
    name = "cita",
    version,
    after_help = "Start here:\n  cita demo                                      nineteen example meetings in the browser\n  cita import acta.md call.vtt --customer Acme   your own files\n  cita serve                                     review them on http://127.0.0.1:7475\n\nExit codes: 0 done, 1 could not be done, 2 wrong usage, 3 some files failed, 130 interrupted."
)]
struct Cli {
    #[command(flatten)]
    places: Places,
    #[command(subcommand)]
    command: Command,
}

/// Where things are; every command takes these.
#[derive(Args)]
struct Places {
    /// Folder of the database and the original files [default: data]
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Folder of the search index; may be deleted at any time [default: index]
    #[arg(long, global = true, value_name = "DIR")]
    index: Option<PathBuf>,
    /// Folder of your own lexicon files, laid over the built-in ones
    #[arg(long, global = true, value_name = "DIR")]
    lexicons: Option<PathBuf>,
    /// Names of your own people, separated by commas: what they say is never proposed
    #[arg(long, global = true, value_name = "NAMES")]
    team: Option<String>,
    /// Settings file [default: cita.toml, where there is one]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Import nineteen invented meetings, tell what was found, and serve the pages
    Demo(demo::DemoArgs),
    /// Serve the web pages and the API
    Serve(serve::ServeArgs),
    /// Import transcripts and notes
    Import(import::ImportArgs),
    /// Import whatever is put into a folder; a sub-folder is called after its customer
    Watch(watch::WatchArgs),
    /// People across the meetings of a customer: who is who, on which side
    #[command(subcommand)]
    People(people::PeopleCommand),
    /// Customers: names, groups, which of them are one
    #[command(subcommand)]
    Customers(customers::CustomersCommand),
    /// Meetings: correct, move, transcripts of the same meeting
    #[command(subcommand)]
    Meetings(meetings::MeetingsCommand),
    /// What people put right, and taking it back
    #[command(subcommand)]
    Corrections(meetings::CorrectionsCommand),
    /// Propose from files without keeping anything, for pipes
    Analyze(analyze::AnalyzeArgs),
    /// Tell the language of utterances: JSON lines {"id","conversation","speaker","text"} in, {"id","language","mixed"} out
    Languages,
    /// Measure the engine with labelled sentences: precision, recall, ranking, calibration
    Eval(eval::EvalArgs),
    /// Search every utterance of every meeting
    Search(search::SearchArgs),
    /// Check lexicon files
    #[command(subcommand)]
    Lexicon(lexicon::LexiconCommand),
    /// Empathy maps
    #[command(subcommand)]
    Map(map::MapCommand),
    /// Build the search index anew
    Reindex(reindex::ReindexArgs),
    /// Check that everything is still as it was acknowledged: database, originals, quotes, texts
    Verify(verify::VerifyArgs),
    /// Print a completion script for your shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    start_log();
    ExitCode::from(run_with(std::env::args_os()))
}

fn run_with(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let Cli { places, command } = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Where help or a message cannot be printed, nobody is there to read of it.
            drop(error.print());
            return u8::try_from(error.exit_code()).unwrap_or(FAILED);
        }
    };
    let done = match command {
        Command::Demo(args) => demo::run(&places, &args),
        Command::Serve(args) => serve::run(&places, &args),
        Command::Import(args) => import::run(&places, &args),
        Command::Watch(args) => watch::run(&places, &args),
        Command::People(command) => people::run(&places, &command),
        Command::Customers(command) => customers::run(&places, &command),
        Command::Meetings(command) => meetings::run(&places, &command),
        Command::Corrections(command) => meetings::corrections(&places, &command),
        Command::Analyze(args) => analyze::run(&places, &args),
        Command::Eval(args) => eval::run(&places, &args),
        Command::Languages => languages::run(),
        Command::Search(args) => search::run(&places, &args),
        Command::Lexicon(command) => lexicon::run(&places, &command),
        Command::Map(map::MapCommand::Export(args)) => map::export(&places, &args),
        Command::Reindex(args) => reindex::run(&places, &args),
        Command::Verify(args) => verify::run(&places, &args),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "cita", &mut std::io::stdout());
            Ok(OK)
        }
    };
    done.unwrap_or_else(|problem| {
        report(&problem);
        FAILED
    })
}

impl Places {
    /// The settings in force: these flags over the environment over the file over the defaults.
    fn settings(&self, listen: Option<&str>) -> Result<Settings, Problem> {
        self.settings_with(listen, None)
    }

    /// The same with the folder that a server shall watch.
    fn settings_with(&self, listen: Option<&str>, watch: Option<&Path>) -> Result<Settings, Problem> {
        let file = self.settings_file()?;
        let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
        Settings::combine(
            file.as_ref().map(|(name, text)| (name.as_str(), text.as_str())),
            |name| std::env::var(name).ok(),
            |key| match key {
                "data" => path(&self.data),
                "index" => path(&self.index),
                "lexicons" => path(&self.lexicons),
                "team" => self.team.clone(),
                "listen" => listen.map(str::to_owned),
                "watch" => watch.map(|folder| folder.display().to_string()),
                _ => None,
            },
        )
    }

    /// Opens the service over these places.
    fn open(&self) -> Result<Arc<App>, Problem> {
        App::open(self.settings(None)?, Box::new(RealWorld))
    }

    fn settings_file(&self) -> Result<Option<(String, String)>, Problem> {
        let (path, required) = match &self.config {
            Some(path) => (path.clone(), true),
            None => (PathBuf::from("cita.toml"), false),
        };
        if !required && !path.exists() {
            return Ok(None);
        }
        let text = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
        Ok(Some((path.display().to_string(), text)))
    }
}

/// A file or folder that the operating system would not hand out.
fn unreadable(path: &std::path::Path, error: &std::io::Error) -> Problem {
    Problem::new(
        "file_unreadable",
        ProblemClass::Invalid,
        format!("No se puede leer: {error}"),
        format!("It cannot be read: {error}"),
    )
    .hint("Compruebe la ruta y los permisos.", "Check the path and the permissions.")
    .at(Place { file: Some(path.display().to_string()), ..Place::default() })
}

/// What people said reaches no log line: the message of a panic may hold words of a document (those of the libraries that
/// read PDFs do), its place does not, and tells a developer where to look.
fn keep_words_out_of_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(|| "?".to_owned(), ToString::to_string);
        if ["/pdf-extract-", "/lopdf-"].iter().any(|library| place.contains(library)) {
            // A damaged page: caught, and told in the report of the import.
            tracing::debug!(%place, "panic");
        } else {
            tracing::error!(%place, "panic");
        }
    }));
}

fn start_log() {
    keep_words_out_of_panics();
    let mut filter = tracing_subscriber::EnvFilter::try_from_env("CITA_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,cita=info"));
    // These log names and glyphs of the documents that they read.
    for silent in ["pdf_extract=off", "lopdf=off"] {
        filter = filter.add_directive(silent.parse().unwrap_or_default());
    }
    // A second start in one process keeps the first log.
    drop(tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init());
}
