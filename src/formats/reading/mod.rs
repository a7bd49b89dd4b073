//! What the readers of several formats share: lines, time stamps, speaker labels, cues, facts.

pub mod badges;
pub mod census;
pub mod cue_labels;
pub mod cues;
pub mod dates;
pub mod dialogue;
pub mod draft;
pub mod facts;
pub mod labels;
pub mod lines;
pub mod notes;
pub mod remarks;
pub mod stamps;
pub mod tree;
