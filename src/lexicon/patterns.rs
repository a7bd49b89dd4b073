//! Regular expressions over the folded text, within limits.

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

use crate::model::Span;
use crate::text::words::FoldedText;

use super::limits;

/// How much memory the set of all patterns may take, compiled.
const SET_MEMORY: usize = 16 * 1024 * 1024;
/// How much memory the set's cache may take while it reads; a small one is thrown away and rebuilt all the time.
const SET_CACHE_MEMORY: usize = 64 * 1024 * 1024;

/// Compiles one pattern, or says why not.
pub(super) fn compile(pattern: &str) -> Result<Regex, String> {
    if pattern.len() > limits::PATTERN_BYTES {
        return Err(format!("{} > {} bytes", pattern.len(), limits::PATTERN_BYTES));
    }
    let regex = RegexBuilder::new(pattern)
        .nest_limit(limits::PATTERN_NESTING)
        .size_limit(limits::PATTERN_MEMORY)
        .dfa_size_limit(limits::PATTERN_MEMORY)
        .build()
        .map_err(|error| error.to_string())?;
    if regex.is_match("") {
        return Err("it matches an empty text / acepta un texto vacío".to_owned());
    }
    Ok(regex)
}

/// All patterns of a lexicon.
#[derive(Clone, Debug, Default)]
pub(super) struct PatternMatcher {
    set: RegexSet,
    /// Concept, ordinal of the term, and the pattern.
    singles: Vec<(usize, usize, Regex)>,
}

impl PatternMatcher {
    /// From the concept, the ordinal and the text of each pattern; what does not compile is left out.
    pub(super) fn new(patterns: &[(usize, usize, &str)]) -> Self {
        let singles: Vec<(usize, usize, Regex)> = patterns
            .iter()
            .filter_map(|(concept, ordinal, text)| Some((*concept, *ordinal, compile(text).ok()?)))
            .collect();
        let set = RegexSetBuilder::new(singles.iter().map(|(_, _, regex)| regex.as_str()))
            .size_limit(SET_MEMORY)
            .dfa_size_limit(SET_CACHE_MEMORY)
            .build()
            .unwrap_or_default();
        Self { set, singles }
    }

    /// Calls `found` with concept, ordinal and place of each match in this text.
    pub(super) fn search(&self, text: &str, mut found: impl FnMut(usize, usize, Span)) {
        if self.singles.is_empty() {
            return;
        }
        let folded = FoldedText::new(text);
        for chunk in chunks(&folded.text) {
            let piece = &folded.text[chunk.start..chunk.end];
            for index in self.set.matches(piece) {
                let Some((concept, ordinal, regex)) = self.singles.get(index) else { continue };
                for one in regex.find_iter(piece).filter(|one| !one.is_empty()) {
                    let place = Span::new(chunk.start + one.start(), chunk.start + one.end());
                    found(*concept, *ordinal, folded.source_span(place));
                }
            }
        }
    }
}

/// Pieces of bounded size that overlap, on character boundaries.
fn chunks(text: &str) -> Vec<Span> {
    let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let mut pieces = Vec::new();
    let mut start = 0;
    loop {
        let end = boundary(start + limits::PATTERN_CHUNK_BYTES);
        pieces.push(Span::new(start, end));
        if end >= text.len() {
            return pieces;
        }
        start = boundary(end - limits::PATTERN_OVERLAP_BYTES);
    }
}
