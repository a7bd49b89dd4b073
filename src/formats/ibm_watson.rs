//! IBM Watson Speech to Text: results with `timestamps` as `["word", from, to]`, and who speaks apart in `speaker_labels`.
//!
//! Source: <https://cloud.ibm.com/docs/speech-to-text?topic=speech-to-text-speaker-labels>.

use std::borrow::Cow;
use std::collections::HashMap;

use super::json;
use super::reading::remarks::{self, Remark, Word};
use super::reading::tree::Node;
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "ibm-watson",
    label: ("IBM Watson (JSON)", "IBM Watson (JSON)"),
    extensions: &["json"],
    sniff,
    parser: Parser::Strict(|text| json::read(text, remarks)),
};

fn sniff(sample: &Sample<'_>) -> f32 {
    let has = |key| json::has_key(sample, key);
    let labels = has("speaker_labels") && has("from") && has("to") && has("final");
    let results = has("final") && has("alternatives") && (has("timestamps") || has("result_index"));
    if has("result_index") && (labels || results) {
        return 0.98;
    }
    if labels || results { 0.92 } else { 0.0 }
}

fn remarks<'t>(tree: &'t Node<'_>) -> Option<Vec<Remark<'t>>> {
    let mut speakers = HashMap::new();
    let mut results = Vec::new();
    collect(tree, &mut speakers, &mut results, 0);
    let mut all = Vec::new();
    for result in results {
        if matches!(result.get("final"), Some(Node::Truth(false))) {
            continue;
        }
        let Some(first) = result.get("alternatives").and_then(Node::list).and_then(<[_]>::first) else { continue };
        let timed = first.get("timestamps").and_then(Node::list).unwrap_or_default();
        if timed.is_empty() {
            if let Some(said) = first.get("transcript").and_then(Node::text).filter(|said| !said.trim().is_empty()) {
                all.push(Remark { speaker: None, start_ms: None, end_ms: None, words: Cow::Borrowed(said.trim()) });
            }
            continue;
        }
        all.extend(remarks::joined(timed.iter().filter_map(|word| self::word(word, &speakers))));
    }
    Some(all).filter(|all| !all.is_empty())
}

/// Results lie in `results`; an answer of the asynchronous interface has such objects inside its own `results`.
fn collect<'t, 'a>(
    node: &'t Node<'a>,
    speakers: &mut HashMap<u64, Cow<'t, str>>,
    results: &mut Vec<&'t Node<'a>>,
    depth: usize,
) {
    let list = node.list().unwrap_or_default();
    for one in list.iter().filter(|_| depth < 6) {
        collect(one, speakers, results, depth + 1);
    }
    for label in node.get("speaker_labels").and_then(Node::list).unwrap_or_default() {
        if let (Some(from), Some(speaker)) =
            (remarks::seconds_at(label, "from"), label.get("speaker").and_then(remarks::label))
        {
            speakers.insert(from, speaker);
        }
    }
    if node.get("alternatives").is_some() {
        results.push(node);
    } else if let Some(inner) = node.get("results").filter(|_| depth < 6) {
        collect(inner, speakers, results, depth + 1);
    }
}

/// `["word", 0.05, 0.4]`; hesitations stand there as `%HESITATION`, and are no words.
fn word<'t>(node: &'t Node<'_>, speakers: &HashMap<u64, Cow<'t, str>>) -> Option<Word<'t>> {
    let [text, from, to, ..] = node.list()? else { return None };
    let text = text.text().filter(|text| !text.starts_with('%'))?;
    let start_ms = remarks::number_of(from).and_then(remarks::seconds);
    Some(Word {
        text,
        speaker: start_ms.and_then(|from| speakers.get(&from).cloned()),
        start_ms,
        end_ms: remarks::number_of(to).and_then(remarks::seconds),
        glued: false,
    })
}
