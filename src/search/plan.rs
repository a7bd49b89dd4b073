//! From the tree of a query to what the engine looks for and what the ranking weighs.

use std::collections::BTreeMap;
use std::ops::Bound;

use tantivy::query::{
    AllQuery, BooleanQuery, Occur, PhraseQuery, Query as Wanted, RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, TantivyError, Term};

use super::apply::{MIXED, day_number};
use super::query::{FieldFilter, Filters, Node};
use super::schema::{Fields, part};
use super::terms::{self, Token};

/// How many words a prefix stands for at the most: the most frequent ones.
const PREFIX_TERMS_MAX: usize = 256;

/// What the engine looks for, and what the ranking weighs.
pub(super) struct Plan {
    /// Which utterances are hits.
    pub(super) wanted: Box<dyn Wanted>,
    /// What orders them.
    pub(super) words: Vec<RankWord>,
}

/// A word as the ranking weighs it.
#[derive(Clone, Debug)]
pub(super) struct RankWord {
    /// What utterances hold it as; any of these.
    pub(super) terms: Vec<Term>,
    /// What the document of a meeting holds it as; any of these.
    pub(super) meeting_terms: Vec<Term>,
    /// What the label of a speaker holds it as.
    pub(super) speaker_terms: Vec<Term>,
    /// Whether people ask with it rather than for it.
    pub(super) is_asking: bool,
    is_stop: bool,
}

/// The plan for a query.
pub(super) fn plan(
    root: Option<&Node>,
    filters: &Filters,
    fields: &Fields,
    searcher: &Searcher,
) -> Result<Plan, TantivyError> {
    let mut planner = Planner { fields, searcher, words: Vec::new() };
    let mut clauses = planner.filter_clauses(filters);
    if let Some(root) = root {
        clauses.push((Occur::Must, planner.wanted(root)?));
        planner.collect_words(root)?;
        planner.drop_stop_words();
    }
    if clauses.is_empty() {
        clauses.push((Occur::Must, planner.everything()));
    }
    Ok(Plan { wanted: Box::new(BooleanQuery::new(clauses)), words: planner.words })
}

type Clause = (Occur, Box<dyn Wanted>);

struct Planner<'a> {
    fields: &'a Fields,
    searcher: &'a Searcher,
    words: Vec<RankWord>,
}

