//! `cita verify`

use clap::Args;
use serde::Serialize;

use crate::app::{App, RealWorld};
use crate::model::Problem;

use super::output::{print, print_json, report, say};
use super::{FAILED, OK, Places};

/// How to print.
#[derive(Args)]
pub struct VerifyArgs {
    /// As JSON, for programs
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer<'a> {
    transcripts: usize,
    problems: &'a [Problem],
}

/// Checks everything and tells what is wrong.
pub fn run(places: &Places, args: &VerifyArgs) -> Result<u8, Problem> {
    let verified = App::open_to_look(places.settings(None)?, Box::new(RealWorld))?.verify()?;
    if args.json {
        print_json(&Answer { transcripts: verified.transcripts, problems: &verified.problems })?;
    } else {
        for problem in &verified.problems {
            report(problem);
        }
        let (transcripts, problems) = (verified.transcripts, verified.problems.len());
        print(&say(
            &format!("{transcripts} transcripciones revisadas: {problems} problemas"),
            &format!("{transcripts} transcripts checked: {problems} problems"),
        ));
    }
    Ok(if verified.problems.is_empty() { OK } else { FAILED })
}
