//! What people said, inside notes: words in quotation marks, and words reported with a name. They become turns of speech of
//! their own; the rest stays a note.
//!
//! `FC: "no alcanza"`, `Marta contó: «...»`, `"..." dijo Jorge`, `P3 said that ...`, `La entrevistada comenta que ...`. A
//! lead-in that only names who speaks belongs to no turn, as a label belongs to none.

use std::collections::HashMap;

use crate::model::{Nature, Span, Turn};

use super::draft::Draft;
use super::facts;
use super::labels::{self, Likeness};
use super::lines;

/// A note longer than this is not searched for quotes.
const LONGEST_NOTE_BYTES: usize = 20_000;
/// Words in quotation marks longer than this are no quote; a mark was forgotten.
const LONGEST_QUOTE_BYTES: usize = 1_500;
/// From so many words on, quotation marks hold what somebody said; fewer are a name or irony, unless they are a sentence.
const FEWEST_WORDS: usize = 4;

/// Takes what people said out of the notes of a draft.
pub fn take_quotes(text: &str, draft: &mut Draft) {
    if !draft.turns.iter().any(|turn| turn.nature == Nature::Note) {
        return;
    }
    let people = People::of(text, draft);
    let turns = std::mem::take(&mut draft.turns);
    for turn in turns {
        if turn.nature != Nature::Note || turn.speaker.is_some() {
            draft.turns.push(turn);
            continue;
        }
        for part in parts(text, &turn.pieces, &people) {
            let pieces = part.pieces(text, &turn.pieces);
            if pieces.is_empty() {
                continue;
            }
            let speaker = part.speaker.map(|name| draft.speaker(name));
            draft.turns.push(Turn { speaker, nature: part.nature, pieces, ..Turn::default() });
        }
    }
}

/// A stretch of a note.
#[derive(Clone, Copy)]
struct Part<'a> {
    nature: Nature,
    speaker: Option<&'a str>,
    from: usize,
    to: usize,
}

impl Part<'_> {
    /// Its words as slices of the note's own pieces.
    fn pieces(&self, text: &str, whole: &[Span]) -> Vec<Span> {
        let cut = |piece: &Span| {
            let (start, end) = (piece.start.max(self.from), piece.end.min(self.to));
            let words = lines::trim(text.get(start..end)?);
            (!words.is_empty()).then(|| lines::span_of(text, words))
        };
        let pieces: Vec<Span> = whole.iter().filter_map(cut).collect();
        let says =
            pieces.iter().any(|piece| piece.slice(text).is_some_and(|words| words.contains(char::is_alphanumeric)));
        if says { pieces } else { Vec::new() }
    }
}

/// Parts a note: what stands outside quotes, and each quote with who says it.
fn parts<'a>(text: &'a str, pieces: &[Span], people: &People) -> Vec<Part<'a>> {
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return Vec::new() };
    let (from, to) = (first.start, last.end);
    let whole = Part { nature: Nature::Note, speaker: None, from, to };
    if to - from > LONGEST_NOTE_BYTES {
        return vec![whole];
    }
    let Some(note) = text.get(from..to) else { return vec![whole] };
    let quotes = quotes(note);
    if quotes.is_empty() {
        return reported(text, whole, people);
    }
    let mut parts = Vec::new();
    let mut at = 0;
    for (place, quote) in quotes.iter().enumerate() {
        let before = &note[at..quote.outer.start];
        let next = quotes.get(place + 1).map_or(note.len(), |next| next.outer.start);
        let behind = &note[quote.outer.end..next];
        let lead = lead_in(before, people);
        let (speaker, kept_before) = match lead {
            Some(lead) => (Some(lead.name), if lead.says_more { before.len() } else { lead.from }),
            None => (None, before.len()),
        };
        let (speaker, used_behind) = match (speaker, named_behind(behind)) {
            (None, Some((name, used))) => (Some(name), used),
            (speaker, _) => (speaker, 0),
        };
        if kept_before > 0 {
            parts.push(Part { to: from + at + kept_before, from: from + at, ..whole });
        }
        let quoted =
            Part { nature: Nature::Speech, speaker, from: from + quote.inner.start, to: from + quote.inner.end };
        parts.push(quoted);
        at = quote.outer.end + used_behind;
    }
    if at < note.len() {
        parts.push(Part { from: from + at, ..whole });
    }
    parts
}

