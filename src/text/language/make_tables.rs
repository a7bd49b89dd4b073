//! Makes `tables.bin` from three lists of words with their counts (lines of `word count`, commonest first) and
//! `brazilian.txt`, our own estimate of what the list of European Portuguese lacks.
//!
//! `cargo run --release --example language_tables -- es.txt en.txt pt.txt src/text/language/tables.bin`
//!
//! Same lists, same bytes. Words: the gap of ln(0.95 · word probability + 0.05 · spelling probability) behind the
//! likeliest language; for a word that is not common, its spelling to a power comes on top. Spelling: a model of four
//! letters with Witten-Bell smoothing, each word counted by the square root of its count. Film subtitles hold stray
//! lines of other languages, so a hundredth of what a word has in another language is taken off first. A run of letters
//! that the shorter run implies, and a word that its spelling implies, are left out. Portuguese is half European: a
//! Brazilian word counts half of what is estimated for it, and a word of the list whose older European spelling is
//! commoner, half of that.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::path::Path;

use tables::{BUCKETS, CLIP_NATS, Evidence, GAP_BITS, KEPT, LANGUAGES, LARGEST_GAP, Tables, WORD_END, Window};

#[expect(dead_code, reason = "the program reads less of its tables than the room does")]
#[path = "tables.rs"]
mod tables;

/// The share of another language's words that a list holds by mistake.
const STRAY_SHARE: f64 = 0.01;
/// How much of Portuguese is Brazilian.
const BRAZILIAN_SHARE: f64 = 0.5;
/// How much of the probability of a word comes from its spelling.
const SPELLING_SHARE: f64 = 0.05;
/// The power to which the spelling of a word that is not common counts once more.
const SPELLING_SAY: f64 = 0.35;
/// A spelling that no list has, so that a tail like `'s` is weighed by its counts alone.
const NO_SPELLING: f64 = 1e-11;
/// What one kind of letter seen counts for those never seen, in the unit of the square roots.
const UNSEEN_WEIGHT: f64 = 4.0;
/// What the English list leaves of a contraction with not, where that is no word itself.
const CUT_CONTRACTIONS: [&str; 16] = [
    "don", "didn", "doesn", "isn", "wasn", "wouldn", "couldn", "aren", "ain", "shouldn", "weren", "hasn", "hadn",
    "mustn", "needn", "mightn",
];
/// A letter that no list has.
const UNKNOWN_LETTER: f64 = 1.0 / 40.0;
/// The largest gap of a run of letters, in nats.
const LETTERS_NATS: f64 = CLIP_NATS * tables::LETTERS_STEP as f64;
/// Entries closer than this many steps to what the shorter table implies are left out.
const WORD_TOLERANCE: u8 = 4;
const LETTERS_TOLERANCE: u8 = 1;
/// So many of the commonest words of each language are always kept.
const ALWAYS_KEPT: usize = 3_000;
/// So many of the commonest words of each language carry the flag of a common word.
const COMMON: usize = 1_500;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [spanish, english, portuguese, output] = arguments.as_slice() else {
        return Err("four paths: the Spanish, English and Portuguese list, and the file to write".into());
    };
    let english = with_contractions(read(english.as_ref())?);
    let portuguese = with_brazilian(read(portuguese.as_ref())?, include_str!("brazilian.txt"))?;
    let lists = [read(spanish.as_ref())?, english, portuguese];
    let lists = without_strays(&lists);
    let [spanish, english, portuguese] = lists.each_ref().map(|list| list.iter().filter(|(word, _)| is_spelt(word)));
    // An accent in an English word shows that it is borrowed: its spelling is not English.
    let english = english.filter(|(word, _)| word.is_ascii());
    let models = [Spelling::learn(spanish), Spelling::learn(english), Spelling::learn(portuguese)];
    let letters = letters_table(&models);
    let empty = table(Vec::new());
    let spelling_only = [empty.as_slice(), letters.as_slice()].concat();
    let spelling = Tables::new(&spelling_only).ok_or("the letter table is broken")?;
    let bytes = [words_table(&lists, &models, &spelling), letters].concat();
    Tables::new(&bytes).ok_or("the tables are broken")?;
    std::fs::write(output, &bytes)?;
    println!("{} bytes", bytes.len());
    Ok(())
}

/// The words of a language with their probability, commonest first.
type List = Vec<(String, f64)>;

fn read(path: &Path) -> Result<List, Box<dyn Error>> {
    let text = std::fs::read_to_string(path)?;
    let mut list: List = Vec::new();
    for line in text.lines() {
        let (word, count) = line.rsplit_once(' ').ok_or_else(|| format!("not a word and a count: {line}"))?;
        list.push((word.to_owned(), count.parse()?));
    }
    let total: f64 = list.iter().map(|(_, count)| count).sum();
    list.iter_mut().for_each(|(_, count)| *count /= total);
    Ok(list)
}

/// The list counts `don` and `'t` for don't; a `don` without a tail is not English.
fn with_contractions(list: List) -> List {
    let joined = |word: String| if CUT_CONTRACTIONS.contains(&word.as_str()) { word + "'t" } else { word };
    list.into_iter().map(|(word, probability)| (joined(word), probability)).collect()
}

