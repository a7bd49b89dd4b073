//! Which labels of a file are speakers: decided over the whole file, because one line alone cannot tell.

use std::collections::{HashMap, HashSet};

use super::labels::{self, Labelled, Likeness, Shape};
use super::{facts, lines};

/// Counts labelled lines.
#[derive(Clone, Debug, Default)]
pub struct Census<'a> {
    shapes: [ShapeCount<'a>; Shape::COUNT],
    /// Lines that hold something, headings and rules aside.
    content_lines: usize,
    /// The shape of the line before, to see which headers are followed by words.
    before: Option<Shape>,
}

/// The verdict: which labels, in which shapes, are speakers.
#[derive(Clone, Debug, Default)]
pub struct Speakers<'a> {
    by_shape: [HashSet<&'a str>; Shape::COUNT],
    /// Labels number the questions and the answers; the number is no part of who speaks.
    numbered: bool,
    /// How many lines name a speaker, or a time alone where the file is made of such lines.
    pub lines: usize,
    /// How many of those carry a time.
    pub timed_lines: usize,
    /// Their share of the lines that hold something, 0 to 1; a line of its own with name and time counts for the line
    /// that follows it, too.
    pub share: f32,
}

#[derive(Clone, Debug, Default)]
struct ShapeCount<'a> {
    lines: usize,
    /// How many lines stand before the first one that names somebody: a preamble says nothing of how the rest is written.
    preamble: Option<usize>,
    /// Header lines that were followed by words.
    followed: usize,
    names: HashMap<&'a str, NameCount>,
}

#[derive(Clone, Copy, Debug, Default)]
struct NameCount {
    lines: usize,
    words: usize,
    /// Lines whose words are a sentence, or stand on the next line.
    spoken: usize,
}

impl<'a> Census<'a> {
    /// Counts the lines of `text`.
    pub fn of(text: &'a str) -> Self {
        let mut census = Self::default();
        for line in lines::lines(text) {
            census.line(lines::trim(line.text));
        }
        census
    }

    /// Counts one trimmed line.
    pub fn line(&mut self, line: &'a str) {
        if line.is_empty() || line.starts_with('#') || is_rule(line) {
            return;
        }
        self.content_lines += 1;
        let candidate = labels::candidate(line);
        let shape = candidate.map(|labelled| labelled.shape);
        if self.before == Some(Shape::Header) && shape != Some(Shape::Header) {
            self.shapes[Shape::Header as usize].followed += 1;
        }
        self.before = shape;
        if let Some(labelled) = candidate {
            self.count(labelled);
        }
    }

    /// Decides.
    pub fn speakers(&self) -> Speakers<'a> {
        let mut speakers = Speakers::default();
        for shape in [
            Shape::Voice,
            Shape::Header,
            Shape::Timed,
            Shape::Bold,
            Shape::Plain,
            Shape::Lettered,
            Shape::Bulleted,
            Shape::Stamped,
        ] {
            let count = &self.shapes[shape as usize];
            let (names, lines) = match shape {
                Shape::Voice => (count.names.keys().copied().collect(), count.lines),
                Shape::Header => headers(count),
                Shape::Timed => count.accept(1, 3, 2, |_, _| true),
                Shape::Stamped => self.stamped(count, speakers.lines),
                Shape::Bold | Shape::Plain => self.prefixes(count, 0.6),
                Shape::Bulleted => self.prefixes(count, 0.5),
                // One letter alone is the mark of a list or an initial; an interview has two.
                Shape::Lettered => {
                    Some(self.prefixes(count, 0.6)).filter(|(names, _)| names.len() > 1).unwrap_or_default()
                }
            };
            speakers.numbered |= numbers_questions(&names);
            if shape == Shape::Bulleted && (lines as f32) < 0.5 * self.content_lines as f32 {
                continue;
            }
            speakers.lines += lines;
            if !matches!(shape, Shape::Bold | Shape::Plain | Shape::Lettered | Shape::Bulleted) {
                speakers.timed_lines += lines;
            }
            let covered = if shape == Shape::Header { lines * 2 } else { lines };
            speakers.share += covered as f32 / self.content_lines.max(1) as f32;
            speakers.by_shape[shape as usize] = names;
        }
        speakers.share = speakers.share.min(1.0);
        speakers
    }

    fn count(&mut self, labelled: Labelled<'a>) {
        let count = &mut self.shapes[labelled.shape as usize];
        count.lines += 1;
        if count.preamble.is_none() && labels::likeness(labelled.name) != Likeness::No {
            count.preamble = Some(self.content_lines - 1);
        }
        let name = count.names.entry(labelled.name).or_default();
        name.lines += 1;
        let words = labelled.rest.split_ascii_whitespace().take(8).count();
        name.words += words;
        let ends_sentence = labelled.rest.ends_with(['.', '?', '!', '…', '"', '”', '»', ')']);
        if words == 0 || words >= 4 || ends_sentence || labels::is_role(labelled.name) {
            name.spoken += 1;
        }
    }

    fn stamped(&self, count: &ShapeCount<'a>, named_lines: usize) -> (HashSet<&'a str>, usize) {
        // Times alone make a transcript where they stand on about every second line, or beside named lines.
        let enough = count.lines >= 3 && count.lines * 5 >= self.content_lines * 2;
        if enough || (named_lines > 2 && count.lines > 0) {
            return (HashSet::from([""]), count.lines);
        }
        Default::default()
    }

    fn prefixes(&self, count: &ShapeCount<'a>, singles_share: f32) -> (HashSet<&'a str>, usize) {
        let (mut names, mut lines) = count.accept(2, 3, 2, |_, name| name.spoken * 2 >= name.lines);
        // `Cliente: ...` once is a line of the header; the customer who speaks does so more often.
        let (all, all_lines) = count.accept(1, 2, 2, |label, name| name.lines > 1 || facts::fact(label).is_none());
        let spoken: usize = all.iter().filter_map(|name| count.names.get(name)).map(|name| name.spoken).sum();
        let dialogue_lines = self.content_lines - count.preamble.unwrap_or(0);
        let mostly = all_lines as f32 >= singles_share * dialogue_lines as f32;
        let next_to_repeated = lines * 2 >= all_lines && lines >= 4;
        if all_lines >= 2 && spoken * 3 >= all_lines * 2 && (mostly || next_to_repeated) {
            (names, lines) = (all, all_lines);
        }
        (names, lines)
    }
}

