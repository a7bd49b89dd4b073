//! Praise in dark words.

use crate::model::Mark;

use super::cues::{Cue, CueList};
use super::{Found, Judged, Rule, RuleText};

/// The rule.
pub(super) const RULE: Rule = Rule {
    mark: Mark::Praise,
    what: RuleText {
        es: "Una palabra oscura que elogia: «una locura de bueno», «la rompe», «brutal de rápido».",
        en: "A dark word that praises: \"insanely good\", \"a killer feature\", \"ridiculously easy\".",
    },
    why: RuleText {
        es: "Quien dice que algo es «una locura de bueno» no se queja.",
        en: "Who calls something \"insanely good\" does not complain.",
    },
    example: RuleText { es: "Es [una locura] de bueno ese tablero.", en: "That board is [insanely] good." },
    read,
};

/// The words that this rule looks for.
pub(super) const CUES: CueList = &[(
    Cue::DarkPraise,
    &[
        "una locura de bueno",
        "locura de bueno",
        "locura de buena",
        "una locura de gente",
        "una locura de rapido",
        "la rompe",
        "la rompio",
        "la rompieron",
        "brutal de bueno",
        "brutal de rapido",
        "esta brutal",
        "quedo brutal",
        "es brutal lo bien",
        "una bestia",
        "un animal",
        "un monstruo para",
        "buenisimo",
        "una barbaridad de bueno",
        "increiblemente facil",
        "increiblemente rapido",
        "terriblemente bueno",
        "de muerte",
        "para morirse de bueno",
        "insanely good",
        "insanely fast",
        "insanely easy",
        "insanely useful",
        "crazy good",
        "crazy fast",
        "crazy easy",
        "stupidly simple",
        "stupidly easy",
        "ridiculously easy",
        "ridiculously good",
        "ridiculously fast",
        "ridiculously simple",
        "killer feature",
        "killer app",
        "killer idea",
        "sick feature",
        "that is sick",
        "so sick",
        "wicked good",
        "wicked fast",
        "dangerously good",
        "terribly good",
        "awfully nice",
        "awfully good",
        "a beast",
        "to die for",
        "bloody good",
        "bloody brilliant",
        "damn good",
        "scary good",
        "scary accurate",
        "blown away",
        "blew my mind",
        "mind blowing",
        "unreal how good",
    ],
)];

/// Folded dark words that may praise.
const DARK: &[&str] = &[
    "locura",
    "locuras",
    "locos",
    "bestia",
    "bestialidad",
    "brutal",
    "brutalidad",
    "barbara",
    "barbaro",
    "barbaridad",
    "salvajada",
    "salvaje",
    "animal",
    "criminal",
    "asesino",
    "asesina",
    "abuso",
    "monstruo",
    "demencia",
    "enfermedad",
    "enfermo",
    "insane",
    "sick",
    "killer",
    "wicked",
    "madness",
    "ridiculous",
    "ridiculously",
    "filthy",
    "stupid",
    "stupidly",
    "disgustingly",
    "beast",
    "deadly",
    "savage",
    "crazy",
    "maquina",
    "mortal",
    "terrible",
];

/// Folded words of joy beside them.
const BRIGHT: &[&str] = &[
    "bueno",
    "buena",
    "buenos",
    "buenas",
    "buenisimo",
    "buenisima",
    "bien",
    "felicidad",
    "feliz",
    "lindo",
    "linda",
    "hermoso",
    "rico",
    "rica",
    "rapida",
    "rapido",
    "genial",
    "perfecto",
    "encanta",
    "encanto",
    "bailo",
    "repitio",
    "lleno",
    "cumple",
    "orden",
    "good",
    "great",
    "love",
    "loved",
    "best",
    "accurate",
    "fast",
    "beautiful",
    "delicious",
    "danced",
    "amazing",
    "nice",
    "smooth",
    "cry",
    "perfect",
    "won",
    "delivers",
    "holiday",
    "well",
    "probar",
    "come",
];

fn read(judged: &Judged<'_>) -> Option<Found> {
    judged.in_clause(Cue::DarkPraise).or_else(|| {
        let words = judged.words;
        let is = |at: &usize, list: &[&str]| list.contains(&words.folded(*at));
        let dark = (0..words.len()).find(|at| is(at, DARK))?;
        let bright = (0..words.len()).find(|at| is(at, BRIGHT) && !(*at > 0 && denied(words.folded(at - 1))))?;
        (dark != bright).then(|| Found { cue: words.get(dark).map(|word| word.span), contrast: false })
    })
}

fn denied(before: &str) -> bool {
    matches!(before, "no" | "not" | "ni" | "never" | "nunca")
}
