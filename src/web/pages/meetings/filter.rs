//! Which turns and which suggestions of a meeting a reader wants to see.

use crate::app::{SuggestionRow, TurnView};
use crate::model::{Kind, Language, LanguageTag, Problem, Side, State};
use crate::web::local_path::LocalPath;
use crate::web::pages::chosen;

/// From here on an utterance counts as one of two languages.
const MIXED: f32 = 0.5;

/// What a reader chose; nothing chosen shows everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    /// Turns with a suggestion of this kind.
    pub(super) kind: Option<Kind>,
    /// Turns with a suggestion in this state.
    pub(super) state: Option<State>,
    /// Turns of this side.
    pub(super) side: Option<Side>,
    /// Turns with an utterance in this language, or of two.
    pub(super) language: Option<Spoken>,
}

/// A language to look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spoken {
    /// Most words are in it.
    In(Language),
    /// Words of two languages.
    Mixed,
}

impl Spoken {
    /// Every choice, the mixture last.
    pub(super) const ALL: [Self; 5] = [
        Self::In(Language::Spanish),
        Self::In(Language::English),
        Self::In(Language::Portuguese),
        Self::In(Language::Other),
        Self::Mixed,
    ];

    /// The code in addresses.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::In(language) => language.code(),
            Self::Mixed => "mixed",
        }
    }

    fn is(self, tag: &LanguageTag) -> bool {
        match self {
            Self::In(language) => tag.language == language,
            Self::Mixed => tag.mixed > MIXED,
        }
    }
}

impl std::str::FromStr for Spoken {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|one| one.code() == text).ok_or(())
    }
}

impl Filter {
    /// Reads what the address says.
    ///
    /// # Errors
    /// `unknown_choice`.
    pub(super) fn read(
        kind: Option<&str>,
        state: Option<&str>,
        side: Option<&str>,
        language: Option<&str>,
    ) -> Result<Self, Problem> {
        Ok(Self {
            kind: chosen("kind", kind)?,
            state: chosen::<StateCode>("state", state)?.map(|code| code.0),
            side: chosen("side", side)?,
            language: chosen("language", language)?,
        })
    }

    /// Is anything chosen?
    pub(super) fn any(self) -> bool {
        self != Self::default()
    }

    /// Is this suggestion wanted?
    pub(super) fn wants(self, row: &SuggestionRow) -> bool {
        self.kind.is_none_or(|kind| row.suggestion.kind == kind) && self.state.is_none_or(|state| row.state == state)
    }

    /// Is this turn wanted, of whose suggestions `wanted` says which are?
    pub(super) fn shows(self, turn: &TurnView, wanted: &[bool]) -> bool {
        let side = turn.speaker.as_ref().map(|speaker| speaker.side).unwrap_or_default();
        let quotes = || turn.utterances.iter().flat_map(|utterance| &utterance.quotes);
        let by_suggestion = self.kind.is_none() && self.state.is_none();
        (by_suggestion || quotes().any(|quote| wanted.get(quote.suggestion).copied().unwrap_or_default()))
            && self.side.is_none_or(|wanted| side == wanted)
            && self.language.is_none_or(|spoken| turn.utterances.iter().any(|said| spoken.is(&said.language)))
    }

    /// This address with what is chosen in its query.
    pub(super) fn address(self, mut path: LocalPath) -> LocalPath {
        let chosen = [
            ("kind", self.kind.map(Kind::code)),
            ("state", self.state.map(State::code)),
            ("side", self.side.map(Side::code)),
            ("language", self.language.map(Spoken::code)),
        ];
        for (name, code) in chosen {
            if let Some(code) = code {
                path = path.with(name, code);
            }
        }
        path
    }
}

/// A state by its code.
struct StateCode(State);

impl std::str::FromStr for StateCode {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        State::from_code(text).map(StateCode).ok_or(())
    }
}
