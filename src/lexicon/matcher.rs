//! Finds the terms of all concepts in one pass per language.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use foldhash::fast::FixedState;

use crate::model::Span;
use crate::text::words::{Boundary, StemLanguage, Words};

use super::concept::Lexicon;
use super::patterns::PatternMatcher;
use super::term::{Atom, Choice, Step, TermShape};

/// A term found at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Ordinal of the concept in [`Lexicon::concepts`].
    pub concept: usize,
    /// Ordinal of the term in its concept; patterns follow the terms.
    pub term: usize,
    /// Where its words lie, as byte range of the text that was read.
    pub span: Span,
    /// Ordinal of its first word.
    pub first_word: usize,
    /// One past the ordinal of its last word.
    pub end_word: usize,
}

/// The terms of a lexicon, compiled: one automaton a language over the stems of a text.
#[derive(Debug)]
pub struct Matcher {
    languages: Vec<LanguageMatcher>,
    patterns: PatternMatcher,
}

impl Matcher {
    /// Compiles this lexicon.
    pub fn new(lexicon: &Lexicon) -> Self {
        let languages = StemLanguage::ALL.into_iter().map(|language| LanguageMatcher::new(lexicon, language)).collect();
        let patterns: Vec<(usize, usize, &str)> = lexicon
            .concepts()
            .iter()
            .enumerate()
            .flat_map(|(at, concept)| {
                let terms = concept.terms.len();
                concept.patterns.iter().enumerate().map(move |(n, pattern)| (at, terms + n, pattern.text.as_str()))
            })
            .collect();
        Self { languages, patterns: PatternMatcher::new(&patterns) }
    }

    /// Every term found in `text`, whose words are `words`. Of one concept the leftmost and longest count, and they do
    /// not overlap; hits of different concepts may. In the order of the text.
    pub fn hits(&self, text: &str, words: &Words) -> Vec<Hit> {
        let mut hits = Vec::new();
        for language in &self.languages {
            language.search(words, &mut hits);
        }
        self.patterns.search(text, |concept, term, span| {
            let range = words.range(span);
            hits.push(Hit { concept, term, span, first_word: range.start, end_word: range.end });
        });
        keep_leftmost_longest(&mut hits);
        hits
    }
}

fn keep_leftmost_longest(hits: &mut Vec<Hit>) {
    hits.sort_by_key(|hit| (hit.concept, hit.span.start, std::cmp::Reverse(hit.span.end), hit.term));
    let mut last: Option<Hit> = None;
    hits.retain(|hit| {
        let overlaps = last.is_some_and(|last| last.concept == hit.concept && hit.span.start < last.span.end);
        if !overlaps {
            last = Some(*hit);
        }
        !overlaps
    });
    hits.sort_by_key(|hit| (hit.span.start, std::cmp::Reverse(hit.span.end), hit.concept));
}

/// Above so many bytes of anchors the automaton is kept small instead of quick.
const DFA_ANCHOR_BYTES: usize = 200_000;

/// Where the automaton's find belongs: a term, and which of its words was found.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    term: u32,
    choice: u16,
    atom: u16,
}

#[derive(Debug)]
struct LanguageMatcher {
    language: StemLanguage,
    automaton: Option<AhoCorasick>,
    /// For each pattern of the automaton.
    candidates: Vec<Vec<Candidate>>,
    terms: Vec<CompiledTerm>,
}

#[derive(Debug)]
struct CompiledTerm {
    concept: usize,
    ordinal: usize,
    shape: TermShape,
}

impl LanguageMatcher {
    fn new(lexicon: &Lexicon, language: StemLanguage) -> Self {
        let mut terms = Vec::new();
        let mut anchors: Vec<String> = Vec::new();
        let mut candidates: Vec<Vec<Candidate>> = Vec::new();
        let mut known: HashMap<String, usize, FixedState> = HashMap::default();
        for (concept_at, concept) in lexicon.concepts().iter().enumerate() {
            for (ordinal, term) in concept.terms.iter().enumerate().filter(|(_, term)| term.language == language) {
                let shape = term.shape.clone();
                let Some(Step::Group(choices)) = shape.steps.get(shape.anchor_step) else { continue };
                for (choice, (atom, stems)) in
                    choices.iter().enumerate().filter_map(|(at, one)| Some((at, one.anchor()?)))
                {
                    let anchor = format!(" {} ", stems.join(" "));
                    let at = *known.entry(anchor).or_insert_with_key(|anchor| {
                        anchors.push(anchor.clone());
                        candidates.push(Vec::new());
                        anchors.len() - 1
                    });
                    candidates[at].push(Candidate {
                        term: terms.len() as u32,
                        choice: choice as u16,
                        atom: atom as u16,
                    });
                }
                terms.push(CompiledTerm { concept: concept_at, ordinal, shape });
            }
        }
        Self { language, automaton: build_automaton(&anchors), candidates, terms }
    }

