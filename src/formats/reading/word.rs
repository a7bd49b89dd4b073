//! The XML of word processors as blocks: paragraphs with their runs, tables with their cells.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::model::{Problem, ProblemClass};

use super::{limits, package};

/// What a part of a document holds, in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    /// Paragraphs and tables.
    pub blocks: Vec<Block>,
    /// How many insertions are read as if they were accepted.
    pub insertions: usize,
    /// How many deletions are left out.
    pub deletions: usize,
    /// How many pieces of hidden text are left out.
    pub hidden: usize,
    /// How many documents inside this one are left out.
    pub embedded: usize,
}

/// A paragraph or a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Some words.
    Paragraph(Paragraph),
    /// Rows of cells; each cell holds its paragraphs as lines.
    Table(Vec<Vec<String>>),
}

/// A paragraph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paragraph {
    /// The identity of its style.
    pub style: Option<String>,
    /// One to nine for a heading by its own outline level.
    pub outline: Option<usize>,
    /// A bullet or number stands before it.
    pub is_list: bool,
    /// Its words, with whether they are bold.
    pub runs: Vec<(String, bool)>,
    /// What it refers to: the kind of note and its identity.
    pub notes: Vec<(Note, String)>,
}

impl Paragraph {
    /// Its words.
    pub fn text(&self) -> String {
        self.runs.iter().map(|(words, _)| words.as_str()).collect()
    }
}

/// What stands beside the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Note {
    /// At the foot of the page.
    Footnote,
    /// At the end of the document.
    Endnote,
    /// In the margin.
    Comment,
}

/// What a style says of its paragraphs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// One to nine for a heading.
    pub level: Option<usize>,
    /// A bullet or number stands before them.
    pub is_list: bool,
}

/// Reads the body of a document, of a header or of a footer.
///
/// # Errors
/// `malformed_docx`, `xml_with_dtd`.
pub fn body(xml: &str) -> Result<Body, Problem> {
    let mut walker = Walker::default();
    walk(xml, |step| walker.step(step))?;
    Ok(walker.body)
}

/// Reads a part of notes: the words of each by its identity.
///
/// # Errors
/// As [`body`].
pub fn notes(xml: &str) -> Result<HashMap<String, String>, Problem> {
    let mut notes: HashMap<String, String> = HashMap::new();
    let mut open: Option<String> = None;
    let mut in_text = false;
    walk(xml, |step| match step {
        Step::Start(element) => match element.local_name().as_ref() {
            // Separators are notes of a kind, too; they hold no words.
            "footnote" | "endnote" | "comment" => open = attribute(element, "id"),
            "t" => in_text = true,
            "p" => {
                if let Some(words) = open.as_ref().and_then(|id| notes.get_mut(id)) {
                    words.push(' ');
                }
            }
            _ => {}
        },
        Step::End(name) => match name {
            "footnote" | "endnote" | "comment" => open = None,
            "t" => in_text = false,
            _ => {}
        },
        Step::Words(words) => {
            if let Some(id) = open.as_ref().filter(|_| in_text) {
                notes.entry(id.clone()).or_default().push_str(words);
            }
        }
    })?;
    Ok(notes)
}

/// Reads the styles of a document by their identity.
///
/// # Errors
/// As [`body`].
pub fn styles(xml: &str) -> Result<HashMap<String, Style>, Problem> {
    let mut styles: HashMap<String, Style> = HashMap::new();
    let mut open: Option<String> = None;
    walk(xml, |step| match step {
        Step::Start(element) => {
            let value = || attribute(element, "val");
            if element.local_name().as_ref() == "style" {
                open = attribute(element, "styleId");
                return;
            }
            let Some(id) = &open else { return };
            match element.local_name().as_ref() {
                "name" => {
                    let name = value().unwrap_or_default().to_lowercase();
                    let style = styles.entry(id.clone()).or_default();
                    style.level = style.level.or(heading_level(&name));
                    style.is_list |= name.starts_with("list") && name != "list continue";
                }
                "outlineLvl" => {
                    let level = value().and_then(|level| level.parse::<usize>().ok()).filter(|level| *level < 9);
                    styles.entry(id.clone()).or_default().level = level.map(|level| level + 1);
                }
                "numPr" => styles.entry(id.clone()).or_default().is_list = true,
                _ => {}
            }
        }
        Step::End("style") => open = None,
        Step::End(_) | Step::Words(_) => {}
    })?;
    Ok(styles)
}

