//! What a person put right about people, customers and meetings.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{CorrectionId, CustomerId, EntryId, MeetingId, PersonId, Side, SideSource, SuggestionId};

/// How one customer belongs to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A company of a group: both are organisations of their own.
    Company,
    /// A unit of a company: a plant, a department, a branch.
    Unit,
}

impl Part {
    /// The code in addresses and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Unit => "unit",
        }
    }

    /// The part of this code.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "company" => Some(Self::Company),
            "unit" => Some(Self::Unit),
            _ => None,
        }
    }
}

/// What a customer belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Parent {
    /// The group, or the company of the unit.
    pub customer: CustomerId,
    /// As what it belongs there.
    pub part: Part,
}

/// The side of a speaker in one meeting, as it was before a person set it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SpeakerSide {
    /// In which meeting.
    pub meeting: MeetingId,
    /// Which of its speakers, by zero-based ordinal.
    pub speaker: usize,
    /// The side.
    pub side: Side,
    /// What it was read from.
    pub side_source: SideSource,
}

/// What a meeting is called and when it was held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MeetingName {
    /// Its title.
    pub title: String,
    /// Its date, where known.
    pub date: Option<Date>,
}

/// Where a quote stood before its meeting went to another customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MovedQuote {
    /// The suggestion that brought it.
    pub suggestion: SuggestionId,
    /// The entry that held it.
    pub entry: EntryId,
    /// The entry that holds it now.
    pub now: EntryId,
}

/// Who spoke before a meeting went to another customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MovedSpeaker {
    /// In which meeting.
    pub meeting: MeetingId,
    /// Which of its speakers, by zero-based ordinal.
    pub speaker: usize,
    /// The person at the customer that it came from.
    pub person: PersonId,
    /// The person at the customer that it went to.
    pub now: PersonId,
}

/// What went along when meetings went from one customer to another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Moved {
    /// The meetings.
    pub meetings: Vec<MeetingId>,
    /// Their quotes on the map, with the entries that they left and joined.
    pub quotes: Vec<MovedQuote>,
    /// Their speakers, with the people that they were and are.
    pub speakers: Vec<MovedSpeaker>,
}

/// What a person can put right. Each holds what is needed to take it back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum CorrectionAct {
    /// People call this person otherwise.
    PersonRenamed {
        /// Who.
        person: PersonId,
        /// The name before.
        before: String,
        /// The name since.
        after: String,
    },
    /// What this person does at the organisation.
    PersonRole {
        /// Who.
        person: PersonId,
        /// The role before.
        before: Option<String>,
        /// The role since.
        after: Option<String>,
    },
    /// Two labels are one person.
    PeopleMerged {
        /// Who is the other one.
        from: PersonId,
        /// Who stays.
        into: PersonId,
    },
    /// Two labels that look alike are two people.
    PeopleKeptApart {
        /// One.
        one: PersonId,
        /// The other.
        other: PersonId,
    },
    /// On which side of the table this person sits.
    SideSet {
        /// Who.
        person: PersonId,
        /// Only in this meeting; none for every meeting.
        meeting: Option<MeetingId>,
        /// The side since.
        after: Side,
        /// The people's own sides before, where every meeting was meant.
        people: Vec<PersonSide>,
        /// The sides of their speakers before.
        speakers: Vec<SpeakerSide>,
    },
    /// A customer is called otherwise.
    CustomerRenamed {
        /// Who.
        customer: CustomerId,
        /// The name before.
        before: String,
        /// The name since.
        after: String,
    },
    /// Another way to write a customer's name.
    AliasAdded {
        /// Whose.
        customer: CustomerId,
        /// How else it is written.
        alias: String,
    },
    /// No longer a way to write a customer's name.
    AliasRemoved {
        /// Whose.
        customer: CustomerId,
        /// How it was written.
        alias: String,
    },
    /// A customer belongs to a group, or is a unit of a company.
    ParentSet {
        /// Who.
        customer: CustomerId,
        /// Where it belonged before.
        before: Option<Parent>,
        /// Where it belongs since.
        after: Option<Parent>,
    },
    /// Two customers are one.
    CustomersMerged {
        /// Who is the other one.
        from: CustomerId,
        /// Who stays.
        into: CustomerId,
        /// What went along.
        moved: Moved,
    },
    /// Two customers with names alike are two.
    CustomersKeptApart {
        /// One.
        one: CustomerId,
        /// The other.
        other: CustomerId,
    },
    /// A meeting was with another customer.
    MeetingMoved {
        /// Which.
        meeting: MeetingId,
        /// With whom it stood before.
        before: CustomerId,
        /// With whom it stands since.
        after: CustomerId,
        /// What went along.
        moved: Moved,
    },
    /// A meeting's title or date was wrong.
    MeetingCorrected {
        /// Which.
        meeting: MeetingId,
        /// What stood before.
        before: MeetingName,
        /// What stands since.
        after: MeetingName,
    },
    /// Another transcript of the same meeting took the place of the one before.
    Revised {
        /// Which meeting.
        meeting: MeetingId,
        /// Where the revision before it lies now.
        earlier: MeetingId,
        /// How many decisions went along.
        carried: usize,
    },
    /// An earlier correction was taken back.
    Undone {
        /// Which.
        correction: CorrectionId,
    },
}

/// A person's own side, as it was before somebody set it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PersonSide {
    /// Who.
    pub person: PersonId,
    /// The side.
    pub side: Side,
    /// What it was read from.
    pub side_source: SideSource,
}

/// What a person put right, and when. Corrections are only ever added.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Correction {
    /// Its identity.
    pub id: CorrectionId,
    /// What was put right.
    #[serde(flatten)]
    pub act: CorrectionAct,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// Was it taken back later?
    pub undone: bool,
}

impl CorrectionAct {
    /// The customers that it is about.
    pub fn customers(&self) -> Vec<CustomerId> {
        match self {
            Self::CustomerRenamed { customer, .. }
            | Self::AliasAdded { customer, .. }
            | Self::AliasRemoved { customer, .. }
            | Self::ParentSet { customer, .. } => vec![*customer],
            Self::CustomersMerged { from, into, .. } => vec![*into, *from],
            Self::CustomersKeptApart { one, other } => vec![*one, *other],
            Self::MeetingMoved { before, after, .. } => vec![*after, *before],
            _ => Vec::new(),
        }
    }

    /// The meeting that it is about, where it is about one.
    pub fn meeting(&self) -> Option<MeetingId> {
        match self {
            Self::MeetingMoved { meeting, .. }
            | Self::MeetingCorrected { meeting, .. }
            | Self::Revised { meeting, .. } => Some(*meeting),
            Self::SideSet { meeting, .. } => *meeting,
            _ => None,
        }
    }

    /// The people that it is about.
    pub fn people(&self) -> Vec<PersonId> {
        match self {
            Self::PersonRenamed { person, .. } | Self::PersonRole { person, .. } | Self::SideSet { person, .. } => {
                vec![*person]
            }
            Self::PeopleMerged { from, into } => vec![*into, *from],
            Self::PeopleKeptApart { one, other } => vec![*one, *other],
            _ => Vec::new(),
        }
    }
}
