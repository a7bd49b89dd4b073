//! Lines of a text with their numbers and places.

use crate::model::Span;

/// One line of a text, without its line break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// One-based number.
    pub number: usize,
    /// What stands there.
    pub text: &'a str,
}

/// The lines of `text`. A line ends at a line feed, with or without a carriage return before it; a text without any line
/// feed ends its lines at carriage returns. A byte-order mark belongs to no line.
pub fn lines(text: &str) -> Lines<'_> {
    let rest = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let ending = if memchr::memchr(b'\n', rest.as_bytes()).is_some() { b'\n' } else { b'\r' };
    Lines { rest: (!rest.is_empty()).then_some(rest), ending, number: 0 }
}

/// An iterator over lines.
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    rest: Option<&'a str>,
    ending: u8,
    number: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        let rest = self.rest?;
        self.number += 1;
        let text = match memchr::memchr(self.ending, rest.as_bytes()) {
            Some(at) => {
                self.rest = (at + 1 < rest.len()).then(|| &rest[at + 1..]);
                &rest[..at]
            }
            None => {
                self.rest = None;
                rest
            }
        };
        Some(Line { number: self.number, text: text.strip_suffix('\r').unwrap_or(text) })
    }
}

/// Where `part` lies in `text`, of which it must be a slice.
pub fn span_of(text: &str, part: &str) -> Span {
    let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    debug_assert!(start + part.len() <= text.len(), "the part is a slice of the text");
    Span { start, end: start + part.len() }
}

/// Without white space and invisible marks at both ends.
pub fn trim(text: &str) -> &str {
    // Most lines have neither, and an ASCII letter at both ends proves it.
    if let (Some(first), Some(last)) = (text.as_bytes().first(), text.as_bytes().last())
        && first.is_ascii_graphic()
        && last.is_ascii_graphic()
    {
        return text;
    }
    text.trim_matches(is_blank)
}

/// White space, or a mark that shows nothing: direction marks, zero-width spaces, byte-order marks.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// The first `limit` bytes of a text, cut at the end of a line, or at a character where there is none.
pub fn sample(text: &str, limit: usize) -> &str {
    if text.len() <= limit {
        return text;
    }
    let end = memchr::memrchr(b'\n', &text.as_bytes()[..limit]).unwrap_or_else(|| text.floor_char_boundary(limit));
    &text[..end]
}

/// A text cut after `limit` characters.
pub fn excerpt(text: &str, limit: usize) -> String {
    text.chars().take(limit).collect()
}
