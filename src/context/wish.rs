//! "Ojalá": wished for, not there.

use crate::model::Mark;

use super::cues::{Cue, CueList};
use super::{Found, Judged, Rule, RuleText};

/// The rule.
pub(super) const RULE: Rule = Rule {
    mark: Mark::Wish,
    what: RuleText {
        es: "«Ojalá», «me gustaría», «sería bueno», «en un mundo ideal».",
        en: "\"I wish\", \"if only\", \"I would love\", \"it would be nice\", \"in an ideal world\".",
    },
    why: RuleText {
        es: "Lo deseado todavía no existe: es un trabajo por hacer o una ganancia esperada, no una obtenida.",
        en: "What is wished for is not there yet: a job, or a gain hoped for, not one obtained.",
    },
    example: RuleText {
        es: "Sería bueno [ahorrar tiempo] en el cierre.",
        en: "It would be nice to [save time] at month end.",
    },
    read,
};

/// The words that this rule looks for.
pub(super) const CUES: CueList = &[(
    Cue::Wishes,
    &[
        "ojala",
        "si pudiera",
        "si pudieramos",
        "si tuviera",
        "si tuvieramos",
        "si yo pudiera",
        "si hubiera algo",
        "if i could",
        "if we could",
        "if i had",
        "if we had",
        "if there were a",
        "if there was a",
        "if only we",
        "me gustaria",
        "nos gustaria",
        "le gustaria",
        "les gustaria",
        "me encantaria",
        "nos encantaria",
        "quisiera",
        "quisieramos",
        "quisieran",
        "seria bueno",
        "seria buenisimo",
        "seria genial",
        "seria ideal",
        "seria lindo",
        "seria util",
        "seria interesante",
        "seria excelente",
        "estaria bueno",
        "estaria bien",
        "estaria genial",
        "lo ideal seria",
        "lo ideal es",
        "en un mundo ideal",
        "idealmente",
        "i wish",
        "we wish",
        "if only",
        "would love",
        "would like",
        "would be nice",
        "would be great",
        "would be good",
        "would be helpful",
        "would be useful",
        "would be awesome",
        "would be ideal",
        "would be amazing",
        "would help",
        "in an ideal world",
        "ideally",
        "in a perfect world",
        "my dream",
        "i hope",
        "we hope",
        "espero que",
        "esperamos que",
        "wishes",
        "hopes",
    ],
)];

fn read(judged: &Judged<'_>) -> Option<Found> {
    judged.in_clause(Cue::Wishes)
}
