//! JSON of any tool: a list of objects with the words, who says them and when, under the key names that tools use. The tools
//! whose files are known have formats of their own, which fall back on this one where a file is not as expected.
//!
//! The words are laid out as text, one line each, the name before them where the speaker changes; spans refer to that text.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::model::{MeetingFacts, Place, Problem, ProblemClass};

use super::reading::dialogue::{self, Manner};
use super::reading::draft::Draft;
use super::reading::facts::{self, Fact};
use super::reading::remarks::{self, Remark};
use super::reading::tree::Node;
use super::reading::{dates, lines, stamps};
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "json",
    label: ("JSON de otra herramienta", "JSON of another tool"),
    extensions: &["json", "jsonl"],
    sniff,
    parser: Parser::Strict(parse),
};

const TEXT_KEYS: [&str; 15] = [
    "text",
    "transcript",
    "punctuated_word",
    "word",
    "sentence",
    "body",
    "content",
    "utterance",
    "message",
    "words",
    "value",
    "raw_text",
    "caption",
    "line",
    "display",
];
const SPEAKER_KEYS: [&str; 16] = [
    "speaker_name",
    "speakername",
    "speakerdisplayname",
    "display_name",
    "speaker",
    "speaker_label",
    "speakerlabel",
    "participant",
    "name",
    "author",
    "user",
    "from",
    "sender",
    "speaker_id",
    "speakerid",
    "role",
];
const START_KEYS: [&str; 17] = [
    "start",
    "start_time",
    "starttime",
    "begin",
    "start_ms",
    "startms",
    "start_time_ms",
    "starttimems",
    "offset",
    "timestamp",
    "time",
    "ts",
    "from",
    "start_timestamp",
    "audio_start",
    "startoffset",
    "start_offset",
];
const END_KEYS: [&str; 12] = [
    "endoffset",
    "end_offset",
    "end",
    "end_time",
    "endtime",
    "end_ms",
    "endms",
    "end_time_ms",
    "endtimems",
    "to",
    "end_timestamp",
    "end_ts",
];

fn sniff(sample: &Sample<'_>) -> f32 {
    let text = sample.text.trim_start_matches('\u{FEFF}').trim_start();
    let Some(first) = text.chars().next().filter(|c| matches!(c, '{' | '[')) else { return 0.0 };
    let next = text[1..].trim_start().chars().next();
    match (first, next) {
        ('{', Some('"' | '}')) | ('[', Some('{' | ']')) => 0.7,
        ('[', Some('"')) => 0.7,
        ('[', Some('[')) => 0.5,
        _ => 0.0,
    }
}

fn parse(text: &str) -> Result<Draft, Problem> {
    read(text, |_| None)
}

/// Does the sample hold this key, in quotation marks?
pub fn has_key(sample: &Sample<'_>, key: &str) -> bool {
    let text = sample.text.as_bytes();
    let begins = text.first().is_some_and(|byte| matches!(byte, b'{' | b'[' | 0xEF) || byte.is_ascii_whitespace());
    begins
        && memchr::memmem::find_iter(text, key).any(|at| {
            let behind = &text[at + key.len()..];
            at > 0 && text[at - 1] == b'"' && behind.first() == Some(&b'"') && {
                let next = behind[1..].iter().find(|byte| !byte.is_ascii_whitespace());
                next.is_none_or(|byte| *byte == b':')
            }
        })
}

/// Reads a JSON text: by `known`, or, where that finds nothing, by what looks most like a transcript.
pub fn read(text: &str, known: for<'t> fn(&'t Node<'_>) -> Option<Vec<Remark<'t>>>) -> Result<Draft, Problem> {
    let source = text.trim_start_matches('\u{FEFF}');
    let tree = parsed(source)?;
    let mut draft = Draft::default();
    read_facts(&tree, &mut draft.facts, 0);
    if let Some(found) = known(&tree).filter(|found| !found.is_empty()) {
        remarks::lay_out(&found, &mut draft);
        return Ok(draft);
    }
    let mut best = Best::default();
    best.visit(&tree);
    if let Some(found) = best.list.and_then(|list| listed(&tree, list)) {
        remarks::lay_out(&found, &mut draft);
        return Ok(draft);
    }
    if let Some(whole) = best.whole {
        // The transcript is one long text: its own lines tell who speaks.
        let mut inner = dialogue::read(whole, Manner::Labelled);
        if inner.turns.is_empty() {
            inner = dialogue::read(whole, Manner::Notes);
        }
        inner.facts = draft.facts;
        inner.text = Some(whole.to_owned());
        return Ok(inner);
    }
    draft.warn(
        "no_segments",
        1,
        "El JSON no tiene una lista de intervenciones con texto (segments, sentences, utterances, turns, results…).",
        "The JSON has no list of remarks with text (segments, sentences, utterances, turns, results…).",
    );
    Ok(draft)
}

