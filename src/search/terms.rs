//! What the index knows a word by.

use std::cell::RefCell;
use std::collections::HashSet;
use std::sync::LazyLock;

use crate::model::Span;
use crate::text::words::{StemCache, StemLanguage, Words};

/// Words that carry grammar rather than meaning, in both languages, folded. Beside others they neither find
/// nor order anything.
const STOP_WORDS: &str = include_str!("stop_words.txt");

/// Words with which people ask for what was said, in Spanish and in one form each.
const SPANISH_ASKING_WORDS: &str = include_str!("asking_words_es.txt");

/// The same in English.
const ENGLISH_ASKING_WORDS: &str = include_str!("asking_words_en.txt");

/// One word of a text in the three forms that the index holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Where it lies in the text.
    pub(super) span: Span,
    /// As written but for case and accents.
    pub(super) exact: String,
    /// Its Spanish stem.
    pub(super) spanish: String,
    /// Its English stem.
    pub(super) english: String,
}

impl Token {
    /// Do the two share a stem in either language?
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.spanish == other.spanish || self.english == other.english
    }

    /// Is it, in whatever form, one of the words with which people ask for what was said?
    pub(super) fn is_asking(&self) -> bool {
        static SPANISH: LazyLock<HashSet<String>> =
            LazyLock::new(|| tokens(SPANISH_ASKING_WORDS).into_iter().map(|word| word.spanish).collect());
        static ENGLISH: LazyLock<HashSet<String>> =
            LazyLock::new(|| tokens(ENGLISH_ASKING_WORDS).into_iter().map(|word| word.english).collect());
        SPANISH.contains(&self.spanish) || ENGLISH.contains(&self.english)
    }

    /// Does it carry grammar rather than meaning?
    pub(super) fn is_stop(&self) -> bool {
        is_stop(&self.exact)
    }
}

/// The words of a text, one by one.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    read(text, |words| {
        let token = |(index, word): (usize, &crate::text::words::Word)| Token {
            span: word.span,
            exact: words.folded(index).to_owned(),
            spanish: words.stem(StemLanguage::Spanish, index).to_owned(),
            english: words.stem(StemLanguage::English, index).to_owned(),
        };
        words.iter().enumerate().map(token).collect()
    })
}

/// Calls `use_words` with the words of a text.
pub(super) fn read<R>(text: &str, use_words: impl FnOnce(&Words) -> R) -> R {
    thread_local! {
        static READER: RefCell<(StemCache, Words)> = RefCell::default();
    }
    READER.with_borrow_mut(|(cache, words)| {
        words.reread(text, cache);
        use_words(words)
    })
}

/// Does this folded word carry grammar rather than meaning?
pub(super) fn is_stop(exact: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| STOP_WORDS.split_whitespace().collect());
    WORDS.contains(exact)
}
