//! An organisation that meetings are held with, and its people.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{CustomerId, PersonId, Side, SideSource};

/// How things stand with a customer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Not yet one.
    Prospect,
    /// One now.
    #[default]
    Active,
    /// One no more.
    Churned,
}

/// An organisation that meetings are held with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Customer {
    /// Its identity.
    pub id: CustomerId,
    /// As people write it.
    pub name: String,
    /// How things stand.
    pub standing: Standing,
    /// When it was first named, RFC 3339 in UTC.
    pub created_at: String,
}

/// The human that a speaker label stands for across the meetings of one customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Person {
    /// Its identity.
    pub id: PersonId,
    /// Whose meetings.
    pub customer: CustomerId,
    /// What people call this person: the label until somebody writes another name.
    pub name: String,
    /// How the files write this person, cleaned of roles in brackets.
    pub label: String,
    /// What this person does at the organisation, where somebody has said it.
    pub role: Option<String>,
    /// The person that this label is another name of, where somebody has said so.
    pub merged_into: Option<PersonId>,
    /// The side of the table.
    pub side: Side,
    /// What the side was read from.
    pub side_source: SideSource,
}
