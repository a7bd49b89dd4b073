//! Tells a borrowed word from a change of language: "el dashboard no carga" against "pero like, ¿cuándo?".
//!
//! Who borrows a word puts it into the grammar of the sentence: one word, or one word written in two, behind an article,
//! a possessive or a preposition of the language around it; or a word that the other language's own list knows well.

use crate::model::{Language, Span};

use super::tables::LARGEST_GAP;
use super::tokens::Token;

/// A sentence with fewer words than this in its main language borrows nothing.
const LEAST_MAIN_WORDS: usize = 2;
/// A word that lies no further behind, in steps of the tables, is one that the main language uses too.
const KNOWN_STEPS: u8 = LARGEST_GAP / 2;

/// Words of Spanish, English and Portuguese, in the order of the tables, that a noun stands behind.
const BEFORE_NOUNS: [&[&str]; 3] = [
    &[
        "el", "la", "los", "las", "un", "una", "unos", "unas", "del", "al", "de", "en", "con", "sin", "por", "para",
        "mi", "mis", "tu", "tus", "su", "sus", "este", "esta", "estos", "estas", "ese", "esa", "esos", "esas", "cada",
        "otro", "otra", "otros", "otras", "nuestro", "nuestra", "nuestros", "nuestras", "algún", "ningún", "varios",
        "muchos", "dos", "tres", "hacer", "hacemos", "hago", "hace", "hacen",
    ],
    &[
        "the", "a", "an", "this", "that", "these", "those", "my", "your", "his", "her", "its", "our", "their", "of",
        "in", "with", "without", "for", "by", "to", "from", "some", "any", "every", "each", "another", "other", "no",
        "two", "three", "some", "many",
    ],
    &[
        "o", "a", "os", "as", "um", "uma", "uns", "umas", "do", "da", "dos", "das", "no", "na", "nos", "nas", "ao",
        "à", "de", "em", "com", "sem", "por", "para", "pra", "pro", "meu", "minha", "teu", "tua", "seu", "sua", "este",
        "esta", "esse", "essa", "cada", "outro", "outra", "nosso", "nossa", "fazer", "faz", "fazem",
    ],
];

/// Those of these switches in an utterance, mostly of the language `main`, that are borrowed words.
pub(super) fn of(text: &str, tokens: &[Token], switches: &[(Span, Language)], main: usize) -> Vec<Span> {
    let switched = |token: &Token| switches.iter().any(|(span, _)| span.shared(token.span()) > 0);
    let main_words = tokens.iter().filter(|token| token.is_telling() && !switched(token)).count();
    if main_words < LEAST_MAIN_WORDS {
        return Vec::new();
    }
    switches.iter().map(|(span, _)| *span).filter(|span| is_borrowed(text, tokens, *span, main)).collect()
}

fn is_borrowed(text: &str, tokens: &[Token], span: Span, main: usize) -> bool {
    let Some(first) = tokens.iter().position(|token| token.span().start == span.start) else { return false };
    let own: Vec<&Token> = tokens[first..].iter().take_while(|token| token.span().end <= span.end).collect();
    if !is_one_word(text, &own) {
        return false;
    }
    let known = own.iter().all(|token| token.gaps[main] <= KNOWN_STEPS);
    let before = first.checked_sub(1).and_then(|before| tokens[before].span().slice(text));
    known || before.is_some_and(|before| BEFORE_NOUNS[main].contains(&before.to_lowercase().as_str()))
}

/// One word, or words that are joined by hyphens.
fn is_one_word(text: &str, tokens: &[&Token]) -> bool {
    let joined = |pair: &[&Token]| Span::new(pair[0].span().end, pair[1].span().start).slice(text) == Some("-");
    !tokens.is_empty() && tokens.windows(2).all(joined)
}
