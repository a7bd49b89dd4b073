//! Review: a person accepts, edits, rejects, takes back. Nothing else puts a quote on a map.

use crate::config::{DEFAULT_PAGE, MAX_PAGE, MAX_STATEMENT_CHARS};
use crate::model::{
    Act, Bilingual, CustomerId, Decision, DecisionId, Edit, Entry, EntryId, EntryQuote, Kind, MeetingId, Problem,
    ProblemClass, RejectReason, State, SuggestionId,
};
use crate::store::{EntryChange, SuggestionFilter, SuggestionRow};

use super::App;

/// A statement drafted from a quote is at most so long, in characters.
const DRAFT_CHARS: usize = 140;

/// A page of suggestions, with how much there is in all.
#[derive(Clone, Debug)]
pub struct Queue {
    /// The page.
    pub rows: Vec<SuggestionRow>,
    /// How many of the same customer and meeting await a person.
    pub pending: usize,
    /// How many of them a person has decided.
    pub decided: usize,
}

/// What a decision made.
#[derive(Clone, Debug)]
pub struct Reviewed {
    /// The suggestion as it stands now.
    pub row: SuggestionRow,
    /// The entry that holds its quote, if it was accepted.
    pub entry: Option<Entry>,
    /// What was done.
    pub decision: Decision,
}

impl App {
    /// Suggestions of a filter, with the progress of its customer or meeting.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn suggestions(&self, filter: &SuggestionFilter) -> Result<Queue, Problem> {
        let limit = if filter.limit == 0 { DEFAULT_PAGE } else { filter.limit.min(MAX_PAGE) };
        let rows = self.store.suggestions(&SuggestionFilter { limit, ..filter.clone() })?;
        let (pending, decided) = self.progress(filter.customer, filter.meeting)?;
        Ok(Queue { rows, pending, decided })
    }

    /// One suggestion.
    ///
    /// # Errors
    /// `suggestion_not_found`.
    pub fn suggestion(&self, id: SuggestionId) -> Result<SuggestionRow, Problem> {
        self.store.suggestion(id)?.ok_or_else(|| suggestion_not_found(id))
    }

    /// Everything that people did with a suggestion, oldest first.
    ///
    /// # Errors
    /// `suggestion_not_found`.
    pub fn history(&self, id: SuggestionId) -> Result<Vec<Decision>, Problem> {
        self.suggestion(id)?;
        self.store.decisions(id)
    }

    /// Places a suggestion's quote on its customer's map.
    ///
    /// Accepted as proposed, the quote joins the entry of its concept, so that what is said in either language meets in
    /// one place. Worded by the person, or under a concept that names no topic, it makes an entry of its own.
    ///
    /// # Errors
    /// `suggestion_not_found`; `already_decided` (undo first); `statement_too_long`; `quote_not_verbatim`.
    pub fn accept(&self, id: SuggestionId, edit: Edit) -> Result<Reviewed, Problem> {
        let row = self.suggestion(id)?;
        let kind = edit.kind.unwrap_or(row.suggestion.kind);
        let worded = worded_statement(&edit)?.filter(|worded| !is_as_proposed(worded, &row));
        let worded = worded.or_else(|| self.drafted_statement(&row));
        let joined = match worded {
            Some(_) => None,
            None => self.store.entry_for(row.customer, kind, &row.suggestion.concept)?,
        };
        let quote = entry_quote(&row);
        let (entry, change) = match joined {
            Some(entry) => (entry.id, EntryChange::AddTo(entry.id, quote)),
            None => {
                let entry = self.new_entry(&row, kind, worded, quote);
                (entry.id, EntryChange::Create(entry))
            }
        };
        self.decide(id, Act::Accept { edit, entry }, State::Pending, &change)
    }

    /// Says no to a suggestion.
    ///
    /// # Errors
    /// `suggestion_not_found`; `already_decided` (undo first).
    pub fn reject(&self, id: SuggestionId, reason: RejectReason) -> Result<Reviewed, Problem> {
        self.suggestion(id)?;
        self.decide(id, Act::Reject { reason }, State::Pending, &EntryChange::None)
    }

    /// Takes back the decision on a suggestion; the quote leaves the map, and an entry without quotes with it.
    ///
    /// # Errors
    /// `suggestion_not_found`; `nothing_to_undo`.
    pub fn undo(&self, id: SuggestionId) -> Result<Reviewed, Problem> {
        let row = self.suggestion(id)?;
        let change = match (row.state, row.entry) {
            (State::Pending, _) => return Err(nothing_to_undo()),
            (State::Accepted, Some(entry)) => EntryChange::RemoveQuote { entry, suggestion: id },
            _ => EntryChange::None,
        };
        self.decide(id, Act::Undo, row.state, &change)
    }

    /// Takes back the latest decision that stands.
    ///
    /// # Errors
    /// `nothing_to_undo`.
    pub fn undo_last(&self) -> Result<Reviewed, Problem> {
        let last = self.store.last_decision()?.ok_or_else(nothing_to_undo)?;
        self.undo(last.suggestion)
    }

    /// The entries on a customer's map.
    ///
    /// # Errors
    /// `customer_not_found`.
    pub fn entries(&self, customer: CustomerId) -> Result<Vec<Entry>, Problem> {
        self.customer(customer)?;
        self.store.entries(customer)
    }

    /// One entry.
    ///
    /// # Errors
    /// `entry_not_found`.
    pub fn entry(&self, id: EntryId) -> Result<Entry, Problem> {
        self.store.entry(id)?.ok_or_else(|| entry_not_found(id))
    }

    /// Words an entry's statement; its quotes stay as they are.
    ///
    /// # Errors
    /// `entry_not_found`; `statement_empty`; `statement_too_long`.
    pub fn word_entry(&self, id: EntryId, statement: &str) -> Result<Entry, Problem> {
        self.entry(id)?;
        let edit = Edit { statement: Some(statement.to_owned()), kind: None };
        let wording = worded_statement(&edit)?.ok_or_else(statement_empty)?;
        self.store.set_statement(id, &wording)?;
        self.entry(id)
    }

    /// How many suggestions await a person and how many are decided.
    pub(super) fn progress(
        &self,
        customer: Option<CustomerId>,
        meeting: Option<MeetingId>,
    ) -> Result<(usize, usize), Problem> {
        let counts = self.store.suggestion_counts(customer, meeting)?;
        let pending = counts.iter().filter(|row| row.1 == State::Pending).map(|row| row.2).sum();
        let decided = counts.iter().filter(|row| row.1 != State::Pending).map(|row| row.2).sum();
        Ok((pending, decided))
    }

    fn decide(&self, id: SuggestionId, act: Act, expected: State, change: &EntryChange) -> Result<Reviewed, Problem> {
        let decision =
            Decision { id: DecisionId(self.world.new_id()), suggestion: id, act, at: self.now(), carried_from: None };
        self.store.decide(&decision, expected, change)?;
        self.follow_store_or_warn();
        let row = self.suggestion(id)?;
        let entry = row.entry.map(|entry| self.entry(entry)).transpose()?;
        Ok(Reviewed { row, entry, decision })
    }

    /// The quote's own words, where the concept's label names no topic that a map could show; cut at a word after
    /// [`DRAFT_CHARS`].
    pub(super) fn drafted_statement(&self, row: &SuggestionRow) -> Option<Bilingual> {
        let names_topic = self.lexicon().concept(&row.suggestion.concept).is_some_and(|concept| concept.topic);
        if names_topic {
            return None;
        }
        let words = row.suggestion.quote.text.trim();
        let draft = match words.char_indices().nth(DRAFT_CHARS) {
            None => words.to_owned(),
            Some((end, _)) => {
                let cut = words[..end].rfind(' ').unwrap_or(end);
                format!("{}…", words[..cut].trim_end_matches([',', ';', ':', ' ']))
            }
        };
        Some(Bilingual::new(draft.clone(), draft))
    }

    fn new_entry(&self, row: &SuggestionRow, kind: Kind, worded: Option<Bilingual>, quote: EntryQuote) -> Entry {
        Entry {
            id: EntryId(self.world.new_id()),
            customer: row.customer,
            kind,
            concept: row.suggestion.concept.clone(),
            worded: worded.is_some(),
            statement: worded.unwrap_or_else(|| row.suggestion.concept_label.clone()),
            quotes: vec![quote],
            created_at: self.now(),
        }
    }
}

