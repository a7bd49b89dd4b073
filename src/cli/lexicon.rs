//! `cita lexicon`

use std::path::PathBuf;

use clap::Subcommand;
use serde::Serialize;

use crate::app::check_lexicon;
use crate::model::Problem;

use super::output::{print, print_json, report, say};
use super::{FAILED, OK, Places};

/// What can be done with lexicons.
#[derive(Subcommand)]
pub enum LexiconCommand {
    /// Check lexicon files: what does not parse, and examples that do not hold
    Check {
        /// Folder of lexicon files [default: your own folder (--lexicons), else the built-in ones]
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
        /// As JSON, for programs
        #[arg(long)]
        json: bool,
    },
}

#[derive(Serialize)]
struct Answer {
    concepts: usize,
    terms: usize,
    problems: Vec<Problem>,
}

/// Checks; the exit code is 1 where there are mistakes.
pub fn run(places: &Places, command: &LexiconCommand) -> Result<u8, Problem> {
    let LexiconCommand::Check { folder, json } = command;
    let own = places.settings(None)?.lexicons;
    let check = check_lexicon(folder.as_deref().or(own.as_deref()))?;
    let code = if check.problems.is_empty() { OK } else { FAILED };
    if *json {
        print_json(&Answer { concepts: check.concepts, terms: check.terms, problems: check.problems })?;
        return Ok(code);
    }
    for problem in &check.problems {
        report(problem);
    }
    let (concepts, terms, mistakes) = (check.concepts, check.terms, check.problems.len());
    print(&say(
        &format!("{concepts} conceptos, {terms} términos, {mistakes} errores"),
        &format!("{concepts} concepts, {terms} terms, {mistakes} mistakes"),
    ));
    Ok(code)
}
