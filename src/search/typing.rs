//! Help while a query is typed: how a word may go on, and what may have been meant.

use tantivy::{Searcher, TantivyError, Term};

use super::dictionary::{self, Counted};
use super::index::Index;
use super::meaning::Meaning;
use super::query::{self, Node};
use super::schema::Fields;
use super::terms::{self, Token};
use super::translations::Translations;
use crate::model::Problem;

/// How many words of one query are looked up for mistakes.
const LOOKED_UP_MAX: usize = 8;

/// The names of all filters with the values that each knows, in both languages.
pub fn filter_names() -> Vec<query::FilterName> {
    query::filter_names()
}

impl Index {
    /// The words that are said most among those that begin so, with how many utterances hold each. Grammatical words
    /// and numbers are left out.
    ///
    /// # Errors
    /// `index_damaged`.
    pub fn words_beginning(&self, beginning: &str, most: usize) -> Result<Vec<(String, u64)>, Problem> {
        let Some(token) = terms::tokens(beginning).pop() else { return Ok(Vec::new()) };
        let searcher = self.searcher();
        // Some are left out, so a few more are fetched.
        let found = self.guarded(|| dictionary::beginning(&searcher, self.fields(), &token.exact, most + 16))?;
        let speaks = |(word, _): &Counted| !terms::is_stop(word) && word.chars().any(char::is_alphabetic);
        Ok(found.into_iter().filter(speaks).take(most).collect())
    }

    /// The query with each word that nobody said put as it may have been meant; none where there is nothing better.
    ///
    /// # Errors
    /// The limits of the query language; `index_damaged`.
    pub fn did_you_mean(&self, text: &str, meaning: &Meaning) -> Result<Option<String>, Problem> {
        let Some(root) = query::parse(text, meaning)?.root else { return Ok(None) };
        let mut words = Vec::new();
        collect(&root, &mut words);
        let searcher = self.searcher();
        let mut corrected = text.to_owned();
        // From the end, so that the places of the others stay.
        words.sort_by_key(|token| std::cmp::Reverse(token.span.start));
        for token in words.into_iter().take(LOOKED_UP_MAX) {
            let better = self.guarded(|| better(&searcher, self.fields(), token, meaning))?;
            if let (Some(better), Some(_)) = (better, token.span.slice(&corrected)) {
                corrected.replace_range(token.span.start..token.span.end, &better);
            }
        }
        Ok((corrected != text).then_some(corrected))
    }
}

/// The words that stand by themselves.
fn collect<'a>(node: &'a Node, words: &mut Vec<&'a Token>) {
    match node {
        Node::Word(token) if !token.is_stop() => words.push(token),
        Node::All(nodes) | Node::Any(nodes) | Node::Loose(nodes) => nodes.iter().for_each(|node| collect(node, words)),
        _ => {}
    }
}

/// A word that is said, where this one and its translations are not.
fn better(
    searcher: &Searcher,
    fields: &Fields,
    token: &Token,
    meaning: &Meaning,
) -> Result<Option<String>, TantivyError> {
    let length = token.exact.chars().count();
    if length < 4 || token.exact.chars().any(char::is_numeric) {
        return Ok(None);
    }
    let mut stems = vec![(fields.spanish, token.spanish.as_str()), (fields.english, token.english.as_str())];
    if meaning.across {
        let translations = Translations::of(token);
        stems.extend(translations.english.iter().map(|stem| (fields.english, stem.as_str())));
        stems.extend(translations.spanish.iter().map(|stem| (fields.spanish, stem.as_str())));
    }
    for (field, stem) in stems {
        if searcher.doc_freq(&Term::from_field_text(field, stem))? > 0 {
            return Ok(None);
        }
    }
    let distance = if length < 8 { 1 } else { 2 };
    let found = dictionary::near(searcher, fields, &token.exact, distance, 64)?;
    let nearest = found
        .into_iter()
        .min_by_key(|(word, count)| (strsim::osa_distance(&token.exact, word), std::cmp::Reverse(*count)));
    Ok(nearest.map(|(word, _)| word))
}
