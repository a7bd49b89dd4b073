//! How a query may go on while it is typed.

use serde::Serialize;
use utoipa::ToSchema;

use crate::model::Problem;
use crate::search;
use crate::text::words::fold;

use super::App;

/// How many of each sort are offered.
const OF_EACH: usize = 4;

/// How many are offered in all.
const IN_ALL: usize = 10;

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CompletionKind {
    /// A word that people said.
    Term,
    /// Somebody who speaks.
    Person,
    /// With whom meetings are held.
    Customer,
    /// A concept of the lexicon.
    Concept,
    /// A filter, or a value of one.
    Filter,
}

/// One way for a query to go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Completion {
    /// What it is.
    pub kind: CompletionKind,
    /// What people call it.
    pub text: String,
    /// The whole query with it.
    pub query: String,
}

impl App {
    /// How the last word of a query may go on.
    ///
    /// # Errors
    /// The store or the index cannot be read.
    pub fn completions(&self, q: &str) -> Result<Vec<Completion>, Problem> {
        let start = q.rfind(char::is_whitespace).map_or(0, |at| at + q[at..].chars().next().map_or(1, char::len_utf8));
        let (before, last) = q.split_at(start);
        let mut offers: Vec<(CompletionKind, String, String)> = Vec::new();
        if let Some((name, value)) = last.split_once(':') {
            self.values(name, value.trim_start_matches('"'), &mut offers)?;
        } else if !last.is_empty() {
            self.words(last, &mut offers)?;
        }
        offers.truncate(IN_ALL);
        let completion = |(kind, text, end): (CompletionKind, String, String)| Completion {
            kind,
            text,
            query: format!("{before}{end}"),
        };
        Ok(offers.into_iter().map(completion).collect())
    }

    fn values(
        &self,
        name: &str,
        value: &str,
        offers: &mut Vec<(CompletionKind, String, String)>,
    ) -> Result<(), Problem> {
        let folded = fold(name);
        let mut offer = |kind, text: String| {
            let end = format!("{name}:{}", quoted(&text));
            offers.push((kind, text, end));
        };
        match folded.as_str() {
            "customer" | "cliente" | "group" | "grupo" => {
                for found in self.customers_called(value)? {
                    offer(CompletionKind::Customer, found);
                }
            }
            "speaker" | "hablante" | "habla" => {
                for found in self.people_called(value)? {
                    offer(CompletionKind::Person, found);
                }
            }
            "concept" | "concepto" => {
                for (id, _) in self.concepts_called(value) {
                    offer(CompletionKind::Concept, id);
                }
            }
            _ => {
                let filters = search::filter_names();
                let known = filters.iter().find(|((en, es), _)| folded == *en || folded == *es);
                let Some(((_, es), values)) = known else { return Ok(()) };
                for (in_english, in_spanish) in values {
                    let shown = if folded == *es { in_spanish } else { in_english };
                    if begins(shown, value) {
                        offer(CompletionKind::Filter, shown.to_lowercase());
                    }
                }
            }
        }
        Ok(())
    }

    fn words(&self, last: &str, offers: &mut Vec<(CompletionKind, String, String)>) -> Result<(), Problem> {
        let plain = last.trim_start_matches(['(', '"', '-']);
        let opening = &last[..last.len() - plain.len()];
        if plain.is_empty() {
            return Ok(());
        }
        for (word, _) in self.index.words_beginning(plain, OF_EACH)? {
            offers.push((CompletionKind::Term, word.clone(), format!("{opening}{word}")));
        }
        for ((english, spanish), _) in search::filter_names() {
            for name in [english, spanish] {
                if begins(name, plain) {
                    offers.push((CompletionKind::Filter, format!("{name}:"), format!("{opening}{name}:")));
                    break;
                }
            }
        }
        for name in self.customers_called(plain)?.into_iter().take(OF_EACH) {
            let end = format!("{opening}customer:{}", quoted(&name));
            offers.push((CompletionKind::Customer, name, end));
        }
        for (id, label) in self.concepts_called(plain).into_iter().take(OF_EACH) {
            offers.push((CompletionKind::Concept, label, format!("{opening}concept:{id}")));
        }
        for name in self.people_called(plain)?.into_iter().take(OF_EACH) {
            let end = format!("{opening}speaker:{}", quoted(&name));
            offers.push((CompletionKind::Person, name, end));
        }
        Ok(())
    }

    fn customers_called(&self, beginning: &str) -> Result<Vec<String>, Problem> {
        let names = self.store.customers()?.into_iter().map(|one| one.customer.name);
        Ok(names.filter(|name| has_word(name, beginning)).take(IN_ALL).collect())
    }

    fn people_called(&self, beginning: &str) -> Result<Vec<String>, Problem> {
        let mut names = Vec::new();
        for customer in self.store.customers()? {
            let people = self.store.people(customer.customer.id)?.into_iter();
            names.extend(people.map(|person| person.label).filter(|name| has_word(name, beginning)));
        }
        names.sort();
        names.dedup();
        names.truncate(IN_ALL);
        Ok(names)
    }

    /// Id and label of the concepts that are called so; the label is the one that was begun.
    fn concepts_called(&self, beginning: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for concept in self.lexicon().concepts() {
            let labels = [&concept.label.es, &concept.label.en, &concept.id];
            if let Some(label) = labels.into_iter().find(|label| has_word(label, beginning)) {
                found.push((concept.id.clone(), label.clone()));
            }
        }
        found.truncate(IN_ALL);
        found
    }
}

fn quoted(text: &str) -> String {
    let plain = text.replace('"', "");
    if plain.contains(char::is_whitespace) { format!("\"{plain}\"") } else { plain }
}

fn begins(name: &str, beginning: &str) -> bool {
    fold(name).starts_with(&fold(beginning))
}

/// Does any word of the name begin so?
fn has_word(name: &str, beginning: &str) -> bool {
    let (name, beginning) = (fold(name), fold(beginning));
    name.starts_with(&beginning) || name.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(&beginning))
}
