//! Rev, by people and by machine: `monologues` of `elements`, the marks and spaces between words included.
//!
//! Source: <https://docs.rev.ai/api/asynchronous/transcribe/>.

use std::borrow::Cow;
use std::collections::HashMap;

use super::json;
use super::reading::remarks::{self, Remark};
use super::reading::stamps;
use super::reading::tree::Node;
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "rev",
    label: ("Rev (JSON)", "Rev (JSON)"),
    extensions: &["json"],
    sniff,
    parser: Parser::Strict(|text| json::read(text, remarks)),
};

fn sniff(sample: &Sample<'_>) -> f32 {
    match (json::has_key(sample, "monologues"), json::has_key(sample, "elements")) {
        (true, true) => 0.99,
        (true, false) => 0.9,
        _ => 0.0,
    }
}

fn remarks<'t>(tree: &'t Node<'_>) -> Option<Vec<Remark<'t>>> {
    let names = json::speaker_names(tree);
    let mut all = Vec::new();
    for monologue in tree.find("monologues").and_then(Node::list)? {
        let speaker = speaker(monologue, &names);
        let mut open: Option<Remark<'t>> = None;
        for element in monologue.get("elements").and_then(Node::list).unwrap_or_default() {
            let Some(value) = element.get("value").and_then(Node::text) else { continue };
            let (start_ms, end_ms) = (time(element, ["ts", "timestamp"]), time(element, ["end_ts", "end_timestamp"]));
            let is_text = element.get("type").and_then(Node::text) != Some("punct");
            if is_text && open.as_ref().is_some_and(|open| ended(&open.words)) {
                all.extend(open.take());
            }
            let Some(open) = &mut open else {
                if !value.trim().is_empty() {
                    let words = Cow::Owned(value.to_owned());
                    open = Some(Remark { speaker: speaker.clone(), start_ms, end_ms, words });
                }
                continue;
            };
            open.words.to_mut().push_str(value);
            open.start_ms = open.start_ms.or(start_ms);
            open.end_ms = end_ms.max(open.end_ms);
        }
        all.extend(open);
    }
    for remark in &mut all {
        remark.words = Cow::Owned(remark.words.trim().to_owned());
    }
    Some(all).filter(|all| !all.is_empty())
}

/// A sentence ended, and the space behind it is there.
fn ended(words: &str) -> bool {
    words.ends_with(char::is_whitespace) && words.trim_end().ends_with(['.', '?', '!', '…'])
}

fn speaker<'t>(monologue: &'t Node<'_>, names: &HashMap<String, String>) -> Option<Cow<'t, str>> {
    let named = monologue.get("speaker_info").and_then(|info| info.get("display_name"));
    if let Some(name) = monologue.get("speaker_name").or(named).and_then(remarks::label) {
        return Some(name);
    }
    let node = monologue.get("speaker")?;
    let key = match node {
        Node::Number(number) => number.to_string(),
        other => other.text()?.trim().to_owned(),
    };
    names.get(&key).map(|name| Cow::Owned(name.clone())).or_else(|| remarks::label(node))
}

/// Seconds from the machine, `00:00:01,210` from people.
fn time(element: &Node<'_>, keys: [&str; 2]) -> Option<u64> {
    let node = keys.into_iter().find_map(|key| element.get(key))?;
    match node.text().and_then(|text| stamps::whole(text.trim())) {
        Some(time) => Some(time),
        None => remarks::number_of(node).and_then(remarks::seconds),
    }
}