/// How many relationships lead outside the document, links in the text aside.
///
/// # Errors
/// As [`body`].
pub fn external_parts(xml: &str) -> Result<usize, Problem> {
    let mut count = 0;
    walk(xml, |step| {
        if let Step::Start(element) = step
            && element.local_name().as_ref() == "Relationship"
        {
            let outside = attribute(element, "TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
            let link = attribute(element, "Type").is_some_and(|kind| kind.ends_with("/hyperlink"));
            count += usize::from(outside && !link);
        }
    })?;
    Ok(count)
}

/// `heading 2`, `título 2`, `title`
fn heading_level(name: &str) -> Option<usize> {
    if matches!(name, "title" | "título" | "titulo") {
        return Some(1);
    }
    let number = ["heading ", "título ", "titulo ", "encabezado "].iter().find_map(|start| name.strip_prefix(start))?;
    number.parse().ok().filter(|level| (1..=9).contains(level))
}

/// One step through a part.
enum Step<'a> {
    Start(&'a BytesStart<'a>),
    End(&'a str),
    Words(&'a str),
}

/// Walks through a part; references to characters become words, others are refused like the declarations they need.
fn walk(xml: &str, mut take: impl FnMut(Step<'_>)) -> Result<(), Problem> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|_| malformed())? {
            Event::Start(element) => {
                depth += 1;
                if depth > limits::MAX_XML_DEPTH {
                    return Err(malformed());
                }
                take(Step::Start(&element));
            }
            Event::Empty(element) => {
                take(Step::Start(&element));
                take(Step::End(element.local_name().as_ref()));
            }
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                take(Step::End(element.local_name().as_ref()));
            }
            Event::Text(words) => take(Step::Words(&words.into_inner())),
            Event::CData(words) => take(Step::Words(&words.into_inner())),
            Event::GeneralRef(reference) => {
                let c = character(&reference).ok_or_else(malformed)?;
                take(Step::Words(c.encode_utf8(&mut [0; 4])));
            }
            Event::DocType(_) => return Err(package::xml_with_dtd()),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => return Ok(()),
        }
    }
}

fn character(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Some(c);
    }
    Some(match &**reference {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    attributes
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .map(|attribute| attribute.value.into_owned())
}

/// Is a switch of a run on? It is when it stands there, unless it says no.
fn is_on(element: &BytesStart<'_>) -> bool {
    attribute(element, "val").is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "none" | "off"))
}

/// Elements whose contents are no part of the text as it reads now.
const SKIPPED: [&str; 8] =
    ["del", "moveFrom", "Fallback", "pPrChange", "rPrChange", "tblPrChange", "sectPrChange", "instrText"];

#[derive(Default)]
struct Walker {
    body: Body,
    /// Open paragraphs: one inside another in boxes of text.
    open: Vec<Paragraph>,
    /// How many elements deep in one that is skipped.
    skipped: usize,
    /// How many tables deep.
    tables: usize,
    rows: Vec<Vec<String>>,
    in_run: bool,
    in_words: bool,
    bold: bool,
    hidden: bool,
}

