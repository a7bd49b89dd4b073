//! What surrounds a piece of text.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Bilingual, Side};

/// One thing that the surroundings do to the meaning of a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Said not to be so: "no tenemos problema con".
    Negated,
    /// Told as past or solved: "ya no es un problema".
    Resolved,
    /// Imagined: "if someone were to".
    Hypothetical,
    /// A question.
    Question,
    /// Wished for: "ojalá".
    Wish,
    /// Somebody else's words or somebody else's problem.
    Reported,
    /// Bare or thin agreement with a question that already held the answer.
    Prompted,
    /// Praise that uses dark words: "una locura de bueno".
    Praise,
    /// A courtesy, a greeting, logistics.
    Courtesy,
    /// The listening team explains or sells.
    Pitch,
    /// A cue that makes it stronger: "siempre", "never", "carísimo".
    Intense,
    /// The words were written by who took the notes.
    Note,
}

impl Mark {
    /// Every mark.
    pub const ALL: [Self; 12] = [
        Self::Negated,
        Self::Resolved,
        Self::Hypothetical,
        Self::Question,
        Self::Wish,
        Self::Reported,
        Self::Prompted,
        Self::Praise,
        Self::Courtesy,
        Self::Pitch,
        Self::Intense,
        Self::Note,
    ];

    /// Its name in both languages.
    pub fn name(self) -> Bilingual {
        let (es, en) = match self {
            Self::Negated => ("negado", "negated"),
            Self::Resolved => ("resuelto", "resolved"),
            Self::Hypothetical => ("hipotético", "hypothetical"),
            Self::Question => ("pregunta", "question"),
            Self::Wish => ("deseo", "wish"),
            Self::Reported => ("de otros", "somebody else's"),
            Self::Prompted => ("inducido", "prompted"),
            Self::Praise => ("elogio", "praise"),
            Self::Courtesy => ("cortesía", "courtesy"),
            Self::Pitch => ("explicación del equipo", "team's pitch"),
            Self::Intense => ("intenso", "intense"),
            Self::Note => ("nota", "note"),
        };
        Bilingual::new(es, en)
    }
}

/// Everything that surrounds one piece of text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Context {
    /// What was found, in the order of [`Mark::ALL`], each once.
    pub marks: Vec<Mark>,
    /// Who speaks.
    pub side: Side,
}

impl Context {
    /// Was this mark found?
    pub fn has(&self, mark: Mark) -> bool {
        self.marks.contains(&mark)
    }
}
