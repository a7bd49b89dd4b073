//! From the tree of a query to what the engine looks for and what the ranking weighs.

use std::ops::Bound;

use tantivy::query::{
    AllQuery, BooleanQuery, Occur, PhraseQuery, Query as Wanted, RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, TantivyError, Term};

use super::apply::{MIXED, day_number};
use super::dictionary;
use super::meaning::Meaning;
use super::query::{FieldFilter, Filters, Node, mark_code};
use super::schema::{Fields, part};
use super::terms::{self, Token};
use super::translations::Translations;

/// How many words a prefix stands for at the most: the most frequent ones.
const PREFIX_TERMS_MAX: usize = 256;

/// How many words a word with a tilde stands for at the most: the most frequent ones.
const FUZZY_TERMS_MAX: usize = 64;

/// What a mention counts in the other language's words.
const TRANSLATED_SHARE: f32 = 0.8;

/// What a mention counts in other words altogether, under the concept that the query names.
const CONCEPT_SHARE: f32 = 0.75;

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
    pub(super) terms: Vec<WeighedTerm>,
    /// What the document of a meeting holds it as; any of these. None where that is not counted by meeting.
    pub(super) meeting_terms: Vec<WeighedTerm>,
    /// What the label of a speaker holds it as.
    pub(super) speaker_terms: Vec<Term>,
    /// Whether people ask with it rather than for it.
    pub(super) is_asking: bool,
    is_stop: bool,
}

impl RankWord {
    /// May it be in a meeting whose document does not hold it?
    pub(super) fn hides(&self) -> bool {
        self.meeting_terms.is_empty() || self.terms.iter().any(|term| term.share <= CONCEPT_SHARE)
    }
}

/// A term, and what one mention of it counts.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct WeighedTerm {
    pub(super) term: Term,
    /// 1 for the word itself, less for what only means the same.
    pub(super) share: f32,
}

impl WeighedTerm {
    fn whole(term: Term) -> Self {
        Self { term, share: 1.0 }
    }
}

/// The plan for a query.
pub(super) fn plan(
    root: Option<&Node>,
    filters: &Filters,
    meaning: &Meaning,
    fields: &Fields,
    searcher: &Searcher,
) -> Result<Plan, TantivyError> {
    let mut planner = Planner { fields, searcher, meaning, words: Vec::new() };
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
    meaning: &'a Meaning,
    words: Vec<RankWord>,
}