/// The tree of a JSON text; several values one behind the other, as in JSON lines, make a list.
fn parsed(source: &str) -> Result<Node<'_>, Problem> {
    let mut values = Vec::new();
    for value in serde_json::Deserializer::from_str(source).into_iter::<Node<'_>>() {
        values.push(value.map_err(|error| malformed(source, &error))?);
    }
    if values.len() == 1 {
        return Ok(values.swap_remove(0));
    }
    Ok(Node::List(values))
}

/// The remarks of a list of objects, whichever of the usual keys they use.
pub fn listed<'t>(tree: &Node<'_>, list: &'t [Node<'_>]) -> Option<Vec<Remark<'t>>> {
    let names = speaker_names(tree);
    let segments: Vec<Segment<'t>> = list.iter().filter_map(|node| Segment::of(node, &names)).collect();
    let found = in_milliseconds(joined_words(segments));
    Some(found).filter(|found| !found.is_empty())
}

fn malformed(source: &str, error: &serde_json::Error) -> Problem {
    let (number, line, column) = place_of(source, error);
    let from = line.floor_char_boundary(line.len().min(column.saturating_sub(100)));
    let reason = error.to_string();
    let reason = reason.split(" at line ").next().unwrap_or("");
    Problem::new(
        "malformed_json",
        ProblemClass::Invalid,
        format!("El JSON está dañado en la línea {number}, columna {column}: {reason}."),
        format!("The JSON is damaged at line {number}, column {column}: {reason}."),
    )
    .hint(
        "Exporte el archivo otra vez; si lo editó a mano, revise comas, comillas y llaves alrededor de ese lugar.",
        "Export the file again; if you edited it by hand, look at commas, quotes and braces around that place.",
    )
    .at(Place {
        file: None,
        line: Some(number),
        column: Some(column),
        excerpt: Some(lines::excerpt(&line[from..], 200)),
    })
}

/// One-based line, the line, one-based column. A text that ends too early is damaged at the end of its last line.
fn place_of<'a>(source: &'a str, error: &serde_json::Error) -> (usize, &'a str, usize) {
    let (number, column) = (error.line().max(1), error.column());
    let line = |number: usize| lines::lines(source).nth(number - 1).map_or("", |line| line.text);
    match column {
        0 if number > 1 => (number - 1, line(number - 1), line(number - 1).chars().count() + 1),
        _ => (number, line(number), column.max(1)),
    }
}

/// The list that looks most like a transcript, and the longest text under a key that holds one.
#[derive(Default)]
struct Best<'t, 'a> {
    list: Option<&'t [Node<'a>]>,
    score: usize,
    whole: Option<&'t str>,
}

impl<'t, 'a> Best<'t, 'a> {
    fn visit(&mut self, node: &'t Node<'a>) {
        match node {
            Node::List(values) => {
                let score = score(values);
                if score > self.score {
                    self.score = score;
                    self.list = Some(values);
                }
                // The words inside a list of remarks are the same words again.
                let inside = if score > 0 { 3 } else { usize::MAX };
                for value in values.iter().take(inside) {
                    self.visit(value);
                }
            }
            Node::Map(entries) => {
                for (key, value) in entries {
                    if let Node::Text(text) = value
                        && TEXT_KEYS.iter().any(|known| key.eq_ignore_ascii_case(known))
                        && text.len() > self.whole.map_or(20, str::len)
                    {
                        self.whole = Some(text);
                    }
                    self.visit(value);
                }
            }
            _ => {}
        }
    }
}

