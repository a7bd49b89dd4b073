//! The words of a text: where each stands, how it folds, how it stems in Spanish and in English.

mod fold;
mod numbers;
mod stem;

pub use fold::{FoldedText, fold, fold_char};
pub use numbers::{is_number_word, number_word};
pub use stem::{StemCache, StemLanguage, stem};

use crate::model::Span;

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Boundary {
    /// A space, a hyphen, nothing.
    #[default]
    None,
    /// A comma, a bracket, a quotation mark, a spaced dash: a clause may open here, a phrase may go on.
    Comma,
    /// A colon or semicolon.
    Clause,
    /// The end of a sentence, of a line, or the start of the text.
    Sentence,
}

/// One word or number. Contractions count as the words that they hold: "don't" is "do" and "not".
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Where it stands in the source.
    pub span: Span,
    /// What stands between it and the word before.
    pub before: Boundary,
    /// A number in digits or words.
    pub is_number: bool,
    folded: u32,
    spanish: u32,
    english: u32,
}

/// The words of a text. It owns what it holds and can be filled again without new memory.
#[derive(Clone, Debug, Default)]
pub struct Words {
    words: Vec<Word>,
    /// ` word word word ` for each view: every word has a space on either side.
    folded: String,
    spanish: String,
    english: String,
}

impl Words {
    /// The words of this text.
    pub fn read(text: &str, cache: &mut StemCache) -> Self {
        let mut words = Self::default();
        words.reread(text, cache);
        words
    }

    /// Drops what it held and reads this text.
    pub fn reread(&mut self, text: &str, cache: &mut StemCache) {
        self.words.clear();
        for buffer in [&mut self.folded, &mut self.spanish, &mut self.english] {
            buffer.clear();
            buffer.push(' ');
        }
        let mut runs = Runs { text, at: 0, boundary: Boundary::Sentence };
        while let Some((span, mut before)) = runs.next_run() {
            cache.with_run(&text[span.start..span.end], |known| {
                for part in &known.parts {
                    self.words.push(Word {
                        span: Span::new(span.start + part.start, span.start + part.end),
                        before,
                        is_number: part.is_number,
                        folded: self.folded.len() as u32,
                        spanish: self.spanish.len() as u32,
                        english: self.english.len() as u32,
                    });
                    before = Boundary::None;
                    push_word(&mut self.folded, &part.folded);
                    push_word(&mut self.spanish, &part.spanish);
                    push_word(&mut self.english, &part.english);
                }
            });
        }
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The word at this ordinal.
    pub fn get(&self, index: usize) -> Option<&Word> {
        self.words.get(index)
    }

    /// Every word in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Word> {
        self.words.iter()
    }

    /// The folded word at this ordinal; empty past the end.
    pub fn folded(&self, index: usize) -> &str {
        let Some(word) = self.words.get(index) else { return "" };
        slice_word(&self.folded, word.folded, self.words.get(index + 1).map(|next| next.folded))
    }

    /// The stem of the word at this ordinal; empty past the end.
    pub fn stem(&self, language: StemLanguage, index: usize) -> &str {
        let Some(word) = self.words.get(index) else { return "" };
        let next = self.words.get(index + 1).map(|next| next.start_in(language));
        slice_word(self.stems(language), word.start_in(language), next)
    }

    /// All stems, each with a space on either side.
    pub fn stems(&self, language: StemLanguage) -> &str {
        match language {
            StemLanguage::Spanish => &self.spanish,
            StemLanguage::English => &self.english,
        }
    }

    /// All folded words, each with a space on either side.
    pub fn folded_words(&self) -> &str {
        &self.folded
    }

    /// The ordinal of the word whose stem starts at this byte of [`Words::stems`].
    pub fn word_at_stem(&self, language: StemLanguage, byte: usize) -> Option<usize> {
        self.words.binary_search_by_key(&byte, |word| word.start_in(language) as usize).ok()
    }

    /// The ordinals of the words that lie wholly or partly in this span of the source.
    pub fn range(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.words.partition_point(|word| word.span.end <= span.start);
        let end = self.words.partition_point(|word| word.span.start < span.end);
        start..end.max(start)
    }

    /// The ordinals of the clause around the word at this ordinal: as far as the next colon, semicolon or end of sentence.
    pub fn clause(&self, index: usize) -> std::ops::Range<usize> {
        self.around(index, Boundary::Clause)
    }

    /// The ordinals of the piece between commas around the word at this ordinal.
    pub fn phrase(&self, index: usize) -> std::ops::Range<usize> {
        self.around(index, Boundary::Comma)
    }

