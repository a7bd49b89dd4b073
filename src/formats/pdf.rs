//! PDFs with a text layer: lines become paragraphs again, words that were parted at a line's end whole, headers and footers
//! that repeat go. A format of text reads the result. A PDF of pictures is refused.

use std::collections::HashMap;

use crate::model::{Problem, ProblemClass};

use super::reading::pages::{self, Page, PageLine, Pages};
use super::reading::wrapped::Wrapped;
use super::reading::{labels, lines, stamps};
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "pdf",
    label: ("PDF con texto", "PDF with text"),
    extensions: &["pdf"],
    sniff,
    parser: Parser::Wrapper(unwrap),
};

/// The upper and the lower part of a page, in which a line that repeats is a header or a footer; so is the outermost line.
const MARGIN_SHARE: f64 = 0.12;
/// A gap between two lines larger than this many usual ones begins a paragraph.
const PARAGRAPH_GAP: f64 = 1.45;
/// Fewer letters than this are no text layer.
const FEWEST_LETTERS: usize = 10;

fn sniff(sample: &Sample<'_>) -> f32 {
    if sample.bytes.starts_with(b"%PDF-") {
        return 1.0;
    }
    let head = &sample.bytes[..sample.bytes.len().min(1024)];
    if memchr::memmem::find(head, b"\n%PDF-").is_some() { 0.9 } else { 0.0 }
}

fn unwrap(bytes: &[u8]) -> Result<Wrapped, Problem> {
    let Pages { mut pages, damaged } = pages::read(bytes)?;
    let letters = pages.iter().flat_map(|page| &page.lines).flat_map(|line| line.text.chars());
    if letters.filter(|c| c.is_alphabetic()).take(FEWEST_LETTERS).count() < FEWEST_LETTERS {
        return Err(without_text(pages.len()));
    }
    let mut wrapped = Wrapped::default();
    drop_repeats(&mut pages, &mut wrapped);
    let shape = Shape::of(&pages);
    let mut open: Option<Paragraph> = None;
    for line in pages.iter().flat_map(|page| &page.lines) {
        open = match open.take() {
            Some(mut paragraph) if shape.goes_on(&paragraph, line) => {
                paragraph.add(line);
                Some(paragraph)
            }
            Some(paragraph) => {
                wrapped.line(&shape.written(&paragraph));
                if shape.is_apart(&paragraph.last, line) {
                    wrapped.line("");
                }
                Some(Paragraph::starting(line))
            }
            None => Some(Paragraph::starting(line)),
        };
    }
    if let Some(paragraph) = open {
        wrapped.line(&shape.written(&paragraph));
    }
    if !damaged.is_empty() {
        let numbers: Vec<String> = damaged.iter().take(20).map(ToString::to_string).collect();
        let numbers = numbers.join(", ");
        wrapped.warn(
            "damaged_pages",
            format!("Hay páginas que no se pudieron leer enteras: {numbers}."),
            format!("Some pages could not be read whole: {numbers}."),
        );
    }
    Ok(wrapped)
}

