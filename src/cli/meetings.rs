//! `cita meetings` and `cita corrections`

use clap::{Args, Subcommand};

use crate::app::{App, CorrectionFilter, MeetingFix, Revised};
use crate::model::{CorrectionId, CustomerId, MeetingId, Problem, SuggestionId};

use super::output::{print, print_json, say};
use super::people::tell;
use super::{OK, Places};

/// What can be done with meetings.
#[derive(Subcommand)]
pub enum MeetingsCommand {
    /// List the meetings, newest first
    List {
        /// Only this customer's
        #[arg(long, value_name = "NAME")]
        customer: Option<String>,
        #[command(flatten)]
        how: Json,
    },
    /// Correct a meeting's title or date
    Correct {
        /// Which
        meeting: MeetingId,
        /// What it is called
        #[arg(long, value_name = "TEXT")]
        title: Option<String>,
        /// When it was held, as 2026-03-14
        #[arg(long, value_name = "DATE")]
        date: Option<jiff::civil::Date>,
        #[command(flatten)]
        how: Json,
    },
    /// File a meeting under another customer
    Move {
        /// Which
        meeting: MeetingId,
        /// The customer
        customer: String,
        #[command(flatten)]
        how: Json,
    },
    /// List the transcripts that a meeting has and had
    Revisions {
        /// Which
        meeting: MeetingId,
        #[command(flatten)]
        how: Json,
    },
    /// Make MEETING the newest transcript of another meeting
    Revise {
        /// The meeting with the better transcript
        meeting: MeetingId,
        /// The meeting that it is another transcript of
        of: MeetingId,
        #[command(flatten)]
        how: Json,
    },
    /// Bring an earlier transcript of a meeting back
    Restore {
        /// Which
        meeting: MeetingId,
        /// The earlier transcript, as `revisions` lists it
        revision: MeetingId,
        #[command(flatten)]
        how: Json,
    },
    /// List the quotes on the map that a meeting's newest transcript does not hold
    Rechecks {
        /// Which
        meeting: MeetingId,
        #[command(flatten)]
        how: Json,
    },
    /// Settle such a quote: keep it on the map, or drop it
    Recheck {
        /// The suggestion, as `rechecks` lists it
        suggestion: SuggestionId,
        /// Take it off the map
        #[arg(long)]
        drop: bool,
    },
}

/// What can be done with what people put right.
#[derive(Subcommand)]
pub enum CorrectionsCommand {
    /// List what was put right, newest first
    List {
        /// Only about this customer
        #[arg(long, value_name = "NAME")]
        customer: Option<String>,
        /// How many at the most
        #[arg(long, default_value_t = 50)]
        limit: usize,
    },
    /// Take it back
    Undo {
        /// Which
        correction: CorrectionId,
        #[command(flatten)]
        how: Json,
    },
}

/// How to print.
#[derive(Args)]
pub struct Json {
    /// As JSON, for programs
    #[arg(long)]
    json: bool,
}

/// Does it.
pub fn run(places: &Places, command: &MeetingsCommand) -> Result<u8, Problem> {
    let app = places.open()?;
    match command {
        MeetingsCommand::List { customer, how } => list(&app, customer.as_deref(), how.json),
        MeetingsCommand::Correct { meeting, title, date, how } => {
            let fix = MeetingFix { title: title.clone(), date: date.map(Some) };
            tell(&app.correct_meeting(*meeting, fix)?, how.json)
        }
        MeetingsCommand::Move { meeting, customer, how } => {
            let to: CustomerId = app.customer_named(customer)?.id;
            tell(&app.move_meeting(*meeting, to)?, how.json)
        }
        MeetingsCommand::Revisions { meeting, how } => revisions(&app, *meeting, how.json),
        MeetingsCommand::Revise { meeting, of, how } => tell_revised(app.make_revision(*meeting, *of)?, how.json),
        MeetingsCommand::Restore { meeting, revision, how } => {
            tell_revised(app.restore_revision(*meeting, *revision)?, how.json)
        }
        MeetingsCommand::Rechecks { meeting, how } => rechecks(&app, *meeting, how.json),
        MeetingsCommand::Recheck { suggestion, drop } => {
            app.settle_recheck(*suggestion, !drop)?;
            print(&say("Hecho.", "Done."));
            Ok(OK)
        }
    }
}

/// Lists corrections, or takes one back.
pub fn corrections(places: &Places, command: &CorrectionsCommand) -> Result<u8, Problem> {
    let app = places.open()?;
    match command {
        CorrectionsCommand::List { customer, limit } => {
            let customer = customer.as_deref().map(|name| app.customer_named(name)).transpose()?.map(|one| one.id);
            let filter = CorrectionFilter { customer, limit: *limit, ..CorrectionFilter::default() };
            print_json(&app.corrections(&filter)?)?;
            Ok(OK)
        }
        CorrectionsCommand::Undo { correction, how } => {
            let taken = app.undo_correction(*correction)?;
            if how.json {
                print_json(&taken)?;
            } else {
                print(&say("Deshecho.", "Taken back."));
            }
            Ok(OK)
        }
    }
}

fn list(app: &App, customer: Option<&str>, json: bool) -> Result<u8, Problem> {
    let customer = customer.map(|name| app.customer_named(name)).transpose()?.map(|customer| customer.id);
    let meetings = app.meetings(customer, Some(crate::config::MAX_PAGE), None)?;
    if json {
        print_json(&meetings)?;
        return Ok(OK);
    }
    for row in &meetings {
        let date = row.meeting.date.map(|date| format!("{date} · ")).unwrap_or_default();
        print(&format!("{date}{} · {} · {}", row.meeting.title, row.customer_name, row.meeting.id));
    }
    Ok(OK)
}

fn revisions(app: &App, meeting: MeetingId, json: bool) -> Result<u8, Problem> {
    let revisions = app.revisions(meeting)?;
    if json {
        print_json(&revisions)?;
        return Ok(OK);
    }
    for revision in &revisions {
        let mark = if revision.current { "*" } else { " " };
        print(&format!("{mark} {} · {} · {}", revision.at, revision.source.file_name, revision.meeting));
    }
    Ok(OK)
}

fn rechecks(app: &App, meeting: MeetingId, json: bool) -> Result<u8, Problem> {
    let rechecks = app.rechecks(meeting)?;
    if json {
        print_json(&rechecks)?;
        return Ok(OK);
    }
    if rechecks.is_empty() {
        print(&say("Nada por revisar.", "Nothing to recheck."));
    }
    for recheck in &rechecks {
        print(&format!("{} · “{}”", recheck.row.suggestion.id, recheck.row.suggestion.quote.text));
        if let Some(nearest) = &recheck.nearest {
            print(&say(&format!("  ahora dice: “{nearest}”"), &format!("  it says now: “{nearest}”")));
        }
    }
    Ok(OK)
}

fn tell_revised(revised: Revised, json: bool) -> Result<u8, Problem> {
    if json {
        print_json(&revised)?;
        return Ok(OK);
    }
    let Revised { carried, rechecks, .. } = revised;
    print(&say(
        &format!("Hecho: {carried} decisiones siguen, {rechecks} citas por revisar."),
        &format!("Done: {carried} decisions go along, {rechecks} quotes to recheck."),
    ));
    Ok(OK)
}
