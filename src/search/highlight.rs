//! Which words of a text answer a query.

use super::dictionary::is_near;
use super::meaning::Meaning;
use super::query::{self, Node};
use super::terms::{self, Token};
use super::translations::Translations;
use crate::model::Span;

/// The places in `text` that answer the query by its own words; see [`Highlighter::spans`].
pub fn highlight(query_text: &str, text: &str) -> Vec<Span> {
    Highlighter::new(query_text, &Meaning::default()).spans(text)
}

/// Finds the places that answer one query, in as many texts as there are.
pub struct Highlighter {
    wanted: Wanted,
    across: bool,
}

impl Highlighter {
    /// For this query. One that cannot be read marks nothing.
    pub fn new(query_text: &str, meaning: &Meaning) -> Self {
        let mut wanted = Wanted::default();
        if let Some(root) = query::parse(query_text, meaning).ok().and_then(|parsed| parsed.root) {
            wanted.collect(root);
        }
        if wanted.has_meaning() {
            wanted.words.retain(|(token, _)| !token.is_stop());
        }
        Self { wanted, across: meaning.across }
    }

    /// The places in `text` that answer the query, in order and without overlap: words that share a stem with one of its
    /// words, words that begin with one of its prefixes or are spelt almost like its words with a tilde, its phrases from
    /// their first word to their last, where the whole phrase stands, and words near each other. What the query excludes
    /// and its filters mark nothing; grammatical words mark nothing beside others.
    pub fn spans(&self, text: &str) -> Vec<Span> {
        let tokens = terms::tokens(text);
        let mut spans: Vec<Span> =
            tokens.iter().filter(|token| self.wanted.holds(token)).map(|token| token.span).collect();
        for phrase in &self.wanted.phrases {
            spans.extend(places_of(phrase, &tokens));
        }
        for (near, reach) in &self.wanted.nearby {
            spans.extend(places_near(near, *reach, &tokens));
        }
        merged(spans)
    }

    /// The places in `text` that say one of the query's words in the other language.
    pub fn translated(&self, text: &str) -> Vec<Span> {
        if !self.across {
            return Vec::new();
        }
        let translates = |token: &Token| {
            !self.wanted.holds(token) && self.wanted.words.iter().any(|(_, translations)| translations.meets(token))
        };
        merged(terms::tokens(text).iter().filter(|token| translates(token)).map(|token| token.span).collect())
    }
}

/// What a query looks for.
#[derive(Default)]
struct Wanted {
    words: Vec<(Token, Translations)>,
    prefixes: Vec<String>,
    fuzzy: Vec<(String, u8)>,
    phrases: Vec<Vec<Token>>,
    nearby: Vec<(Vec<Token>, u32)>,
}

impl Wanted {
    fn collect(&mut self, node: Node) {
        match node {
            Node::Word(token) => {
                let translations = Translations::of(&token);
                self.words.push((token, translations));
            }
            Node::Prefix(prefix) => self.prefixes.push(prefix),
            Node::Fuzzy(word, distance) => self.fuzzy.push((word, distance)),
            Node::Phrase(tokens) => self.phrases.push(tokens),
            Node::Near(tokens, reach) => self.nearby.push((tokens, reach)),
            Node::All(nodes) | Node::Any(nodes) | Node::Loose(nodes) => {
                for node in nodes {
                    self.collect(node);
                }
            }
            Node::Filter(_) | Node::Not(_) => {}
        }
    }

    fn has_meaning(&self) -> bool {
        !(self.prefixes.is_empty() && self.fuzzy.is_empty() && self.phrases.is_empty() && self.nearby.is_empty())
            || self.words.iter().any(|(token, _)| !token.is_stop())
    }

    fn holds(&self, token: &Token) -> bool {
        let spelt = |word: &str, distance: u8| {
            word.chars().next() == token.exact.chars().next() && is_near(word, &token.exact, usize::from(distance))
        };
        self.words.iter().any(|(word, _)| word.meets(token))
            || self.prefixes.iter().any(|prefix| token.exact.starts_with(prefix))
            || self.fuzzy.iter().any(|(word, distance)| spelt(word, *distance))
    }
}

/// The words of `near` where they all stand with so many others between them at the most.
fn places_near(near: &[Token], reach: u32, tokens: &[Token]) -> Vec<Span> {
    let width = near.len() + reach as usize;
    let mut spans = Vec::new();
    for start in 0..tokens.len() {
        let window = &tokens[start..tokens.len().min(start + width)];
        let is_one = |token: &&Token| near.iter().any(|wanted| wanted.exact == token.exact);
        if near.iter().all(|wanted| window.iter().any(|token| token.exact == wanted.exact)) {
            spans.extend(window.iter().filter(is_one).map(|token| token.span));
        }
    }
    spans
}

/// Where the words of a phrase stand one after the other.
fn places_of<'a>(phrase: &'a [Token], tokens: &'a [Token]) -> impl Iterator<Item = Span> + 'a {
    let same = move |found: &&[Token]| found.iter().zip(phrase).all(|(found, wanted)| found.exact == wanted.exact);
    tokens
        .windows(phrase.len().max(1))
        .filter(same)
        .filter_map(|found| Some(Span::new(found.first()?.span.start, found.last()?.span.end)))
}

/// In order, those that overlap made one.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}
