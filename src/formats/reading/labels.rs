//! Who speaks: labels at the start of lines, and how to tell them from headings, fields and times.

use super::badges;
use super::fields::is_field;
use super::lines;
use super::stamps;

/// How a line names its speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shape {
    /// `00:00:06 <v Name>text`
    Voice,
    /// A line of its own with name and time: `Name  0:12`, `00:12:03 Name`, `[Name] 11:02:09`.
    Header,
    /// `[00:12:03] Name: text`, `Name (00:12): text`
    Timed,
    /// A time and the words, no name: `[00:12] text`, or a time alone.
    Stamped,
    /// `**Name:** text`
    Bold,
    /// `- Name: text`
    Bulleted,
    /// `Name: text`
    Plain,
    /// `P. text`, `R.- text`
    Lettered,
}

impl Shape {
    /// How many shapes there are.
    pub const COUNT: usize = 8;
}

/// A line that may name its speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Labelled<'a> {
    /// How.
    pub shape: Shape,
    /// Who; empty for [`Shape::Stamped`].
    pub name: &'a str,
    /// When, in milliseconds.
    pub stamp: Option<u64>,
    /// The words behind the label.
    pub rest: &'a str,
}

/// How much a label looks like one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// A sentence, a field of a form, an address, a time.
    No,
    /// Could be a nickname or a role in small letters; only repetition tells.
    Weak,
    /// Every word is written like a name.
    Name,
}

/// Reads `line` (trimmed) as a labelled one, if it has the form of any shape.
pub fn candidate(line: &str) -> Option<Labelled<'_>> {
    let first = *line.as_bytes().first()?;
    if matches!(first, b'#' | b'>' | b'|' | b'`') {
        return None;
    }
    if let Some(labelled) = timed(line, first) {
        return Some(labelled);
    }
    if let Some((name, stamp)) = header(line, first) {
        return Some(Labelled { shape: Shape::Header, name, stamp, rest: &line[line.len()..] });
    }
    // `[SPEAKER_00] text`; a sentence about somebody whose name was taken out goes on in lower case.
    if let Some((name, rest)) = line.strip_prefix('[').and_then(|inner| inner.split_once(']'))
        && (is_placeholder(name) || is_role(name))
        && rest.strip_prefix(' ').is_some_and(|said| !said.starts_with(char::is_lowercase))
    {
        return Some(Labelled { shape: Shape::Plain, name, stamp: None, rest: lines::trim(rest) });
    }
    let (body, bulleted) = match first {
        b'-' | b'*' | b'+' | 0xE2 => without_bullet(line).map_or((line, false), |body| (body, true)),
        _ => (line, false),
    };
    let bold = body.starts_with("**") || body.starts_with("__");
    if let Some((name, rest)) = lettered(body) {
        return Some(Labelled { shape: Shape::Lettered, name, stamp: None, rest });
    }
    let (name, stamp, rest) = prefix_with_time(body)?;
    // `Ana: [0:12 - 0:14] text`
    let (stamp, rest) = match rest.as_bytes().first() {
        Some(b'[') if stamp.is_none() => stamps::leading(rest).map_or((None, rest), |(time, rest)| (Some(time), rest)),
        _ => (stamp, rest),
    };
    let shape = match (bulleted, bold, stamp) {
        (_, _, Some(_)) => Shape::Timed,
        (true, _, _) => Shape::Bulleted,
        (_, true, _) => Shape::Bold,
        _ => Shape::Plain,
    };
    Some(Labelled { shape, name, stamp, rest })
}

/// `Name: text` with or without emphasis marks: the name and the text.
pub fn prefix(line: &str) -> Option<(&str, &str)> {
    let colon = label_colon(line)?;
    let (before, after) = (&line[..colon], &line[colon + 1..]);
    let marks = before.len() - before.trim_start_matches(['*', '_']).len();
    let opened = &before[..marks];
    let name = before[marks..].trim();
    let (name, after) = match name.strip_suffix(opened).filter(|_| marks > 0) {
        Some(name) => (name.trim_end(), after),
        // `**P: ¿Cuánto?**` is bold as a whole.
        None => {
            (name, after.strip_prefix(opened).unwrap_or_else(|| after.trim_end().strip_suffix(opened).unwrap_or(after)))
        }
    };
    let next = after.chars().next();
    let free = next.is_none_or(|c| {
        c.is_whitespace() || c.is_alphabetic() || matches!(c, '¿' | '¡' | '"' | '“' | '«' | '*' | '_' | '[' | '(' | '…')
    });
    (free && !name.is_empty()).then(|| (name, lines::trim(after)))
}

