//! Snapshots of every fixture: format, facts, turns, utterances, what was left over.

use std::fmt::Write;

use cita::formats::{self, FORMATS, Reading};
use cita::model::{Nature, Transcript};
use cita::text;

use super::{fixtures, name};

#[test]
fn every_fixture_reads_as_its_snapshot() {
    for format in FORMATS {
        let files = fixtures(&format!("transcripts/{}", format.name));
        let hostile = files.iter().filter(|(path, _)| name(path).starts_with("hostile")).count();
        assert!(hostile >= 1 && files.len() > hostile, "{} needs a good and a hostile fixture", format.name);
        for (path, bytes) in files {
            let file_name = name(&path);
            let forced = file_name.starts_with("hostile").then_some(format.name);
            let reading =
                formats::read(file_name, &bytes, forced).unwrap_or_else(|problem| panic!("{file_name}: {problem}"));
            assert_eq!(reading.report.format, format.name, "{file_name}");
            let shown = show(&reading);
            let snapshot = format!("{}__{}", format.name, file_name.replace('.', "_"));
            insta::with_settings!({ snapshot_path => "../snapshots/formats", prepend_module_to_snapshot => false, omit_expression => true }, {
                insta::assert_snapshot!(snapshot, shown);
            });
        }
    }
}

/// A reading in a form that people can check by eye.
fn show(reading: &Reading) -> String {
    let Reading { transcript, report } = reading;
    let mut out = String::new();
    let confidence = report.confidence;
    let _ = writeln!(
        out,
        "format {} {confidence:.2} runner-up {:?} encoding {}",
        report.format,
        report.runner_up,
        report.encoding.name()
    );
    let _ =
        writeln!(out, "covered {:?} repeats {} facts {:?}", report.covered_ms, report.repeats_removed, report.facts);
    for left in &report.left_over {
        let _ = writeln!(out, "left over, line {}: {:?}", left.line, left.text);
    }
    for warning in &report.warnings {
        let _ = writeln!(out, "warning, line {:?}: {} {}", warning.line, warning.code, warning.text.en);
    }
    let utterances = text::utterances(transcript);
    for (ordinal, turn) in transcript.turns.iter().enumerate() {
        let who = turn.speaker.map_or("-", |speaker| transcript.speakers[speaker].label.as_str());
        let nature = match turn.nature {
            Nature::Speech => "speech",
            Nature::Note => "note",
            Nature::Heading => "heading",
        };
        let _ = writeln!(out, "{ordinal} {nature} {who:?} {} {}", time(turn.start_ms), time(turn.end_ms));
        for utterance in utterances.iter().filter(|utterance| utterance.turn == ordinal) {
            let _ = writeln!(out, "    {}", pieces(transcript, utterance));
        }
    }
    out
}

fn time(milliseconds: Option<u64>) -> String {
    milliseconds.map_or("?".to_owned(), |time| time.to_string())
}

/// The pieces with a bar between them, so that the snapshot shows where they part.
fn pieces(transcript: &Transcript, utterance: &cita::model::Utterance) -> String {
    let slices: Vec<&str> =
        utterance.pieces.iter().map(|piece| piece.slice(&transcript.text).expect("it fits")).collect();
    assert_eq!(slices.join(" "), utterance.text);
    slices.join(" | ")
}
