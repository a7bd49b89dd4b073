//! What an utterance looks like, whatever its words mean.

use crate::context::Scene;
use crate::model::{Nature, Reason};
use crate::text::words::Words;

use super::evidence::reason;
use super::weights;

/// Words that turn a sentence: what follows them counts more.
const HINGES: &[&str] = &["pero", "sino", "aunque", "but", "however", "although", "though"];

/// Folded words of the first person.
const FIRST_PERSON: &[&str] = &[
    "i", "we", "me", "us", "my", "our", "yo", "nosotros", "nosotras", "nos", "mi", "mis", "nuestro", "nuestra",
    "nuestros", "nuestras",
];

/// Folded words that deny.
const NEGATIONS: &[&str] = &[
    "no", "not", "nunca", "never", "nadie", "nobody", "nada", "nothing", "sin", "without", "ni", "ningun", "ninguna",
    "none",
];

/// Folded verbs of moving through a screen, and the things that are on one.
const NAVIGATES: &[&str] = &[
    "click",
    "clicked",
    "clicking",
    "clicks",
    "tap",
    "tapped",
    "tapping",
    "scroll",
    "scrolled",
    "scrolling",
    "scrolls",
    "press",
    "pressed",
    "go",
    "goes",
    "went",
    "going",
    "type",
    "typed",
    "select",
    "selected",
    "selects",
    "takes",
    "took",
    "see",
    "saw",
    "navigate",
    "navigated",
    "navigates",
    "clic",
    "presionaria",
    "presiona",
    "presiono",
    "entraria",
    "entra",
    "entro",
    "iria",
    "selecciona",
    "selecciono",
    "seleccionaria",
    "desliza",
    "deslizo",
    "toca",
    "toco",
    "buscaria",
];
const ON_SCREEN: &[&str] = &[
    "button",
    "page",
    "screen",
    "link",
    "tab",
    "menu",
    "icon",
    "profile",
    "map",
    "slide",
    "section",
    "corner",
    "dropdown",
    "checkbox",
    "homepage",
    "boton",
    "pagina",
    "pantalla",
    "enlace",
    "pestaña",
    "icono",
    "perfil",
    "seccion",
    "esquina",
    "desplegable",
];

/// Reasons from the shape of an utterance.
pub(super) fn reasons(scene: &Scene<'_>, at: usize, has_term: bool, counts: bool) -> Vec<Reason> {
    let words = scene.words(at);
    let nature = scene.nature(at);
    let spoken = nature == Nature::Speech;
    let has = |list: &[&str]| (0..words.len()).any(|at| list.contains(&words.folded(at)));
    let mut reasons = Vec::new();
    let mut add = |holds: bool, code: &str, es: &str, en: &str, weight: f32| {
        if holds && weight != 0.0 {
            reasons.push(reason(code, es, en, weight));
        }
    };
    let (es, en) = (format!("{} palabras", words.len()), format!("{} words", words.len()));
    add(true, "length", &es, &en, weights::length(nature, words.len()));
    add(!spoken && has_term, "note", "una nota con señales", "a note with signs", weights::NOTE_WITH_TERM);
    add(has(FIRST_PERSON), "first_person", "habla de lo suyo", "speaks of their own", weights::FIRST_PERSON);
    add(
        (spoken || has_term) && has(NEGATIONS),
        "negation",
        "algo no es como debería",
        "something is not as it should be",
        weights::NEGATION,
    );
    add(
        !spoken && has(NAVIGATES) && has(ON_SCREEN),
        "navigation",
        "cuenta por dónde va en la pantalla",
        "tells the way through a screen",
        weights::NAVIGATION,
    );
    add(spoken && counts, "quantity", "dice un número", "says a number", weights::QUANTITY);
    reasons
}

/// The last word that turns the sentence, if something stands before and after it.
pub(super) fn last_hinge(words: &Words) -> Option<usize> {
    let hinge = (0..words.len()).rev().find(|at| HINGES.contains(&words.folded(*at)))?;
    let alone = hinge < 2 || hinge + 3 > words.len();
    (!alone).then_some(hinge)
}
