//! The transcript that podcast feeds link to: `segments` with `speaker`, `startTime`, `endTime` in seconds and `body`.
//!
//! Source: <https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md>.

use std::borrow::Cow;

use super::json;
use super::reading::remarks::{self, Remark, Word};
use super::reading::tree::Node;
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "podcast-json",
    label: ("Transcripción de pódcast (JSON)", "Podcast transcript (JSON)"),
    extensions: &["json"],
    sniff,
    parser: Parser::Strict(|text| json::read(text, remarks)),
};

fn sniff(sample: &Sample<'_>) -> f32 {
    let has = |key| json::has_key(sample, key);
    if has("segments") && has("body") && has("startTime") { 0.98 } else { 0.0 }
}

fn remarks<'t>(tree: &'t Node<'_>) -> Option<Vec<Remark<'t>>> {
    let segments = tree.find("segments").and_then(Node::list)?;
    let single = segments.iter().filter(|node| body(node).is_some_and(|body| !body.contains(' '))).count();
    if single * 10 >= segments.len() * 8 {
        // A segment for each word: joined, and the speaker goes on where only the first word names them.
        let mut last = None;
        let words = segments.iter().filter_map(|node| {
            let remark = remark(node)?;
            let speaker = remark.speaker.or_else(|| last.clone());
            last.clone_from(&speaker);
            let text = body(node)?;
            let glued = remarks::is_mark(text);
            Some(Word { text, speaker, start_ms: remark.start_ms, end_ms: remark.end_ms, glued })
        });
        return Some(remarks::joined(words)).filter(|found| !found.is_empty());
    }
    Some(segments.iter().filter_map(remark).collect()).filter(|found: &Vec<_>| !found.is_empty())
}

fn remark<'t>(node: &'t Node<'_>) -> Option<Remark<'t>> {
    Some(Remark {
        speaker: node.get("speaker").and_then(remarks::label),
        start_ms: remarks::seconds_at(node, "startTime"),
        end_ms: remarks::seconds_at(node, "endTime"),
        words: Cow::Borrowed(body(node)?),
    })
}

fn body<'t>(node: &'t Node<'_>) -> Option<&'t str> {
    node.get("body").and_then(Node::text).map(str::trim).filter(|body| !body.is_empty())
}
