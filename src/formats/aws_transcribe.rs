//! Amazon Transcribe: words and marks in `items`, who speaks either beside them, or apart in `speaker_labels`, or by
//! channel; Call Analytics gives whole remarks instead.
//!
//! Source: <https://docs.aws.amazon.com/transcribe/latest/dg/how-input.html>.

use std::borrow::Cow;
use std::collections::HashMap;

use super::json;
use super::reading::lines;
use super::reading::remarks::{self, Remark, Word};
use super::reading::tree::Node;
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "aws-transcribe",
    label: ("Amazon Transcribe (JSON)", "Amazon Transcribe (JSON)"),
    extensions: &["json"],
    sniff,
    parser: Parser::Strict(|text| json::read(text, remarks)),
};

fn sniff(sample: &Sample<'_>) -> f32 {
    let has = |key| json::has_key(sample, key);
    let job = has("jobName") && (has("accountId") || has("transcripts"));
    let analytics = has("ParticipantRole") && has("BeginOffsetMillis");
    let items = has("items") && sample.text.contains("\"pronunciation\"");
    match (job || analytics, items) {
        (true, _) => 0.98,
        (false, true) => 0.9,
        _ => 0.0,
    }
}

fn remarks<'t>(tree: &'t Node<'_>) -> Option<Vec<Remark<'t>>> {
    if let Some(calls) = tree.get("Transcript").and_then(Node::list) {
        return Some(calls.iter().filter_map(call).collect());
    }
    let results = tree.get("results").unwrap_or(tree);
    if let Some(channels) = results.find("channels").and_then(Node::list) {
        return Some(by_channel(channels));
    }
    let items = results.get("items").and_then(Node::list)?;
    let labels = labels_by_time(results);
    let mut last = None;
    let words = items.iter().filter_map(|item| {
        let mut word = word(item)?;
        if word.glued {
            return Some(word);
        }
        let own = item.get("speaker_label").and_then(Node::text);
        let apart = || labels.get(item.get("start_time")?.text()?).copied();
        word.speaker = own.or_else(apart).map(Cow::Borrowed).or_else(|| last.clone());
        last.clone_from(&word.speaker);
        Some(word)
    });
    Some(remarks::joined(words)).filter(|remarks| !remarks.is_empty())
}

fn word<'t>(item: &'t Node<'_>) -> Option<Word<'t>> {
    let first = item.get("alternatives").and_then(Node::list)?.first()?;
    Some(Word {
        text: first.get("content").and_then(Node::text)?,
        speaker: None,
        start_ms: remarks::seconds_at(item, "start_time"),
        end_ms: remarks::seconds_at(item, "end_time"),
        glued: item.get("type").and_then(Node::text) == Some("punctuation"),
    })
}

/// Each channel is a speaker; their remarks are put in the order of time.
fn by_channel<'t>(channels: &'t [Node<'_>]) -> Vec<Remark<'t>> {
    let mut all = Vec::new();
    for channel in channels {
        let label = channel.get("channel_label").and_then(Node::text);
        let items = channel.get("items").and_then(Node::list).unwrap_or_default();
        let words = items.iter().filter_map(word).map(|mut word| {
            word.speaker = label.map(Cow::Borrowed);
            word
        });
        all.extend(remarks::joined(words));
    }
    all.sort_by_key(|remark| remark.start_ms);
    all
}

/// A remark of Call Analytics.
fn call<'t>(node: &'t Node<'_>) -> Option<Remark<'t>> {
    let words = node.get("Content").and_then(Node::text)?.trim();
    let time = |key| node.get(key).and_then(remarks::number_of).and_then(remarks::milliseconds);
    (!words.is_empty()).then(|| Remark {
        speaker: node.get("ParticipantRole").or_else(|| node.get("ParticipantId")).and_then(remarks::label),
        start_ms: time("BeginOffsetMillis"),
        end_ms: time("EndOffsetMillis"),
        words: Cow::Borrowed(lines::trim(words)),
    })
}

/// `speaker_labels.segments[].items[]` with `start_time` and `speaker_label`.
fn labels_by_time<'t>(results: &'t Node<'_>) -> HashMap<&'t str, &'t str> {
    let mut labels = HashMap::new();
    let segments = results.get("speaker_labels").and_then(|labels| labels.get("segments")).and_then(Node::list);
    for segment in segments.unwrap_or_default() {
        let whole = segment.get("speaker_label").and_then(Node::text);
        for item in segment.get("items").and_then(Node::list).unwrap_or_default() {
            let label = item.get("speaker_label").and_then(Node::text).or(whole).filter(|label| !label.is_empty());
            if let (Some(time), Some(label)) = (item.get("start_time").and_then(Node::text), label) {
                labels.insert(time, label);
            }
        }
    }
    labels
}
