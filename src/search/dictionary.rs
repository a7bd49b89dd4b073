//! The words that the index holds: those that begin so, those that are spelt almost so.

use std::collections::BTreeMap;

use tantivy::{Searcher, TantivyError};

use super::schema::Fields;

/// A word of the index and how many utterances hold it, or a little more.
pub(super) type Counted = (String, u64);

/// The words that begin so, the most frequent first.
pub(super) fn beginning(
    searcher: &Searcher,
    fields: &Fields,
    prefix: &str,
    most: usize,
) -> Result<Vec<Counted>, TantivyError> {
    collect(searcher, fields, prefix, most, |_| true)
}

/// The words that differ from this one by so many letters at the most (a swap of neighbours counts as one) and begin with
/// the same letter, the most frequent first. The word itself is among them.
pub(super) fn near(
    searcher: &Searcher,
    fields: &Fields,
    word: &str,
    distance: usize,
    most: usize,
) -> Result<Vec<Counted>, TantivyError> {
    let Some(first) = word.chars().next() else { return Ok(Vec::new()) };
    let mut start = [0; 4];
    collect(searcher, fields, first.encode_utf8(&mut start), most, |found| is_near(word, found, distance))
}

/// Do the two differ by so many letters at the most?
pub(super) fn is_near(word: &str, found: &str, distance: usize) -> bool {
    // A letter takes up to four bytes, so lengths that differ by more cannot be near.
    found.len().abs_diff(word.len()) <= 4 * distance
        && found.chars().count().abs_diff(word.chars().count()) <= distance
        && strsim::osa_distance(word, found) <= distance
}

fn collect(
    searcher: &Searcher,
    fields: &Fields,
    prefix: &str,
    most: usize,
    fits: impl Fn(&str) -> bool,
) -> Result<Vec<Counted>, TantivyError> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let words = segment.inverted_index(fields.exact)?;
        let mut stream = words.terms().range().ge(prefix).into_stream()?;
        while let Some((word, info)) = stream.next() {
            if !word.starts_with(prefix.as_bytes()) {
                break;
            }
            let Ok(word) = std::str::from_utf8(word) else { continue };
            if fits(word) {
                *counts.entry(word.to_owned()).or_default() += u64::from(info.doc_freq);
            }
        }
    }
    let mut words: Vec<Counted> = counts.into_iter().collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.truncate(most);
    Ok(words)
}
