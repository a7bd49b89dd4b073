//! A conversation as the rules see it.

use std::ops::Range;

use crate::model::{Context, Mark, Nature, Side, Span, Transcript, Utterance};
use crate::text::words::{Boundary, StemCache, Words};

use super::RULES;
use super::cues::{Cue, Cued, find_cues};

/// A transcript with its utterances, read into words.
#[derive(Debug)]
pub struct Scene<'a> {
    transcript: &'a Transcript,
    utterances: &'a [Utterance],
    words: Vec<Words>,
}

impl<'a> Scene<'a> {
    /// Reads the words of every utterance.
    pub fn new(transcript: &'a Transcript, utterances: &'a [Utterance], cache: &mut StemCache) -> Self {
        let words = utterances.iter().map(|utterance| Words::read(&utterance.text, cache)).collect();
        Self { transcript, utterances, words }
    }

    /// The transcript.
    pub fn transcript(&self) -> &'a Transcript {
        self.transcript
    }

    /// The utterances.
    pub fn utterances(&self) -> &'a [Utterance] {
        self.utterances
    }

    /// The words of the utterance of this ordinal.
    ///
    /// # Panics
    /// When there is no such utterance.
    pub fn words(&self, utterance: usize) -> &Words {
        &self.words[utterance]
    }

    /// The side of who says this utterance.
    pub fn side(&self, utterance: usize) -> Side {
        self.speaker(utterance)
            .and_then(|speaker| self.transcript.speakers.get(speaker))
            .map_or(Side::Unknown, |one| one.side)
    }

    /// Who says this utterance.
    pub fn speaker(&self, utterance: usize) -> Option<usize> {
        self.transcript.turns.get(self.utterances.get(utterance)?.turn)?.speaker
    }

    /// Whether this utterance is speech, a note or a heading.
    pub fn nature(&self, utterance: usize) -> Nature {
        let turn = self.utterances.get(utterance).map_or(usize::MAX, |one| one.turn);
        self.transcript.turns.get(turn).map(|turn| turn.nature).unwrap_or_default()
    }

    /// The last utterance of the turn before this utterance's, if another speaker or nobody named says it.
    pub fn before_turn(&self, utterance: usize) -> Option<usize> {
        let turn = self.utterances.get(utterance)?.turn;
        (0..utterance).rev().find(|at| self.utterances[*at].turn != turn)
    }

    /// A reader of this utterance; it finds the cues once for all spans.
    pub fn reader(&self, utterance: usize) -> UtteranceReader<'_> {
        let mut cues = Vec::new();
        if let Some(words) = self.words.get(utterance) {
            find_cues(words, &mut cues);
        }
        UtteranceReader { scene: self, utterance, cues }
    }
}

/// Reads what surrounds spans of one utterance.
#[derive(Debug)]
pub struct UtteranceReader<'a> {
    scene: &'a Scene<'a>,
    utterance: usize,
    cues: Vec<Cued>,
}

impl UtteranceReader<'_> {
    /// Every mark that surrounds this span, with the words that say so.
    pub fn marks(&self, span: Span) -> Vec<(Mark, Found)> {
        let Some(utterance) = self.scene.utterances.get(self.utterance) else { return Vec::new() };
        let words = &self.scene.words[self.utterance];
        let judged = Judged {
            scene: self.scene,
            utterance: self.utterance,
            text: &utterance.text,
            words,
            cues: &self.cues,
            span,
            range: words.range(span),
        };
        let mut marks: Vec<(Mark, Found)> =
            RULES.iter().filter_map(|rule| Some((rule.mark, (rule.read)(&judged)?))).collect();
        if self.scene.nature(self.utterance) == Nature::Note {
            marks.push((Mark::Note, Found::default()));
        }
        marks
    }

    /// The same without the words.
    pub fn context(&self, span: Span) -> Context {
        let marks = self.marks(span).into_iter().map(|(mark, _)| mark).collect();
        Context { marks, side: self.scene.side(self.utterance) }
    }
}

/// The words that say so, where words do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Byte range of the utterance's own text.
    pub cue: Option<Span>,
    /// They tell of a change rather than of an end: "before ... now".
    pub contrast: bool,
}

/// A span of an utterance with all that a rule may look at.
#[derive(Debug)]
pub struct Judged<'a> {
    /// The conversation.
    pub scene: &'a Scene<'a>,
    /// Ordinal of the utterance.
    pub utterance: usize,
    /// Its text.
    pub text: &'a str,
    /// Its words.
    pub words: &'a Words,
    /// The cues in it, in order.
    pub(super) cues: &'a [Cued],
    /// The judged bytes.
    pub span: Span,
    /// The judged words.
    pub range: Range<usize>,
}

impl Judged<'_> {
    /// The cues of this sort whose words lie in `within`.
    pub(super) fn cues_in(&self, cue: Cue, within: Range<usize>) -> impl Iterator<Item = &Cued> {
        self.cues
            .iter()
            .filter(move |one| one.cue == cue && one.words.start >= within.start && one.words.end <= within.end)
    }

    /// The first cue of this sort in the clause of the judged words, as a finding.
    pub(super) fn in_clause(&self, cue: Cue) -> Option<Found> {
        let clause = self.clause();
        self.cues_in(cue, clause).next().map(|one| self.found(one))
    }

    /// The first cue of this sort anywhere in the utterance, as a finding.
    pub(super) fn anywhere(&self, cue: Cue) -> Option<Found> {
        self.cues_in(cue, 0..self.words.len()).next().map(|one| self.found(one))
    }

    /// The words of the clause around the judged ones.
    pub(super) fn clause(&self) -> Range<usize> {
        if self.words.is_empty() {
            return 0..0;
        }
        let first = self.words.clause(self.range.start);
        let last = self.words.clause(self.range.end.saturating_sub(1).max(self.range.start));
        first.start..last.end
    }

    /// Is there a comma or anything stronger right before one of these words?
    pub(super) fn broken_between(&self, words: Range<usize>) -> bool {
        words.into_iter().any(|at| self.words.get(at).is_some_and(|word| word.before >= Boundary::Comma))
    }

    /// Where the words of this cue lie.
    pub(super) fn found(&self, cued: &Cued) -> Found {
        let span = |at: usize| self.words.get(at).map(|word| word.span);
        let cue = span(cued.words.start).zip(span(cued.words.end.saturating_sub(1)));
        Found { cue: cue.map(|(first, last)| Span::new(first.start, last.end)), contrast: false }
    }

    /// The words of the source at this ordinal, accents and all.
    pub(super) fn source(&self, word: usize) -> &str {
        self.words.get(word).and_then(|word| word.span.slice(self.text)).unwrap_or_default()
    }
}
