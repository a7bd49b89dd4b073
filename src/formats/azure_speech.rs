//! Azure Speech, batch and fast transcription: `recognizedPhrases` with the best guess of each, or `phrases`.
//!
//! Source: <https://learn.microsoft.com/azure/ai-services/speech-service/batch-transcription-get>.

use std::borrow::Cow;

use super::json;
use super::reading::remarks::{self, Remark};
use super::reading::tree::Node;
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "azure-speech",
    label: ("Azure Speech (JSON)", "Azure Speech (JSON)"),
    extensions: &["json"],
    sniff,
    parser: Parser::Strict(|text| json::read(text, remarks)),
};

fn sniff(sample: &Sample<'_>) -> f32 {
    let has = |key| json::has_key(sample, key);
    if has("recognizedPhrases") || has("combinedRecognizedPhrases") {
        return 0.99;
    }
    if has("combinedPhrases") || (has("phrases") && has("offsetMilliseconds")) { 0.97 } else { 0.0 }
}

fn remarks<'t>(tree: &'t Node<'_>) -> Option<Vec<Remark<'t>>> {
    let phrases = tree.find("recognizedPhrases").or_else(|| tree.find("phrases")).and_then(Node::list)?;
    let mut all: Vec<Remark<'t>> = phrases.iter().filter_map(phrase).collect();
    all.sort_by_key(|remark| remark.start_ms);
    Some(all).filter(|all| !all.is_empty())
}

fn phrase<'t>(node: &'t Node<'_>) -> Option<Remark<'t>> {
    let best = node.get("nBest").and_then(Node::list).and_then(<[_]>::first);
    let words = best.and_then(|best| best.get("display")).or_else(|| node.get("text")).and_then(Node::text)?.trim();
    let number = |key| node.get(key).and_then(remarks::number_of);
    let ticks = |key| number(key).and_then(|ticks| remarks::milliseconds(ticks / 10_000.0));
    let start_ms = ticks("offsetInTicks").or_else(|| number("offsetMilliseconds").and_then(remarks::milliseconds));
    let lasts_ms = ticks("durationInTicks").or_else(|| number("durationMilliseconds").and_then(remarks::milliseconds));
    (!words.is_empty()).then(|| Remark {
        speaker: node.get("speaker").and_then(remarks::label),
        start_ms,
        end_ms: start_ms.zip(lasts_ms).map(|(start, lasts)| start + lasts),
        words: Cow::Borrowed(words),
    })
}
