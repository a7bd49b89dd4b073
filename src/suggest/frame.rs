//! The question that an utterance answers.

use crate::context::Scene;
use crate::model::{Kind, Nature, Reason};

use super::evidence::reason;
use super::weights;

/// What the question before asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// What is hard, what goes wrong.
    Hard,
    /// What is wished for or needed.
    Wished,
    /// What is good or useful.
    Valued,
    /// Something else.
    Other,
}

/// Folded beginnings of words in a question that asks for what is hard.
const HARD: &[&str] = &[
    "dificil",
    "dificult",
    "problem",
    "frustr",
    "dolor",
    "molest",
    "desafi",
    "reto",
    "complic",
    "cuesta",
    "peor",
    "disgust",
    "preocup",
    "obstacul",
    "falla",
    "inconvenient",
    "pain",
    "hard",
    "difficult",
    "challeng",
    "annoy",
    "dislike",
    "worst",
    "confus",
    "struggl",
    "wrong",
    "worr",
    "barrier",
    "bottleneck",
    "stress",
    "negativ",
];
/// For what is wished for or needed.
const WISHED: &[&str] = &[
    "gustaria",
    "necesit",
    "quisiera",
    "desea",
    "mejor",
    "cambiar",
    "ideal",
    "esper",
    "objetiv",
    "meta",
    "falta",
    "funcional",
    "wish",
    "need",
    "want",
    "improve",
    "change",
    "magic",
    "looking",
    "goal",
    "expect",
    "feature",
    "hope",
    "missing",
];
/// For what is good.
const VALUED: &[&str] = &[
    "util", "gusta", "gusto", "valor", "ayuda", "benefici", "ventaj", "useful", "helpful", "like", "benefit", "value",
    "favorite", "best", "works", "worked", "positiv",
];

/// How many utterances after it a question is still being answered.
const REACH: usize = 6;

impl Frame {
    /// What it adds.
    pub(super) fn reason(self) -> Reason {
        match self {
            Self::Hard => reason("asked", "responde a lo que cuesta", "answers what is hard", weights::ASKED_HARD),
            Self::Wished => {
                reason("asked", "responde a lo que se desea", "answers what is wished for", weights::ASKED_WISH)
            }
            Self::Valued => reason("asked", "responde a lo que sirve", "answers what is useful", weights::ASKED_VALUE),
            Self::Other => reason("asked", "responde a una pregunta", "answers a question", weights::ASKED_ANY),
        }
    }

    /// What it adds to the vote for a kind.
    pub(super) fn vote(self, kind: Kind) -> f32 {
        let asked_for = match self {
            Self::Hard => matches!(kind, Kind::Pain | Kind::Friction),
            Self::Wished => kind == Kind::Job,
            Self::Valued => kind == Kind::Gain,
            Self::Other => false,
        };
        if asked_for { weights::ASKED_VOTE } else { 0.0 }
    }
}

/// For each utterance, the question that it answers. A heading closes the question before it.
pub(super) fn frames(scene: &Scene<'_>) -> Vec<Option<Frame>> {
    let mut open: Option<(Frame, usize)> = None;
    let count = scene.utterances().len();
    let mut frames = Vec::with_capacity(count);
    for at in 0..count {
        let asks = scene.utterances()[at].text.trim_end().ends_with('?');
        if asks || scene.nature(at) == Nature::Heading {
            open = asks.then(|| (frame_of(scene, at), at));
            frames.push(None);
            continue;
        }
        frames.push(open.filter(|(_, asked)| at - asked <= REACH).map(|(frame, _)| frame));
    }
    frames
}

fn frame_of(scene: &Scene<'_>, at: usize) -> Frame {
    let words = scene.words(at);
    let has =
        |starts: &[&str]| (0..words.len()).any(|word| starts.iter().any(|start| words.folded(word).starts_with(start)));
    [(Frame::Hard, HARD), (Frame::Wished, WISHED), (Frame::Valued, VALUED)]
        .into_iter()
        .find(|(_, starts)| has(starts))
        .map_or(Frame::Other, |(frame, _)| frame)
}
