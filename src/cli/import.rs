//! `cita import`

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::app::{
    App, ExpandedFile, Imported, Newness, Preview, PreviewSpeaker, RealWorld, RevisionChoice, Upload, expand,
};
use crate::config::Settings;
use crate::model::{ImportReport, Kind, MeetingId, Problem, ProblemClass, SideSource};

use super::files::collect;
use super::interrupt::{INTERRUPTED, Interrupt};
use super::output::{print, print_json_line, report, say, terminal_language};
use super::{FAILED, OK, PARTLY, Places, unreadable};

/// Which files, and what is known of them.
#[derive(Args)]
pub struct ImportArgs {
    /// Transcripts and notes: files, folders, globs in quotes ("calls/**/*.vtt"), zip archives
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// With whom the meetings were held; made where new. Needed unless the files name it
    #[arg(long, value_name = "NAME")]
    customer: Option<String>,
    /// What the meeting is called (one file only) [default: as the file says, or its name]
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// When it was held, as 2026-03-14 [default: as the file says]
    #[arg(long, value_name = "DATE")]
    date: Option<jiff::civil::Date>,
    /// Read the files as this format, where the detection is wrong
    #[arg(long = "as", value_name = "FORMAT")]
    read_as: Option<String>,
    /// Which column of a table holds what, where the guess is wrong: speaker=2,text=4,start=1
    #[arg(long, value_name = "MAP")]
    columns: Option<String>,
    /// Go into sub-folders
    #[arg(long, short)]
    recursive: bool,
    /// The file is another transcript of this meeting (one file only): decisions go along where the words are still there
    #[arg(long, value_name = "MEETING", conflicts_with = "revisions")]
    revision_of: Option<MeetingId>,
    /// Files that are another transcript of a meeting become its newest revision
    #[arg(long)]
    revisions: bool,
    /// Only tell what an import would find and do; keep nothing
    #[arg(long)]
    dry_run: bool,
    /// One JSON line a file, for programs
    #[arg(long)]
    json: bool,
}

/// What became of a file, for programs.
#[derive(Default, Serialize)]
struct FileLine<'a> {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    meeting: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    newness: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    already_there: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestions: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    near_duplicates: Option<Vec<MeetingId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<&'a ImportReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preview: Option<&'a Preview>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<&'a Problem>,
}

/// How many files became what.
#[derive(Default)]
struct Tally {
    new: usize,
    already_there: usize,
    revisions: usize,
    failed: usize,
    bytes: u64,
}

/// Imports every file; one that fails does not stop the others. What is there already is passed over, so that a command
/// that was interrupted goes on where it was when it is run again.
pub fn run(places: &Places, args: &ImportArgs) -> Result<u8, Problem> {
    let files = collect(&args.files, args.recursive)?;
    if (args.title.is_some() || args.revision_of.is_some()) && files.len() > 1 {
        return Err(one_file());
    }
    if args.dry_run {
        return preview_all(places, args, &files);
    }
    let app = places.open()?;
    let work = Work { args, bar: progress_bar(args, &files), interrupt: Interrupt::listen() };
    let tally = work.through(&files, |file, upload| {
        let imported = app.import_unindexed(&upload)?;
        work.bar.suspend(|| tell_imported(file, &imported, args.json))?;
        Ok(imported.newness)
    });
    // What came in is searchable, whatever stopped the rest.
    app.follow_store()?;
    Ok(work.farewell(&tally?, files.len()))
}

fn preview_all(places: &Places, args: &ImportArgs, files: &[PathBuf]) -> Result<u8, Problem> {
    let lookout = Lookout::open(places.settings(None)?)?;
    let work = Work { args, bar: ProgressBar::hidden(), interrupt: Interrupt::listen() };
    let tally = work.through(files, |file, upload| {
        let preview = lookout.app.preview(&upload)?;
        tell_preview(file, &preview, args.json)?;
        Ok(if preview.already_there.is_some() { Newness::AlreadyThere } else { Newness::New })
    })?;
    Ok(code_of(&tally, work.interrupt.has_come()))
}

/// The service as a preview needs it: over the data that is there, or over nothing, in a folder that goes with it.
struct Lookout {
    app: std::sync::Arc<App>,
    folder: Option<PathBuf>,
}

