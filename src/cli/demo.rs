//! `cita demo`

use std::time::Instant;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use crate::app::{App, Imported, Newness, RealWorld, SuggestionFilter, demo_meetings};
use crate::model::{Kind, LanguageShares, Problem, State};
use crate::server;

use super::output::{print, say, terminal_language};
use super::{OK, Places, serve};

/// How many of the strongest suggestions are printed.
const STRONGEST: usize = 5;

/// Where to listen, and whether.
#[derive(Args)]
pub struct DemoArgs {
    /// Address and port [default: 127.0.0.1:7475]
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// Only import and tell; do not serve the pages
    #[arg(long)]
    no_serve: bool,
}

/// Imports the example meetings, tells what was found, serves.
pub fn run(places: &Places, args: &DemoArgs) -> Result<u8, Problem> {
    let (team, meetings) = demo_meetings()?;
    let mut settings = places.settings(args.listen.as_deref())?;
    server::check_listen(settings.listen)?;
    settings.team.extend(team);
    let app = App::open(settings, Box::new(RealWorld))?;

    let start = Instant::now();
    let bar = progress_bar(meetings.len());
    let mut imported = Vec::with_capacity(meetings.len());
    for meeting in &meetings {
        bar.set_message(meeting.file.clone());
        imported.push(app.import_unindexed(&meeting.upload()?)?);
        bar.inc(1);
    }
    app.follow_store()?;
    bar.finish_and_clear();
    tell(&app, &imported, start.elapsed().as_secs_f64())?;
    if args.no_serve { Ok(OK) } else { serve::serve(&app) }
}

fn progress_bar(total: usize) -> ProgressBar {
    let bar = ProgressBar::new(total as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:32} {pos}/{len} {msg}") {
        bar.set_style(style);
    }
    bar
}

fn tell(app: &App, imported: &[Imported], seconds: f64) -> Result<(), Problem> {
    let new = imported.iter().filter(|one| one.newness == Newness::New).count();
    let utterances: usize = imported.iter().map(|one| one.summary.utterances).sum();
    let (all, old) = (imported.len(), imported.len() - new);
    print(&say(
        &format!("{all} reuniones ({new} nuevas, {old} ya estaban), {utterances} frases, en {seconds:.2} s"),
        &format!("{all} meetings ({new} new, {old} there already), {utterances} utterances, in {seconds:.2} s"),
    ));
    let LanguageShares { spanish, english, mixed, other, .. } = total(imported);
    print(&say(
        &format!("Idiomas: {spanish} en español, {english} en inglés, {mixed} mezcladas, {other} sin idioma claro"),
        &format!("Languages: {spanish} Spanish, {english} English, {mixed} mixed, {other} unclear"),
    ));
    let language = terminal_language();
    let kinds: Vec<String> = Kind::ALL
        .into_iter()
        .map(|kind| (kind, count(imported, kind)))
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| format!("{count} {}", kind.label(language)))
        .collect();
    print(&format!("{}: {}", say("Sugerencias", "Suggestions"), kinds.join(", ")));
    print("");
    tell_strongest(app)
}

fn tell_strongest(app: &App) -> Result<(), Problem> {
    let language = terminal_language();
    let filter = SuggestionFilter { state: Some(State::Pending), limit: STRONGEST, ..SuggestionFilter::default() };
    let strongest = app.suggestions(&filter)?.rows;
    print(&say("Las más fuertes:", "The strongest:"));
    for row in strongest {
        let suggestion = &row.suggestion;
        let who = row.speaker.as_deref().unwrap_or("—");
        print(&format!(
            "  {:.2}  {} · {}\n        “{}”\n        {who}, {} ({})",
            suggestion.score,
            suggestion.kind.label(language),
            suggestion.concept_label.get(language),
            suggestion.quote.text,
            row.meeting_title,
            row.customer_name,
        ));
    }
    print("");
    Ok(())
}

fn total(imported: &[Imported]) -> LanguageShares {
    imported.iter().fold(LanguageShares::default(), |sum, one| sum.plus(&one.summary.languages))
}

fn count(imported: &[Imported], kind: Kind) -> usize {
    imported.iter().flat_map(|one| &one.suggestions).filter(|(one, _)| *one == kind).map(|(_, count)| count).sum()
}
