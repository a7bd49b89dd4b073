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
}

/// Folded beginnings of words in a question that asks for what is hard.
const HARD: &[&str] = &[
    "dificil",
    "dificult",
    "problem",
    "frustr",
    "dolor",
    "dolores",
    "molest",
    "desafi",
    "reto",
    "retos",
    "complic",
    "cuesta",
    "peor",
    "disgust",
    "preocup",
    "obstacul",
    "pain",
    "hard",
    "hardest",
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
    "falla",
    "fallas",
    "inconvenient",
    "quita",
    "negativ",
    "menos",
];
const WISHED: &[&str] = &[
    "gustaria",
    "necesit",
    "quisiera",
    "desea",
    "desear",
    "mejor",
    "mejorar",
    "mejoraria",
    "cambiar",
    "cambiaria",
    "ideal",
    "esper",
    "objetiv",
    "meta",
    "wish",
    "need",
    "want",
    "improve",
    "change",
    "ideally",
    "magic",
    "looking",
    "goal",
    "expect",
    "feature",
    "hope",
    "would",
    "agreg",
    "falta",
    "añad",
    "missing",
    "add",
    "funcional",
];
const VALUED: &[&str] = &[
    "util", "gusta", "gusto", "valor", "ayuda", "ayudo", "benefici", "ventaj", "useful", "helpful", "like", "benefit",
    "value", "favorite", "best", "works", "worked", "positiv",
];

/// How many utterances after it a question is still being answered.
const REACH: usize = 6;

impl Frame {
    /// What it adds.
    pub(super) fn reason(self) -> Reason {
        let (es, en) = match self {
            Self::Hard => ("responde a lo que cuesta", "answers what is hard"),
            Self::Wished => ("responde a lo que se desea", "answers what is wished for"),
            Self::Valued => ("responde a lo que sirve", "answers what is useful"),
        };
        reason("asked", es, en, weights::ASKED)
    }

    /// What it adds to the vote for a kind.
    pub(super) fn vote(self, kind: Kind) -> f32 {
        let asked_for = match self {
            Self::Hard => matches!(kind, Kind::Pain | Kind::Friction),
            Self::Wished => kind == Kind::Job,
            Self::Valued => kind == Kind::Gain,
        };
        if asked_for { weights::ASKED } else { 0.0 }
    }
}

/// For each utterance, the question that it answers.
pub(super) fn frames(scene: &Scene<'_>) -> Vec<Option<Frame>> {
    let mut open: Option<(Frame, usize)> = None;
    let count = scene.utterances().len();
    let mut frames = Vec::with_capacity(count);
    for at in 0..count {
        let asks = scene.utterances()[at].text.trim_end().ends_with('?');
        let heads = scene.nature(at) == Nature::Heading;
        if asks || heads {
            open = frame_of(scene, at).map(|frame| (frame, at));
            frames.push(None);
            continue;
        }
        frames.push(open.filter(|(_, asked)| at - asked <= REACH).map(|(frame, _)| frame));
    }
    frames
}

fn frame_of(scene: &Scene<'_>, at: usize) -> Option<Frame> {
    let words = scene.words(at);
    let has =
        |starts: &[&str]| (0..words.len()).any(|word| starts.iter().any(|start| words.folded(word).starts_with(start)));
    [(Frame::Hard, HARD), (Frame::Wished, WISHED), (Frame::Valued, VALUED)]
        .into_iter()
        .find(|(_, starts)| has(starts))
        .map(|(frame, _)| frame)
}
