//! The content decides the format; the name only breaks ties; a person may decide otherwise.

use cita::formats::{self, FORMATS};

use super::{fixtures, name, read};

#[test]
fn good_fixtures_are_recognised_under_any_name() {
    for format in FORMATS {
        for (path, bytes) in fixtures(&format!("transcripts/{}", format.name)) {
            if name(&path).starts_with("hostile") {
                continue;
            }
            for other_name in ["upload", "upload.vtt", "upload.txt", "upload.json", "upload.md"] {
                if format.name == "plain" && other_name == "upload.md" {
                    // Text without any mark is Markdown as much as anything: there the name decides.
                    continue;
                }
                let reading = formats::read(other_name, &bytes, None).expect("it is usable");
                assert_eq!(reading.report.format, format.name, "{} as {other_name}", path.display());
            }
        }
    }
}

#[test]
fn names_of_formats_are_unique_and_every_file_is_listed() {
    let mut names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    names.sort_unstable();
    let mut files: Vec<String> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/formats"))
        .expect("the room is there")
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .filter_map(|path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()))
        .filter(|stem| stem != "mod")
        .map(|stem| stem.replace('_', "-"))
        .collect();
    files.sort();
    assert_eq!(names, files);
}

#[test]
fn every_format_has_a_label_in_both_languages() {
    for format in FORMATS {
        assert!(!format.label().es.is_empty() && !format.label().en.is_empty());
        assert!(!format.extensions.is_empty());
    }
}

#[test]
fn an_override_is_obeyed_and_the_better_guess_is_told() {
    let text = "Ana: ¿Cuánto tarda?\nLuis: Dos días, a veces tres.\nAna: ¿Y en agosto?\n";
    let reading = formats::read("chat.txt", text.as_bytes(), Some("plain")).expect("plain text reads anything");
    assert_eq!(reading.report.format, "plain");
    assert_eq!(reading.report.runner_up.as_deref(), Some("labelled"));
    assert_eq!(read("chat.txt", text).report.format, "labelled");
}

#[test]
fn an_unknown_format_names_the_known_ones_and_the_nearest() {
    let problem = formats::read("a.vtt", b"WEBVTT", Some("webvt")).expect_err("no such format");
    assert_eq!(problem.code, "unknown_format");
    assert!(problem.hint.en.contains("Did you mean “webvtt”?"), "{}", problem.hint.en);
    assert!(problem.hint.es.contains("¿Quiso decir «webvtt»?"), "{}", problem.hint.es);
    for format in FORMATS {
        assert!(problem.hint.en.contains(format.name));
    }
    let by_ending = formats::named("vtt").err().expect("an ending is no name");
    assert!(by_ending.hint.en.contains("“webvtt”"), "{}", by_ending.hint.en);
    let far = formats::named("zzzz").err().expect("nothing is near");
    assert!(!far.hint.en.contains("Did you mean"), "{}", far.hint.en);
}

#[test]
fn a_close_second_is_told() {
    let reading = read("notas.txt", "Una visita corta.\n\n- Faltan tapas\n\nNada más por hoy, volvemos el martes.\n");
    assert!(reading.report.runner_up.is_some());
}

#[test]
fn captions_without_their_header_are_captions() {
    let reading = read("x.txt", "00:01.000 --> 00:02.000\nuno\n\n00:02.000 --> 00:03.000\ndos\n");
    assert_eq!(reading.report.format, "webvtt");
    assert_eq!(reading.report.covered_ms, Some(2000));
}
