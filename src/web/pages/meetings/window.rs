//! A long transcript, a window of turns at a time, so that the longest meeting opens as fast as a short one.

use crate::app::TurnView;

/// How many turns a page shows.
pub(super) const TURNS: usize = 400;

/// Some of the turns that are to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// Where it begins among the turns to be shown.
    pub(super) from: usize,
    /// Where it ends.
    pub(super) until: usize,
    /// Every window of the transcript, to jump to; one where all is on this page.
    pub(super) stops: Vec<Stop>,
}

/// The beginning of a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stop {
    /// Its place among the turns to be shown.
    pub(super) from: usize,
    /// The first turn of it, counted from one.
    pub(super) first: usize,
    /// The last turn of it, counted from one.
    pub(super) last: usize,
    /// When it begins, in milliseconds from the start.
    pub(super) start_ms: Option<u64>,
    /// Is it the window of this page?
    pub(super) here: bool,
}

impl Window {
    /// The window over `shown` (places in `turns`, in order) that holds the turn of this ordinal, or else this place.
    pub(super) fn at(turns: &[TurnView], shown: &[usize], turn: Option<usize>, from: usize) -> Self {
        let place = turn.map_or(from, |ordinal| shown.partition_point(|at| turns[*at].ordinal < ordinal));
        let place = place.min(shown.len().saturating_sub(1));
        let from = place - place % TURNS;
        let until = (from + TURNS).min(shown.len());
        let stops = shown.chunks(TURNS).enumerate().filter_map(|(number, places)| {
            let (first, last) = (&turns[*places.first()?], &turns[*places.last()?]);
            let start = number * TURNS;
            Some(Stop {
                from: start,
                first: first.ordinal + 1,
                last: last.ordinal + 1,
                start_ms: first.start_ms,
                here: start == from,
            })
        });
        Self { from, until, stops: stops.collect() }
    }

    /// Does the transcript go beyond this page?
    pub(super) fn is_part(&self) -> bool {
        self.stops.len() > 1
    }

    /// The window before this one.
    pub(super) fn before(&self) -> Option<&Stop> {
        let here = self.stops.iter().position(|stop| stop.here)?;
        self.stops.get(here.checked_sub(1)?)
    }

    /// The window after this one.
    pub(super) fn after(&self) -> Option<&Stop> {
        let here = self.stops.iter().position(|stop| stop.here)?;
        self.stops.get(here + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Nature;

    fn turns(count: usize) -> Vec<TurnView> {
        let turn = |ordinal| TurnView {
            ordinal,
            speaker: None,
            start_ms: Some(ordinal as u64 * 1_000),
            nature: Nature::Speech,
            utterances: Vec::new(),
        };
        (0..count).map(turn).collect()
    }

    #[test]
    fn every_turn_lies_in_exactly_one_window() {
        let turns = turns(1_001);
        let all: Vec<usize> = (0..1_001).collect();
        for ordinal in [0, 399, 400, 999, 1_000, 5_000] {
            let window = Window::at(&turns, &all, Some(ordinal), 0);
            assert!(window.from <= ordinal.min(1_000) && ordinal.min(1_000) < window.until, "{ordinal}: {window:?}");
            assert_eq!(window.stops.iter().filter(|stop| stop.here).count(), 1);
        }
        let window = Window::at(&turns, &all, None, 800);
        assert_eq!((window.from, window.until, window.stops.len()), (800, 1_001, 3));
        assert_eq!(window.before().map(|stop| (stop.first, stop.last)), Some((401, 800)));
        assert_eq!(window.after(), None);
    }

    #[test]
    fn a_filtered_transcript_has_windows_of_what_is_left() {
        let turns = turns(1_000);
        let even: Vec<usize> = (0..1_000).step_by(2).collect();
        let window = Window::at(&turns, &even, Some(801), 0);
        assert_eq!((window.from, window.until), (400, 500));
        assert!(window.is_part());
        let nothing = Window::at(&turns, &[], Some(3), 7);
        assert_eq!((nothing.from, nothing.until, nothing.is_part()), (0, 0, false));
    }
}
