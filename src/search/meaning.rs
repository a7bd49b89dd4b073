//! What a query means beyond the letters of its words.

use crate::model::{CustomerId, Span};
use crate::text::words::fold;

/// How far a query is understood across languages. Empty, it finds its own words only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meaning {
    /// Are words found in the other language, too?
    pub across: bool,
    /// The concepts that the query names: what speaks of them answers, however it is put.
    pub named: Vec<NamedConcept>,
    /// Every concept there is, for the filter `concept:`; without them any value is taken for an id.
    pub known: Vec<ConceptName>,
    /// Every group, for the filter `group:`.
    pub groups: Vec<Group>,
}

/// A concept that words of the query name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedConcept {
    /// Its id.
    pub id: String,
    /// The words of the query that name it.
    pub span: Span,
}

/// A group of customers: companies of one owner, units of one company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What it is called.
    pub name: String,
    /// Its customers, the one that it is called after among them.
    pub customers: Vec<CustomerId>,
}

/// What a concept is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConceptName {
    /// Its id.
    pub id: String,
    /// Its labels in both languages.
    pub labels: Vec<String>,
}

impl Meaning {
    /// The concept that somebody means by this id or label.
    ///
    /// # Errors
    /// The id of the one that is most alike, where any is.
    pub(super) fn concept(&self, value: &str) -> Result<String, Option<String>> {
        const LIKENESS_MIN: f64 = 0.75;
        if self.known.is_empty() {
            return Ok(fold(value.trim()));
        }
        let wanted = plain(value);
        let names =
            || self.known.iter().flat_map(|one| one.labels.iter().chain([&one.id]).map(move |name| (one, name)));
        if let Some((concept, _)) = names().find(|(_, name)| plain(name) == wanted) {
            return Ok(concept.id.clone());
        }
        let alike = names().map(|(concept, name)| (strsim::jaro_winkler(&wanted, &plain(name)), concept));
        let nearest = alike.filter(|(alike, _)| *alike >= LIKENESS_MIN).max_by(|a, b| a.0.total_cmp(&b.0));
        Err(nearest.map(|(_, concept)| concept.id.clone()))
    }
}

/// Letters and digits only, folded.
fn plain(name: &str) -> String {
    fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}
