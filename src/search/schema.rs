//! The fields of the index, and the stamp that tells whether a folder was written with them.

use serde::{Deserialize, Serialize};
use tantivy::schema::{FAST, Field, IndexRecordOption, STRING, Schema, SchemaBuilder, TextFieldIndexing, TextOptions};

use super::terms;

/// Grows with every change of the fields or of what is written into them.
const SCHEMA_VERSION: u32 = 3;

/// A text that passes through every rule of the analyzers, so that a change of them changes the stamp.
const PROBE: &str = "Perdía y pierde la operación en cañas, señor; las operaciones operaron aún 1.200 \
    veces. They're losing, lost, re-entered the companies' running totals; e-mail naïve CO₂ ﬁn İ.";

/// Every field, by what it holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    /// The words of an utterance by their Spanish stems.
    pub(super) spanish: Field,
    /// The words of an utterance by their English stems.
    pub(super) english: Field,
    /// The words of an utterance as written, but for case and accents; with positions.
    pub(super) exact: Field,
    /// All words of a meeting by their Spanish stems; on the meeting's document alone.
    pub(super) meeting_spanish: Field,
    /// All words of a meeting by their English stems; on the meeting's document alone.
    pub(super) meeting_english: Field,
    /// The meeting's identity; on all its documents.
    pub(super) meeting: Field,
    /// What the document is; see [`part`].
    pub(super) part: Field,
    /// The customer's identity.
    pub(super) customer: Field,
    /// The words of the customer's name.
    pub(super) customer_words: Field,
    /// The words of the speaker's label.
    pub(super) speaker: Field,
    /// The code of the side.
    pub(super) side: Field,
    /// The code of the language, and one more word where the utterance is mixed.
    pub(super) language: Field,
    /// The codes of the kinds of its suggestions.
    pub(super) kind: Field,
    /// The ids of the concepts that it speaks of.
    pub(super) concept: Field,
    /// The codes of the states of its suggestions.
    pub(super) state: Field,
    /// The codes of what it holds besides words.
    pub(super) has: Field,
    /// The codes of what surrounds the terms in it.
    pub(super) mark: Field,
    /// The date, in days since 1970-01-01.
    pub(super) day: Field,
    /// How many documents before this one the meeting's own document lies; 0 on that one.
    pub(super) place: Field,
    /// The utterance's ordinal in the meeting.
    pub(super) ordinal: Field,
    /// The ordinal of its turn.
    pub(super) turn: Field,
    /// How many utterances follow the meeting's document.
    pub(super) size: Field,
    /// The upper half of the meeting's identity; on the meeting's document alone.
    pub(super) meeting_high: Field,
    /// The lower half.
    pub(super) meeting_low: Field,
}

/// The names of the columns that are read by name.
pub(super) mod column {
    /// See [`super::Fields::day`].
    pub(in crate::search) const DAY: &str = "day";
    /// See [`super::Fields::place`].
    pub(in crate::search) const PLACE: &str = "place";
    /// See [`super::Fields::ordinal`].
    pub(in crate::search) const ORDINAL: &str = "ordinal";
    /// See [`super::Fields::turn`].
    pub(in crate::search) const TURN: &str = "turn";
    /// See [`super::Fields::size`].
    pub(in crate::search) const SIZE: &str = "size";
    /// See [`super::Fields::meeting_high`].
    pub(in crate::search) const MEETING_HIGH: &str = "meeting_high";
    /// See [`super::Fields::meeting_low`].
    pub(in crate::search) const MEETING_LOW: &str = "meeting_low";
}

/// The values of [`Fields::part`].
pub(super) mod part {
    /// The document of the meeting itself.
    pub(in crate::search) const MEETING: &str = "meeting";
    /// The document of an utterance.
    pub(in crate::search) const UTTERANCE: &str = "utterance";
    /// The first utterance of a turn, which is one of those too: counts the turns.
    pub(in crate::search) const TURN: &str = "turn";
}

