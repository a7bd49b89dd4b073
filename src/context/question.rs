//! A question states nothing.

use crate::model::Mark;

use super::cues::{Cue, CueList};
use super::{Found, Judged, Rule, RuleText};

/// The rule.
pub(super) const RULE: Rule = Rule {
    mark: Mark::Question,
    what: RuleText {
        es: "La oración termina en «?» o, si no lleva puntuación, empieza como pregunta («cómo hacen», «qué les»).",
        en: "The sentence ends in \"?\" or, where it has no punctuation, opens like a question (\"do you\", \"how do\").",
    },
    why: RuleText {
        es: "Una pregunta pide un dato, no lo da. Las preguntas retóricas del cliente las recogen sus propios conceptos.",
        en: "A question asks for a fact and gives none. A customer's rhetorical questions have concepts of their own.",
    },
    example: RuleText { es: "¿Tienen [problemas] con los pagos?", en: "Do you have [problems] with payroll?" },
    read,
};

/// The words that this rule looks for.
pub(super) const CUES: CueList = &[
    (
        Cue::AskedWhether,
        &[
            "pregunto si",
            "preguntamos si",
            "preguntaron si",
            "pregunte si",
            "asked if",
            "asked whether",
            "we asked",
            "se le pregunto",
            "le preguntamos",
            "les preguntamos",
        ],
    ),
    (
        Cue::Asks,
        &[
            "do you",
            "did you",
            "are you",
            "have you",
            "would you",
            "could you",
            "can you",
            "what do you",
            "what is your",
            "what are your",
            "how do you",
            "how did you",
            "how would you",
            "how often",
            "how many",
            "where do you",
            "why do you",
            "why did you",
            "when do you",
            "is there",
            "are there",
            "which of",
            "tell me",
            "cuentame",
            "cuenteme",
            "cuentenos",
            "como hacen",
            "como haces",
            "como hace usted",
            "que les",
            "que le",
            "que te",
            "que tal",
            "cual es",
            "cuales son",
            "cuanto tiempo",
            "cada cuanto",
            "por que no",
            "usted",
            "tienen",
            "tienes",
            "has tenido",
            "han tenido",
        ],
    ),
];

fn read(judged: &Judged<'_>) -> Option<Found> {
    if let Some(asked) = judged.in_clause(Cue::AskedWhether) {
        return Some(asked);
    }
    let after = &judged.text[judged.span.end.min(judged.text.len())..];
    let inside = judged.span.slice(judged.text).unwrap_or_default();
    let terminator = after.char_indices().find(|(at, c)| ends_sentence(after, *at, *c)).map(|(_, c)| c);
    if terminator == Some('?') || inside.trim_end().ends_with('?') {
        return Some(Found::default());
    }
    if terminator.is_some() {
        return None;
    }
    let opens =
        judged.cues_in(Cue::Asks, 0..judged.words.len()).find(|cue| cue.words.start == 0 && cue.words.len() > 1)?;
    Some(judged.found(opens))
}

fn ends_sentence(text: &str, at: usize, c: char) -> bool {
    match c {
        '?' | '!' | '…' => true,
        '.' => text[at + 1..].chars().next().is_none_or(char::is_whitespace),
        _ => false,
    }
}
