//! The listening team explains or sells.

use crate::model::{Mark, Side};

use super::cues::{Cue, CueList};
use super::{Found, Judged, Rule, RuleText};

/// The rule.
pub(super) const RULE: Rule = Rule {
    mark: Mark::Pitch,
    what: RuleText {
        es: "El equipo muestra o vende: «nuestra plataforma», «aquí pueden ver», «lo que hacemos es».",
        en: "The team shows or sells: \"our platform\", \"here you can see\", \"what we do is\".",
    },
    why: RuleText {
        es: "Las ventajas que promete quien vende no son ganancias del cliente.",
        en: "The benefits that a seller promises are no gains of the customer.",
    },
    example: RuleText {
        es: "Nuestra plataforma [ahorra tiempo] desde el primer día.",
        en: "Our platform [saves time] from day one.",
    },
    read,
};

/// The words that this rule looks for.
pub(super) const CUES: CueList = &[(
    Cue::Pitch,
    &[
        "nuestra plataforma",
        "nuestra solucion",
        "nuestro producto",
        "nuestra herramienta",
        "nuestra app",
        "nuestra aplicacion",
        "nuestro software",
        "nuestro equipo de soporte",
        "aqui pueden ver",
        "aca pueden ver",
        "como pueden ver",
        "como ven aqui",
        "aqui puede ver",
        "aca puede",
        "les voy a mostrar",
        "le voy a mostrar",
        "les muestro",
        "le muestro",
        "les vamos a mostrar",
        "les presentamos",
        "nosotros ofrecemos",
        "lo que ofrecemos",
        "nuestros clientes",
        "la propuesta incluye",
        "le garantizamos",
        "les garantizamos",
        "our platform",
        "our solution",
        "our product",
        "our tool",
        "our software",
        "our service offers",
        "as you can see",
        "you can see here",
        "here you can",
        "let me show you",
        "i will show you",
        "we offer",
        "what we offer",
        "our customers love",
        "our clients",
        "the proposal includes",
        "we guarantee",
        "out of the box you",
    ],
)];

fn read(judged: &Judged<'_>) -> Option<Found> {
    if judged.scene.side(judged.utterance) == Side::Customer {
        return None;
    }
    judged.in_clause(Cue::Pitch)
}
