//! Any text and any damage: no panic, every piece verbatim and on character boundaries.

use cita::formats::{self, FORMATS, Reading};
use cita::model::{Nature, Quote};
use cita::text;
use proptest::prelude::*;

/// Everything that must hold of any reading.
pub(super) fn check(reading: &Reading) {
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

/// Reads the bytes as every format and as none.
fn try_all(file_name: &str, bytes: &[u8]) {
    for format in FORMATS.iter().map(|format| Some(format.name)).chain([None]) {
        if let Ok(reading) = formats::read(file_name, bytes, format) {
            check(&reading);
        }
    }
}

fn fragment() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "WEBVTT",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\u{FEFF}",
        "\u{200E}",
        "00:00:01.000 --> 00:00:02.000\n",
        "1\n00:00:01,000 --> 00:00:02,000\n",
        "00:01 --> ",
        "<v Ana>",
        "</v>",
        "<c>",
        "<00:00:01.000>",
        "<",
        ">>",
        "- ",
        "* ",
        "● ",
        "1. ",
        "a.",
        "| ",
        "|---|",
        "# ",
        "**",
        "**Ana:** ",
        "Ana: ",
        "Luis (Comité): ",
        "P: ",
        "R: ",
        "[00:12:03] Ana: ",
        "[Ana Paz] 11:02:09\n",
        "Ana Paz  0:12\n",
        "12:03:00 AM",
        "0:00:01.000,0:00:02.000\n",
        "\t",
        "---\n",
        "Fecha: 12/03/2026\n",
        "Asistentes:\n",
        "👩‍👩‍👧",
        "e\u{301}",
        "ñ",
        "¿Qué?",
        "¡No!",
        "…",
        "Sr. Paz",
        "3.14",
        "EE.UU. ",
        "\u{2028}",
        "\u{85}",
        "\0",
        "{\"text\": \"",
        "\"}",
        "[{",
        "}]",
        "\\ud800",
        "\u{202E}",
        "palabras que siguen ",
        "words go on ",
        "and on. Next ",
        "\u{3000}",
    ]);
    prop_oneof![4 => odd.prop_map(str::to_owned), 1 => "\\PC{0,12}", 1 => "[a-zá-ú ]{1,30}[.?!]? "]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, rng_seed: prop::test_runner::RngSeed::Fixed(20_260_312), ..ProptestConfig::default() })]

    #[test]
    fn any_text_reads_verbatim(fragments in prop::collection::vec(fragment(), 1..60)) {
        try_all("any.txt", fragments.concat().as_bytes());
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        try_all("any.bin", &bytes);
    }

    #[test]
    fn any_json_is_read_or_refused(words in prop::collection::vec("\\PC{0,20}", 1..8), start in any::<f64>(), end in any::<i64>()) {
        let segments: Vec<_> = words
            .iter()
            .map(|words| serde_json::json!({ "speaker": words, "text": format!("{words}\n{words}"), "start": start, "end": end }))
            .collect();
        try_all("any.json", serde_json::json!({ "segments": segments }).to_string().as_bytes());
    }
}
