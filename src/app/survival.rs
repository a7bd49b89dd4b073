//! Where the words of a quote stand in another transcript of the same meeting.
//!
//! A quote survives where the same words follow one another inside one turn; case, accents and punctuation aside, because
//! these are what corrections of transcripts change. Of several such places the one at the nearest part of the meeting is
//! taken. The quote there is the new transcript's own slice.

use std::collections::HashMap;

use crate::model::{Nature, Quote, Side, SourceHash, Span, Suggestion, SuggestionId, TermHit, Transcript, Utterance};
use crate::store::SuggestionRow;
use crate::text::words::fold;

/// The words of a transcript in a row, with the way back to their places.
pub(super) struct Words<'a> {
    transcript: &'a Transcript,
    utterances: &'a [Utterance],
    words: Vec<Word>,
    /// Where each word stands.
    places: HashMap<String, Vec<usize>>,
}

struct Word {
    folded: String,
    utterance: usize,
    /// In the utterance's own text.
    span: Span,
}

impl<'a> Words<'a> {
    pub(super) fn of(transcript: &'a Transcript, utterances: &'a [Utterance]) -> Self {
        let mut words = Vec::new();
        for (ordinal, utterance) in utterances.iter().enumerate() {
            if transcript.turns.get(utterance.turn).is_some_and(|turn| turn.nature == Nature::Heading) {
                continue;
            }
            words.extend(spans_of_words(&utterance.text).map(|(span, word)| Word {
                folded: fold(word),
                utterance: ordinal,
                span,
            }));
        }
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, word) in words.iter().enumerate() {
            places.entry(word.folded.clone()).or_default().push(at);
        }
        Self { transcript, utterances, words, places }
    }

    /// The suggestion that a decision on `old` goes on with: one that is `proposed` for the same words under the same
    /// concept, or `old` itself at its new place; none where the words are gone. `part` is where in the old transcript it
    /// stood, 0 to 1; `hash` is of the new source.
    pub(super) fn survivor(
        &self,
        old: &Suggestion,
        part: f32,
        hash: &SourceHash,
        proposed: &[SuggestionRow],
        transcript: &Transcript,
    ) -> Option<Suggestion> {
        let wanted: Vec<String> = spans_of_words(&old.quote.text).map(|(_, word)| fold(word)).collect();
        let start = self.find(&wanted, part)?;
        let quote = self.quote(start, wanted.len(), &old.quote.text)?;
        let same = |row: &&SuggestionRow| {
            row.suggestion.concept == old.concept
                && row.suggestion.quote.utterance == quote.utterance
                && spans_of_words(&row.suggestion.quote.text).map(|(_, word)| fold(word)).eq(wanted.iter().cloned())
        };
        if let Some(row) = proposed.iter().find(same) {
            return Some(row.suggestion.clone());
        }
        let mut moved = old.clone();
        moved.id = SuggestionId::of(hash, quote.span(), &old.concept);
        moved.context.side = side_of(transcript, quote.turn);
        let text = &self.utterances[quote.utterance].text;
        moved.terms = old.terms.iter().filter_map(|hit| moved_hit(hit, &old.quote.text, text)).collect();
        moved.quantities.clear();
        moved.quote = quote;
        Some(moved)
    }

    /// The utterance that holds the largest part of these words, at least `least` of them.
    pub(super) fn nearest(&self, text: &str, least: f32) -> Option<usize> {
        let wanted: Vec<String> = spans_of_words(text).map(|(_, word)| fold(word)).collect();
        let mut shared: HashMap<usize, usize> = HashMap::new();
        let mut asked: Vec<&String> = wanted.iter().filter(|word| word.chars().count() > 3).collect();
        asked.sort_unstable();
        asked.dedup();
        for word in &asked {
            let mut utterances: Vec<usize> =
                self.places.get(*word).into_iter().flatten().map(|at| self.words[*at].utterance).collect();
            utterances.dedup();
            for utterance in utterances {
                *shared.entry(utterance).or_default() += 1;
            }
        }
        let (utterance, count) =
            shared.into_iter().max_by(|one, other| one.1.cmp(&other.1).then_with(|| other.0.cmp(&one.0)))?;
        (count as f32 >= least * asked.len() as f32).then_some(utterance)
    }

    /// Where these words follow one another inside one turn.
    fn find(&self, wanted: &[String], part: f32) -> Option<usize> {
        let first = wanted.first()?;
        let follows = |start: &usize| {
            let run = self.words.get(*start..*start + wanted.len());
            run.is_some_and(|run| {
                run.iter().zip(wanted).all(|(word, wanted)| word.folded == *wanted)
                    && self.turn(&run[0]) == self.turn(&run[run.len() - 1])
            })
        };
        let distance = |start: &usize| (*start as f32 / self.words.len().max(1) as f32 - part).abs();
        let places = self.places.get(first)?.iter().copied().filter(follows);
        places.min_by(|one, other| distance(one).total_cmp(&distance(other)))
    }

    fn turn(&self, word: &Word) -> usize {
        self.utterances[word.utterance].turn
    }

    /// The quote of so many words from `start`, with the marks around them that the old quote had.
    fn quote(&self, start: usize, count: usize, old: &str) -> Option<Quote> {
        let run = self.words.get(start..start + count)?;
        let (first, last) = (run.first()?, run.last()?);
        let opens = old.chars().next().is_some_and(|c| !c.is_alphanumeric());
        let closes = old.chars().last().is_some_and(|c| !c.is_alphanumeric());
        let mut pieces: Vec<Span> = Vec::new();
        for ordinal in first.utterance..=last.utterance {
            let utterance = self.utterances.get(ordinal)?;
            let from = if ordinal == first.utterance {
                let at = first.span.start;
                if opens { before_marks(&utterance.text, at) } else { at }
            } else {
                0
            };
            let to = if ordinal == last.utterance {
                let at = last.span.end;
                if closes { behind_marks(&utterance.text, at) } else { at }
            } else {
                utterance.text.len()
            };
            pieces.extend(source_pieces(utterance, Span::new(from, to)));
        }
        let slices: Option<Vec<&str>> = pieces.iter().map(|piece| piece.slice(&self.transcript.text)).collect();
        let text = slices?.join(" ");
        Some(Quote { text, pieces, turn: self.turn(first), utterance: first.utterance })
    }
}

