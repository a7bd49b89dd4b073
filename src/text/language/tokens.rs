//! Cuts utterances into words and weighs each: what the chain reads.

use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::char::compose;

use crate::model::Span;

use super::Spoken;
use super::tables::{self, Sum, Tables};

/// One word, or the place of an utterance that has no words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    start: u32,
    end: u32,
    /// How far each language lies behind the likeliest, in steps of the tables.
    pub(super) gaps: [u8; tables::LANGUAGES],
    /// Capitalised inside a sentence: likely a name, whose spelling says little.
    pub(super) name: bool,
    /// What lies between this token and the one before it.
    pub(super) boundary: Boundary,
}

impl Token {
    /// Where it stands in its utterance.
    pub(super) fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }

    /// Does it speak for one language rather than another?
    pub(super) fn is_telling(&self) -> bool {
        self.gaps != NEUTRAL
    }
}

/// What lies before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Boundary {
    /// Another token of the same utterance.
    None,
    /// An earlier utterance of the same speaker, or the start.
    Utterance,
    /// An utterance of somebody else.
    Speaker,
}

/// What was counted in one utterance.
#[derive(Clone, Debug)]
pub(super) struct Utterance {
    /// Its tokens: at least one, which is empty if it has no words.
    pub(super) tokens: Range<usize>,
    /// How many words were weighed: not fillers, repeats, or pieces of words and addresses.
    pub(super) weighed_words: usize,
    /// How many of those are among the commonest of each known language.
    pub(super) common_words: [usize; tables::LANGUAGES],
    /// How many letters it has.
    pub(super) letters: usize,
    /// How many of them no language with Latin script has.
    pub(super) foreign_letters: usize,
}

/// A conversation as tokens.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) tokens: Vec<Token>,
    pub(super) utterances: Vec<Utterance>,
    /// Does any word speak for a language?
    pub(super) telling: bool,
}

