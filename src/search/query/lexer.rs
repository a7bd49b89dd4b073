//! Cuts a query into words, phrases, filters, operators and brackets.

use super::filters::{self, Key};
use super::notes::{Notes, Said};
use crate::model::Span;

/// A piece of a query and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lexeme<'q> {
    pub(super) span: Span,
    pub(super) piece: Piece<'q>,
}

/// What a query is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'q> {
    /// Characters without a space: mostly one word.
    Text(&'q str),
    /// What stands between quotation marks.
    Quoted(&'q str),
    /// The same with `~5` behind it: its words within so many of each other.
    Nearby(&'q str, u32),
    /// `name:value`, where the name is known.
    Filter(Key, &'q str),
    And,
    Or,
    Not,
    /// `NEAR`, `NEAR/5`: within so many words of each other.
    Near(u32),
    Open,
    Close,
}

/// The pieces of a query.
pub(super) fn lexemes<'q>(query: &'q str, notes: &mut Notes<'q>) -> Vec<Lexeme<'q>> {
    let spanish_operators = query.chars().any(char::is_lowercase);
    let mut lexer = Lexer { query, at: 0, spanish_operators, lexemes: Vec::new() };
    while let Some(c) = lexer.peek() {
        lexer.next(c, notes);
    }
    lexer.lexemes
}

struct Lexer<'q> {
    query: &'q str,
    at: usize,
    /// A lone "O" or "Y" in a query of capitals is a word.
    spanish_operators: bool,
    lexemes: Vec<Lexeme<'q>>,
}

impl<'q> Lexer<'q> {
    fn peek(&self) -> Option<char> {
        self.query[self.at..].chars().next()
    }

    /// Takes the piece that begins with `c`.
    fn next(&mut self, c: char, notes: &mut Notes<'q>) {
        let start = self.at;
        match c {
            _ if c.is_whitespace() => self.at += c.len_utf8(),
            '(' => self.push_to(start + 1, Piece::Open),
            ')' => self.push_to(start + 1, Piece::Close),
            '-' | '−' if self.excludes(c) => self.push_to(start + c.len_utf8(), Piece::Not),
            _ if is_quote(c) => {
                let text = self.quoted(notes);
                let piece = match self.reach() {
                    Some(reach) => Piece::Nearby(text, reach),
                    None => Piece::Quoted(text),
                };
                self.push_to(self.at, piece);
                self.fix_start(start);
            }
            _ => self.chunk(notes),
        }
    }

    /// Takes the `~5` behind a phrase; a tilde alone is the usual reach.
    fn reach(&mut self) -> Option<u32> {
        let digits = self.query[self.at..].strip_prefix('~')?;
        let digits = &digits[..digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len())];
        self.at += 1 + digits.len();
        Some(reach_of(digits))
    }

    /// A hyphen excludes where a word begins right behind it.
    fn excludes(&self, hyphen: char) -> bool {
        let after = self.query[self.at + hyphen.len_utf8()..].chars().next();
        after.is_some_and(|c| c.is_alphanumeric() || c == '(' || is_quote(c))
    }

    fn chunk(&mut self, notes: &mut Notes<'q>) {
        let start = self.at;
        let rest = &self.query[start..];
        let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')') || is_quote(c);
        let chunk = &rest[..rest.find(ends).unwrap_or(rest.len())];
        match chunk {
            "NEAR" | "CERCA" => return self.push_to(start + chunk.len(), Piece::Near(NEAR_WORDS)),
            "AND" => return self.push_to(start + chunk.len(), Piece::And),
            "OR" => return self.push_to(start + chunk.len(), Piece::Or),
            "NOT" => return self.push_to(start + chunk.len(), Piece::Not),
            "Y" if self.spanish_operators => return self.push_to(start + chunk.len(), Piece::And),
            "O" if self.spanish_operators => return self.push_to(start + chunk.len(), Piece::Or),
            _ => {}
        }
        let near = chunk.strip_prefix("NEAR/").or_else(|| chunk.strip_prefix("CERCA/"));
        if let Some(digits) = near.filter(|digits| !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())) {
            return self.push_to(start + chunk.len(), Piece::Near(reach_of(digits)));
        }
        let Some((name, value)) = chunk.split_once(':').filter(|(name, value)| is_filter_like(name, value)) else {
            return self.push_to(start + chunk.len(), Piece::Text(chunk));
        };
        let name_span = Span::new(start, start + name.len());
        let Some(key) = filters::key(name) else {
            notes.add("unknown_filter", name_span, unknown_filter(name));
            return self.push_to(start + chunk.len(), Piece::Text(chunk));
        };
        self.at = start + name.len() + 1;
        let quoted = value.is_empty() && self.peek().is_some_and(is_quote);
        let value = if quoted { self.quoted(notes) } else { value };
        let end = if quoted { self.at } else { start + chunk.len() };
        if value.trim().is_empty() {
            notes.add("empty_filter", name_span, empty_filter(name));
            self.at = end;
            return;
        }
        self.push_to(end, Piece::Filter(key, value));
        self.fix_start(start);
    }

    /// Takes what stands between quotation marks, marks included.
    fn quoted(&mut self, notes: &mut Notes<'q>) -> &'q str {
        let start = self.at;
        let open = self.peek().map_or(0, char::len_utf8);
        let inside = &self.query[start + open..];
        let Some(length) = inside.find(is_quote) else {
            notes.add(
                "unclosed_quote",
                Span::new(start, start + open),
                Said::new(
                    "Falta cerrar estas comillas; la frase se leyó hasta el final.",
                    "This quotation mark is not closed; the phrase was read to the end.",
                    "Cierre la frase con \".",
                    "Close the phrase with \".",
                ),
            );
            self.at = self.query.len();
            return inside;
        };
        let close = inside[length..].chars().next().map_or(0, char::len_utf8);
        self.at = start + open + length + close;
        &inside[..length]
    }

    fn push_to(&mut self, end: usize, piece: Piece<'q>) {
        self.lexemes.push(Lexeme { span: Span::new(self.at.min(end), end), piece });
        self.at = end;
    }

    /// The last piece began earlier than where the lexer stood when it was complete.
    fn fix_start(&mut self, start: usize) {
        if let Some(last) = self.lexemes.last_mut() {
            last.span.start = start;
        }
    }
}

