//! "No tenemos problema con": said not to be so.

use crate::model::Mark;

use super::cues::{Cue, CueList};
use super::{Found, Judged, Rule, RuleText};

/// The rule.
pub(super) const RULE: Rule = Rule {
    mark: Mark::Negated,
    what: RuleText {
        es: "Una negación que alcanza a las palabras: «no», «sin», «nunca», «nadie», «ningún» antes de ellas en la misma frase, hasta una coma, un «pero» o seis palabras.",
        en: "A negation that reaches the words: \"not\", \"no\", \"never\", \"nobody\", \"without\" before them in the same phrase, up to a comma, a \"but\" or six words.",
    },
    why: RuleText {
        es: "«No tenemos problema con los pagos» no es un dolor. Lo que ya es negativo en sí («no funciona») no cuenta como negado.",
        en: "\"We have no problem with payroll\" is no pain. What is negative by itself (\"it doesn't work\") does not count as negated.",
    },
    example: RuleText { es: "No tenemos [problemas] con los pagos.", en: "We don't have any [problems] with payroll." },
    read,
};

/// The words that this rule looks for.
pub(super) const CUES: CueList = &[
    (
        Cue::Negator,
        &[
            "no", "nunca", "jamas", "sin", "ningun", "ninguna", "ninguno", "nadie", "nada", "tampoco", "cero", "not",
            "never", "nobody", "none", "without", "nothing", "neither", "nor", "zero", "0",
        ],
    ),
    (
        Cue::FalseNegator,
        &[
            "no solo",
            "no solamente",
            "no es que",
            "no obstante",
            "no se si",
            "no importa",
            "no falta quien",
            "nada mas",
            "no mas",
            "sin embargo",
            "not only",
            "not just",
            "not to mention",
            "no matter",
            "no wonder",
            "no doubt",
            "sin duda",
            "nothing but",
            "no hay dia que",
            "no sabes",
            "no te imaginas",
            "not sure if",
            "no way",
            "ya no",
            "nunca falta",
            "never fails to",
        ],
    ),
    (
        Cue::NoComplaint,
        &[
            "no me quejo",
            "no nos quejamos",
            "no tengo quejas",
            "no tenemos quejas",
            "sin quejas",
            "sin novedad",
            "can not complain",
            "no complaints",
            "nothing to complain",
            "no problem at all",
            "ningun problema",
            "sin ningun problema",
            "sin problema",
            "sin problemas",
            "no hay problema",
            "no problem",
            "no problems",
            "no issues",
            "not a problem",
            "no es problema",
            "no es un problema",
            "no worries",
            "without a hitch",
            "not an issue",
            "without any problem",
            "without any issues",
            "cero quejas",
            "cero problemas",
            "cero reclamos",
            "ninguna queja",
            "ningun reclamo",
            "ninguna dificultad",
            "no da problema",
            "no da problemas",
            "no dan problema",
            "no dan problemas",
            "no nos da problema",
            "no renegamos",
            "no tenemos lios",
            "no hay lio",
            "no hay drama",
            "sin drama",
            "no fallan",
            "no falla",
            "nadie se queja",
            "nobody complains",
            "had no complaints",
            "zero complaints",
            "zero problems",
            "zero issues",
            "no trouble",
            "without trouble",
            "is fine",
            "are fine",
            "was fine",
            "works fine",
            "under control",
            "bajo control",
            "va bien",
            "anda bien",
            "todo bien con",
            "no single",
            "ni un solo abuso",
            "ni una sola queja",
            "ni un problema",
            "ni una queja",
            "nothing i disliked",
            "nothing i did not like",
            "anything i disliked",
            "anything i did not like",
            "did not dislike",
            "nothing confusing",
            "nothing missing",
            "not much missing",
            "is much missing",
            "nothing i would change",
            "would not change anything",
            "not change a thing",
            "nothing comes to mind",
            "no dislikes",
            "nada que me disguste",
            "nada que no me guste",
            "no cambiaria nada",
            "nada que cambiar",
            "no hay nada que",
            "no me molesta",
            "no me parecio dificil",
            "no me costo",
            "no tuve problemas",
            "no tuvo problemas",
            "no tuvo dificultad",
            "no tuvo dificultades",
            "no tuve dificultad",
            "no difficulty",
            "no trouble",
            "without difficulty",
            "sin dificultad",
            "sin dificultades",
            "did not have any problem",
            "did not have any problems",
            "had no problem",
            "had no problems",
            "had no issues",
            "had no trouble",
            "did not have trouble",
        ],
    ),
    (
        Cue::Hinge,
        &[
            "pero",
            "sino",
            "aunque",
            "sin embargo",
            "no obstante",
            "but",
            "however",
            "although",
            "though",
            "except",
            "porque",
            "because",
            "salvo",
            "excepto",
            "menos cuando",
            "so",
            "entonces",
            "asi que",
            "unless",
            "a menos que",
        ],
    ),
];

/// How far a negation reaches, in words.
const REACH_WORDS: usize = 6;

fn read(judged: &Judged<'_>) -> Option<Found> {
    let clause = judged.clause();
    let idiom = judged.cues_in(Cue::NoComplaint, clause.clone()).find(|idiom| {
        idiom.words.start < judged.range.end.max(judged.range.start + 1) && judged.range.start < idiom.words.end
    });
    if let Some(idiom) = idiom {
        return Some(judged.found(idiom));
    }
    let is_false = |at: usize| judged.cues_in(Cue::FalseNegator, clause.clone()).any(|one| one.words.contains(&at));
    let before = judged
        .cues_in(Cue::Negator, clause.start..judged.range.start)
        .filter(|cue| !is_false(cue.words.start))
        .find(|cue| {
            let between = cue.words.end..judged.range.start;
            between.len() <= REACH_WORDS
                && !judged.broken_between(cue.words.end..judged.range.start + 1)
                && judged.cues_in(Cue::Hinge, between).next().is_none()
        });
    let after = judged.cues_in(Cue::Negator, judged.range.end..clause.end).find(|cue| {
        cue.words.start == judged.range.end
            && !judged.broken_between(cue.words.start..cue.words.start + 2)
            && DENIED_AFTER.contains(&judged.words.folded(cue.words.end))
    });
    before.or(after).map(|cue| judged.found(cue))
}

/// What follows a negator that denies the words before it: "problemas no tenemos", "quejas no hay".
const DENIED_AFTER: &[&str] = &["tenemos", "tengo", "hay", "hemos", "tuvimos", "hubo", "tiene", "tienen"];
