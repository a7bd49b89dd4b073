//! Somebody else's words or somebody else's problem.

use crate::model::Mark;

use super::cues::{Cue, CueList};
use super::{Found, Judged, Rule, RuleText};

/// The rule.
pub(super) const RULE: Rule = Rule {
    mark: Mark::Reported,
    what: RuleText {
        es: "Otra empresa, un trabajo anterior, un pariente o conocido, las noticias.",
        en: "Another company, a former job, a relative or acquaintance, the news.",
    },
    why: RuleText {
        es: "El problema de un tercero no es del cliente.",
        en: "A third party's problem is not the customer's.",
    },
    example: RuleText {
        es: "En mi trabajo anterior [perdíamos horas] buscando.",
        en: "At my previous job we [wasted hours] searching.",
    },
    read,
};

/// The words that this rule looks for.
pub(super) const CUES: CueList = &[(Cue::SomebodyElse, SPANISH), (Cue::SomebodyElse, ENGLISH)];

const SPANISH: &[&str] = &[
    "otra empresa",
    "otras empresas",
    "otra compañia",
    "a la competencia se le",
    "mi trabajo anterior",
    "trabajo anterior",
    "la empresa anterior",
    "mi antiguo trabajo",
    "antiguo trabajo",
    "en mi otro trabajo",
    "mi vecino",
    "mi vecina",
    "el vecino",
    "la vecina",
    "los vecinos",
    "mi primo",
    "mi prima",
    "mi cuñado",
    "mi cuñada",
    "mi suegro",
    "mi suegra",
    "mi tio",
    "mi tia",
    "mi compadre",
    "mi comadre",
    "un amigo",
    "una amiga",
    "mi amigo",
    "mi amiga",
    "un compadre",
    "un primo",
    "una prima",
    "de un colega",
    "mi colega",
    "un colega de",
    "una colega de",
    "su hermano",
    "un conocido",
    "una conocida",
    "ellos si",
    "alla es peor",
    "alla estan peor",
    "los de enfrente",
    "los de al lado",
    "donde estaba antes",
    "donde trabajaba",
    "donde yo trabajaba",
    "donde trabaja mi",
    "donde trabaja su",
    "donde trabaja un",
    "en otra ciudad",
    "en las noticias",
    "en la tele",
    "lei que",
    "vi un video",
    "en otros lados se les",
];
const ENGLISH: &[&str] = &[
    "another company",
    "other companies",
    "some other company",
    "my previous job",
    "previous job",
    "my last job",
    "last job",
    "my old job",
    "my former",
    "former employer",
    "previous company",
    "previous employer",
    "a friend of mine",
    "my friend",
    "my friends",
    "a friend",
    "our friends",
    "my cousin",
    "my neighbor",
    "my neighbour",
    "my neighbors",
    "my neighbours",
    "my uncle",
    "my aunt",
    "my brother 's",
    "my sister 's",
    "my brother in law 's",
    "my cousin 's",
    "where i used to work",
    "where i worked before",
    "the guys next door",
    "over there they",
    "in the news",
    "i read that",
    "i read about",
    "i heard about a",
];

fn read(judged: &Judged<'_>) -> Option<Found> {
    judged.in_clause(Cue::SomebodyElse)
}
