//! Dates as Spanish and English headers and file names write them, as ISO 8601.

use jiff::civil::Date;

use super::labels;

/// In which order a date of numbers is meant, where the numbers leave it open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// 12/03 is the twelfth of March.
    DayFirst,
    /// 12/03 is the third of December.
    MonthFirst,
    /// 12/03 could be either, and tells nothing.
    Open,
}

/// The first date in `text`: `2026-03-12`, `12/03/2026`, `12 de marzo de 2026`, `March 12, 2026`.
pub fn find(text: &str, order: Order) -> Option<String> {
    let folded = labels::fold(text);
    let words = words(&folded);
    let date = (0..words.len()).find_map(|at| starting_at(&words[at..], order))?;
    Some(date.to_string())
}

/// The date in a file name: `2026-03-12 Visita.vtt`, `GMT20260312-150000_Recording.vtt`, `12.03.2026_acta.md`.
pub fn in_file_name(name: &str) -> Option<String> {
    let bytes = name.as_bytes();
    for start in 0..bytes.len() {
        if !bytes[start].is_ascii_digit() || (start > 0 && bytes[start - 1].is_ascii_digit()) {
            continue;
        }
        let run = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number = |from: usize, len: usize| name.get(from..from + len).and_then(|digits| digits.parse::<i16>().ok());
        if run == 8
            && let (Some(year), Some(month), Some(day)) = (number(start, 4), number(start + 4, 2), number(start + 6, 2))
            && let Some(date) = civil(year, month, day)
        {
            return Some(date.to_string());
        }
    }
    let spaced: String = name.chars().map(|c| if c == '_' { ' ' } else { c }).collect();
    find(&spaced, Order::DayFirst)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word<'a> {
    Number(i16, usize),
    Text(&'a str),
    /// `/`, `-`, `.` directly between two others.
    Joint,
}

/// Numbers, words and the joints between them.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = if c.is_ascii_digit() {
            rest.bytes().take_while(u8::is_ascii_digit).count()
        } else if c.is_alphabetic() {
            rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())
        } else {
            c.len_utf8()
        };
        let (word, after) = rest.split_at(length);
        if c.is_ascii_digit() {
            words.push(Word::Number(word.parse().unwrap_or(i16::MAX), word.len()));
        } else if c.is_alphabetic() {
            words.push(Word::Text(word));
        } else if matches!(c, '/' | '-' | '.') {
            words.push(Word::Joint);
        }
        rest = after;
        if words.len() > 400 {
            break;
        }
    }
    words
}

fn starting_at(words: &[Word<'_>], order: Order) -> Option<Date> {
    use Word::{Joint, Number, Text};
    match *words {
        [Number(year, 4), Joint, Number(month, 1..=2), Joint, Number(day, 1..=2), ..] => civil(year, month, day),
        [Number(first, 1..=2), Joint, Number(second, 1..=2), Joint, Number(year, length @ (2 | 4)), ..] => {
            let year = if length == 2 { year + 2000 } else { year };
            let (day, month) = match order {
                _ if first > 12 => (first, second),
                _ if second > 12 => (second, first),
                Order::DayFirst => (first, second),
                Order::MonthFirst => (second, first),
                Order::Open if first == second => (first, second),
                Order::Open => return None,
            };
            civil(year, month, day)
        }
        [Number(_, 1..=2) | Text(_), ..] => with_named_month(words),
        _ => None,
    }
}

/// `12 de marzo del 2026`, `3rd of March 2026`, `12-mar-2026`, `March 12, 2026`.
fn with_named_month(words: &[Word<'_>]) -> Option<Date> {
    use Word::{Joint, Number, Text};
    let small = |word: &&Word<'_>| matches!(word, Joint | Text("de" | "del" | "of" | "st" | "nd" | "rd" | "th"));
    let mut parts = words.iter().take(7).filter(|word| !small(word));
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    match (*first, *second, *third) {
        (Number(day, 1..=2), Text(name), Number(year, 4)) | (Text(name), Number(day, 1..=2), Number(year, 4)) => {
            civil(year, month(name)?, day)
        }
        _ => None,
    }
}

fn month(name: &str) -> Option<i16> {
    const MONTHS: [[&str; 4]; 12] = [
        ["enero", "january", "ene", "jan"],
        ["febrero", "february", "feb", "febr"],
        ["marzo", "march", "mar", "mzo"],
        ["abril", "april", "abr", "apr"],
        ["mayo", "may", "may", "may"],
        ["junio", "june", "jun", "jun"],
        ["julio", "july", "jul", "jul"],
        ["agosto", "august", "ago", "aug"],
        ["septiembre", "september", "sep", "sept"],
        ["octubre", "october", "oct", "oct"],
        ["noviembre", "november", "nov", "nov"],
        ["diciembre", "december", "dic", "dec"],
    ];
    let name = if name == "setiembre" || name == "set" { "sep" } else { name };
    let at = MONTHS.iter().position(|names| names.contains(&name))?;
    i16::try_from(at + 1).ok()
}

fn civil(year: i16, month: i16, day: i16) -> Option<Date> {
    if !(1990..=2100).contains(&year) {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
