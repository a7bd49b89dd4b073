//! Turns are cut into sentence-sized utterances whose pieces are exact slices of the source.

use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;

use crate::model::{LanguageTag, Nature, Span, Transcript, Turn, Utterance};

/// No utterance is longer, in bytes; longer ones are cut between words.
const LONGEST_BYTES: usize = 4096;
/// Captions without punctuation are cut between cues into pieces of about this many bytes.
const UNPUNCTUATED_BYTES: usize = 280;

/// Cuts every turn into utterances, in order. Headings stay whole. The language of each is left to be told.
pub fn utterances(transcript: &Transcript) -> Vec<Utterance> {
    let mut cutter =
        Cutter { text: &transcript.text, utterances: Vec::new(), joined: String::new(), places: Vec::new() };
    for (ordinal, turn) in transcript.turns.iter().enumerate() {
        cutter.turn(ordinal, turn);
    }
    cutter.utterances
}

struct Cutter<'a> {
    text: &'a str,
    utterances: Vec<Utterance>,
    /// The pieces that belong together, joined by one space.
    joined: String,
    /// Where each piece begins in `joined`, and where it lies in the text.
    places: Vec<(usize, Span)>,
}

impl Cutter<'_> {
    fn turn(&mut self, ordinal: usize, turn: &Turn) {
        let mut before: Option<Span> = None;
        for piece in &turn.pieces {
            for line in lines_of(self.text, *piece) {
                let parted = turn.nature != Nature::Heading && before.is_some_and(|before| self.parts(before, line));
                if parted {
                    self.flush(ordinal, turn.nature);
                }
                self.join(line);
                before = Some(line);
            }
        }
        self.flush(ordinal, turn.nature);
    }

    /// Does what stands between two pieces end a sentence: a blank line, a cell's border, a bullet?
    fn parts(&self, before: Span, next: Span) -> bool {
        let Some(between) = self.text.get(before.end..next.start) else { return true };
        let words = next.slice(self.text).unwrap_or("");
        if between.contains('\n') && bullet_length(words) > 0 {
            return true;
        }
        if between.contains('|') {
            return true;
        }
        between.len() < 64
            && between.chars().all(|c| c.is_whitespace() || c == '>')
            && between.bytes().filter(|byte| *byte == b'\n').count() > 1
    }

    fn join(&mut self, piece: Span) {
        let Some(words) = piece.slice(self.text) else { return };
        if !self.joined.is_empty() {
            self.joined.push(' ');
        }
        self.places.push((self.joined.len(), piece));
        self.joined.push_str(words);
    }

    /// Makes utterances of what is joined.
    fn flush(&mut self, ordinal: usize, nature: Nature) {
        if self.joined.is_empty() {
            return;
        }
        let breaks = match nature {
            Nature::Heading => vec![self.joined.len()],
            Nature::Speech | Nature::Note => sentence_ends(&self.joined),
        };
        let mut from = 0;
        for end in breaks {
            for (start, end) in self.shortened(from, end) {
                self.add(ordinal, start, end);
            }
            from = end;
        }
        self.joined.clear();
        self.places.clear();
    }

    /// Cuts what is too long: captions without punctuation between cues, anything else between words.
    fn shortened(&self, from: usize, end: usize) -> Vec<(usize, usize)> {
        let mut ranges = Vec::new();
        let mut start = from;
        let inner =
            self.places.partition_point(|(at, _)| *at <= from)..self.places.partition_point(|(at, _)| *at < end);
        if end - from > 2 * UNPUNCTUATED_BYTES && inner.len() > 3 {
            for (at, _) in &self.places[inner] {
                if at - start >= UNPUNCTUATED_BYTES && end - at >= UNPUNCTUATED_BYTES / 2 {
                    ranges.push((start, *at));
                    start = *at;
                }
            }
        }
        ranges.push((start, end));
        ranges.into_iter().flat_map(|(start, end)| cut_between_words(&self.joined, start, end)).collect()
    }

    /// Adds the utterance at these bytes of `joined`, unless nothing but marks stands there.
    fn add(&mut self, ordinal: usize, start: usize, end: usize) {
        let (start, end) = trimmed(&self.joined, start, end);
        let first = self.places.partition_point(|(at, _)| *at <= start).saturating_sub(1);
        let mut pieces = Vec::new();
        for (at, place) in &self.places[first..] {
            if *at >= end {
                break;
            }
            let from = place.start + start.saturating_sub(*at);
            let to = place.end.min(place.start + (end - at));
            if let Some(words) = self.text.get(from.min(to)..to) {
                let blank = words.len() - words.trim_start_matches(is_blank).len();
                let kept = words.trim_matches(is_blank).len();
                if kept > 0 {
                    pieces.push(Span::new(from + blank, from + blank + kept));
                }
            }
        }
        let text = pieces.iter().filter_map(|piece| piece.slice(self.text)).collect::<Vec<_>>().join(" ");
        if text.chars().any(char::is_alphanumeric) {
            self.utterances.push(Utterance { turn: ordinal, pieces, text, language: LanguageTag::default() });
        }
    }
}