impl Planner<'_> {
    fn wanted(&self, node: &Node) -> Result<Box<dyn Wanted>, TantivyError> {
        Ok(match node {
            Node::Word(token) => union(self.word_terms(token).into_iter().map(|term| term.term).collect()),
            Node::Phrase(tokens) => self.phrase(tokens),
            Node::Prefix(prefix) => Box::new(TermSetQuery::new(self.prefix_terms(prefix)?)),
            Node::Fuzzy(word, distance) => Box::new(TermSetQuery::new(self.fuzzy_terms(word, *distance)?)),
            Node::Near(tokens, reach) => self.near(tokens, *reach),
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
                Node::Phrase(_) | Node::Near(..) => clauses.push((Occur::Must, self.wanted(node)?)),
                _ if is_restriction(node) => clauses.push((Occur::Must, self.wanted(node)?)),
                _ => optional.push(node),
            }
        }
        let has_phrase = nodes.iter().any(|node| matches!(node, Node::Phrase(_) | Node::Near(..)));
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

    /// The words in either order, with so many others between them at the most.
    fn near(&self, tokens: &[Token], reach: u32) -> Box<dyn Wanted> {
        let terms: Vec<Term> =
            tokens.iter().map(|token| Term::from_field_text(self.fields.exact, &token.exact)).collect();
        let within = |terms: Vec<Term>| -> Box<dyn Wanted> {
            let mut phrase = PhraseQuery::new(terms);
            phrase.set_slop(reach);
            Box::new(phrase)
        };
        let backwards: Vec<Term> = terms.iter().rev().cloned().collect();
        Box::new(BooleanQuery::union(vec![within(terms), within(backwards)]))
    }

    /// What a word stands as: itself, its translations, and the concepts that it helps to name.
    fn word_terms(&self, token: &Token) -> Vec<WeighedTerm> {
        let (spanish, english) = (self.fields.spanish, self.fields.english);
        let mut terms = both(spanish, english, token);
        let named = self
            .meaning
            .named
            .iter()
            .filter(|named| named.span.start < token.span.end && token.span.start < named.span.end);
        terms.extend(named.map(|named| WeighedTerm {
            term: Term::from_field_text(self.fields.concept, &named.id),
            share: CONCEPT_SHARE,
        }));
        terms.into_iter().chain(self.translated(token, spanish, english)).collect()
    }

    fn translated(&self, token: &Token, spanish: Field, english: Field) -> Vec<WeighedTerm> {
        if !self.meaning.across || token.is_stop() {
            return Vec::new();
        }
        let translations = Translations::of(token);
        let term =
            |field, stem: &String| WeighedTerm { term: Term::from_field_text(field, stem), share: TRANSLATED_SHARE };
        let to_english = translations.english.iter().map(|stem| term(english, stem));
        to_english.chain(translations.spanish.iter().map(|stem| term(spanish, stem))).collect()
    }

    /// The words of the index that begin so, the most frequent first.
    fn prefix_terms(&self, prefix: &str) -> Result<Vec<Term>, TantivyError> {
        Ok(self.exact_terms(dictionary::beginning(self.searcher, self.fields, prefix, PREFIX_TERMS_MAX)?))
    }

    /// The words of the index that are spelt almost so, the most frequent first.
    fn fuzzy_terms(&self, word: &str, distance: u8) -> Result<Vec<Term>, TantivyError> {
        let found = dictionary::near(self.searcher, self.fields, word, usize::from(distance), FUZZY_TERMS_MAX)?;
        Ok(self.exact_terms(found))
    }

    fn exact_terms(&self, words: Vec<dictionary::Counted>) -> Vec<Term> {
        words.iter().map(|(word, _)| Term::from_field_text(self.fields.exact, word)).collect()
    }

    fn filter(&self, filter: &FieldFilter) -> Box<dyn Wanted> {
        let fields = self.fields;
        match filter {
            FieldFilter::Customer(tokens) => all_words(fields.customer_words, tokens),
            FieldFilter::Group(tokens) => Box::new(TermSetQuery::new(self.group(tokens))),
            FieldFilter::Speaker(tokens) => all_words(fields.speaker, tokens),
            FieldFilter::Has(content) => term_query(fields.has, content.code()),
            FieldFilter::Context(mark) => term_query(fields.mark, mark_code(*mark)),
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

    /// The customers of the groups that are called so.
    fn group(&self, tokens: &[Token]) -> Vec<Term> {
        let is_called = |name: &str| {
            let words = terms::tokens(name);
            tokens.iter().all(|wanted| words.iter().any(|word| word.exact == wanted.exact))
        };
        let groups = self.meaning.groups.iter().filter(|group| is_called(&group.name));
        let customers = groups.flat_map(|group| &group.customers);
        customers.map(|customer| Term::from_field_text(self.fields.customer, &customer.to_string())).collect()
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
            Node::Phrase(tokens) | Node::Near(tokens, _) => tokens.iter().for_each(|token| self.add_word(token)),
            Node::Prefix(prefix) => {
                let terms = self.prefix_terms(prefix)?;
                self.add_alternatives(terms);
            }
            Node::Fuzzy(word, distance) => {
                let terms = self.fuzzy_terms(word, *distance)?;
                self.add_alternatives(terms);
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

    /// Any of several words of the index stands for one of the query.
    fn add_alternatives(&mut self, terms: Vec<Term>) {
        self.words.push(RankWord {
            terms: terms.into_iter().map(WeighedTerm::whole).collect(),
            meeting_terms: Vec::new(),
            is_stop: false,
            is_asking: false,
            speaker_terms: Vec::new(),
        });
    }

    fn add_word(&mut self, token: &Token) {
        let terms = self.word_terms(token);
        if self.words.iter().any(|word| word.terms == terms) {
            return;
        }
        let (spanish, english) = (self.fields.meeting_spanish, self.fields.meeting_english);
        let mut meeting_terms = both(spanish, english, token);
        meeting_terms.extend(self.translated(token, spanish, english));
        self.words.push(RankWord {
            terms,
            meeting_terms,
            is_stop: token.is_stop(),
            is_asking: token.is_asking(),
            speaker_terms: vec![Term::from_field_text(self.fields.speaker, &token.exact)],
        });
    }
}

/// A word by its stems in both languages.
fn both(spanish: Field, english: Field, token: &Token) -> Vec<WeighedTerm> {
    vec![
        WeighedTerm::whole(Term::from_field_text(spanish, &token.spanish)),
        WeighedTerm::whole(Term::from_field_text(english, &token.english)),
    ]
}

/// Does it only narrow down what other words find?
fn is_restriction(node: &Node) -> bool {
    match node {
        Node::Filter(_) | Node::Not(_) => true,
        Node::All(nodes) | Node::Any(nodes) | Node::Loose(nodes) => nodes.iter().all(is_restriction),
        Node::Word(_) | Node::Phrase(_) | Node::Prefix(_) | Node::Fuzzy(..) | Node::Near(..) => false,
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
