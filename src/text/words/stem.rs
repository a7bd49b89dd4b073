//! Stems: the part that the inflected forms of a word share.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;
use frostem::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

use super::fold::fold;
use super::numbers::is_number_word;

/// The languages that words are stemmed in. Every word is stemmed in both: code-switching is normal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StemLanguage {
    /// Spanish.
    Spanish,
    /// English.
    English,
}

impl StemLanguage {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Spanish, Self::English];
}

/// The folded stem of a word in this language: `pagaremos`, `pagó` and `pago` meet, and so do `pierde` and `perder`,
/// `lost` and `lose`. An accent that is missing in the source does not part two words.
pub fn stem(language: StemLanguage, word: &str) -> String {
    let lower = lower_composed(word);
    match language {
        StemLanguage::Spanish => spanish_stem(&lower),
        StemLanguage::English => english_stem(&lower),
    }
}

/// What is known of one run of letters and digits as it stands in the source: one word, or the parts of a contraction.
#[derive(Clone, Debug)]
pub(super) struct KnownRun {
    /// The words that it holds, in order.
    pub(super) parts: Vec<KnownWord>,
}

/// One word of a run.
#[derive(Clone, Debug)]
pub(super) struct KnownWord {
    /// Where it starts and ends in the run, in bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) folded: Box<str>,
    pub(super) spanish: Box<str>,
    pub(super) english: Box<str>,
    pub(super) is_number: bool,
}

/// Remembers the stems of the words seen. The caller owns it, so that threads share nothing; it forgets everything when
/// it holds [`StemCache::LIMIT`] words, so that it never grows past a few megabytes.
#[derive(Debug, Default)]
pub struct StemCache {
    runs: HashMap<Box<str>, KnownRun, FixedState>,
}

impl StemCache {
    /// The most runs that are kept.
    pub const LIMIT: usize = 16_384;

    /// The longest run, in bytes, that is worth remembering.
    const LONGEST_KEPT: usize = 64;

    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Calls `use_run` with what is known of this run.
    pub(super) fn with_run<R>(&mut self, run: &str, use_run: impl FnOnce(&KnownRun) -> R) -> R {
        if let Some(known) = self.runs.get(run) {
            return use_run(known);
        }
        let known = learn_run(run);
        let result = use_run(&known);
        if run.len() <= Self::LONGEST_KEPT {
            if self.runs.len() >= Self::LIMIT {
                self.runs.clear();
            }
            self.runs.insert(run.into(), known);
        }
        result
    }
}

/// Irregular forms and the word that each belongs to.
struct Irregular {
    lemmas: HashMap<String, String, FixedState>,
}

/// Folded forms that are far more often another word: "sé" is "saber", "se" is not.
const NOT_WITHOUT_ACCENT: &[&str] =
    &["se", "de", "el", "si", "te", "mas", "esta", "este", "estas", "esten", "estes", "hacia", "rio", "rie", "ria"];

static SPANISH: LazyLock<Irregular> = LazyLock::new(|| Irregular::read(include_str!("../irregular_es.txt")));
static ENGLISH: LazyLock<Irregular> = LazyLock::new(|| Irregular::read(include_str!("../irregular_en.txt")));

impl Irregular {
    fn read(lines: &'static str) -> Self {
        let mut lemmas = HashMap::default();
        for line in lines.lines().filter(|line| !line.starts_with('#')) {
            let Some((lemma, forms)) = line.split_once(':') else { continue };
            let stem = fold(lemma);
            for form in forms.split_whitespace().chain([lemma]) {
                let plain = fold(form);
                if plain != form && !NOT_WITHOUT_ACCENT.contains(&plain.as_str()) {
                    lemmas.entry(plain).or_insert_with(|| stem.clone());
                }
                lemmas.insert(form.to_owned(), stem.clone());
            }
        }
        Self { lemmas }
    }

    fn lemma(&self, form: &str) -> Option<&str> {
        self.lemmas.get(form).map(String::as_str)
    }
}

