//! Builds, queries and rebuilds the index; never the only copy of anything.
//!
//! The index follows the store: [`Index::apply`] replaces and removes whole meetings in one commit that carries the
//! number of the last change it holds, and [`Index::open`] tells whether what lies on the disk can be trusted or has to
//! be filled again. One document is one utterance; the documents of a meeting lie side by side behind one document for
//! the meeting itself, so that a search can score an utterance together with the turns around it ([`Index::search`]).

mod apply;
mod best;
mod blocks;
mod damage;
mod dictionary;
mod facets;
mod highlight;
mod index;
mod meaning;
mod passages;
mod plan;
mod problems;
mod query;
mod rank;
mod schema;
mod scoring;
mod terms;
mod translations;
mod typing;

pub use apply::{MeetingDocs, UtteranceDoc};
pub use damage::{Health, Inventory, Opened, RebuildReason};
pub use facets::Facets;
pub use highlight::{Highlighter, highlight};
pub use index::{Index, Stats};
pub use meaning::{ConceptName, Group, Meaning, NamedConcept};
pub use query::{CLAUSES_MAX, DEPTH_MAX, FilterName, Filters, Order, QUERY_BYTES_MAX, Query};
pub use rank::{Found, FoundHit, PAGE_DEPTH_MAX, ScoreParts};
pub use typing::filter_names;
