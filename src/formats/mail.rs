//! Threads of e-mail that were pasted or saved as text: messages below `De:`/`From:` blocks or `... escribió:`/`... wrote:`
//! lines, quoted parts behind `>`, signatures. What is quoted again further down is kept once.

use std::collections::HashMap;

use crate::model::{Nature, Turn};

use super::reading::dates;
use super::reading::dialogue::{self, Manner};
use super::reading::draft::Draft;
use super::reading::facts;
use super::reading::labels;
use super::reading::lines::{self, Line};
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "mail",
    label: ("Hilo de correo", "E-mail thread"),
    extensions: &["txt"],
    sniff,
    parser: Parser::Lenient(parse),
};

fn sniff(sample: &Sample<'_>) -> f32 {
    let all: Vec<Mailed<'_>> = lines::lines(sample.text).map(Mailed::of).collect();
    let (mut blocks, mut wrote, mut separators, mut first) = (0_usize, 0_usize, 0_usize, None);
    let mut skip = 0;
    for at in 0..all.len() {
        if at < skip {
            continue;
        }
        if let Some((_, used)) = header(&all[at..]) {
            blocks += 1;
            skip = at + used;
            first = first.or(Some(at));
        } else if let Some((_, used)) = attribution(&all[at..]) {
            wrote += 1;
            skip = at + used;
        } else if is_separator(all[at].words) {
            separators += 1;
        }
    }
    let begins = first.is_some_and(|at| all[..at].iter().filter(|line| !line.words.is_empty()).count() <= 3);
    match (blocks, wrote, separators) {
        (0, 0, _) => 0.0,
        (0, 1, _) => 0.55,
        (0, _, _) => 0.85,
        (1, 0, 0) => {
            if begins {
                0.93
            } else {
                0.6
            }
        }
        _ => 0.97,
    }
}

/// A line without its marks of quoting.
#[derive(Clone, Copy)]
struct Mailed<'a> {
    line: Line<'a>,
    depth: usize,
    words: &'a str,
}

impl<'a> Mailed<'a> {
    fn of(line: Line<'a>) -> Self {
        let mut rest = lines::trim(line.text);
        let mut depth = 0;
        while let Some(inner) = rest.strip_prefix('>') {
            depth += 1;
            rest = inner.trim_start_matches(lines::is_blank);
        }
        Self { line, depth: depth.min(MAX_DEPTH), words: rest }
    }
}

/// No thread is longer; what is is read as notes, line by line.
const LONGEST_BYTES: usize = 16 * 1024 * 1024;
const MAX_DEPTH: usize = 30;
/// How many lines a block of fields may take.
const HEADER_LINES: usize = 14;

/// What a block of fields or a line above a quoted part tells.
#[derive(Clone, Debug, Default)]
struct Envelope<'a> {
    sender: &'a str,
    date: Option<String>,
    people: Vec<&'a str>,
    subject: Option<&'a str>,
    has_date: bool,
}

/// Consecutive lines of one message at one depth.
struct Paragraph<'a> {
    message: usize,
    lines: Vec<Mailed<'a>>,
}

struct Reader<'a> {
    /// Who wrote each message; none where the thread does not say.
    senders: Vec<Option<&'a str>>,
    /// Which message is open at which depth of quoting.
    open: [usize; MAX_DEPTH + 2],
    paragraphs: Vec<Paragraph<'a>>,
    dates: Vec<String>,
    /// A signature lasts to the end of its message.
    signing: bool,
    draft: Draft,
}

fn parse(text: &str) -> Draft {
    if text.len() > LONGEST_BYTES {
        return dialogue::read(text, Manner::Notes);
    }
    let all: Vec<Mailed<'_>> = lines::lines(text).map(Mailed::of).collect();
    let mut reader = Reader {
        senders: vec![None],
        open: [0; MAX_DEPTH + 2],
        paragraphs: Vec::new(),
        dates: Vec::new(),
        signing: false,
        draft: Draft::default(),
    };
    let mut at = 0;
    while at < all.len() {
        if let Some((envelope, used)) = header(&all[at..]) {
            reader.begin(&envelope, all[at].depth);
            at += used;
        } else if let Some((envelope, used)) = attribution(&all[at..]) {
            // The quoted part below is theirs; whoever quotes goes on behind it.
            reader.begin(&envelope, all[at].depth + 1);
            at += used;
        } else {
            reader.line(all[at], at > 0 && all[at - 1].words.is_empty());
            at += 1;
        }
    }
    reader.finish(text)
}

