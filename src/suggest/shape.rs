//! What an utterance looks like, whatever its words mean.

use crate::text::words::{Boundary, Words};

use super::signs::Sign;

/// Words that turn a sentence: what follows them counts more.
const HINGES: &[&str] = &["pero", "sino", "aunque", "but", "however", "although", "though"];

/// Gives every sign of the shape to `add`.
pub(super) fn signs(text: &str, words: &Words, is_note: bool, add: &mut dyn FnMut(Sign)) {
    let bare = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '•' | '●' | '-' | '·'));
    opening(bare, words, is_note, add);
    ending(bare, is_note, add);
    if words.iter().skip(1).take(6).any(|word| word.before == Boundary::Clause) {
        add(Sign::HasColon);
    }
    if text.contains(['"', '“', '«', '”']) {
        add(Sign::Quoted);
    }
    if text.contains(['(', '[']) {
        add(Sign::Bracketed);
    }
    if text.matches(',').count() >= 3 {
        add(Sign::ManyCommas);
    }
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    if capitals * 6 > text.chars().count() {
        add(Sign::Capitals);
    }
    tenses(words, add);
}

fn opening(bare: &str, words: &Words, is_note: bool, add: &mut dyn FnMut(Sign)) {
    let first = words.folded(0);
    if opens_with_a_demand(words) {
        add(Sign::OpensQue);
    }
    if first.len() > 3 && ["ar", "er", "ir", "arlo", "erlo", "irlo"].iter().any(|ending| first.ends_with(ending)) {
        add(Sign::OpensInfinitive);
    }
    if first.len() > 5 && ["ing", "ando", "iendo"].iter().any(|ending| first.ends_with(ending)) {
        add(Sign::OpensGerund);
    }
    if is_note && first.len() > 3 && (first.ends_with("ed") || (first.ends_with('s') && !first.ends_with("ss"))) {
        add(Sign::OpensVerb);
    }
    if matches!(first, "and" | "but" | "so" | "y" | "pero" | "entonces" | "because" | "porque" | "or" | "o" | "ademas")
    {
        add(Sign::OpensConjunction);
    }
    if bare.starts_with(char::is_lowercase) {
        add(Sign::OpensLower);
    }
    if matches!(first, "yes" | "yeah" | "no" | "si" | "claro" | "exacto" | "ok" | "bueno" | "well" | "right") {
        add(Sign::Agrees);
    }
}

fn ending(bare: &str, is_note: bool, add: &mut dyn FnMut(Sign)) {
    match bare.chars().next_back() {
        Some('!') => add(Sign::Exclaims),
        Some('…') => add(Sign::Trails),
        Some(':') => add(Sign::EndsColon),
        Some(c) if c.is_alphanumeric() || c == ',' || c == ')' => {
            add(Sign::NoEnd);
            if is_note {
                add(Sign::NoteNoEnd);
            }
        }
        _ if bare.ends_with("...") => add(Sign::Trails),
        _ => {}
    }
}

fn tenses(words: &Words, add: &mut dyn FnMut(Sign)) {
    let (mut conditional, mut imperfect, mut past, mut progressive, mut ours) = (false, false, 0, false, false);
    for at in 0..words.len() {
        let word = words.folded(at);
        let ends = |endings: &[&str]| word.len() > 4 && endings.iter().any(|ending| word.ends_with(ending));
        conditional |= ends(&["aria", "eria", "iria", "arian", "erian", "irian", "ariamos", "eriamos", "iriamos"]);
        ours |= ends(&["amos", "emos", "imos"]);
        imperfect |= ends(&["aba", "aban", "abamos"]);
        progressive |= ends(&["ando", "iendo", "yendo", "ing"]);
        past += usize::from(ends(&["ed", "aron", "ieron", "eron"]));
    }
    for (holds, sign) in [
        (conditional, Sign::Conditional),
        (ours, Sign::OurVerb),
        (imperfect, Sign::Imperfect),
        (past > 0, Sign::Past),
        (past > 1, Sign::SeveralPast),
        (progressive, Sign::Progressive),
    ] {
        if holds {
            add(sign);
        }
    }
}

/// The last word that turns the sentence, if something stands before and after it.
pub(super) fn last_hinge(words: &Words) -> Option<usize> {
    let hinge = (0..words.len()).rev().find(|at| HINGES.contains(&words.folded(*at)))?;
    let alone = hinge < 2 || hinge + 3 > words.len();
    (!alone).then_some(hinge)
}

/// "From ninety calls to fifty", "pasamos de doce días a cuatro".
pub(super) fn from_one_number_to_another(words: &Words) -> bool {
    let number = |at: usize| {
        words.get(at).is_some_and(|word| word.is_number) && !matches!(words.folded(at), "un" | "una" | "one")
    };
    let near = |at: usize| (at + 1..at + 4).any(number);
    let opens = |at: usize| matches!(words.folded(at), "from" | "de") && near(at);
    let closes = |at: usize| matches!(words.folded(at), "to" | "a") && near(at);
    (0..words.len()).any(|at| opens(at) && (at + 2..at + 8).any(closes))
}

/// "Que el jefe de turno pueda parar": a demand that opens with "que" or "and that".
fn opens_with_a_demand(words: &Words) -> bool {
    match (words.folded(0), words.folded(1)) {
        ("que", next) => !matches!(next, "si" | "no" | "yo" | "raro" | "bueno" | "lindo" | "pena" | "bien" | "mal"),
        ("y", "que") | ("and", "that") => words.len() > 4,
        _ => false,
    }
}
