//! What a file says of the occasion itself: header blocks, front matter, notes in captions, the file's name.

use serde::Deserialize;

use crate::model::MeetingFacts;

use super::dates::{self, Order};
use super::labels::{self, Likeness};
use super::lines;

/// How many lines from the top may hold the header block.
pub const HEADER_LINES: usize = 40;

/// What a header line tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// When.
    Date(Order),
    /// With whom.
    Customer,
    /// Who was there.
    Attendees,
    /// What it is called.
    Title,
}

/// Reads `Key: value` (trimmed; with or without bullet and emphasis) as a fact and its value, which may be empty.
pub fn line(text: &str) -> Option<(Fact, &str)> {
    let body = labels::without_bullet(text).unwrap_or(text);
    let (key, value) = labels::prefix(body.trim_start_matches('#').trim_start())?;
    Some((fact(key)?, value.trim_matches(['*', '_']).trim()))
}

/// The fact that a key names.
pub fn fact(key: &str) -> Option<Fact> {
    let key = labels::fold(key.trim_matches(['*', '_', ' ', '#']));
    Some(match key.as_str() {
        "fecha" | "fecha de la reunion" | "fecha de la entrevista" | "fecha de reunion" | "dia" | "fecha y hora" => {
            Fact::Date(Order::DayFirst)
        }
        "date" | "meeting date" | "date of meeting" | "date and time" | "when" | "interview date" => {
            Fact::Date(Order::MonthFirst)
        }
        "cliente" | "customer" | "client" | "empresa" | "company" | "account" | "cuenta" | "organizacion"
        | "organization" => Fact::Customer,
        "asistentes" | "participantes" | "attendees" | "participants" | "presentes" | "asistencia" | "personas"
        | "people" | "invitados" | "entrevistados" | "present" | "speakers" | "oradores" => Fact::Attendees,
        "titulo"
        | "title"
        | "asunto"
        | "subject"
        | "reunion"
        | "meeting"
        | "nombre de la reunion"
        | "meeting title" => Fact::Title,
        _ => return None,
    })
}

/// Keeps a fact where none is known yet; a value that does not fit (no date in it) tells nothing. Says if it was kept.
pub fn keep(facts: &mut MeetingFacts, fact: Fact, value: &str) -> bool {
    let value = lines::trim(value.trim_matches(['"', '\'']));
    if value.is_empty() || value.len() > 400 {
        return false;
    }
    let ends_sentence = value.ends_with(['.', '?', '!']) && !ends_in_abbreviation(value);
    if fact == Fact::Customer && (value.split_whitespace().count() > 8 || ends_sentence) {
        // `Cliente: pues sí, todos los meses.` is somebody speaking.
        return false;
    }
    match fact {
        Fact::Date(order) => {
            let Some(date) = dates::find(value, order) else { return false };
            facts.date.get_or_insert(date);
        }
        Fact::Customer => {
            facts.customer.get_or_insert_with(|| value.to_owned());
        }
        Fact::Title => {
            facts.title.get_or_insert_with(|| value.to_owned());
        }
        Fact::Attendees => {
            for name in split_names(value) {
                attendee(facts, name);
            }
        }
    }
    true
}

/// `Bodega Tunari S.A.`, `North Pier Inc.`: the point is part of the name.
fn ends_in_abbreviation(value: &str) -> bool {
    let last = value.trim_end_matches('.').rsplit(' ').next().unwrap_or("");
    value.ends_with('.')
        && (last.contains('.')
            || matches!(labels::fold(last).as_str(), "inc" | "ltd" | "ltda" | "cia" | "co" | "corp" | "srl"))
}

/// Adds somebody to who was there. The entry that tells more of the same person stays: `Ana Paz <ana@acme.example>`.
pub fn attendee(facts: &mut MeetingFacts, name: &str) {
    let name = lines::trim(name).trim_matches(['*', '_']).trim_end_matches(['.', ';', ',']).trim();
    if name.is_empty() || name.chars().count() > 120 || labels::is_placeholder(name) {
        return;
    }
    let tells_more = |long: &str, short: &str| {
        long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with(" <") || rest.starts_with(" ("))
    };
    if facts.attendees.iter().any(|known| tells_more(known, name)) {
        return;
    }
    match facts.attendees.iter().position(|known| tells_more(name, known)) {
        Some(known) => name.clone_into(&mut facts.attendees[known]),
        None if facts.attendees.len() < 200 => facts.attendees.push(name.to_owned()),
        None => {}
    }
}

/// Reads `Invited  Ana Paz  Luis Gil`, as Google's notes list people, with wide gaps between them.
pub fn invited(facts: &mut MeetingFacts, text: &str) {
    let Some((key, list)) = text.split_once(' ') else { return };
    if fact(key) != Some(Fact::Attendees) && !key.eq_ignore_ascii_case("invited") || text.len() > 400 {
        return;
    }
    let names: Vec<&str> = list.split("  ").map(lines::trim).filter(|name| !name.is_empty()).collect();
    if list.contains("  ") && names.iter().all(|name| labels::likeness(name) == Likeness::Name) {
        names.iter().for_each(|name| attendee(facts, name));
    }
}

