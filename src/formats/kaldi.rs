//! Kaldi and Vosk: `words` or `result` lists of single words in seconds; segments of speakers apart, where there are any; one
//! object behind the other where the recogniser writes as it goes.

use std::borrow::Cow;

use super::json;
use super::reading::remarks::{self, Remark, Word};
use super::reading::tree::Node;
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "kaldi",
    label: ("Kaldi o Vosk (JSON)", "Kaldi or Vosk (JSON)"),
    extensions: &["json", "jsonl"],
    sniff,
    parser: Parser::Strict(|text| json::read(text, remarks)),
};

fn sniff(sample: &Sample<'_>) -> f32 {
    let has = |key| json::has_key(sample, key);
    let bbc = has("word") && has("punct") && has("start") && (has("retval") || has("words"));
    let vosk = has("result") && has("word") && has("conf") && has("start");
    let server = has("hypotheses") && (has("word-alignment") || has("transcript") || has("utterance"));
    if bbc || vosk || server { 0.96 } else { 0.0 }
}

fn remarks<'t>(tree: &'t Node<'_>) -> Option<Vec<Remark<'t>>> {
    let speakers = speakers(tree);
    let mut all = Vec::new();
    visit(tree, &speakers, &mut all, 0, 0);
    all.sort_by_key(|remark| remark.start_ms);
    Some(all).filter(|all| !all.is_empty())
}

/// Who speaks from when to when, in milliseconds.
type Turns<'t> = Vec<(u64, u64, Cow<'t, str>)>;

fn speakers<'t>(tree: &'t Node<'_>) -> Turns<'t> {
    let segments = tree.find("segmentation").and_then(|found| found.get("segments")).and_then(Node::list);
    let of = |segment: &'t Node<'_>| {
        let start = remarks::seconds_at(segment, "start")?;
        let speaker = segment.get("speaker").and_then(|speaker| speaker.get("@id")).and_then(remarks::label)?;
        Some((start, start + remarks::seconds_at(segment, "duration")?, speaker))
    };
    let mut turns: Turns<'t> = segments.unwrap_or_default().iter().filter_map(of).collect();
    turns.sort_by_key(|(start, ..)| *start);
    turns
}

fn visit<'t>(node: &'t Node<'_>, speakers: &Turns<'t>, all: &mut Vec<Remark<'t>>, before_ms: u64, depth: usize) {
    if let Some(list) = node.list().filter(|_| depth < 3) {
        for one in list {
            visit(one, speakers, all, before_ms, depth + 1);
        }
        return;
    }
    let offset_ms = remarks::seconds_at(node, "segment-start").unwrap_or(before_ms);
    for inner in ["retval", "result"].into_iter().filter_map(|key| node.get(key)) {
        if inner.list().is_none() && depth < 3 {
            visit(inner, speakers, all, offset_ms, depth + 1);
        }
    }
    let hypothesis = node.get("hypotheses").and_then(Node::list).and_then(<[_]>::first);
    let list = |key: &str| node.get(key).and_then(Node::list);
    let aligned = hypothesis.and_then(|first| first.get("word-alignment")).and_then(Node::list);
    let label = node.get("spk_label").or_else(|| node.get("speaker")).and_then(remarks::label);
    if let Some(words) = list("words").or_else(|| list("result")).or(aligned) {
        let words = words.iter().filter_map(|word| self::word(word, offset_ms, speakers, label.as_ref()));
        all.extend(remarks::joined(words));
        return;
    }
    let said = hypothesis.and_then(|first| first.get("transcript").or_else(|| first.get("utterance")));
    if let Some(said) = said.and_then(Node::text).map(str::trim).filter(|said| !said.is_empty()) {
        let start_ms = Some(offset_ms).filter(|offset| *offset > 0);
        let lasts_ms = remarks::seconds_at(node, "segment-length").unwrap_or(0);
        let end_ms = start_ms.map(|start| start + lasts_ms);
        all.push(Remark { speaker: label, start_ms, end_ms, words: Cow::Borrowed(said) });
    }
}

fn word<'t>(
    node: &'t Node<'_>,
    offset_ms: u64,
    speakers: &Turns<'t>,
    label: Option<&Cow<'t, str>>,
) -> Option<Word<'t>> {
    let text = node.get("punct").or_else(|| node.get("word")).and_then(Node::text)?;
    let start_ms = remarks::seconds_at(node, "start").map(|start| start + offset_ms);
    let by_length = || Some(start_ms? + remarks::seconds_at(node, "length")?);
    let turn = speakers.partition_point(|(from, ..)| Some(*from) <= start_ms).checked_sub(1);
    let speaker = turn.and_then(|turn| speakers.get(turn)).map(|(_, _, name)| name.clone());
    Some(Word {
        text,
        speaker: speaker.or_else(|| label.cloned()),
        start_ms,
        end_ms: remarks::seconds_at(node, "end").map(|end| end + offset_ms).or_else(by_length),
        glued: remarks::is_mark(text),
    })
}
