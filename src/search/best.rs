//! The best hits so far.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::rank::FoundHit;
use crate::model::MeetingId;

/// Keeps the best so many hits.
pub(super) struct Best {
    depth: usize,
    heap: BinaryHeap<Ordered>,
}

/// A hit in the order of the answer: the greatest comes last.
struct Ordered(FoundHit);

impl Best {
    /// Room for so many.
    pub(super) fn new(depth: usize) -> Self {
        Self { depth, heap: BinaryHeap::with_capacity(depth.min(1024) + 1) }
    }

    /// Might a hit of this meeting with this score be among them?
    pub(super) fn admits(&self, score: f32, rank_day: i64, meeting: MeetingId) -> bool {
        if self.heap.len() < self.depth {
            return true;
        }
        let admits =
            |worst: &Ordered| match rank_day.cmp(&worst.0.rank_day).then_with(|| score.total_cmp(&worst.0.score)) {
                Ordering::Greater => true,
                Ordering::Equal => meeting <= worst.0.meeting,
                Ordering::Less => false,
            };
        self.heap.peek().is_some_and(admits)
    }

    /// Takes a hit in, and lets the worst go where there are too many.
    pub(super) fn add(&mut self, hit: FoundHit) {
        self.heap.push(Ordered(hit));
        if self.heap.len() > self.depth {
            self.heap.pop();
        }
    }

    /// All of them, best first.
    pub(super) fn into_sorted(self) -> Vec<FoundHit> {
        self.heap.into_sorted_vec().into_iter().map(|Ordered(hit)| hit).collect()
    }
}

impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> Ordering {
        let (one, two) = (&self.0, &other.0);
        let by_score = two.rank_day.cmp(&one.rank_day).then_with(|| two.score.total_cmp(&one.score));
        by_score.then_with(|| one.meeting.cmp(&two.meeting)).then_with(|| one.ordinal.cmp(&two.ordinal))
    }
}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ordered {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ordered {}