/// How much a list looks like a transcript: its characters, more for remarks of several words, speakers and times.
fn score(values: &[Node<'_>]) -> usize {
    let (mut characters, mut remarks, mut words, mut speakers, mut times) = (0, 0, 0, 0, 0);
    for value in values {
        let Some(text) = words_of(value) else { continue };
        characters += text.len();
        remarks += 1;
        words += text.split_ascii_whitespace().take(4).count();
        speakers += usize::from(speaker_of(value).is_some());
        times += usize::from(time_of(value, &START_KEYS).is_some());
    }
    if remarks == 0 || remarks * 4 < values.len() {
        return 0;
    }
    let several_words = words * 2 > remarks * 3;
    let mut score = characters;
    for good in [several_words, speakers * 2 > remarks, times * 2 > remarks] {
        score *= if good { 3 } else { 1 };
    }
    // Summaries and chapters are lists of texts as well.
    if speakers + times == 0 { score / 4 } else { score }
}

struct Segment<'t> {
    speaker: Option<Cow<'t, str>>,
    start: Option<Time>,
    end: Option<Time>,
    words: Cow<'t, str>,
}

#[derive(Clone, Copy)]
enum Time {
    Milliseconds(f64),
    /// Seconds or milliseconds; the whole file tells.
    Number(f64),
}

impl Time {
    fn number(self) -> f64 {
        match self {
            Self::Milliseconds(number) | Self::Number(number) => number,
        }
    }
}

impl<'t> Segment<'t> {
    fn of(node: &'t Node<'_>, names: &HashMap<String, String>) -> Option<Self> {
        let words = words_of(node)?;
        // Editors keep who and when in an object beside the text.
        let data = node.get("data").filter(|data| matches!(data, Node::Map(_)));
        let first = ["sentences", "paragraphs"].into_iter().find_map(|key| node.get(key)?.list()?.first());
        let last = ["sentences", "paragraphs"].into_iter().find_map(|key| node.get(key)?.list()?.last());
        let time = |keys: &[&str], inner: Option<&'t Node<'_>>| {
            time_of(node, keys).or_else(|| time_of(data?, keys)).or_else(|| time_of(inner?, keys))
        };
        let (start, end) = (time(&START_KEYS, first), time(&END_KEYS, last));
        let speaker = speaker_of(node).or_else(|| speaker_of(data?)).map(|label| match names.get(label.as_ref()) {
            Some(name) => Cow::Owned(name.clone()),
            None if label.bytes().all(|byte| byte.is_ascii_digit()) => Cow::Owned(format!("Speaker {label}")),
            None => label,
        });
        Some(Self { speaker, start, end, words })
    }
}

/// The words of one remark: a text under a usual key, or the pieces of a monologue.
fn words_of<'t>(node: &'t Node<'_>) -> Option<Cow<'t, str>> {
    let Node::Map(_) = node else { return node.text().map(Cow::Borrowed).filter(|text| !text.trim().is_empty()) };
    for key in TEXT_KEYS {
        if let Some(text) = node.get(key).and_then(Node::text) {
            let text = text.trim();
            return (!text.is_empty()).then_some(Cow::Borrowed(text));
        }
    }
    if let Some(elements) = node.get("elements").and_then(Node::list) {
        let words: String = elements.iter().filter_map(|element| element.get("value").and_then(Node::text)).collect();
        return (!words.trim().is_empty()).then(|| Cow::Owned(words.trim().to_owned()));
    }
    // A block of somebody's sentences.
    let inner = ["sentences", "paragraphs", "lines"].into_iter().find_map(|key| node.get(key)).and_then(Node::list);
    if let Some(inner) = inner {
        let words: Vec<&str> = inner.iter().filter_map(|one| one.text().or_else(|| one.get("text")?.text())).collect();
        let words = words.iter().map(|words| words.trim()).collect::<Vec<_>>().join(" ");
        return (!words.is_empty()).then_some(Cow::Owned(words));
    }
    let first = node.get("alternatives").and_then(Node::list).and_then(<[_]>::first)?;
    let text = first.get("transcript").or_else(|| first.get("content")).and_then(Node::text)?.trim();
    (!text.is_empty()).then_some(Cow::Borrowed(text))
}

