//! The query language: what a person may write into the search box, the address bar and the command line.
//!
//! Words stand side by side: any of them is enough, all of them come first. `"an exact phrase"` must be there as it
//! stands, but for case and accents; `begin*` is any word that begins so, `almost~` (or `almost~2`) any that is spelt
//! almost so, `"two words"~5` and `two NEAR/5 words` are words within so many of each other. `AND`/`Y`, `OR`/`O`, `NOT`/`-` and brackets
//! combine (`NOT` binds first, then words side by side, then `AND`, then `OR`). `filter:value` restricts;
//! `filters::FILTERS` lists the filters. A mistake never loses the rest: it is told in a note, with a caret under its
//! place.

mod filters;
mod lexer;
mod notes;
mod parser;

pub(super) use filters::{Content, FieldFilter, mark_code};

use super::meaning::Meaning;
use super::terms::Token;
use crate::model::{CustomerId, Kind, Language, MeetingId, Problem, ProblemClass, Side, Span, State};
use lexer::{Lexeme, Piece};
use notes::Notes;

/// The longest query, in bytes.
pub const QUERY_BYTES_MAX: usize = 1024;

/// The most words, phrases, prefixes and filters of one query; grammatical words beside others do not count.
pub const CLAUSES_MAX: usize = 64;

/// How deep brackets and `NOT` may stand in each other.
pub const DEPTH_MAX: usize = 16;

/// A search.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// What the person wrote. Nothing at all finds every utterance that passes the filters.
    pub text: String,
    /// What the page or the caller adds to it.
    pub filters: Filters,
    /// What it means in both languages.
    pub meaning: Meaning,
    /// In which order the hits come.
    pub order: Order,
    /// Are the hits counted by what they are, too?
    pub facets: bool,
    /// At most this many hits.
    pub limit: usize,
    /// After this many.
    pub offset: usize,
}

/// In which order hits come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The best first; equal ones by meeting and place.
    #[default]
    Best,
    /// Those of the latest day first, those without a day last; of one day the best first.
    Recent,
}

/// Restrictions beside the text of a query; all of them hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Only this customer's meetings.
    pub customer: Option<CustomerId>,
    /// Only this meeting.
    pub meeting: Option<MeetingId>,
    /// Only this side of the table.
    pub side: Option<Side>,
    /// Only utterances mostly in this language.
    pub language: Option<Language>,
    /// Only utterances with a suggestion of this kind.
    pub kind: Option<Kind>,
    /// Only utterances with a suggestion in this state.
    pub state: Option<State>,
    /// Only speakers whose label holds all these words.
    pub speaker: Option<String>,
    /// Only meetings of this day or later.
    pub after: Option<jiff::civil::Date>,
    /// Only meetings of this day or earlier.
    pub before: Option<jiff::civil::Date>,
}

/// A query as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// A word in any of its forms.
    Word(Token),
    /// Words as written, one after the other.
    Phrase(Vec<Token>),
    /// Words that begin so, folded.
    Prefix(String),
    /// Words that differ from this one by so many letters at the most, folded.
    Fuzzy(String, u8),
    /// Words as written, in any order, with so many others between them at the most.
    Near(Vec<Token>, u32),
    /// A restriction.
    Filter(FieldFilter),
    /// All of these.
    All(Vec<Self>),
    /// Any of these.
    Any(Vec<Self>),
    /// Side by side: any of the words, all of the phrases and filters, none of what is excluded.
    Loose(Vec<Self>),
    /// Not this.
    Not(Box<Self>),
}

/// A query as it was read, and what was wrong with it.
#[derive(Clone, Debug)]
pub(super) struct Parsed {
    /// None where nothing to look for is left.
    pub(super) root: Option<Node>,
    /// One for every mistake, in the order of the text.
    pub(super) notes: Vec<Problem>,
}

/// The names of all filters in English and Spanish with the values that each knows, for completions.
pub(super) fn filter_names() -> Vec<FilterName> {
    let name = |(key, names): &(filters::Key, &[&'static str])| ((names[0], names[1]), filters::values(*key));
    filters::FILTERS.iter().map(name).collect()
}

/// The English and the Spanish name of a filter, and the same of its values.
pub type FilterName = ((&'static str, &'static str), Vec<(&'static str, &'static str)>);

/// Reads a query; mistakes become notes, and the best reading of the rest goes on.
///
/// # Errors
/// `query_too_long`, `query_too_many_clauses`, `query_too_deep`.
pub(super) fn parse(text: &str, meaning: &Meaning) -> Result<Parsed, Problem> {
    let mut notes = Notes::new(text);
    if text.len() > QUERY_BYTES_MAX {
        let end = text.floor_char_boundary(QUERY_BYTES_MAX);
        return Err(too_long(text.len()).at(notes.place(Span::new(end, text.len()))));
    }
    let lexemes = lexer::lexemes(text, &mut notes);
    let root = parser::parse(&lexemes, meaning, &mut notes)?;
    let clauses = root.as_ref().map_or(0, clauses);
    if clauses > CLAUSES_MAX {
        let first_over = lexemes.iter().filter(|lexeme| is_clause(lexeme)).nth(CLAUSES_MAX);
        let span = first_over.or(lexemes.last()).map_or(Span::new(0, 0), |lexeme| lexeme.span);
        return Err(too_many_clauses(clauses).at(notes.place(span)));
    }
    Ok(Parsed { root, notes: notes.finish() })
}

/// How many leaves a query has; grammatical words are free, they cost next to nothing.
fn clauses(node: &Node) -> usize {
    match node {
        Node::Word(token) => usize::from(!token.is_stop()),
        Node::Phrase(_) | Node::Prefix(_) | Node::Fuzzy(..) | Node::Near(..) | Node::Filter(_) => 1,
        Node::Not(inner) => clauses(inner),
        Node::All(nodes) | Node::Any(nodes) | Node::Loose(nodes) => nodes.iter().map(clauses).sum(),
    }
}

fn is_clause(lexeme: &Lexeme<'_>) -> bool {
    matches!(lexeme.piece, Piece::Text(_) | Piece::Quoted(_) | Piece::Nearby(..) | Piece::Filter(..))
}

fn too_long(bytes: usize) -> Problem {
    Problem::new(
        "query_too_long",
        ProblemClass::Invalid,
        format!("La búsqueda tiene {bytes} bytes; el límite es {QUERY_BYTES_MAX}."),
        format!("The query has {bytes} bytes; the limit is {QUERY_BYTES_MAX}."),
    )
    .hint("Busque con menos palabras.", "Search with fewer words.")
}

fn too_many_clauses(clauses: usize) -> Problem {
    Problem::new(
        "query_too_many_clauses",
        ProblemClass::Invalid,
        format!("La búsqueda tiene {clauses} palabras, frases y filtros; el límite es {CLAUSES_MAX}."),
        format!("The query has {clauses} words, phrases and filters; the limit is {CLAUSES_MAX}."),
    )
    .hint("Busque con menos palabras.", "Search with fewer words.")
}
