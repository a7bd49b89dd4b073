//! Google Cloud Speech-to-Text, v1 and v2: results with a transcript and, where asked for, words with times and speaker tags.
//!
//! With speaker tags the last result repeats every word of the recording, and only there the tags are set.
//! Source: <https://cloud.google.com/speech-to-text/docs/reference/rest/v1/RecognizeResponse>.

use std::borrow::Cow;

use super::json;
use super::reading::remarks::{self, Remark, Word};
use super::reading::tree::Node;
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "google-speech",
    label: ("Google Speech-to-Text (JSON)", "Google Speech-to-Text (JSON)"),
    extensions: &["json"],
    sniff,
    parser: Parser::Strict(|text| json::read(text, remarks)),
};

fn sniff(sample: &Sample<'_>) -> f32 {
    let has = |key| json::has_key(sample, key);
    if !has("results") || !has("alternatives") || has("channels") || has("speaker_labels") || has("result_index") {
        return 0.0;
    }
    let times = ["resultEndTime", "result_end_time", "resultEndOffset", "speakerTag", "speaker_tag", "startOffset"];
    if times.into_iter().any(has) || (has("words") && has("word") && (has("startTime") || has("start_time"))) {
        return 0.96;
    }
    if has("transcript") && !has("start_time") { 0.75 } else { 0.0 }
}

fn remarks<'t>(tree: &'t Node<'_>) -> Option<Vec<Remark<'t>>> {
    let results = tree.find("results").and_then(Node::list)?;
    let words_of = |result: &'t Node<'_>| -> Vec<Word<'t>> {
        let words = first(result).and_then(|first| first.get("words")).and_then(Node::list);
        words.unwrap_or_default().iter().filter_map(word).collect()
    };
    let tagged = |words: &[Word<'_>]| words.iter().any(|word| word.speaker.is_some());
    let last = results.last().map(&words_of).unwrap_or_default();
    let earlier = results.iter().rev().skip(1).map(&words_of).any(|words| tagged(&words));
    if tagged(&last) && !earlier {
        return Some(remarks::joined(last));
    }
    let mut all = Vec::new();
    let mut before_ms = None;
    for result in results {
        let words = words_of(result);
        let end_ms = ["resultEndTime", "result_end_time", "resultEndOffset"]
            .into_iter()
            .find_map(|key| remarks::seconds_at(result, key));
        if tagged(&words) {
            all.extend(remarks::joined(words));
        } else if let Some(said) = first(result).and_then(|first| first.get("transcript")).and_then(Node::text) {
            all.push(Remark {
                speaker: channel(result),
                start_ms: words.first().and_then(|word| word.start_ms).or(before_ms),
                end_ms: words.last().and_then(|word| word.end_ms).or(end_ms),
                words: Cow::Borrowed(said.trim()),
            });
        }
        before_ms = end_ms.or(before_ms);
    }
    all.retain(|remark| !remark.words.is_empty());
    Some(all).filter(|all| !all.is_empty())
}

fn first<'t, 'a>(result: &'t Node<'a>) -> Option<&'t Node<'a>> {
    result.get("alternatives").and_then(Node::list)?.first()
}

fn word<'t>(node: &'t Node<'_>) -> Option<Word<'t>> {
    let time = |keys: [&str; 3]| keys.into_iter().find_map(|key| remarks::seconds_at(node, key));
    let label =
        ["speakerTag", "speaker_tag", "speakerLabel", "speaker_label"].into_iter().find_map(|key| node.get(key));
    Some(Word {
        text: node.get("word").and_then(Node::text)?,
        // Tag 0 says that nobody was recognised.
        speaker: label.filter(|label| remarks::number_of(label) != Some(0.0)).and_then(remarks::label),
        // What is nought is left out of the file.
        start_ms: time(["startTime", "start_time", "startOffset"]).or(Some(0)),
        end_ms: time(["endTime", "end_time", "endOffset"]),
        glued: false,
    })
}

/// Recordings with a channel for each side: the channel is who speaks.
fn channel<'t>(result: &Node<'_>) -> Option<Cow<'t, str>> {
    let tag = result.get("channelTag").or_else(|| result.get("channel_tag")).and_then(remarks::number_of)?;
    (tag > 0.0).then(|| Cow::Owned(format!("Channel {tag}")))
}