/// Endings of words that are made from other words and mean something of their own: "información" is not "informar".
/// Only their plural goes.
const SPANISH_DERIVED: &[&str] = &[
    "cion", "sion", "xion", "imiento", "amiento", "ador", "edor", "idor", "adora", "edora", "idora", "idad", "edad",
    "ltad", "amente", "lmente", "vamente", "ncia", "ismo", "ista", "able", "ible", "torio", "toria",
];
const ENGLISH_DERIVED: &[&str] = &[
    "tion", "sion", "ment", "ness", "able", "ible", "ity", "ative", "ively", "ator", "ance", "ence", "ancy", "ency",
    "ship", "ism", "ist", "ful", "less", "ical",
];

fn spanish_stem(lower: &str) -> String {
    if let Some(lemma) = SPANISH.lemma(lower).or_else(|| without_pronouns(lower)) {
        return lemma.to_owned();
    }
    let folded = fold(lower);
    if let Some(singular) = derived(&folded, SPANISH_DERIVED, &["es", "s"]) {
        return singular.to_owned();
    }
    let restored = restore_accent(lower);
    let mut stemmed = fold(&Stemmer::new(Algorithm::Spanish).stem(restored.as_deref().unwrap_or(lower)));
    // "perdió" leaves "perd" and an unaccented "perdio" leaves "perdi": long stems drop the vowel so that both meet.
    if stemmed.len() >= 5 && stemmed.ends_with('i') {
        stemmed.pop();
    }
    stemmed
}

fn english_stem(lower: &str) -> String {
    if let Some(lemma) = ENGLISH.lemma(lower) {
        return fold(&Stemmer::new(Algorithm::English).stem(lemma));
    }
    if let Some(base) = derived(lower, ENGLISH_DERIVED, &["s"]) {
        return base.to_owned();
    }
    let is_derived = |one: &String| derived(one, ENGLISH_DERIVED, &[]).is_some();
    let inflected = [("ies", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e")];
    let base = inflected
        .iter()
        .filter_map(|(ending, back)| Some(format!("{}{back}", lower.strip_suffix(ending)?)))
        .find(is_derived);
    base.unwrap_or_else(|| fold(&Stemmer::new(Algorithm::English).stem(lower)))
}

/// The singular of a word with one of these endings.
fn derived<'a>(word: &'a str, endings: &[&str], plurals: &[&str]) -> Option<&'a str> {
    let ends = |one: &str| one.len() > 6 && endings.iter().any(|ending| one.ends_with(ending));
    let singular = plurals.iter().filter_map(|plural| word.strip_suffix(plural)).find(|one| ends(one));
    singular.or_else(|| ends(word).then_some(word))
}

/// The verb of an infinitive, gerund or command with pronouns at its end: "decirlo", "haciéndoselo", "dígale".
fn without_pronouns(lower: &str) -> Option<&'static str> {
    const PRONOUNS: &[&str] = &["lo", "la", "los", "las", "le", "les", "me", "te", "se", "nos"];
    let folded = fold(lower);
    let mut rest = folded.as_str();
    for _ in 0..2 {
        rest = PRONOUNS.iter().find_map(|pronoun| rest.strip_suffix(pronoun))?;
        // An accent moves in when a pronoun joins a command: "dígale".
        let holds_pronoun = rest.ends_with('r') || rest.ends_with("ndo") || !lower.is_ascii();
        if let Some(lemma) = SPANISH.lemma(rest).filter(|_| holds_pronoun && rest.len() > 3) {
            return Some(lemma);
        }
    }
    None
}

/// Puts back the accent that hurried writing leaves out and that the stemmer looks for: operacion, pagaria, pagabamos.
fn restore_accent(word: &str) -> Option<String> {
    const ENDINGS: &[(&str, &str)] = &[
        ("cion", "ción"),
        ("sion", "sión"),
        ("xion", "xión"),
        ("ariamos", "aríamos"),
        ("eriamos", "eríamos"),
        ("iriamos", "iríamos"),
        ("abamos", "ábamos"),
        ("aramos", "áramos"),
        ("ieramos", "iéramos"),
        ("arias", "arías"),
        ("erias", "erías"),
        ("irias", "irías"),
        ("arian", "arían"),
        ("erian", "erían"),
        ("irian", "irían"),
        ("aria", "aría"),
        ("eria", "ería"),
        ("iria", "iría"),
    ];
    if !word.is_ascii() || word.len() < 6 {
        return None;
    }
    let (plain, accented) = ENDINGS.iter().find(|(plain, _)| word.ends_with(plain))?;
    Some(format!("{}{accented}", &word[..word.len() - plain.len()]))
}

