//! Word documents: paragraphs become lines, headings and bullets get their marks of Markdown, bold labels keep theirs,
//! tables of a dialogue become `[time] Name: words`, other tables `| a | b |`. A format of text reads the result.
//!
//! Tracked insertions are kept and deletions left out. Footnotes, comments, headers and footers are listed as left over.
//! Nothing outside the file is ever fetched.

use std::collections::HashMap;

use crate::model::{ColumnRole, Problem};

use super::reading::columns;
use super::reading::labels::{self, Likeness};
use super::reading::package::Package;
use super::reading::word::{self, Block, Body, Note, Paragraph, Style};
use super::reading::wrapped::Wrapped;
use super::reading::{facts, lines, stamps};
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "docx",
    label: ("Documento de Word (DOCX)", "Word document (DOCX)"),
    extensions: &["docx", "docm"],
    sniff,
    parser: Parser::Wrapper(unwrap),
};

fn sniff(sample: &Sample<'_>) -> f32 {
    let names = Package::open(sample.bytes).map(|package| package.names()).unwrap_or_default();
    if main_part(&names).is_some() { 1.0 } else { 0.0 }
}

fn unwrap(bytes: &[u8]) -> Result<Wrapped, Problem> {
    let mut package = Package::open(bytes)?;
    let names = package.names();
    let main = main_part(&names).ok_or_else(word::malformed)?;
    let body = word::body(&package.xml(&main)?.ok_or_else(word::malformed)?)?;
    let styles = package.xml("word/styles.xml")?.map(|xml| word::styles(&xml)).transpose()?.unwrap_or_default();
    let mut notes = HashMap::new();
    for (note, part) in [
        (Note::Footnote, "word/footnotes.xml"),
        (Note::Endnote, "word/endnotes.xml"),
        (Note::Comment, "word/comments.xml"),
    ] {
        if let Some(xml) = package.xml(part)? {
            notes.extend(word::notes(&xml)?.into_iter().map(|(id, words)| ((note, id), words)));
        }
    }
    let mut writer =
        Writer { wrapped: Wrapped::default(), styles, notes, marks_bold_lines: !is_timed(&body), noted: 0 };
    let has_captions = has_captions(&body);
    for block in &body.blocks {
        match block {
            Block::Paragraph(paragraph) if has_captions => writer.caption(paragraph),
            Block::Paragraph(paragraph) => writer.paragraph(paragraph),
            Block::Table(rows) => writer.table(rows),
        }
    }
    let mut wrapped = writer.finish(&body);
    page_marks(&mut package, &names, &mut wrapped)?;
    Ok(wrapped)
}

/// The part that holds the text.
fn main_part(names: &[String]) -> Option<String> {
    let mut found = names.iter().map(|name| name.trim_start_matches('/')).filter(|name| {
        let name = name.to_ascii_lowercase();
        name.strip_prefix("word/document")
            .and_then(|rest| rest.strip_suffix(".xml"))
            .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
    });
    found.next().map(str::to_owned)
}

/// Headers and footers, and what lies outside the file.
fn page_marks(package: &mut Package<'_>, names: &[String], wrapped: &mut Wrapped) -> Result<(), Problem> {
    let mut external = 0;
    for name in names {
        let small = name.to_ascii_lowercase();
        if small.ends_with(".xml") && (small.starts_with("word/header") || small.starts_with("word/footer")) {
            let Some(xml) = package.xml(name)? else { continue };
            for block in word::body(&xml)?.blocks {
                if let Block::Paragraph(paragraph) = block {
                    wrapped.leave(1, &paragraph.text());
                }
            }
        } else if small.starts_with("word/_rels/") {
            external += package.xml(name)?.map(|xml| word::external_parts(&xml)).transpose()?.unwrap_or(0);
        }
    }
    if external > 0 {
        wrapped.warn(
            "external_parts_ignored",
            format!("El documento remite a {external} archivos de fuera (plantillas, imágenes); no se abren."),
            format!("The document refers to {external} files outside (templates, pictures); they are not opened."),
        );
    }
    Ok(())
}

/// Does the document hold lines with names and times? Then a bold line is a speaker, not a heading.
fn is_timed(body: &Body) -> bool {
    let paragraphs = body.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text()),
        Block::Table(_) => None,
    });
    let timed = paragraphs.filter(|text| {
        text.lines().any(|line| {
            let line = lines::trim(line);
            stamps::has_arrow(line) || stamps::trailing(line).is_some() || stamps::leading(line).is_some()
        })
    });
    timed.take(3).count() == 3
}

