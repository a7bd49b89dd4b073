//! `cita reindex`

use clap::Args;
use serde::Serialize;

use crate::model::Problem;

use super::output::{print, print_json, say};
use super::{OK, Places};

/// How to print.
#[derive(Args)]
pub struct ReindexArgs {
    /// As JSON, for programs
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer {
    meetings: usize,
}

/// Builds the index anew from the store.
pub fn run(places: &Places, args: &ReindexArgs) -> Result<u8, Problem> {
    let app = places.open()?;
    app.wait_for_index();
    let meetings = app.rebuild()?;
    if args.json {
        print_json(&Answer { meetings })?;
    } else {
        print(&say(&format!("{meetings} reuniones indexadas"), &format!("{meetings} meetings indexed")));
    }
    Ok(OK)
}
