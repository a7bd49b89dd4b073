//! The text inside a file that wraps one (DOCX, PDF, mail): derived the same way each time, so that it can be made again
//! byte for byte from the original.

use crate::model::{Bilingual, LeftOver, MeetingFacts, Warning};

use super::draft::Draft;
use super::limits;
use super::lines::{self, Line};

/// A text taken out of a file, with what was not taken.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wrapped {
    /// The text, lines ended by line feeds.
    pub text: String,
    /// What the file says of the occasion outside its text.
    pub facts: MeetingFacts,
    /// What is no part of the text, with the line of the text that it stands at.
    pub left_over: Vec<LeftOver>,
    /// What a person should know.
    pub warnings: Vec<Warning>,
    /// Headers and footers that repeat on every page.
    pub repeats_removed: usize,
    lines: usize,
}

impl Wrapped {
    /// Adds a line; control characters go. Says `false` once the text is as long as it may become.
    pub fn line(&mut self, line: &str) -> bool {
        if self.text.len() + line.len() > limits::MAX_TEXT_BYTES {
            return false;
        }
        self.text.extend(line.chars().filter(|c| !c.is_control() || *c == '\t'));
        self.text.push('\n');
        self.lines += 1;
        true
    }

    /// The one-based number of the line that was added last, or 1.
    pub fn last_line(&self) -> usize {
        self.lines.max(1)
    }

    /// Tells what is left out at a line.
    pub fn leave(&mut self, line: usize, text: &str) {
        let text = lines::trim(text);
        if !text.is_empty() {
            self.left_over.push(LeftOver { line, text: lines::excerpt(text, 200) });
        }
    }

    /// Tells a person of something.
    pub fn warn(&mut self, code: &str, es: impl Into<String>, en: impl Into<String>) {
        self.warnings.push(Warning { code: code.to_owned(), line: None, text: Bilingual::new(es, en) });
    }

    /// Adds to what was made of the text what is known of the file; gives the text, the repeats and the warnings.
    pub fn add_to(self, draft: &mut Draft) -> (String, usize, Vec<Warning>) {
        for left in &self.left_over {
            draft.leave(Line { number: left.line, text: &left.text });
        }
        let MeetingFacts { title, date, customer, attendees } = self.facts;
        draft.facts.title = title.or(draft.facts.title.take());
        draft.facts.date = date.or(draft.facts.date.take());
        draft.facts.customer = customer.or(draft.facts.customer.take());
        for name in attendees {
            super::facts::attendee(&mut draft.facts, &name);
        }
        (self.text, self.repeats_removed, self.warnings)
    }
}
