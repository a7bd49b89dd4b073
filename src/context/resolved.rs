//! "Ya no es un problema": told as past or solved.

use crate::model::Mark;

use super::cues::{Cue, CueList};
use super::{Found, Judged, Rule, RuleText};

/// The rule.
pub(super) const RULE: Rule = Rule {
    mark: Mark::Resolved,
    what: RuleText {
        es: "Palabras de cambio en la misma oración: «ya se arregló», «ya no», «antes … ahora», «desde que».",
        en: "Words of change in the same sentence: \"has been fixed\", \"no longer\", \"used to\", \"before … now\".",
    },
    why: RuleText {
        es: "Un problema contado como resuelto no es un dolor; si se cuenta el alivio, es una ganancia.",
        en: "A problem told as solved is no pain; where the relief is told, it is a gain.",
    },
    example: RuleText {
        es: "Antes [se perdían las hojas], ahora todo está en la carpeta.",
        en: "We [used to lose the sheets], but that has been fixed.",
    },
    read,
};

/// The words that this rule looks for.
pub(super) const CUES: CueList = &[
    (
        Cue::Solved,
        &[
            "ya se arreglo",
            "ya se soluciono",
            "ya se resolvio",
            "ya se corrigio",
            "ya lo arreglaron",
            "ya lo solucionaron",
            "ya lo resolvimos",
            "ya lo resolvieron",
            "ya lo arreglamos",
            "ya lo solucionamos",
            "ya lo corrigieron",
            "ya lo corregimos",
            "ya la arreglaron",
            "ya la resolvimos",
            "ya lo hemos resuelto",
            "ya esta resuelto",
            "ya esta arreglado",
            "ya esta solucionado",
            "ya quedo resuelto",
            "ya quedo arreglado",
            "ya quedo",
            "quedo resuelto",
            "quedo solucionado",
            "quedo arreglado",
            "ya fue resuelto",
            "ya paso",
            "ya lo superamos",
            "eso ya no pasa",
            "ya no pasa",
            "ya no sucede",
            "ya no ocurre",
            "se soluciono",
            "se resolvio",
            "lo solucionamos",
            "lo resolvimos",
            "lo arreglamos",
            "lo arreglaron",
            "lo corrigieron",
            "has been fixed",
            "been fixed",
            "was fixed",
            "got fixed",
            "is fixed",
            "were fixed",
            "fixed that",
            "fixed it",
            "fixed now",
            "has been solved",
            "been solved",
            "was solved",
            "is solved",
            "got solved",
            "solved that",
            "solved it",
            "been resolved",
            "was resolved",
            "is resolved",
            "got resolved",
            "sorted out",
            "sorted it out",
            "got sorted",
            "is sorted",
            "behind us",
            "tema cerrado",
            "asunto cerrado",
            "caso cerrado",
            "caso resuelto",
            "quedo cerrado",
            "quedo cerrada",
            "esta closed",
            "is closed",
            "file is closed",
            "problema superado",
            "eso ya fue",
            "ya es historia",
            "is history",
            "not happen anymore",
            "not happen any more",
            "stopped happening",
            "went away",
            "is gone now",
            "gone now",
        ],
    ),
    (
        Cue::NoMore,
        &[
            "ya no",
            "no longer",
            "not anymore",
            "anymore",
            "any more",
            "dejo de",
            "dejamos de",
            "dejaron de",
            "por fin",
            "at last",
        ],
    ),
    (
        Cue::Past,
        &[
            "antes",
            "solia",
            "soliamos",
            "solian",
            "used to",
            "back then",
            "in the past",
            "en el pasado",
            "anteriormente",
            "en esa epoca",
            "en aquella epoca",
            "previously",
            "before that",
            "hace años",
            "years ago",
            "al principio",
            "at first",
            "in the beginning",
            "initially",
            "en un inicio",
        ],
    ),
    (
        Cue::Now,
        &[
            "ahora",
            "hoy",
            "hoy en dia",
            "actualmente",
            "desde que",
            "desde entonces",
            "now",
            "nowadays",
            "today",
            "these days",
            "since then",
            "since we",
            "ever since",
            "ahorita",
            "luego",
            "despues",
            "then we",
        ],
    ),
];