fn entry_quote(row: &SuggestionRow) -> EntryQuote {
    EntryQuote {
        suggestion: row.suggestion.id,
        meeting: row.meeting,
        quote: row.suggestion.quote.clone(),
        speaker: row.speaker.clone(),
        side: row.side,
        intensity: row.suggestion.intensity,
    }
}

/// The person's own wording, if there is one.
fn worded_statement(edit: &Edit) -> Result<Option<Bilingual>, Problem> {
    let Some(text) = edit.statement.as_deref().map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let length = text.chars().count();
    if length > MAX_STATEMENT_CHARS {
        return Err(Problem::new(
            "statement_too_long",
            ProblemClass::Invalid,
            format!("La afirmación tiene {length} caracteres; el límite es {MAX_STATEMENT_CHARS}."),
            format!("The statement has {length} characters; the limit is {MAX_STATEMENT_CHARS}."),
        )
        .hint("Acórtela: la cita guarda las palabras exactas.", "Shorten it: the quote keeps the exact words."));
    }
    Ok(Some(Bilingual::new(text, text)))
}

/// A statement sent back as it was proposed is nobody's own wording.
fn is_as_proposed(worded: &Bilingual, row: &SuggestionRow) -> bool {
    let proposed = &row.suggestion.concept_label;
    worded.en == proposed.en || worded.es == proposed.es
}

pub(super) fn suggestion_not_found(id: SuggestionId) -> Problem {
    Problem::new(
        "suggestion_not_found",
        ProblemClass::NotFound,
        format!("No hay ninguna sugerencia {id}."),
        format!("There is no suggestion {id}."),
    )
    .hint(
        "Quizás se borró su reunión. Vea la cola de revisión.",
        "Perhaps its meeting was deleted. See the review queue.",
    )
}

fn entry_not_found(id: EntryId) -> Problem {
    Problem::new(
        "entry_not_found",
        ProblemClass::NotFound,
        format!("No hay ninguna entrada {id}."),
        format!("There is no entry {id}."),
    )
    .hint("Quizás se deshizo su última cita.", "Perhaps its last quote was taken back.")
}

fn nothing_to_undo() -> Problem {
    Problem::new("nothing_to_undo", ProblemClass::Conflict, "No hay nada que deshacer.", "There is nothing to undo.")
        .hint("Nadie ha decidido todavía.", "Nobody has decided yet.")
}

fn statement_empty() -> Problem {
    Problem::new("statement_empty", ProblemClass::Invalid, "La afirmación está vacía.", "The statement is empty.")
        .hint("Escriba qué dice el mapa.", "Write what the map says.")
}
