//! What the readers of several formats share: lines, time stamps, speaker labels, cues, facts.

pub mod badges;
pub mod census;
pub mod columns;
pub mod cue_labels;
pub mod cues;
pub mod dates;
pub mod dialogue;
pub mod draft;
pub mod facts;
pub mod fields;
pub mod labels;
pub mod limits;
pub mod lines;
pub mod moments;
pub mod notes;
pub mod package;
pub mod pages;
pub mod pdf_bombs;
pub mod remarks;
pub mod reported;
pub mod stamps;
pub mod table;
pub mod tree;
pub mod word;
pub mod wrapped;
