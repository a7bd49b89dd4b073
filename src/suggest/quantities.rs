//! Numbers bound to what they count.

use std::ops::Range;

use crate::model::{Quantity, QuantityKind, Span};
use crate::text::words::{Boundary, Words, number_word};

/// Every quantity in this text, whose words are `words`, in order. A bare number that counts nothing is none.
pub fn quantities(text: &str, words: &Words) -> Vec<Quantity> {
    let reader = Reader { text, words };
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match reader.quantity(at) {
            Some((quantity, next)) => {
                found.push(quantity);
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

/// The value of a number in digits, in either convention, and the letters that stick to it: "1.200,50", "1,200.50", "3k".
pub fn parse_digits(written: &str) -> Option<(f64, &str)> {
    let digits_end = written.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(written.len());
    let (number, suffix) = written.split_at(digits_end);
    let number = number.trim_end_matches(['.', ',']);
    if !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let last = number.rfind(['.', ',']);
    let decimal = last.filter(|at| {
        let separator = &number[*at..=*at];
        let alone = number.matches(['.', ',']).count() == 1;
        let repeated = number.matches(separator).count() > 1;
        let three = number.len() - at - 1 == 3;
        !repeated && (!three || !alone || number.starts_with('0'))
    });
    let plain: String = number
        .char_indices()
        .filter_map(|(at, c)| match c {
            '.' | ',' if Some(at) == decimal => Some('.'),
            '.' | ',' => None,
            digit => Some(digit),
        })
        .collect();
    let value: f64 = plain.parse().ok()?;
    Some(match suffix {
        "k" => (value * 1e3, ""),
        "m" | "mm" => (value * 1e6, ""),
        _ => (value, suffix),
    })
}

/// Words that measure time.
const TIME_UNITS: &[&str] = &[
    "segundo",
    "segundos",
    "minuto",
    "minutos",
    "min",
    "mins",
    "hora",
    "horas",
    "hrs",
    "h",
    "dia",
    "dias",
    "semana",
    "semanas",
    "mes",
    "meses",
    "año",
    "años",
    "quincena",
    "quincenas",
    "second",
    "seconds",
    "minute",
    "minutes",
    "hour",
    "hours",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "noche",
    "noches",
    "night",
    "nights",
    "trimestre",
    "trimestres",
    "quarters",
];

/// Words that name a currency.
const CURRENCIES: &[&str] = &[
    "dolar",
    "dolares",
    "peso",
    "pesos",
    "sol",
    "soles",
    "boliviano",
    "bolivianos",
    "bs",
    "euro",
    "euros",
    "dollar",
    "dollars",
    "bucks",
    "usd",
    "cop",
    "mxn",
    "pen",
    "clp",
    "ars",
    "lucas",
    "palos",
    "guaranies",
    "reales",
    "quetzales",
    "colones",
    "cents",
    "centavos",
];

/// Signs that stand before an amount.
const MONEY_SIGNS: &[&str] = &["US$", "R$", "$", "€", "£", "S/.", "S/", "Bs.", "Bs", "bs", "USD", "COP", "MXN"];

/// Folded phrases that make a number a lower bound.
const AT_LEAST: &[&[&str]] = &[
    &["mas", "de"],
    &["more", "than"],
    &["over"],
    &["at", "least"],
    &["al", "menos"],
    &["por", "lo", "menos"],
    &["arriba", "de"],
    &["minimo"],
    &["como", "minimo"],
    &["upwards", "of"],
    &["no", "less", "than"],
    &["no", "menos", "de"],
];

/// Words that are no unit.
const NO_UNIT: &[&str] = &[
    "de", "del", "y", "o", "a", "que", "en", "por", "para", "con", "sin", "el", "la", "los", "las", "un", "una", "se",
    "me", "nos", "es", "son", "of", "and", "or", "to", "the", "in", "on", "at", "for", "with", "is", "are", "was",
    "were", "that", "it", "i", "we", "you", "al", "lo", "le", "les", "no", "not", "si", "if", "pero", "but", "am",
    "pm", "mas", "more", "than", "as", "by", "from", "out", "vez", "times", "veces", "so", "then", "she", "he", "they",
    "su", "sus", "mi", "my", "our", "his", "her", "their", "cada", "each",
];

struct Reader<'a> {
    text: &'a str,
    words: &'a Words,
}

/// A number in the words of a text.
struct Number {
    value: f64,
    /// What sticks to its digits: "h" of "24h".
    suffix: String,
    words: Range<usize>,
}

impl Reader<'_> {
    /// The quantity that starts with the number at this word, and where to read on.
    fn quantity(&self, at: usize) -> Option<(Quantity, usize)> {
        if let Some(half) = self.half(at) {
            return Some(half);
        }
        let number = self.number(at)?;
        if self.is_time_or_date(&number.words) {
            return None;
        }
        let (upper, is_ratio, end) = self.second_number(&number);
        let mut words = self.with_lower_bound(at)..end;
        let is_bound = words.start < at || self.after(end).starts_with('+');
        let mut span_start = self.start(words.start);
        let mut unit = (!number.suffix.is_empty()).then(|| number.suffix.clone());
        let mut kind = None;
        if let Some((sign, start)) = self.money_sign(at) {
            kind = Some(QuantityKind::Money);
            unit = Some(sign.to_owned());
            span_start = span_start.min(start);
        }
        let mut span_end = self.end(words.end);
        if kind.is_none() && self.is_percent(words.end) {
            kind = Some(QuantityKind::Percent);
            span_end = self.percent_end(&mut words.end);
            unit = Some("%".to_owned());
        }
        if kind.is_none() && unit.is_none() {
            (kind, unit) = self.unit(&mut words);
            span_end = self.end(words.end).max(span_end);
        }
        let kind = match kind {
            Some(kind) => kind,
            None if is_ratio => QuantityKind::Ratio,
            None if upper.is_some() => QuantityKind::Range,
            None if is_bound => QuantityKind::AtLeast,
            None if unit.is_some() && !self.is_article(&number) => QuantityKind::Exact,
            None => return None,
        };
        let counts_one = self.is_article(&number)
            && !matches!(kind, QuantityKind::Duration | QuantityKind::Ratio | QuantityKind::Money);
        if counts_one {
            return None;
        }
        let next = words.end;
        Some((Quantity { kind, value: number.value, upper, unit, span: Span::new(span_start, span_end) }, next))
    }

    /// "la mitad", "half", "media hora", "half a day".
    fn half(&self, at: usize) -> Option<(Quantity, usize)> {
        let word = self.words.folded(at);
        let skip_article =
            |from: usize| from + usize::from(matches!(self.words.folded(from), "a" | "an" | "the" | "of"));
        let (value, upper, from) = match word {
            "mitad" | "half" | "medio" | "media" => (1.0, 2.0, at + 1),
            "tercio" | "third" if at > 0 && matches!(self.words.folded(at - 1), "un" | "a" | "one") => {
                (1.0, 3.0, at + 1)
            }
            _ => return None,
        };
        let unit_at = skip_article(from);
        let unit = self.words.folded(unit_at);
        let whole = |end: usize| Span::new(self.start(at), self.end(end));
        if word != "mitad" && TIME_UNITS.contains(&unit) {
            let quantity = Quantity {
                kind: QuantityKind::Duration,
                value: value / upper,
                upper: None,
                unit: Some(self.source(unit_at).to_owned()),
                span: whole(unit_at + 1),
            };
            return Some((quantity, unit_at + 1));
        }
        if matches!(word, "medio" | "media") {
            return None;
        }
        let quantity =
            Quantity { kind: QuantityKind::Ratio, value, upper: Some(upper), unit: None, span: whole(at + 1) };
        Some((quantity, at + 1))
    }

    /// The number at this word: digits, or number words in a row.
    fn number(&self, at: usize) -> Option<Number> {
        let word = self.words.get(at)?;
        if !word.is_number {
            return None;
        }
        let folded = self.words.folded(at);
        if folded.starts_with(|c: char| c.is_ascii_digit()) {
            let (value, suffix) = parse_digits(folded)?;
            let multiplier = self.multiplier(at + 1);
            let end = at + 1 + usize::from(multiplier.is_some());
            return Some(Number {
                value: value * multiplier.unwrap_or(1.0),
                suffix: suffix.to_owned(),
                words: at..end,
            });
        }
        let (mut total, mut current, mut end) = (0.0, 0.0, at);
        while let Some(value) = self.number_word_at(end, at) {
            match value {
                value if value >= 1000.0 => {
                    total += f64::max(current, 1.0) * value;
                    current = 0.0;
                }
                value if value >= 100.0 && current > 0.0 && current < 10.0 => current *= value,
                12.0 if self.words.folded(end).starts_with("do")
                    && current > 0.0
                    && self.words.folded(end) != "doce" =>
                {
                    current *= 12.0;
                }
                value => current += value,
            }
            let joins = matches!(self.words.folded(end + 1), "y" | "and") && current + total >= 20.0;
            let next = end + 1 + usize::from(joins && self.small_number_word(end + 2));
            end = next;
        }
        Some(Number { value: total + current, suffix: String::new(), words: at..end })
    }

    fn number_word_at(&self, at: usize, first: usize) -> Option<f64> {
        let word = self.words.get(at)?;
        let folded = self.words.folded(at);
        (at == first || word.before == Boundary::None).then(|| number_word(folded)).flatten()
    }

    fn small_number_word(&self, at: usize) -> bool {
        number_word(self.words.folded(at)).is_some_and(|value| value < 100.0)
    }

    fn multiplier(&self, at: usize) -> Option<f64> {
        matches!(self.words.folded(at), "mil" | "millon" | "millones" | "thousand" | "million" | "hundred")
            .then(|| number_word(self.words.folded(at)))
            .flatten()
    }

    /// The other number of a range or a ratio, whether it is a ratio, and where it all ends.
    fn second_number(&self, first: &Number) -> (Option<f64>, bool, usize) {
        let end = first.words.end;
        let none = (None, false, end);
        if self.words.get(end).is_none_or(|word| word.before > Boundary::None) {
            return none;
        }
        let joined = self.between(end);
        if matches!(joined.trim(), "-" | "–")
            && let Some(second) = self.number(end)
        {
            return (Some(second.value), false, second.words.end);
        }
        let links: &[(&[&str], bool)] = &[
            (&["de", "cada"], true),
            (&["out", "of"], true),
            (&["in", "every"], true),
            (&["de", "los"], true),
            (&["de", "las"], true),
            (&["de"], true),
            (&["of"], true),
            (&["a"], false),
            (&["to"], false),
            (&["o"], false),
            (&["or"], false),
        ];
        for (link, is_ratio) in links {
            let fits = link.iter().enumerate().all(|(n, word)| self.words.folded(end + n) == *word);
            if !fits {
                continue;
            }
            if let Some(second) = self.number(end + link.len())
                && (!self.is_article(&second))
                && second.value > first.value
            {
                return (Some(second.value), *is_ratio, second.words.end);
            }
        }
        let spans = at_start(self.words, first.words.start, &["entre", "between"])
            && matches!(self.words.folded(end), "y" | "and");
        match spans.then(|| self.number(end + 1)).flatten() {
            Some(second) => (Some(second.value), false, second.words.end),
            None => none,
        }
    }

    /// The first word of a phrase like "más de" before this number.
    fn with_lower_bound(&self, at: usize) -> usize {
        AT_LEAST
            .iter()
            .filter_map(|phrase| {
                let start = at.checked_sub(phrase.len())?;
                phrase.iter().enumerate().all(|(n, word)| self.words.folded(start + n) == *word).then_some(start)
            })
            .min()
            .unwrap_or(at)
    }

    /// What is counted: kind and unit; the words grow to hold it.
    fn unit(&self, words: &mut Range<usize>) -> (Option<QuantityKind>, Option<String>) {
        let mut at = words.end;
        if matches!(self.words.folded(at), "de" | "of")
            && !NO_UNIT.contains(&self.words.folded(at + 1))
            && self.is_large(words)
        {
            at += 1;
        }
        let folded = self.words.folded(at);
        let attached = self.words.get(at).is_some_and(|word| word.before == Boundary::None && !word.is_number);
        if !attached || NO_UNIT.contains(&folded) || folded.len() < 2 && folded != "h" {
            return (None, None);
        }
        let unit = self.source(at).to_owned();
        words.end = at + 1;
        if CURRENCIES.contains(&folded) {
            return (Some(QuantityKind::Money), Some(unit));
        }
        if !TIME_UNITS.contains(&folded) {
            return (None, Some(unit));
        }
        let rate = matches!(self.words.folded(at + 1), "por" | "al" | "a" | "per" | "every" | "cada" | "each")
            && TIME_UNITS.contains(&self.words.folded(at + 2));
        if rate {
            words.end = at + 3;
            let whole = Span::new(self.start(at), self.end(at + 3));
            return (Some(QuantityKind::Duration), whole.slice(self.text).map(str::to_owned));
        }
        (Some(QuantityKind::Duration), Some(unit))
    }

    /// "millones de pesos", "cientos de", "dozens of": the preposition belongs to the number.
    fn is_large(&self, words: &Range<usize>) -> bool {
        matches!(
            self.words.folded(words.end - 1),
            "millon" | "millones" | "docena" | "docenas" | "dozens" | "hundreds" | "thousands" | "millions" | "couple"
        )
    }

    fn money_sign(&self, at: usize) -> Option<(&'static str, usize)> {
        let start = self.start(at);
        let before = self.text.get(..start)?.trim_end();
        let sign = MONEY_SIGNS.iter().find(|sign| before.ends_with(**sign))?;
        let sign_start = before.len() - sign.len();
        let glued = before[..sign_start].ends_with(char::is_alphanumeric) && sign.starts_with(char::is_alphabetic);
        (!glued && start - before.len() <= 1).then_some((*sign, sign_start))
    }

    fn is_percent(&self, end: usize) -> bool {
        self.after(end).trim_start_matches(' ').starts_with('%')
            || matches!((self.words.folded(end), self.words.folded(end + 1)), ("por", "ciento") | ("per", "cent"))
            || self.words.folded(end) == "percent"
    }

    fn percent_end(&self, words_end: &mut usize) -> usize {
        let after = self.after(*words_end);
        if after.trim_start_matches(' ').starts_with('%') {
            let spaces = after.len() - after.trim_start_matches(' ').len();
            return self.end(*words_end) + spaces + 1;
        }
        *words_end += if self.words.folded(*words_end) == "percent" { 1 } else { 2 };
        self.end(*words_end)
    }

    /// "un", "una", "one": an article more often than a number.
    fn is_article(&self, number: &Number) -> bool {
        number.words.len() == 1 && matches!(self.words.folded(number.words.start), "un" | "una" | "uno" | "one")
    }

    /// "10:30", "3/14", "2026-03-14".
    fn is_time_or_date(&self, words: &Range<usize>) -> bool {
        let before = self.text[..self.start(words.start)].chars().next_back();
        let after = self.after(words.end);
        let mut back = self.text[..self.start(words.start)].chars().rev();
        let continues = back.next() == Some('-') && back.next().is_some_and(|c| c.is_ascii_digit());
        let digit_follows = after.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
        continues
            || matches!(before, Some(':' | '/')) && !self.text[..self.start(words.start)].ends_with("S/")
            || (after.starts_with([':', '/']) && digit_follows)
            || (self.end(words.end) - self.start(words.start) == 4 && after.starts_with('-') && digit_follows)
            || matches!(self.words.folded(words.end), "am" | "pm")
    }

    fn start(&self, word: usize) -> usize {
        self.words.get(word).map_or(self.text.len(), |word| word.span.start)
    }

    /// One past the last byte of the word before this ordinal.
    fn end(&self, word: usize) -> usize {
        word.checked_sub(1).and_then(|last| self.words.get(last)).map_or(0, |word| word.span.end)
    }

    fn after(&self, word: usize) -> &str {
        self.text.get(self.end(word)..).unwrap_or_default()
    }

    /// What stands between the word at this ordinal and the one before.
    fn between(&self, word: usize) -> &str {
        self.text.get(self.end(word)..self.start(word)).unwrap_or_default()
    }

    fn source(&self, word: usize) -> &str {
        self.words.get(word).and_then(|word| word.span.slice(self.text)).unwrap_or_default()
    }
}

fn at_start(words: &Words, number: usize, openers: &[&str]) -> bool {
    number.checked_sub(1).is_some_and(|at| openers.contains(&words.folded(at)))
}
