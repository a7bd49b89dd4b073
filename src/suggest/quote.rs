//! The exact words that carry a suggestion.

use crate::context::Scene;
use crate::model::{Quote, Span};
use crate::text::words::{Boundary, Words};

/// Longer quotes are cut down to the clauses that carry them, in words.
const QUOTE_WORDS: usize = 60;

/// The whole utterance without its bullet, or, where that is long, the clauses around the places that carry it.
pub(super) fn quote(scene: &Scene<'_>, at: usize, carried: &[Span]) -> Option<Quote> {
    let utterance = scene.utterances().get(at)?;
    let words = scene.words(at);
    let span = if words.len() > QUOTE_WORDS { window(words, carried)? } else { Span::new(0, utterance.text.len()) };
    let pieces = source_pieces(&utterance.pieces, trimmed(&utterance.text, span));
    let source = &scene.transcript().text;
    let slices: Option<Vec<&str>> = pieces.iter().map(|piece| piece.slice(source)).collect();
    let text = slices?.join(" ");
    (!text.is_empty()).then_some(Quote { text, pieces, turn: utterance.turn, utterance: at })
}

/// Without spaces and list signs at either edge.
fn trimmed(text: &str, span: Span) -> Span {
    let Some(inner) = span.slice(text) else { return span };
    let start = inner.len()
        - inner.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '*' | '•' | '●' | '·' | '>')).len();
    let end = inner.trim_end().len();
    Span::new(span.start + start.min(end), span.start + end)
}

/// Clauses from the first to the last place, as long as they are short enough; else the clauses of the first place.
fn window(words: &Words, carried: &[Span]) -> Option<Span> {
    let opening = 0..1;
    let first = carried.first().map_or(opening.clone(), |place| words.range(*place));
    let last = carried.last().map_or(opening, |place| words.range(*place));
    let clauses = |from: usize, to: usize| {
        let start =
            (0..=from).rev().find(|at| words.get(*at).is_some_and(|word| word.before >= Boundary::Comma)).unwrap_or(0);
        let end = (to + 1..words.len())
            .find(|at| words.get(*at).is_some_and(|word| word.before >= Boundary::Comma))
            .unwrap_or(words.len());
        start..end
    };
    let whole = clauses(first.start, last.end.saturating_sub(1));
    let range = if whole.len() <= QUOTE_WORDS { whole } else { clauses(first.start, first.end.saturating_sub(1)) };
    let range = widened(words, range);
    Some(Span::new(words.get(range.start)?.span.start, words.get(range.end.checked_sub(1)?)?.span.end))
}

/// Takes further clauses while there is room, so that a quote can be understood by itself.
fn widened(words: &Words, mut range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let opens = |at: usize| words.get(at).is_some_and(|word| word.before >= Boundary::Comma);
    if range.len() > QUOTE_WORDS {
        range.end = range.start + QUOTE_WORDS;
        return range;
    }
    loop {
        let end = (range.end + 1..words.len()).find(|at| opens(*at)).unwrap_or(words.len());
        if end > range.end && end - range.start <= QUOTE_WORDS {
            range.end = end;
            continue;
        }
        let start = (0..range.start).rev().find(|at| opens(*at)).unwrap_or(0);
        if start < range.start && range.end - start <= QUOTE_WORDS {
            range.start = start;
            continue;
        }
        return range;
    }
}

/// The places in the source of a span of an utterance's text, which is its pieces joined by one space.
fn source_pieces(pieces: &[Span], span: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut offset = 0;
    for piece in pieces {
        let start = span.start.max(offset);
        let end = span.end.min(offset + piece.len());
        if start < end {
            found.push(Span::new(piece.start + start - offset, piece.start + end - offset));
        }
        offset += piece.len() + 1;
    }
    found
}
