//! Somebody else's words or somebody else's problem.

use crate::model::Mark;

use super::cues::{Cue, CueList};
use super::{Found, Judged, Rule, RuleText};

/// The rule.
pub(super) const RULE: Rule = Rule {
    mark: Mark::Reported,
    what: RuleText {
        es: "Otra empresa, la competencia, un trabajo anterior, un conocido, las noticias.",
        en: "Another company, a competitor, a former job, an acquaintance, the news.",
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
pub(super) const CUES: CueList = &[(
    Cue::SomebodyElse,
    &[
        "otra empresa",
        "otras empresas",
        "otra compañia",
        "otro cliente",
        "otros clientes",
        "la competencia",
        "el competidor",
        "mi trabajo anterior",
        "trabajo anterior",
        "la empresa anterior",
        "empresa anterior",
        "mi antiguo trabajo",
        "antiguo trabajo",
        "mi vecino",
        "el vecino",
        "mi primo",
        "mi cuñado",
        "un amigo",
        "una amiga",
        "mi hermano tiene",
        "un conocido",
        "un colega de otra",
        "en las noticias",
        "en la tele",
        "lei que",
        "vi un video",
        "another company",
        "other companies",
        "a competitor",
        "the competitor",
        "competitors",
        "my previous job",
        "previous job",
        "my last job",
        "last job",
        "my old job",
        "my former",
        "former employer",
        "previous company",
        "a friend of mine",
        "my friend",
        "my cousin",
        "my neighbor",
        "my neighbour",
        "my brother in law",
        "in the news",
        "i read that",
        "i heard about a",
        "some other company",
    ],
)];

fn read(judged: &Judged<'_>) -> Option<Found> {
    judged.in_clause(Cue::SomebodyElse)
}
