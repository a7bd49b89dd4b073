//! Tables as text: cells between commas, semicolons, tabs or bars, with or without quotation marks (RFC 4180, and what
//! spreadsheets and surveys make of it). Spans point at the words inside the cells, byte for byte.
//!
//! The scanner is our own because every cell must know its place in the text; the usual readers give copies.

use crate::model::{ColumnRole, Problem};

use super::reading::columns::{self, ColumnMap};
use super::reading::draft::Draft;
use super::reading::moments::Unit;
use super::reading::table::{self, Cell, Row};
use super::reading::{limits, lines};
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "csv",
    label: ("Tabla CSV", "CSV table"),
    extensions: &["csv", "tsv", "tab"],
    sniff,
    parser: Parser::Table(parse),
};

/// What may part the cells of a row, the likeliest first.
const DELIMITERS: [u8; 4] = *b",;\t|";
/// Rows that the choice of the delimiter looks at.
const SNIFF_ROWS: usize = 60;
/// A quoted cell of more lines than this is told of: a quotation mark may be missing.
const MANY_LINES: usize = 50;

fn sniff(sample: &Sample<'_>) -> f32 {
    let Some(layout) = Layout::of(sample.text) else { return 0.0 };
    let rows: Vec<Vec<&str>> = raw_rows(sample.text, layout.delimiter, SNIFF_ROWS);
    let map = columns::guess(&rows);
    let body = rows.len() - usize::from(map.has_header).min(rows.len());
    if map.first(ColumnRole::Text).is_none() || layout.columns < 2 || body == 0 || layout.even < 0.8 {
        return 0.0;
    }
    let known = rows.first().filter(|_| map.has_header).map_or(0, |row| columns::known_names(row));
    if known >= 2 {
        return 0.97;
    }
    let (named, timed) = (map.first(ColumnRole::Speaker).is_some(), map.first(ColumnRole::Start).is_some());
    let tells = named || timed;
    if named && timed && matches!(layout.delimiter, b'\t' | b';') && rows.len() >= 3 && layout.even >= 0.95 {
        return 0.96;
    }
    if sample.timings().total() > 0 || sample.speakers().lines * 2 > rows.len() || rows.len() < 3 || layout.even < 0.95
    {
        return 0.0;
    }
    match (map.has_header, layout.delimiter) {
        (true, _) if known == 1 && tells => 0.9,
        (true, b'\t' | b';') => 0.8,
        (true, _) if layout.quoted => 0.7,
        (_, b'\t' | b';') if tells => 0.75,
        (_, b',') if tells && (layout.quoted || layout.columns >= 3) => 0.6,
        _ => 0.0,
    }
}

fn parse(text: &str, said: Option<&str>) -> Result<Draft, Problem> {
    let sample = lines::sample(text, 64 * 1024);
    let delimiter = Layout::of(sample).map_or(b',', |layout| layout.delimiter);
    let (map, first) = table::map_of(Rows::of(sample, delimiter), said)?;
    let unit = unit_of(&map, &first);
    let mut draft = table::read(text, Rows::of(text, delimiter), &map, unit);
    draft.columns = Some(map.shown(&first));
    if let Some(line) = Rows::of(text, delimiter).find_map(|row| swallowed(&row)) {
        draft.warn(
            "long_quoted_cell",
            line,
            "Una celda entre comillas ocupa muchas líneas; quizás falta una comilla de cierre.",
            "A quoted cell takes many lines; perhaps a closing quotation mark is missing.",
        );
    }
    Ok(draft)
}

/// The unit of the times of a table.
pub(super) fn unit_of(map: &ColumnMap, first: &[Vec<&str>]) -> Unit {
    let Some(place) = map.first(ColumnRole::Start) else { return Unit::default() };
    let name = first.first().filter(|_| map.has_header).and_then(|row| row.get(place)).copied();
    let last = map.first(ColumnRole::End).unwrap_or(place);
    let cells = first.iter().skip(usize::from(map.has_header)).flat_map(|row| [row.get(place), row.get(last)]);
    Unit::of(name, cells.flatten().copied())
}

fn swallowed(row: &Row<'_>) -> Option<usize> {
    let is_long =
        |cell: &Cell<'_>| cell.raw.len() > MANY_LINES && cell.raw.matches('\n').take(MANY_LINES).count() == MANY_LINES;
    row.cells.iter().any(is_long).then_some(row.line)
}

/// How a table is written.
struct Layout {
    delimiter: u8,
    columns: usize,
    /// Share of the rows that have as many cells as most.
    even: f32,
    quoted: bool,
}

impl Layout {
    fn of(sample: &str) -> Option<Self> {
        if let Some(delimiter) = told_delimiter(sample) {
            return Self::with(sample, delimiter);
        }
        let mut layouts: Vec<Self> =
            DELIMITERS.into_iter().filter_map(|delimiter| Self::with(sample, delimiter)).collect();
        // The sort is stable: of equals the likelier delimiter stays first.
        layouts.sort_by(|one, other| other.weight().total_cmp(&one.weight()));
        layouts.into_iter().next()
    }

