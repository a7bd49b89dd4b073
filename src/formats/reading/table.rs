//! Rows of cells become turns, by a map of the columns.
//!
//! With a column of times the rows are captions, merged like those of any caption file. Without one each row is what one
//! person says or answers: every column of words is a turn of its own, and where there are several, the name of its
//! column stands before it as a heading, because it is the question. Without a speaker, or in a column of notes, the words
//! are notes.

use crate::model::{ColumnRole, Nature, Problem, Side, SideSource, Span, Turn};

use super::columns::{self, ColumnMap};
use super::cues::{self, CueLine};
use super::dates::Order;
use super::dialogue::relative_to_first;
use super::draft::Draft;
use super::facts::{self, Fact};
use super::lines::{self, Line};
use super::moments::{self, Unit};
use super::{labels, limits};

/// One cell: a slice of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell<'a> {
    /// What stands there, without the quotation marks around it.
    pub raw: &'a str,
    /// Are quotation marks inside it written twice?
    pub doubled: bool,
}

impl<'a> Cell<'a> {
    /// Its words as slices of the text: one for each line, parted where a quotation mark is written twice. The slices
    /// joined by spaces read as the cell does, but for a space that may stand before a mark.
    pub fn pieces(self) -> Vec<&'a str> {
        let mut pieces = Vec::new();
        for line in self.raw.split(['\n', '\r']) {
            if self.doubled { undouble(line, &mut pieces) } else { pieces.push(line) }
        }
        pieces.into_iter().map(lines::trim).filter(|piece| !piece.is_empty()).collect()
    }
}

/// Cuts a line at quotation marks that are written twice, leaving one of each two out: the outer one, which stands next
/// to white space, so that the other stays with the words that it encloses.
fn undouble<'a>(line: &'a str, pieces: &mut Vec<&'a str>) {
    let mut from = 0;
    let mut search = 0;
    while let Some(at) = line[search..].find("\"\"").map(|at| at + search) {
        let opens = line[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || "(¿¡[«".contains(c));
        let left_out = if opens { at } else { at + 1 };
        pieces.push(&line[from..left_out]);
        from = left_out + 1;
        search = at + 2;
    }
    pieces.push(&line[from..]);
}

/// One row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row<'a> {
    /// One-based number of its line, or of the row of its sheet.
    pub line: usize,
    /// Its cells.
    pub cells: Vec<Cell<'a>>,
}

impl<'a> Row<'a> {
    fn cell(&self, place: Option<usize>) -> Option<Cell<'a>> {
        self.cells.get(place?).copied()
    }

    fn short(&self, place: Option<usize>) -> Option<&'a str> {
        self.cell(place).map(|cell| lines::trim(cell.raw)).filter(|text| !text.is_empty())
    }

    fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| lines::trim(cell.raw).is_empty())
    }
}

/// The map of a table's columns: as a person tells it, or guessed from the first rows. Also those rows as the guess saw
/// them, for [`ColumnMap::shown`].
///
/// # Errors
/// `bad_columns`.
pub fn map_of<'a>(
    rows: impl Iterator<Item = Row<'a>>,
    said: Option<&str>,
) -> Result<(ColumnMap, Vec<Vec<&'a str>>), Problem> {
    let first: Vec<Vec<&str>> = rows
        .filter(|row| !row.is_empty())
        .take(limits::GUESS_ROWS)
        .map(|row| row.cells.iter().take(limits::MAX_COLUMNS).map(|cell| cell.raw).collect())
        .collect();
    let map = match said.map(str::trim).filter(|said| !said.is_empty()) {
        Some(said) => columns::told(said, &first)?,
        None => columns::guess(&first),
    };
    Ok((map, first))
}

/// Reads the rows of a table. `text` is what their cells are slices of.
pub fn read<'a>(text: &'a str, rows: impl Iterator<Item = Row<'a>>, map: &ColumnMap, unit: Unit) -> Draft {
    let mut rows = rows.filter(|row| !row.is_empty()).peekable();
    let header = if map.has_header { rows.next() } else { None };
    let width = header.as_ref().map_or(map.roles.len(), |header| header.cells.len());
    let mut reader = Reader {
        text,
        map,
        header,
        width,
        unit,
        draft: Draft::default(),
        cue_lines: Vec::new(),
        same: Same::default(),
    };
    for (ordinal, mut row) in rows.enumerate() {
        reader.fit(&mut row);
        reader.row(ordinal, &row);
    }
    reader.finish()
}

