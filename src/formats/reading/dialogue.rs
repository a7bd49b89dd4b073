//! Reads text line by line as a dialogue, as notes, or as notes that hold a dialogue.

use crate::model::{Nature, Turn};

use super::census::{self, Census, Speakers};
use super::draft::Draft;
use super::facts::{self, Fact};
use super::fields;
use super::labels::{self, Labelled, Shape};
use super::lines::{self, Line};
use super::{dates, notes, reported};

/// What unlabelled lines are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// They go on with what the last speaker says.
    Labelled,
    /// They are notes, with Markdown's marks or without; labelled lines are speech where the file clearly holds a
    /// dialogue.
    Notes,
}

/// A dialogue inside notes must make up this share of the lines, or be this long.
const DIALOGUE_SHARE: f32 = 0.3;
const DIALOGUE_LINES: usize = 6;
/// Above this share unlabelled paragraphs of Markdown go on with what the last speaker says.
const MOSTLY_DIALOGUE: f32 = 0.4;
/// Blocks of one speaker merge into one turn up to this length.
const LONGEST_MERGED_MS: u64 = 120_000;

/// Reads `text`.
pub fn read(text: &str, manner: Manner) -> Draft {
    let mut speakers = Census::of(facts::body(text)).speakers();
    let clear = speakers.share >= DIALOGUE_SHARE || (speakers.lines >= DIALOGUE_LINES && speakers.distinct() >= 2);
    if manner == Manner::Notes && !clear {
        speakers = Speakers::default();
    }
    let mut draft = Draft::default();
    let mut front_lines = 0;
    if let Some((found, lines)) = facts::front_matter(text) {
        draft.facts = found;
        front_lines = lines;
    }
    let mut reader = Reader { text, manner, speakers, draft, open: None, state: State::default() };
    for line in lines::lines(text).skip(front_lines) {
        reader.line(line);
    }
    reader.close();
    relative_to_first(&mut reader.draft);
    reported::take_quotes(text, &mut reader.draft);
    reader.draft
}

/// A time of day is no time of a recording: counts from the first one where the file begins hours after midnight.
pub fn relative_to_first(draft: &mut Draft) {
    const SIX_HOURS_MS: u64 = 6 * 3_600_000;
    let Some(first) = draft.turns.iter().filter_map(|turn| turn.start_ms).min() else { return };
    if first < SIX_HOURS_MS {
        return;
    }
    for turn in &mut draft.turns {
        turn.start_ms = turn.start_ms.map(|time| time - first);
        turn.end_ms = turn.end_ms.map(|time| time.saturating_sub(first));
    }
    draft.last_ms = draft.last_ms.map(|time| time.saturating_sub(first));
}

struct Reader<'a> {
    text: &'a str,
    manner: Manner,
    speakers: Speakers<'a>,
    draft: Draft,
    open: Option<Open<'a>>,
    state: State,
}

/// A turn that may go on.
struct Open<'a> {
    turn: Turn,
    last: Line<'a>,
    shape: Option<Shape>,
}

