//! Times as the cells of tables write them: clocks, seconds, milliseconds, moments of a day.

use super::stamps;

/// In which unit the plain numbers of a column of times count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// `83.2`
    #[default]
    Seconds,
    /// `83200`
    Milliseconds,
}

impl Unit {
    /// The unit of a column: its name tells, else its numbers do.
    pub fn of<'a>(name: Option<&str>, cells: impl Iterator<Item = &'a str>) -> Self {
        const TEN_HOURS_IN_SECONDS: f64 = 36_000.0;
        let name = name.unwrap_or("").to_lowercase();
        if name.ends_with("ms") || name.contains("(ms") || name.contains("mili") || name.contains("milli") {
            return Self::Milliseconds;
        }
        let (mut largest, mut has_fractions) = (0.0_f64, false);
        for number in cells.filter_map(number) {
            largest = largest.max(number);
            has_fractions |= number.fract() != 0.0;
        }
        if !has_fractions && largest > TEN_HOURS_IN_SECONDS { Self::Milliseconds } else { Self::Seconds }
    }
}

/// The time of a cell in milliseconds; none where it is no time, or before the start.
pub fn of_cell(cell: &str, unit: Unit) -> Option<u64> {
    if let Some(number) = number(cell) {
        let milliseconds = match unit {
            Unit::Seconds => number * 1000.0,
            Unit::Milliseconds => number,
        };
        // A hundred years: what is later is no time of a meeting.
        return (0.0..=3.2e12).contains(&milliseconds).then(|| milliseconds.round() as u64);
    }
    of_day(cell)
}

/// A clock time, alone or behind a date: `0:12`, `12:03:09`, `2026-03-12 10:02:33`, `2026-03-12T10:02:33Z`,
/// `00:12:03:14`.
pub fn of_day(cell: &str) -> Option<u64> {
    let cell = cell.trim();
    if cell.len() > 40 || !cell.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if let Some((time, used)) = stamps::clock(cell) {
        return (used == cell.len()).then_some(time);
    }
    if let Some((clock, frames)) = cell.rsplit_once([':', ';'])
        && frames.len() == 2
        && frames.bytes().all(|byte| byte.is_ascii_digit())
        && clock.matches(':').count() == 2
    {
        // A time code of film: the last number counts frames.
        return stamps::whole(clock);
    }
    let (day, clock) = cell.split_once([' ', 'T'])?;
    if !day.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '.')) {
        return None;
    }
    let clock = clock.trim().trim_end_matches('Z');
    stamps::clock(clock).filter(|(_, used)| *used == clock.len()).map(|(time, _)| time)
}

/// A plain number, with point or comma.
pub fn number(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    if cell.is_empty() || cell.len() > 20 || !cell.bytes().all(|byte| byte.is_ascii_digit() || b"+-.,".contains(&byte))
    {
        return None;
    }
    let number: f64 = if cell.contains(',') { cell.replacen(',', ".", 1).parse().ok()? } else { cell.parse().ok()? };
    number.is_finite().then_some(number)
}
