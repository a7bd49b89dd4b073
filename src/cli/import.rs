//! `cita import`

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::app::{App, Imported, Newness, Reader, Upload};
use crate::model::{ImportReport, Kind, Problem, ProblemClass};

use super::output::{print, print_json_line, report, say, terminal_language};
use super::{FAILED, OK, PARTLY, Places, unreadable};

/// Which files, and what is known of them.
#[derive(Args)]
pub struct ImportArgs {
    /// Transcripts and notes: WebVTT, SRT, text with speakers, Markdown, JSON
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
    /// Only tell what an import would find; keep nothing
    #[arg(long)]
    dry_run: bool,
    /// One JSON line a file, for programs
    #[arg(long)]
    json: bool,
}

/// What became of a file, for programs.
#[derive(Serialize)]
struct FileLine<'a> {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    meeting: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    already_there: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestions: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<&'a ImportReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<&'a Problem>,
}

/// Imports every file; one that fails does not stop the others.
pub fn run(places: &Places, args: &ImportArgs) -> Result<u8, Problem> {
    if args.title.is_some() && args.files.len() > 1 {
        return Err(one_title());
    }
    let failed = if args.dry_run { preview_all(places, args)? } else { import_all(places, args)? };
    Ok(match failed {
        0 => OK,
        failed if failed == args.files.len() => FAILED,
        _ => PARTLY,
    })
}

/// Imports all, then tells the index once; answers with how many failed.
fn import_all(places: &Places, args: &ImportArgs) -> Result<usize, Problem> {
    let app = places.open()?;
    let mut failed = 0;
    for path in &args.files {
        match import_one(&app, args, path) {
            Ok(imported) => tell_imported(path, &imported, args.json)?,
            Err(problem) => {
                failed += 1;
                tell_failed(path, &problem, args.json)?;
            }
        }
    }
    app.follow_store()?;
    Ok(failed)
}

fn import_one(app: &App, args: &ImportArgs, path: &Path) -> Result<Imported, Problem> {
    app.import_unindexed(&upload(args, path)?)
}

fn preview_all(places: &Places, args: &ImportArgs) -> Result<usize, Problem> {
    let settings = places.settings(None)?;
    let reader = Reader::new(settings.lexicons.as_deref(), &settings.team)?;
    let mut failed = 0;
    for path in &args.files {
        let read = upload(args, path)
            .and_then(|upload| reader.read(&upload.file_name, &upload.bytes, upload.format.as_deref()));
        match read {
            Ok(understood) => tell_preview(path, &understood.report, understood.suggestions.len(), args.json)?,
            Err(problem) => {
                failed += 1;
                tell_failed(path, &problem, args.json)?;
            }
        }
    }
    Ok(failed)
}

fn upload(args: &ImportArgs, path: &Path) -> Result<Upload, Problem> {
    let bytes = std::fs::read(path).map_err(|error| unreadable(path, &error))?;
    Ok(Upload {
        file_name: path
            .file_name()
            .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned()),
        bytes,
        customer: args.customer.clone(),
        title: args.title.clone(),
        date: args.date,
        format: args.read_as.clone(),
        ..Upload::default()
    })
}

fn tell_imported(path: &Path, imported: &Imported, json: bool) -> Result<(), Problem> {
    let suggestions: usize = imported.suggestions.iter().map(|(_, count)| count).sum();
    let already_there = imported.newness == Newness::AlreadyThere;
    if json {
        return print_json_line(&FileLine {
            file: path.display().to_string(),
            meeting: Some(imported.summary.meeting.id.to_string()),
            already_there: Some(already_there),
            suggestions: Some(suggestions),
            report: Some(&imported.report),
            problem: None,
        });
    }
    let title = &imported.summary.meeting.title;
    let customer = &imported.summary.customer_name;
    if already_there {
        print(&say(
            &format!("{}: ya estaba, como «{title}» de {customer}", path.display()),
            &format!("{}: there already, as “{title}” of {customer}", path.display()),
        ));
        return Ok(());
    }
    print(&format!("{}: {title} · {customer} · {}", path.display(), found(&imported.report, &imported.suggestions)));
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

fn tell_preview(path: &Path, report: &ImportReport, suggestions: usize, json: bool) -> Result<(), Problem> {
    if json {
        return print_json_line(&FileLine {
            file: path.display().to_string(),
            meeting: None,
            already_there: None,
            suggestions: Some(suggestions),
            report: Some(report),
            problem: None,
        });
    }
    print(&format!("{}: {}", path.display(), found(report, &[])));
    tell_left_over(report);
    Ok(())
}

fn found(report: &ImportReport, suggestions: &[(Kind, usize)]) -> String {
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
    for warning in &report.warnings {
        let line = warning.line.map(|line| format!("{line}: ")).unwrap_or_default();
        print(&format!("  {line}{}", warning.text.get(terminal_language())));
    }
    if !report.left_over.is_empty() {
        print(&say(
            &format!("  {} líneas sin usar:", report.left_over.len()),
            &format!("  {} lines left over:", report.left_over.len()),
        ));
        for left in report.left_over.iter().take(10) {
            print(&format!("  {}: {}", left.line, left.text));
        }
    }
}

fn tell_failed(path: &Path, problem: &Problem, json: bool) -> Result<(), Problem> {
    if json {
        return print_json_line(&FileLine {
            file: path.display().to_string(),
            meeting: None,
            already_there: None,
            suggestions: None,
            report: None,
            problem: Some(problem),
        });
    }
    report(&problem.clone().in_file(&path.display().to_string()));
    Ok(())
}

fn one_title() -> Problem {
    Problem::new(
        "one_title",
        ProblemClass::Invalid,
        "Un título es de un solo archivo.",
        "A title is for one file only.",
    )
    .hint("Importe los archivos uno por uno, o sin --title.", "Import the files one by one, or without --title.")
}
