//! How the commands print: in the language of the terminal, problems on standard error.

use std::io::{self, Write};

use crate::model::{Bilingual, Problem, ProblemClass, UiLanguage};

/// Spanish where the environment says so (`LC_ALL`, `LC_MESSAGES`, `LANG`), else English.
pub fn terminal_language() -> UiLanguage {
    let said =
        ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    let code = said.unwrap_or_default();
    UiLanguage::from_code(code.split(['_', '.', '-']).next().unwrap_or_default()).unwrap_or_default()
}

/// Prints a problem: what was found, where, and what to do.
pub fn report(problem: &Problem) {
    let language = terminal_language();
    let mut text = format!("cita: {}", problem.detail.get(language));
    if let Some(place) = &problem.place {
        let file = place.file.as_deref().unwrap_or_default();
        let line = place.line.map(|line| format!(":{line}")).unwrap_or_default();
        let column = place.column.map(|column| format!(":{column}")).unwrap_or_default();
        if !(file.is_empty() && line.is_empty()) {
            text.push_str(&format!("\n  --> {file}{line}{column}"));
        }
        if let Some(excerpt) = &place.excerpt {
            text.push_str(&format!("\n   |  {excerpt}"));
            if let Some(column) = place.column {
                text.push_str(&format!("\n   |  {}^", " ".repeat(column.saturating_sub(1))));
            }
        }
    }
    let hint = problem.hint.get(language);
    if !hint.is_empty() {
        text.push_str(&format!("\n  {hint}"));
    }
    eprintln!("{text} [{}]", problem.code);
}

/// Prints one line on standard output. A reader that has gone (a closed pipe) ends the program quietly.
pub fn print(line: &str) {
    print_raw(&format!("{line}\n"));
}

/// Prints bytes as they are.
#[expect(clippy::exit, reason = "whoever read the output has gone: there is nobody to tell and nothing left to do")]
pub fn print_raw(text: &str) {
    let mut out = io::stdout().lock();
    if out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_err() {
        std::process::exit(0);
    }
}

/// Prints any value as indented JSON.
///
/// # Errors
/// `internal`: the value cannot be written as JSON, which none of ours cannot.
pub fn print_json(value: &impl serde::Serialize) -> Result<(), Problem> {
    print(&serde_json::to_string_pretty(value).map_err(not_json)?);
    Ok(())
}

/// Prints any value as one line of JSON.
///
/// # Errors
/// As [`print_json`].
pub fn print_json_line(value: &impl serde::Serialize) -> Result<(), Problem> {
    print(&serde_json::to_string(value).map_err(not_json)?);
    Ok(())
}

/// The wording for who sits at the terminal.
pub fn say(es: &str, en: &str) -> String {
    Bilingual::new(es, en).get(terminal_language()).to_owned()
}

fn not_json(error: serde_json::Error) -> Problem {
    Problem::new("internal", ProblemClass::Internal, error.to_string(), error.to_string())
}