/// How many words `NEAR` reaches where nothing is said.
const NEAR_WORDS: u32 = 10;

/// How many it reaches at the most: as many as a long utterance has.
const NEAR_WORDS_MAX: u32 = 50;

fn reach_of(digits: &str) -> u32 {
    if digits.is_empty() {
        return NEAR_WORDS;
    }
    digits.parse().unwrap_or(NEAR_WORDS_MAX).clamp(1, NEAR_WORDS_MAX)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// `name:value` as somebody writes a filter, and not `10:30`, `https://…` or a word before a colon and a space.
fn is_filter_like(name: &str, value: &str) -> bool {
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphabetic() || c == '_');
    is_name && !value.starts_with("//") && (!value.is_empty() || filters::key(name).is_some())
}

fn unknown_filter(name: &str) -> Said {
    let known = filters::nearest_key(name);
    let (hint_es, hint_en) = match known {
        Some(known) => (format!("¿Quiso decir {known}: ?"), format!("Did you mean {known}: ?")),
        None => {
            (format!("Hay estos filtros: {}.", filters::names()), format!("The filters are: {}.", filters::names()))
        }
    };
    Said::new(
        format!("No hay un filtro «{name}»; se buscó como palabras."),
        format!("There is no filter called “{name}”; it was searched as words."),
        hint_es,
        hint_en,
    )
}

fn empty_filter(name: &str) -> Said {
    Said::new(
        format!("El filtro «{name}» no tiene valor; no se aplicó."),
        format!("The filter “{name}” has no value; it was not applied."),
        format!("Escriba el valor junto a los dos puntos: {name}:valor o {name}:\"dos palabras\"."),
        format!("Write the value right after the colon: {name}:value or {name}:\"two words\"."),
    )
}
