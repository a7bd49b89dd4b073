//! Maps: what people placed on a customer's empathy map, on screen and as a file.

use std::collections::HashMap;

use crate::documents;
use crate::export::{EXPORTERS, Export};
use crate::model::{Document, EmpathyMap, Entry, Meeting, MeetingId, Problem, ProblemClass, UiLanguage};
use crate::store::MeetingFilter;
use crate::text::words::fold;

use super::App;

/// Which map, in which form.
#[derive(Clone, Debug)]
pub struct MapRequest {
    /// The customer's name or identity.
    pub customer: String,
    /// The exporter's name.
    pub format: String,
    /// For readers of this language.
    pub language: UiLanguage,
}

impl App {
    /// The empathy map of a customer, by name or identity.
    ///
    /// # Errors
    /// `customer_not_found`, with the nearest names.
    pub fn map(&self, customer: &str) -> Result<EmpathyMap, Problem> {
        let customer = self.customer_named(customer)?;
        let filter = MeetingFilter { customer: Some(customer.id), limit: usize::MAX >> 1, before: None };
        let meetings: Vec<Meeting> = self.store.meetings(&filter)?.into_iter().map(|row| row.meeting).collect();
        let entries = self.under_known_meetings(self.store.entries(customer.id)?)?;
        Ok(documents::empathy_map(&customer.name, &meetings, &entries))
    }

    /// A quote of an earlier revision is shown under the meeting that people know.
    fn under_known_meetings(&self, mut entries: Vec<Entry>) -> Result<Vec<Entry>, Problem> {
        let mut newest: HashMap<MeetingId, MeetingId> = HashMap::new();
        for held in entries.iter_mut().flat_map(|entry| &mut entry.quotes) {
            held.meeting = match newest.get(&held.meeting) {
                Some(known) => *known,
                None => *newest.entry(held.meeting).or_insert(self.newest(held.meeting)?),
            };
        }
        Ok(entries)
    }

    /// The empathy map of a customer as a file. Every quote is checked against the stored words first.
    ///
    /// # Errors
    /// `customer_not_found`; `unknown_export_format`; `quote_not_verbatim`.
    pub fn export_map(&self, request: &MapRequest) -> Result<Export, Problem> {
        let exporter = EXPORTERS
            .iter()
            .find(|exporter| exporter.name == request.format)
            .ok_or_else(|| unknown_format(&request.format))?;
        let map = self.map(&request.customer)?;
        let customer = self.customer_named(&request.customer)?;
        self.check_quotes(&self.store.entries(customer.id)?)?;
        let file_name = format!("{}-{}.{}", slug(&map.customer), document_slug(request.language), exporter.name);
        let bytes = (exporter.write)(&Document::EmpathyMap(map), request.language);
        Ok(Export { file_name, media_type: exporter.media_type, bytes })
    }

    fn check_quotes(&self, entries: &[crate::model::Entry]) -> Result<(), Problem> {
        let mut texts = std::collections::HashMap::new();
        for held in entries.iter().flat_map(|entry| &entry.quotes) {
            if let std::collections::hash_map::Entry::Vacant(free) = texts.entry(held.meeting) {
                let stored = self.store.meeting(held.meeting)?;
                free.insert(stored.map(|stored| stored.transcript.text).unwrap_or_default());
            }
            if !held.quote.is_verbatim(&texts[&held.meeting]) {
                return Err(quote_not_verbatim(&held.quote.text));
            }
        }
        Ok(())
    }
}

fn document_slug(language: UiLanguage) -> &'static str {
    match language {
        UiLanguage::Spanish => "mapa-de-empatia",
        UiLanguage::English => "empathy-map",
    }
}

/// A name that any file system takes: folded letters and digits, joined by hyphens.
fn slug(name: &str) -> String {
    let folded = fold(name).replace('ñ', "n");
    let words: Vec<&str> = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let slug: String = words.join("-").chars().take(60).collect();
    if slug.is_empty() { "customer".to_owned() } else { slug }
}

fn unknown_format(name: &str) -> Problem {
    let known = EXPORTERS.iter().map(|exporter| exporter.name).collect::<Vec<_>>().join(", ");
    Problem::new(
        "unknown_export_format",
        ProblemClass::Invalid,
        format!("No se puede exportar como {name:?}."),
        format!("There is no export called {name:?}."),
    )
    .hint(format!("Los formatos son: {known}"), format!("The formats are: {known}"))
}

fn quote_not_verbatim(text: &str) -> Problem {
    let start: String = text.chars().take(80).collect();
    Problem::new(
        "quote_not_verbatim",
        ProblemClass::Internal,
        format!("Una cita ya no coincide con su fuente: {start:?}"),
        format!("A quote does not stand in its source any more: {start:?}"),
    )
    .hint(
        "No se exportó nada. Restaure los datos desde una copia de seguridad.",
        "Nothing was exported. Restore the data from a backup.",
    )
}
