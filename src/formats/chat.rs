//! Zoom's saved chat: time, name and message between tabs, or `09:12:33 From Name to Everyone: message`.

use crate::model::{Nature, Turn};

use super::reading::dialogue::relative_to_first;
use super::reading::draft::Draft;
use super::reading::lines::{self, Line};
use super::reading::stamps;
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "chat",
    label: ("Chat de Zoom", "Zoom chat"),
    extensions: &["txt"],
    sniff,
    parser: Parser::Lenient(parse),
};

fn sniff(sample: &Sample<'_>) -> f32 {
    let (mut content, mut messages) = (0_usize, 0_usize);
    for line in lines::lines(sample.text) {
        content += usize::from(!lines::trim(line.text).is_empty());
        messages += usize::from(message(line.text).is_some());
    }
    match messages {
        0 => 0.0,
        1 => 0.5,
        _ => (0.7 + 0.6 * messages as f32 / content.max(1) as f32).min(0.99),
    }
}

fn parse(text: &str) -> Draft {
    let mut draft = Draft::default();
    // Lines without a time belong to the message before, except behind a reaction, which is nobody's words.
    let mut open = false;
    for line in lines::lines(text) {
        let trimmed = lines::trim(line.text);
        if trimmed.is_empty() {
            continue;
        }
        let words = match message(line.text) {
            Some(message) => {
                let speaker = draft.speaker(message.name);
                draft.turns.push(Turn {
                    speaker: Some(speaker),
                    start_ms: Some(message.stamp),
                    nature: Nature::Speech,
                    ..Default::default()
                });
                open = true;
                message.words
            }
            None => trimmed,
        };
        if !open || is_reaction(words) {
            draft.leave(Line { number: line.number, text: words });
            continue;
        }
        if let Some(turn) = draft.turns.last_mut()
            && !words.is_empty()
        {
            turn.pieces.push(lines::span_of(text, words));
        }
    }
    draft.turns.retain(|turn| !turn.pieces.is_empty());
    relative_to_first(&mut draft);
    draft
}

struct Message<'a> {
    stamp: u64,
    name: &'a str,
    words: &'a str,
}

fn message(line: &str) -> Option<Message<'_>> {
    if !line.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let line = without_date(line);
    let (stamp, used) = stamps::clock(line)?;
    let rest = &line[used..];
    let begun = rest.trim_start();
    if let Some(after) = ["From ", "De ", "Desde ", "from "].iter().find_map(|start| begun.strip_prefix(start)) {
        let (who, words) = after.split_once(':')?;
        let joints = [" to ", " To ", " a ", " para ", " A "];
        let name = joints.iter().find_map(|joint| who.split_once(joint)).map_or(who, |(name, _)| name);
        return Some(Message { stamp, name: lines::trim(name), words: lines::trim(words) });
    }
    let (name, words) = rest.strip_prefix('\t')?.split_once('\t')?;
    let name = lines::trim(lines::trim(name).strip_suffix(':')?);
    (!name.is_empty()).then(|| Message { stamp, name, words: lines::trim(words) })
}

/// Newer versions write the date before the time: `2026-03-12 09:12:33`.
fn without_date(line: &str) -> &str {
    let bytes = line.as_bytes();
    let is_date = bytes.len() > 11
        && bytes[10] == b' '
        && bytes[..10].iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if is_date { &line[11..] } else { line }
}

/// Lines that the chat writes by itself around what people write.
fn is_reaction(words: &str) -> bool {
    const STARTS: [&str; 8] = [
        "Reacted to \"",
        "Removed a ",
        "Replying to \"",
        "Reaccionó a \"",
        "Eliminó ",
        "Respondiendo a \"",
        "Reacted to “",
        "Replying to “",
    ];
    STARTS.iter().any(|start| words.starts_with(start))
}