/// A title without what meeting tools write behind it: ` - Transcript`, `-20260312_100000-Meeting Recording`.
pub fn plain_title(title: &str) -> &str {
    const ENDS: [&str; 9] = [
        "transcript",
        "transcripcion",
        "meeting recording",
        "meeting transcript",
        "grabacion de la reunion",
        "transcripcion de la reunion",
        "grabacion",
        "recording",
        "notes by gemini",
    ];
    let Some(at) = title.rfind(['-', '–', '—']).filter(|at| *at > 2) else { return title };
    let last = labels::fold(title[at..].trim_start_matches(['-', '–', '—', ' ']));
    if !ENDS.contains(&last.trim_end()) {
        return title;
    }
    let rest = title[..at].trim_end_matches([' ', '-', '–', '—']);
    let stamp = rest
        .rfind('-')
        .filter(|at| rest.len() - at >= 9 && rest[at + 1..].bytes().all(|byte| byte.is_ascii_digit() || byte == b'_'));
    lines::trim(stamp.map_or(rest, |at| &rest[..at]))
}

/// Reads a line of names (`Ana Paz, Luis Gil y Sara Roca`) as people who were there; says whether it was one.
pub fn names(facts: &mut MeetingFacts, text: &str) -> bool {
    let names = split_names(text);
    let are_names = names.iter().all(|name| labels::likeness(name.trim_end_matches(['.', ';'])) == Likeness::Name);
    if are_names && text.len() <= 400 {
        for name in names {
            attendee(facts, name);
        }
    }
    are_names
}

/// Fills what the file's content left open from its name.
pub fn from_file_name(facts: &mut MeetingFacts, file_name: &str) {
    if facts.date.is_none() {
        facts.date = dates::in_file_name(file_name).or_else(|| dates::in_file_name(facts.title.as_deref()?));
    }
}

/// Reads YAML front matter at the top of `text`. Gives the facts and the number of lines it takes; none where there is
/// no front matter.
pub fn front_matter(text: &str) -> Option<(MeetingFacts, usize)> {
    let mut all = lines::lines(text);
    if all.next()?.text.trim_end() != "---" {
        return None;
    }
    let mut yaml = String::new();
    for line in all.take(200) {
        if matches!(line.text.trim_end(), "---" | "...") {
            return Some((read_yaml(&yaml), line.number));
        }
        yaml.push_str(line.text);
        yaml.push('\n');
    }
    None
}

/// The text behind its front matter.
pub fn body(text: &str) -> &str {
    let Some((_, taken)) = front_matter(text) else { return text };
    lines::lines(text).nth(taken).map_or("", |line| &text[lines::span_of(text, line.text).start..])
}

/// A value of front matter.
#[derive(Deserialize)]
#[serde(untagged)]
enum Value {
    Text(String),
    Integer(i64),
    Real(f64),
    Truth(#[expect(dead_code, reason = "a truth value tells nothing here, and must be read all the same")] bool),
    List(Vec<Value>),
    Map(std::collections::BTreeMap<String, Value>),
    Nothing(()),
}

impl Value {
    fn texts(&self) -> Vec<String> {
        match self {
            Self::Text(text) => vec![text.clone()],
            Self::Integer(number) => vec![number.to_string()],
            Self::Real(number) => vec![number.to_string()],
            Self::List(values) => values.iter().flat_map(Self::texts).collect(),
            Self::Map(values) => {
                values.get("name").or_else(|| values.get("nombre")).map(Self::texts).unwrap_or_default()
            }
            Self::Truth(_) | Self::Nothing(()) => Vec::new(),
        }
    }
}

fn read_yaml(yaml: &str) -> MeetingFacts {
    let mut facts = MeetingFacts::default();
    let values: Result<std::collections::BTreeMap<String, Value>, _> = serde_saphyr::from_str(yaml);
    let Ok(values) = values else {
        // A front matter that is no YAML still tells by its lines.
        for line in lines::lines(yaml) {
            if let Some((fact, value)) = self::line(lines::trim(line.text)) {
                keep(&mut facts, fact, value);
            }
        }
        return facts;
    };
    for (key, value) in &values {
        let Some(fact) = fact(key) else { continue };
        for text in value.texts() {
            keep(&mut facts, fact, &text);
        }
    }
    facts
}

/// Names in a list written in one line: by semicolons where there are any, else by commas outside brackets and a last
/// "y" or "and".
fn split_names(list: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let separator = if list.contains(';') { ';' } else { ',' };
    let (mut depth, mut from) = (0_i32, 0);
    for (at, c) in list.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ if c == separator && depth <= 0 => {
                names.push(&list[from..at]);
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    let last = &list[from..];
    match [" y ", " and ", " e ", " & "].iter().find_map(|joint| last.split_once(joint)) {
        Some((one, other)) if depth == 0 && !one.contains('(') => names.extend([one, other]),
        _ => names.push(last),
    }
    names
}
