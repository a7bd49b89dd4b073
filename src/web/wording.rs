//! Numbers, dates and times as readers of a language write them.

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::model::UiLanguage;

const MONTHS: [(&str, &str); 12] = [
    ("ene", "Jan"),
    ("feb", "Feb"),
    ("mar", "Mar"),
    ("abr", "Apr"),
    ("may", "May"),
    ("jun", "Jun"),
    ("jul", "Jul"),
    ("ago", "Aug"),
    ("sep", "Sep"),
    ("oct", "Oct"),
    ("nov", "Nov"),
    ("dic", "Dec"),
];

/// `11 feb 2025`, `11 Feb 2025`.
pub(super) fn day(date: Date, language: UiLanguage) -> String {
    let month = usize::try_from(date.month() - 1).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default();
    let month = if language == UiLanguage::Spanish { month.0 } else { month.1 };
    format!("{} {month} {}", date.day(), date.year())
}

/// `4:07`, `1:04:07`.
pub(super) fn clock(milliseconds: u64) -> String {
    let seconds = milliseconds / 1_000;
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours == 0 { format!("{minutes}:{seconds:02}") } else { format!("{hours}:{minutes:02}:{seconds:02}") }
}

/// `1.204` in Spanish, `1,204` in English.
pub(super) fn whole(number: usize, language: UiLanguage) -> String {
    let digits = number.to_string();
    let mark = if language == UiLanguage::Spanish { '.' } else { ',' };
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

/// `+1,2` in Spanish, `−0.6` in English: one decimal and always a sign.
pub(super) fn signed(number: f32, language: UiLanguage) -> String {
    let sign = if number < 0.0 { '−' } else { '+' };
    let mut text = String::new();
    write!(text, "{sign}{:.1}", number.abs()).expect("writing to a string cannot fail");
    if language == UiLanguage::Spanish { text.replace('.', ",") } else { text }
}

/// `87 %` in Spanish, `87%` in English, of a share of one.
pub(super) fn percent(share: f32, language: UiLanguage) -> String {
    let space = if language == UiLanguage::Spanish { "\u{a0}" } else { "" };
    format!("{:.0}{space}%", share.clamp(0.0, 1.0) * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_writes_its_own_way() {
        let (es, en) = (UiLanguage::Spanish, UiLanguage::English);
        let date = jiff::civil::date(2025, 1, 9);
        assert_eq!((day(date, es), day(date, en)), ("9 ene 2025".to_owned(), "9 Jan 2025".to_owned()));
        assert_eq!((whole(1_204_007, es), whole(204, en)), ("1.204.007".to_owned(), "204".to_owned()));
        assert_eq!((signed(1.24, es), signed(-0.6, en)), ("+1,2".to_owned(), "−0.6".to_owned()));
        assert_eq!((percent(0.874, es), percent(1.2, en)), ("87\u{a0}%".to_owned(), "100%".to_owned()));
        assert_eq!((clock(247_900), clock(3_847_000)), ("4:07".to_owned(), "1:04:07".to_owned()));
    }
}
