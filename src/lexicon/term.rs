//! The term language: words, alternatives, gaps, numbers, wildcards.

use std::ops::Range;

use crate::text::words::{StemCache, StemLanguage, Words};

use super::limits;

/// A term, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TermShape {
    /// It must open a clause.
    pub(super) opens_clause: bool,
    /// Its steps in order; two groups of one option never stand side by side.
    pub(super) steps: Vec<Step>,
    /// The step that the automaton looks for: a group whose every option has an anchor.
    pub(super) anchor_step: usize,
}

/// One step of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// One of these; the longest first; an empty one makes the step optional.
    Group(Vec<Choice>),
    /// Up to so many words of any kind.
    Gap(usize),
}

/// Words in a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) atoms: Vec<Atom>,
}

/// What one word of the text is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Atom {
    /// Any form of the word: its stem, and how many letters the word was written with.
    Stem(String, usize),
    /// Exactly this folded form, and its stem.
    Exact(String, String),
    /// Any word that begins so.
    Prefix(String),
    /// A number in digits or words.
    Number,
    /// Any one word.
    Any,
}

/// Why a term cannot be used, and at which bytes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TermMistake {
    pub(super) range: Range<usize>,
    pub(super) es: String,
    pub(super) en: String,
}

impl TermMistake {
    fn new(range: Range<usize>, es: &str, en: &str) -> Self {
        Self { range, es: es.to_owned(), en: en.to_owned() }
    }
}

/// The fewest letters of the words that a term is looked up by.
const ANCHOR_LETTERS: usize = 3;

impl TermShape {
    /// Takes a term apart.
    pub(super) fn parse(text: &str, language: StemLanguage, cache: &mut StemCache) -> Result<Self, TermMistake> {
        if text.len() > limits::TERM_BYTES {
            return Err(TermMistake::new(0..text.len(), "el término es demasiado largo", "the term is too long"));
        }
        let mut reader = Reader { text, at: 0, language, cache };
        reader.skip_spaces();
        let opens_clause = reader.take('^');
        let mut steps = Vec::new();
        loop {
            reader.skip_spaces();
            if reader.at >= text.len() {
                break;
            }
            push_step(&mut steps, reader.step()?);
        }
        if matches!(steps.first(), Some(Step::Gap(_))) || matches!(steps.last(), Some(Step::Gap(_))) {
            return Err(TermMistake::new(
                0..text.len(),
                "un hueco «..» va entre palabras, no en la orilla",
                "a gap \"..\" stands between words, not at the edge",
            ));
        }
        let Some(anchor_step) = best_anchor(&steps) else {
            return Err(TermMistake::new(
                0..text.len(),
                "hace falta una palabra fija de tres letras o más (en un grupo, en cada alternativa)",
                "it needs a plain word of three letters or more (in a group, in each alternative)",
            ));
        };
        Ok(Self { opens_clause, steps, anchor_step })
    }
}

impl Choice {
    /// The longest run of atoms with a stem: where it starts, and its stems.
    pub(super) fn anchor(&self) -> Option<(usize, Vec<&str>)> {
        let mut best: Option<(usize, usize, Vec<&str>)> = None;
        let mut at = 0;
        while at < self.atoms.len() {
            let run: Vec<(&str, usize)> = self.atoms[at..].iter().map_while(Atom::plain).collect();
            let letters: usize = run.iter().map(|(_, letters)| letters).sum();
            if letters >= ANCHOR_LETTERS && best.as_ref().is_none_or(|(_, most, _)| letters > *most) {
                best = Some((at, letters, run.iter().map(|(stem, _)| *stem).collect()));
            }
            at += run.len().max(1);
        }
        best.map(|(at, _, stems)| (at, stems))
    }

    fn anchor_letters(&self) -> usize {
        self.anchor().map_or(0, |(at, stems)| {
            self.atoms[at..at + stems.len()].iter().filter_map(Atom::plain).map(|(_, letters)| letters).sum()
        })
    }
}

impl Atom {
    /// The stem that the automaton can look for, and the letters of the word.
    fn plain(&self) -> Option<(&str, usize)> {
        match self {
            Self::Stem(stem, letters) => Some((stem, *letters)),
            Self::Exact(form, stem) => Some((stem, form.chars().count())),
            Self::Prefix(_) | Self::Number | Self::Any => None,
        }
    }
}