/// The schema with its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let stems = || words(IndexRecordOption::WithFreqs, true);
    let labels = || words(IndexRecordOption::Basic, false);
    let fields = Fields {
        spanish: builder.add_text_field("spanish", stems()),
        english: builder.add_text_field("english", words(IndexRecordOption::WithFreqs, false)),
        exact: builder.add_text_field("exact", words(IndexRecordOption::WithFreqsAndPositions, false)),
        meeting_spanish: builder.add_text_field("meeting_spanish", stems()),
        meeting_english: builder.add_text_field("meeting_english", words(IndexRecordOption::WithFreqs, false)),
        meeting: builder.add_text_field("meeting", STRING),
        part: builder.add_text_field("part", STRING),
        customer: builder.add_text_field("customer", STRING),
        customer_words: builder.add_text_field("customer_words", labels()),
        speaker: builder.add_text_field("speaker", labels()),
        side: builder.add_text_field("side", STRING),
        language: builder.add_text_field("language", STRING),
        kind: builder.add_text_field("kind", STRING),
        concept: builder.add_text_field("concept", STRING),
        state: builder.add_text_field("state", STRING),
        has: builder.add_text_field("has", STRING),
        mark: builder.add_text_field("mark", STRING),
        day: builder.add_i64_field(column::DAY, FAST),
        place: number(&mut builder, column::PLACE),
        ordinal: number(&mut builder, column::ORDINAL),
        turn: number(&mut builder, column::TURN),
        size: number(&mut builder, column::SIZE),
        meeting_high: number(&mut builder, column::MEETING_HIGH),
        meeting_low: number(&mut builder, column::MEETING_LOW),
    };
    (builder.build(), fields)
}

/// What a commit carries: which rules wrote it and how far it follows the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    /// The schema and the analyzers that wrote the documents.
    rules: String,
    /// The last change of the store that is in the index; 0 while it is being filled.
    seq: i64,
    /// How many documents are alive: a list of segments or deletions that lost an entry is found by it.
    documents: u64,
    /// Guards them all against a flipped bit: the file that holds them has no checksum of its own.
    sum: String,
}

impl Stamp {
    /// The stamp of today's rules at this change, with so many living documents.
    pub(super) fn new(seq: i64, documents: u64) -> Self {
        let rules = rules();
        let sum = Self::sum(&rules, seq, documents);
        Self { rules, seq, documents, sum }
    }

    /// What is written into a commit.
    pub(super) fn payload(&self) -> String {
        serde_json::to_string(self).expect("three plain fields always serialise")
    }

    /// Reads what a commit carries; nothing where it is damaged.
    pub(super) fn read(payload: &str) -> Option<Self> {
        let stamp: Self = serde_json::from_str(payload).ok()?;
        (stamp.sum == Self::sum(&stamp.rules, stamp.seq, stamp.documents)).then_some(stamp)
    }

    /// The change it stands at, where today's rules wrote it.
    pub(super) fn current_seq(&self) -> Option<i64> {
        (self.rules == rules()).then_some(self.seq)
    }

    /// How many documents must be alive.
    pub(super) fn documents(&self) -> u64 {
        self.documents
    }

    fn sum(rules: &str, seq: i64, documents: u64) -> String {
        blake3::hash(format!("{rules} at {seq} with {documents}").as_bytes()).to_hex()[..16].to_owned()
    }
}

/// The rules in one line: the version of the schema and a fingerprint of what the analyzers make of the probe.
fn rules() -> String {
    let mut hasher = blake3::Hasher::new();
    for token in terms::tokens(PROBE) {
        for form in [&token.exact, &token.spanish, &token.english] {
            hasher.update(form.as_bytes());
            hasher.update(b" ");
        }
    }
    format!("schema {SCHEMA_VERSION}, analyzers {}", &hasher.finalize().to_hex()[..16])
}

/// A field of words that are already cut and separated by spaces.
fn words(option: IndexRecordOption, lengths: bool) -> TextOptions {
    let indexing =
        TextFieldIndexing::default().set_tokenizer("whitespace").set_index_option(option).set_fieldnorms(lengths);
    TextOptions::default().set_indexing_options(indexing)
}

fn number(builder: &mut SchemaBuilder, name: &str) -> Field {
    builder.add_u64_field(name, FAST)
}
