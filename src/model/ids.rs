//! Identities. Random ones are made behind the one door of `app`; derived ones are hashes of what they name.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Span;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
        #[serde(transparent)]
        #[schema(value_type = Uuid)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

id!(
    /// The wall around one team's data.
    WorkspaceId
);
id!(
    /// An organisation that meetings are held with.
    CustomerId
);
id!(
    /// One occasion.
    MeetingId
);
id!(
    /// A human, across meetings of one customer.
    PersonId
);
id!(
    /// What a person did with a suggestion, once.
    DecisionId
);
id!(
    /// A statement that a person placed on a map.
    EntryId
);
id!(
    /// What a person put right about people, customers or meetings, once.
    CorrectionId
);
id!(
    /// A search that somebody keeps.
    SavedSearchId
);
id!(
    /// A suggestion; derived from (source hash, span, concept), so that the same words under the same concept have the
    /// same identity on any machine, after a re-import and after a lexicon upgrade.
    SuggestionId
);

impl SuggestionId {
    /// The identity of a suggestion: the first 128 bits of BLAKE3 over source hash, span and concept, as a version-8 UUID.
    pub fn of(source: &SourceHash, span: Span, concept: &str) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(source.0.as_bytes());
        hasher.update(&(span.start as u64).to_le_bytes());
        hasher.update(&(span.end as u64).to_le_bytes());
        hasher.update(concept.as_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Self(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }
}

/// BLAKE3 of an uploaded file's bytes, in lower-case hexadecimal; also the name of its blob.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct SourceHash(pub String);

impl SourceHash {
    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(blake3::hash(bytes).to_hex().to_string())
    }
}

impl fmt::Display for SourceHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
