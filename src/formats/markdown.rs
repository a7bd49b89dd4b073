//! Markdown: notes with headings and bullets, minutes, interviews with `**Name:**`, front matter.

use super::reading::dialogue::{self, Manner};
use super::reading::draft::Draft;
use super::reading::{census, facts, labels, lines, notes};
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "markdown",
    label: ("Notas en Markdown", "Markdown notes"),
    extensions: &["md", "markdown", "mdown"],
    sniff,
    parser: Parser::Lenient(parse),
};

fn sniff(sample: &Sample<'_>) -> f32 {
    if sample.timings().total() > 0 {
        return 0.0;
    }
    let (mut content, mut marked, mut headings) = (0_usize, 0_usize, 0_usize);
    for line in lines::lines(sample.text) {
        let line = lines::trim(line.text);
        if line.is_empty() {
            continue;
        }
        content += 1;
        let heading = line.starts_with('#') && notes::heading_mark(line).is_some();
        headings += usize::from(heading);
        let is_marked = heading
            || census::is_rule(line)
            || line.starts_with(['|', '>'])
            || line.contains("**")
            || labels::without_bullet(line).is_some();
        marked += usize::from(is_marked);
    }
    let share = marked as f32 / content.max(1) as f32;
    if facts::front_matter(sample.text).is_some() {
        return 0.92;
    }
    match headings {
        0 if marked < 2 => 0.18,
        0 => 0.25 + 0.5 * share,
        _ => 0.6 + 0.3 * share,
    }
}

fn parse(text: &str) -> Draft {
    dialogue::read(text, Manner::Notes)
}
