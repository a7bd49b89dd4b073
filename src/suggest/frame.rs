//! The question that an utterance answers, and the heading that it stands under.

use crate::context::Scene;
use crate::model::Nature;
use crate::text::words::{Boundary, Words};

use super::lists::LISTS;

/// What a question or heading is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    /// What is hard, what goes wrong.
    Hard,
    /// What is wished for or needed.
    Wished,
    /// What is good or useful.
    Valued,
    /// Who somebody is.
    Who,
    /// Something else.
    Other,
}

/// What stands over an utterance.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asked {
    /// The question that it answers, and how many utterances ago that was asked.
    pub(super) question: Option<(Topic, usize)>,
    /// The heading that it stands under.
    pub(super) heading: Option<Topic>,
    /// The label that it carries itself: "Pains: ...".
    pub(super) label: Option<Topic>,
}

/// How many utterances after it a question is still being answered.
const REACH: usize = 6;
/// The most words of a line that only announces what follows.
const HEADING_WORDS: usize = 12;
/// The most words of a label before its colon.
const LABEL_WORDS: usize = 6;

/// For each utterance, what stands over it. A heading closes the question before it.
pub(super) fn asked(scene: &Scene<'_>) -> Vec<Asked> {
    let topics = Topics::new();
    let mut question: Option<(Topic, usize)> = None;
    let mut heading = None;
    let mut all = Vec::with_capacity(scene.utterances().len());
    for (at, utterance) in scene.utterances().iter().enumerate() {
        let words = scene.words(at);
        let text = utterance.text.trim_end().trim_end_matches(['*', '_', ' ']);
        let announces = scene.nature(at) == Nature::Heading || (text.ends_with(':') && words.len() <= HEADING_WORDS);
        if text.ends_with('?') {
            question = Some((topics.of(words, words.len()), at));
        } else if announces {
            question = None;
            heading = Some(topics.of(words, words.len()));
        }
        let opens = text.ends_with('?') || announces;
        let answers = question.filter(|(_, from)| !opens && at - from <= REACH);
        all.push(Asked {
            question: answers.map(|(topic, from)| (topic, at - from)),
            heading,
            label: label_length(words).map(|length| topics.of(words, length)),
        });
    }
    all
}

/// How many words stand before an early colon with something after it.
fn label_length(words: &Words) -> Option<usize> {
    (1..words.len().min(LABEL_WORDS + 1)).find(|at| words.get(*at).is_some_and(|word| word.before == Boundary::Clause))
}

/// The lists that tell the topics apart.
struct Topics(Vec<(Topic, usize)>);

impl Topics {
    fn new() -> Self {
        let names = [
            (Topic::Hard, "asked-hard"),
            (Topic::Wished, "asked-wished"),
            (Topic::Valued, "asked-valued"),
            (Topic::Who, "asked-who"),
        ];
        Self(names.into_iter().filter_map(|(topic, name)| Some((topic, LISTS.named(name)?))).collect())
    }

    /// What the first `count` of these words are about.
    fn of(&self, words: &Words, count: usize) -> Topic {
        let fits = |list: usize| LISTS.begins(list, words, count);
        self.0.iter().find(|(_, list)| fits(*list)).map_or(Topic::Other, |(topic, _)| *topic)
    }
}