/// A note without quotation marks: `FC: ...`, `Jorge dijo que ...`, or all of it about somebody who is named as the subject.
fn reported<'a>(text: &'a str, whole: Part<'a>, people: &People) -> Vec<Part<'a>> {
    let note = &text[whole.from..whole.to];
    if let Some((name, words)) = labels::prefix(note)
        && people.knows(name)
        && (words.split_whitespace().count() >= 5 || words.ends_with(['.', '?', '!', '…']))
    {
        let said = whole.to - words.len() - (note.len() - note.trim_end().len());
        let from = lines::span_of(text, words).start.min(said.max(whole.from));
        return vec![Part { nature: Nature::Speech, speaker: Some(name), from, to: whole.to }];
    }
    let Some((name, used, is_role)) = subject(note) else { return vec![whole] };
    if !is_role && !people.knows(name) {
        return vec![whole];
    }
    let Some(clause) = reporting_clause(&note[used..]) else {
        // The person whom the note describes is its subject, and the note stays the team's words.
        return vec![Part { speaker: is_role.then_some(name), ..whole }];
    };
    let said = whole.from + used + clause;
    let end = note[used + clause..].find(". ").map_or(whole.to, |at| said + at + 1);
    let mut parts = vec![Part { nature: Nature::Speech, speaker: Some(name), from: said, to: end }];
    if end < whole.to {
        parts.push(Part { from: end, speaker: is_role.then_some(name), ..whole });
    }
    parts
}

/// Words in quotation marks: with their marks, and without.
struct Quoted {
    outer: std::ops::Range<usize>,
    inner: std::ops::Range<usize>,
}

fn quotes(note: &str) -> Vec<Quoted> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some((start, opening)) = note[from..].char_indices().find(|(_, c)| matches!(c, '"' | '“' | '«')) {
        let outer_start = from + start;
        let inner_start = outer_start + opening.len_utf8();
        from = inner_start;
        let free = note[..outer_start].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        if !free || note[inner_start..].starts_with(char::is_whitespace) {
            continue;
        }
        let Some((inner_end, closing)) = closing(note, inner_start, opening) else { continue };
        let inner = &note[inner_start..inner_end];
        if inner.len() <= LONGEST_QUOTE_BYTES && is_said(inner) {
            found.push(Quoted { outer: outer_start..inner_end + closing, inner: inner_start..inner_end });
        }
        from = inner_end + closing;
    }
    found
}

/// Where the quotation ends, and how many bytes its mark takes.
fn closing(note: &str, from: usize, opening: char) -> Option<(usize, usize)> {
    note[from..].char_indices().find_map(|(at, c)| {
        let closes = match opening {
            '«' => c == '»',
            '“' => {
                matches!(c, '”' | '"')
                    || (c == '“' && !note[from + at + c.len_utf8()..].starts_with(char::is_alphanumeric))
            }
            _ => matches!(c, '"' | '”'),
        };
        let before = note[..from + at].chars().next_back();
        let next = note[from + at + c.len_utf8()..].chars().next();
        let ends = before.is_some_and(|c| !c.is_whitespace()) && next.is_none_or(|c| !c.is_alphanumeric());
        (closes && (opening == '«' || ends)).then_some((from + at, c.len_utf8()))
    })
}

/// Is this what somebody said rather than a name or a single word?
fn is_said(inner: &str) -> bool {
    let words = inner.split_whitespace().count();
    let ends = inner.trim_end_matches(['*', '_']).ends_with(['.', '?', '!', '…']);
    let small = inner.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    (words >= FEWEST_WORDS && small >= 2) || (words >= 2 && ends && small >= 1)
}