impl Lookout {
    fn open(mut settings: Settings) -> Result<Self, Problem> {
        let folder = (!settings.data.exists()).then(|| {
            let name = format!("cita-preview-{}", std::process::id());
            std::env::temp_dir().join(name)
        });
        if let Some(folder) = &folder {
            settings.data.clone_from(folder);
        }
        Ok(Self { app: App::open_to_look(settings, Box::new(RealWorld))?, folder })
    }
}

impl Drop for Lookout {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            // It holds nothing of anybody's.
            drop(std::fs::remove_dir_all(folder));
        }
    }
}

/// One run over many files.
struct Work<'a> {
    args: &'a ImportArgs,
    bar: ProgressBar,
    interrupt: Interrupt,
}

impl Work<'_> {
    /// Does `act` to every file, members of archives too, until all are done or somebody interrupts.
    fn through(
        &self,
        files: &[PathBuf],
        mut act: impl FnMut(&str, Upload) -> Result<Newness, Problem>,
    ) -> Result<Tally, Problem> {
        let mut tally = Tally::default();
        for path in files {
            if self.interrupt.has_come() {
                break;
            }
            self.bar.set_message(path.file_name().unwrap_or_default().to_string_lossy().into_owned());
            let shown = path.display().to_string();
            let expanded = match self.upload(path).and_then(expand) {
                Ok(expanded) => expanded,
                Err(problem) => vec![ExpandedFile { file_name: shown.clone(), upload: Err(problem) }],
            };
            let alone = expanded.len() == 1;
            for ExpandedFile { file_name, upload } in expanded {
                let inside = file_name.split_once('/').map_or("", |(_, inside)| inside);
                let file = if alone || inside.is_empty() { shown.clone() } else { format!("{shown}/{inside}") };
                match upload.and_then(|upload| act(&file, upload)) {
                    Ok(Newness::New) => tally.new += 1,
                    Ok(Newness::AlreadyThere) => tally.already_there += 1,
                    Ok(Newness::Revision) => tally.revisions += 1,
                    Err(problem) if problem.code == "storage_failed" => return Err(problem),
                    Err(problem) => {
                        tally.failed += 1;
                        self.bar.suspend(|| tell_failed(&file, &problem, self.args.json))?;
                    }
                }
            }
            let bytes = std::fs::metadata(path).map_or(0, |metadata| metadata.len());
            tally.bytes += bytes;
            self.bar.inc(bytes);
        }
        self.bar.finish_and_clear();
        Ok(tally)
    }

    fn upload(&self, path: &Path) -> Result<Upload, Problem> {
        let bytes = std::fs::read(path).map_err(|error| unreadable(path, &error))?;
        let args = self.args;
        Ok(Upload {
            file_name: path
                .file_name()
                .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned()),
            bytes,
            customer: args.customer.clone(),
            title: args.title.clone(),
            date: args.date,
            format: args.read_as.clone(),
            columns: args.columns.clone(),
            speakers: Vec::new(),
            revision: match (args.revision_of, args.revisions) {
                (Some(meeting), _) => RevisionChoice::Of(meeting),
                (None, true) => RevisionChoice::Offered,
                (None, false) => RevisionChoice::Separate,
            },
        })
    }

    /// Tells how it ended; answers with the exit code.
    fn farewell(&self, tally: &Tally, files: usize) -> u8 {
        let Tally { new, already_there, revisions, failed, .. } = *tally;
        let interrupted = self.interrupt.has_come();
        if !self.args.json && (files > 1 || interrupted || new + already_there + revisions + failed > 1) {
            print(&say(
                &format!("{new} nuevas, {revisions} versiones, {already_there} ya estaban, {failed} con problemas"),
                &format!("{new} new, {revisions} revisions, {already_there} there already, {failed} failed"),
            ));
        }
        if interrupted {
            eprintln!(
                "{}",
                say(
                    "Interrumpido. Lo importado está a salvo; la misma orden sigue donde quedó.",
                    "Interrupted. What was imported is safe; the same command goes on where it was.",
                )
            );
        }
        code_of(tally, interrupted)
    }
}

fn code_of(tally: &Tally, interrupted: bool) -> u8 {
    match (tally.failed, tally.new + tally.already_there + tally.revisions) {
        _ if interrupted => INTERRUPTED,
        (0, _) => OK,
        (_, 0) => FAILED,
        _ => PARTLY,
    }
}

