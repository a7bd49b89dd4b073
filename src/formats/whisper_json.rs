//! Whisper and its kin: `segments` (OpenAI, WhisperX, faster-whisper), `transcription` (whisper.cpp), `chunks` (Transformers,
//! with `speakers` where they were told apart), or words alone.

use std::borrow::Cow;

use super::json;
use super::reading::remarks::{self, Remark, Word};
use super::reading::stamps;
use super::reading::tree::Node;
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "whisper-json",
    label: ("Whisper (JSON)", "Whisper (JSON)"),
    extensions: &["json"],
    sniff,
    parser: Parser::Strict(|text| json::read(text, remarks)),
};

fn sniff(sample: &Sample<'_>) -> f32 {
    let has = |key| json::has_key(sample, key);
    let segments = has("segments") && has("start") && has("end") && has("text");
    let own = ["avg_logprob", "no_speech_prob", "compression_ratio", "tokens", "seek", "word_segments"];
    if segments && own.into_iter().any(has) {
        return 0.98;
    }
    if has("transcription") && has("offsets") && has("timestamps") {
        return 0.98;
    }
    if has("chunks") && has("timestamp") && has("text") {
        return 0.96;
    }
    let other = has("punct") || has("punctuated_word") || has("alternatives") || has("audio_url") || has("blocks");
    let words = has("words") && has("word") && has("start") && has("end") && has("text") && !other;
    if segments && (has("language") || has("words") || sample.text.contains("\"SPEAKER_")) || words { 0.9 } else { 0.0 }
}

fn remarks<'t>(tree: &'t Node<'_>) -> Option<Vec<Remark<'t>>> {
    let list = |key: &str| tree.find(key).and_then(Node::list).filter(|list| !list.is_empty());
    // Transformers list the chunks twice: whole, and with their speakers.
    let spoken = list("speakers").filter(|list| list.iter().any(|one| one.get("timestamp").is_some()));
    let segments = list("segments").or_else(|| list("transcription")).or(spoken).or_else(|| list("chunks"));
    let found: Vec<Remark<'t>> = match segments {
        Some(segments) => segments.iter().flat_map(segment).collect(),
        None => remarks::joined(list("words").or_else(|| list("word_segments"))?.iter().filter_map(word)),
    };
    Some(found).filter(|found| !found.is_empty())
}

/// A segment; where its words are by several speakers, a remark of each.
fn segment<'t>(node: &'t Node<'_>) -> Vec<Remark<'t>> {
    let words = node.get("words").and_then(Node::list).unwrap_or_default();
    let speaker = |node: &'t Node<'_>| node.get("speaker").and_then(remarks::label).filter(|label| label != "UNKNOWN");
    let mut voices = words.iter().filter_map(speaker);
    let first = voices.next();
    if first.is_some() && voices.any(|voice| Some(&voice) != first.as_ref()) {
        let mut last = first;
        let timed = words.iter().filter_map(word).map(|mut word| {
            word.speaker = word.speaker.or_else(|| last.clone());
            last.clone_from(&word.speaker);
            word
        });
        return remarks::joined(timed);
    }
    let Some(said) = node.get("text").and_then(Node::text).map(str::trim).filter(|said| !said.is_empty()) else {
        return Vec::new();
    };
    let (start_ms, end_ms) = times(node);
    vec![Remark { speaker: speaker(node).or(first), start_ms, end_ms, words: Cow::Borrowed(said) }]
}

fn word<'t>(node: &'t Node<'_>) -> Option<Word<'t>> {
    let text = node.get("word").or_else(|| node.get("text")).and_then(Node::text)?;
    let (start_ms, end_ms) = times(node);
    let speaker = node.get("speaker").and_then(remarks::label);
    Some(Word { text, speaker, start_ms, end_ms, glued: remarks::is_mark(text.trim()) })
}

/// `start` and `end` in seconds, `"timestamp": [0.0, 4.2]`, or `"offsets": {"from": 0, "to": 4200}` in milliseconds.
fn times(node: &Node<'_>) -> (Option<u64>, Option<u64>) {
    if let Some(offsets) = node.get("offsets") {
        let of = |key| offsets.get(key).and_then(remarks::number_of).and_then(remarks::milliseconds);
        return (of("from"), of("to"));
    }
    if let Some([start, end]) = node.get("timestamp").and_then(Node::list) {
        return (time(start), time(end));
    }
    let of = |key| node.get(key).and_then(time);
    (of("start"), of("end"))
}

fn time(node: &Node<'_>) -> Option<u64> {
    match node.text().and_then(|text| stamps::whole(text.trim())) {
        Some(time) => Some(time),
        None => remarks::number_of(node).and_then(remarks::seconds),
    }
}
