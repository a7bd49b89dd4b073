//! All hits of a search as a file.

use std::fmt::Write as _;

use crate::export::Export;
use crate::model::{Problem, ProblemClass, UiLanguage};

use super::App;
use super::searching::{SearchHit, SearchRequest};

/// The forms in which hits can be taken along, with their media types.
pub const SEARCH_FORMATS: &[(&str, &str)] =
    &[("csv", "text/csv; charset=utf-8"), ("json", "application/json"), ("md", "text/markdown; charset=utf-8")];

const COLUMNS: &[&str] =
    &["customer", "meeting", "date", "source", "turn", "utterance", "speaker", "side", "language", "text", "link"];

impl App {
    /// Every hit of a request, as a file. A spreadsheet takes no cell of it for a formula.
    ///
    /// # Errors
    /// As [`App::search`]; `unknown_format`.
    pub fn export_search(
        &self,
        request: &SearchRequest,
        format: &str,
        language: UiLanguage,
    ) -> Result<Export, Problem> {
        let (name, media_type) =
            SEARCH_FORMATS.iter().copied().find(|(name, _)| *name == format).ok_or_else(|| unknown_format(format))?;
        let hits = self.all_hits(request)?;
        let text = match name {
            "csv" => csv_of(&hits),
            "json" => serde_json::to_string_pretty(&hits).map_err(|_| super::internal())?,
            _ => hits.iter().map(|hit| markdown_of(hit, language) + "\n").collect(),
        };
        Ok(Export { file_name: format!("search.{name}"), media_type, bytes: text.into_bytes() })
    }
}

/// A hit as a Markdown quotation with where it was said.
pub fn markdown_of(hit: &SearchHit, language: UiLanguage) -> String {
    let mut text = String::new();
    for line in hit.text.lines() {
        text.push_str("> ");
        text.push_str(&escaped(line));
        text.push('\n');
    }
    let nobody = if language == UiLanguage::Spanish { "sin hablante" } else { "no speaker" };
    let turn = if language == UiLanguage::Spanish { "turno" } else { "turn" };
    let speaker = escaped(hit.speaker.as_deref().unwrap_or(nobody));
    let date = hit.date.map(|date| format!(", {date}")).unwrap_or_default();
    let (customer, title) = (escaped(&hit.customer_name), escaped(&hit.meeting_title));
    let number = hit.turn + 1;
    writeln!(text, ">\n> — {speaker}, {customer} · {title}{date}, [{turn} {number}]({})", link(hit))
        .expect("writing to a string cannot fail");
    text
}

/// The place in the transcript.
fn link(hit: &SearchHit) -> String {
    format!("/meetings/{}?turn={}#t{}", hit.meeting, hit.turn, hit.turn)
}

/// What people said is text and no markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            escaped.push('\\');
        }
        escaped.push(if c.is_control() { ' ' } else { c });
    }
    escaped
}

/// Comma-separated with a byte order mark, for spreadsheets take it for another encoding without one.
fn csv_of(hits: &[SearchHit]) -> String {
    let mut text = format!("\u{feff}{}\r\n", COLUMNS.join(","));
    for hit in hits {
        let cells = [
            hit.customer_name.clone(),
            hit.meeting_title.clone(),
            hit.date.map(|date| date.to_string()).unwrap_or_default(),
            hit.source.clone(),
            (hit.turn + 1).to_string(),
            (hit.utterance + 1).to_string(),
            hit.speaker.clone().unwrap_or_default(),
            hit.side.code().to_owned(),
            hit.language.language.code().to_owned(),
            hit.text.clone(),
            link(hit),
        ];
        let row: Vec<String> = cells.iter().map(|cell| cell_of(cell)).collect();
        text.push_str(&row.join(","));
        text.push_str("\r\n");
    }
    text
}

/// A cell; one that a spreadsheet would take for a formula begins with an apostrophe.
fn cell_of(text: &str) -> String {
    let risky = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || text.starts_with(['\t', '\r', '\n']);
    let guarded = if risky { format!("'{text}") } else { text.to_owned() };
    if guarded.contains(['"', ',', '\n', '\r', ';']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

fn unknown_format(format: &str) -> Problem {
    let names: Vec<&str> = SEARCH_FORMATS.iter().map(|(name, _)| *name).collect();
    let names = names.join(", ");
    let shown: String = format.chars().take(40).collect();
    Problem::new(
        "unknown_format",
        ProblemClass::Invalid,
        format!("No hay un formato {shown:?}."),
        format!("There is no format {shown:?}."),
    )
    .hint(format!("Elija uno de estos: {names}."), format!("Choose one of these: {names}."))
}
