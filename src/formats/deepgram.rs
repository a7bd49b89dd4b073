//! Deepgram: `utterances` where they were asked for, else the paragraphs of each channel, else its words.
//!
//! Source: <https://developers.deepgram.com/docs/pre-recorded-audio>.

use std::borrow::Cow;

use super::json;
use super::reading::remarks::{self, Remark, Word};
use super::reading::tree::Node;
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "deepgram",
    label: ("Deepgram (JSON)", "Deepgram (JSON)"),
    extensions: &["json"],
    sniff,
    parser: Parser::Strict(|text| json::read(text, remarks)),
};

fn sniff(sample: &Sample<'_>) -> f32 {
    let has = |key| json::has_key(sample, key);
    let channels = has("results") && has("channels") && has("alternatives");
    match (channels, has("request_id") || has("punctuated_word") || has("model_info")) {
        (true, true) => 0.98,
        (true, false) if !has("channel_label") => 0.85,
        _ => 0.0,
    }
}

fn remarks<'t>(tree: &'t Node<'_>) -> Option<Vec<Remark<'t>>> {
    let results = tree.find("results")?;
    if let Some(utterances) = results.get("utterances").and_then(Node::list).filter(|list| !list.is_empty()) {
        return Some(spoken(utterances));
    }
    let channels = results.get("channels").and_then(Node::list)?;
    let mut all = Vec::new();
    for (number, channel) in channels.iter().enumerate() {
        let Some(first) = channel.get("alternatives").and_then(Node::list).and_then(<[_]>::first) else { continue };
        // With several channels each one is a speaker.
        let channel_label = (channels.len() > 1).then(|| Cow::Owned(format!("Channel {number}")));
        let mut found = of_alternative(first);
        for remark in &mut found {
            remark.speaker = remark.speaker.take().or_else(|| channel_label.clone());
        }
        all.extend(found);
    }
    all.sort_by_key(|remark| remark.start_ms);
    Some(all).filter(|all| !all.is_empty())
}

/// Utterances that hold words by several speakers are cut where the speaker changes.
fn spoken<'t>(utterances: &'t [Node<'_>]) -> Vec<Remark<'t>> {
    let mut all = Vec::new();
    for utterance in utterances {
        let Some(said) = utterance.get("transcript").and_then(Node::text).filter(|said| !said.trim().is_empty()) else {
            continue;
        };
        all.push(Remark {
            speaker: utterance.get("speaker").and_then(remarks::label),
            start_ms: remarks::seconds_at(utterance, "start"),
            end_ms: remarks::seconds_at(utterance, "end"),
            words: Cow::Borrowed(said.trim()),
        });
    }
    all
}

fn of_alternative<'t>(alternative: &'t Node<'_>) -> Vec<Remark<'t>> {
    let paragraphs = alternative.get("paragraphs").and_then(|inner| inner.get("paragraphs")).and_then(Node::list);
    let mut all = Vec::new();
    for paragraph in paragraphs.unwrap_or_default() {
        let speaker = paragraph.get("speaker").and_then(remarks::label);
        for sentence in paragraph.get("sentences").and_then(Node::list).unwrap_or_default() {
            if let Some(said) = sentence.get("text").and_then(Node::text).filter(|said| !said.trim().is_empty()) {
                all.push(Remark {
                    speaker: speaker.clone(),
                    start_ms: remarks::seconds_at(sentence, "start"),
                    end_ms: remarks::seconds_at(sentence, "end"),
                    words: Cow::Borrowed(said.trim()),
                });
            }
        }
    }
    if !all.is_empty() {
        return all;
    }
    let words = alternative.get("words").and_then(Node::list).unwrap_or_default();
    let all = remarks::joined(words.iter().filter_map(word));
    if !all.is_empty() {
        return all;
    }
    let whole = alternative.get("transcript").and_then(Node::text).map(str::trim).filter(|whole| !whole.is_empty());
    whole
        .map(|whole| Remark { speaker: None, start_ms: None, end_ms: None, words: Cow::Borrowed(whole) })
        .into_iter()
        .collect()
}

fn word<'t>(node: &'t Node<'_>) -> Option<Word<'t>> {
    Some(Word {
        text: node.get("punctuated_word").or_else(|| node.get("word")).and_then(Node::text)?,
        speaker: node.get("speaker").and_then(remarks::label),
        start_ms: remarks::seconds_at(node, "start"),
        end_ms: remarks::seconds_at(node, "end"),
        glued: false,
    })
}