/// Bytes done of all, the rate and the time that is left; only on a terminal.
fn progress_bar(args: &ImportArgs, files: &[PathBuf]) -> ProgressBar {
    if args.json || files.len() < 2 || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bytes = files.iter().filter_map(|path| path.metadata().ok()).map(|metadata| metadata.len()).sum();
    let bar = ProgressBar::new(bytes);
    let template = "{bar:32} {bytes}/{total_bytes} {bytes_per_sec} {eta} {msg}";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}

fn tell_imported(file: &str, imported: &Imported, json: bool) -> Result<(), Problem> {
    let suggestions: usize = imported.suggestions.iter().map(|(_, count)| count).sum();
    let already_there = imported.newness == Newness::AlreadyThere;
    if json {
        return print_json_line(&FileLine {
            file: file.to_owned(),
            meeting: Some(imported.summary.meeting.id.to_string()),
            newness: Some(imported.newness.code()),
            already_there: Some(already_there),
            suggestions: Some(suggestions),
            near_duplicates: Some(imported.near_duplicates.iter().map(|near| near.meeting.meeting.id).collect()),
            report: Some(&imported.report),
            ..FileLine::default()
        });
    }
    let title = &imported.summary.meeting.title;
    let customer = &imported.summary.customer_name;
    if already_there {
        print(&say(
            &format!("{file}: ya estaba, como «{title}» de {customer}"),
            &format!("{file}: there already, as “{title}” of {customer}"),
        ));
        return Ok(());
    }
    print(&format!("{file}: {title} · {customer} · {}", found(&imported.report, &imported.suggestions)));
    if let Some(revised) = imported.revised {
        let (carried, rechecks) = (revised.carried, revised.rechecks);
        print(&say(
            &format!(
                "  nueva versión: {carried} decisiones siguen, {rechecks} citas por revisar (cita meetings rechecks)"
            ),
            &format!(
                "  a new revision: {carried} decisions go along, {rechecks} quotes to recheck (cita meetings rechecks)"
            ),
        ));
    }
    for near in &imported.near_duplicates {
        let (title, id) = (&near.meeting.meeting.title, near.meeting.meeting.id);
        let percent = near.likeness * 100.0;
        print(&say(
            &format!(
                "  se parece en {percent:.0} % a «{title}»; si es la misma reunión, repita con --revision-of {id}"
            ),
            &format!("  {percent:.0} % like “{title}”; if it is the same meeting, run again with --revision-of {id}"),
        ));
    }
    if imported.new_customer && !imported.similar_customers.is_empty() {
        let names = imported.similar_customers.join(", ");
        print(&say(
            &format!("  {customer} es un cliente nuevo; ya hay nombres parecidos: {names}"),
            &format!("  {customer} is a new customer; there are similar names: {names}"),
        ));
    }
    tell_left_over(&imported.report);
    Ok(())
}

fn tell_preview(file: &str, preview: &Preview, json: bool) -> Result<(), Problem> {
    let report = &preview.report;
    if json {
        let suggestions = preview.suggestions.iter().map(|kind| kind.count).sum();
        return print_json_line(&FileLine {
            file: file.to_owned(),
            already_there: Some(preview.already_there.is_some()),
            suggestions: Some(suggestions),
            report: Some(report),
            preview: Some(preview),
            ..FileLine::default()
        });
    }
    let suggestions: Vec<(Kind, usize)> = preview.suggestions.iter().map(|kind| (kind.kind, kind.count)).collect();
    print(&format!("{file}: {}", found(report, &suggestions)));
    let date = preview.date.map(|date| format!(" · {date}")).unwrap_or_default();
    let customer = preview.customer.known.as_ref().map(|customer| customer.name.clone());
    let unnamed = say("sin cliente", "no customer");
    let new = say("cliente nuevo", "new customer");
    let customer = match (customer, &preview.customer.name) {
        (Some(known), _) => known,
        (None, Some(name)) => format!("{name} ({new})"),
        (None, None) => unnamed,
    };
    print(&format!("  {} · {customer}{date}", preview.title));
    if let Some(runner_up) = &report.runner_up {
        print(&say(&format!("  también podría ser {runner_up}"), &format!("  it could be {runner_up}, too")));
    }
    for similar in &preview.customer.similar {
        let name = &similar.customer.name;
        print(&say(&format!("  ¿o es «{name}»?"), &format!("  or is it “{name}”?")));
    }
    for speaker in &preview.speakers {
        tell_speaker(speaker);
    }
    if let Some(known) = &preview.already_there {
        let title = &known.meeting.title;
        print(&say(&format!("  ya está, como «{title}»"), &format!("  it is there already, as “{title}”")));
    }
    for near in &preview.near_duplicates {
        let (title, percent) = (&near.meeting.meeting.title, near.likeness * 100.0);
        print(&say(
            &format!("  se parece en {percent:.0} % a «{title}» ({})", near.meeting.meeting.id),
            &format!("  {percent:.0} % like “{title}” ({})", near.meeting.meeting.id),
        ));
    }
    tell_left_over(report);
    Ok(())
}