    fn with(sample: &str, delimiter: u8) -> Option<Self> {
        if delimiter == b'|' && sample.lines().any(|line| line.starts_with('|')) {
            // That is a table of Markdown.
            return None;
        }
        let rows = raw_rows(sample, delimiter, SNIFF_ROWS);
        let mut widths: Vec<usize> = rows.iter().map(Vec::len).collect();
        widths.sort_unstable();
        let columns = *widths.get(widths.len() / 2)?;
        let even = widths.iter().filter(|width| **width == columns).count() as f32 / widths.len() as f32;
        let quoted = sample.lines().take(SNIFF_ROWS).any(|line| {
            let marks = [format!("\"{}", char::from(delimiter)), format!("{}\"", char::from(delimiter))];
            line.starts_with('"') || marks.iter().any(|mark| line.contains(mark.as_str()))
        });
        (columns >= 2).then_some(Self { delimiter, columns, even, quoted })
    }

    fn weight(&self) -> f32 {
        self.even + if self.delimiter == b',' { 0.0 } else { 0.1 } + (self.columns.min(6) as f32) * 0.02
    }
}

/// The delimiter that a first line `sep=;` names, as Excel writes it.
fn told_delimiter(text: &str) -> Option<u8> {
    let first = lines::lines(text).next()?.text.trim();
    let rest = first.strip_prefix("sep=").or_else(|| first.strip_prefix("SEP="))?;
    rest.bytes().next().filter(|byte| rest.len() == 1 && DELIMITERS.contains(byte))
}

fn raw_rows(sample: &str, delimiter: u8, limit: usize) -> Vec<Vec<&str>> {
    Rows::of(sample, delimiter)
        .map(|row| row.cells.iter().take(limits::MAX_COLUMNS).map(|cell| cell.raw).collect::<Vec<_>>())
        .filter(|row| row.iter().any(|cell| !cell.trim().is_empty()))
        .take(limit)
        .collect()
}

/// The rows of a text.
struct Rows<'a> {
    text: &'a str,
    at: usize,
    line: usize,
    delimiter: u8,
    ending: u8,
}

impl<'a> Rows<'a> {
    fn of(text: &'a str, delimiter: u8) -> Self {
        let ending = if memchr::memchr(b'\n', text.as_bytes()).is_some() { b'\n' } else { b'\r' };
        let mut at = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        let mut line = 1;
        if told_delimiter(text).is_some() {
            at = memchr::memchr(ending, text.as_bytes()).map_or(text.len(), |end| end + 1);
            line = 2;
        }
        Self { text, at, line, delimiter, ending }
    }

    /// The cell that starts here; leaves `at` at the delimiter, the line end or the end behind it.
    fn cell(&mut self) -> Cell<'a> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let mut doubled = false;
        let mut quoted_end = None;
        if bytes.get(start) == Some(&b'"') {
            let mut search = start + 1;
            while let Some(mark) = memchr::memchr(b'"', &bytes[search..]).map(|at| at + search) {
                if bytes.get(mark + 1) != Some(&b'"') {
                    quoted_end = Some(mark);
                    break;
                }
                doubled = true;
                search = mark + 2;
            }
        }
        // A mark that is never closed is a mark like any other.
        let from = quoted_end.map_or(start, |mark| mark + 1);
        let end = memchr::memchr2(self.delimiter, self.ending, &bytes[from..]).map_or(bytes.len(), |at| at + from);
        self.at = end;
        let behind = self.text[from..end].trim();
        match quoted_end {
            Some(mark) if behind.is_empty() => Cell { raw: &self.text[start + 1..mark], doubled },
            // Words behind the closing mark: nothing of them is lost.
            Some(_) => Cell { raw: &self.text[start + 1..end], doubled },
            None => Cell { raw: &self.text[start..end], doubled: false },
        }
    }
}

impl<'a> Iterator for Rows<'a> {
    type Item = Row<'a>;

    fn next(&mut self) -> Option<Row<'a>> {
        if self.at >= self.text.len() {
            return None;
        }
        let (start, line) = (self.at, self.line);
        let mut cells = Vec::new();
        loop {
            let mut cell = self.cell();
            if self.ending == b'\n' && self.text.as_bytes().get(self.at) != Some(&self.delimiter) {
                cell.raw = cell.raw.strip_suffix('\r').unwrap_or(cell.raw);
            }
            if cells.len() < limits::MAX_COLUMNS {
                cells.push(cell);
            }
            if self.text.as_bytes().get(self.at) != Some(&self.delimiter) {
                break;
            }
            self.at += 1;
        }
        self.at = (self.at + 1).min(self.text.len());
        let passed = &self.text.as_bytes()[start..self.at];
        self.line += memchr::memchr_iter(self.ending, passed).count();
        Some(Row { line, cells })
    }
}
