//! Bytes become text, whatever spelled them.

use cita::model::Encoding;
use cita::text;

const WORDS: &str = "Inés: Mañana no podré, perdí la contraseña.\nPeña: ¿Otra vez?\nInés: Otra vez. Sí, señor: «la de siempre».\nPeña: Qué lástima…\n";

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/fixtures/transcripts/encodings/{name}", env!("CARGO_MANIFEST_DIR"))).expect("it is there")
}

#[test]
fn every_encoding_gives_the_same_words() {
    for (file, encoding) in [
        ("utf-8-bom.txt", Encoding::Utf8),
        ("utf-16le-bom.txt", Encoding::Utf16Le),
        ("utf-16be-bom.txt", Encoding::Utf16Be),
        ("utf-16le.txt", Encoding::Utf16Le),
        ("utf-16be.txt", Encoding::Utf16Be),
        ("windows-1252.txt", Encoding::Windows1252),
        ("mixed.txt", Encoding::Utf8),
    ] {
        let decoded = text::decode(&fixture(file)).unwrap_or_else(|problem| panic!("{file}: {problem}"));
        assert_eq!(decoded.text.trim_start_matches('\u{FEFF}'), WORDS, "{file}");
        assert_eq!(decoded.encoding, encoding, "{file}");
    }
}

#[test]
fn utf_8_is_kept_byte_for_byte_with_its_mark() {
    let bytes = fixture("utf-8-bom.txt");
    let decoded = text::decode(&bytes).expect("it is text");
    assert_eq!(decoded.text.as_bytes(), bytes);
    assert!(decoded.warnings.is_empty());
}

#[test]
fn stray_bytes_are_told_with_their_line() {
    let decoded = text::decode(&fixture("mixed.txt")).expect("it is text");
    assert_eq!(decoded.warnings.len(), 1);
    assert_eq!((decoded.warnings[0].code.as_str(), decoded.warnings[0].line), ("invalid_utf8", Some(4)));
}

#[test]
fn a_lone_surrogate_is_damage_and_no_refusal() {
    let bytes = [b"\xFF\xFE".as_slice(), b"h\0o\0l\0a\0\n\0", b"\x00\xD8", b"x\0"].concat();
    let decoded = text::decode(&bytes).expect("it is text");
    assert_eq!(decoded.text, "hola\n\u{FFFD}x");
    assert_eq!(decoded.warnings[0].line, Some(2));
}

#[test]
fn another_alphabet_is_told() {
    let cyrillic: Vec<u8> = "Добрый день, коллеги. Мы опять потеряли заказ и не знаем почему."
        .chars()
        .map(|c| match u32::from(c) {
            code @ 0x410..=0x44F => u8::try_from(code - 0x410 + 0xC0).expect("it fits"),
            code => u8::try_from(code).unwrap_or(b'?'),
        })
        .collect();
    let decoded = text::decode(&cyrillic).expect("it is text of some kind");
    assert_eq!(decoded.warnings.first().map(|warning| warning.code.as_str()), Some("encoding_guess"));
}

#[test]
fn what_is_no_text_is_refused() {
    for (bytes, code) in [
        (b"".as_slice(), "empty_file"),
        (b" \r\n\t", "empty_file"),
        (b"\xEF\xBB\xBF", "empty_file"),
        (b"\xFF\xFE", "empty_file"),
        (b"\xFF\xFE \0\n\0", "empty_file"),
        (b"PK\x03\x04rest", "binary_file"),
        (b"\x89PNG\r\n", "binary_file"),
        (b"MZ\x90\x00\x03", "binary_file"),
        (b"\0\0\0\x18ftypmp42", "binary_file"),
        (b"word\0word\x01\x02", "binary_file"),
    ] {
        let problem = text::decode(bytes).expect_err("it is no text");
        assert_eq!(problem.code, code, "{bytes:?}");
        assert!(!problem.hint.es.is_empty() && !problem.hint.en.is_empty());
    }
}

#[test]
fn one_stray_control_character_in_a_long_text_is_only_told() {
    let text = format!("{}\u{1}{}", "Nadie sabe dónde está la llave.\n".repeat(40), "Nadie.\n".repeat(40));
    let decoded = text::decode(text.as_bytes()).expect("it is text");
    assert_eq!(decoded.text, text);
    assert_eq!((decoded.warnings[0].code.as_str(), decoded.warnings[0].line), ("control_characters", Some(41)));
}
