//! The marks of notes: headings, bullets, wrapped lines.

use super::dates;
use super::facts::{self, Fact};
use super::labels;
use super::lines;

/// What marks a line as a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadingMark<'a> {
    /// One to six for `#` to `######`, 0 for a line that is bold as a whole or ends with a colon.
    pub level: usize,
    /// The heading without its marks.
    pub words: &'a str,
}

/// Reads `line` (trimmed) as a heading.
pub fn heading_mark(line: &str) -> Option<HeadingMark<'_>> {
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    if level > 0 {
        let rest = &line[level..];
        let words = trim_emphasis(rest.trim_end_matches('#'));
        return (level <= 6 && rest.starts_with([' ', '\t']) && !words.is_empty())
            .then_some(HeadingMark { level, words });
    }
    let bold = line.strip_prefix("**").and_then(|rest| rest.strip_suffix("**").or_else(|| rest.strip_suffix("**:")));
    if let Some(words) = bold
        && !words.contains("**")
        && !words.ends_with(['.', '!'])
        && words.len() <= 120
    {
        return Some(HeadingMark { level: 0, words: words.trim() });
    }
    let short = line
        .strip_suffix(':')
        .filter(|words| words.split_whitespace().count() <= 6 && !words.contains(['.', '?', ':']));
    short
        .filter(|_| labels::without_bullet(line).is_none())
        .map(|words| HeadingMark { level: 0, words: trim_emphasis(words) })
}

/// A line that a meeting tool writes by itself, before, behind or between what people say.
pub fn is_tool_line(line: &str) -> bool {
    const STARTS: [&str; 21] = [
        "transcribed by http",
        "transcrito por http",
        "transcribed with",
        "meeting ended after",
        "la reunion finalizo",
        "la reunion ha finalizado",
        "la reunion termino",
        "la reunion ha terminado",
        "transcription ended after",
        "la transcripcion finalizo",
        "la transcripcion ha finalizado",
        "this editable transcript was computer generated",
        "this transcript was computer generated",
        "this transcript was generated",
        "esta transcripcion editable se",
        "esta transcripcion se genero",
        "esta transcripcion se ha generado",
        "view recording -",
        "action item:",
        "screen sharing:",
        "watch: http",
    ];
    const ENDS: [&str; 16] = [
        " started transcription",
        " stopped transcription",
        " started recording",
        " stopped recording",
        " joined the meeting",
        " left the meeting",
        " has joined",
        " inicio la transcripcion",
        " detuvo la transcripcion",
        " ha iniciado la transcripcion",
        " ha detenido la transcripcion",
        " inicio la grabacion",
        " detuvo la grabacion",
        " se unio a la reunion",
        " se ha unido a la reunion",
        " salio de la reunion",
    ];
    // Folding costs more than looking; few lines begin or end so.
    const BEGINNINGS: [&[u8]; 10] =
        [b"tran", b"meet", b"la r", b"la t", b"this", b"esta", b"view", b"acti", b"scre", b"watc"];
    let plain = line.trim_start_matches(['*', '_', '-', ' ']);
    let begins =
        plain.as_bytes().get(..4).is_some_and(|head| BEGINNINGS.iter().any(|one| head.eq_ignore_ascii_case(one)));
    let trimmed = line.trim_end_matches(['.', '*']);
    let ends = line.len() < 90 && ["ion", "ing", "ned", "ión"].iter().any(|end| trimmed.ends_with(end));
    if line.len() > 400 || !(begins || ends) {
        return false;
    }
    let folded = labels::fold(line.trim_start_matches(['*', '_', '-', ' ']));
    STARTS.iter().any(|start| folded.starts_with(start))
        || (line.len() < 90 && ENDS.iter().any(|end| folded.trim_end_matches(['.', '*']).ends_with(end)))
}

/// Is this a date, perhaps with its day of the week, and no more?
pub fn names_a_day(line: &str) -> bool {
    line.split_whitespace().count() <= 5 && dates::find(line, dates::Order::DayFirst).is_some()
}

/// Does a heading only say what sort of text stands below it: `📝 Notas`, `Transcript`?
pub fn names_the_kind_of_text(heading: &str) -> bool {
    let plain = labels::fold(heading.trim_matches(|c: char| !c.is_alphanumeric()));
    matches!(
        plain.as_str(),
        "notas" | "notes" | "transcript" | "transcripcion" | "summary" | "resumen" | "details" | "detalles"
    )
}

/// The words of a quoted line (`> ...`), or the line itself.
pub fn unquoted(line: &str) -> &str {
    let words = line.trim_start_matches('>');
    if words.len() == line.len() { line } else { lines::trim(words) }
}

/// A bullet or list number whose words stand on the next line.
pub fn is_only_a_bullet(line: &str) -> bool {
    let number = line.strip_suffix(['.', ')']).is_some_and(|number| {
        (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase())
    });
    number || matches!(line, "-" | "*" | "+") || labels::without_bullet(line).is_some_and(str::is_empty)
}

/// Does `next` go on with the sentence that `line` broke off at the right margin?
pub fn wraps(line: &str, next: &str) -> bool {
    let line = lines::trim(line);
    if line.len() < 60 || labels::without_bullet(next).is_some() || line.ends_with(['.', '?', '!', '…', ':', ';', '|'])
    {
        return false;
    }
    line.ends_with(',') || next.starts_with(char::is_lowercase)
}

/// Is this a sentence rather than a title or a label?
pub fn reads_like_a_sentence(line: &str) -> bool {
    let words = line.split_whitespace().count();
    words >= 5 && (line.ends_with(['.', '?', '!', '…', ':', ';']) || words >= 14)
}

/// Is this short and free of marks, as a title is?
pub fn reads_like_a_title(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let begins_a_list = line.split([' ', ':']).next().is_some_and(|first| facts::fact(first) == Some(Fact::Attendees));
    !begins_a_list
        && (2..=12).contains(&words)
        && line.starts_with(char::is_alphabetic)
        && !line.contains("://")
        && !names_a_day(line)
}

fn trim_emphasis(text: &str) -> &str {
    lines::trim(text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_')))
}
