//! What utterances speak of, and what a query means in both languages.

use std::collections::BTreeMap;

use crate::context::Scene;
use crate::lexicon::Hit;
use crate::model::{CustomerId, Mark, Problem, Span};
use crate::search::{ConceptName, Group, Meaning, NamedConcept};
use crate::suggest;
use crate::text::words::{StemCache, Words, fold};

use super::App;
use super::reading::Reader;

/// How many groups may lie inside each other.
const GROUP_DEPTH_MAX: usize = 8;

/// What the lexicon sees in an utterance, proposed or not.
#[derive(Clone, Debug, Default)]
pub(super) struct SpokenOf {
    /// The ids of the concepts.
    pub(super) concepts: Vec<String>,
    /// What surrounds their terms.
    pub(super) marks: Vec<Mark>,
    /// Does it hold a number bound to what it counts?
    pub(super) has_quantity: bool,
}

/// What the utterance of this ordinal speaks of.
pub(super) fn spoken_of(reader: &Reader, scene: &Scene<'_>, at: usize) -> SpokenOf {
    let (text, words) = (&scene.utterances()[at].text, scene.words(at));
    let mut spoken = SpokenOf { has_quantity: !suggest::quantities(text, words).is_empty(), ..SpokenOf::default() };
    let hits = reader.matcher().hits(text, words);
    if hits.is_empty() {
        return spoken;
    }
    let surroundings = scene.reader(at);
    for hit in hits {
        spoken.concepts.push(reader.lexicon().concepts()[hit.concept].id.clone());
        spoken.marks.extend(surroundings.context(hit.span).marks);
    }
    spoken
}

impl App {
    /// What a query means. `across` lets it find its words and concepts in the other language, too.
    pub(super) fn meaning(&self, q: &str, across: bool) -> Result<Meaning, Problem> {
        let concepts = self.lexicon().concepts();
        let known = concepts.iter().map(|concept| ConceptName {
            id: concept.id.clone(),
            labels: vec![concept.label.es.clone(), concept.label.en.clone()],
        });
        let folded = fold(q);
        let asks_for_group = ["group:", "grupo:"].iter().any(|name| folded.contains(name));
        Ok(Meaning {
            across,
            named: if across { self.named_concepts(q) } else { Vec::new() },
            known: known.collect(),
            groups: if asks_for_group { self.groups()? } else { Vec::new() },
        })
    }

    /// The terms of these concepts in a text.
    pub(super) fn terms_of(&self, text: &str, concepts: &[NamedConcept]) -> Vec<(String, Span)> {
        if concepts.is_empty() {
            return Vec::new();
        }
        let id = |hit: &Hit| &self.lexicon().concepts()[hit.concept].id;
        let hits = self.hits_in(text);
        let named = hits.iter().filter(|hit| concepts.iter().any(|named| named.id == *id(hit)));
        named.map(|hit| (id(hit).clone(), hit.span)).collect()
    }

    /// The topics that a query names by one of their terms or by their label. A way of speaking ("a need in the first
    /// person") is no topic: whoever writes "need" looks for what is needed.
    fn named_concepts(&self, q: &str) -> Vec<NamedConcept> {
        let concepts = self.lexicon().concepts();
        let mut named: Vec<NamedConcept> = Vec::new();
        for hit in self.hits_in(q) {
            let concept = &concepts[hit.concept];
            if concept.topic && !named.iter().any(|one| one.id == concept.id && one.span == hit.span) {
                named.push(NamedConcept { id: concept.id.clone(), span: hit.span });
            }
        }
        let folded = fold(q.trim());
        for concept in concepts.iter().filter(|concept| concept.topic) {
            let is_label = [&concept.label.es, &concept.label.en].into_iter().any(|label| fold(label) == folded);
            if is_label && !named.iter().any(|one| one.id == concept.id) {
                named.push(NamedConcept { id: concept.id.clone(), span: Span::new(0, q.len()) });
            }
        }
        named
    }

    fn hits_in(&self, text: &str) -> Vec<Hit> {
        let words = Words::read(text, &mut StemCache::new());
        self.reader.matcher().hits(text, &words)
    }

    /// Every customer with what belongs to it.
    fn groups(&self) -> Result<Vec<Group>, Problem> {
        let all = self.store.customers()?;
        let parents: BTreeMap<CustomerId, CustomerId> =
            all.iter().filter_map(|one| Some((one.customer.id, one.parent?.customer))).collect();
        let mut groups: BTreeMap<CustomerId, Group> = all
            .iter()
            .map(|one| (one.customer.id, Group { name: one.customer.name.clone(), customers: Vec::new() }))
            .collect();
        for one in &all {
            let mut at = Some(one.customer.id);
            for _ in 0..GROUP_DEPTH_MAX {
                let Some(id) = at else { break };
                groups.entry(id).and_modify(|group| group.customers.push(one.customer.id));
                at = parents.get(&id).copied();
            }
        }
        Ok(groups.into_values().collect())
    }
}
