//! Any text and any damage: no panic, every piece verbatim and on character boundaries.

use cita::formats::{self, FORMATS};
use proptest::prelude::*;

use super::invariants::check;

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

/// Pieces that make lengths of bytes, characters and shown letters differ.
fn odd_words() -> impl Strategy<Value = String> {
    let letters = prop::sample::select(vec![
        "niño",
        "corazo\u{301}n",
        "👩🏽‍🔧",
        "a\u{200E}b",
        "ﬁrma",
        "«sí»",
        "“no”",
        "\u{202F}p. m.",
        "İstanbul",
        "ß",
        "…",
        "x",
        "\"dos días y nada\"",
        "e\u{301}\u{327}",
        "\u{FEFF}",
        "\u{A0}",
    ]);
    prop::collection::vec(letters, 1..8).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, rng_seed: prop::test_runner::RngSeed::Fixed(31_226), ..ProptestConfig::default() })]

    #[test]
    fn quotes_equal_the_bytes_of_the_file_in_every_layout(
        first in odd_words(), second in odd_words(), crlf in any::<bool>(), marked in any::<bool>(), layout in 0_usize..9,
    ) {
        let text = match layout {
            0 => format!("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>{first}</v>\n\n00:03.000 --> 00:04.000\n{second}\n"),
            1 => format!("1\n00:00:01,000 --> 00:00:02,000\n{first}\n\n2\n00:00:03,000 --> 00:00:04,000\n- {second}\n"),
            2 => format!("[12/3/26, 9:05:33] Ana: {first}\n{second}\n[12/3/26, 9:06:33] Luis: {second}\n"),
            3 => format!("Ana: {first}\nLuis: {second}\nAna: {second}\nLuis: {first}\n"),
            4 => format!("# Nota\n\n- Ana: \"{first} y {second}\"\n- {second}\n"),
            5 => format!("De: Ana <ana@x.example>\nFecha: 12/03/2026\nAsunto: {second}\n\n{first}\n\n> {second}\n"),
            6 => format!("00:00:05\nAna\n{first}\n\n00:00:09\nLuis\n{second}\n\n00:00:11\nAna\n{first}\n"),
            7 => format!("P. {first}\nR. {second}\nP. {first}\nR. {second}\n"),
            _ => format!("token|speaker|ts|endTs\n{first}|1|0.5|0.9\n{second}|2||\n"),
        };
        let text = if crlf { text.replace('\n', "\r\n") } else { text };
        let text = if marked { format!("\u{FEFF}{text}") } else { text };
        if let Ok(reading) = formats::read("any.txt", text.as_bytes(), None) {
            check(&reading);
            if reading.report.format != "rev-nlp" {
                prop_assert_eq!(&reading.transcript.text, &text, "text formats keep the file's own text");
            }
        }
        try_all("any.txt", text.as_bytes());
        // The same in Windows-1252, as far as it has the characters.
        let legacy: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
        try_all("any.txt", &legacy);
    }
}
