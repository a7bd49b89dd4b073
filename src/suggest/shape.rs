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
    "i",
    "we",
    "me",
    "us",
    "my",
    "our",
    "myself",
    "ourselves",
    "yo",
    "nosotros",
    "nosotras",
    "nos",
    "mi",
    "mis",
    "nuestro",
    "nuestra",
    "nuestros",
    "nuestras",
    "conmigo",
    "tengo",
    "tenemos",
    "estoy",
    "estamos",
    "soy",
    "somos",
    "voy",
    "vamos",
    "hago",
    "hacemos",
    "quiero",
    "queremos",
    "puedo",
    "podemos",
    "necesito",
    "necesitamos",
];

/// Reasons from the shape of an utterance.
pub(super) fn reasons(scene: &Scene<'_>, at: usize) -> Vec<Reason> {
    let words = scene.words(at);
    let mut reasons = Vec::new();
    let length = weights::LENGTHS.iter().find(|(most, _)| words.len() <= *most).map_or(0.0, |(_, weight)| *weight);
    if length != 0.0 {
        let (es, en) = (format!("{} palabras", words.len()), format!("{} words", words.len()));
        reasons.push(reason("length", &es, &en, length));
    }
    if scene.nature(at) == Nature::Speech && speaks_of_self(words) {
        reasons.push(reason("first_person", "habla de lo suyo", "speaks of their own", weights::FIRST_PERSON));
    }
    reasons
}

fn speaks_of_self(words: &Words) -> bool {
    (0..words.len()).any(|at| {
        let word = words.folded(at);
        FIRST_PERSON.contains(&word)
            || (word.len() > 5 && (word.ends_with("amos") || word.ends_with("emos") || word.ends_with("imos")))
    })
}

/// The last word that turns the sentence, if something stands before and after it.
pub(super) fn last_hinge(words: &Words) -> Option<usize> {
    let hinge = (0..words.len()).rev().find(|at| HINGES.contains(&words.folded(*at)))?;
    let alone = hinge < 2 || hinge + 3 > words.len();
    (!alone).then_some(hinge)
}