fn speaker_of<'t>(node: &'t Node<'_>) -> Option<Cow<'t, str>> {
    SPEAKER_KEYS.iter().find_map(|key| match node.get(key)? {
        Node::Text(text) => Some(Cow::Borrowed(lines::trim(text))).filter(|text| !text.is_empty() && text.len() <= 120),
        Node::Number(number) if number.fract() == 0.0 => Some(Cow::Owned(number.to_string())),
        person @ Node::Map(_) => {
            let named = ["name", "displayName", "display_name", "full_name", "label", "email"];
            let name = named.into_iter().find_map(|key| person.get(key)).and_then(Node::text)?;
            Some(Cow::Borrowed(lines::trim(name)))
        }
        _ => None,
    })
}

/// Names behind numbers: a list `speakers` or `participants` of objects with `id` and `name`.
pub fn speaker_names(tree: &Node<'_>) -> HashMap<String, String> {
    let mut names = HashMap::new();
    let mut stack = vec![tree];
    while let Some(node) = stack.pop() {
        let Node::Map(entries) = node else { continue };
        for (key, value) in entries {
            if matches!(key.to_ascii_lowercase().as_str(), "speakers" | "participants" | "speaker_map") {
                for person in value.list().unwrap_or_default() {
                    let id = person.get("id").or_else(|| person.get("speaker_id")).or_else(|| person.get("speakerId"));
                    let id = match id {
                        Some(Node::Number(number)) => number.to_string(),
                        Some(Node::Text(text)) => text.to_string(),
                        _ => continue,
                    };
                    if let Some(name) = person.get("name").and_then(Node::text).filter(|name| !name.trim().is_empty()) {
                        names.insert(id, name.trim().to_owned());
                    }
                }
            }
            stack.push(value);
        }
    }
    names
}

