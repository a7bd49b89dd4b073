//! The lists of `lists.txt`: ways of saying that share a sense, in both languages, found in one pass over an utterance.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

use crate::model::Bilingual;
use crate::text::words::{StemLanguage, Words, fold, stem};

/// Every list, in the order of the file.
pub(super) static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::read(include_str!("lists.txt")));

/// A list: its name in the weights, and what people read where it was met.
#[derive(Debug)]
pub(super) struct List {
    pub(super) name: &'static str,
    pub(super) text: Bilingual,
    /// Folded beginnings of words; only looked for where somebody asks for them.
    starts: Vec<String>,
}

/// All lists, with what finds them.
#[derive(Debug)]
pub(super) struct Lists {
    lists: Vec<List>,
    /// By the folded first word: exact forms.
    exact: Phrases,
    /// By the Spanish and by the English stem of the first word: any form.
    stemmed: [Phrases; 2],
}

/// What a phrase goes on with, and the list that it belongs to.
type Phrases = HashMap<String, Vec<(Vec<String>, usize)>, FixedState>;

impl Lists {
    /// Reads `[name] es | en` and below it lines of `=: exact, forms`, `es: any, form`, `en: any, form`, `^: begin, nings`.
    fn read(text: &'static str) -> Self {
        let mut all =
            Self { lists: Vec::new(), exact: Phrases::default(), stemmed: [Phrases::default(), Phrases::default()] };
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some((name, label)) = line.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
                let (es, en) = label.split_once(" | ").unwrap_or((label, label));
                all.lists.push(List { name, text: Bilingual::new(es, en), starts: Vec::new() });
                continue;
            }
            let (Some((sort, entries)), Some(at)) = (line.split_once(": "), all.lists.len().checked_sub(1)) else {
                continue;
            };
            for entry in entries.split(", ") {
                all.add(sort, entry, at);
            }
        }
        all
    }

    fn add(&mut self, sort: &str, entry: &str, list: usize) {
        let language = match sort {
            "es" => Some((0, StemLanguage::Spanish)),
            "en" => Some((1, StemLanguage::English)),
            _ => None,
        };
        if sort == "^" {
            self.lists[list].starts.push(fold(entry));
            return;
        }
        let mut words = entry.split(' ').map(|word| language.map_or_else(|| fold(word), |(_, one)| stem(one, word)));
        let Some(first) = words.next() else { return };
        let rest = words.collect();
        let phrases = language.map_or(&mut self.exact, |(at, _)| &mut self.stemmed[at]);
        phrases.entry(first).or_default().push((rest, list));
    }

    /// Every list.
    pub(super) fn all(&self) -> &[List] {
        &self.lists
    }

    /// The ordinal of the list of this name.
    pub(super) fn named(&self, name: &str) -> Option<usize> {
        self.lists.iter().position(|list| list.name == name)
    }

    /// The lists that these words meet, as bits by their ordinals.
    pub(super) fn met(&self, words: &Words) -> u64 {
        let mut met = 0;
        for at in 0..words.len() {
            met |= meets(&self.exact, at, |word| words.folded(word), words.len());
            for (phrases, language) in self.stemmed.iter().zip(StemLanguage::ALL) {
                met |= meets(phrases, at, |word| words.stem(language, word), words.len());
            }
        }
        met
    }

    /// Does one of the first `count` words begin as the list of this ordinal says?
    pub(super) fn begins(&self, list: usize, words: &Words, count: usize) -> bool {
        let starts = &self.lists[list].starts;
        (0..words.len().min(count)).any(|at| starts.iter().any(|start| words.folded(at).starts_with(start.as_str())))
    }
}

fn meets<'a>(phrases: &Phrases, at: usize, word: impl Fn(usize) -> &'a str, count: usize) -> u64 {
    let Some(known) = phrases.get(word(at)) else { return 0 };
    let fits = |rest: &[String]| rest.iter().enumerate().all(|(n, one)| at + 1 + n < count && word(at + 1 + n) == one);
    known.iter().filter(|(rest, _)| fits(rest)).fold(0, |met, (_, list)| met | 1 << list)
}