/// `P. ¿Cuánto?`, `R.- Dos días.`, `Q) ...`: the letters of an interview with another mark than a colon.
fn lettered(body: &str) -> Option<(&str, &str)> {
    let bytes = body.as_bytes();
    if !matches!(bytes.first(), Some(b'P' | b'R' | b'Q' | b'A' | b'E' | b'M' | b'I')) {
        return None;
    }
    let letters = 1 + bytes[1..].iter().take(2).take_while(|byte| byte.is_ascii_digit()).count();
    let rest = &body[letters..];
    let after = [".-", ".–", ".", "-", ")", "–", "—"].iter().find_map(|mark| rest.strip_prefix(mark))?;
    let words = after.trim_start();
    (words.len() < after.len() && !words.is_empty()).then_some((&body[..letters], words))
}

/// The part of a label before its number, where it numbers questions and answers: `P` of `P3`, `Respuesta` of `Respuesta 3`.
pub fn numbered(name: &str) -> Option<(&str, &str)> {
    let base = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = &name[base.len()..];
    let base = base.trim_end();
    (!number.is_empty() && number.len() <= 3 && is_question_or_answer(base)).then_some((base, number))
}

fn is_question_or_answer(base: &str) -> bool {
    matches!(fold(base).as_str(), "p" | "r" | "q" | "a" | "pregunta" | "respuesta" | "question" | "answer")
}

/// Is this written like the label of a speaker?
pub fn likeness(name: &str) -> Likeness {
    let core = core(name);
    if core.is_empty() || name.len() > 120 || core.chars().count() > 40 {
        return Likeness::No;
    }
    if let Some((surname, first)) = core.split_once(',') {
        return inverted(surname, first.trim_start());
    }
    if core.contains([
        ';', '!', '?', '¿', '¡', '"', '“', '”', '«', '»', '|', '{', '}', '<', '>', '=', '*', '#', '/', '\\', '%', '$',
        '…', ':',
    ]) {
        return Likeness::No;
    }
    if !core.starts_with(|c: char| c.is_alphabetic() || matches!(c, '[' | '@')) || is_field(core) {
        return Likeness::No;
    }
    let (mut words, mut small) = (0, 0);
    for word in core.split_whitespace() {
        words += 1;
        let written_like_a_name = begins_like_a_name(word);
        if !written_like_a_name && (words == 1 || !PARTICLES.contains(&word)) {
            small += 1;
        }
        if word.ends_with('.') && word.chars().count() > 6 {
            return Likeness::No;
        }
    }
    match (words, small) {
        (1..=6, 0) => Likeness::Name,
        (1..=3, _) => Likeness::Weak,
        _ => Likeness::No,
    }
}

/// `Gil Soto, Luis`: only repetition tells it from a greeting.
fn inverted(surname: &str, first: &str) -> Likeness {
    let is_name =
        |part: &str| !part.contains(',') && part.split_whitespace().count() <= 3 && likeness(part) == Likeness::Name;
    if is_name(surname) && is_name(first) { Likeness::Weak } else { Likeness::No }
}

/// `Ana`, `2`, `(Besu`, `d'Entremont`
fn begins_like_a_name(word: &str) -> bool {
    let letters = word.trim_start_matches(['[', '(', '@', '\'', '’', '-']);
    let mut chars = letters.chars();
    let Some(first) = chars.next() else { return true };
    let elided = matches!(chars.next(), Some('\'' | '’')) && chars.next().is_some_and(char::is_uppercase);
    first.is_uppercase() || !first.is_alphabetic() || elided
}

/// Is this a label that only speakers have: `SPEAKER_00`, `Participante 2`, `Entrevistadora`?
pub fn is_role(name: &str) -> bool {
    const ROLES: [&str; 18] = [
        "speaker",
        "spk",
        "hablante",
        "orador",
        "oradora",
        "locutor",
        "participant",
        "participante",
        "interviewer",
        "interviewee",
        "entrevistador",
        "entrevistadora",
        "entrevistado",
        "entrevistada",
        "moderator",
        "moderador",
        "moderadora",
        "unknown",
    ];
    let folded = fold(core(name));
    folded.split([' ', '_', '-']).next().is_some_and(|first| ROLES.contains(&first))
}

/// Is this a label that stands for nobody in particular: `Speaker 2`, `Unknown Speaker`?
pub fn is_placeholder(name: &str) -> bool {
    let folded = fold(core(name));
    let first = folded.split([' ', '_', '-']).next().unwrap_or("");
    matches!(first, "speaker" | "spk" | "unknown" | "hablante" | "orador" | "desconocido")
}

/// Small letters without accents; ñ stays.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
            continue;
        }
        folded.extend(c.to_lowercase().map(|c| match c {
            'á' | 'à' | 'â' | 'ä' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'í' | 'ì' | 'ï' => 'i',
            'ó' | 'ò' | 'ô' | 'ö' => 'o',
            'ú' | 'ù' | 'û' | 'ü' => 'u',
            other => other,
        }));
    }
    folded
}

