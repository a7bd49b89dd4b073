//! What cannot be used is refused with a code, a place and a hint in both languages.

use super::{fixtures, name, refused};

#[test]
fn every_broken_fixture_is_refused_with_its_code() {
    let expected = [
        ("acta.pdf", "malformed_pdf"),
        ("blank.docx", "no_usable_turn"),
        ("blank.vtt", "empty_file"),
        ("bomb.docx", "unpacks_too_large"),
        ("bomb.pdf", "unpacks_too_large"),
        ("bomb.xlsx", "unpacks_too_large"),
        ("cut.docx", "malformed_archive"),
        ("damaged.json", "malformed_json"),
        ("deck.pptx", "binary_file"),
        ("deep.docx", "malformed_docx"),
        ("deep.json", "malformed_json"),
        ("empty.txt", "empty_file"),
        ("entities.docx", "xml_with_dtd"),
        ("locked.pdf", "pdf_encrypted"),
        ("loop.pdf", "unpacks_too_large"),
        ("meetings.zip", "archive_file"),
        ("minutes.txt", "malformed_archive"),
        ("no-cues.vtt", "no_usable_turn"),
        ("no-times.vtt", "no_usable_turn"),
        ("noise.srt", "binary_file"),
        ("numbers.json", "no_usable_turn"),
        ("only-bom.txt", "empty_file"),
        ("only-headings.md", "no_usable_turn"),
        ("picture.vtt", "binary_file"),
        ("scan.pdf", "pdf_without_text"),
    ];
    let files = fixtures("broken");
    let names: Vec<&str> = files.iter().map(|(path, _)| name(path)).collect();
    assert_eq!(names, expected.map(|(file, _)| file));
    for ((path, bytes), (_, code)) in files.iter().zip(expected) {
        let problem = refused(name(path), bytes);
        assert_eq!(problem.code, code, "{}", path.display());
        for words in [&problem.detail.es, &problem.detail.en, &problem.hint.es, &problem.hint.en] {
            assert!(!words.is_empty(), "{}", path.display());
        }
        let place = problem.place.expect("the file is named");
        assert_eq!(place.file.as_deref(), Some(name(path)));
    }
}

#[test]
fn the_place_is_the_line_to_look_at() {
    let place = |file: &str| {
        let (_, bytes) = fixtures("broken").into_iter().find(|(path, _)| name(path) == file).expect("it is there");
        refused(file, &bytes).place.expect("a place")
    };
    let damaged = place("damaged.json");
    assert_eq!((damaged.line, damaged.column), (Some(2), Some(17)));
    assert_eq!(damaged.excerpt.as_deref(), Some(" {\"text\": \"dos\" \"start\": 3}]}"));
    let untimed = place("no-times.vtt");
    assert_eq!((untimed.line, untimed.excerpt.as_deref()), (Some(3), Some("uno")));
    assert_eq!(place("no-cues.vtt").line, Some(1));
}