/// The lines of a piece, without the white space around them.
fn lines_of(text: &str, piece: Span) -> impl Iterator<Item = Span> + '_ {
    let words = piece.slice(text).unwrap_or("");
    words.split(['\n', '\r']).filter_map(move |line| {
        let start = piece.start + (line.as_ptr() as usize - words.as_ptr() as usize);
        let blank = line.len() - line.trim_start_matches(is_blank).len();
        let kept = line.trim_matches(is_blank).len();
        (kept > 0).then(|| Span::new(start + blank, start + blank + kept))
    })
}

/// Where sentences end. The rules are those of UAX #29, with what it does not know put right: abbreviations, initials and
/// the numbers of lists end no sentence; an ellipsis before a capital does; a bullet inside a line begins one.
fn sentence_ends(text: &str) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let segmenter = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    let mut from = 0;
    for end in segmenter.segment_str(text).skip(1) {
        let sentence = &text[from..end];
        if end < text.len() && !ends_here(sentence, &text[end..]) {
            continue;
        }
        inner_ends(sentence, from, &mut ends);
        ends.push(end);
        from = end;
    }
    if ends.last() != Some(&text.len()) {
        ends.push(text.len());
    }
    ends
}

/// Is the end that the general rules see a true one?
fn ends_here(sentence: &str, next: &str) -> bool {
    let trimmed = sentence.trim_end();
    if next.starts_with(char::is_lowercase) && (trimmed.ends_with(['"', '”', '’', '»', ')']) || short(trimmed)) {
        // `"¿cuándo llega?" es lo que preguntan`, `¿No? pues sí`
        return false;
    }
    let Some(before) = trimmed.strip_suffix('.') else {
        // `example.org/a?b=1`: without a space it is no end, unless a capital follows.
        return trimmed.len() < sentence.len() || !next.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    };
    if trimmed.len() == sentence.len() {
        // `demasiado...Yo`: without a space it is no end.
        return false;
    }
    let last = last_word(before);
    if is_list_number(last) && (before.len() == last.len() || bullet_length(trimmed) == trimmed.len()) {
        // Only a number or a letter so far: `1.`, `a.`; the words follow.
        return false;
    }
    let plain = last.trim_start_matches(|c: char| !c.is_alphanumeric());
    if plain.chars().count() == 1 && plain.chars().all(char::is_uppercase) {
        return false;
    }
    if plain.contains('.') && plain.len() <= 6 && plain.split('.').all(|part| part.chars().count() <= 2) {
        // `EE.UU.`, `S.A.`, `p.m.`: an end where the next word begins like a sentence that is no name.
        return begins_a_sentence(next);
    }
    !is_abbreviation(plain, next)
}

fn short(sentence: &str) -> bool {
    sentence.chars().filter(|c| c.is_alphanumeric()).count() <= 3
}

fn last_word(text: &str) -> &str {
    text.rsplit([' ', '\u{A0}', '(', '«', '“', '"', '¿', '¡']).next().unwrap_or("")
}

fn is_abbreviation(word: &str, next: &str) -> bool {
    let folded = word.to_lowercase();
    ABBREVIATIONS.contains(&folded.as_str())
        || (next.starts_with(|c: char| c.is_ascii_digit()) && BEFORE_NUMBERS.contains(&folded.as_str()))
}

/// Words with a point that stand before a name or more of the sentence.
const ABBREVIATIONS: [&str; 37] = [
    "sr", "sra", "srta", "sres", "dr", "dra", "dres", "lic", "licda", "ing", "arq", "abg", "abog", "prof", "profa",
    "mtro", "mtra", "gral", "cnel", "mons", "ej", "avda", "aprox", "depto", "dpto", "cía", "vs", "mr", "mrs", "ms",
    "st", "jr", "approx", "dept", "hon", "rev", "admin",
];

/// Words with a point that stand before a number.
const BEFORE_NUMBERS: [&str; 21] = [
    "no", "núm", "num", "nro", "nos", "art", "arts", "cap", "fig", "vol", "pág", "pag", "págs", "p", "pp", "av", "tel",
    "ref", "bs", "ext", "aprox",
];

fn begins_a_sentence(next: &str) -> bool {
    let word = next.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    next.trim_start().starts_with(['¿', '¡', '"', '“']) || STARTERS.contains(&word)
}

const STARTERS: [&str; 40] = [
    "El", "La", "Los", "Las", "Un", "Una", "En", "No", "Y", "Pero", "Es", "Se", "Lo", "Para", "Por", "Como", "Cuando",
    "Si", "Con", "Que", "A", "The", "We", "I", "It", "They", "He", "She", "This", "That", "There", "But", "And", "So",
    "If", "In", "When", "You", "Our", "My",
];

