//! Runs the examples that every concept carries.

use crate::model::{Problem, ProblemClass, Span};
use crate::text::words::{StemCache, StemLanguage, Words};

use super::concept::{Concept, Example, Lexicon};
use super::matcher::{Hit, Matcher};

impl Lexicon {
    /// Runs every example of every concept. In a must-hit sentence each pair of brackets is exactly one hit of the
    /// concept and there is no other; a must-miss sentence holds no hit of the concept. A concept with terms of a
    /// language has a must-hit sentence in it.
    pub fn check(&self) -> Vec<Problem> {
        let mut checker = Checker { matcher: Matcher::new(self), cache: StemCache::new(), problems: Vec::new() };
        for (at, concept) in self.concepts.iter().enumerate() {
            checker.concept(at, concept);
        }
        checker.problems
    }
}

struct Checker {
    matcher: Matcher,
    cache: StemCache,
    problems: Vec<Problem>,
}

impl Checker {
    fn concept(&mut self, at: usize, concept: &Concept) {
        let mut covered = Vec::new();
        for example in &concept.hits {
            let Some((text, wanted)) = without_brackets(&example.text) else {
                self.wrong(example, concept, "los corchetes no encierran nada", "the brackets enclose nothing");
                continue;
            };
            let hits = self.hits_of(at, &text);
            covered.extend(hits.iter().filter_map(|hit| concept.term_language(hit.term)));
            let spans: Vec<Span> = hits.iter().map(|hit| hit.span).collect();
            if spans != wanted {
                let (es, en) = describe(concept, &hits, &text);
                self.wrong(example, concept, &es, &en);
            }
        }
        for example in &concept.misses {
            let hits = self.hits_of(at, &example.text);
            if !hits.is_empty() {
                let (es, en) = describe(concept, &hits, &example.text);
                self.wrong(example, concept, &es, &en);
            }
        }
        for (language, es, en) in
            [(StemLanguage::Spanish, "español", "Spanish"), (StemLanguage::English, "inglés", "English")]
        {
            let speaks = concept.terms.iter().any(|term| term.language == language);
            if speaks && !covered.contains(&language) {
                let problem = Problem::new(
                    "lexicon_no_example",
                    ProblemClass::Invalid,
                    format!("El concepto «{}» no tiene ninguna frase de ejemplo en {es} que acierte.", concept.id),
                    format!("The concept \"{}\" has no {en} example that hits.", concept.id),
                );
                self.problems.push(problem.at(concept.place.clone()));
            }
        }
    }

    fn hits_of(&mut self, concept: usize, text: &str) -> Vec<Hit> {
        let words = Words::read(text, &mut self.cache);
        let mut hits = self.matcher.hits(text, &words);
        hits.retain(|hit| hit.concept == concept);
        hits
    }

    fn wrong(&mut self, example: &Example, concept: &Concept, es: &str, en: &str) {
        let problem = Problem::new(
            "lexicon_example_fails",
            ProblemClass::Invalid,
            format!("Un ejemplo de «{}» no se cumple: {es}.", concept.id),
            format!("An example of \"{}\" fails: {en}.", concept.id),
        );
        self.problems.push(problem.at(example.place.clone()));
    }
}

fn describe(concept: &Concept, hits: &[Hit], text: &str) -> (String, String) {
    if hits.is_empty() {
        return ("no se halla nada".to_owned(), "nothing is found".to_owned());
    }
    let list: Vec<String> = hits
        .iter()
        .map(|hit| format!("[{}] ({})", hit.span.slice(text).unwrap_or_default(), concept.term_text(hit.term)))
        .collect();
    (format!("se halla {}", list.join(", ")), format!("this is found: {}", list.join(", ")))
}

/// The sentence without its brackets, and the places that they enclosed.
fn without_brackets(example: &str) -> Option<(String, Vec<Span>)> {
    let mut text = String::with_capacity(example.len());
    let mut spans = Vec::new();
    let mut open = None;
    for c in example.chars() {
        match c {
            '[' => open = Some(text.len()),
            ']' => spans.push(Span::new(open.take()?, text.len())),
            _ => text.push(c),
        }
    }
    (open.is_none() && !spans.is_empty()).then_some((text, spans))
}