impl<'a> Reader<'a> {
    fn begin(&mut self, envelope: &Envelope<'a>, depth: usize) {
        self.signing = false;
        self.senders.push((!envelope.sender.is_empty()).then_some(envelope.sender));
        let message = self.senders.len() - 1;
        self.open[depth] = message;
        // Who is quoted in it is not said yet.
        self.senders.push(None);
        for open in &mut self.open[depth + 1..] {
            *open = message + 1;
        }
        if let Some(subject) = envelope.subject {
            facts::keep(&mut self.draft.facts, facts::Fact::Title, without_reply_mark(subject));
        }
        self.dates.extend(envelope.date.clone());
        for person in &envelope.people {
            facts::attendee(&mut self.draft.facts, person);
        }
    }

    fn line(&mut self, line: Mailed<'a>, after_blank: bool) {
        if line.words.is_empty() {
            return;
        }
        let message = self.open[line.depth];
        let same = self.paragraphs.last().filter(|last| last.message == message);
        if same.is_none() {
            self.signing = false;
        }
        if is_separator(line.words) {
            self.signing = false;
            self.draft.leave(line.line);
            return;
        }
        self.signing |= matches!(line.words, "--" | "-- " | "—" | "__") || is_device_line(line.words);
        if self.signing {
            self.draft.leave(line.line);
            return;
        }
        let goes_on =
            !after_blank && same.is_some_and(|last| last.lines.last().is_some_and(|one| one.depth == line.depth));
        match self.paragraphs.last_mut().filter(|_| goes_on) {
            Some(last) => last.lines.push(line),
            None => self.paragraphs.push(Paragraph { message, lines: vec![line] }),
        }
    }

    fn finish(mut self, text: &str) -> Draft {
        self.leave_sign_offs();
        let mut first_seen: HashMap<String, usize> = HashMap::new();
        let mut repeated = vec![false; self.paragraphs.len()];
        for (at, paragraph) in self.paragraphs.iter().enumerate() {
            let words = paragraph.words();
            if words.len() < 12 {
                continue;
            }
            match first_seen.get(&words).copied() {
                // The one whose writer is known is kept.
                Some(before) if self.named(before) || !self.named(at) => repeated[at] = true,
                Some(before) => {
                    repeated[before] = true;
                    first_seen.insert(words, at);
                }
                None => {
                    first_seen.insert(words, at);
                }
            }
        }
        let mut last_message = None;
        for (paragraph, repeated) in self.paragraphs.iter().zip(repeated) {
            if repeated {
                self.draft.repeats_removed += 1;
                continue;
            }
            let goes_on = last_message == Some(paragraph.message);
            last_message = Some(paragraph.message);
            if !goes_on {
                let speaker = self.senders[paragraph.message].map(|name| self.draft.speaker(name));
                self.draft.turns.push(Turn { speaker, nature: Nature::Speech, ..Turn::default() });
            }
            if let Some(turn) = self.draft.turns.last_mut() {
                turn.pieces.extend(paragraph.lines.iter().map(|line| lines::span_of(text, line.words)));
            }
        }
        self.draft.facts.date = self.dates.iter().max().cloned();
        self.draft
    }

    fn named(&self, paragraph: usize) -> bool {
        self.senders[self.paragraphs[paragraph].message].is_some()
    }

    /// A farewell and the few short lines behind it, to the end of a message, are left out.
    fn leave_sign_offs(&mut self) {
        let mut at = 0;
        while at < self.paragraphs.len() {
            let message = self.paragraphs[at].message;
            let end = self.paragraphs[at..].iter().position(|one| one.message != message);
            let end = end.map_or(self.paragraphs.len(), |end| at + end);
            let all: Vec<(usize, usize)> =
                (at..end).flat_map(|one| (0..self.paragraphs[one].lines.len()).map(move |line| (one, line))).collect();
            let words = |place: &(usize, usize)| self.paragraphs[place.0].lines[place.1].words;
            let own_name = |words: &str| {
                let first = self.senders[message].and_then(|sender| sender.split_whitespace().next());
                first.is_some_and(|first| words.trim_end_matches('.') == first) || Some(words) == self.senders[message]
            };
            let farewell = all.iter().rposition(|place| is_farewell(words(place)));
            let farewell = farewell.or_else(|| all.len().checked_sub(1).filter(|last| own_name(words(&all[*last]))));
            if let Some(from) = farewell
                && all.len() - from <= 10
                && all[from + 1..].iter().all(|place| is_signature_line(words(place)))
            {
                let gone: Vec<Line<'a>> =
                    all[from..].iter().map(|place| self.paragraphs[place.0].lines[place.1].line).collect();
                for line in &gone {
                    self.draft.leave(*line);
                }
                for one in &mut self.paragraphs[at..end] {
                    one.lines.retain(|line| !gone.iter().any(|gone| gone.number == line.line.number));
                }
            }
            at = end;
        }
        self.paragraphs.retain(|paragraph| !paragraph.lines.is_empty());
    }
}