    fn around(&self, index: usize, limit: Boundary) -> std::ops::Range<usize> {
        let opens = |at: &usize| self.words[*at].before >= limit;
        let last = self.words.len();
        let start = (0..=index.min(last.saturating_sub(1))).rev().find(|at| *at < last && opens(at)).unwrap_or(0);
        let end = (index + 1..last).find(opens).unwrap_or(last);
        start..end
    }
}

impl Word {
    fn start_in(&self, language: StemLanguage) -> u32 {
        match language {
            StemLanguage::Spanish => self.spanish,
            StemLanguage::English => self.english,
        }
    }
}

fn push_word(buffer: &mut String, word: &str) {
    buffer.push_str(word);
    buffer.push(' ');
}

fn slice_word(buffer: &str, start: u32, next: Option<u32>) -> &str {
    let end = next.map_or(buffer.len(), |next| next as usize) - 1;
    &buffer[start as usize..end]
}

/// Walks over the runs of letters and digits of a text.
struct Runs<'a> {
    text: &'a str,
    at: usize,
    boundary: Boundary,
}

impl Runs<'_> {
    /// The next run with what stands before it.
    fn next_run(&mut self) -> Option<(Span, Boundary)> {
        let start = self.skip_to_word()?;
        let bytes = self.text.as_bytes();
        let end = if bytes[start].is_ascii_digit() { self.end_of_number(start) } else { self.end_of_word(start) };
        self.at = end;
        let before = std::mem::take(&mut self.boundary);
        Some((Span::new(start, end), before))
    }

    /// Goes over what is no word and remembers the strongest boundary in it.
    fn skip_to_word(&mut self) -> Option<usize> {
        let from = self.at;
        while self.at < self.text.len() {
            let c = self.text[self.at..].chars().next()?;
            if is_word_char(c) {
                return Some(self.at);
            }
            let next = self.at + c.len_utf8();
            self.boundary = self.boundary.max(self.boundary_of(c, from, next));
            self.at = next;
        }
        None
    }

    fn boundary_of(&self, c: char, from: usize, next: usize) -> Boundary {
        let inside_a_run = self.at == from && from > 0 && self.text[next..].starts_with(is_word_char);
        match c {
            '.' | ':' | ',' if inside_a_run => Boundary::None,
            '.' | '?' | '!' | '…' | '¿' | '¡' | '\n' | '\r' | '•' | '●' | '·' | '|' | '\u{2028}' | '\u{2029}' => {
                Boundary::Sentence
            }
            ';' | ':' => Boundary::Clause,
            ',' | '(' | ')' | '[' | ']' | '{' | '}' | '"' | '“' | '”' | '«' | '»' | '—' | '→' => {
                Boundary::Comma
            }
            '-' | '–' if self.text[..self.at].ends_with(' ') => Boundary::Comma,
            _ => Boundary::None,
        }
    }

    /// Digits, with points and commas between digits, and the letters that stick to them: "1.200,50", "3k", "24h".
    fn end_of_number(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = start;
        while at < bytes.len() {
            let separates = matches!(bytes[at], b'.' | b',') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
            if !bytes[at].is_ascii_digit() && !separates {
                break;
            }
            at += 1;
        }
        at + self.text[at..].find(|c: char| !is_word_char(c)).unwrap_or(self.text.len() - at)
    }

    /// Letters and digits, with apostrophes between letters.
    fn end_of_word(&self, start: usize) -> usize {
        let mut at = start;
        loop {
            let rest = &self.text[at..];
            at += rest.find(|c: char| !is_word_char(c)).unwrap_or(rest.len());
            let mut after = self.text[at..].chars();
            let joins = matches!(after.next(), Some('\'' | '\u{2019}' | '\u{2bc}'))
                && after.clone().next().is_some_and(char::is_alphabetic);
            if !joins {
                return at;
            }
            at = self.text.len() - after.as_str().len();
        }
    }
}

fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        let words = Words::read(text, &mut StemCache::new());
        (0..words.len()).map(|index| words.folded(index).to_owned()).collect()
    }

    #[test]
    fn folding_keeps_the_enye_and_drops_the_rest() {
        assert_eq!(fold("AÑO de la Cigüeña: ÉXITO, ﬁn"), "año de la cigueña: exito, fin");
        assert_eq!(fold("an\u{303}o e\u{301}xito"), "año exito");
        assert_eq!(fold("Straße Œuvre"), "strasse oeuvre");
        assert_eq!(fold_char('É'), Some('e'));
        assert_eq!(fold_char('\u{301}'), None);
    }

    #[test]
    fn a_folded_text_leads_back_to_its_source() {
        let source = "El e\u{301}xito del AÑO";
        let text = FoldedText::new(source);
        assert_eq!(text.text, "el exito del año");
        let at = text.text.find("exito").expect("it is there");
        assert_eq!(text.source_span(Span::new(at, at + 5)).slice(source), Some("e\u{301}xito"));
        let at = text.text.find("año").expect("it is there");
        assert_eq!(text.source_span(Span::new(at, at + 4)).slice(source), Some("AÑO"));
    }

    #[test]
    fn inflected_forms_meet() {
        let pairs = [
            (StemLanguage::Spanish, "operacion operación operaciones"),
            (StemLanguage::Spanish, "pagaria pagaría pagaríamos pagar pagamos pagó pago"),
            (StemLanguage::Spanish, "perder pierde perdimos perdió perdio perdiendo pierdan"),
            (StemLanguage::Spanish, "tener tengo tuvimos tendría tuvo tenemos"),
            (StemLanguage::Spanish, "copiar copiamos copió copiando copian"),
            (StemLanguage::Spanish, "hacer hago hizo haciendo hicieron haría"),
            (StemLanguage::Spanish, "buscar busqué busquen buscando"),
            (StemLanguage::Spanish, "servicio servicios"),
            (StemLanguage::English, "lose lost loses losing"),
            (StemLanguage::English, "copy copies copied copying"),
            (StemLanguage::English, "be is were been"),
            (StemLanguage::English, "find found finding finds"),
            (StemLanguage::Spanish, "decir dijo decirlo diciéndoselo dígale"),
            (StemLanguage::Spanish, "facilidad facilidades"),
            (StemLanguage::English, "facility facilities"),
            (StemLanguage::English, "implement implemented implementing implements"),
            (StemLanguage::English, "experience experienced experiences"),
        ];
        for (language, words) in pairs {
            let stems: Vec<String> = words.split(' ').map(|word| stem(language, word)).collect();
            assert!(stems.iter().all(|one| *one == stems[0]), "{words}: {stems:?}");
        }
    }

    #[test]
    fn words_that_only_look_alike_stay_apart() {
        let pairs = [
            (StemLanguage::Spanish, "dice", "decide"),
            (StemLanguage::Spanish, "informa", "información"),
            (StemLanguage::Spanish, "valido", "vale"),
            (StemLanguage::Spanish, "se", "sé"),
            (StemLanguage::English, "visit", "visitation"),
            (StemLanguage::English, "informed", "information"),
            (StemLanguage::English, "help", "helpful"),
        ];
        for (language, one, other) in pairs {
            assert_ne!(stem(language, one), stem(language, other), "{one} {other}");
        }
    }

    #[test]
    fn words_keep_their_places() {
        let text = "No, I can't pagar 1.200,50 Bs; it’s re-entered: 3k.";
        let words = Words::read(text, &mut StemCache::new());
        let shown: Vec<&str> = words.iter().map(|word| word.span.slice(text).expect("it fits")).collect();
        assert_eq!(shown, ["No", "I", "ca", "n't", "pagar", "1.200,50", "Bs", "it", "’s", "re", "entered", "3k"]);
        assert_eq!(
            folded(text),
            ["no", "i", "can", "not", "pagar", "1.200,50", "bs", "it", "is", "re", "entered", "3k"]
        );
        let numbers: Vec<usize> =
            (0..words.len()).filter(|at| words.iter().nth(*at).is_some_and(|w| w.is_number)).collect();
        assert_eq!(numbers, [5, 11]);
    }

    #[test]
    fn boundaries_part_clauses() {
        let words = Words::read("uno, dos (tres); a las 10:30 en node.js. Fin - ya", &mut StemCache::new());
        let marks: Vec<Boundary> = words.iter().map(|word| word.before).collect();
        use Boundary::{Clause, Comma, None, Sentence};
        assert_eq!(marks, [Sentence, Comma, Comma, Clause, None, None, None, None, None, None, Sentence, Comma]);
        assert_eq!(words.clause(4), 3..10);
        assert_eq!(words.phrase(1), 1..2);
    }

    #[test]
    fn stems_lead_back_to_their_word() {
        let words = Words::read("Nadie nos contestó el correo", &mut StemCache::new());
        let at = words.stems(StemLanguage::Spanish).find(" contest ").expect("it is there") + 1;
        assert_eq!(words.word_at_stem(StemLanguage::Spanish, at), Some(2));
    }

    #[test]
    fn odd_text_does_no_harm() {
        for text in
            ["", " ", "'", "''''", "a'", "'a", "1.", "1.,2", "n\u{303}", "\u{301}", "’t", "n't", "…", "٣ ٤", "a\u{0}b"]
        {
            let words = Words::read(text, &mut StemCache::new());
            assert!(words.iter().all(|word| word.span.slice(text).is_some()), "{text:?}");
        }
    }
}