/// The line without its bullet, where it has one.
pub fn without_bullet(line: &str) -> Option<&str> {
    let mut chars = line.chars();
    let mark = chars.next()?;
    let rest = chars.as_str();
    match mark {
        '-' | '*' | '+' => rest.starts_with([' ', '\t']).then(|| rest.trim_start()),
        '●' | '○' | '■' | '□' | '•' | '◦' | '▪' | '▫' | '‣' | '⁃' | '·' | '–' | '—' => {
            Some(rest.trim_start())
        }
        _ => None,
    }
}

/// Words inside names that are written small.
const PARTICLES: [&str; 16] =
    ["de", "del", "la", "las", "los", "y", "e", "da", "das", "do", "dos", "van", "von", "der", "and", "of"];

/// The name without the role or organisation in brackets behind it.
pub fn core(name: &str) -> &str {
    let name = lines::trim(name);
    // `[PERSONA]` alone is a name; `Ana [Comversa]` and `Ana (Comversa)` carry a role.
    let opening = name.find(['(', '[']).filter(|at| *at > 0);
    let closed = name.ends_with([')', ']']);
    match opening {
        Some(at) if closed => name[..at].trim_end(),
        _ => name,
    }
}

/// The colon that ends a label: the first one outside brackets within the length that a label may have.
fn label_colon(line: &str) -> Option<usize> {
    let head = &line.as_bytes()[..line.len().min(124)];
    let first = memchr::memchr(b':', head)?;
    if memchr::memchr2(b'(', b'[', &head[..first]).is_none() {
        return Some(first);
    }
    let mut depth = 0_i32;
    for (at, byte) in head.iter().enumerate() {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b':' if depth <= 0 => return Some(at),
            _ => {}
        }
    }
    None
}

/// A line that begins with a time, or with the name in brackets and a time.
fn timed(line: &str, first: u8) -> Option<Labelled<'_>> {
    let body = line.trim_start_matches(['*', '_']);
    if !matches!(first, b'[' | b'(' | b'@' | b'*' | b'_' | b'0'..=b'9') {
        return None;
    }
    let (stamp, rest) = stamps::leading(body)?;
    let stamp = Some(stamp);
    let rest = rest.trim_start_matches(['*', '_']).trim_start();
    if let Some(voice) = rest.strip_prefix("<v")
        && let Some(end) = voice.find('>')
    {
        let text = voice[end + 1..].trim();
        let text = text.strip_suffix("</v>").unwrap_or(text);
        return Some(Labelled {
            shape: Shape::Voice,
            name: lines::trim(&voice[..end]),
            stamp,
            rest: lines::trim(text),
        });
    }
    if let Some((name, text)) = prefix(rest).map(|(name, text)| (badges::unwrapped(name).unwrap_or(name), text))
        && likeness(name) != Likeness::No
    {
        // `[00:12] **Name:** text` and `**[00:12] Name:** text` leave their closing marks before the words.
        let text = if body.len() < line.len() { text.trim_start_matches(['*', '_']).trim_start() } else { text };
        return Some(Labelled { shape: Shape::Timed, name, stamp, rest: text });
    }
    let name = rest.trim_end_matches(['*', '_', ':']).trim_end();
    if likeness(name) == Likeness::Name && !name.ends_with('.') {
        return Some(Labelled { shape: Shape::Header, name, stamp, rest: &line[line.len()..] });
    }
    Some(Labelled { shape: Shape::Stamped, name: "", stamp, rest })
}

/// A line that holds a name and then a time, and nothing else; in square brackets the name may stand without a time.
fn header(line: &str, first: u8) -> Option<(&str, Option<u64>)> {
    if line.len() > 140 {
        return None;
    }
    if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'))
        && likeness(name) == Likeness::Name
    {
        return Some((name, None));
    }
    let (stamp, before) = stamps::trailing(line.trim_end_matches(['*', '_', ':']))?;
    let before = before.trim_end().trim_end_matches(['-', '–', '—', '|', '·', ',', '@']).trim_end();
    let name = before.trim_matches(['*', '_', '#']).trim();
    let name = match first {
        b'[' => name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name),
        _ => name,
    };
    (likeness(name) != Likeness::No).then_some((name, Some(stamp)))
}

/// `Name: text`, where the name may carry a time.
fn prefix_with_time(body: &str) -> Option<(&str, Option<u64>, &str)> {
    if let Some((name, rest)) = prefix(body) {
        if let Some((stamp, before)) = stamps::trailing(name) {
            return Some((before.trim().trim_matches(['*', '_']).trim(), Some(stamp), rest));
        }
        return Some((name, None, rest));
    }
    None
}