impl Walker {
    fn step(&mut self, step: Step<'_>) {
        if self.skipped > 0 {
            match step {
                Step::Start(_) => self.skipped += 1,
                Step::End(_) => self.skipped -= 1,
                Step::Words(_) => {}
            }
            return;
        }
        match step {
            Step::Start(element) => self.start(element),
            Step::End(name) => self.end(name),
            Step::Words(words) => {
                if self.in_words {
                    self.add(words);
                }
            }
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) {
        let name = element.local_name();
        let name = name.as_ref();
        if SKIPPED.contains(&name) {
            self.body.deletions += usize::from(matches!(name, "del" | "moveFrom") && !self.open.is_empty());
            self.skipped = 1;
            return;
        }
        match name {
            "p" => {
                self.open.push(Paragraph::default());
                (self.in_run, self.in_words) = (false, false);
            }
            "r" => (self.in_run, self.bold, self.hidden) = (true, false, false),
            "t" => self.in_words = self.in_run,
            "tab" if self.in_run => self.add("\t"),
            "br" | "cr" if self.in_run => self.add("\n"),
            "noBreakHyphen" if self.in_run => self.add("-"),
            "b" if self.in_run => self.bold = is_on(element),
            "vanish" if self.in_run => {
                self.hidden = is_on(element);
                self.body.hidden += usize::from(self.hidden);
            }
            "ins" | "moveTo" => self.body.insertions += usize::from(!self.open.is_empty()),
            "altChunk" | "subDoc" => self.body.embedded += 1,
            "tbl" => self.tables += 1,
            "tr" if self.tables == 1 => self.rows.push(Vec::new()),
            "tc" if self.tables == 1 => {
                if let Some(row) = self.rows.last_mut().filter(|row| row.len() < limits::MAX_COLUMNS) {
                    row.push(String::new());
                }
            }
            _ => self.property(name, element),
        }
    }

    /// What is said of the open paragraph.
    fn property(&mut self, name: &str, element: &BytesStart<'_>) {
        let Some(paragraph) = self.open.last_mut() else { return };
        let note = match name {
            "pStyle" => {
                paragraph.style = attribute(element, "val");
                return;
            }
            "outlineLvl" => {
                let level = attribute(element, "val").and_then(|level| level.parse::<usize>().ok());
                paragraph.outline = level.filter(|level| *level < 9).map(|level| level + 1);
                return;
            }
            "numPr" => {
                paragraph.is_list = true;
                return;
            }
            "footnoteReference" => Note::Footnote,
            "endnoteReference" => Note::Endnote,
            "commentReference" => Note::Comment,
            _ => return,
        };
        paragraph.notes.extend(attribute(element, "id").map(|id| (note, id)));
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => self.end_paragraph(),
            "r" => self.in_run = false,
            "t" => self.in_words = false,
            "tbl" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0 {
                    let rows = std::mem::take(&mut self.rows);
                    self.body.blocks.push(Block::Table(rows));
                }
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.open.pop() else { return };
        let cell = self.rows.last_mut().and_then(|row| row.last_mut()).filter(|_| self.tables > 0);
        let Some(cell) = cell else {
            self.body.blocks.push(Block::Paragraph(paragraph));
            return;
        };
        let text = paragraph.text();
        if !text.trim().is_empty() {
            if !cell.is_empty() {
                cell.push('\n');
            }
            cell.push_str(text.trim());
        }
    }

    fn add(&mut self, words: &str) {
        if self.hidden {
            return;
        }
        let bold = self.bold;
        let Some(paragraph) = self.open.last_mut() else { return };
        match paragraph.runs.last_mut() {
            Some((text, is_bold)) if *is_bold == bold => text.push_str(words),
            _ => paragraph.runs.push((words.to_owned(), bold)),
        }
    }
}

/// The document cannot be read.
pub fn malformed() -> Problem {
    Problem::new(
        "malformed_docx",
        ProblemClass::Invalid,
        "El documento de Word está dañado o no es un DOCX.",
        "The Word document is damaged or no DOCX.",
    )
    .hint("Ábralo en su programa y guárdelo de nuevo como DOCX.", "Open it in its program and save it again as DOCX.")
}
