//! What a team's own decisions change: the order of what is left to review, at once and for as long as the decisions stand.
//!
//! A decision is evidence for or against what was seen in its suggestion: its terms, their concepts, its kind, its marks,
//! and each group of reasons. On top of the shipped score, a logistic regression is fitted on these decisions alone, every
//! weight held to zero: one decision moves little, a habit moves much, and without decisions nothing changes. Nothing is
//! remembered between two fits, so a decision that is taken back leaves no trace.

use std::collections::BTreeMap;

use crate::model::{Bilingual, Language, Mark, Reason, RejectReason, Side, Suggestion};

use super::explain::reason;
use super::model::logistic;

/// The code of the reason that says what decisions changed.
pub const DECISIONS: &str = "decisions";

/// A suggestion that a person has decided.
#[derive(Clone, Copy, Debug)]
pub struct Decided<'a> {
    /// As it was proposed.
    pub suggestion: &'a Suggestion,
    /// What it was said in.
    pub language: Language,
    /// Nothing where it was accepted, else why not.
    pub rejected: Option<RejectReason>,
}

impl Decided<'_> {
    /// Was it an insight? A duplicate says nothing of that; one of another kind was.
    fn was_right(&self) -> Option<bool> {
        match self.rejected {
            None | Some(RejectReason::WrongKind) => Some(true),
            Some(RejectReason::Duplicate) => None,
            Some(_) => Some(false),
        }
    }
}

/// What decisions change, by what is seen in a suggestion.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Adaptation {
    /// How many decisions it was made from.
    decisions: usize,
    /// In log-odds: `term:CONCEPT/TERM`, `concept:ID`, `kind:CODE`, `mark:NAME`, `reason:CODE`, `plain`.
    weights: BTreeMap<String, f32>,
}

/// What was seen is held to zero so strongly; the more decisions it takes.
const HELD: f32 = 3.0;
/// What speaks of every suggestion alike is held more loosely: it changes no order but keeps the score honest.
const SHIFT_HELD: f32 = 1.0;
/// How often every weight is gone over.
const ROUNDS: usize = 60;
/// A score closer to 0 or 1 than this is taken to be so far off.
const LEAST_ODDS: f32 = 1e-4;
/// The most names that the reason shows.
const SHOWN: usize = 3;
/// What adds less is not named.
const SMALLEST: f32 = 0.05;

