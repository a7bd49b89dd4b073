//! A transcript in the making, with what could not be used.

use std::collections::HashMap;

use crate::model::{Bilingual, LeftOver, MeetingFacts, Speaker, TableColumns, Turn, Warning};

use super::badges;
use super::facts;
use super::lines::{self, Line};

/// The most warnings that an import lists one by one.
const MAX_WARNINGS: usize = 200;
/// The most left-over lines that an import lists one by one.
pub const MAX_LEFT_OVER: usize = 500;

/// What a parser makes of a text.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The text that the spans refer to, where it is not the file's own.
    pub text: Option<String>,
    /// The labels of who speaks, in the order of their first turn.
    pub speakers: Vec<Speaker>,
    /// The turns so far.
    pub turns: Vec<Turn>,
    /// What the file says of the occasion.
    pub facts: MeetingFacts,
    /// Lines that became no part of a turn: the first 500.
    pub left_over: Vec<LeftOver>,
    /// How many lines became no part of a turn.
    pub left_over_total: usize,
    /// What a person should know.
    pub warnings: Vec<Warning>,
    /// Caption repeats that were collapsed.
    pub repeats_removed: usize,
    /// The last time of the file, where it stands inside a turn.
    pub last_ms: Option<u64>,
    /// How the columns of a table were read.
    pub columns: Option<TableColumns>,
    warnings_unlisted: usize,
    speaker_by_label: HashMap<String, usize>,
}

impl Draft {
    /// The index of the speaker with this label, new or known. Labels are the same when they differ only in white space,
    /// invisible marks and the badges of a meeting tool; what a badge says is kept in the list of who was there.
    pub fn speaker(&mut self, label: &str) -> usize {
        if let Some(index) = self.speaker_by_label.get(label) {
            return *index;
        }
        let (clean, badge) = badges::cleaned(label);
        if let Some(badge) = badge {
            facts::attendee(&mut self.facts, &format!("{clean} ({badge})"));
        }
        let index = match self.speaker_by_label.get(&clean) {
            Some(index) => *index,
            None => {
                self.speakers.push(Speaker { label: clean.clone(), ..Speaker::default() });
                self.speakers.len() - 1
            }
        };
        self.speaker_by_label.insert(clean, index);
        self.speaker_by_label.insert(label.to_owned(), index);
        index
    }

    /// Lists a line that became no part of a turn.
    pub fn leave(&mut self, line: Line<'_>) {
        let text = lines::trim(line.text);
        if text.is_empty() {
            return;
        }
        self.left_over_total += 1;
        // The lines come nearly in order; those that are held back for a moment come within the slack.
        if self.left_over.len() < 2 * MAX_LEFT_OVER {
            self.left_over.push(LeftOver { line: line.number, text: lines::excerpt(text, 200) });
        }
    }

    /// Tells a person of something at a line; only counts after the first 200.
    pub fn warn(&mut self, code: &str, line: usize, es: impl Into<String>, en: impl Into<String>) {
        if self.warnings.len() >= MAX_WARNINGS {
            self.warnings_unlisted += 1;
            return;
        }
        self.warnings.push(Warning { code: code.to_owned(), line: Some(line), text: Bilingual::new(es, en) });
    }

    /// The draft with its lists in order: the uncounted warnings told, speakers that say nothing gone, the others in
    /// the order of their first turn.
    pub fn finished(mut self) -> Self {
        if self.warnings_unlisted > 0 {
            let more = self.warnings_unlisted;
            self.warnings.push(Warning {
                code: "more_warnings".to_owned(),
                line: None,
                text: Bilingual::new(format!("Y {more} avisos más."), format!("And {more} more warnings.")),
            });
        }
        self.left_over.sort_by_key(|left| left.line);
        self.left_over.truncate(MAX_LEFT_OVER);
        if self.left_over_total > MAX_LEFT_OVER {
            let (total, more) = (self.left_over_total, self.left_over_total - MAX_LEFT_OVER);
            self.warnings.push(Warning {
                code: "more_left_over".to_owned(),
                line: None,
                text: Bilingual::new(
                    format!("Quedaron fuera {total} líneas; se listan las primeras {MAX_LEFT_OVER} y faltan {more}."),
                    format!("{total} lines were left over; the first {MAX_LEFT_OVER} are listed and {more} are not."),
                ),
            });
        }
        self.drop_silent_speakers();
        self
    }

    fn drop_silent_speakers(&mut self) {
        let mut order = Vec::new();
        let mut place = vec![None; self.speakers.len()];
        for turn in &mut self.turns {
            let Some(old) = turn.speaker else { continue };
            let new = *place[old].get_or_insert_with(|| {
                order.push(old);
                order.len() - 1
            });
            turn.speaker = Some(new);
        }
        self.speakers = order.iter().map(|old| self.speakers[*old].clone()).collect();
    }
}
