//! Which words of the other language say the same.
//!
//! The list holds everyday words of work in both languages; what a team calls its own things, and idioms, come from the
//! lexicon through the concepts that a query names ([`super::Meaning`]).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::terms::{self, Token};

/// `factura = invoice bill`: Spanish words on the left, English ones on the right, each translating each.
const LIST: &str = include_str!("translations.txt");

/// Stems of one language by the stems of the other.
type Stems = HashMap<String, Vec<String>>;

/// The stems that say the same as a word in the other language.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Translations {
    /// English stems, where the word is Spanish.
    pub(super) english: &'static [String],
    /// Spanish stems, where it is English.
    pub(super) spanish: &'static [String],
}

impl Translations {
    /// What a word may be called in the other language.
    pub(super) fn of(token: &Token) -> Self {
        static LISTED: LazyLock<(Stems, Stems)> = LazyLock::new(|| read(LIST));
        let (from_spanish, from_english) = &*LISTED;
        let none: &'static [String] = &[];
        Self {
            english: from_spanish.get(&token.spanish).map_or(none, Vec::as_slice),
            spanish: from_english.get(&token.english).map_or(none, Vec::as_slice),
        }
    }

    /// Does this word of a text translate it?
    pub(super) fn meets(&self, token: &Token) -> bool {
        self.english.contains(&token.english) || self.spanish.contains(&token.spanish)
    }
}

/// The list in both directions.
fn read(list: &str) -> (Stems, Stems) {
    let (mut from_spanish, mut from_english) = (Stems::new(), Stems::new());
    for (spanish, english) in list.lines().filter_map(|line| line.split_once(" = ")) {
        let (spanish, english) = (terms::tokens(spanish), terms::tokens(english));
        for one in &spanish {
            for other in &english {
                add(&mut from_spanish, &one.spanish, &other.english);
                add(&mut from_english, &other.english, &one.spanish);
            }
        }
    }
    (from_spanish, from_english)
}

fn add(stems: &mut Stems, from: &str, to: &str) {
    let known = stems.entry(from.to_owned()).or_default();
    if !known.iter().any(|stem| stem == to) {
        known.push(to.to_owned());
    }
}