/// Ends that the general rules miss inside one of their sentences: an ellipsis before a capital, a point before a number or
/// an opening bracket, a bullet in the middle of a line.
fn inner_ends(sentence: &str, offset: usize, ends: &mut Vec<usize>) {
    if sentence.len() < 8 {
        return;
    }
    let mut from = 0;
    while let Some((at, mark)) = next_mark(sentence, from) {
        let after = at + mark.len_utf8();
        from = after;
        let next = sentence[after..].trim_start_matches(['"', '”', '»', ')']);
        let words = next.trim_start();
        let spaced = words.len() < next.len();
        let end = sentence.len() - words.len();
        let parts = match mark {
            '…' => spaced && words.starts_with(|c: char| c.is_uppercase() || matches!(c, '¿' | '¡')),
            '.' | '?' | '!' => spaced && parts_before(&sentence[..at], mark, words),
            _ => {
                if at > 0 && sentence[..at].ends_with(char::is_whitespace) {
                    ends.push(offset + at);
                }
                false
            }
        };
        if parts && end < sentence.len() {
            ends.push(offset + end);
        }
    }
}

fn next_mark(text: &str, from: usize) -> Option<(usize, char)> {
    let at = text[from..].find(['…', '.', '?', '!', '●', '○', '■', '•', '▪'])? + from;
    text[at..].chars().next().map(|mark| (at, mark))
}

/// Does a point, or another end mark, part what is before from a number or a bracket behind it?
fn parts_before(before: &str, mark: char, words: &str) -> bool {
    if words.starts_with(['[', '(']) {
        return words.len() > 1 && !(mark == '.' && is_abbreviation(last_word(before), words));
    }
    let last = last_word(before);
    mark == '.'
        && words.starts_with(|c: char| c.is_ascii_digit())
        && last.len() > 1
        && !last.contains('.')
        && !is_list_number(last)
        && !is_abbreviation(last, words)
}

/// Cuts a range that is too long between its words, or between its characters where it has no words.
fn cut_between_words(text: &str, start: usize, end: usize) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let mut from = start;
    while end - from > LONGEST_BYTES {
        let limit = text.floor_char_boundary(from + LONGEST_BYTES);
        let cut = text[from..limit].rfind(char::is_whitespace).map_or(limit, |at| from + at);
        let cut = if cut <= from { limit } else { cut };
        ranges.push((from, cut));
        from = cut;
    }
    ranges.push((from, end));
    ranges
}

/// The range without white space, bullets, list numbers, emphasis and table marks at its ends.
fn trimmed(text: &str, whole_start: usize, whole_end: usize) -> (usize, usize) {
    let (mut start, mut end) = (whole_start, whole_end);
    // A bullet, a number behind it, and the white space behind that: `● 1. Faltan tapas`.
    for _ in 0..2 {
        let range = &text[start..end];
        let front = range.len() - range.trim_start_matches(is_front_mark).len();
        start += front + bullet_length(&range[front..]);
    }
    let range = &text[start..end];
    start += range.len() - range.trim_start_matches(is_front_mark).len();
    let range = &text[start..end];
    end = start + range.trim_end_matches(is_back_mark).len();
    // Emphasis that opens or closes inside the range keeps its other half.
    for mark in ["**", "__", "*", "_", "`"] {
        if text[start..end].matches(mark).count() % 2 == 0 {
            continue;
        }
        if text[end..].starts_with(mark) && end + mark.len() <= whole_end {
            end += mark.len();
        } else if text[whole_start..start].ends_with(mark) {
            start -= mark.len();
        }
    }
    (start, end)
}

fn is_front_mark(c: char) -> bool {
    is_blank(c)
        || matches!(
            c,
            '*' | '#'
                | '>'
                | '|'
                | '●'
                | '○'
                | '■'
                | '□'
                | '•'
                | '◦'
                | '▪'
                | '▫'
                | '‣'
                | '⁃'
                | '`'
                | '\\'
                | '~'
        )
}

fn is_back_mark(c: char) -> bool {
    is_blank(c) || matches!(c, '*' | '_' | '|' | '`' | '\\' | '#' | '●' | '○' | '■' | '□' | '•' | '◦' | '▪')
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// How many bytes of bullet or list number stand at the start: `- `, `– `, `1. `, `12) `, `a. `, `a.My`, `iv. `.
fn bullet_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    if matches!(bytes, [b'-' | b'+', b' ', ..]) || text.starts_with("– ") || text.starts_with("— ") {
        return text.find(' ').map_or(0, |at| at + 1);
    }
    let run = bytes.iter().take(5).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if run == 0 || run > 4 || !matches!(bytes.get(run), Some(b'.' | b')')) || !is_list_number(&text[..run]) {
        return 0;
    }
    let after = &text[run + 1..];
    let letter = bytes[0].is_ascii_lowercase();
    match after.chars().next() {
        None => run + 1,
        Some(c) if c.is_whitespace() => run + 1,
        Some(c) if letter && run == 1 && (c.is_uppercase() || matches!(c, '¿' | '¡')) => run + 1,
        Some('-') if !letter => run + 2,
        _ => 0,
    }
}

/// `7`, `12`, `b`, `iv`.
fn is_list_number(word: &str) -> bool {
    let digits = word.bytes().all(|byte| byte.is_ascii_digit()) && word.len() <= 3;
    let letter = word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let roman = word.len() <= 4 && word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    !word.is_empty() && (digits || letter || roman)
}