fn side_of(transcript: &Transcript, turn: usize) -> Side {
    let speaker = transcript.turns.get(turn).and_then(|turn| turn.speaker);
    speaker.and_then(|speaker| transcript.speakers.get(speaker)).map(|speaker| speaker.side).unwrap_or_default()
}

/// The words of a text with their places.
fn spans_of_words(text: &str) -> impl Iterator<Item = (Span, &str)> {
    let mut at = 0;
    text.split(|c: char| !c.is_alphanumeric()).filter_map(move |word| {
        let start = at;
        at += word.len();
        // What stands between two words is one character, whatever its length.
        at += text[at..].chars().next().map_or(0, char::len_utf8);
        (!word.is_empty()).then(|| (Span::new(start, start + word.len()), word))
    })
}

/// Where a range of an utterance's own text lies in the source: its pieces joined by one space are that text.
fn source_pieces(utterance: &Utterance, range: Span) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for piece in &utterance.pieces {
        let own = Span::new(at, at + piece.len());
        if own.shared(range) > 0 {
            let (from, to) = (range.start.max(own.start) - at, range.end.min(own.end) - at);
            pieces.push(Span::new(piece.start + from, piece.start + to));
        }
        at = own.end + 1;
    }
    pieces
}

/// The place before the marks that open at `at`: `¿`, `"`, `(`.
fn before_marks(text: &str, at: usize) -> usize {
    let marks = text[..at].chars().rev().take_while(|c| !c.is_alphanumeric() && !c.is_whitespace());
    at - marks.map(char::len_utf8).sum::<usize>()
}

/// The place behind the marks that close at `at`: `.`, `?`, `"`.
fn behind_marks(text: &str, at: usize) -> usize {
    let marks = text[at..].chars().take_while(|c| !c.is_alphanumeric() && !c.is_whitespace());
    at + marks.map(char::len_utf8).sum::<usize>()
}

/// A hit at the place where its words stand in the new utterance; none where they do not.
fn moved_hit(hit: &TermHit, old_quote: &str, text: &str) -> Option<TermHit> {
    let folded = fold(text);
    let words = hit.span.slice(old_quote)?;
    let start = if folded.len() == text.len() { folded.find(&fold(words))? } else { text.find(words)? };
    let span = Span::new(start, start + words.len());
    span.slice(text).is_some().then(|| TermHit { span, ..hit.clone() })
}