/// Lists of single words are joined to remarks: until the speaker changes, a sentence ends or nobody speaks for a while.
fn joined_words(segments: Vec<Segment<'_>>) -> Vec<Segment<'_>> {
    let single = segments.iter().filter(|segment| !segment.words.contains(' ')).count();
    if segments.len() < 20 || single * 10 < segments.len() * 9 {
        return segments;
    }
    let pause = 1500.0 / milliseconds_per_unit(&segments);
    let mut joined: Vec<Segment<'_>> = Vec::new();
    for segment in segments {
        let is_mark = !segment.words.contains(char::is_alphanumeric);
        let last = joined.last_mut().filter(|last| {
            let silence = segment.start.zip(last.end).map_or(0.0, |(start, end)| start.number() - end.number());
            let ended = last.words.ends_with(['.', '?', '!', '…']);
            is_mark || (segment.speaker == last.speaker && !ended && silence < pause)
        });
        let Some(last) = last else {
            joined.push(segment);
            continue;
        };
        let words = last.words.to_mut();
        if !is_mark {
            words.push(' ');
        }
        words.push_str(&segment.words);
        last.end = segment.end.or(last.end);
    }
    joined
}

fn time_of(node: &Node<'_>, keys: &[&str]) -> Option<Time> {
    let is_start = keys.len() == START_KEYS.len();
    for key in keys {
        let Some(value) = node.get(key) else { continue };
        match value {
            Node::Number(number) if key.ends_with("ms") => return Some(Time::Milliseconds(*number)),
            Node::Number(number) => return Some(Time::Number(*number)),
            Node::Text(text) => {
                if let Some(time) = stamps::whole(text.trim()) {
                    return Some(Time::Milliseconds(time as f64));
                }
                if let Ok(number) = text.trim().trim_end_matches('s').parse() {
                    return Some(Time::Number(number));
                }
                if let Ok(moment) = text.trim().parse::<jiff::Timestamp>() {
                    return Some(Time::Milliseconds(moment.as_millisecond() as f64));
                }
            }
            // `"timestamp": [0.0, 4.2]`
            Node::List(pair) => {
                if let Some(Node::Number(number)) = pair.get(usize::from(!is_start)) {
                    return Some(Time::Number(*number));
                }
            }
            _ => {}
        }
    }
    // whisper.cpp: `"offsets": {"from": 0, "to": 4200}` in milliseconds.
    let number = match node.get("offsets")?.get(if is_start { "from" } else { "to" })? {
        Node::Number(number) => *number,
        _ => return None,
    };
    Some(Time::Milliseconds(number))
}

/// Speech takes about 65 milliseconds a character: tells whether whole numbers are seconds or milliseconds.
fn milliseconds_per_unit(segments: &[Segment<'_>]) -> f64 {
    let numbers = || segments.iter().flat_map(|segment| [segment.start, segment.end]).flatten();
    let fractional = numbers().any(|time| matches!(time, Time::Number(number) if number.fract() != 0.0));
    if fractional {
        return 1000.0;
    }
    let (mut units, mut characters) = (0.0, 0.0);
    for segment in segments {
        if let (Some(Time::Number(start)), Some(Time::Number(end))) = (segment.start, segment.end) {
            units += (end - start).max(0.0);
            characters += segment.words.len() as f64;
        }
    }
    if units == 0.0 {
        // Only starts: from the first to the last.
        let starts = || {
            segments.iter().filter_map(|segment| match segment.start {
                Some(Time::Number(start)) => Some(start),
                _ => None,
            })
        };
        units = starts().fold(0.0, f64::max) - starts().fold(f64::INFINITY, f64::min).min(0.0);
        characters = segments.iter().map(|segment| segment.words.len() as f64).sum();
    }
    if units > characters * 4.0 { 1.0 } else { 1000.0 }
}

/// Milliseconds since 1970 of the years in which meetings were transcribed.
const EPOCH_MS: std::ops::Range<f64> = 6e11..5e12;

fn in_milliseconds(segments: Vec<Segment<'_>>) -> Vec<Remark<'_>> {
    let unit = milliseconds_per_unit(&segments);
    let number = |time: Time| match time {
        Time::Milliseconds(number) => number,
        Time::Number(number) => number * unit,
    };
    // Moments of the calendar count from the first one.
    let first = segments.iter().filter_map(|segment| segment.start).map(number).fold(f64::INFINITY, f64::min);
    let base = if (EPOCH_MS).contains(&first) { first } else { 0.0 };
    let time = |time: Option<Time>| remarks::milliseconds(number(time?) - base);
    segments
        .into_iter()
        .map(|segment| Remark {
            speaker: segment.speaker,
            start_ms: time(segment.start),
            end_ms: time(segment.end).or_else(|| time(segment.start)),
            words: segment.words,
        })
        .collect()
}

/// Title, date, customer and people from the objects near the root.
fn read_facts(node: &Node<'_>, found: &mut MeetingFacts, depth: usize) {
    let Node::Map(entries) = node else { return };
    for (key, value) in entries {
        let fact = match key.to_ascii_lowercase().as_str() {
            "title" | "meeting_title" | "meetingtitle" | "topic" | "subject" => Some(Fact::Title),
            // Deeper inside it tells when a job of recognition was ordered.
            "created_at" if depth > 0 => None,
            "date"
            | "meeting_date"
            | "meetingdate"
            | "start_date"
            | "created_at"
            | "datestring"
            | "start_time"
            | "starttime"
            | "recording_start_time"
            | "scheduled_start_time" => Some(Fact::Date(dates::Order::MonthFirst)),
            other => facts::fact(other),
        };
        match (fact, value) {
            (Some(fact), Node::Text(text)) => {
                facts::keep(found, fact, text);
            }
            (Some(Fact::Date(_)), Node::Number(number)) if found.date.is_none() => found.date = date_of_epoch(*number),
            (Some(Fact::Attendees), Node::List(people)) => {
                for person in people {
                    let name = person.text().or_else(|| person.get("name").and_then(Node::text));
                    if let Some(name) = name.or_else(|| person.get("displayName").and_then(Node::text)) {
                        facts::attendee(found, name);
                    }
                }
            }
            (None, Node::Map(_)) if depth < 3 => read_facts(value, found, depth + 1),
            _ => {}
        }
    }
}

/// Seconds or milliseconds since 1970, in UTC.
fn date_of_epoch(number: f64) -> Option<String> {
    let seconds = if number > 1e11 { number / 1000.0 } else { number };
    if !(6e8..5e9).contains(&seconds) {
        return None;
    }
    let since = jiff::SignedDuration::try_from_secs_f64(seconds).ok()?;
    let time = jiff::Timestamp::UNIX_EPOCH.checked_add(since).ok()?;
    Some(time.to_zoned(jiff::tz::TimeZone::UTC).date().to_string())
}