/// Do the labels number questions and answers alike: `P1`, `R1`, `P2`, `R2`?
fn numbers_questions(names: &HashSet<&str>) -> bool {
    let numbered: Vec<(&str, &str)> = names.iter().filter_map(|name| labels::numbered(name)).collect();
    let paired = numbered
        .iter()
        .filter(|(base, number)| numbered.iter().any(|(other, same)| other != base && same == number))
        .count();
    numbered.len() >= 4 && paired * 3 >= numbered.len() * 2
}

/// Lines of a name and a time make a transcript where words follow them.
fn headers<'a>(count: &ShapeCount<'a>) -> (HashSet<&'a str>, usize) {
    if count.followed * 2 < count.lines {
        return Default::default();
    }
    let (mut names, mut lines) = count.accept(1, 2, 2, |_, _| true);
    if lines > 0 {
        // `Gil, Luis   0:12`: the time shows that this is no greeting.
        for (label, counted) in count.names.iter().filter(|(label, _)| label.contains(',')) {
            if labels::likeness(label) == Likeness::Weak && names.insert(label) {
                lines += counted.lines;
            }
        }
    }
    (names, lines)
}

impl<'a> ShapeCount<'a> {
    /// The names that stand at least this often, by their likeness, if together they make at least `least` lines.
    fn accept(
        &self,
        name: usize,
        weak: usize,
        least: usize,
        also: impl Fn(&str, &NameCount) -> bool,
    ) -> (HashSet<&'a str>, usize) {
        let names: HashSet<&str> = self
            .names
            .iter()
            .filter(|(label, count)| {
                let needed = match labels::likeness(label) {
                    Likeness::Name => name,
                    Likeness::Weak => weak,
                    Likeness::No => return false,
                };
                count.lines >= needed && also(label, count)
            })
            .map(|(label, _)| *label)
            .collect();
        let lines = names.iter().filter_map(|label| self.names.get(label)).map(|count| count.lines).sum();
        if lines < least {
            return Default::default();
        }
        (names, lines)
    }
}

impl Speakers<'_> {
    /// Reads `line` (trimmed) as a labelled one, if it names one of these speakers.
    pub fn label<'b>(&self, line: &'b str) -> Option<Labelled<'b>> {
        if self.lines == 0 {
            return None;
        }
        let mut labelled = labels::candidate(line)?;
        if !self.by_shape[labelled.shape as usize].contains(labelled.name) {
            return None;
        }
        if self.numbered {
            labelled.name = labels::numbered(labelled.name).map_or(labelled.name, |(base, _)| base);
        }
        Some(labelled)
    }

    /// How many different speakers.
    pub fn distinct(&self) -> usize {
        let names: HashSet<&str> = self.by_shape.iter().flatten().copied().filter(|name| !name.is_empty()).collect();
        names.len()
    }
}

/// A line that only draws a rule: `---`, `***`, `====`, `|---|---|`.
pub fn is_rule(line: &str) -> bool {
    let bytes = line.as_bytes();
    match bytes.first() {
        Some(b'-' | b'=' | b'_' | b'~') => {
            bytes.len() >= 3 && bytes.iter().all(|byte| *byte == bytes[0] || *byte == b' ')
        }
        Some(b'*') => bytes.len() >= 3 && bytes.iter().all(|byte| matches!(byte, b'*' | b' ')),
        Some(b'|' | b':') => {
            bytes.len() >= 3
                && bytes.contains(&b'-')
                && bytes.iter().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' '))
        }
        _ => false,
    }
}