/// Folded verbs of repair, told as done, and what must stand close before them for it to be this matter that was repaired.
const REPAIRED: &[&str] = &[
    "arreglo",
    "arreglaron",
    "arreglamos",
    "arreglado",
    "arreglada",
    "soluciono",
    "solucionaron",
    "solucionamos",
    "solucionado",
    "solucionada",
    "resolvio",
    "resolvieron",
    "resolvimos",
    "resuelto",
    "resuelta",
    "corrigio",
    "corrigieron",
    "corregimos",
    "corregido",
    "corregida",
    "reparo",
    "repararon",
    "reparamos",
    "reparado",
    "reparada",
    "cambiaron",
    "cambiamos",
    "reemplazo",
    "reemplazaron",
    "reemplazamos",
    "reemplazado",
    "cerraron",
    "cerro",
    "cerrado",
    "cerrada",
    "habilitaron",
    "habilitado",
    "habilitada",
    "destrabaron",
    "destrabo",
    "normalizo",
    "regularizo",
    "regularizado",
    "superamos",
    "superado",
    "organizamos",
    "ordenamos",
    "subsano",
    "subsanado",
    "fixed",
    "solved",
    "resolved",
    "corrected",
    "replaced",
    "repaired",
    "closed",
    "sorted",
    "patched",
    "upgraded",
    "addressed",
    "changed",
    "switched",
    "cured",
];
const DONE_TO_IT: &[&str] = &[
    "ya", "se", "lo", "la", "los", "las", "quedo", "quedaron", "esta", "estan", "fue", "eso", "was", "were", "been",
    "got", "is", "are", "it", "that", "we", "they", "pero", "but",
];
/// Words that keep a repair from being done.
const NOT_DONE: &[&str] = &[
    "no", "not", "never", "nunca", "sin", "hay", "que", "to", "should", "must", "will", "would", "could", "can", "si",
    "if", "cuando", "when", "until", "hasta", "antes",
];

/// One of [`NOT_DONE`], but not an affirming "sí".
fn keeps_from_being_done(judged: &Judged<'_>, at: usize) -> bool {
    NOT_DONE.contains(&judged.words.folded(at)) && judged.source(at).to_lowercase() != "sí"
}

/// A verb of repair that is told as done, after the judged words or after a "but".
fn repair(judged: &Judged<'_>) -> Option<Found> {
    let words = judged.words;
    let at = (1..words.len()).find(|at| {
        let before = |most: usize| (at.saturating_sub(most)..*at).map(|one| words.folded(one));
        REPAIRED.contains(&words.folded(*at))
            && before(2).any(|word| DONE_TO_IT.contains(&word))
            && !(at.saturating_sub(4)..*at).any(|one| keeps_from_being_done(judged, one))
            && *at >= judged.range.start.min(words.len())
    })?;
    let told_past = (0..words.len()).any(|one| TOLD_PAST.contains(&words.folded(one)));
    let span = words.get(at)?.span;
    (told_past || judged.cues_in(Cue::Past, 0..words.len()).next().is_some())
        .then_some(Found { cue: Some(span), contrast: false })
}

/// Words beside a repair that say that the matter is over.
const TOLD_PAST: &[&str] = &[
    "ya",
    "pero",
    "but",
    "was",
    "were",
    "been",
    "got",
    "in",
    "en",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
    "since",
    "desde",
    "quedo",
    "existio",
    "hubo",
    "habia",
];

fn read(judged: &Judged<'_>) -> Option<Found> {
    let clause = judged.clause();
    if let Some(solved) = judged.anywhere(Cue::Solved).or_else(|| repair(judged)) {
        return Some(solved);
    }
    let no_more = judged.cues_in(Cue::NoMore, clause.clone()).find(|cue| {
        let before = cue.words.end <= judged.range.start && judged.range.start - cue.words.end <= 4;
        let after = cue.words.start >= judged.range.end;
        before || (after && !judged.source(cue.words.start).eq_ignore_ascii_case("ya"))
    });
    if let Some(no_more) = no_more {
        return Some(judged.found(no_more));
    }
    let whole = 0..judged.words.len();
    let past = judged
        .cues_in(Cue::Past, whole.clone())
        .find(|cue| cue.words.start <= judged.range.end && !is_before_something(judged, cue.words.end))?;
    let told_now = judged.cues_in(Cue::Now, past.words.end..whole.end).any(|now| now.words.start >= judged.range.end);
    let by_itself =
        judged.words.folded(past.words.start) == "used" || judged.words.folded(past.words.start).starts_with("soli");
    (told_now || by_itself).then(|| Found { contrast: true, ..judged.found(past) })
}

/// "antes de", "antes que", "before the": a time before something, not the past.
fn is_before_something(judged: &Judged<'_>, next: usize) -> bool {
    matches!(judged.words.folded(next), "de" | "del" | "que")
}
