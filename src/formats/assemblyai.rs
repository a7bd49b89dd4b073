//! AssemblyAI: `utterances` where speakers were asked for, else words, both in milliseconds.
//!
//! Source: <https://www.assemblyai.com/docs/api-reference/transcripts/get>.

use std::borrow::Cow;

use super::json;
use super::reading::remarks::{self, Remark, Word};
use super::reading::tree::Node;
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "assemblyai",
    label: ("AssemblyAI (JSON)", "AssemblyAI (JSON)"),
    extensions: &["json"],
    sniff,
    parser: Parser::Strict(|text| json::read(text, remarks)),
};

fn sniff(sample: &Sample<'_>) -> f32 {
    let has = |key| json::has_key(sample, key);
    if !has("text") || !(has("words") || has("utterances")) {
        return 0.0;
    }
    let own = ["acoustic_model", "language_model", "audio_url", "audio_duration", "speech_model", "webhook_url"];
    match own.into_iter().filter(|key| has(key)).count() {
        0 => 0.0,
        1 => 0.85,
        _ => 0.98,
    }
}

fn remarks<'t>(tree: &'t Node<'_>) -> Option<Vec<Remark<'t>>> {
    let list = |key: &str| tree.find(key).and_then(Node::list).filter(|list| !list.is_empty());
    if let Some(utterances) = list("utterances") {
        return Some(utterances.iter().filter_map(utterance).collect());
    }
    let words = remarks::joined(list("words")?.iter().filter_map(word));
    Some(words).filter(|words| !words.is_empty())
}

fn utterance<'t>(node: &'t Node<'_>) -> Option<Remark<'t>> {
    let said = node.get("text").and_then(Node::text)?.trim();
    (!said.is_empty()).then(|| Remark {
        speaker: node.get("speaker").or_else(|| node.get("channel")).and_then(remarks::label),
        start_ms: time(node, "start"),
        end_ms: time(node, "end"),
        words: Cow::Borrowed(said),
    })
}

fn word<'t>(node: &'t Node<'_>) -> Option<Word<'t>> {
    Some(Word {
        text: node.get("text").and_then(Node::text)?,
        speaker: node.get("speaker").and_then(remarks::label),
        start_ms: time(node, "start"),
        end_ms: time(node, "end"),
        glued: false,
    })
}

fn time(node: &Node<'_>, key: &str) -> Option<u64> {
    node.get(key).and_then(remarks::number_of).and_then(remarks::milliseconds)
}
