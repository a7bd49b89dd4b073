//! `cita languages`

use std::io::BufRead;

use crate::app::{SpokenLine, languages};
use crate::model::{Place, Problem, ProblemClass};

use super::OK;
use super::output::print_json_line;

/// Reads JSON lines from standard input; a conversation is answered when the next one begins.
pub fn run() -> Result<u8, Problem> {
    let mut conversation: Vec<SpokenLine> = Vec::new();
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line.map_err(|error| bad_line(number, &error.to_string()))?;
        if line.trim().is_empty() {
            continue;
        }
        let spoken: SpokenLine = serde_json::from_str(&line).map_err(|error| bad_line(number, &error.to_string()))?;
        if conversation.first().is_some_and(|first| first.conversation != spoken.conversation) {
            answer(std::mem::take(&mut conversation))?;
        }
        conversation.push(spoken);
    }
    answer(conversation)?;
    Ok(OK)
}

fn answer(conversation: Vec<SpokenLine>) -> Result<(), Problem> {
    for line in languages(conversation) {
        print_json_line(&line)?;
    }
    Ok(())
}

fn bad_line(number: usize, error: &str) -> Problem {
    Problem::new(
        "bad_line",
        ProblemClass::Invalid,
        format!("La línea no se puede leer: {error}"),
        format!("The line cannot be read: {error}"),
    )
    .hint(
        r#"Cada línea es {"id": ..., "conversation": "...", "speaker": "...", "text": "..."}."#,
        r#"Each line is {"id": ..., "conversation": "...", "speaker": "...", "text": "..."}."#,
    )
    .at(Place { file: Some("-".to_owned()), line: Some(number + 1), ..Place::default() })
}