impl Paragraph<'_> {
    /// Its words with single spaces, however they were wrapped.
    fn words(&self) -> String {
        let words: Vec<&str> = self.lines.iter().flat_map(|line| line.words.split_whitespace()).collect();
        words.join(" ")
    }
}

/// What a field of a letter tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    From,
    Date,
    People,
    Subject,
    Other,
}

fn field(words: &str) -> Option<(Field, &str)> {
    let words = words.trim_start_matches(['*', '_']);
    let (key, value) = words.split_once(':')?;
    if key.len() > 20 {
        return None;
    }
    let key = labels::fold(key.trim_matches(['*', '_', ' ']));
    let field = match key.as_str() {
        "de" | "from" | "remitente" => Field::From,
        "enviado" | "enviado el" | "sent" | "date" | "fecha" => Field::Date,
        "para" | "to" | "cc" | "cco" | "bcc" => Field::People,
        "asunto" | "subject" => Field::Subject,
        "adjuntos" | "attachments" | "importancia" | "importance" | "responder a" | "reply-to" | "datos adjuntos" => {
            Field::Other
        }
        _ => return None,
    };
    Some((field, lines::trim(value.trim_start_matches(['*', '_']))))
}

/// A block of fields at the start of these lines, and how many it takes.
fn header<'a>(all: &[Mailed<'a>]) -> Option<(Envelope<'a>, usize)> {
    let first = all.first()?;
    let (begins, _) = field(first.words)?;
    if !matches!(begins, Field::From | Field::Subject | Field::Date | Field::People) {
        return None;
    }
    let mut envelope = Envelope::default();
    let mut used = 0;
    let (mut fields, mut has_sender, mut last) = (0, false, None);
    // A memorandum has the same fields; a mail has addresses, or says when it was sent.
    let mut is_mail = false;
    for line in all.iter().take(HEADER_LINES) {
        if line.depth != first.depth || line.words.is_empty() {
            break;
        }
        let Some((field, value)) = field(line.words) else {
            // A long list of people runs on.
            if last == Some(Field::People) && line.words.contains('@') {
                envelope.people.extend(people(line.words));
                used += 1;
                continue;
            }
            break;
        };
        used += 1;
        fields += 1;
        last = Some(field);
        is_mail |= value.contains('@')
            || labels::fold(line.words).trim_start_matches('*').starts_with("sent")
            || labels::fold(line.words).trim_start_matches('*').starts_with("enviado");
        match field {
            Field::From => {
                has_sender = true;
                envelope.sender = name_of(value);
                envelope.people.insert(0, value);
            }
            Field::Date => {
                envelope.has_date = true;
                envelope.date = dates::find(value, order_of(line.words));
            }
            Field::People => envelope.people.extend(people(value)),
            Field::Subject => envelope.subject = Some(value).filter(|value| !value.is_empty()),
            Field::Other => {}
        }
    }
    let other = envelope.has_date || envelope.subject.is_some();
    (has_sender && is_mail && fields >= 2 && other && !envelope.sender.is_empty()).then_some((envelope, used))
}

/// A field in Spanish has its day first.
fn order_of(line: &str) -> dates::Order {
    let spanish = ["enviado", "fecha", "el "].iter().any(|start| labels::fold(line).starts_with(start));
    if spanish { dates::Order::DayFirst } else { dates::Order::MonthFirst }
}

/// `El jue, 12 mar 2026 a las 10:05, Ana Paz (<ana@acme.example>) escribió:`, over one line or up to three.
fn attribution<'a>(all: &[Mailed<'a>]) -> Option<(Envelope<'a>, usize)> {
    let first = all.first()?;
    let begins = ["El ", "On ", "el ", "Em "].iter().any(|start| first.words.starts_with(start));
    if !begins || !first.words.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    for used in 1..=3.min(all.len()) {
        let last = all[used - 1];
        if last.depth != first.depth || last.words.is_empty() {
            return None;
        }
        let Some(before) = ["escribió:", "wrote:", "escribio:"].iter().find_map(|end| last.words.strip_suffix(end))
        else {
            continue;
        };
        let whole: Vec<&str> = all[..used].iter().map(|line| line.words).collect();
        let date = dates::find(&whole.join(" "), order_of(first.words))?;
        // The name stands on the last line, or ends the line before where only the address does.
        let before = lines::trim(before);
        let own = sender_in(before);
        let above = || all[..used - 1].last().map_or("", |line| sender_in(line.words));
        let sender = if own.is_empty() || own.contains('@') && used > 1 && !above().is_empty() { above() } else { own };
        let people = if sender.is_empty() { Vec::new() } else { vec![sender] };
        return Some((Envelope { sender, date: Some(date), people, subject: None, has_date: true }, used));
    }
    None
}

