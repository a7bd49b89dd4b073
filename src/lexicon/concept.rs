//! What a lexicon holds.

use crate::model::{Bilingual, Kind, Place};
use crate::text::words::StemLanguage;

use super::term::TermShape;

/// All concepts, at one version.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    pub(super) concepts: Vec<Concept>,
    pub(super) version: String,
}

impl Lexicon {
    /// Every concept, in the order of its id.
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// The concept of this id.
    pub fn concept(&self, id: &str) -> Option<&Concept> {
        self.concepts.binary_search_by(|one| one.id.as_str().cmp(id)).ok().map(|at| &self.concepts[at])
    }

    /// Sixteen hexadecimal digits that change when anything that matters in any file changes.
    pub fn version(&self) -> &str {
        &self.version
    }
}

/// One idea with its kind and its words in both languages.
#[derive(Clone, Debug)]
pub struct Concept {
    /// Its id, which is also its file's name: `manual-copying`.
    pub id: String,
    /// The kind that it speaks for.
    pub kind: Kind,
    /// The cue family that it belongs to: `B1`.
    pub family: String,
    /// What a hit adds to the log-odds.
    pub weight: f32,
    /// Does its label name a topic ("waiting and delay")? A way of speaking ("a need in the first person") does not: the
    /// map's statement is then drafted from the words themselves, and any topic that fits as well goes before it.
    pub topic: bool,
    /// Its name for people.
    pub label: Bilingual,
    /// What it means, in a sentence.
    pub definition: Bilingual,
    /// Its terms: the Spanish ones, then the English ones.
    pub terms: Vec<Term>,
    /// Its patterns: the Spanish ones, then the English ones.
    pub patterns: Vec<Pattern>,
    /// What must be found.
    pub hits: Vec<Example>,
    /// What must not be found.
    pub misses: Vec<Example>,
    /// Where it was defined.
    pub place: Place,
}

impl Concept {
    /// The term or pattern of this ordinal, as the lexicon writes it; patterns follow the terms.
    pub fn term_text(&self, ordinal: usize) -> &str {
        match self.terms.get(ordinal) {
            Some(term) => &term.text,
            None => self.patterns.get(ordinal - self.terms.len()).map_or("", |pattern| &pattern.text),
        }
    }

    /// The language of the term or pattern of this ordinal.
    pub fn term_language(&self, ordinal: usize) -> Option<StemLanguage> {
        match self.terms.get(ordinal) {
            Some(term) => Some(term.language),
            None => self.patterns.get(ordinal.checked_sub(self.terms.len())?).map(|pattern| pattern.language),
        }
    }
}

/// One way of saying it.
#[derive(Clone, Debug)]
pub struct Term {
    /// As written.
    pub text: String,
    /// Whose stems it is compared with.
    pub language: StemLanguage,
    /// Taken apart.
    pub(super) shape: TermShape,
}

/// A regular expression over the folded text.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// As written.
    pub text: String,
    /// The language that it is written for.
    pub language: StemLanguage,
}

/// A sentence that a concept's file carries as its own test.
#[derive(Clone, Debug)]
pub struct Example {
    /// The sentence; in a must-hit sentence brackets stand around each hit.
    pub text: String,
    /// Why it must not be found.
    pub why: Option<String>,
    /// Where it stands.
    pub place: Place,
}
