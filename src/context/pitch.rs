//! The listening team explains, instructs, concludes or sells.

use crate::model::{Mark, Nature, Side};

use super::cues::{Cue, CueList};
use super::{Found, Judged, Rule, RuleText};

/// The rule.
pub(super) const RULE: Rule = Rule {
    mark: Mark::Pitch,
    what: RuleText {
        es: "El equipo muestra, instruye, concluye o vende: «nuestra plataforma», «aquí pueden ver», «no hay respuestas correctas», «nuestra hipótesis».",
        en: "The team shows, instructs, concludes or sells: \"our platform\", \"there are no right answers\", \"our hypothesis\".",
    },
    why: RuleText {
        es: "Las ventajas que promete quien vende, y el guion de quien entrevista, no son palabras del cliente.",
        en: "The benefits that a seller promises, and the script of an interviewer, are no words of the customer.",
    },
    example: RuleText {
        es: "Nuestra plataforma [ahorra tiempo] desde el primer día.",
        en: "Our platform [saves time] from day one.",
    },
    read,
};

/// The words that this rule looks for.
pub(super) const CUES: CueList = &[(Cue::Pitch, SELLS), (Cue::Script, INSTRUCTS), (Cue::Script, CONCLUDES)];

const SELLS: &[&str] = &[
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
];

/// What interviewers and moderators of tests read aloud.
const INSTRUCTS: &[&str] = &[
    "think out loud",
    "think aloud",
    "thinking out loud",
    "talk through everything",
    "talk us through",
    "no right or wrong",
    "right or wrong answers",
    "not testing you",
    "we are testing",
    "testing the design",
    "hurt our feelings",
    "hurting our feelings",
    "hurt my feelings",
    "your feedback",
    "candid feedback",
    "honest feedback",
    "frank feedback",
    "your input is",
    "your honest",
    "be honest with us",
    "walk you through",
    "before we start",
    "before we begin",
    "before we tell you",
    "i will ask you",
    "i will be asking",
    "i will ask a lot",
    "i am going to ask",
    "i am going to share",
    "i am going to show",
    "we are going to show",
    "if you have any questions",
    "if you get confused",
    "do you have any questions",
    "these sessions",
    "respect your time",
    "record this session",
    "recording this",
    "my team is",
    "we want to hear",
    "we are interested in",
    "i am interested to see if",
    "taking the time",
    "answering all of my questions",
    "answering my questions",
    "answering our questions",
    "will be in touch",
    "we will follow up",
    "piense en voz alta",
    "pensar en voz alta",
    "no hay respuestas correctas",
    "respuestas correctas o incorrectas",
    "no lo estamos evaluando",
    "no te estamos evaluando",
    "sea lo mas honesto",
    "se lo mas honesto",
    "vamos a grabar",
    "voy a grabar",
    "esta entrevista",
    "la presente entrevista",
    "le voy a hacer",
    "te voy a hacer unas preguntas",
    "le hare unas preguntas",
    "antes de empezar",
    "antes de comenzar",
    "su opinion es muy",
    "tu opinion es muy",
    "nos interesa conocer su",
    "nos interesa saber su",
    "queremos conocer su",
    "queremos saber su opinion",
];

/// What whoever writes the report thinks of it.
const CONCLUDES: &[&str] = &[
    "hypothesis",
    "our hypothesis",
    "question for future",
    "thought",
    "key takeaway",
    "key takeaways",
    "take away was",
    "takeaway was",
    "research question",
    "test script",
    "interview script",
    "the team has created",
    "we believe that",
    "our early interviews",
    "hipotesis",
    "nuestra hipotesis",
    "la hipotesis",
    "en conclusion",
    "se concluye",
    "concluimos",
    "podemos concluir",
    "esto evidencia",
    "esto demuestra",
    "esto valida",
    "lo que evidencia",
    "lo que demuestra",
    "lo cual evidencia",
    "lo cual demuestra",
    "se evidencia que",
    "hallazgo",
    "insight clave",
    "el objetivo de la entrevista",
    "el objetivo de la reunion",
    "objetivo de la entrevista",
];

fn read(judged: &Judged<'_>) -> Option<Found> {
    if judged.scene.side(judged.utterance) == Side::Customer {
        return None;
    }
    let spoken = judged.scene.nature(judged.utterance) == Nature::Speech;
    let instructs = judged.cues_in(Cue::Script, 0..judged.words.len()).find(|cue| {
        // One word alone ("hypothesis", "thought") is the writer's voice only where it opens a note.
        cue.words.len() > 1 || (!spoken && cue.words.start == 0)
    });
    instructs.map(|cue| judged.found(cue)).or_else(|| judged.in_clause(Cue::Pitch))
}