/// The group that is cheapest to look for: the one whose shortest anchor is the longest.
fn best_anchor(steps: &[Step]) -> Option<usize> {
    let worth = |step: &Step| match step {
        Step::Group(choices) => choices.iter().map(Choice::anchor_letters).min().unwrap_or(0),
        Step::Gap(_) => 0,
    };
    let (best, letters) = steps
        .iter()
        .enumerate()
        .map(|(at, step)| (at, worth(step)))
        .max_by_key(|(at, worth)| (*worth, usize::MAX - at))?;
    (letters >= ANCHOR_LETTERS).then_some(best)
}

/// Adds a step; words in a row become one group.
fn push_step(steps: &mut Vec<Step>, step: Step) {
    if let (Some(Step::Group(last)), Step::Group(next)) = (steps.last_mut(), &step)
        && let ([before], [after]) = (last.as_mut_slice(), next.as_slice())
    {
        before.atoms.extend(after.atoms.iter().cloned());
        return;
    }
    steps.push(step);
}

/// Reads a term from left to right.
struct Reader<'a> {
    text: &'a str,
    at: usize,
    language: StemLanguage,
    cache: &'a mut StemCache,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn skip_spaces(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.rest().starts_with(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    fn step(&mut self) -> Result<Step, TermMistake> {
        if self.rest().starts_with("..") {
            return self.gap();
        }
        if self.take('(') {
            return self.group();
        }
        let atoms = self.word()?;
        Ok(Step::Group(vec![Choice { atoms }]))
    }

    fn gap(&mut self) -> Result<Step, TermMistake> {
        let start = self.at;
        self.at += 2;
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        let words = if digits == 0 { 3 } else { self.rest()[..digits].parse().unwrap_or(usize::MAX) };
        self.at += digits;
        if words == 0 || words > limits::GAP_WORDS {
            return Err(TermMistake::new(
                start..self.at,
                "un hueco es de 1 a 12 palabras: «..» o «..6»",
                "a gap is of 1 to 12 words: \"..\" or \"..6\"",
            ));
        }
        Ok(Step::Gap(words))
    }

    fn group(&mut self) -> Result<Step, TermMistake> {
        let start = self.at - 1;
        let mut choices = Vec::new();
        let mut atoms = Vec::new();
        loop {
            self.skip_spaces();
            let done = self.take(')');
            if done || self.take('|') {
                choices.push(Choice { atoms: std::mem::take(&mut atoms) });
                if done {
                    break;
                }
                continue;
            }
            if self.rest().is_empty() {
                return Err(TermMistake::new(start..start + 1, "falta cerrar «)»", "\")\" is missing"));
            }
            if self.rest().starts_with('(') || self.rest().starts_with("..") {
                return Err(TermMistake::new(
                    self.at..self.at + 1,
                    "dentro de un grupo no va otro grupo ni un hueco",
                    "a group holds no other group and no gap",
                ));
            }
            atoms.extend(self.word()?);
        }
        choices.sort_by_key(|choice| std::cmp::Reverse(choice.atoms.len()));
        choices.dedup();
        if choices.iter().all(|choice| choice.atoms.is_empty()) {
            return Err(TermMistake::new(start..self.at, "el grupo está vacío", "the group is empty"));
        }
        Ok(Step::Group(choices))
    }

    fn word(&mut self) -> Result<Vec<Atom>, TermMistake> {
        let start = self.at;
        let length =
            self.rest().find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|')).unwrap_or(self.rest().len());
        let written = self.rest()[..length].to_owned();
        self.at += length;
        match written.as_str() {
            "#" => return Ok(vec![Atom::Number]),
            "_" => return Ok(vec![Atom::Any]),
            _ => {}
        }
        let exact = written.strip_prefix('=');
        let prefix = written.strip_suffix('*');
        let bare = exact.or(prefix).unwrap_or(&written);
        let words = Words::read(bare, self.cache);
        if words.is_empty() || bare.contains(['#', '^', '*', '=', '_']) {
            return Err(TermMistake::new(
                start..self.at.max(start + 1),
                &format!("«{written}» no es una palabra"),
                &format!("\"{written}\" is no word"),
            ));
        }
        let atoms = (0..words.len()).map(|at| {
            let stem = words.stem(self.language, at).to_owned();
            let folded = words.folded(at).to_owned();
            match (exact, prefix) {
                (Some(_), _) => Atom::Exact(folded, stem),
                (None, Some(_)) if at + 1 == words.len() => Atom::Prefix(folded),
                _ => Atom::Stem(stem, folded.chars().count()),
            }
        });
        Ok(atoms.collect())
    }
}
