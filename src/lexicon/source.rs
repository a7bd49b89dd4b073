//! Where in a lexicon file: byte ranges become lines and columns.

use std::ops::Range;

use crate::model::{Place, Problem, ProblemClass};

/// The most characters of a line that a message shows.
const EXCERPT_CHARACTERS: usize = 200;

/// A file that is being read.
#[derive(Clone, Copy)]
pub(super) struct SourceFile<'a> {
    pub(super) path: &'a str,
    pub(super) text: &'a str,
}

impl SourceFile<'_> {
    /// The place of this byte range.
    pub(super) fn place(&self, range: Range<usize>) -> Place {
        let start =
            (0..=range.start.min(self.text.len())).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
        let before = &self.text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = self.text[line_start..].lines().next().unwrap_or_default();
        Place {
            file: Some(self.path.to_owned()),
            line: Some(before.matches('\n').count() + 1),
            column: Some(self.text[line_start..start].chars().count() + 1),
            excerpt: Some(line.chars().take(EXCERPT_CHARACTERS).collect()),
        }
    }

    /// A mistake at this byte range.
    pub(super) fn problem(&self, code: &str, range: Range<usize>, es: String, en: String) -> Problem {
        Problem::new(code, ProblemClass::Invalid, es, en).at(self.place(range))
    }
}

/// The known word that was probably meant.
pub(super) fn did_you_mean<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    known
        .iter()
        .map(|one| (strsim::damerau_levenshtein(written, one), *one))
        .filter(|(distance, one)| *distance <= 1 + one.len() / 4)
        .min()
        .map(|(_, one)| one)
}

/// The hint that names what was probably meant, or what there is.
pub(super) fn meant(written: &str, known: &[&str]) -> (String, String) {
    match did_you_mean(written, known) {
        Some(one) => (format!("¿Quiso decir «{one}»?"), format!("Did you mean \"{one}\"?")),
        None => (format!("Los que hay: {}.", known.join(", ")), format!("There are: {}.", known.join(", "))),
    }
}
