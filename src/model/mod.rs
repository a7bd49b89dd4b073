//! The nouns of cita as plain types with their invariants.
//!
//! Every word here has one meaning (ARCHITECTURE.md, "Words"). The serde derives give the public JSON shape, which the
//! OpenAPI snapshot pins. Nothing in this room reads a file, a clock or a random number.

mod context;
mod correction;
mod customer;
mod decision;
mod document;
mod entry;
mod ids;
mod kind;
mod language;
mod meeting;
mod problem;
mod quantity;
mod side;
mod span;
mod suggestion;
mod table;
mod transcript;

pub use context::{Context, Mark};
pub use correction::{
    Correction, CorrectionAct, MeetingName, Moved, MovedQuote, MovedSpeaker, Parent, Part, PersonSide, SpeakerSide,
};
pub use customer::{Customer, Person, Standing};
pub use decision::{Act, Decision, Edit, RejectReason, State};
pub use document::{ArchetypeLine, Document, EmpathyMap, MapEntry, MapQuote, MapSection};
pub use entry::{Entry, EntryQuote};
pub use ids::{
    CorrectionId, CustomerId, DecisionId, EntryId, MeetingId, PersonId, SavedSearchId, SourceHash, SuggestionId,
    WorkspaceId,
};
pub use kind::Kind;
pub use language::{Bilingual, Language, LanguageRun, LanguageShares, LanguageTag, UiLanguage, WordCounts, WordShares};
pub use meeting::{Encoding, ImportReport, LeftOver, Meeting, SourceInfo, Warning};
pub use problem::{Place, Problem, ProblemClass};
pub use quantity::{Quantity, QuantityKind};
pub use side::{Side, SideSource};
pub use span::Span;
pub use suggestion::{Intensity, Quote, Reason, Suggestion, TermHit};
pub use table::{ColumnRole, TableColumn, TableColumns};
pub use transcript::{MeetingFacts, Nature, Speaker, Transcript, Turn, Utterance};
