//! What a person did with a suggestion, when, why.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{DecisionId, EntryId, Kind, SuggestionId, UiLanguage};

/// Where a suggestion stands, by its last decision that was not undone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Awaits a person.
    #[default]
    Pending,
    /// A person placed it on the map.
    Accepted,
    /// A person said no.
    Rejected,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Pending, Self::Accepted, Self::Rejected];

    /// The code in addresses and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        }
    }

    /// The state of this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// Why a person said no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RejectReason {
    /// The team or somebody else said it.
    NotTheCustomer,
    /// It says the contrary.
    Negated,
    /// A manner of speaking.
    Idiom,
    /// Nothing to do with the work.
    OffTopic,
    /// An insight, but of another kind.
    WrongKind,
    /// The map has it already.
    Duplicate,
    /// Nobody could act on it.
    TooVague,
}

impl RejectReason {
    /// Every reason, in the order of the keys 1 to 7.
    pub const ALL: [Self; 7] = [
        Self::NotTheCustomer,
        Self::Negated,
        Self::Idiom,
        Self::OffTopic,
        Self::WrongKind,
        Self::Duplicate,
        Self::TooVague,
    ];

    /// The code in addresses and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotTheCustomer => "not_the_customer",
            Self::Negated => "negated",
            Self::Idiom => "idiom",
            Self::OffTopic => "off_topic",
            Self::WrongKind => "wrong_kind",
            Self::Duplicate => "duplicate",
            Self::TooVague => "too_vague",
        }
    }

    /// The reason of this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }

    /// Its name in the language of the reader.
    pub fn label(self, language: UiLanguage) -> &'static str {
        match (self, language) {
            (Self::NotTheCustomer, UiLanguage::Spanish) => "No es el cliente",
            (Self::NotTheCustomer, UiLanguage::English) => "Not the customer",
            (Self::Negated, UiLanguage::Spanish) => "Dice lo contrario",
            (Self::Negated, UiLanguage::English) => "Says the contrary",
            (Self::Idiom, UiLanguage::Spanish) => "Es un modismo",
            (Self::Idiom, UiLanguage::English) => "An idiom",
            (Self::OffTopic, UiLanguage::Spanish) => "No es del tema",
            (Self::OffTopic, UiLanguage::English) => "Off topic",
            (Self::WrongKind, UiLanguage::Spanish) => "Es de otro tipo",
            (Self::WrongKind, UiLanguage::English) => "Wrong kind",
            (Self::Duplicate, UiLanguage::Spanish) => "Repetido",
            (Self::Duplicate, UiLanguage::English) => "Duplicate",
            (Self::TooVague, UiLanguage::Spanish) => "Muy vago",
            (Self::TooVague, UiLanguage::English) => "Too vague",
        }
    }
}

/// What a person changed on the way to the map. What is absent stays as proposed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// The statement that the map shows; the quote itself stays verbatim.
    pub statement: Option<String>,
    /// The kind that the person gives it.
    pub kind: Option<Kind>,
}

/// What a person can do with a suggestion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// Place it on the map, with or without a change.
    Accept {
        /// What the person changed.
        edit: Edit,
        /// The entry that it made.
        entry: EntryId,
    },
    /// Say no.
    Reject {
        /// Why.
        reason: RejectReason,
    },
    /// Take back the decision before.
    Undo,
}

/// What a person did with a suggestion, when, why. Decisions are only ever added.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Decision {
    /// Its identity.
    pub id: DecisionId,
    /// What it decides.
    pub suggestion: SuggestionId,
    /// What was done.
    pub act: Act,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// The decision on an earlier revision of the meeting that this one carries on; a person made that one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried_from: Option<DecisionId>,
}