/// Takes away the lines in the margins that stand on most pages, page numbers aside.
fn drop_repeats(pages: &mut [Page], wrapped: &mut Wrapped) {
    if pages.len() < 2 {
        return;
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    for page in pages.iter() {
        let margins = Margins::of(page);
        let held = page.lines.iter().filter(|line| margins.hold(line));
        let mut seen: Vec<String> = held.map(|line| without_numbers(&line.text)).collect();
        seen.sort();
        seen.dedup();
        for text in seen {
            *counts.entry(text).or_default() += 1;
        }
    }
    let enough = (pages.len() * 3 / 5).max(2);
    let repeats = |margins: Margins, line: &PageLine| {
        margins.hold(line) && counts.get(&without_numbers(&line.text)).is_some_and(|count| *count >= enough)
    };
    let mut told: Vec<String> = Vec::new();
    for page in pages {
        let margins = Margins::of(page);
        let (gone, kept): (Vec<PageLine>, Vec<PageLine>) =
            std::mem::take(&mut page.lines).into_iter().partition(|line| repeats(margins, line));
        page.lines = kept;
        wrapped.repeats_removed += gone.len();
        for line in gone {
            let key = without_numbers(&line.text);
            if !told.contains(&key) {
                wrapped.leave(1, &line.text);
                told.push(key);
            }
        }
    }
}

/// Where the margins of a page end and begin; the outermost lines stand in them.
#[derive(Clone, Copy)]
struct Margins {
    upper: f64,
    lower: f64,
}

impl Margins {
    fn of(page: &Page) -> Self {
        let places = || page.lines.iter().map(|line| line.y);
        let (first, last) = (places().fold(f64::MAX, f64::min), places().fold(f64::MIN, f64::max));
        Self { upper: first.max(page.height * MARGIN_SHARE), lower: last.min(page.height * (1.0 - MARGIN_SHARE)) }
    }

    fn hold(self, line: &PageLine) -> bool {
        line.y <= self.upper || line.y >= self.lower
    }
}

fn without_numbers(text: &str) -> String {
    let mut shape = String::new();
    for c in lines::trim(text).chars() {
        let c = if c.is_ascii_digit() { '0' } else { c };
        if c != '0' || !shape.ends_with('0') {
            shape.push(c);
        }
    }
    shape
}

struct Paragraph {
    text: String,
    last: PageLine,
}

impl Paragraph {
    fn starting(line: &PageLine) -> Self {
        Self { text: lines::trim(&line.text).to_owned(), last: line.clone() }
    }

    /// Goes on with a line; a word that was parted between them becomes whole.
    fn add(&mut self, line: &PageLine) {
        let next = lines::trim(&line.text);
        let parted = next.starts_with(char::is_lowercase)
            && self.text.strip_suffix(['-', '\u{AD}', '‐']).is_some_and(|word| word.ends_with(char::is_alphabetic));
        if parted {
            self.text.pop();
        } else {
            self.text.push(' ');
        }
        self.text.push_str(next);
        self.last = line.clone();
    }
}

/// What the lines of the document look like.
struct Shape {
    /// Where full lines end.
    right: f64,
    /// From a line to the next.
    leading: f64,
    /// The usual size of letters.
    size: f64,
}

impl Shape {
    fn of(pages: &[Page]) -> Self {
        let mut rights: Vec<f64> = pages.iter().flat_map(|page| &page.lines).map(|line| line.right).collect();
        let mut steps: Vec<f64> = pages
            .iter()
            .flat_map(|page| page.lines.windows(2))
            .map(|pair| pair[1].y - pair[0].y)
            .filter(|step| *step > 0.5)
            .collect();
        let mut sizes: Vec<f64> = pages.iter().flat_map(|page| &page.lines).map(|line| line.size).collect();
        rights.sort_by(f64::total_cmp);
        sizes.sort_by(f64::total_cmp);
        steps.sort_by(f64::total_cmp);
        // The usual step is a small one: gaps between paragraphs are larger.
        let leading = steps.get(steps.len() / 3).copied().unwrap_or(0.0);
        let right = rights.get(rights.len() * 9 / 10).copied().unwrap_or(0.0);
        Self { right, leading, size: sizes.get(sizes.len() / 2).copied().unwrap_or(1.0) }
    }

    /// The paragraph with the mark of a heading where it is written much larger than the others.
    fn written(&self, paragraph: &Paragraph) -> String {
        let (text, size) = (&paragraph.text, paragraph.last.size);
        let is_title = text.split_whitespace().count() <= 12 && text.starts_with(char::is_alphanumeric);
        if !is_title || size < self.size * 1.2 || labels::candidate(text).is_some() {
            return text.clone();
        }
        format!("{} {text}", if size >= self.size * 1.4 { "#" } else { "##" })
    }

    /// Is the line the next one of this paragraph?
    fn goes_on(&self, paragraph: &Paragraph, line: &PageLine) -> bool {
        let last = &paragraph.last;
        let next = lines::trim(&line.text);
        let is_full = last.right > self.right - (self.right - last.left).max(0.0) * 0.2;
        let begins = labels::candidate(next).is_some()
            || labels::without_bullet(next).is_some()
            || stamps::leading(next).is_some()
            || next.starts_with('#')
            || begins_numbered(next);
        let same_hand = (line.size - last.size).abs() < last.size * 0.15;
        let is_sentence_open = !paragraph.text.ends_with(['.', '?', '!', ':', '…']);
        let near = !self.is_apart(last, line) || (line.y <= last.y && is_sentence_open);
        is_full && near && same_hand && !begins && !paragraph.text.contains('\t') && !next.contains('\t')
    }

    /// Do the lines stand further apart than lines of a paragraph, or on two pages?
    fn is_apart(&self, last: &PageLine, line: &PageLine) -> bool {
        let step = line.y - last.y;
        step <= 0.0 || (self.leading > 0.0 && step > self.leading * PARAGRAPH_GAP)
    }
}

/// `1. `, `2) `
fn begins_numbered(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits) && text[digits..].starts_with(['.', ')']) && text[digits + 1..].starts_with(' ')
}

fn without_text(pages: usize) -> Problem {
    Problem::new(
        "pdf_without_text",
        ProblemClass::Invalid,
        format!("El PDF ({pages} páginas) no tiene texto: son imágenes, quizás un escaneo."),
        format!("The PDF ({pages} pages) holds no text: it is made of pictures, perhaps a scan."),
    )
    .hint(
        "Pásele un reconocimiento de texto (OCR) o suba el original.",
        "Run text recognition (OCR) over it, or upload the original.",
    )
}
