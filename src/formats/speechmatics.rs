//! Speechmatics: `results` of words and marks, each with its speaker; in the first version of its interface `words`, and
//! `speakers` apart from them.
//!
//! Source: <https://docs.speechmatics.com/speech-to-text/batch/output>.

use std::borrow::Cow;

use super::json;
use super::reading::remarks::{self, Remark, Word};
use super::reading::tree::Node;
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "speechmatics",
    label: ("Speechmatics (JSON)", "Speechmatics (JSON)"),
    extensions: &["json"],
    sniff,
    parser: Parser::Strict(|text| json::read(text, remarks)),
};

fn sniff(sample: &Sample<'_>) -> f32 {
    let has = |key| json::has_key(sample, key);
    if has("results") && has("content") && (has("is_eos") || has("attaches_to") || has("transcription_config")) {
        return 0.98;
    }
    if has("results") && has("content") && has("alternatives") && has("type") && has("start_time") && !has("items") {
        return 0.9;
    }
    if has("words") && has("duration") && has("time") && has("name") && (has("job") || has("speakers")) {
        return 0.93;
    }
    0.0
}

fn remarks<'t>(tree: &'t Node<'_>) -> Option<Vec<Remark<'t>>> {
    let found = match tree.find("results").and_then(Node::list) {
        Some(results) => remarks::joined(results.iter().filter_map(word)),
        None => first_version(tree)?,
    };
    Some(found).filter(|found| !found.is_empty())
}

fn word<'t>(node: &'t Node<'_>) -> Option<Word<'t>> {
    let first = node.get("alternatives").and_then(Node::list)?.first()?;
    let speaker = first.get("speaker").or_else(|| node.get("channel")).and_then(remarks::label);
    let is_mark = node.get("type").and_then(Node::text) == Some("punctuation");
    let attaches = node.get("attaches_to").and_then(Node::text);
    Some(Word {
        text: first.get("content").and_then(Node::text)?,
        // UU stands for nobody known.
        speaker: speaker.filter(|speaker| speaker != "UU"),
        start_ms: remarks::seconds_at(node, "start_time"),
        end_ms: remarks::seconds_at(node, "end_time"),
        glued: is_mark && attaches != Some("next") && attaches != Some("none"),
    })
}

fn first_version<'t>(tree: &'t Node<'_>) -> Option<Vec<Remark<'t>>> {
    let words = tree.find("words").and_then(Node::list)?;
    let mut begins: Vec<(u64, Cow<'t, str>)> = tree
        .find("speakers")
        .and_then(Node::list)
        .unwrap_or_default()
        .iter()
        .filter_map(|turn| Some((remarks::seconds_at(turn, "time")?, turn.get("name").and_then(remarks::label)?)))
        .collect();
    begins.sort_by_key(|(time, _)| *time);
    let timed = words.iter().filter_map(|node| {
        let text = node.get("name").and_then(Node::text)?;
        let start_ms = remarks::seconds_at(node, "time");
        let lasts_ms = remarks::seconds_at(node, "duration").unwrap_or(0);
        // A speaker holds until the next one begins; what little stands before the first is the first one's.
        let turn = begins.partition_point(|(time, _)| Some(*time) <= start_ms).saturating_sub(1);
        Some(Word {
            text,
            speaker: begins.get(turn).map(|(_, name)| name.clone()),
            start_ms,
            end_ms: start_ms.map(|start| start + lasts_ms),
            glued: remarks::is_mark(text),
        })
    });
    Some(remarks::joined(timed))
}
