//! A transcript in the making, with what could not be used.

use std::collections::HashMap;

use crate::model::{Bilingual, LeftOver, MeetingFacts, Speaker, TableColumns, Turn, Warning};

use super::lines::{self, Line};

/// The most warnings that an import lists one by one.
const MAX_WARNINGS: usize = 200;

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
    /// Lines that became no part of a turn.
    pub left_over: Vec<LeftOver>,
    /// What a person should know.
    pub warnings: Vec<Warning>,
    /// Caption repeats that were collapsed.
    pub repeats_removed: usize,
    /// How the columns of a table were read.
    pub columns: Option<TableColumns>,
    warnings_unlisted: usize,
    speaker_by_label: HashMap<String, usize>,
}

impl Draft {
    /// The index of the speaker with this label, new or known. Labels are the same when they differ only in white space.
    pub fn speaker(&mut self, label: &str) -> usize {
        if let Some(index) = self.speaker_by_label.get(label) {
            return *index;
        }
        let clean = label.split(lines::is_blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
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
        if !text.is_empty() {
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