fn tell_speaker(speaker: &PreviewSpeaker) {
    let language = terminal_language();
    let side = speaker.side.label(language);
    let (turns, label) = (speaker.turns, &speaker.label);
    let source = source_label(speaker.side_source);
    let known = match (&speaker.person, speaker.like.first()) {
        (Some(person), _) => format!(" = {}", person.name),
        (None, Some(like)) => format!(" ≈ {}?", like.name),
        (None, None) => String::new(),
    };
    let words = &speaker.first_words;
    print(&say(
        &format!("  {label}{known}: {side}{source}, {turns} turnos: {words}"),
        &format!("  {label}{known}: {side}{source}, {turns} turns: {words}"),
    ));
}

/// What a side was read from, in brackets; nothing where it was read from nothing.
fn source_label(source: SideSource) -> String {
    let (es, en) = match source {
        SideSource::Nothing => return String::new(),
        SideSource::Label => ("la etiqueta", "the label"),
        SideSource::Attendees => ("la lista de asistentes", "the list of attendees"),
        SideSource::EmailDomain => ("el correo", "the e-mail address"),
        SideSource::Settings => ("los ajustes", "the settings"),
        SideSource::EarlierMeeting => ("reuniones anteriores", "earlier meetings"),
        SideSource::TalkPattern => ("el modo de hablar", "the talk pattern"),
        SideSource::Remaining => ("quien queda", "who remains"),
        SideSource::Person => ("una persona", "a person"),
    };
    format!(" ({})", say(es, en))
}

/// The honesty report in one line.
pub(super) fn found(report: &ImportReport, suggestions: &[(Kind, usize)]) -> String {
    let shares = report.languages;
    let mut text = say(
        &format!(
            "{} ({:.0} %), {}, {} turnos, {} frases, {} hablantes, es {} / en {} / mezcla {}",
            report.format,
            report.confidence * 100.0,
            report.encoding.name(),
            report.turns,
            report.utterances,
            report.speakers.len(),
            shares.spanish,
            shares.english,
            shares.mixed
        ),
        &format!(
            "{} ({:.0} %), {}, {} turns, {} utterances, {} speakers, es {} / en {} / mixed {}",
            report.format,
            report.confidence * 100.0,
            report.encoding.name(),
            report.turns,
            report.utterances,
            report.speakers.len(),
            shares.spanish,
            shares.english,
            shares.mixed
        ),
    );
    for (kind, count) in suggestions {
        text.push_str(&format!(", {count} {}", kind.label(terminal_language())));
    }
    text
}

fn tell_left_over(report: &ImportReport) {
    for line in left_over_lines(report, 10) {
        print(&format!("  {line}"));
    }
}

/// Warnings and lines that became no part of a turn, at most so many of these.
pub(super) fn left_over_lines(report: &ImportReport, most: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for warning in &report.warnings {
        let line = warning.line.map(|line| format!("{line}: ")).unwrap_or_default();
        lines.push(format!("{line}{}", warning.text.get(terminal_language())));
    }
    if !report.left_over.is_empty() {
        let count = report.left_over.len();
        lines.push(say(&format!("{count} líneas sin usar:"), &format!("{count} lines left over:")));
        lines.extend(report.left_over.iter().take(most).map(|left| format!("{}: {}", left.line, left.text)));
    }
    lines
}

fn tell_failed(file: &str, problem: &Problem, json: bool) -> Result<(), Problem> {
    if json {
        return print_json_line(&FileLine { file: file.to_owned(), problem: Some(problem), ..FileLine::default() });
    }
    report(&problem.clone().in_file(file));
    Ok(())
}

fn one_file() -> Problem {
    Problem::new(
        "one_title",
        ProblemClass::Invalid,
        "Un título, o una versión de una reunión, es de un solo archivo.",
        "A title, or a revision of a meeting, is for one file only.",
    )
    .hint(
        "Importe los archivos uno por uno, o sin --title ni --revision-of.",
        "Import the files one by one, or without --title and --revision-of.",
    )
}
