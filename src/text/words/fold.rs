//! Folding: case and accents go, ñ stays.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::Span;

/// The folded letters of U+00C0 to U+017F in order: `~` stands for ñ, `?` for a character that needs the slow way.
const LATIN: &[u8; 192] = b"aaaaaa?ceeeeiiii?~ooooo?ouuuuy??aaaaaa?ceeeeiiii?~ooooo?ouuuuy?y\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii??jjkkklllllll\
lllnnnnnn???oooooo??rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// The tilde that makes an n an ñ when it follows it as a character of its own.
const COMBINING_TILDE: char = '\u{303}';

/// The fold of one character: lower case, without its accent, with ñ kept and curly apostrophes made straight. Nothing
/// where the character vanishes (a combining accent) or becomes several (a ligature); [`fold`] knows what to do then.
pub fn fold_char(c: char) -> Option<char> {
    match c {
        'A'..='Z' => Some(c.to_ascii_lowercase()),
        '\0'..='\u{bf}' => Some(c),
        '\u{c0}'..='\u{17f}' => match LATIN[c as usize - 0xc0] {
            b'?' => None,
            b'~' => Some('ñ'),
            letter => Some(char::from(letter)),
        },
        '\u{2018}' | '\u{2019}' | '\u{2bc}' => Some('\''),
        '\u{2010}'..='\u{206f}' => Some(c),
        _ => None,
    }
}

/// Lower case, accents off, ñ kept; ligatures and full-width forms taken apart.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        push_folded(c, &mut folded);
    }
    folded
}

/// A folded text that knows where each of its bytes comes from.
#[derive(Clone, Debug, Default)]
pub struct FoldedText {
    /// The folded text.
    pub text: String,
    /// For each byte of `text`, the first byte of the source character that it comes from.
    starts: Vec<u32>,
    /// For each byte of `text`, one past the last byte of that character.
    ends: Vec<u32>,
}

impl FoldedText {
    /// Folds this text. Only the first 4 GiB keep exact places.
    pub fn new(source: &str) -> Self {
        let mut folded = Self::default();
        for (at, c) in source.char_indices() {
            push_folded(c, &mut folded.text);
            let end = at + c.len_utf8();
            // A combining accent widens the letter that it belongs to.
            if folded.text.len() == folded.starts.len()
                && let Some(last) = folded.ends.last_mut()
            {
                *last = as_u32(end);
            }
            folded.starts.resize(folded.text.len(), as_u32(at));
            folded.ends.resize(folded.text.len(), as_u32(end));
        }
        folded
    }

    /// The place in the source that this place of the folded text comes from.
    pub fn source_span(&self, span: Span) -> Span {
        if span.is_empty() || span.end > self.ends.len() {
            return Span::default();
        }
        Span::new(self.starts[span.start] as usize, self.ends[span.end - 1] as usize)
    }
}

/// Appends the fold of one character; a tilde turns an n before it into ñ.
fn push_folded(c: char, folded: &mut String) {
    if let Some(simple) = fold_char(c) {
        folded.push(simple);
    } else if c == COMBINING_TILDE && folded.ends_with('n') {
        folded.pop();
        folded.push('ñ');
    } else {
        push_decomposed(c, folded);
    }
}

fn push_decomposed(c: char, folded: &mut String) {
    match c {
        'ß' | 'ẞ' => folded.push_str("ss"),
        'æ' | 'Æ' => folded.push_str("ae"),
        'œ' | 'Œ' => folded.push_str("oe"),
        _ => {
            for part in std::iter::once(c).nfkd().filter(|part| !is_combining_mark(*part)) {
                folded.extend(part.to_lowercase().filter(|lower| !is_combining_mark(*lower)));
            }
        }
    }
}

fn as_u32(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