impl Reading {
    /// Reads every utterance.
    pub(super) fn of(conversation: &[Spoken<'_>]) -> Self {
        let bytes: usize = conversation.iter().map(|spoken| spoken.text.len()).sum();
        let mut reading = Self { tokens: Vec::with_capacity(bytes / 4), ..Self::default() };
        let mut scanner = Scanner::default();
        let mut speaker = None;
        let mut marks = Marks::default();
        for (place, spoken) in conversation.iter().enumerate() {
            let same = place == 0 || speaker == Some(spoken.speaker);
            speaker = Some(spoken.speaker);
            let boundary = if same { Boundary::Utterance } else { Boundary::Speaker };
            reading.add(&mut scanner, spoken.text, boundary, &mut marks);
        }
        reading.weigh_missing_marks(&marks);
        reading.telling = reading.tokens.iter().any(Token::is_telling);
        reading
    }

    /// Questions and cries without an opening mark speak against Spanish, unless nobody here writes such marks.
    fn weigh_missing_marks(&mut self, marks: &Marks) {
        if !marks.seen && marks.missing.len() >= HABIT {
            return;
        }
        for place in &marks.missing {
            let token = &mut self.tokens[*place];
            token.gaps = both(token.gaps, NO_OPENING_MARK);
        }
    }

    fn add(&mut self, scanner: &mut Scanner, text: &str, boundary: Boundary, marks: &mut Marks) {
        let first = self.tokens.len();
        let facts = scanner.scan(text, &mut self.tokens, marks);
        if self.tokens.len() == first {
            self.tokens.push(Token { start: 0, end: 0, gaps: NEUTRAL, name: false, boundary });
        }
        self.tokens[first].boundary = boundary;
        if !facts.lower_case {
            self.tokens[first..].iter_mut().for_each(|token| token.name = false);
        }
        self.utterances.push(Utterance {
            tokens: first..self.tokens.len(),
            weighed_words: facts.weighed_words,
            common_words: facts.common_words,
            letters: facts.letters,
            foreign_letters: facts.foreign_letters,
        });
    }
}

static TABLES: LazyLock<Tables<'static>> =
    LazyLock::new(|| Tables::new(include_bytes!("tables.bin")).expect("the tables were read once when they were made"));

const NEUTRAL: [u8; tables::LANGUAGES] = [0; tables::LANGUAGES];
/// Only Spanish opens a question or a cry with a mark: three nats against the others.
const OPENING_MARK: [u8; tables::LANGUAGES] = [0, 24, 24];
/// In Spanish that is written with capitals few lack it: as much against Spanish.
const NO_OPENING_MARK: [u8; tables::LANGUAGES] = [24, 0, 0];
/// Who leaves out so many of them and writes none has no habit of writing them.
const HABIT: usize = 3;
/// Only Portuguese joins these to its verbs by a hyphen: three nats against the others.
const JOINED_PRONOUN: [u8; tables::LANGUAGES] = [24, 24, 0];
const PRONOUNS: [&str; 16] =
    ["a", "as", "la", "las", "lhe", "lhes", "lo", "los", "me", "na", "nas", "no", "nos", "o", "os", "se"];

/// Sounds that every language makes, and words that none owns.
const FILLERS: [&str; 36] = [
    "ah", "aha", "ahh", "eh", "ehh", "ehm", "em", "er", "erm", "ha", "hah", "haha", "hm", "hmm", "huh", "hum", "mhm",
    "mhmm", "mm", "mmhm", "mmm", "oh", "ohh", "ok", "okay", "okey", "ooh", "uh", "uhh", "uhhuh", "uhm", "uhuh", "uhum",
    "um", "umm", "ummm",
];
const LONGEST_FILLER: usize = 5;
/// A common word that lies no further behind is common in that language.
const OWN_STEPS: u8 = 24;

/// The opening marks of a conversation's questions and cries.
#[derive(Default)]
struct Marks {
    /// Is there any?
    seen: bool,
    /// The first tokens of the sentences that lack theirs.
    missing: Vec<usize>,
}

#[derive(Default)]
struct Facts {
    letters: usize,
    foreign_letters: usize,
    weighed_words: usize,
    common_words: [usize; tables::LANGUAGES],
    lower_case: bool,
}

impl Facts {
    fn count_common(&mut self, common: bool, gaps: [u8; tables::LANGUAGES]) {
        for (count, gap) in self.common_words.iter_mut().zip(gaps) {
            *count += usize::from(common && gap <= OWN_STEPS);
        }
    }
}

/// Reads one utterance after another; its buffer is used again.
#[derive(Default)]
struct Scanner {
    /// The word being read, lower-case, its apostrophes straight.
    folded: String,
}

/// A word as it was read, before it is weighed.
struct Word {
    end: usize,
    capitalised: bool,
    tails: bool,
}

impl Scanner {
    fn scan(&mut self, text: &str, tokens: &mut Vec<Token>, marks: &mut Marks) -> Facts {
        let mut facts = Facts::default();
        let first = tokens.len();
        let (mut opens, mut marked, mut previous, mut position) = (true, false, 0, 0);
        // Where the sentence's words begin, if it begins with a capital and without a mark.
        let mut bare = None;
        while let Some(letter) = char_at(text, position) {
            if !is_letter(letter) {
                opens |= matches!(letter, '.' | '?' | '!' | ':' | '…' | '¿' | '¡' | '\n');
                marked |= matches!(letter, '¿' | '¡');
                marks.seen |= marked;
                if marked {
                    bare = None;
                } else if matches!(letter, '?' | '!') {
                    marks.missing.extend(bare.take());
                }
                position += letter.len_utf8();
                continue;
            }
            let word = self.read(text, position, &mut facts);
            let key = tables::word_key(&self.folded);
            let neutral =
                key == previous || self.is_filler() || is_address(text, position, &word) || is_cut(text, &word);
            let mut gaps = if neutral { NEUTRAL } else { self.weigh(word.tails, &mut facts) };
            if marked {
                gaps = both(gaps, OPENING_MARK);
            }
            if is_joined_pronoun(text, position, &word, &self.folded) {
                gaps = both(gaps, JOINED_PRONOUN);
            }
            if opens {
                bare = (word.capitalised && !marked).then_some(tokens.len());
            }
            if let Some(before) = tokens[first..].last_mut().filter(|before| self.repeats(before, text)) {
                before.gaps = NEUTRAL;
            }
            // The English pronoun is a capital that is no name.
            let pronoun = self.folded == "i" || self.folded.starts_with("i'");
            let name = word.capitalised && !opens && !pronoun;
            // A text longer than a file may be ends in spans that are empty, not wrong.
            let place = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
            let (start, end) = (place(position), place(word.end));
            tokens.push(Token { start, end, gaps, name, boundary: Boundary::None });
            (opens, marked, previous, position) = (false, false, key, word.end);
        }
        facts
    }

    /// Was the token before only a stammered first letter of this word?
    fn repeats(&self, before: &Token, text: &str) -> bool {
        before.end - before.start == 1 && self.folded.as_bytes().first() == text.as_bytes().get(before.start as usize)
    }