/// The name in `On Thu, Mar 12, 2026 at 10:05 AM Ana Paz <ana@acme.example>`: what stands behind the time.
fn sender_in(line: &str) -> &str {
    let line = line.trim_end_matches([')', ' ', ',']);
    let (before, address) = match line.rfind('<') {
        Some(at) => (line[..at].trim_end_matches(['(', ' ']), line[at + 1..].trim_end_matches('>')),
        None => (line, ""),
    };
    let behind_time = before.rfind(|c: char| c.is_ascii_digit()).map_or(before, |at| &before[at + 1..]);
    let mut name = lines::trim(behind_time).trim_start_matches(',').trim_start();
    for half in ["a. m.", "p. m.", "a.m.", "p.m.", "AM", "PM", "a.\u{A0}m.", "p.\u{A0}m."] {
        name = name.strip_prefix(half).unwrap_or(name);
    }
    let name = lines::trim(name.trim_start_matches([',', ' '])).trim_matches(['"', '\'', ',']);
    if name.is_empty() { address } else { name }
}

/// `Ana Paz <ana@acme.example>` or `"Paz, Ana" <...>` without the address; the address where there is no name.
fn name_of(value: &str) -> &str {
    let at = value.find(['<', '[']).filter(|at| *at > 0);
    let name = at.map_or(value, |at| &value[..at]);
    let name = lines::trim(name).trim_matches(['"', '\'', '*']);
    if name.is_empty() { lines::trim(value.trim_matches(['<', '>'])) } else { name }
}

/// The people of a list, by semicolons, or by commas behind addresses.
fn people(value: &str) -> impl Iterator<Item = &str> {
    let by_commas = !value.contains(';') && value.matches('@').count() > 1;
    value.split(move |c: char| c == ';' || (by_commas && c == ',')).map(lines::trim).filter(|one| !one.is_empty())
}

fn without_reply_mark(subject: &str) -> &str {
    let mut rest = lines::trim(subject);
    for _ in 0..8 {
        let cut = ["re:", "rv:", "fw:", "fwd:", "res:", "enc:"].iter().find_map(|mark| {
            rest.get(..mark.len()).filter(|start| start.eq_ignore_ascii_case(mark)).map(|_| mark.len())
        });
        let Some(cut) = cut else { break };
        rest = rest[cut..].trim_start();
    }
    rest
}

fn is_separator(words: &str) -> bool {
    let inner = labels::fold(words.trim_matches(['-', '_', ' ', '*', ':']));
    let drawn = words.starts_with("--") || words.starts_with("__") || words.ends_with(':');
    drawn
        && matches!(
            inner.as_str(),
            "forwarded message"
                | "original message"
                | "mensaje original"
                | "mensaje reenviado"
                | "begin forwarded message"
                | "inicio del mensaje reenviado"
                | "forwarded by"
        )
        || (words.len() >= 20 && words.bytes().all(|byte| byte == b'_'))
}

fn is_device_line(words: &str) -> bool {
    const STARTS: [&str; 9] = [
        "enviado desde mi",
        "sent from my",
        "get outlook for",
        "obtener outlook para",
        "obtenga outlook",
        "enviado desde outlook",
        "este mensaje y sus adjuntos",
        "aviso de confidencialidad",
        "confidentiality notice",
    ];
    let folded = labels::fold(words);
    STARTS.iter().any(|start| folded.starts_with(start))
}

fn is_farewell(words: &str) -> bool {
    const STARTS: [&str; 20] = [
        "saludos",
        "un saludo",
        "atentamente",
        "cordialmente",
        "un abrazo",
        "abrazos",
        "atte",
        "gracias y saludos",
        "muchas gracias",
        "gracias",
        "quedo atent",
        "best regards",
        "kind regards",
        "regards",
        "warm regards",
        "best",
        "thanks",
        "thank you",
        "cheers",
        "sincerely",
    ];
    let folded = labels::fold(words);
    let count = words.split_whitespace().count();
    let short = count <= 3 || (count <= 6 && words.ends_with([',', '.']));
    short && STARTS.iter().any(|start| folded.starts_with(start))
}

fn is_signature_line(words: &str) -> bool {
    let count = words.split_whitespace().count();
    count <= 9 && words.chars().count() <= 90 && !(count > 4 && words.ends_with(['.', '?', '!']))
}
