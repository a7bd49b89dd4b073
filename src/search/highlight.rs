//! Which words of a text answer a query.

use super::query::{self, Node};
use super::terms::{self, Token};
use crate::model::Span;

/// The places in `text` that answer the query, in order and without overlap: words that share a stem with one of its
/// words, words that begin with one of its prefixes, and its phrases from their first word to their last, where the
/// whole phrase stands. What the query excludes and its filters mark nothing; grammatical words mark nothing beside
/// others. A query that cannot be read marks nothing.
pub fn highlight(query_text: &str, text: &str) -> Vec<Span> {
    let Ok(parsed) = query::parse(query_text) else { return Vec::new() };
    let Some(root) = parsed.root else { return Vec::new() };
    let mut wanted = Wanted::default();
    wanted.collect(&root);
    if wanted.has_meaning() {
        wanted.words.retain(|token| !token.is_stop());
    }
    let tokens = terms::tokens(text);
    let mut spans: Vec<Span> = tokens.iter().filter(|token| wanted.holds(token)).map(|token| token.span).collect();
    for phrase in &wanted.phrases {
        spans.extend(places_of(phrase, &tokens));
    }
    merged(spans)
}

/// What a query looks for.
#[derive(Default)]
struct Wanted<'a> {
    words: Vec<&'a Token>,
    prefixes: Vec<&'a str>,
    phrases: Vec<&'a [Token]>,
}

impl<'a> Wanted<'a> {
    fn collect(&mut self, node: &'a Node) {
        match node {
            Node::Word(token) => self.words.push(token),
            Node::Prefix(prefix) => self.prefixes.push(prefix),
            Node::Phrase(tokens) => self.phrases.push(tokens),
            Node::All(nodes) | Node::Any(nodes) | Node::Loose(nodes) => {
                for node in nodes {
                    self.collect(node);
                }
            }
            Node::Filter(_) | Node::Not(_) => {}
        }
    }

    fn has_meaning(&self) -> bool {
        !self.prefixes.is_empty() || !self.phrases.is_empty() || self.words.iter().any(|token| !token.is_stop())
    }

    fn holds(&self, token: &Token) -> bool {
        self.words.iter().any(|word| word.meets(token))
            || self.prefixes.iter().any(|prefix| token.exact.starts_with(prefix))
    }
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
