//! Thin agreement with a question that already held the answer.

use crate::model::Mark;

use super::cues::{Cue, CueList};
use super::{Found, Judged, Rule, RuleText};

/// The rule.
pub(super) const RULE: Rule = Rule {
    mark: Mark::Prompted,
    what: RuleText {
        es: "Después de una pregunta, una respuesta de hasta cinco palabras que empieza por «sí», «no», «claro», «exacto».",
        en: "After a question, an answer of up to five words that opens with \"yes\", \"no\", \"right\", \"exactly\".",
    },
    why: RuleText {
        es: "Quien solo asiente repite lo que el equipo puso en la pregunta; no aporta nada propio.",
        en: "Who only nods repeats what the team put into the question and adds nothing.",
    },
    example: RuleText {
        es: "Entrevistador: ¿Y eso les cuesta? / Cliente: Sí, nos [cuesta].",
        en: "Interviewer: Is that hard? / Client: Yes, it is [hard].",
    },
    read,
};

/// The words that this rule looks for.
pub(super) const CUES: CueList = &[(
    Cue::Agrees,
    &[
        "si",
        "no",
        "claro",
        "exacto",
        "exactamente",
        "correcto",
        "asi es",
        "tal cual",
        "obvio",
        "ajá",
        "aja",
        "cierto",
        "efectivamente",
        "por supuesto",
        "bueno si",
        "eso",
        "yes",
        "yeah",
        "yep",
        "yup",
        "right",
        "exactly",
        "correct",
        "sure",
        "of course",
        "totally",
        "absolutely",
        "definitely",
        "nope",
        "nah",
        "true",
        "indeed",
        "ok",
        "okay",
        "mhm",
        "uh huh",
    ],
)];

/// The most words of an answer that adds nothing.
const THIN_WORDS: usize = 5;

fn read(judged: &Judged<'_>) -> Option<Found> {
    let scene = judged.scene;
    let opens = judged.cues_in(Cue::Agrees, 0..judged.words.len()).find(|cue| cue.words.start == 0)?;
    let turn = scene.utterances().get(judged.utterance)?.turn;
    let turn_words: usize = scene
        .utterances()
        .iter()
        .enumerate()
        .filter(|(_, one)| one.turn == turn)
        .map(|(at, _)| scene.words(at).len())
        .sum();
    if turn_words > THIN_WORDS {
        return None;
    }
    let before = scene.before_turn(judged.utterance)?;
    let asked = scene.utterances()[before].text.trim_end().ends_with('?');
    asked.then(|| judged.found(opens))
}