fn lower_composed(word: &str) -> String {
    if word.is_ascii() { word.to_ascii_lowercase() } else { word.nfc().flat_map(char::to_lowercase).collect() }
}

/// English words that hold a second word: the written form, the bytes of its first word, and both words.
const JOINED: &[(&str, usize, &str, &str)] = &[
    ("cannot", 3, "can", "not"),
    ("cant", 3, "can", "not"),
    ("wont", 2, "will", "not"),
    ("dont", 2, "do", "not"),
    ("doesnt", 4, "does", "not"),
    ("didnt", 3, "did", "not"),
    ("isnt", 2, "is", "not"),
    ("wasnt", 3, "was", "not"),
    ("arent", 3, "are", "not"),
    ("werent", 4, "were", "not"),
    ("couldnt", 5, "could", "not"),
    ("wouldnt", 5, "would", "not"),
    ("shouldnt", 6, "should", "not"),
    ("havent", 4, "have", "not"),
    ("hasnt", 3, "has", "not"),
    ("hadnt", 3, "had", "not"),
    ("gonna", 3, "going", "to"),
    ("wanna", 3, "want", "to"),
    ("gotta", 3, "got", "to"),
    ("ive", 1, "i", "have"),
    ("youre", 3, "you", "are"),
    ("thats", 4, "that", "is"),
    ("theres", 5, "there", "is"),
];

/// Words whose `'s` is the verb and not a possessor.
const SUBJECTS: &[&str] =
    &["it", "that", "he", "she", "there", "what", "who", "where", "here", "how", "this", "everything"];

fn learn_run(run: &str) -> KnownRun {
    let lower = lower_composed(run).replace(['\u{2019}', '\u{2018}', '\u{2bc}'], "'");
    let folded = fold(&lower);
    let joined = JOINED.iter().find(|(form, ..)| *form == folded && run.len() == form.len());
    let parts = match joined {
        Some((_, at, first, second)) => vec![learn_word(first, 0, *at), learn_word(second, *at, run.len())],
        None => learn_contraction(run, &lower),
    };
    KnownRun { parts }
}

/// Takes "don't", "I'd", "it's" apart. What is no English contraction stays one word.
fn learn_contraction(run: &str, lower: &str) -> Vec<KnownWord> {
    let apostrophe = run.char_indices().rfind(|(_, c)| matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{2bc}'));
    let (Some((at, _)), Some((head, tail))) = (apostrophe, lower.rsplit_once('\'')) else {
        return vec![learn_word(lower, 0, run.len())];
    };
    if tail == "t" && head.ends_with('n') {
        let at = at - 1;
        let (at, first) = match head {
            "can" => (at, "can"),
            "won" => (at, "will"),
            "ain" => (at, "is"),
            _ => (at, &head[..head.len() - 1]),
        };
        return vec![learn_word(first, 0, at), learn_word("not", at, run.len())];
    }
    let second = match tail {
        "d" => "would",
        "ll" => "will",
        "ve" => "have",
        "re" => "are",
        "m" => "am",
        "s" if head == "let" => "us",
        "s" if SUBJECTS.contains(&head) => "is",
        "s" => "'s",
        _ => return vec![learn_word(lower, 0, run.len())],
    };
    vec![learn_word(head, 0, at), learn_word(second, at, run.len())]
}

fn learn_word(lower: &str, start: usize, end: usize) -> KnownWord {
    let folded = fold(lower);
    let starts_with_digit = folded.starts_with(|c: char| c.is_ascii_digit());
    if starts_with_digit {
        let shown: Box<str> = folded.into();
        return KnownWord {
            start,
            end,
            folded: shown.clone(),
            spanish: shown.clone(),
            english: shown,
            is_number: true,
        };
    }
    KnownWord {
        start,
        end,
        spanish: spanish_stem(lower).into(),
        english: english_stem(lower).into(),
        is_number: is_number_word(&folded),
        folded: folded.into(),
    }
}