impl Planner<'_> {
    fn wanted(&self, node: &Node) -> Result<Box<dyn Wanted>, TantivyError> {
        Ok(match node {
            Node::Word(token) => union(self.word_terms(token)),
            Node::Phrase(tokens) => self.phrase(tokens),
            Node::Prefix(prefix) => Box::new(TermSetQuery::new(self.prefix_terms(prefix)?)),
            Node::Filter(filter) => self.filter(filter),
            Node::All(nodes) => Box::new(BooleanQuery::new(self.each(nodes, Occur::Must)?)),
            Node::Any(nodes) => Box::new(BooleanQuery::new(self.each(nodes, Occur::Should)?)),
            Node::Loose(nodes) => self.loose(nodes)?,
            Node::Not(inner) => Box::new(BooleanQuery::new(vec![
                (Occur::Must, self.everything()),
                (Occur::MustNot, self.wanted(inner)?),
            ])),
        })
    }

    fn each(&self, nodes: &[Node], occur: Occur) -> Result<Vec<Clause>, TantivyError> {
        nodes.iter().map(|node| Ok((occur, self.wanted(node)?))).collect()
    }

    /// Phrases and filters must hold, exclusions must not; of the rest one is enough, and none is needed beside a
    /// phrase. Grammatical words find nothing by themselves unless there is nothing else.
    fn loose(&self, nodes: &[Node]) -> Result<Box<dyn Wanted>, TantivyError> {
        let mut clauses = Vec::new();
        let mut optional = Vec::new();
        for node in nodes {
            match node {
                Node::Not(inner) => clauses.push((Occur::MustNot, self.wanted(inner)?)),
                Node::Phrase(_) => clauses.push((Occur::Must, self.wanted(node)?)),
                _ if is_restriction(node) => clauses.push((Occur::Must, self.wanted(node)?)),
                _ => optional.push(node),
            }
        }
        let has_phrase = nodes.iter().any(|node| matches!(node, Node::Phrase(_)));
        let has_meaning = optional.iter().any(|node| !is_stop(node));
        if has_meaning {
            optional.retain(|node| !is_stop(node));
        }
        if !optional.is_empty() && !has_phrase {
            let any: Result<Vec<Clause>, TantivyError> =
                optional.iter().map(|node| Ok((Occur::Should, self.wanted(node)?))).collect();
            clauses.push((Occur::Must, Box::new(BooleanQuery::new(any?))));
        }
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, self.everything()));
        }
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    fn everything(&self) -> Box<dyn Wanted> {
        term_query(self.fields.part, part::UTTERANCE)
    }

    fn phrase(&self, tokens: &[Token]) -> Box<dyn Wanted> {
        let terms: Vec<Term> =
            tokens.iter().map(|token| Term::from_field_text(self.fields.exact, &token.exact)).collect();
        match <[Term; 1]>::try_from(terms) {
            Ok([term]) => Box::new(TermQuery::new(term, IndexRecordOption::Basic)),
            Err(terms) if terms.is_empty() => Box::new(AllQuery),
            Err(terms) => Box::new(PhraseQuery::new(terms)),
        }
    }

    fn word_terms(&self, token: &Token) -> Vec<Term> {
        vec![
            Term::from_field_text(self.fields.spanish, &token.spanish),
            Term::from_field_text(self.fields.english, &token.english),
        ]
    }

    /// The words of the index that begin so, the most frequent first.
    fn prefix_terms(&self, prefix: &str) -> Result<Vec<Term>, TantivyError> {
        let mut counts: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
        for segment in self.searcher.segment_readers() {
            let words = segment.inverted_index(self.fields.exact)?;
            let mut stream = words.terms().range().ge(prefix).into_stream()?;
            while let Some((word, info)) = stream.next() {
                if !word.starts_with(prefix.as_bytes()) {
                    break;
                }
                *counts.entry(word.to_vec()).or_default() += u64::from(info.doc_freq);
            }
        }
        let mut words: Vec<(Vec<u8>, u64)> = counts.into_iter().collect();
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        words.truncate(PREFIX_TERMS_MAX);
        let term = |word: &[u8]| Term::from_field_text(self.fields.exact, &String::from_utf8_lossy(word));
        Ok(words.iter().map(|(word, _)| term(word)).collect())
    }

    fn filter(&self, filter: &FieldFilter) -> Box<dyn Wanted> {
        let fields = self.fields;
        match filter {
            FieldFilter::Customer(tokens) => all_words(fields.customer_words, tokens),
            FieldFilter::Speaker(tokens) => all_words(fields.speaker, tokens),
            FieldFilter::Side(side) => term_query(fields.side, side.code()),
            FieldFilter::Language(language) => term_query(fields.language, language.code()),
            FieldFilter::Mixed => term_query(fields.language, MIXED),
            FieldFilter::Kind(kind) => term_query(fields.kind, kind.code()),
            FieldFilter::Concept(id) => term_query(fields.concept, id),
            FieldFilter::State(state) => term_query(fields.state, state.code()),
            FieldFilter::After(day) => self.days(Bound::Included(day_number(*day)), Bound::Unbounded),
            FieldFilter::Before(day) => self.days(Bound::Unbounded, Bound::Included(day_number(*day))),
        }
    }

    fn days(&self, from: Bound<i64>, to: Bound<i64>) -> Box<dyn Wanted> {
        let term = |day| Term::from_field_i64(self.fields.day, day);
        Box::new(RangeQuery::new(from.map(term), to.map(term)))
    }

    fn filter_clauses(&self, filters: &Filters) -> Vec<Clause> {
        let fields = self.fields;
        let mut wanted: Vec<Box<dyn Wanted>> = Vec::new();
        wanted.extend(filters.customer.map(|customer| term_query(fields.customer, &customer.to_string())));
        wanted.extend(filters.meeting.map(|meeting| -> Box<dyn Wanted> {
            Box::new(BooleanQuery::new(vec![
                (Occur::Must, term_query(fields.meeting, &meeting.to_string())),
                (Occur::Must, self.everything()),
            ]))
        }));
        let more = [
            filters.side.map(FieldFilter::Side),
            filters.language.map(FieldFilter::Language),
            filters.kind.map(FieldFilter::Kind),
            filters.state.map(FieldFilter::State),
            filters.after.map(FieldFilter::After),
            filters.before.map(FieldFilter::Before),
            filters.speaker.as_deref().map(terms::tokens).filter(|tokens| !tokens.is_empty()).map(FieldFilter::Speaker),
        ];
        wanted.extend(more.into_iter().flatten().map(|filter| self.filter(&filter)));
        wanted.into_iter().map(|wanted| (Occur::Must, wanted)).collect()
    }

    /// Every word that speaks for a hit, each once.
    fn collect_words(&mut self, node: &Node) -> Result<(), TantivyError> {
        match node {
            Node::Word(token) => self.add_word(token),
            Node::Phrase(tokens) => tokens.iter().for_each(|token| self.add_word(token)),
            Node::Prefix(prefix) => {
                let terms = self.prefix_terms(prefix)?;
                self.words.push(RankWord {
                    terms,
                    meeting_terms: Vec::new(),
                    is_stop: false,
                    is_asking: false,
                    speaker_terms: Vec::new(),
                });
            }
            Node::All(nodes) | Node::Any(nodes) | Node::Loose(nodes) => {
                for node in nodes {
                    self.collect_words(node)?;
                }
            }
            Node::Filter(_) | Node::Not(_) => {}
        }
        Ok(())
    }

    /// Grammatical words weigh nothing beside others: they are in every passage.
    fn drop_stop_words(&mut self) {
        if self.words.iter().any(|word| !word.is_stop) {
            self.words.retain(|word| !word.is_stop);
        }
    }

    fn add_word(&mut self, token: &Token) {
        let terms = self.word_terms(token);
        if self.words.iter().any(|word| word.terms == terms) {
            return;
        }
        let meeting_terms = vec![
            Term::from_field_text(self.fields.meeting_spanish, &token.spanish),
            Term::from_field_text(self.fields.meeting_english, &token.english),
        ];
        self.words.push(RankWord {
            terms,
            meeting_terms,
            is_stop: token.is_stop(),
            is_asking: token.is_asking(),
            speaker_terms: vec![Term::from_field_text(self.fields.speaker, &token.exact)],
        });
    }
}

/// Does it only narrow down what other words find?
fn is_restriction(node: &Node) -> bool {
    match node {
        Node::Filter(_) | Node::Not(_) => true,
        Node::All(nodes) | Node::Any(nodes) | Node::Loose(nodes) => nodes.iter().all(is_restriction),
        Node::Word(_) | Node::Phrase(_) | Node::Prefix(_) => false,
    }
}

fn is_stop(node: &Node) -> bool {
    matches!(node, Node::Word(token) if token.is_stop())
}

fn term_query(field: Field, text: &str) -> Box<dyn Wanted> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic))
}

fn union(terms: Vec<Term>) -> Box<dyn Wanted> {
    let any =
        terms.into_iter().map(|term| -> Box<dyn Wanted> { Box::new(TermQuery::new(term, IndexRecordOption::Basic)) });
    Box::new(BooleanQuery::union(any.collect()))
}

fn all_words(field: Field, tokens: &[Token]) -> Box<dyn Wanted> {
    let all = tokens.iter().map(|token| (Occur::Must, term_query(field, &token.exact)));
    Box::new(BooleanQuery::new(all.collect()))
}
