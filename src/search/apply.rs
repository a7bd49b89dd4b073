//! From a meeting to the documents of the index.

use std::collections::BTreeSet;

use tantivy::TantivyDocument;
use tantivy::schema::Field;

use super::query::{Content, mark_code};
use super::schema::{Fields, part};
use super::terms;
use crate::model::{CustomerId, Kind, Language, Mark, MeetingId, Side, State};
use crate::text::words::{StemLanguage, Words};

/// A meeting as the index takes it: what is searched, and what results are filtered by.
#[derive(Clone, Debug)]
pub struct MeetingDocs {
    /// Its identity.
    pub meeting: MeetingId,
    /// With whom.
    pub customer: CustomerId,
    /// The customer's name.
    pub customer_name: String,
    /// What it is called.
    pub title: String,
    /// The name of the uploaded file.
    pub source: String,
    /// When it was held, where known.
    pub date: Option<jiff::civil::Date>,
    /// What was said, in the order of the meeting.
    pub utterances: Vec<UtteranceDoc>,
}

/// Stands beside the code of the language where an utterance holds words of two.
pub(super) const MIXED: &str = "mixed";

/// An utterance as the index takes it.
#[derive(Clone, Debug, Default)]
pub struct UtteranceDoc {
    /// Its zero-based ordinal in the meeting.
    pub ordinal: usize,
    /// The zero-based ordinal of its turn.
    pub turn: usize,
    /// Its words.
    pub text: String,
    /// The label of who says it, where the file names somebody.
    pub speaker: Option<String>,
    /// The side of the table.
    pub side: Side,
    /// The language of most of its words.
    pub language: Language,
    /// Does it hold words of two languages?
    pub mixed: bool,
    /// The kinds of its suggestions.
    pub kinds: Vec<Kind>,
    /// The ids of the concepts that it speaks of, proposed or not.
    pub concepts: Vec<String>,
    /// Where its suggestions stand.
    pub states: Vec<State>,
    /// What surrounds the terms of the lexicon in it.
    pub marks: Vec<Mark>,
    /// Does it hold a number bound to what it counts?
    pub has_quantity: bool,
}

/// The documents of a meeting: its own first, then those of its utterances. They are written in one go, and stay side by
/// side in that order through every merge.
pub(super) fn documents(fields: &Fields, meeting: &MeetingDocs) -> Vec<TantivyDocument> {
    let day = meeting.date.map(day_number);
    let customer_words = exact_words(&meeting.customer_name);
    let mut own = OwnWords::default();
    let labels: BTreeSet<&String> = meeting.utterances.iter().filter_map(|one| one.speaker.as_ref()).collect();
    for text in [&meeting.title, &meeting.customer_name, &meeting.source].into_iter().chain(labels) {
        terms::read(text, |words| own.add(words));
    }
    let mut documents = vec![TantivyDocument::new()];
    let mut turn_before = None;
    for (place, utterance) in (1_u64..).zip(&meeting.utterances) {
        let mut document = TantivyDocument::new();
        terms::read(&utterance.text, |words| {
            own.add(words);
            document.add_text(fields.spanish, words.stems(StemLanguage::Spanish));
            document.add_text(fields.english, words.stems(StemLanguage::English));
            document.add_text(fields.exact, words.folded_words());
        });
        document.add_text(fields.meeting, meeting.meeting.to_string());
        document.add_text(fields.part, part::UTTERANCE);
        if turn_before.replace(utterance.turn) != Some(utterance.turn) {
            document.add_text(fields.part, part::TURN);
        }
        document.add_text(fields.customer, meeting.customer.to_string());
        document.add_text(fields.customer_words, &customer_words);
        if let Some(speaker) = &utterance.speaker {
            document.add_text(fields.speaker, exact_words(speaker));
        }
        document.add_text(fields.side, utterance.side.code());
        document.add_text(fields.language, utterance.language.code());
        if utterance.mixed {
            document.add_text(fields.language, MIXED);
        }
        add_codes(&mut document, fields.kind, utterance.kinds.iter().map(|kind| kind.code()));
        add_codes(&mut document, fields.concept, utterance.concepts.iter().map(String::as_str));
        add_codes(&mut document, fields.state, utterance.states.iter().map(|state| state.code()));
        add_codes(&mut document, fields.mark, utterance.marks.iter().map(|mark| mark_code(*mark)));
        if utterance.has_quantity {
            document.add_text(fields.has, Content::Quantity.code());
        }
        if !utterance.kinds.is_empty() {
            document.add_text(fields.has, Content::Suggestion.code());
        }
        if let Some(day) = day {
            document.add_i64(fields.day, day);
        }
        document.add_u64(fields.place, place);
        document.add_u64(fields.ordinal, utterance.ordinal as u64);
        document.add_u64(fields.turn, utterance.turn as u64);
        documents.push(document);
    }
    documents[0] = own.document(fields, meeting);
    documents
}

/// A date as a number that can be compared.
pub(super) fn day_number(date: jiff::civil::Date) -> i64 {
    let start = jiff::civil::date(1970, 1, 1);
    (date - start).get_days().into()
}

/// The words of a whole meeting.
#[derive(Default)]
struct OwnWords {
    spanish: String,
    english: String,
}

impl OwnWords {
    fn add(&mut self, words: &Words) {
        self.spanish.push_str(words.stems(StemLanguage::Spanish));
        self.english.push_str(words.stems(StemLanguage::English));
    }

    fn document(self, fields: &Fields, meeting: &MeetingDocs) -> TantivyDocument {
        let (high, low) = meeting.meeting.0.as_u64_pair();
        let mut document = TantivyDocument::new();
        document.add_text(fields.meeting_spanish, self.spanish);
        document.add_text(fields.meeting_english, self.english);
        document.add_text(fields.meeting, meeting.meeting.to_string());
        document.add_text(fields.part, part::MEETING);
        document.add_u64(fields.place, 0);
        document.add_u64(fields.size, meeting.utterances.len() as u64);
        document.add_u64(fields.meeting_high, high);
        document.add_u64(fields.meeting_low, low);
        document
    }
}

/// The words of a label as they are written, separated by spaces.
fn exact_words(label: &str) -> String {
    terms::read(label, |words| words.folded_words().to_owned())
}

/// Each code once, in whatever order they come.
fn add_codes<'a>(document: &mut TantivyDocument, field: Field, codes: impl Iterator<Item = &'a str>) {
    let mut codes: Vec<&str> = codes.collect();
    codes.sort_unstable();
    codes.dedup();
    for code in codes {
        document.add_text(field, code);
    }
}
