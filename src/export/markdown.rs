//! Markdown: one heading a section, one bullet an entry, its quotes below it as quoted lines.
//!
//! Everything that somebody said or named is escaped: a transcript can neither make a heading nor smuggle HTML.

use std::fmt::Write as _;

use crate::model::{Document, EmpathyMap, Intensity, MapEntry, MapQuote, MapSection, UiLanguage};

/// Writes the document for readers of `language`.
pub fn write(document: &Document, language: UiLanguage) -> Vec<u8> {
    match document {
        Document::EmpathyMap(map) => empathy_map(map, language).into_bytes(),
    }
}

fn empathy_map(map: &EmpathyMap, language: UiLanguage) -> String {
    let mut out = String::new();
    let title = pick(language, "Mapa de empatía", "Customer empathy map");
    line(&mut out, format_args!("# {title}: {}\n", escape(&map.customer)));
    line(&mut out, format_args!("{}\n", source_line(map, language)));
    if let Some(intensity) = map.pain_intensity {
        let label = pick(language, "Intensidad del dolor", "Pain intensity");
        line(&mut out, format_args!("**{label}:** {}\n", intensity_label(intensity, language)));
    }
    for section in &map.sections {
        write_section(&mut out, section, language);
    }
    out
}

fn source_line(map: &EmpathyMap, language: UiLanguage) -> String {
    let (all, quoted) = (map.meetings, map.meetings_quoted);
    match language {
        UiLanguage::Spanish if all == 1 => format!("**Fuente:** 1 reunión, {quoted} con citas en este mapa"),
        UiLanguage::Spanish => format!("**Fuente:** {all} reuniones, {quoted} con citas en este mapa"),
        UiLanguage::English if all == 1 => format!("**Source:** 1 meeting, {quoted} quoted in this map"),
        UiLanguage::English => format!("**Source:** {all} meetings, {quoted} quoted in this map"),
    }
}

fn write_section(out: &mut String, section: &MapSection, language: UiLanguage) {
    line(out, format_args!("## {}\n", section.kind.label(language)));
    if section.entries.is_empty() {
        let gap = pick(language, "Sin evidencia todavía.", "No evidence yet.");
        line(out, format_args!("_{gap}_\n"));
        return;
    }
    for entry in &section.entries {
        write_entry(out, entry, language);
    }
}

fn write_entry(out: &mut String, entry: &MapEntry, language: UiLanguage) {
    let statement = escape(entry.statement.get(language));
    line(out, format_args!("- **{statement}** ({})", intensity_label(entry.intensity, language)));
    for quote in &entry.quotes {
        line(out, format_args!("  > {}", quoted(quote, language)));
        line(out, format_args!("  >"));
        line(out, format_args!("  > {}\n", attribution(quote, language)));
    }
}

fn quoted(quote: &MapQuote, language: UiLanguage) -> String {
    let text = escape(&quote.text);
    match language {
        UiLanguage::Spanish => format!("«{text}»"),
        UiLanguage::English => format!("“{text}”"),
    }
}

fn attribution(quote: &MapQuote, language: UiLanguage) -> String {
    let speaker = quote.speaker.as_deref().map_or_else(|| pick(language, "sin nombre", "no name").to_owned(), escape);
    let date = quote.date.map(|date| format!(", {date}")).unwrap_or_default();
    let turn = pick(language, "turno", "turn");
    format!("— {speaker}, {}{date}, {turn} {}", escape(&quote.meeting_title), quote.turn + 1)
}

/// The intensity's name, in capitals as the field writes it.
fn intensity_label(intensity: Intensity, language: UiLanguage) -> &'static str {
    match intensity {
        Intensity::Low => pick(language, "BAJA", "LOW"),
        Intensity::Medium => pick(language, "MEDIA", "MEDIUM"),
        Intensity::High => pick(language, "ALTA", "HIGH"),
    }
}

fn pick(language: UiLanguage, es: &'static str, en: &'static str) -> &'static str {
    match language {
        UiLanguage::Spanish => es,
        UiLanguage::English => en,
    }
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    writeln!(out, "{text}").expect("writing to a string cannot fail");
}

/// Makes Markdown show `text` as it is: marks escaped, HTML inert, all on one line.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (place, character) in text.char_indices() {
        match character {
            '\n' | '\r' | '\t' => out.push(' '),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(character);
            }
            '#' | '+' | '-' | '=' if place == 0 => {
                out.push('\\');
                out.push(character);
            }
            _ => out.push(character),
        }
    }
    out
}
