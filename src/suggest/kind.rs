//! What the shape of a sentence says about its kind, beside the votes of its terms.

use std::collections::BTreeSet;

use crate::model::{Kind, Mark};
use crate::text::words::Words;

use super::weights;

/// Folded phrases of a change for the better, or of what convinces.
const BETTER: &[&str] = &[
    "first time",
    "primera vez",
    "since the",
    "since we",
    "desde que",
    "used to",
    "in the old days",
    "ahora",
    "now",
    "ya no",
    "no longer",
    "gives me back",
    "give me back",
    "devuelve",
    "devolvio",
    "spare",
    "spared",
    "spares",
    "me convence",
    "convinced me",
    "con eso",
    "with that",
    "con saber",
    "con ver",
    "con que",
    "pays itself",
    "paid itself",
    "pays for",
    "nobody asked",
    "on one page",
    "in one page",
    "down to",
    "down from",
    "calms me",
    "tranquilo",
    "tranquila",
    "duermo",
    "sleep better",
    "en el dia",
    "same day",
    "at last",
    "por fin",
    "faster",
    "easier",
    "better",
    "mas rapido",
    "mas facil",
    "before and an after",
    "fiesta",
    "party",
    "agradecio",
    "sign off",
    "vale la pena",
    "worth it",
    "less than",
    "menos de",
];

/// Folded phrases of what somebody is after.
const WANTED: &[&str] = &[
    "deberia",
    "deberian",
    "deberiamos",
    "debe",
    "deben",
    "should",
    "ought to",
    "hay que",
    "tiene que",
    "tienen que",
    "has to",
    "need",
    "needs",
    "necesito",
    "necesitamos",
    "necesita",
    "want",
    "wants",
    "quiero",
    "queremos",
    "quiere",
    "quieren",
    "me falta",
    "preferiria",
    "would rather",
    "busco",
    "buscamos",
    "la meta",
    "the goal",
    "insiste",
    "pide",
    "piden",
    "pedimos",
    "asking for",
    "asks for",
    "i ask for",
    "start with",
    "empezar por",
    "empezando por",
    "so that",
    "para que",
    "i would add",
    "i would ask",
    "preguntaria",
    "mediria",
    "pediria",
    "empezaria",
    "pondria",
    "let us",
    "bring in",
    "before we",
    "next time",
];

/// Folded phrases of loss, of face, of people and of fear.
const HURTS: &[&str] = &[
    "perdimos",
    "perdi",
    "perdio",
    "se nos fue",
    "se nos fueron",
    "lost",
    "lose",
    "losing",
    "miedo",
    "afraid",
    "scared",
    "plata",
    "money",
    "pagamos",
    "paid",
    "noche",
    "night",
    "vergüenza",
    "verguenza",
    "ashamed",
    "culpa",
    "blame",
    "wife",
    "husband",
    "hija",
    "hijo",
    "hijita",
    "daughter",
    "familia",
    "sleep",
    "refunded",
    "regalar",
    "regaladas",
    "angry",
    "furious",
    "crying",
    "llorar",
    "fired",
    "despido",
    "riesgo",
    "risk",
    "cansado",
    "cansada",
    "tired",
    "kills me",
    "me pesa",
    "duele",
    "hurts",
];

/// What the shape adds to the vote for a kind.
pub(super) fn vote(words: &Words, marks: &BTreeSet<Mark>, kind: Kind) -> f32 {
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| holds(words, phrase));
    let heard = match kind {
        Kind::Gain => marks.contains(&Mark::Resolved) || from_one_number_to_another(words) || says(BETTER),
        Kind::Job => marks.contains(&Mark::Wish) || opens_with_a_demand(words) || says(WANTED),
        Kind::Pain => says(HURTS),
        _ => false,
    };
    if heard { weights::SHAPE_VOTE } else { 0.0 }
}

/// Does this folded phrase stand in the words, as whole words?
fn holds(words: &Words, phrase: &str) -> bool {
    let buffer = words.folded_words();
    buffer
        .match_indices(phrase)
        .any(|(at, _)| buffer[..at].ends_with(' ') && buffer[at + phrase.len()..].starts_with(' '))
}

/// "From ninety calls to fifty", "pasamos de doce días a cuatro".
fn from_one_number_to_another(words: &Words) -> bool {
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
