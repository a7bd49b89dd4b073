//! Counts the hits by what they are.

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, TantivyError, Term};

use super::passages::SegmentHits;
use super::schema::Fields;

/// How many times longer than the hits a list must be for it to be skipped through instead of read.
const SKIP_FACTOR: usize = 16;

/// How many hits there are of each sort, the most frequent first; a hit may count under several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// By the code of the kind.
    pub kinds: Vec<(String, usize)>,
    /// By the id of the concept.
    pub concepts: Vec<(String, usize)>,
    /// By the code of the side.
    pub sides: Vec<(String, usize)>,
    /// By the code of the language, and `mixed`.
    pub languages: Vec<(String, usize)>,
}

/// Counts them.
pub(super) fn count(segments: &[SegmentHits<'_>], fields: &Fields) -> Result<Facets, TantivyError> {
    Ok(Facets {
        kinds: count_field(segments, fields.kind)?,
        concepts: count_field(segments, fields.concept)?,
        sides: count_field(segments, fields.side)?,
        languages: count_field(segments, fields.language)?,
    })
}

fn count_field(segments: &[SegmentHits<'_>], field: Field) -> Result<Vec<(String, usize)>, TantivyError> {
    let mut counts: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for segment in segments {
        let reader = segment.reader();
        let hits = Hits::new(reader, segment.documents());
        let index = reader.inverted_index(field)?;
        let mut values = index.terms().stream()?;
        while let Some((value, _)) = values.next() {
            let Ok(value) = std::str::from_utf8(value) else { continue };
            let count = hits.count_in(reader, &Term::from_field_text(field, value))?;
            if count > 0 {
                *counts.entry(value.to_owned()).or_default() += count;
            }
        }
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(counts)
}

/// The hits of a segment as a list and as a set.
struct Hits<'a> {
    list: &'a [DocId],
    set: Vec<u64>,
}

impl<'a> Hits<'a> {
    fn new(reader: &SegmentReader, list: &'a [DocId]) -> Self {
        let mut set = vec![0_u64; reader.max_doc() as usize / 64 + 1];
        for document in list {
            set[*document as usize / 64] |= 1 << (document % 64);
        }
        Self { list, set }
    }

    /// How many of them hold the term.
    fn count_in(&self, reader: &SegmentReader, term: &Term) -> Result<usize, TantivyError> {
        let index = reader.inverted_index(term.field())?;
        let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? else { return Ok(0) };
        let mut count = 0;
        if (index.doc_freq(term)? as usize) > self.list.len().saturating_mul(SKIP_FACTOR) {
            for document in self.list {
                let at = if postings.doc() < *document { postings.seek(*document) } else { postings.doc() };
                count += usize::from(at == *document);
            }
            return Ok(count);
        }
        let mut document = postings.doc();
        while document != TERMINATED {
            count += usize::from(self.set[document as usize / 64] >> (document % 64) & 1 == 1);
            document = postings.advance();
        }
        Ok(count)
    }
}