/// Who speaks by the words before a quote.
struct LeadIn<'a> {
    name: &'a str,
    /// Where the lead-in begins.
    from: usize,
    /// It says more than who speaks, and stays a note.
    says_more: bool,
}

/// `Marta: `, `Rolando, después, más serio: `, `Ximena contó: `, `Jorge dijo que `, at the end of `before`.
fn lead_in<'a>(before: &'a str, people: &People) -> Option<LeadIn<'a>> {
    let trimmed = before.trim_end();
    let begins = trimmed.trim_end_matches([':', ',']).rfind([';', '.', '\n', '!', '?']).map_or(0, |at| at + 1);
    let sentence = trimmed[begins..].trim_start();
    let from = lines::span_of(before, sentence).start;
    let ends_with_colon = sentence.ends_with(':');
    if let Some((name, used, is_role)) = subject(sentence) {
        let rest = sentence[used..].trim_end_matches(':').trim();
        let count = rest.split_whitespace().count();
        let verb = reporting_verb(rest);
        let according = ["Según ", "According to "].iter().any(|start| sentence.starts_with(start));
        let known = is_role
            || according
            || people.knows(name)
            || verb.is_some()
            || (ends_with_colon && (count == 0 || rest.starts_with([',', '('])));
        if known && (ends_with_colon || verb.is_some() || count == 0) {
            let verb_words = verb.map_or(0, |length| rest[..length].split_whitespace().count());
            let says_more = count > verb_words + 5 && !rest.starts_with('(');
            return Some(LeadIn { name, from, says_more });
        }
    }
    // `Wilson no le creía al principio. "Yo pensé ..."`: the one person whom the note has named so far.
    let (name, _, is_role) = subject(trimmed)?;
    (begins > 0 && sentence.is_empty() && (is_role || people.knows(name))).then_some(LeadIn {
        name,
        from: before.len(),
        says_more: true,
    })
}

/// `, dijo Marta`, ` — P3`, ` (Marta)` at the start of what follows a quote: the name, and how many bytes it takes.
fn named_behind(behind: &str) -> Option<(&str, usize)> {
    let rest = behind.trim_start_matches([' ', ',', '.', '\u{A0}']);
    let marked = ['—', '–', '-', '('].iter().find_map(|mark| rest.strip_prefix(*mark));
    let inner = marked.unwrap_or(rest).trim_start();
    let verb = reporting_verb(inner);
    let named = match (verb, marked) {
        (Some(verb), _) => inner[verb..].trim_start(),
        (None, Some(_)) => inner,
        (None, None) => return None,
    };
    let (name, used, _) = subject(named)?;
    let after = &named[used..];
    let ends = after.trim_start_matches([')', '.', ',', ' ']).is_empty()
        || (verb.is_some() && !after.starts_with(char::is_alphanumeric));
    let end = lines::span_of(behind, after).start;
    let closing = after.len() - after.trim_start_matches([')', '.', ',']).len();
    ends.then_some((name, end + closing))
}

/// The person with whom a sentence begins: a name, initials, `P3`, or a role with its article. Gives the name, the bytes up
/// to its end, and whether it is a role.
fn subject(sentence: &str) -> Option<(&str, usize, bool)> {
    let skipped = ["A ", "a ", "Según ", "Para ", "According to ", "For "];
    let start = skipped.iter().find_map(|word| sentence.strip_prefix(word)).unwrap_or(sentence);
    let offset = sentence.len() - start.len();
    let mut words = start.split_inclusive(char::is_whitespace);
    let first = words.next()?;
    let article = ["el", "la", "los", "las", "un", "una", "the", "one"];
    let folded = labels::fold(first.trim());
    if article.contains(&folded.as_str()) {
        let second = words.next()?;
        let role = second.trim_end_matches(|c: char| !c.is_alphanumeric());
        let used = first.len() + role.len();
        return is_described(role).then(|| (&start[..used], offset + used, true));
    }
    let mut used = 0;
    let mut count = 0;
    for word in start.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end().trim_end_matches([',', ':', '.', ';', ')']);
        let is_particle = count > 0 && matches!(bare, "de" | "del" | "la" | "los" | "van" | "von" | "da");
        if !is_particle && !is_name_word(bare) {
            break;
        }
        count += 1;
        let position = word.as_ptr() as usize - start.as_ptr() as usize;
        if !is_particle {
            used = position + bare.len();
        }
        if bare.len() < word.trim_end().len() || count >= 5 {
            break;
        }
    }
    let name = &start[..used];
    let first_word = labels::fold(name.split_whitespace().next()?);
    let is_name = labels::likeness(name) == Likeness::Name && !SENTENCE_STARTS.contains(&first_word.as_str());
    (is_name && facts::fact(name).is_none()).then_some((name, offset + used, labels::is_role(name)))
}