/// What every row says alike.
#[derive(Default)]
struct Same<'a> {
    date: Option<&'a str>,
    customer: Option<&'a str>,
    dates_differ: bool,
    customers_differ: bool,
}

struct Reader<'a, 'map> {
    text: &'a str,
    map: &'map ColumnMap,
    header: Option<Row<'a>>,
    /// How many cells a row should have.
    width: usize,
    unit: Unit,
    draft: Draft,
    cue_lines: Vec<CueLine<'a>>,
    same: Same<'a>,
}

impl<'a> Reader<'a, '_> {
    /// A row with too many cells: where the last column holds words, a mark among them was not quoted, and the words go on;
    /// else what is too much is left over.
    fn fit(&mut self, row: &mut Row<'a>) {
        let extra = row.cells.get(self.width..).unwrap_or_default();
        let Some(last) = extra.iter().rev().find(|cell| !lines::trim(cell.raw).is_empty()) else { return };
        let end = lines::span_of(self.text, last.raw).end;
        let words = self.width.checked_sub(1).filter(|at| self.map.roles.get(*at) == Some(&ColumnRole::Text));
        if let Some(words) = words {
            let start = lines::span_of(self.text, row.cells[words].raw).start;
            row.cells[words].raw = &self.text[start..end];
        } else {
            let start = lines::span_of(self.text, extra[0].raw).start;
            let text = &self.text[start..end];
            self.draft.leave(Line { number: row.line, text });
        }
        row.cells.truncate(self.width);
    }

    fn row(&mut self, ordinal: usize, row: &Row<'a>) {
        let speaker = row.short(self.map.first(ColumnRole::Speaker));
        let has_words = if self.map.first(ColumnRole::Start).is_some() {
            self.caption(ordinal, row, speaker)
        } else {
            self.answers(row, speaker)
        };
        if !has_words {
            let shown: Vec<&str> = row.cells.iter().map(|cell| lines::trim(cell.raw)).collect();
            self.draft.leave(Line { number: row.line, text: &shown.join(" | ") });
            return;
        }
        self.remember(row, speaker);
    }

    /// A row with a time; says whether it has words.
    fn caption(&mut self, ordinal: usize, row: &Row<'a>, speaker: Option<&'a str>) -> bool {
        let start_ms = self.time(row, ColumnRole::Start);
        let end_ms = self.time(row, ColumnRole::End);
        if let (Some(start), Some(end)) = (start_ms, end_ms)
            && end < start
        {
            self.draft.warn(
                "time_runs_backwards",
                row.line,
                "Esta fila termina antes de empezar.",
                "This row ends before it starts.",
            );
        }
        let before = self.cue_lines.len();
        for place in self.map.texts() {
            for text in row.cell(Some(place)).map(Cell::pieces).unwrap_or_default() {
                let end_ms = end_ms.max(start_ms);
                let line = CueLine { cue: ordinal, start_ms, end_ms, speaker, text, another_voice: false };
                self.cue_lines.push(line);
            }
        }
        self.cue_lines.len() > before
    }

    fn time(&mut self, row: &Row<'a>, role: ColumnRole) -> Option<u64> {
        let cell = row.short(self.map.first(role))?;
        let time = moments::of_cell(cell, self.unit);
        if time.is_none() {
            self.draft.warn(
                "bad_timing",
                row.line,
                "El tiempo de esta fila no se puede leer; sus palabras se conservan sin tiempo.",
                "This row's time cannot be read; its words are kept without a time.",
            );
        }
        time
    }

    /// A row without a time, one turn for each column of words; says whether it has any.
    fn answers(&mut self, row: &Row<'a>, speaker: Option<&'a str>) -> bool {
        let speaker = speaker.map(|label| self.draft.speaker(label));
        let several = self.map.texts().count() > 1;
        let mut has_words = false;
        for place in self.map.texts() {
            let pieces = self.spans(row.cell(Some(place)));
            if pieces.is_empty() {
                continue;
            }
            let name = self.header.as_ref().and_then(|header| header.short(Some(place)));
            let is_noted = speaker.is_none() || name.is_some_and(columns::is_for_notes);
            let nature = if is_noted { Nature::Note } else { Nature::Speech };
            let question = self.header.as_ref().filter(|_| several).and_then(|header| header.cell(Some(place)));
            let question = self.spans(question);
            if !question.is_empty() {
                self.draft.turns.push(Turn { nature: Nature::Heading, pieces: question, ..Turn::default() });
            }
            self.draft.turns.push(Turn { speaker, nature, pieces, ..Turn::default() });
            has_words = true;
        }
        has_words
    }

    /// Where the words of a cell lie; nothing where it holds none (`-`, `...`).
    fn spans(&self, cell: Option<Cell<'a>>) -> Vec<Span> {
        let Some(cell) = cell.filter(|cell| cell.raw.contains(char::is_alphanumeric)) else { return Vec::new() };
        cell.pieces().into_iter().map(|piece| lines::span_of(self.text, piece)).collect()
    }

    fn remember(&mut self, row: &Row<'a>, speaker: Option<&'a str>) {
        let date = row.short(self.map.first(ColumnRole::Date)).map(day_of);
        let customer = row.short(self.map.first(ColumnRole::Customer));
        self.same.dates_differ |= self.same.date.is_some() && date.is_some() && date != self.same.date;
        self.same.customers_differ |=
            self.same.customer.is_some() && customer.is_some() && customer != self.same.customer;
        self.same.date = self.same.date.or(date);
        self.same.customer = self.same.customer.or(customer);
        let side = row.short(self.map.first(ColumnRole::Side)).map_or(Side::Unknown, side_called);
        if let Some(speaker) = speaker
            && side != Side::Unknown
        {
            let index = self.draft.speaker(speaker);
            self.draft.speakers[index].side = side;
            self.draft.speakers[index].side_source = SideSource::Label;
        }
    }

    fn finish(mut self) -> Draft {
        if !self.cue_lines.is_empty() {
            cues::merge(self.text, &self.cue_lines, &mut self.draft);
            relative_to_first(&mut self.draft);
        }
        for speaker in &mut self.draft.speakers {
            speaker.label = speaker.label.replace("\"\"", "\"");
        }
        if let Some(date) = self.same.date.filter(|_| !self.same.dates_differ) {
            facts::keep(&mut self.draft.facts, Fact::Date(Order::DayFirst), date);
        }
        if let Some(customer) = self.same.customer.filter(|_| !self.same.customers_differ) {
            facts::keep(&mut self.draft.facts, Fact::Customer, customer);
        }
        self.draft
    }
}

/// The day of a moment: `2026-03-12 10:02` is of the twelfth.
fn day_of(cell: &str) -> &str {
    let starts_with_day = cell.as_bytes().iter().take(4).filter(|byte| byte.is_ascii_digit()).count() >= 1;
    match cell.split_once([' ', 'T']) {
        Some((day, rest)) if starts_with_day && rest.contains(':') => day,
        _ => cell,
    }
}

fn side_called(name: &str) -> Side {
    let folded = labels::fold(name);
    match folded.as_str() {
        "cliente" | "customer" | "client" | "entrevistado" | "entrevistada" | "interviewee" | "prospecto"
        | "prospect" | "usuario" | "respondent" => Side::Customer,
        "equipo" | "team" | "nosotros" | "us" | "interno" | "internal" | "agente" | "agent" | "asesor"
        | "consultor" | "consultant" | "entrevistador" | "entrevistadora" | "interviewer" | "vendedor" | "ventas"
        | "sales" => Side::Team,
        "tercero" | "third party" | "third_party" | "proveedor" | "supplier" | "moderador" | "moderator" => {
            Side::ThirdParty
        }
        _ => Side::Unknown,
    }
}
