//! Spreadsheets: the sheet with the most words, laid out as text, one row a line and tabs between the cells; spans refer to
//! that text. Columns are read like those of any table.

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, SheetVisible, Xlsx};

use crate::model::{Problem, ProblemClass};

use super::csv::unit_of;
use super::reading::draft::Draft;
use super::reading::package::Package;
use super::reading::table::{self, Cell, Row};
use super::reading::{limits, lines};
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "xlsx",
    label: ("Hoja de cálculo XLSX", "XLSX spreadsheet"),
    extensions: &["xlsx", "xlsm"],
    sniff,
    parser: Parser::Sheet(parse),
};

fn sniff(sample: &Sample<'_>) -> f32 {
    let names = Package::open(sample.bytes).map(|package| package.names()).unwrap_or_default();
    if names.iter().any(|name| name.trim_start_matches('/').eq_ignore_ascii_case("xl/workbook.xml")) {
        1.0
    } else {
        0.0
    }
}

fn parse(bytes: &[u8], said: Option<&str>) -> Result<Draft, Problem> {
    // The library unpacks by itself: everything is unpacked once before it, under the limits.
    Package::open(bytes)?.check()?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| malformed())?;
    let names: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    let mut best: Option<Sheet> = None;
    let mut others: Vec<String> = Vec::new();
    for (name, visible) in names {
        let Some(mut sheet) = Sheet::read(&mut book, name)? else { continue };
        if !visible {
            sheet.weight = 0;
        }
        match &best {
            Some(known) if known.weight >= sheet.weight => others.push(sheet.name),
            _ => others.extend(best.replace(sheet).map(|known| known.name)),
        }
    }
    let mut draft = best.map(|sheet| sheet.draft(said)).transpose()?.unwrap_or_default();
    if !others.is_empty() {
        let names = others.join(", ");
        draft.warn(
            "sheets_left_out",
            1,
            format!("Se leyó la hoja con más palabras; quedan fuera: {names}."),
            format!("The sheet with the most words was read; left out: {names}."),
        );
    }
    Ok(draft)
}

/// A sheet laid out as text.
struct Sheet {
    name: String,
    text: String,
    /// The row of the sheet, one-based, and where its cells lie in the text.
    rows: Vec<(usize, Vec<(usize, usize)>)>,
    /// How many bytes of words.
    weight: usize,
}

impl Sheet {
    /// Reads a sheet; nothing where it holds nothing or is no sheet of cells.
    fn read(book: &mut Xlsx<Cursor<&[u8]>>, name: String) -> Result<Option<Self>, Problem> {
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { return Ok(None) };
        let mut sheet = Self { name, text: String::new(), rows: Vec::new(), weight: 0 };
        let mut count = 0;
        while let Some(cell) = cells.next_cell().map_err(|_| malformed())? {
            let (row, column) = cell.get_position();
            let (row, column) = (row as usize + 1, column as usize);
            let value = shown(cell.get_value());
            if value.is_empty() || column >= limits::MAX_COLUMNS {
                continue;
            }
            count += 1;
            let backwards =
                sheet.rows.last().is_some_and(|(last, cells)| *last > row || (*last == row && cells.len() > column));
            if backwards {
                // Rows and cells stand in order in every file that a program writes.
                continue;
            }
            if count > limits::MAX_CELLS || row > limits::MAX_ROWS || sheet.text.len() > limits::MAX_TEXT_BYTES {
                return Err(too_many_cells());
            }
            sheet.add(row, column, &value);
        }
        sheet.text.push('\n');
        Ok((count > 0).then_some(sheet))
    }

    fn add(&mut self, row: usize, column: usize, value: &str) {
        if self.rows.last().is_none_or(|(last, _)| *last != row) {
            if !self.rows.is_empty() {
                self.text.push('\n');
            }
            self.rows.push((row, Vec::new()));
        }
        let Some((_, cells)) = self.rows.last_mut() else { return };
        while cells.len() < column {
            if !cells.is_empty() {
                self.text.push('\t');
            }
            cells.push((self.text.len(), self.text.len()));
        }
        if !cells.is_empty() {
            self.text.push('\t');
        }
        let start = self.text.len();
        self.text.extend(
            value
                .chars()
                .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
                .map(|c| if c == '\t' { ' ' } else { c }),
        );
        cells.push((start, self.text.len()));
        self.weight += value.chars().filter(|c| c.is_alphabetic()).count();
    }

    fn draft(self, said: Option<&str>) -> Result<Draft, Problem> {
        let Self { text, rows, .. } = self;
        let rows = || {
            rows.iter().map(|(line, cells)| Row {
                line: *line,
                cells: cells.iter().map(|(start, end)| Cell { raw: &text[*start..*end], doubled: false }).collect(),
            })
        };
        let (map, first) = table::map_of(rows(), said)?;
        let unit = unit_of(&map, &first);
        let mut draft = table::read(&text, rows(), &map, unit);
        draft.columns = Some(map.shown(&first));
        draft.text = Some(text.clone());
        Ok(draft)
    }
}

/// What a cell shows: numbers without needless digits, moments as `2026-03-12 10:02:33`, times as `0:12:03`.
fn shown(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => lines::trim(text).to_owned(),
        DataRef::SharedString(text) => lines::trim(text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(moment) => shown_moment(moment),
    }
}

fn shown_moment(moment: &ExcelDateTime) -> String {
    let days = moment.as_f64();
    if moment.is_duration() || (0.0..1.0).contains(&days) {
        let seconds = (days.clamp(0.0, 1000.0) * 86_400.0).round() as u64;
        return format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        return format!("{year:04}-{month:02}-{day:02}");
    }
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}

fn too_many_cells() -> Problem {
    Problem::new(
        "too_many_cells",
        ProblemClass::TooLarge,
        format!("La hoja tiene más de {} celdas con contenido.", limits::MAX_CELLS),
        format!("The sheet has more than {} cells that hold something.", limits::MAX_CELLS),
    )
    .hint("Guarde aparte las filas de esta reunión.", "Save the rows of this meeting by themselves.")
}

fn malformed() -> Problem {
    Problem::new(
        "malformed_xlsx",
        ProblemClass::Invalid,
        "La hoja de cálculo está dañada o no es un XLSX.",
        "The spreadsheet is damaged or no XLSX.",
    )
    .hint(
        "Ábrala en su programa y guárdela de nuevo como XLSX o CSV.",
        "Open it in its program and save it again as XLSX or CSV.",
    )
}
