//! Keeps and fetches the nouns: the only truth.
//!
//! One SQLite database and one folder of original files, named by their hash. The store is synchronous and may be
//! shared between threads: one connection writes, a few read, and whoever reads sees one moment. A function that
//! returns without a [`Problem`](crate::model::Problem)(crate::model::Problem) has made its change durable; one that returns a problem has changed nothing.
//!
//! Every row belongs to a workspace, and every key begins with it. Changes reach the search index through an outbox
//! ([`Store::changes`]) that is written in the same transaction.

mod changes;
mod columns;
mod connection;
mod corrections;
mod customers;
mod decisions;
mod entries;
mod heads;
mod languages;
mod meetings;
mod moves;
mod new_meeting;
mod originals;
mod people;
mod problems;
mod request_keys;
mod reread;
mod revisions;
mod saved_searches;
mod signatures;
mod suggestions;
mod verify;

pub use changes::Change;
pub use connection::Store;
pub use corrections::CorrectionFilter;
pub use customers::CustomerSummary;
pub use decisions::EntryChange;
pub use heads::MeetingHead;
pub use meetings::{MeetingFilter, MeetingSummary, PlacedUtterance, StoredMeeting};
pub use new_meeting::{Added, NewMeeting};
pub use people::PersonFigures;
pub use request_keys::{KeptAnswer, RequestKey};
pub use reread::Reread;
pub use revisions::{Carry, Exchange, StoredRevision};
pub use saved_searches::SavedSearch;
pub use signatures::Signature;
pub use suggestions::{Order, SuggestionFilter, SuggestionRow};