/// Paragraphs of a timing line, a name, and the words, as Teams used to write them.
fn has_captions(body: &Body) -> bool {
    let paragraphs = body.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.text()),
        Block::Table(_) => None,
    });
    let timed: Vec<String> = paragraphs.filter(|text| caption_of(text).is_some()).collect();
    let named = timed
        .iter()
        .filter_map(|text| caption_of(text))
        .filter(|(_, name, _)| labels::likeness(name) == Likeness::Name || labels::is_role(name));
    timed.len() >= 2 && named.count() * 10 >= timed.len() * 9
}

/// Timing line, name and words of such a paragraph.
fn caption_of(text: &str) -> Option<(&str, &str, &str)> {
    let (timing, rest) = text.split_once('\n')?;
    let (name, words) = rest.split_once('\n')?;
    stamps::timing(lines::trim(timing))?;
    (!lines::trim(name).is_empty() && !lines::trim(words).is_empty())
        .then(|| (lines::trim(timing), lines::trim(name), words))
}

struct Writer {
    wrapped: Wrapped,
    styles: HashMap<String, Style>,
    notes: HashMap<(Note, String), String>,
    marks_bold_lines: bool,
    noted: usize,
}

impl Writer {
    fn paragraph(&mut self, paragraph: &Paragraph) {
        let style = paragraph.style.as_ref().and_then(|id| self.styles.get(id)).cloned().unwrap_or_default();
        let level = paragraph.outline.or(style.level);
        let bulleted = paragraph.is_list || style.is_list;
        let mut first = true;
        for line in split_lines(&paragraph.runs) {
            let words: String = line.iter().map(|(words, _)| *words).collect();
            let words = lines::trim(&words);
            let written = match level {
                _ if words.is_empty() => String::new(),
                // A time between the turns of a transcript only marks the time.
                Some(_) if first && stamps::whole(words).is_some() => words.to_owned(),
                Some(level) if first => format!("{} {words}", "#".repeat(level.min(6))),
                _ if bulleted && first => format!("- {}", with_bold_label(&line, false)),
                _ => listed_people(words).unwrap_or_else(|| with_bold_label(&line, self.marks_bold_lines)),
            };
            first &= words.is_empty();
            self.wrapped.line(&written);
        }
        for note in &paragraph.notes {
            if let Some(words) = self.notes.remove(note) {
                let line = self.wrapped.last_line();
                self.wrapped.leave(line, &words);
                self.noted += 1;
            }
        }
    }

    /// A paragraph of captions, its name in the tag that captions have for it.
    fn caption(&mut self, paragraph: &Paragraph) {
        let text = paragraph.text();
        let Some((timing, name, words)) = caption_of(&text) else {
            self.paragraph(paragraph);
            return;
        };
        let name: String = name.chars().filter(|c| !matches!(c, '<' | '>')).collect();
        self.wrapped.line(timing);
        for (at, line) in words.split('\n').map(lines::trim).filter(|line| !line.is_empty()).enumerate() {
            self.wrapped.line(&if at == 0 { format!("<v {name}>{line}") } else { line.to_owned() });
        }
        self.wrapped.line("");
    }

    fn table(&mut self, rows: &[Vec<String>]) {
        let cells: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let map = columns::guess(&cells);
        let (speaker, start) = (map.first(ColumnRole::Speaker), map.first(ColumnRole::Start));
        let texts: Vec<usize> = map.texts().collect();
        // Every column must find its place in the lines, and names must be told by the header, by a time, or by repetition.
        let whole =
            map.roles.iter().all(|role| matches!(role, ColumnRole::Speaker | ColumnRole::Start | ColumnRole::Text));
        let named = map.has_header && columns::known_names(&cells[0]) >= 2;
        let told = start.is_some() || (speaker.is_some() && (named || repeats(&cells, speaker)));
        // A table of two columns at the top of minutes: `Fecha | 12 de marzo`.
        let is_head = cells.iter().all(|row| row.len() == 2 && row[0].split_whitespace().count() <= 4)
            && cells.iter().any(|row| facts::fact(lines::trim(row[0]).trim_end_matches(':')).is_some());
        if is_head {
            for row in &cells {
                let key = lines::trim(row[0]).trim_end_matches(':');
                self.wrapped.line(&format!("{key}: {}", row[1].replace('\n', ", ")));
            }
            return;
        }
        let is_dialogue = rows.len() >= 3 && texts.len() == 1 && whole && told;
        for (place, row) in cells.iter().enumerate() {
            if !is_dialogue || (place == 0 && map.has_header) {
                self.row(row);
                continue;
            }
            let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).map_or("", |cell| lines::trim(cell));
            let time = Some(cell(start)).filter(|time| !time.is_empty()).map(|time| format!("[{time}] "));
            let name = Some(cell(speaker)).filter(|name| !name.is_empty()).map(|name| format!("{name}: "));
            let words = cell(texts.first().copied());
            let label = format!("{}{}", time.unwrap_or_default(), name.unwrap_or_default());
            for (at, line) in words.split('\n').enumerate() {
                self.wrapped.line(&if at == 0 { format!("{label}{line}") } else { line.to_owned() });
            }
        }
    }

    fn row(&mut self, row: &[&str]) {
        if row.iter().any(|cell| !cell.trim().is_empty()) {
            let cells: Vec<String> = row.iter().map(|cell| cell.replace(['\n', '|'], " ")).collect();
            self.wrapped.line(&format!("| {} |", cells.join(" | ")));
        }
    }

    fn finish(mut self, body: &Body) -> Wrapped {
        // Notes that nothing refers to are told all the same, in the order of their words.
        let mut loose: Vec<String> = self.notes.into_values().filter(|words| !words.trim().is_empty()).collect();
        loose.sort();
        self.noted += loose.len();
        let line = self.wrapped.last_line();
        loose.iter().for_each(|words| self.wrapped.leave(line, words));
        let (noted, wrapped) = (self.noted, &mut self.wrapped);
        if noted > 0 {
            wrapped.warn(
                "notes_left_out",
                format!(
                    "{noted} notas al pie o comentarios no forman parte del texto; están entre las líneas sin usar."
                ),
                format!("{noted} footnotes or comments are no part of the text; they are among the lines left over."),
            );
        }
        if body.insertions + body.deletions > 0 {
            let (kept, gone) = (body.insertions, body.deletions);
            wrapped.warn(
                "tracked_changes",
                format!("El documento tiene control de cambios: se leen {kept} inserciones y quedan fuera {gone} eliminaciones."),
                format!("The document has tracked changes: {kept} insertions are read and {gone} deletions left out."),
            );
        }
        if body.hidden > 0 {
            wrapped.warn("hidden_text", "El texto oculto queda fuera.", "Hidden text is left out.");
        }
        if body.embedded > 0 {
            wrapped.warn(
                "embedded_parts_left_out",
                "Los documentos incrustados quedan fuera.",
                "Documents inside this one are left out.",
            );
        }
        self.wrapped
    }
}

