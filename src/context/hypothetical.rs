//! "If someone were to": imagined.

use crate::model::Mark;

use super::cues::{Cue, CueList};
use super::{Found, Judged, Rule, RuleText};

/// The rule.
pub(super) const RULE: Rule = Rule {
    mark: Mark::Hypothetical,
    what: RuleText {
        es: "«Si» con un verbo irreal («si perdiera»), «supongamos», «imagínese», «qué pasaría si».",
        en: "\"If\" with an unreal verb (\"if we lost\", \"would\"), \"suppose\", \"imagine\", \"what if\".",
    },
    why: RuleText {
        es: "«Sería malo si…» solo es un dolor cuando el temor es de ahora.",
        en: "\"It would be bad if…\" is a pain only when the worry is theirs now.",
    },
    example: RuleText { es: "Supongamos que [se pierde un pedido].", en: "Imagine that someone [loses an order]." },
    read,
};

/// The words that this rule looks for.
pub(super) const CUES: CueList = &[
    (Cue::If, &["si", "if", "in case", "en caso de que", "en el caso de que", "como si", "as if"]),
    (
        Cue::Imagine,
        &[
            "supongamos",
            "suponga",
            "supon",
            "suponte",
            "imagine",
            "imagina",
            "imaginate",
            "imaginese",
            "imaginense",
            "imaginemos",
            "pongamos",
            "suppose",
            "supposing",
            "what if",
            "que pasaria si",
            "que pasa si",
            "hypothetically",
            "hipoteticamente",
            "let us say",
            "say someone",
            "digamos que",
        ],
    ),
    (
        Cue::Unreal,
        &[
            "would",
            "were",
            "might",
            "fuera",
            "fueran",
            "hubiera",
            "hubieran",
            "tuviera",
            "tuvieran",
            "tuvieramos",
            "pudiera",
            "pudieran",
            "hiciera",
            "hicieran",
            "perdiera",
            "perdieran",
            "perdieramos",
            "pasara",
            "quisiera",
            "viniera",
            "faltara",
            "fallara",
            "cayera",
            "llegara",
            "llegaran",
            "seria",
            "serian",
            "sería",
            "pasaria",
            "habria",
            "had",
        ],
    ),
];

/// How far from its "if" an unreal verb stands, in words.
const REACH_WORDS: usize = 6;

fn read(judged: &Judged<'_>) -> Option<Found> {
    if let Some(imagine) = judged.in_clause(Cue::Imagine) {
        return Some(imagine);
    }
    let clause = judged.clause();
    let condition = judged.cues_in(Cue::If, clause.clone()).find(|cue| {
        let affirms = judged.source(cue.words.start).to_lowercase() == "sí";
        let reach = cue.words.end..(cue.words.end + REACH_WORDS).min(clause.end);
        !affirms && (judged.cues_in(Cue::Unreal, reach.clone()).next().is_some() || has_unreal_ending(judged, reach))
    })?;
    Some(judged.found(condition))
}

/// The Spanish imperfect subjunctive by its endings: "perdiera", "llegasen", "pagáramos".
fn has_unreal_ending(judged: &Judged<'_>, words: std::ops::Range<usize>) -> bool {
    words.into_iter().any(|at| {
        let word = judged.words.folded(at);
        word.len() > 6
            && ["iera", "ieran", "ieramos", "iese", "iesen", "aramos", "asemos"]
                .iter()
                .any(|ending| word.ends_with(ending))
    })
}
