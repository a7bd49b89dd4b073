//! How the word and letter tables are laid out, and how they are read; `make_tables.rs`, which makes them, shares it.
//!
//! `tables.bin` holds two tables, words and then runs of two to four letters. A table is `BUCKETS` + 1 little-endian
//! `u32` (where each bucket begins, in entries) and then its entries, one `u32` each, the commonest first within a
//! bucket: three gaps of six bits, one flag, thirteen bits of fingerprint. Keys themselves are not stored: a stranger
//! passes for a known key about once in a thousand times.

/// How many languages are weighed against each other: Spanish, English, Portuguese, in this order.
pub const LANGUAGES: usize = 3;
/// The largest gap that is stored; also the most that one word may say.
pub const LARGEST_GAP: u8 = 63;
/// The largest gap in nats: how far evidence of one word is trusted.
pub const CLIP_NATS: f64 = 8.0;
/// How many buckets a table has: a power of two.
pub const BUCKETS: usize = 1 << BUCKET_BITS;

/// A step of the letters' gaps in steps of words': one run of letters may rule a language out.
pub const LETTERS_STEP: u32 = 2;

const BUCKET_BITS: u32 = 13;
const FINGERPRINT_BITS: u32 = 13;
/// How many bits of an entry a gap has.
pub const GAP_BITS: u32 = 6;

/// What a word or a run of letters says: for each language how far it lies behind the likeliest one, 0 to
/// [`LARGEST_GAP`] in steps of 8/63 nats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Behind the likeliest language, in steps; the likeliest has 0.
    pub gaps: [u8; LANGUAGES],
    /// One of the words that running speech mostly consists of.
    pub common: bool,
}

impl Evidence {
    fn from_bits(entry: u32) -> Self {
        let gap = |place: u32| (entry >> (place * GAP_BITS)) as u8 & LARGEST_GAP;
        Self { gaps: [gap(0), gap(1), gap(2)], common: entry >> (3 * GAP_BITS) & 1 == 1 }
    }
}

/// Sums evidence of several pieces; the sum is again relative and clipped.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sum([u32; LANGUAGES]);

impl Sum {
    /// Adds what one piece says.
    pub fn add(&mut self, gaps: [u8; LANGUAGES]) {
        self.add_times(gaps, 1);
    }

    fn add_times(&mut self, gaps: [u8; LANGUAGES], times: u32) {
        for (total, gap) in self.0.iter_mut().zip(gaps) {
            *total += u32::from(gap) * times;
        }
    }

    /// The gaps of the sum.
    pub fn gaps(self) -> [u8; LANGUAGES] {
        let least = self.0.into_iter().min().unwrap_or(0);
        self.0.map(|total| u8::try_from(total - least).unwrap_or(LARGEST_GAP).min(LARGEST_GAP))
    }
}

/// Both tables over their bytes.
#[derive(Clone, Copy, Debug)]
pub struct Tables<'a> {
    words: Table<'a>,
    letters: Table<'a>,
}

impl<'a> Tables<'a> {
    /// The tables in these bytes; nothing if they are not two whole tables.
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        let (words, rest) = Table::split(bytes)?;
        let (letters, rest) = Table::split(rest)?;
        rest.is_empty().then_some(Self { words, letters })
    }

    /// What a whole word says, if it is known.
    pub fn word(&self, word: &str) -> Option<Evidence> {
        self.words.get(word_key(word))
    }

    /// What one part of a word says: a lower-case word, or a contraction's tail with its apostrophe in front.
    pub fn part(&self, part: &str) -> Evidence {
        if let Some(evidence) = self.word(part) {
            return evidence;
        }
        if part.starts_with('\'') { Evidence::default() } else { self.spelling(part) }
    }

    /// What the letters of a lower-case word say.
    pub fn spelling(&self, word: &str) -> Evidence {
        let mut sum = Sum::default();
        let mut window = Window::default();
        for letter in word.chars() {
            sum.add_times(self.letters(window.push(letter)), LETTERS_STEP);
        }
        sum.add_times(self.letters(window.push(WORD_END)), LETTERS_STEP);
        Evidence { gaps: sum.gaps(), common: false }
    }

    /// What the last letter of a window says behind the letters before it: of a run that nobody knows, the shorter one.
    fn letters(&self, window: u64) -> [u8; LANGUAGES] {
        let known = |kept: u64| self.letters.get(letters_key(window & kept));
        KEPT.into_iter().find_map(known).unwrap_or_default().gaps
    }
}

/// The masks that leave the last four, three and two letters of a window.
pub const KEPT: [u64; 3] = [u64::MAX, 0x0000_ffff_ffff_ffff, 0x0000_0000_ffff_ffff];
/// Stands behind the last letter of a word.
pub const WORD_END: char = '$';
const WORD_START: u64 = 0x0002_0002_0002;

/// The last four letters read, sixteen bits each; a word begins behind three marks.
#[derive(Clone, Copy, Debug)]
pub struct Window(u64);

impl Default for Window {
    fn default() -> Self {
        Self(WORD_START)
    }
}

impl Window {
    /// Reads one more letter and gives all four.
    pub fn push(&mut self, letter: char) -> u64 {
        self.0 = self.0 << 16 | u64::from(u32::from(letter) & 0xffff);
        self.0
    }
}

/// The key of a lower-case word.
pub fn word_key(word: &str) -> u64 {
    let (chunks, rest) = word.as_bytes().as_chunks::<8>();
    let mut key = word.len() as u64;
    for chunk in chunks {
        key = mix(key ^ u64::from_le_bytes(*chunk));
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    mix(key ^ u64::from_le_bytes(last))
}

/// The key of the letters of a window.
pub fn letters_key(window: u64) -> u64 {
    mix(window)
}

/// The bucket that a key belongs in, and its fingerprint, shifted to its place in an entry.
pub fn place(key: u64) -> (usize, u32) {
    let fingerprint = key as u32 & ((1 << FINGERPRINT_BITS) - 1);
    ((key >> (u64::BITS - BUCKET_BITS)) as usize, fingerprint << (3 * GAP_BITS + 1))
}

/// Spreads a key over all its bits (the finaliser of splitmix64).
fn mix(key: u64) -> u64 {
    let key = key.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let key = (key ^ key >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let key = (key ^ key >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    key ^ key >> 31
}

#[derive(Clone, Copy, Debug)]
struct Table<'a> {
    begins: &'a [[u8; 4]],
    entries: &'a [[u8; 4]],
}

impl<'a> Table<'a> {
    fn split(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (begins, rest) = bytes.split_at_checked(4 * (BUCKETS + 1))?;
        let begins = begins.as_chunks().0;
        let count = u32::from_le_bytes(*begins.last()?) as usize;
        let (entries, rest) = rest.split_at_checked(4 * count)?;
        Some((Self { begins, entries: entries.as_chunks().0 }, rest))
    }

    fn get(&self, key: u64) -> Option<Evidence> {
        let (bucket, fingerprint) = place(key);
        let begin = |bucket: usize| u32::from_le_bytes(self.begins[bucket]) as usize;
        let entries = self.entries.get(begin(bucket)..begin(bucket + 1))?;
        let below = (1 << (3 * GAP_BITS + 1)) - 1;
        let entry =
            entries.iter().map(|entry| u32::from_le_bytes(*entry)).find(|entry| entry & !below == fingerprint)?;
        Some(Evidence::from_bits(entry))
    }
}
