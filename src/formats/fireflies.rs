//! Fireflies: `sentences` with text, seconds, and the speaker by name or, where the name is missing, by index.

use super::json;
use super::reading::remarks::Remark;
use super::reading::tree::Node;
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "fireflies",
    label: ("Fireflies (JSON)", "Fireflies (JSON)"),
    extensions: &["json"],
    sniff,
    parser: Parser::Strict(|text| json::read(text, remarks)),
};

fn sniff(sample: &Sample<'_>) -> f32 {
    let sentences = json::has_key(sample, "sentences") || json::has_key(sample, "raw_text");
    let by_index = json::has_key(sample, "speaker_id") || json::has_key(sample, "speaker_name");
    if json::has_key(sample, "raw_text") && by_index || json::has_key(sample, "firefliesUrl") {
        return 0.97;
    }
    if sentences && by_index { 0.9 } else { 0.0 }
}

fn remarks<'t>(tree: &'t Node<'_>) -> Option<Vec<Remark<'t>>> {
    let sentences = tree.find("sentences").and_then(Node::list).or_else(|| tree.list())?;
    json::listed(tree, sentences)
}