/// Half of Portuguese is Brazilian, in words (a word and how often it comes in a million) and in spelling.
fn with_brazilian(list: List, estimates: &str) -> Result<List, Box<dyn Error>> {
    let mut known: HashMap<String, f64> = list.into_iter().collect();
    let older: Vec<(String, f64)> =
        known.iter().filter_map(|(word, probability)| Some((reformed(word)?, *probability))).collect();
    for (word, probability) in older {
        known.entry(word).and_modify(|own| *own = own.max(probability * BRAZILIAN_SHARE));
    }
    for line in estimates.lines() {
        let (word, in_a_million) = line.rsplit_once(' ').ok_or_else(|| format!("not a word and a number: {line}"))?;
        let estimate = in_a_million.parse::<f64>()? * 1e-6 * BRAZILIAN_SHARE;
        known.entry(word.to_owned()).and_modify(|own| *own = own.max(estimate)).or_insert(estimate);
    }
    let mut list: List = known.into_iter().collect();
    list.sort_by(|(one, probability), (other, less)| less.total_cmp(probability).then_with(|| one.cmp(other)));
    Ok(list)
}

/// How Brazil spells a word of Portugal, where that differs: without a silent c or p, and with a closed o or e.
fn reformed(word: &str) -> Option<String> {
    let mut spelt = word.to_owned();
    for (older, newer) in [("acç", "aç"), ("ecç", "eç"), ("epç", "eç"), ("act", "at"), ("ect", "et"), ("ópt", "ót")]
    {
        spelt = spelt.replace(older, newer);
    }
    for (open, closed) in [('ó', "ô"), ('é', "ê")] {
        for nasal in ['m', 'n'] {
            spelt = spelt.replace(&format!("{open}{nasal}"), &format!("{closed}{nasal}"));
        }
    }
    if let Some(stem) = spelt.strip_suffix('é') {
        spelt = format!("{stem}ê");
    }
    (spelt != word).then_some(spelt)
}

fn without_strays(lists: &[List; LANGUAGES]) -> [List; LANGUAGES] {
    let known = lists.each_ref().map(|list| list.iter().cloned().collect::<HashMap<String, f64>>());
    let mut cleaned: [List; LANGUAGES] = Default::default();
    for (language, clean) in cleaned.iter_mut().enumerate() {
        for (word, probability) in &lists[language] {
            let others = (0..LANGUAGES).filter(|other| *other != language);
            let elsewhere: f64 = others.map(|other| known[other].get(word).copied().unwrap_or(0.0)).sum();
            let left = probability - STRAY_SHARE * elsewhere;
            if left > 0.0 {
                clean.push((word.clone(), left));
            }
        }
        clean.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    }
    cleaned
}

/// How probable a letter is behind up to three others, learnt from one language's words.
struct Spelling {
    /// By the letters with those before them: `orders[n]` for n letters before.
    orders: [HashMap<u64, f64>; 4],
    /// By the letters before: how often, and how many different letters follow.
    before: [HashMap<u64, (f64, f64)>; 4],
}

impl Spelling {
    fn learn<'a>(words: impl Iterator<Item = &'a (String, f64)>) -> Self {
        let mut model = Self { orders: Default::default(), before: Default::default() };
        for (word, probability) in words {
            let count = (probability * 1e9).sqrt();
            let mut window = Window::default();
            for letter in word.chars().chain([WORD_END]) {
                let letters = window.push(letter);
                for order in 0..4 {
                    model.count(order, letters, count);
                }
            }
        }
        model
    }

    fn count(&mut self, order: usize, letters: u64, count: f64) {
        let letters = last(letters, order + 1);
        let seen = self.orders[order].entry(letters).or_insert(0.0);
        let (total, kinds) = self.before[order].entry(letters >> 16).or_insert((0.0, 0.0));
        if *seen == 0.0 {
            *kinds += 1.0;
        }
        *seen += count;
        *total += count;
    }

    /// The probability of the last letter of `letters` behind the `order` letters before it.
    fn probability(&self, letters: u64, order: usize) -> f64 {
        let shorter = || order.checked_sub(1).map_or(UNKNOWN_LETTER, |order| self.probability(letters, order));
        let letters_kept = last(letters, order + 1);
        let Some((total, kinds)) = self.before[order].get(&(letters_kept >> 16)) else { return shorter() };
        let seen = self.orders[order].get(&letters_kept).copied().unwrap_or(0.0);
        let unseen = kinds * UNSEEN_WEIGHT;
        (seen + unseen * shorter()) / (total + unseen)
    }

    fn word(&self, word: &str) -> f64 {
        let mut window = Window::default();
        word.chars().chain([WORD_END]).map(|letter| self.probability(window.push(letter), 3)).product()
    }
}

fn is_spelt(word: &str) -> bool {
    word.chars().all(char::is_alphabetic)
}

fn last(letters: u64, count: usize) -> u64 {
    if count >= 4 { letters } else { letters & ((1 << (16 * count)) - 1) }
}