fn is_name_word(word: &str) -> bool {
    let inner = word.trim_start_matches(['[', '*']).trim_end_matches([']', '*']);
    inner.starts_with(char::is_uppercase)
        && inner.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '.' | '_'))
}

/// The roles of those whom notes describe.
fn is_described(word: &str) -> bool {
    const ROLES: [&str; 22] = [
        "entrevistado",
        "entrevistada",
        "entrevistados",
        "cliente",
        "clienta",
        "usuario",
        "usuaria",
        "participante",
        "participantes",
        "encuestado",
        "encuestada",
        "paciente",
        "interviewee",
        "participant",
        "client",
        "customer",
        "user",
        "respondent",
        "comprador",
        "compradora",
        "estudiante",
        "invitada",
    ];
    ROLES.contains(&labels::fold(word).as_str())
}

/// How many bytes of a reporting verb stand at the start: `dijo`, `nos comentó`, `told us`.
fn reporting_verb(text: &str) -> Option<usize> {
    let mut end = 0;
    for word in text.split_inclusive(char::is_whitespace).take(3) {
        let bare = word.trim_end().trim_end_matches([',', ':', '.', ')']);
        end += word.len();
        let folded = labels::fold(bare);
        if VERBS.binary_search(&folded.as_str()).is_ok() {
            let us = text[end..].split_whitespace().next().filter(|next| matches!(*next, "us" | "me" | "out"));
            return Some(us.map_or(end - (word.len() - bare.len()), |us| end + us.len()));
        }
        if !matches!(
            folded.as_str(),
            "nos" | "me" | "le" | "les" | "se" | "tambien" | "also" | "luego" | "despues" | "then" | "ademas"
        ) {
            return None;
        }
    }
    None
}

/// Where the clause begins that a reporting verb governs: behind `dijo que`, `said that`, `said`.
fn reporting_clause(text: &str) -> Option<usize> {
    let blank = text.len() - text.trim_start().len();
    let verb = reporting_verb(text.trim_start())?;
    let rest = &text[blank + verb..];
    let rest_start = blank + verb + (rest.len() - rest.trim_start().len());
    let rest = rest.trim_start();
    for joint in ["que ", "that ", ": "] {
        if let Some(words) = rest.strip_prefix(joint) {
            return (words.split_whitespace().count() >= 3).then_some(rest_start + joint.len());
        }
    }
    None
}

/// Who is known to be a person in these notes.
struct People {
    known: HashMap<String, bool>,
}

