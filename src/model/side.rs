//! Who speaks, seen from the table.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::UiLanguage;

/// The side of the table that a speaker sits on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Who is being listened to.
    Customer,
    /// Who listens: the users of cita.
    Team,
    /// Somebody else: a supplier, a moderator of an event.
    ThirdParty,
    /// Not known; cita never invents one.
    #[default]
    Unknown,
}

impl Side {
    /// Every side.
    pub const ALL: [Self; 4] = [Self::Customer, Self::Team, Self::ThirdParty, Self::Unknown];

    /// The code in files, addresses and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Team => "team",
            Self::ThirdParty => "third_party",
            Self::Unknown => "unknown",
        }
    }

    /// Its name in the language of the reader.
    pub fn label(self, language: UiLanguage) -> &'static str {
        match (self, language) {
            (Self::Customer, UiLanguage::Spanish) => "Cliente",
            (Self::Customer, UiLanguage::English) => "Customer",
            (Self::Team, UiLanguage::Spanish) => "Equipo",
            (Self::Team, UiLanguage::English) => "Team",
            (Self::ThirdParty, UiLanguage::Spanish) => "Tercero",
            (Self::ThirdParty, UiLanguage::English) => "Third party",
            (Self::Unknown, UiLanguage::Spanish) => "Sin lado",
            (Self::Unknown, UiLanguage::English) => "Unknown side",
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The text names no side.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no side is called {0:?}; there are customer, team, third_party, unknown")]
pub struct UnknownSide(pub String);

impl FromStr for Side {
    type Err = UnknownSide;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|side| side.code() == text).ok_or_else(|| UnknownSide(text.to_owned()))
    }
}

/// What a speaker's side was read from; shown beside it, so that nobody takes a guess for a fact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SideSource {
    /// Nothing was found.
    #[default]
    Nothing,
    /// The label itself says so: "Entrevistador", "Client", "Ana (Comversa)".
    Label,
    /// A list of attendees in the file.
    Attendees,
    /// The organisation behind the @ of an e-mail address.
    EmailDomain,
    /// The settings name this person as one of the team.
    Settings,
    /// An earlier meeting of the customer.
    EarlierMeeting,
    /// How the speaker talks: who asks, who answers.
    TalkPattern,
    /// The settings name the team's people, some of whom speak here; this speaker is not one of them.
    Remaining,
    /// A person set it.
    Person,
}