fn gaps(logarithms: [f64; LANGUAGES], largest_nats: f64) -> [u8; LANGUAGES] {
    let best = logarithms.into_iter().fold(f64::NEG_INFINITY, f64::max);
    logarithms
        .map(|one| ((best - one) / largest_nats * f64::from(LARGEST_GAP)).round().min(f64::from(LARGEST_GAP)) as u8)
}

fn close(one: [u8; LANGUAGES], other: [u8; LANGUAGES], tolerance: u8) -> bool {
    one.iter().zip(other).all(|(one, other)| one.abs_diff(other) <= tolerance)
        && one.iter().zip(other).any(|(one, other)| *one == 0 && other == 0)
}

fn letters_table(models: &[Spelling; LANGUAGES]) -> Vec<u8> {
    let mut kept: BTreeMap<u64, [u8; LANGUAGES]> = BTreeMap::new();
    for order in 1..4 {
        let mut all: Vec<u64> = models.iter().flat_map(|model| model.orders[order].keys().copied()).collect();
        all.sort_unstable();
        all.dedup();
        let before = kept.len();
        for letters in all {
            let own = gaps(models.each_ref().map(|model| model.probability(letters, order).ln()), LETTERS_NATS);
            let shorter = KEPT.into_iter().find_map(|mask| kept.get(&(letters & mask)));
            let implied = shorter.copied().unwrap_or_default();
            if !close(own, implied, LETTERS_TOLERANCE) {
                kept.insert(letters, own);
            }
        }
        println!("runs of {} letters: {}", order + 1, kept.len() - before);
    }
    let evidence = |gaps| Evidence { gaps, common: false };
    table(kept.into_iter().map(|(letters, gaps)| (tables::letters_key(letters), evidence(gaps))).collect())
}

fn words_table(lists: &[List; LANGUAGES], models: &[Spelling; LANGUAGES], spelling: &Tables<'_>) -> Vec<u8> {
    let mut all: HashMap<&str, ([f64; LANGUAGES], usize)> = HashMap::new();
    for (language, list) in lists.iter().enumerate() {
        for (rank, (word, probability)) in list.iter().enumerate() {
            let (probabilities, best_rank) = all.entry(word).or_insert(([0.0; LANGUAGES], rank));
            probabilities[language] = *probability;
            *best_rank = rank.min(*best_rank);
        }
    }
    let mut ordered: Vec<_> = all.into_iter().collect();
    ordered.sort_by_key(|(word, (_, rank))| (*rank, *word));
    let mut entries = Vec::new();
    for (word, (probabilities, rank)) in ordered {
        let apostrophe = word.contains('\'');
        let listed = word.starts_with('\'') || CUT_CONTRACTIONS.iter().any(|cut| word.strip_suffix("'t") == Some(cut));
        if !listed && !is_spelt(word) {
            continue;
        }
        let spelt = models.each_ref().map(|model| if apostrophe { NO_SPELLING } else { model.word(word) });
        let probability =
            |language: usize| (1.0 - SPELLING_SHARE) * probabilities[language] + SPELLING_SHARE * spelt[language];
        // Names and stray lines bend the counts of rare words, so that their spelling has a say beside them.
        let say = if rank < COMMON || apostrophe { 0.0 } else { SPELLING_SAY };
        let own = gaps([0, 1, 2].map(|language| probability(language).ln() + say * spelt[language].ln()), CLIP_NATS);
        let implied = if apostrophe { Evidence::default() } else { spelling.spelling(word) };
        if rank < ALWAYS_KEPT || !close(own, implied.gaps, WORD_TOLERANCE) {
            entries.push((tables::word_key(word), Evidence { gaps: own, common: rank < COMMON }));
        }
    }
    println!("words: {}", entries.len());
    table(entries)
}

/// A table of these entries, commonest first; of two with the same place and fingerprint the commoner stays.
fn table(entries: Vec<(u64, Evidence)>) -> Vec<u8> {
    let mut buckets: Vec<Vec<(u32, Evidence)>> = vec![Vec::new(); BUCKETS];
    for (key, evidence) in entries {
        let (bucket, fingerprint) = tables::place(key);
        if buckets[bucket].iter().all(|(other, _)| *other != fingerprint) {
            buckets[bucket].push((fingerprint, evidence));
        }
    }
    let mut bytes = Vec::new();
    let mut begin: u32 = 0;
    for bucket in &buckets {
        bytes.extend(begin.to_le_bytes());
        begin += bucket.len() as u32;
    }
    bytes.extend(begin.to_le_bytes());
    for (fingerprint, evidence) in buckets.into_iter().flatten() {
        bytes.extend((fingerprint | bits(evidence)).to_le_bytes());
    }
    bytes
}

/// An entry without its fingerprint.
fn bits(evidence: Evidence) -> u32 {
    let [first, second, third] = evidence.gaps.map(u32::from);
    first | second << GAP_BITS | third << (2 * GAP_BITS) | u32::from(evidence.common) << (3 * GAP_BITS)
}