/// Does a cell of this column stand in several rows?
fn repeats(rows: &[Vec<&str>], column: Option<usize>) -> bool {
    let mut cells: Vec<&str> = rows.iter().filter_map(|row| row.get(column?).copied()).collect();
    let all = cells.len();
    cells.sort_unstable();
    cells.dedup();
    cells.len() < all
}

/// `Invitados  Ana Paz  Luis Gil`, as Google Meet heads its notes, as a line of the header block.
fn listed_people(words: &str) -> Option<String> {
    let key = ["Invitados", "Invited", "Asistentes", "Attendees"].into_iter().find(|key| words.starts_with(key))?;
    let rest = &words[key.len()..];
    let names: Vec<&str> = rest.split(['\t', '\u{A0}']).flat_map(|part| part.split("  ")).map(lines::trim).collect();
    let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
    let are_names = names.iter().all(|name| labels::likeness(name) == Likeness::Name || name.contains('@'));
    let key = if key == "Invited" { "Attendees" } else { key };
    (rest.starts_with(char::is_whitespace) && !names.is_empty() && are_names)
        .then(|| format!("{key}: {}", names.join("; ")))
}

/// The runs of a paragraph, cut at its line breaks.
fn split_lines(runs: &[(String, bool)]) -> Vec<Vec<(&str, bool)>> {
    let mut all = vec![Vec::new()];
    for (words, bold) in runs {
        for (at, part) in words.split('\n').enumerate() {
            if at > 0 {
                all.push(Vec::new());
            }
            if let Some(line) = all.last_mut() {
                line.push((part, *bold));
            }
        }
    }
    all
}

/// A line with Markdown's marks around a bold label before a colon, or around a line that is bold as a whole.
fn with_bold_label(line: &[(&str, bool)], marks_bold_lines: bool) -> String {
    let words: String = line.iter().map(|(words, _)| *words).collect();
    let words = lines::trim(&words);
    let bold: String =
        line.iter().skip_while(|(words, _)| words.trim().is_empty()).take_while(|run| run.1).map(|run| run.0).collect();
    let bold = lines::trim(&bold);
    let Some(rest) = words.strip_prefix(bold).filter(|_| !bold.is_empty()) else { return words.to_owned() };
    if lines::trim(rest).is_empty() {
        let is_title = bold.split_whitespace().count() <= 12 && !bold.ends_with(['.', '!', ':']);
        let marked = marks_bold_lines && is_title && labels::candidate(bold).is_none() && !bold.contains('*');
        return if marked { format!("**{bold}**") } else { words.to_owned() };
    }
    if bold.ends_with(':') && !bold.contains('*') {
        return format!("**{bold}**{rest}");
    }
    match rest.trim_start().strip_prefix(':') {
        Some(rest) if !bold.contains('*') => format!("**{bold}:**{rest}"),
        _ => words.to_owned(),
    }
}
