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
    (Cue::If, &["si", "if", "in case", "en caso de que", "en el caso de que"]),
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

/// How far from its "if" a Spanish unreal verb stands, in words.
const REACH_WORDS: usize = 6;

fn read(judged: &Judged<'_>) -> Option<Found> {
    let clause = judged.clause();
    // A last "imagínate" is a sigh and asks nobody to imagine.
    let imagine = judged.cues_in(Cue::Imagine, clause.clone()).find(|cue| cue.words.end < judged.words.len());
    if let Some(imagine) = imagine {
        return Some(judged.found(imagine));
    }
    let condition = judged.cues_in(Cue::If, clause.clone()).find(|cue| {
        let affirms = judged.source(cue.words.start).to_lowercase() == "sí";
        let wished = judged.cues_in(Cue::Wishes, clause.clone()).any(|wish| wish.words.start == cue.words.start);
        let reach = cue.words.end..(cue.words.end + REACH_WORDS).min(clause.end);
        let spanish =
            || judged.cues_in(Cue::Unreal, reach.clone()).next().is_some() || has_unreal_ending(judged, reach.clone());
        let would = || (cue.words.end..clause.end).any(|at| judged.words.folded(at) == "would");
        !affirms && !wished && (spanish() || (judged.words.folded(cue.words.start) != "si" && would()))
    })?;
    Some(judged.found(condition))
}

/// Forms in "-ara" that are no imperfect subjunctive.
const PRESENT_IN_ARA: &[&str] = &[
    "para", "compara", "prepara", "separa", "repara", "declara", "aclara", "dispara", "ampara", "clara", "cara", "rara",
];

/// The Spanish imperfect subjunctive by its endings: "perdiera", "robara", "llegasen", "pagáramos".
fn has_unreal_ending(judged: &Judged<'_>, words: std::ops::Range<usize>) -> bool {
    words.into_iter().any(|at| {
        let word = judged.words.folded(at);
        let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
        (word.len() > 6
            && ends(&["iera", "ieran", "ieramos", "iese", "iesen", "aramos", "asemos", "jeran", "yera", "yeran"]))
            || (word.len() > 5 && ends(&["ara", "aran"]) && !PRESENT_IN_ARA.contains(&word))
    })
}
