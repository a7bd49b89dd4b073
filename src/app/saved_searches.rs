//! Searches that people keep, and what is new in them.

use serde::Serialize;
use utoipa::ToSchema;

use crate::config::MAX_HITS;
use crate::model::{Problem, ProblemClass, SavedSearchId};
use crate::store::SavedSearch;

use super::App;
use super::searching::{SearchHit, SearchOrder, SearchRequest};

/// How many characters a name may have.
const NAME_CHARS_MAX: usize = 120;

/// How many hits a feed tells of.
const FEED_HITS: usize = 50;

/// A search that somebody keeps, and what it finds now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SavedSearchView {
    /// The search.
    #[serde(flatten)]
    pub search: SavedSearch,
    /// How many hits it has.
    pub total: usize,
    /// How many of them came in since somebody last looked.
    pub new: usize,
}

/// The hits of a kept search that came in last.
#[derive(Clone, Debug)]
pub struct NewHits {
    /// The search.
    pub search: SavedSearch,
    /// Its hits with the moment when each came in, RFC 3339 in UTC; the latest first.
    pub hits: Vec<(String, SearchHit)>,
}

impl App {
    /// Every kept search with what is new in it.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn saved_searches(&self) -> Result<Vec<SavedSearchView>, Problem> {
        let saved = self.store.saved_searches()?;
        if saved.is_empty() {
            return Ok(Vec::new());
        }
        let heads = self.heads()?;
        let mut views = Vec::with_capacity(saved.len());
        for search in saved {
            let request = SearchRequest { q: search.query.clone(), limit: Some(1), ..SearchRequest::default() };
            let (query, _) = self.query(&request)?;
            // One that cannot be answered any more is shown without hits rather than taking the page away.
            let found = self.index.search(&query).unwrap_or_default();
            let is_new = |meeting| heads.imported_at(meeting).is_some_and(|at| at > search.seen_at.as_str());
            let new = found.meetings.iter().filter(|(meeting, _)| is_new(*meeting)).map(|(_, count)| count).sum();
            views.push(SavedSearchView { search, total: found.total, new });
        }
        Ok(views)
    }

    /// Keeps a search; without a name it is called by its words.
    ///
    /// # Errors
    /// `query_empty`; `query_too_long` and other limits of the query language; `name_too_long`.
    pub fn save_search(&self, name: Option<&str>, q: &str) -> Result<SavedSearch, Problem> {
        let q = q.trim();
        if q.is_empty() {
            return Err(query_empty());
        }
        let request = SearchRequest { q: q.to_owned(), limit: Some(1), ..SearchRequest::default() };
        self.search(&request)?;
        let name = name.map(str::trim).filter(|name| !name.is_empty());
        if name.is_some_and(|name| name.chars().count() > NAME_CHARS_MAX) {
            return Err(name_too_long());
        }
        let name = name.map_or_else(|| q.chars().take(NAME_CHARS_MAX).collect(), str::to_owned);
        let now = self.now();
        let search = SavedSearch {
            id: SavedSearchId(self.world.new_id()),
            name,
            query: q.to_owned(),
            created_at: now.clone(),
            seen_at: now,
        };
        self.store.save_search(&search)?;
        Ok(search)
    }

    /// Notes that somebody has looked at a kept search: nothing in it is new any more.
    ///
    /// # Errors
    /// `saved_search_not_found`.
    pub fn see_search(&self, id: SavedSearchId) -> Result<SavedSearch, Problem> {
        self.store.see_search(id, &self.now())?;
        self.saved_search(id)
    }

    /// Forgets a kept search.
    ///
    /// # Errors
    /// `saved_search_not_found`.
    pub fn forget_search(&self, id: SavedSearchId) -> Result<(), Problem> {
        if self.store.forget_search(id)? { Ok(()) } else { Err(not_found()) }
    }

    /// What came in last of a kept search, for a feed.
    ///
    /// # Errors
    /// `saved_search_not_found`.
    pub fn new_hits(&self, id: SavedSearchId) -> Result<NewHits, Problem> {
        let search = self.saved_search(id)?;
        let heads = self.heads()?;
        let request = SearchRequest {
            q: search.query.clone(),
            limit: Some(MAX_HITS),
            order: SearchOrder::Recent,
            ..SearchRequest::default()
        };
        let page = self.search(&request)?;
        let mut hits: Vec<(String, SearchHit)> =
            page.hits.into_iter().filter_map(|hit| Some((heads.imported_at(hit.meeting)?.to_owned(), hit))).collect();
        hits.sort_by(|a, b| b.0.cmp(&a.0));
        hits.truncate(FEED_HITS);
        Ok(NewHits { search, hits })
    }

    fn saved_search(&self, id: SavedSearchId) -> Result<SavedSearch, Problem> {
        self.store.saved_searches()?.into_iter().find(|search| search.id == id).ok_or_else(not_found)
    }
}

fn query_empty() -> Problem {
    Problem::new("query_empty", ProblemClass::Invalid, "La búsqueda está vacía.", "The search is empty.")
        .hint("Escriba lo que quiere seguir.", "Write what you want to follow.")
}

fn name_too_long() -> Problem {
    Problem::new(
        "name_too_long",
        ProblemClass::Invalid,
        format!("El nombre tiene más de {NAME_CHARS_MAX} caracteres."),
        format!("The name has more than {NAME_CHARS_MAX} characters."),
    )
    .hint("Escriba uno más corto.", "Write a shorter one.")
}

fn not_found() -> Problem {
    Problem::new(
        "saved_search_not_found",
        ProblemClass::NotFound,
        "No hay tal búsqueda guardada.",
        "There is no such saved search.",
    )
    .hint("Quizás alguien la borró.", "Perhaps somebody deleted it.")
}
