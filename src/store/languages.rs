//! How what is known of languages lies in columns, and its totals.

use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};

use crate::model::{LanguageShares, LanguageTag, Problem, Span, WordCounts, WordShares};

use super::Store;
use super::columns::{Json, Whole};

/// What one column keeps of an utterance beside its language.
#[derive(Serialize, Deserialize)]
pub(super) struct Detail {
    borrowed: Vec<Span>,
    shares: WordShares,
    words: WordCounts,
}

impl Detail {
    /// Of this utterance.
    pub(super) fn of(tag: &LanguageTag) -> Self {
        Self { borrowed: tag.borrowed.clone(), shares: tag.shares, words: tag.words }
    }
}

impl Store {
    /// The languages of everything that was said in every meeting.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn languages(&self) -> Result<LanguageShares, Problem> {
        self.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT coalesce(sum(spanish), 0) AS spanish, coalesce(sum(english), 0) AS english,
                    coalesce(sum(mixed), 0) AS mixed, coalesce(sum(other_language), 0) AS other_language,
                    coalesce(sum(portuguese), 0) AS portuguese, coalesce(sum(words_spanish), 0) AS words_spanish,
                    coalesce(sum(words_english), 0) AS words_english,
                    coalesce(sum(words_portuguese), 0) AS words_portuguese,
                    coalesce(sum(words_other), 0) AS words_other
                 FROM meetings WHERE workspace = ?1 AND revision_of IS NULL",
            )?;
            Ok(statement.query_row(params![self.workspace], shares_of)?)
        })
    }
}

/// The totals in this row of a meeting.
pub(super) fn shares_of(row: &Row<'_>) -> rusqlite::Result<LanguageShares> {
    let count = |column: &str| row.get::<_, Whole<_>>(column).map(|whole| whole.0);
    Ok(LanguageShares {
        spanish: count("spanish")?,
        english: count("english")?,
        mixed: count("mixed")?,
        other: count("other_language")?,
        portuguese: count("portuguese")?,
        words: WordCounts {
            spanish: count("words_spanish")?,
            english: count("words_english")?,
            portuguese: count("words_portuguese")?,
            other: count("words_other")?,
        },
    })
}

/// The language in this row of an utterance. One that was kept without detail is wholly in its main language.
pub(super) fn tag_of(row: &Row<'_>) -> rusqlite::Result<LanguageTag> {
    let language = row.get("language")?;
    let detail = row.get::<_, Option<Json<Detail>>>("language_detail")?.map(|json| json.0);
    let shares = detail.as_ref().map_or(WordShares::all(language), |detail| detail.shares);
    let words = detail.as_ref().map_or(WordCounts::default(), |detail| detail.words);
    Ok(LanguageTag {
        language,
        mixed: row.get("mixed")?,
        switches: row.get::<_, Json<_>>("switches")?.0,
        borrowed: detail.map(|detail| detail.borrowed).unwrap_or_default(),
        shares,
        words,
    })
}