#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each tells by itself where in the text the reader stands")]
struct State {
    /// A label has been seen and what follows belongs to it.
    in_dialogue: bool,
    seen_label: bool,
    after_blank: bool,
    /// The lines that follow list who was there.
    listing_attendees: bool,
    /// A heading or a paragraph has ended the header block.
    header_ended: bool,
    /// A heading has said what sort of text this is; the next one may be the title.
    kind_named: bool,
    /// A time that stood alone; the next turn begins then.
    marked_ms: Option<u64>,
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: Line<'a>) {
        let text = lines::trim(line.text);
        if text.is_empty() {
            self.state.after_blank = true;
            return;
        }
        if census::is_rule(text) || text.starts_with("```") {
            self.rule(line, text);
        } else if self.speakers.lines > 0 && notes::is_tool_line(text) {
            self.draft.leave(line);
        } else if let Some(labelled) = self.speakers.label(text) {
            self.label(line, labelled);
        } else if self.state.in_dialogue && !self.dialogue_ends(text) {
            self.go_on(line, text);
        } else {
            self.state.in_dialogue = false;
            self.unlabelled(line, text);
        }
        self.state.after_blank = false;
    }

    /// A rule ends what came before; under a line of text it makes that a heading.
    fn rule(&mut self, line: Line<'a>, text: &str) {
        let underlines = !self.state.after_blank && text.starts_with(['=', '-']);
        if let Some(open) = &mut self.open
            && underlines
            && open.turn.nature == Nature::Note
            && open.turn.pieces.len() == 1
            && open.last.number + 1 == line.number
        {
            open.turn.nature = Nature::Heading;
        }
        self.close();
        if self.manner == Manner::Notes {
            self.state.in_dialogue = false;
        }
    }

    fn label(&mut self, line: Line<'a>, labelled: Labelled<'a>) {
        self.state.listing_attendees = false;
        if labelled.shape == Shape::Stamped {
            self.stamp(line, labelled);
            return;
        }
        let speaker = Some(self.draft.speaker(labelled.name));
        self.state.seen_label = true;
        self.state.in_dialogue = true;
        let merges = matches!(labelled.shape, Shape::Voice | Shape::Header | Shape::Timed);
        let goes_on = self.open.as_ref().is_some_and(|open| {
            let since = labelled.stamp.unwrap_or(0).saturating_sub(open.turn.start_ms.unwrap_or(0));
            merges && open.turn.speaker == speaker && open.shape.is_some() && since <= LONGEST_MERGED_MS
        });
        if !goes_on {
            self.begin(line, Nature::Speech, Some(labelled.shape));
            let marked = self.state.marked_ms.take_if(|_| labelled.stamp.is_none());
            if let Some(open) = &mut self.open {
                open.turn.speaker = speaker;
                open.turn.start_ms = labelled.stamp.or(marked);
            }
        }
        self.draft.last_ms = self.draft.last_ms.max(labelled.stamp);
        self.add(line, labelled.rest);
    }

    /// A time without a name: in a file with names it marks the time of what somebody says next, else it begins a turn without
    /// a speaker.
    fn stamp(&mut self, line: Line<'a>, labelled: Labelled<'a>) {
        self.draft.last_ms = self.draft.last_ms.max(labelled.stamp);
        if self.speakers.distinct() > 0 && labelled.rest.is_empty() {
            self.state.marked_ms = labelled.stamp;
            return;
        }
        if self.state.in_dialogue && self.open.as_ref().is_some_and(|open| open.turn.speaker.is_some()) {
            self.add(line, labelled.rest);
            return;
        }
        self.state.in_dialogue = true;
        let goes_on = self.open.as_ref().is_some_and(|open| {
            let since = labelled.stamp.unwrap_or(0).saturating_sub(open.turn.start_ms.unwrap_or(0));
            open.shape == Some(Shape::Stamped) && since <= LONGEST_MERGED_MS / 4
        });
        if !goes_on {
            self.begin(line, Nature::Speech, Some(Shape::Stamped));
            if let Some(open) = &mut self.open {
                open.turn.start_ms = labelled.stamp;
            }
        }
        self.add(line, labelled.rest);
    }

    fn dialogue_ends(&self, text: &str) -> bool {
        if text.starts_with('#') && notes::heading_mark(text).is_some() {
            return true;
        }
        self.manner == Manner::Notes && self.state.after_blank && self.speakers.share < MOSTLY_DIALOGUE
    }

    /// One more line of what the last speaker says.
    fn go_on(&mut self, line: Line<'a>, text: &'a str) {
        if self.open.is_none() {
            // A rule stood between: the speaker is still the last one.
            let speaker = self.draft.turns.last().and_then(|turn| turn.speaker);
            self.begin(line, Nature::Speech, None);
            if let Some(open) = &mut self.open {
                open.turn.speaker = speaker;
            }
        }
        self.add(line, notes::unquoted(text));
    }

    fn unlabelled(&mut self, line: Line<'a>, text: &'a str) {
        if self.listed_attendee(text) || self.fact(line, text) {
            return;
        }
        if line.number <= facts::HEADER_LINES && !self.state.seen_label {
            facts::invited(&mut self.draft.facts, text);
        }
        if let Some(mark) = notes::heading_mark(text) {
            self.heading(line, text, mark);
            return;
        }
        if self.manner == Manner::Labelled && !self.state.seen_label && !notes::reads_like_a_sentence(text) {
            if self.draft.facts.title.is_none() && self.draft.left_over_total <= 1 && notes::reads_like_a_title(text) {
                self.draft.facts.title = Some(facts::plain_title(text).to_owned());
                self.bare_date(line, text);
                return;
            }
            if facts::fact(text) == Some(Fact::Attendees) {
                self.state.listing_attendees = true;
            } else if !self.bare_date(line, text) {
                self.draft.leave(line);
            }
            return;
        }
        if self.bare_date(line, text) && self.manner == Manner::Labelled && text.len() <= 60 {
            return;
        }
        let first = line.number <= 2 && self.draft.turns.is_empty() && self.open.is_none();
        if first
            && self.draft.facts.title.is_none()
            && notes::reads_like_a_title(text)
            && !text.contains(':')
            && !notes::names_the_kind_of_text(text)
        {
            let sentence = notes::reads_like_a_sentence(text) || text.ends_with(['.', '?', '!', ',']);
            self.draft.facts.title = (!sentence).then(|| facts::plain_title(text).to_owned());
        }
        if notes::is_only_a_bullet(text) {
            // The words of this bullet stand on the next line.
            self.close();
            return;
        }
        self.note(line, text);
    }

    /// Reads the date of a line near the top that names no key, as `Wed, Mar 4, 2026 • 31:07`; says whether it had one.
    fn bare_date(&mut self, line: Line<'a>, text: &str) -> bool {
        if self.draft.facts.date.is_some() || line.number > 8 || text.len() > 90 || self.state.seen_label {
            return false;
        }
        self.draft.facts.date = dates::find(text, dates::Order::Open);
        self.draft.facts.date.is_some()
    }

    fn note(&mut self, line: Line<'a>, text: &'a str) {
        let wrapped = self.open.as_ref().is_some_and(|open| {
            open.turn.nature == Nature::Note
                && open.last.number + 1 == line.number
                && notes::wraps(open.last.text, text)
        });
        if !wrapped {
            self.begin(line, Nature::Note, None);
        }
        if !text.contains(char::is_alphanumeric) {
            self.draft.leave(line);
            return;
        }
        if text.starts_with('|') || text.ends_with('|') {
            for cell in text.split('|') {
                self.add(line, lines::trim(cell));
            }
            return;
        }
        let text = notes::unquoted(text);
        self.add(line, labels::without_bullet(text).unwrap_or(text));
        if self.draft.turns.len() > 8 {
            self.state.header_ended = true;
        }
    }

    fn heading(&mut self, line: Line<'a>, text: &'a str, mark: notes::HeadingMark<'a>) {
        self.close();
        self.state.listing_attendees = labels::fold(mark.words)
            .split([' ', ':'])
            .next()
            .is_some_and(|word| facts::fact(word) == Some(Fact::Attendees));
        let is_kind = notes::names_the_kind_of_text(mark.words);
        let may_title = mark.level == 1 || ((2..=3).contains(&mark.level) && self.state.kind_named);
        self.state.kind_named |= mark.level == 1 && is_kind;
        if may_title && !is_kind && self.draft.facts.title.is_none() && !notes::names_a_day(mark.words) {
            self.draft.facts.title = Some(facts::plain_title(mark.words.trim_end_matches(':')).to_owned());
        }
        if self.draft.facts.date.is_none() && line.number <= facts::HEADER_LINES {
            self.draft.facts.date = dates::find(mark.words, dates::Order::DayFirst);
        }
        self.begin(line, Nature::Heading, None);
        self.add(line, if mark.level == 0 { text } else { mark.words });
        self.close();
    }

    /// Reads a line of the header block as a fact; says whether it was one.
    fn fact(&mut self, line: Line<'a>, text: &str) -> bool {
        if line.number > facts::HEADER_LINES || self.state.seen_label || self.state.header_ended {
            return false;
        }
        let Some((fact, value)) = facts::line(text) else { return false };
        if fact == Fact::Attendees && value.is_empty() {
            self.state.listing_attendees = true;
            return self.manner == Manner::Labelled;
        }
        let kept = facts::keep(&mut self.draft.facts, fact, value);
        if kept {
            self.close();
        }
        kept
    }

    /// Adds a listed person to who was there. In notes the line stays a note as well.
    fn listed_attendee(&mut self, text: &str) -> bool {
        if !self.state.listing_attendees {
            return false;
        }
        if self.state.after_blank && self.draft.facts.attendees.is_empty() {
            // A blank line may stand between the key and the list.
        } else if self.state.after_blank {
            self.state.listing_attendees = false;
            return false;
        }
        let Some(name) = labels::without_bullet(text) else {
            self.state.listing_attendees = facts::names(&mut self.draft.facts, text);
            return self.state.listing_attendees && self.manner == Manner::Labelled;
        };
        let (key, value) = labels::prefix(name).unwrap_or(("", name));
        if !value.is_empty() && (key.is_empty() || !fields::is_field(key)) {
            // `- Entrevistador: Ana` names the person behind the role.
            let shown = if key.is_empty() { name.to_owned() } else { format!("{value} ({key})") };
            facts::attendee(&mut self.draft.facts, &shown);
        }
        self.manner == Manner::Labelled
    }

    fn begin(&mut self, line: Line<'a>, nature: Nature, shape: Option<Shape>) {
        self.close();
        self.open = Some(Open { turn: Turn { nature, ..Turn::default() }, last: line, shape });
    }

    fn add(&mut self, line: Line<'a>, words: &str) {
        let Some(open) = &mut self.open else { return };
        open.last = line;
        if !words.is_empty() {
            open.turn.pieces.push(lines::span_of(self.text, words));
        }
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take()
            && (!open.turn.pieces.is_empty() || matches!(open.shape, Some(Shape::Plain | Shape::Bold)))
        {
            // A line that names its speaker and no more stays a turn without words: the turns keep the file's count.
            self.draft.turns.push(open.turn);
        }
    }
}