    /// Reads the word that begins here: letters, accents on them, and apostrophes between them.
    fn read(&mut self, text: &str, start: usize, facts: &mut Facts) -> Word {
        self.folded.clear();
        let mut word = Word { end: start, capitalised: false, tails: false };
        while let Some(letter) = char_at(text, word.end) {
            let next = word.end + letter.len_utf8();
            if letter.is_ascii_lowercase() {
                facts.letters += 1;
                facts.lower_case = true;
                self.folded.push(letter);
            } else if letter.is_ascii_uppercase() {
                facts.letters += 1;
                word.capitalised |= word.end == start;
                self.folded.push(letter.to_ascii_lowercase());
            } else if matches!(letter, '\'' | '’' | 'ʼ') && char_at(text, next).is_some_and(is_letter) {
                word.tails = true;
                self.folded.push('\'');
            } else if is_accent(letter) {
                self.accent(letter);
            } else if is_letter(letter) {
                facts.letters += 1;
                facts.lower_case |= letter.is_lowercase();
                facts.foreign_letters += usize::from(!is_latin(letter));
                word.capitalised |= word.end == start && letter.is_uppercase();
                self.folded.extend(letter.to_lowercase());
            } else {
                break;
            }
            word.end = next;
        }
        word
    }

    /// Puts an accent that was written behind its letter onto it.
    fn accent(&mut self, accent: char) {
        let Some(composed) = self.folded.chars().next_back().and_then(|letter| compose(letter, accent)) else { return };
        self.folded.pop();
        self.folded.push(composed);
    }

    fn is_filler(&self) -> bool {
        self.folded.len() <= LONGEST_FILLER && FILLERS.contains(&self.folded.as_str())
    }

    fn weigh(&self, tails: bool, facts: &mut Facts) -> [u8; tables::LANGUAGES] {
        facts.weighed_words += 1;
        let whole = if tails { TABLES.word(&self.folded) } else { Some(TABLES.part(&self.folded)) };
        if let Some(evidence) = whole {
            facts.count_common(evidence.common, evidence.gaps);
            return evidence.gaps;
        }
        let mut sum = Sum::default();
        let mut common = false;
        let mut rest = self.folded.as_str();
        while !rest.is_empty() {
            let end = rest.char_indices().skip(1).find(|(_, letter)| *letter == '\'').map_or(rest.len(), |(at, _)| at);
            let (part, behind) = rest.split_at(end);
            let evidence = TABLES.part(part);
            sum.add(evidence.gaps);
            common |= evidence.common;
            rest = behind;
        }
        facts.count_common(common, sum.gaps());
        sum.gaps()
    }
}

fn char_at(text: &str, position: usize) -> Option<char> {
    match text.as_bytes().get(position) {
        Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
        _ => text.get(position..)?.chars().next(),
    }
}

fn is_letter(letter: char) -> bool {
    if letter.is_ascii() {
        letter.is_ascii_alphabetic()
    } else {
        letter.is_alphabetic() && !matches!(letter, 'ª' | 'º')
    }
}

fn is_accent(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

/// Is it a letter of the Latin script?
fn is_latin(letter: char) -> bool {
    matches!(letter, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// Was the word broken off, as in `per- pero`?
fn is_cut(text: &str, word: &Word) -> bool {
    text.as_bytes().get(word.end) == Some(&b'-') && !char_at(text, word.end + 1).is_some_and(is_letter)
}

/// Two pieces of evidence for one word.
fn both(gaps: [u8; tables::LANGUAGES], more: [u8; tables::LANGUAGES]) -> [u8; tables::LANGUAGES] {
    let mut sum = Sum::default();
    sum.add(gaps);
    sum.add(more);
    sum.gaps()
}

/// Is it the pronoun of a Portuguese verb, as in `queixou-se`?
fn is_joined_pronoun(text: &str, start: usize, word: &Word, folded: &str) -> bool {
    let joined = matches!(text.as_bytes()[..start], [.., letter, b'-'] if letter.is_ascii_lowercase());
    joined && text.as_bytes().get(word.end) != Some(&b'-') && PRONOUNS.contains(&folded)
}

/// Is the word a part of an address, like the end of `name@company.com`? Those belong to no language.
fn is_address(text: &str, start: usize, word: &Word) -> bool {
    let before = &text.as_bytes()[..start];
    let [.., joined, b'.' | b'@'] = before else { return false };
    joined.is_ascii_alphanumeric() && !word.capitalised
}
