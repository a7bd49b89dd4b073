//! What was wrong with a query, and how it was read nevertheless.

use crate::model::{Place, Problem, ProblemClass, Span};

/// How much of the query a note shows, in characters.
const EXCERPT_CHARS: usize = 80;

/// How much of it stands before the mistake, in characters.
const LEAD_CHARS: usize = 30;

/// Collects the mistakes of one query.
pub(super) struct Notes<'q> {
    query: &'q str,
    list: Vec<(Span, Problem)>,
}

/// A mistake in both languages: what was found and what to do.
pub(super) struct Said {
    /// What was found, in Spanish.
    pub(super) es: String,
    /// What was found, in English.
    pub(super) en: String,
    /// What to do, in Spanish.
    pub(super) hint_es: String,
    /// What to do, in English.
    pub(super) hint_en: String,
}

impl Said {
    /// From the four wordings.
    pub(super) fn new(
        es: impl Into<String>,
        en: impl Into<String>,
        hint_es: impl Into<String>,
        hint_en: impl Into<String>,
    ) -> Self {
        Self { es: es.into(), en: en.into(), hint_es: hint_es.into(), hint_en: hint_en.into() }
    }
}

impl<'q> Notes<'q> {
    /// No mistakes yet.
    pub(super) fn new(query: &'q str) -> Self {
        Self { query, list: Vec::new() }
    }

    /// Adds one, at its place.
    pub(super) fn add(&mut self, code: &str, span: Span, said: Said) {
        let problem = Problem::new(code, ProblemClass::Invalid, said.es, said.en).hint(said.hint_es, said.hint_en);
        self.list.push((span, problem.at(self.place(span))));
    }

    /// All of them, in the order of the text.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        self.list.sort_by_key(|(span, _)| *span);
        self.list.into_iter().map(|(_, problem)| problem).collect()
    }

    /// The query around the span with carets under it.
    pub(super) fn place(&self, span: Span) -> Place {
        let before = self.query.get(..span.start).map_or(0, |text| text.chars().count());
        let marked = span.slice(self.query).map_or(1, |text| text.chars().count()).max(1);
        let from = before.saturating_sub(LEAD_CHARS);
        let shown = self.query.chars().skip(from).take(EXCERPT_CHARS);
        let line: String = shown.map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c }).collect();
        let carets = "^".repeat(marked.min(EXCERPT_CHARS - (before - from)));
        let excerpt = format!("{line}\n{}{carets}", " ".repeat(before - from));
        Place { file: None, line: Some(1), column: Some(before + 1), excerpt: Some(excerpt) }
    }
}
