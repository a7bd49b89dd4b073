//! The words on the pages of a PDF, line by line with their places.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Document, MediaBox, OutputDev, OutputError, Transform, output_doc, output_doc_page};

use crate::model::{Problem, ProblemClass};

use super::{limits, pdf_bombs};

/// What was found on the pages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pages {
    /// The pages in their order.
    pub pages: Vec<Page>,
    /// One-based numbers of pages that could not be read, or not to their end.
    pub damaged: Vec<usize>,
}

/// One page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Its one-based number.
    pub number: usize,
    /// Its height, in points.
    pub height: f64,
    /// Its lines, in the order in which they are drawn.
    pub lines: Vec<PageLine>,
}

/// A line of a page. Places are points from the left and from the top.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageLine {
    /// Where it stands.
    pub y: f64,
    /// Where it starts.
    pub left: f64,
    /// Where it ends.
    pub right: f64,
    /// How large its letters are.
    pub size: f64,
    /// What stands there.
    pub text: String,
}

/// Reads the pages of a PDF.
///
/// # Errors
/// `malformed_pdf`, `pdf_encrypted`, `unpacks_too_large`.
pub fn read(bytes: &[u8]) -> Result<Pages, Problem> {
    pdf_bombs::check_bytes(bytes).map_err(|_| too_costly())?;
    let encrypted = memchr::memmem::find(bytes, b"/Encrypt").is_some();
    let refused = || if encrypted { locked() } else { malformed() };
    let mut document = guarded(|| Document::load_mem(bytes)).and_then(Result::ok).ok_or_else(refused)?;
    if document.is_encrypted() {
        guarded(|| document.decrypt("")).and_then(Result::ok).ok_or_else(locked)?;
    }
    guarded(|| pdf_bombs::check_document(&mut document)).ok_or_else(malformed)?.map_err(|_| too_costly())?;
    let count = guarded(|| document.get_pages().len()).unwrap_or(0);
    if count == 0 {
        return Err(refused());
    }
    let mut collector = Collector::default();
    let whole = guarded(|| output_doc(&document, &mut collector));
    if !matches!(whole, Some(Ok(()))) {
        collector.go_on(&document, count);
    }
    collector.end_page();
    Ok(collector.found)
}

/// Calls the library that reads PDFs. It panics on many damaged files, which is no reason to give up the others, or the
/// page before: this is the one place where a panic is caught.
fn guarded<T>(call: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(call)).ok()
}

/// Collects what the library draws.
#[derive(Default)]
struct Collector {
    found: Pages,
    page: Option<Page>,
    line: PageLine,
    /// How many bytes of words so far.
    length: usize,
}

impl Collector {
    /// Goes on behind the page that the library gave up at, page by page.
    fn go_on(&mut self, document: &Document, count: usize) {
        let mut number = self.page.as_ref().map_or(self.found.pages.len() + 1, |page| page.number);
        self.found.damaged.push(number);
        self.end_page();
        while number < count && self.length < limits::MAX_TEXT_BYTES {
            number += 1;
            if self.found.damaged.len() >= limits::MAX_DAMAGED_PAGES {
                self.found.damaged.extend(number..=count);
                return;
            }
            let drawn = guarded(|| output_doc_page(document, self, u32::try_from(number).unwrap_or(u32::MAX)));
            if !matches!(drawn, Some(Ok(()))) {
                self.found.damaged.push(number);
                self.end_page();
            }
        }
    }

    fn end_page(&mut self) {
        self.end_the_line();
        self.found.pages.extend(self.page.take());
    }

    fn end_the_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if let Some(page) = &mut self.page
            && !line.text.trim().is_empty()
        {
            page.lines.push(line);
        }
    }
}

impl OutputDev for Collector {
    fn begin_page(&mut self, number: u32, page: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        self.end_page();
        self.page = Some(Page { number: number as usize, height: page.ury - page.lly, lines: Vec::new() });
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Self::end_page(self);
        Ok(())
    }

    fn output_character(&mut self, at: &Transform, width: f64, _: f64, size: f64, c: &str) -> Result<(), OutputError> {
        self.length += c.len();
        if self.length > limits::MAX_TEXT_BYTES {
            return Err(OutputError::FormatError(std::fmt::Error));
        }
        let height = self.page.as_ref().map_or(0.0, |page| page.height);
        let (x, y) = (at.m31, height - at.m32);
        // The side of the square that is as large as the letter's box.
        let size = ((size * (at.m11 + at.m21)) * (size * (at.m12 + at.m22))).abs().sqrt();
        let size = if size.is_finite() && size > 0.0 { size } else { 1.0 };
        let line = &self.line;
        let elsewhere = (y - line.y).abs() > size.max(line.size) * 0.5 || x < line.right - size * 2.0;
        if !line.text.is_empty() && elsewhere {
            self.end_the_line();
        }
        let line = &mut self.line;
        if line.text.is_empty() {
            *line = PageLine { y, left: x, right: x, size, text: String::new() };
        }
        let gap = x - line.right;
        if gap > size * 2.5 {
            line.text.push('\t');
        } else if gap > size * 0.15 && !line.text.ends_with(' ') && c != " " {
            line.text.push(' ');
        }
        line.text.extend(c.chars().filter_map(shown));
        line.right = x + width * size;
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

/// Bullets of symbol fonts and spaces as everybody writes them; nothing for what shows nothing.
fn shown(c: char) -> Option<char> {
    match c {
        '\u{A0}' | '\u{2007}' | '\u{202F}' => Some(' '),
        '\u{F0B7}' | '\u{F0A7}' | '\u{F076}' => Some('•'),
        '\u{FB01}' | '\u{FB02}' => Some(c),
        c if c.is_control() => None,
        c => Some(c),
    }
}

fn too_costly() -> Problem {
    let (pages, megabytes) = (limits::MAX_PAGES, limits::MAX_UNPACKED_BYTES / 1_000_000);
    Problem::new(
        "unpacks_too_large",
        ProblemClass::TooLarge,
        format!("El PDF pasa de los límites: {pages} páginas, {megabytes} MB descomprimido."),
        format!("The PDF is over the limits: {pages} pages, {megabytes} MB unpacked."),
    )
    .hint("Guárdelo de nuevo, por partes o como texto.", "Save it again, in parts or as text.")
}

fn locked() -> Problem {
    Problem::new(
        "pdf_encrypted",
        ProblemClass::Invalid,
        "El PDF está cifrado y pide una contraseña.",
        "The PDF is encrypted and asks for a password.",
    )
    .hint("Ábralo con su contraseña y guárdelo sin ella.", "Open it with its password and save it without one.")
}

fn malformed() -> Problem {
    Problem::new("malformed_pdf", ProblemClass::Invalid, "El PDF está dañado.", "The PDF is damaged.").hint(
        "Ábralo en su programa y guárdelo de nuevo, o copie su texto.",
        "Open it in its program and save it again, or copy its text.",
    )
}