/// Learns from decisions. The same decisions in any order give the same adaptation.
pub fn adapt(decisions: &[Decided<'_>]) -> Adaptation {
    let mut judged: Vec<(&Suggestion, bool)> =
        decisions.iter().filter_map(|one| Some((one.suggestion, one.was_right()?))).collect();
    judged.sort_by_key(|(suggestion, right)| (suggestion.id, *right));
    let mut columns: BTreeMap<String, Vec<(usize, f32)>> = BTreeMap::new();
    for (row, (suggestion, _)) in judged.iter().enumerate() {
        for (name, much) in seen_in(suggestion) {
            columns.entry(name).or_default().push((row, much));
        }
    }
    let mut log_odds: Vec<f32> = judged.iter().map(|(suggestion, _)| shipped(suggestion)).collect();
    let mut weights: BTreeMap<String, f32> = BTreeMap::new();
    for _ in 0..ROUNDS {
        for (name, column) in &columns {
            let held = if name == SHIFT { SHIFT_HELD } else { HELD };
            let weight = weights.entry(name.clone()).or_default();
            let (mut slope, mut bound) = (held * *weight, held);
            for (row, much) in column {
                slope += much * (logistic(log_odds[*row]) - f32::from(u8::from(judged[*row].1)));
                bound += much * much / 4.0;
            }
            let step = -slope / bound;
            *weight += step;
            for (row, much) in column {
                log_odds[*row] += step * much;
            }
        }
    }
    Adaptation { decisions: judged.len(), weights }
}

impl Adaptation {
    /// How many decisions it was made from.
    pub fn decisions(&self) -> usize {
        self.decisions
    }

    /// What it changes, in log-odds, by what is seen.
    pub fn weights(&self) -> &BTreeMap<String, f32> {
        &self.weights
    }

    /// Sixteen hexadecimal digits that change when anything in it changes (FNV-1a).
    pub fn version(&self) -> String {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        let mut feed = |bytes: &[u8]| {
            for byte in bytes {
                hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
            }
        };
        feed(&self.decisions.to_le_bytes());
        for (name, weight) in &self.weights {
            feed(name.as_bytes());
            feed(&weight.to_bits().to_le_bytes());
        }
        format!("{hash:016x}")
    }

    /// Gives a suggestion the score that these decisions make of it, with a reason that says so. What an earlier
    /// adaptation added is taken off first, so that an empty one brings the shipped score back.
    pub fn apply(&self, suggestion: &mut Suggestion) {
        let before = shipped(suggestion);
        suggestion.reasons.retain(|one| one.code != DECISIONS);
        let mut parts: Vec<(String, f32)> = seen_in(suggestion)
            .into_iter()
            .filter_map(|(name, much)| Some((self.weights.get(&name)? * much, name)))
            .map(|(weight, name)| (name, weight))
            .collect();
        let shift: f32 = parts.iter().map(|(_, weight)| weight).sum();
        suggestion.score = logistic(before + shift);
        if parts.is_empty() {
            return;
        }
        parts.sort_by(|one, other| other.1.abs().total_cmp(&one.1.abs()));
        let named: Vec<Bilingual> = parts
            .iter()
            .filter(|(name, weight)| weight.abs() >= SMALLEST && name != SHIFT)
            .take(SHOWN)
            .map(|(name, _)| shown(name, suggestion))
            .collect();
        suggestion.reasons.push(self.reason(&named, shift));
    }

    fn reason(&self, named: &[Bilingual], shift: f32) -> Reason {
        let join = |pick: fn(&Bilingual) -> &str| named.iter().map(pick).collect::<Vec<_>>().join("; ");
        let (mut es, mut en) = (
            format!("{} decisiones de su equipo", self.decisions),
            format!("{} decisions of your team", self.decisions),
        );
        if !named.is_empty() {
            es = format!("{es}: {}", join(|one| &one.es));
            en = format!("{en}: {}", join(|one| &one.en));
        }
        reason(DECISIONS, &es, &en, shift)
    }
}

/// The log-odds that the shipped weights give: those of the score without what decisions added.
fn shipped(suggestion: &Suggestion) -> f32 {
    let score = suggestion.score.clamp(LEAST_ODDS, 1.0 - LEAST_ODDS);
    let added: f32 = suggestion.reasons.iter().filter(|one| one.code == DECISIONS).map(|one| one.weight).sum();
    (score / (1.0 - score)).ln() - added
}

/// What speaks of every suggestion.
const SHIFT: &str = "every";

/// What is seen in a suggestion, each once, with how much of it there is.
fn seen_in(suggestion: &Suggestion) -> BTreeMap<String, f32> {
    let mut seen = BTreeMap::from([
        (SHIFT.to_owned(), 1.0),
        (format!("kind:{}", suggestion.kind), 1.0),
        (format!("concept:{}", suggestion.concept), 1.0),
    ]);
    for term in &suggestion.terms {
        seen.insert(format!("term:{}/{}", term.concept, term.term), 1.0);
        seen.insert(format!("concept:{}", term.concept), 1.0);
    }
    if suggestion.terms.is_empty() {
        seen.insert("plain".to_owned(), 1.0);
    }
    for mark in &suggestion.context.marks {
        seen.insert(format!("mark:{}", mark.name().en), 1.0);
    }
    for one in suggestion.reasons.iter().filter(|one| GROUPS.contains(&one.code.as_str())) {
        *seen.entry(format!("reason:{}", one.code)).or_default() += one.weight;
    }
    seen
}

/// The groups of reasons that may count more or less for a team.
const GROUPS: [&str; 6] = ["length", "shape", "quantity", "asked", "place", "neighbour"];

/// What people read of a name.
fn shown(name: &str, suggestion: &Suggestion) -> Bilingual {
    let (sort, rest) = name.split_once(':').unwrap_or((name, ""));
    match sort {
        "term" => {
            let term = rest.split_once('/').map_or(rest, |(_, term)| term);
            Bilingual::new(format!("«{term}»"), format!("\"{term}\""))
        }
        "concept" if rest == suggestion.concept => suggestion.concept_label.clone(),
        "concept" => Bilingual::new(rest, rest),
        "kind" => suggestion.kind.name(),
        "mark" => Mark::ALL
            .into_iter()
            .map(Mark::name)
            .find(|name| name.en == rest)
            .unwrap_or_else(|| Bilingual::new(rest, rest)),
        "reason" => group(rest),
        _ => Bilingual::new("sin términos", "no terms"),
    }
}

fn group(code: &str) -> Bilingual {
    match code {
        "length" => Bilingual::new("el largo", "the length"),
        "quantity" => Bilingual::new("las cifras", "the figures"),
        "asked" => Bilingual::new("a qué responde", "what it answers"),
        "place" => Bilingual::new("el lugar", "the place"),
        "neighbour" => Bilingual::new("las frases vecinas", "the sentences beside it"),
        _ => Bilingual::new("la forma", "the shape"),
    }
}

/// How a term has fared: what people decided of the suggestions that hold it, in one language and from one side.
#[derive(Clone, Debug, PartialEq)]
pub struct TermRecord {
    /// The concept's id.
    pub concept: String,
    /// The term as the lexicon writes it.
    pub term: String,
    /// What it was said in.
    pub language: Language,
    /// Who said it.
    pub side: Side,
    /// How many were right.
    pub accepted: usize,
    /// How many were not.
    pub rejected: usize,
    /// Between which shares the true share of right ones lies, 19 times of 20.
    pub interval: (f64, f64),
}

/// The record of every term that was decided, by concept, term, language and side. Duplicates are not counted.
pub fn term_records(decisions: &[Decided<'_>]) -> Vec<TermRecord> {
    let mut counts: BTreeMap<(&str, &str, &str, Side), (Language, usize, usize)> = BTreeMap::new();
    for one in decisions {
        let Some(right) = one.was_right() else { continue };
        let mut terms: Vec<(&str, &str)> =
            one.suggestion.terms.iter().map(|term| (term.concept.as_str(), term.term.as_str())).collect();
        terms.sort_unstable();
        terms.dedup();
        for (concept, term) in terms {
            let key = (concept, term, one.language.code(), one.suggestion.context.side);
            let row = counts.entry(key).or_insert((one.language, 0, 0));
            row.1 += usize::from(right);
            row.2 += usize::from(!right);
        }
    }
    counts
        .into_iter()
        .map(|((concept, term, _, side), (language, accepted, rejected))| TermRecord {
            concept: concept.to_owned(),
            term: term.to_owned(),
            language,
            side,
            accepted,
            rejected,
            interval: wilson(accepted, accepted + rejected),
        })
        .collect()
}

/// The 95 % score interval of a share (Wilson 1927): between which shares the true one lies, having seen `part` of `whole`.
/// From 0 to 1 where nothing was seen.
pub fn wilson(part: usize, whole: usize) -> (f64, f64) {
    const Z: f64 = 1.959_963_984_540_054;
    if whole == 0 {
        return (0.0, 1.0);
    }
    let (part, whole) = (part as f64, whole as f64);
    let share = part / whole;
    let spread = 1.0 + Z * Z / whole;
    let middle = share + Z * Z / (2.0 * whole);
    let reach = Z * (share * (1.0 - share) / whole + Z * Z / (4.0 * whole * whole)).sqrt();
    (((middle - reach) / spread).max(0.0), ((middle + reach) / spread).min(1.0))
}
