//! How much each word weighs for a turn, its window and its meeting.
//!
//! Each level is BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009); a passage
//! gets the sum of the three. A word is as telling for a window as it is rare among meetings: words that run through
//! every meeting say little about which passage is meant, however few turns hold them. On top, an utterance gains with
//! the square of the share of the query that it holds, so that all words together come before some of them; who names
//! the speaker ("what did Rosa say about prices?") has that word in every utterance of the speaker's.

use tantivy::{Searcher, TantivyError, Term};

use super::plan::{RankWord, WeighedTerm};
use super::schema::{Fields, part};

/// How many turns of a window stand on either side of its middle.
pub(super) const REACH: usize = 4;

/// How fast further mentions in a turn or window count less (BM25's k1).
const SATURATION: f32 = 1.2;

/// The same for a meeting, which has room for more of them.
const MEETING_SATURATION: f32 = 2.5;

/// How much the length of a text counts against it, 0 to 1 (BM25's b).
const LENGTH_PENALTY: f32 = 0.75;

/// What an utterance's own words weigh within their turn: enough to find the best utterance of a turn.
const OWN_WEIGHT: f32 = 0.1;

/// What a turn weighs beside its window.
const TURN_WEIGHT: f32 = 0.5;

/// What a window weighs.
const WINDOW_WEIGHT: f32 = 1.0;

/// What a meeting weighs beside a window.
const MEETING_WEIGHT: f32 = 1.5;

/// What it weighs that all words stand in one utterance.
const TOGETHER_WEIGHT: f32 = 1.0;

/// What a word with which people ask ("discuss", "resumir") weighs beside the words they ask about.
const ASKING_WEIGHT: f32 = 0.2;

/// What is the same for every document of one search.
pub(super) struct Scoring {
    words: Vec<Weights>,
    /// What all words together weigh when they are there.
    presence: f32,
    utterance_length: f32,
    turn_length: f32,
    meeting_length: f32,
}

/// How much one word weighs.
struct Weights {
    presence: f32,
    own: f32,
    turn: f32,
    window: f32,
    meeting: f32,
}

impl Scoring {
    /// Weighs the words by how many utterances and meetings of the index hold them.
    pub(super) fn new(searcher: &Searcher, fields: &Fields, words: &[RankWord]) -> Result<Self, TantivyError> {
        let count = |name| searcher.doc_freq(&Term::from_field_text(fields.part, name));
        let (meetings, utterances, turns) = (count(part::MEETING)?, count(part::UTTERANCE)?, count(part::TURN)?);
        let (mut tokens, mut meeting_tokens) = (0, 0);
        for reader in searcher.segment_readers() {
            tokens += reader.inverted_index(fields.spanish)?.total_num_tokens();
            meeting_tokens += reader.inverted_index(fields.meeting_spanish)?.total_num_tokens();
        }
        let has_matter = words.iter().any(|word| !word.is_asking);
        let mut weights = Vec::with_capacity(words.len());
        for word in words {
            let scale = if word.is_asking && has_matter { ASKING_WEIGHT } else { 1.0 };
            let among_turns = scale * rarity(utterances, frequency(searcher, &word.terms)?);
            // What a prefix stands for is not counted by meeting.
            let among_meetings = match word.meeting_terms.as_slice() {
                [] => among_turns,
                terms => scale * rarity(meetings, frequency(searcher, terms)?),
            };
            weights.push(Weights {
                presence: among_turns,
                own: OWN_WEIGHT * among_turns,
                turn: TURN_WEIGHT * among_turns,
                window: WINDOW_WEIGHT * among_meetings,
                meeting: MEETING_WEIGHT * among_meetings,
            });
        }
        Ok(Self {
            presence: weights.iter().map(|weights| weights.presence).sum(),
            words: weights,
            utterance_length: ratio(tokens, utterances),
            turn_length: ratio(tokens, turns),
            meeting_length: ratio(meeting_tokens, meetings),
        })
    }

    /// What it weighs that this word is there.
    pub(super) fn presence(&self, word: usize) -> f32 {
        self.words[word].presence
    }

    /// What so many mentions in an utterance of this length add.
    pub(super) fn own(&self, word: usize, mentions: f32, length: f32) -> f32 {
        self.words[word].own * saturated(mentions, length, self.utterance_length, SATURATION)
    }

    /// What so many mentions in a turn of this length add.
    pub(super) fn turn(&self, word: usize, mentions: f32, length: f32) -> f32 {
        self.words[word].turn * saturated(mentions, length, self.turn_length, SATURATION)
    }

    /// What so many mentions in a window of this length add.
    pub(super) fn window(&self, word: usize, mentions: f32, length: f32) -> f32 {
        let turns = 2.0 * REACH as f32 + 1.0;
        self.words[word].window * saturated(mentions, length, self.turn_length * turns, SATURATION)
    }

    /// What so many mentions in a meeting of this length add.
    pub(super) fn meeting(&self, word: usize, mentions: f32, length: f32) -> f32 {
        self.words[word].meeting * saturated(mentions, length, self.meeting_length, MEETING_SATURATION)
    }

    /// What the words that an utterance holds add by being there together, from what their presence weighs.
    pub(super) fn together(&self, presence: f32) -> f32 {
        if self.presence <= 0.0 {
            return 0.0;
        }
        let share = (presence / self.presence).min(1.0);
        TOGETHER_WEIGHT * self.presence * share * share
    }

    /// The most that this word can add to an utterance of a meeting that holds it, its presence aside.
    pub(super) fn most(&self, word: usize) -> f32 {
        let weights = &self.words[word];
        (SATURATION + 1.0) * (weights.own + weights.turn + weights.window)
    }

    /// The most that presence can add to any utterance.
    pub(super) fn most_together(&self) -> f32 {
        TOGETHER_WEIGHT * self.presence
    }
}

/// How many documents hold at least one of the terms, or a little less. A word is as rare as it is itself; only where it
/// is nowhere does what means the same stand in for it.
fn frequency(searcher: &Searcher, terms: &[WeighedTerm]) -> Result<u64, TantivyError> {
    let (mut own, mut others) = (0, 0);
    for one in terms {
        let count = searcher.doc_freq(&one.term)?;
        let most = if one.share < 1.0 { &mut others } else { &mut own };
        *most = count.max(*most);
    }
    Ok(if own > 0 { own } else { others })
}

/// The more documents hold a word, the less it tells; never nothing.
fn rarity(all: u64, holding: u64) -> f32 {
    let (all, holding) = (all as f32, holding as f32);
    (1.0 + ((all - holding).max(0.0) + 0.5) / (holding + 0.5)).ln()
}

fn ratio(sum: u64, count: u64) -> f32 {
    sum as f32 / count.max(1) as f32
}

fn saturated(mentions: f32, length: f32, average: f32, saturation: f32) -> f32 {
    if mentions <= 0.0 {
        return 0.0;
    }
    let norm = 1.0 - LENGTH_PENALTY + LENGTH_PENALTY * length / average.max(1.0);
    mentions * (saturation + 1.0) / (mentions + saturation * norm)
}
