//! How much each word weighs for a turn, its window and its meeting.
//!
//! Each level is BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009). A word is
//! as telling for a window as it is rare among meetings: words that run through every meeting say little about which
//! passage is meant, however few turns hold them.

use tantivy::{Searcher, TantivyError, Term};

use super::plan::RankWord;
use super::schema::{Fields, part};

fn tune(name: &str, default: f32) -> f32 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default)
}
pub(super) struct Tuning {
    k1: f32,
    b: f32,
    k1w: f32,
    bw: f32,
    k1m: f32,
    bm: f32,
    own: f32,
    turn: f32,
    window: f32,
    meeting: f32,
    pub all: f32,
    pub allp: f32,
    pub allt: f32,
    pub reach: usize,
    pub sibling: f32,
    tidf: f32,
    widf: f32,
}
pub(super) fn tuning() -> &'static Tuning {
    static T: std::sync::LazyLock<Tuning> = std::sync::LazyLock::new(|| Tuning {
        k1: tune("K1", 1.2),
        b: tune("B", 0.75),
        k1w: tune("K1W", 1.2),
        bw: tune("BW", 0.75),
        k1m: tune("K1M", 2.5),
        bm: tune("BM", 0.75),
        own: tune("OWN", 0.1),
        turn: tune("TURN", 0.5),
        window: tune("WINDOW", 1.0),
        meeting: tune("MEETING", 1.5),
        all: tune("ALL", 1.0),
        allp: tune("ALLP", 2.0),
        allt: tune("ALLT", 0.0),
        reach: tune("REACH", 4.0) as usize,
        sibling: tune("SIBLING", 0.5),
        tidf: tune("TIDF", 0.0),
        widf: tune("WIDF", 1.0),
    });
    &T
}

/// How many turns of a window stand on either side of its middle.
pub(super) fn reach() -> usize {
    tuning().reach
}

/// What is the same for every document of one search.
pub(super) struct Scoring {
    pub(super) weights: Vec<Weights>,
    /// What all meaningful words together can weigh.
    pub(super) all: f32,
    utterance_length: f32,
    turn_length: f32,
    meeting_length: f32,
}

/// How much one word weighs at each level.
pub(super) struct Weights {
    pub(super) presence: f32,
    own: f32,
    turn: f32,
    window: f32,
    meeting: f32,
}

impl Scoring {
    pub(super) fn new(searcher: &Searcher, fields: &Fields, words: &[RankWord]) -> Result<Self, TantivyError> {
        let t = tuning();
        let count = |name| searcher.doc_freq(&Term::from_field_text(fields.part, name));
        let (meetings, utterances, turns) = (count(part::MEETING)?, count(part::UTTERANCE)?, count(part::TURN)?);
        let (mut tokens, mut meeting_tokens) = (0, 0);
        for reader in searcher.segment_readers() {
            tokens += reader.inverted_index(fields.spanish)?.total_num_tokens();
            meeting_tokens += reader.inverted_index(fields.meeting_spanish)?.total_num_tokens();
        }
        let mut weights = Vec::with_capacity(words.len());
        for word in words {
            let scale = 1.0;
            let rare_turn = rarity(utterances, frequency(searcher, &word.terms)?);
            let rare_meeting = if word.meeting_terms.is_empty() {
                rare_turn
            } else {
                rarity(meetings, frequency(searcher, &word.meeting_terms)?)
            };
            let mix = |x: f32| (1.0 - x) * rare_turn + x * rare_meeting;
            weights.push(Weights {
                presence: rare_turn,
                own: scale * t.own * rare_turn,
                turn: scale * t.turn * mix(t.tidf),
                window: scale * t.window * mix(t.widf),
                meeting: scale * t.meeting * rare_meeting,
            });
        }
        let all = weights.iter().map(|w| w.presence).sum();
        Ok(Self {
            weights,
            all,
            utterance_length: ratio(tokens, utterances),
            turn_length: ratio(tokens, turns),
            meeting_length: ratio(meeting_tokens, meetings),
        })
    }

    pub(super) fn own(&self, w: usize, tf: f32, length: f32) -> f32 {
        let t = tuning();
        self.weights[w].own * saturated(tf, length, self.utterance_length, t.k1, t.b)
    }
    pub(super) fn turn(&self, w: usize, tf: f32, length: f32) -> f32 {
        let t = tuning();
        self.weights[w].turn * saturated(tf, length, self.turn_length, t.k1, t.b)
    }
    pub(super) fn window(&self, w: usize, tf: f32, length: f32) -> f32 {
        let t = tuning();
        self.weights[w].window * saturated(tf, length, self.turn_length * (2 * t.reach + 1) as f32, t.k1w, t.bw)
    }
    pub(super) fn meeting(&self, w: usize, tf: f32, length: f32) -> f32 {
        let t = tuning();
        self.weights[w].meeting * saturated(tf, length, self.meeting_length, t.k1m, t.bm)
    }
    /// The most that a word can add to a passage of a meeting that holds it.
    pub(super) fn most(&self, w: usize) -> f32 {
        let t = tuning();
        (t.k1 + 1.0) * (self.weights[w].own + self.weights[w].turn) + (t.k1w + 1.0) * self.weights[w].window
    }
    /// What the words present together add.
    pub(super) fn together(&self, present: f32) -> f32 {
        let t = tuning();
        if self.all <= 0.0 {
            return 0.0;
        }
        t.all * self.all * (present / self.all).min(1.0).powf(t.allp)
    }
}

fn frequency(searcher: &Searcher, terms: &[Term]) -> Result<u64, TantivyError> {
    let mut most = 0;
    for term in terms {
        most = most.max(searcher.doc_freq(term)?);
    }
    Ok(most)
}

fn rarity(all: u64, holding: u64) -> f32 {
    let (all, holding) = (all as f32, holding as f32);
    (1.0 + ((all - holding).max(0.0) + 0.5) / (holding + 0.5)).ln()
}

fn ratio(sum: u64, count: u64) -> f32 {
    sum as f32 / count.max(1) as f32
}

fn saturated(tf: f32, length: f32, average: f32, k1: f32, b: f32) -> f32 {
    if tf <= 0.0 {
        return 0.0;
    }
    tf * (k1 + 1.0) / (tf + k1 * (1.0 - b + b * length / average.max(1.0)))
}