impl People {
    fn of(text: &str, draft: &Draft) -> Self {
        let mut known = HashMap::new();
        for attendee in &draft.facts.attendees {
            let name = attendee.split(['(', '<', ',', '-']).next().unwrap_or("").trim();
            let folded = labels::fold(name);
            let initials: String = folded.split_whitespace().filter_map(|word| word.chars().next()).collect();
            if initials.chars().count() >= 2 {
                known.insert(initials, true);
            }
            if let Some(first) = folded.split_whitespace().next() {
                known.insert(first.to_owned(), true);
            }
            known.insert(folded, true);
        }
        let mut labels_seen: HashMap<String, usize> = HashMap::new();
        for turn in draft.turns.iter().filter(|turn| turn.nature == Nature::Note) {
            let Some(words) = turn.pieces.first().and_then(|piece| piece.slice(text)) else { continue };
            if let Some((name, said)) = labels::prefix(words)
                && !said.is_empty()
                && (is_code(name) || (said.starts_with(['"', '“', '«']) && labels::likeness(name) == Likeness::Name))
            {
                *labels_seen.entry(labels::fold(name)).or_default() += 1;
            }
        }
        for (name, count) in labels_seen {
            // Initials that begin several notes, and whoever is quoted elsewhere.
            if count >= 2 || !is_code(&name.to_uppercase()) {
                known.insert(name, true);
            }
        }
        Self { known }
    }

    /// Is this the name, the first name, the initials of somebody who was there, or a participant's number?
    fn knows(&self, name: &str) -> bool {
        let folded = labels::fold(name.trim_matches(['*', '_', ' ']));
        self.known.contains_key(&folded) || is_participant(name) || labels::is_role(name) || is_described(name)
    }
}

/// `FC`, `DMR`: two or three capitals.
fn is_code(name: &str) -> bool {
    (2..=3).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// `P3`, `U12`.
fn is_participant(name: &str) -> bool {
    let digits = name.trim_start_matches(['P', 'U']);
    digits.len() + 1 == name.len()
        && (1..=2).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Words (folded) that begin sentences with a capital and are no names.
const SENTENCE_STARTS: [&str; 91] = [
    "a", "ademas", "ahi", "ahora", "al", "algo", "alguien", "and", "antes", "aqui", "asi", "aun", "aunque", "bueno",
    "but", "cada", "casi", "claro", "como", "con", "cuando", "de", "del", "desde", "despues", "donde", "el", "ella",
    "ellos", "en", "entonces", "entre", "es", "esa", "ese", "eso", "esta", "este", "esto", "for", "hasta", "hay", "he",
    "her", "his", "hoy", "i", "if", "in", "it", "la", "las", "le", "les", "lo", "los", "luego", "mas", "me", "mi",
    "muy", "my", "nada", "nadie", "no", "nos", "nosotros", "or", "otra", "otro", "para", "pero", "por", "porque",
    "pregunte", "que", "se", "segun", "she", "si", "sin", "so", "su", "sus", "tambien", "the", "they", "todo", "una",
    "we", "ya",
];

/// Verbs of saying (folded, sorted).
const VERBS: [&str; 76] = [
    "aclara",
    "aclaro",
    "added",
    "adds",
    "admite",
    "admitio",
    "admitted",
    "advierte",
    "advirtio",
    "afirma",
    "afirmo",
    "agrega",
    "agrego",
    "anade",
    "anadio",
    "answered",
    "aseguro",
    "asked",
    "asks",
    "comenta",
    "comentan",
    "comentaron",
    "comento",
    "commented",
    "complained",
    "complains",
    "contaron",
    "conto",
    "cuenta",
    "cuentan",
    "dice",
    "dicen",
    "dijeron",
    "dijo",
    "explained",
    "explains",
    "explica",
    "explico",
    "expresa",
    "expreso",
    "indica",
    "indico",
    "insiste",
    "insistio",
    "manifesto",
    "manifiesta",
    "menciona",
    "mencionan",
    "menciono",
    "mentioned",
    "mentions",
    "noted",
    "opina",
    "opino",
    "pointed",
    "pregunta",
    "pregunto",
    "queja",
    "quejo",
    "reconoce",
    "reconocio",
    "repitio",
    "replied",
    "reported",
    "reports",
    "responde",
    "respondio",
    "resumio",
    "said",
    "says",
    "senala",
    "senalo",
    "sostiene",
    "stated",
    "states",
    "told",
];

#[cfg(test)]
mod tests {
    use super::VERBS;

    #[test]
    fn verbs_are_sorted_so_that_they_can_be_searched() {
        assert!(VERBS.is_sorted());
    }
}