    fn search(&self, words: &Words, hits: &mut Vec<Hit>) {
        let Some(automaton) = &self.automaton else { return };
        for found in automaton.find_overlapping_iter(words.stems(self.language)) {
            let Some(word) = words.word_at_stem(self.language, found.start() + 1) else { continue };
            for candidate in &self.candidates[found.pattern().as_usize()] {
                let term = &self.terms[candidate.term as usize];
                let Some(start) = word.checked_sub(candidate.atom as usize) else { continue };
                let view = View { words, language: self.language };
                let Some((first_word, end_word)) = view.verify(&term.shape, candidate.choice as usize, start) else {
                    continue;
                };
                let (Some(first), Some(last)) = (words.get(first_word), words.get(end_word - 1)) else { continue };
                hits.push(Hit {
                    concept: term.concept,
                    term: term.ordinal,
                    span: Span::new(first.span.start, last.span.end),
                    first_word,
                    end_word,
                });
            }
        }
    }
}

fn build_automaton(anchors: &[String]) -> Option<AhoCorasick> {
    if anchors.is_empty() {
        return None;
    }
    let bytes: usize = anchors.iter().map(String::len).sum();
    let kind = if bytes <= DFA_ANCHOR_BYTES { AhoCorasickKind::DFA } else { AhoCorasickKind::ContiguousNFA };
    AhoCorasick::builder().match_kind(MatchKind::Standard).kind(Some(kind)).build(anchors).ok()
}

/// The words of a text as one language sees them.
struct View<'a> {
    words: &'a Words,
    language: StemLanguage,
}

impl View<'_> {
    /// Does the term stand here, with this choice of its anchor step starting at word `start`? Its first and end word.
    fn verify(&self, shape: &TermShape, choice: usize, start: usize) -> Option<(usize, usize)> {
        let Some(Step::Group(choices)) = shape.steps.get(shape.anchor_step) else { return None };
        let after = self.choice_forward(choices.get(choice)?, start)?;
        let (before_steps, after_steps) = (&shape.steps[..shape.anchor_step], &shape.steps[shape.anchor_step + 1..]);
        let end = self.forward(after_steps, after)?;
        let first = self.backward(before_steps, start)?;
        let whole = (first + 1..end).all(|at| self.words.get(at).is_some_and(|word| word.before < Boundary::Clause));
        let opens = !shape.opens_clause || self.words.get(first).is_some_and(|word| word.before >= Boundary::Comma);
        (whole && opens && first < end).then_some((first, end))
    }

    /// Walks the steps from word `at` on; where they end.
    fn forward(&self, steps: &[Step], at: usize) -> Option<usize> {
        match steps.split_first() {
            None => Some(at),
            Some((Step::Gap(most), rest)) => (0..=self.passable(at..at + most)).find_map(|skip| {
                let next = at + skip;
                (next < self.words.len()).then(|| self.forward(rest, next)).flatten()
            }),
            Some((Step::Group(choices), rest)) => choices.iter().find_map(|choice| {
                let next = self.choice_forward(choice, at)?;
                self.forward(rest, next)
            }),
        }
    }

    /// Walks the steps backwards from word `at` (not included); where they begin.
    fn backward(&self, steps: &[Step], at: usize) -> Option<usize> {
        match steps.split_last() {
            None => Some(at),
            Some((Step::Gap(most), rest)) => (0..=*most)
                .take_while(|skip| at.checked_sub(*skip).is_some_and(|from| self.passable(from..at) == *skip))
                .find_map(|skip| self.backward(rest, at - skip)),
            Some((Step::Group(choices), rest)) => choices.iter().find_map(|choice| {
                let start = at.checked_sub(choice.atoms.len())?;
                self.choice_forward(choice, start)?;
                self.backward(rest, start)
            }),
        }
    }

    /// How many of these words a gap may step over before it meets a "no": what is denied is something else.
    fn passable(&self, words: std::ops::Range<usize>) -> usize {
        const DENY: &[&str] = &["no", "not", "nunca", "never", "sin", "without", "ni", "nor", "tampoco", "jamas"];
        let length = words.len();
        words.into_iter().position(|at| DENY.contains(&self.words.folded(at))).unwrap_or(length)
    }

    fn choice_forward(&self, choice: &Choice, at: usize) -> Option<usize> {
        let fits = choice.atoms.iter().enumerate().all(|(offset, atom)| self.atom(atom, at + offset));
        fits.then_some(at + choice.atoms.len())
    }

    fn atom(&self, atom: &Atom, at: usize) -> bool {
        let Some(word) = self.words.get(at) else { return false };
        match atom {
            Atom::Stem(stem, _) => self.words.stem(self.language, at) == stem,
            Atom::Exact(form, _) => self.words.folded(at) == form,
            Atom::Prefix(start) => self.words.folded(at).starts_with(start.as_str()),
            Atom::Number => word.is_number && !self.is_article(at),
            Atom::Any => true,
        }
    }

    /// "un", "una", "one": a number only where it measures time.
    fn is_article(&self, at: usize) -> bool {
        const TIME: &[&str] = &[
            "minuto", "hora", "dia", "semana", "quincena", "mes", "año", "mañana", "tarde", "noche", "minute", "hour",
            "day", "week", "month", "year", "morning", "night",
        ];
        matches!(self.words.folded(at), "un" | "una" | "uno" | "one") && !TIME.contains(&self.words.folded(at + 1))
    }
}
