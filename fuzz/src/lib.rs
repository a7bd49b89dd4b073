//! What must hold of any file, however damaged: said once, for the fuzz targets and for the tests of the house.

use cita::formats::{self, Reading};
use cita::model::{Nature, Quote};
use cita::text;

/// Reads the bytes, and checks what comes of them. A refusal is as good as a reading.
pub fn read(bytes: &[u8], format: Option<&str>) {
    if let Ok(reading) = formats::read("any.file", bytes, format) {
        check(&reading);
    }
}

/// Unpacks the bytes, and reads what comes of them.
pub fn unpack(bytes: &[u8]) {
    for member in formats::unpack(bytes).unwrap_or_default() {
        assert!(!member.name.is_empty() && !member.name.contains(['/', '\\']), "a name is no path");
        assert!(!member.folder.starts_with('/') && !member.folder.split('/').any(|part| part == ".."));
        if let Ok(bytes) = member.content {
            read(&bytes, None);
        }
    }
}

/// Everything that must hold of any reading.
pub fn check(reading: &Reading) {
    let transcript = &reading.transcript;
    assert!(transcript.turns.iter().any(|turn| turn.nature != Nature::Heading));
    for turn in &transcript.turns {
        assert!(turn.speaker.is_none_or(|speaker| speaker < transcript.speakers.len()));
        let mut before = 0;
        for piece in &turn.pieces {
            let words = piece.slice(&transcript.text).expect("a piece lies on character boundaries");
            assert!(!words.trim().is_empty(), "a piece holds words");
            assert!(piece.start >= before, "pieces are in order and do not overlap");
            before = piece.end;
        }
    }
    let mut last_turn = 0;
    for utterance in text::utterances(transcript) {
        assert!(utterance.turn >= last_turn && utterance.turn < transcript.turns.len());
        last_turn = utterance.turn;
        let quote = Quote {
            text: utterance.text.clone(),
            pieces: utterance.pieces.clone(),
            turn: utterance.turn,
            utterance: 0,
        };
        assert!(quote.is_verbatim(&transcript.text), "{utterance:?}");
        assert!(utterance.text.len() <= 4096 && utterance.text.chars().any(char::is_alphanumeric));
        let turn = &transcript.turns[utterance.turn];
        for piece in &utterance.pieces {
            assert!(turn.pieces.iter().any(|whole| whole.start <= piece.start && piece.end <= whole.end));
        }
    }
}
