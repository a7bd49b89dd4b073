//! How fast the language of a meeting is told, beside two detectors that judge each utterance alone.
//!
//! `cargo bench --bench language`. lingua is left out: its models would make every build of the tests slower.

use cita::text::language::{Spoken, tag};
use divan::Bencher;
use divan::counter::BytesCount;
use whatlang::{Detector, Lang};

/// The bilingual meetings among the fixtures: lines of `[time] Name: words`.
const MEETINGS: [&str; 2] = [
    include_str!("../fixtures/meetings/bf-03-diagnostico-142-sistemas.txt"),
    include_str!("../fixtures/meetings/vis-04-cierre-y-aprendizajes.txt"),
];

fn main() {
    divan::main();
}

#[divan::bench]
fn cita_in_conversation(bencher: Bencher<'_, '_>) {
    let meetings = MEETINGS.map(utterances);
    bencher.counter(bytes(&meetings)).bench(|| meetings.each_ref().map(|meeting| tag(meeting)));
}

#[divan::bench]
fn cita_each_alone(bencher: Bencher<'_, '_>) {
    let meetings = MEETINGS.map(utterances);
    bencher
        .counter(bytes(&meetings))
        .bench(|| meetings.iter().flatten().map(|spoken| tag(std::slice::from_ref(spoken)).len()).sum::<usize>());
}

#[divan::bench]
fn whatlang_all_languages(bencher: Bencher<'_, '_>) {
    let meetings = MEETINGS.map(utterances);
    bencher.counter(bytes(&meetings)).bench(|| {
        meetings.iter().flatten().filter(|spoken| whatlang::detect_lang(spoken.text) == Some(Lang::Spa)).count()
    });
}

#[divan::bench]
fn whatlang_spanish_and_english(bencher: Bencher<'_, '_>) {
    let meetings = MEETINGS.map(utterances);
    let detector = Detector::with_allowlist(vec![Lang::Spa, Lang::Eng]);
    bencher.counter(bytes(&meetings)).bench(|| {
        meetings.iter().flatten().filter(|spoken| detector.detect_lang(spoken.text) == Some(Lang::Spa)).count()
    });
}

#[divan::bench]
fn whichlang_all_languages(bencher: Bencher<'_, '_>) {
    let meetings = MEETINGS.map(utterances);
    bencher.counter(bytes(&meetings)).bench(|| {
        let spanish = |spoken: &&Spoken<'_>| whichlang::detect_language(spoken.text) == whichlang::Lang::Spa;
        meetings.iter().flatten().filter(spanish).count()
    });
}

/// What is said, each line one utterance; speakers by the order in which they first speak.
fn utterances(meeting: &'static str) -> Vec<Spoken<'static>> {
    let mut names: Vec<&str> = Vec::new();
    let said = meeting.lines().filter_map(|line| line.split_once("] ")?.1.split_once(": "));
    said.map(|(name, text)| {
        let speaker = names.iter().position(|known| *known == name).unwrap_or_else(|| {
            names.push(name);
            names.len() - 1
        });
        Spoken { speaker: Some(speaker), text }
    })
    .collect()
}

fn bytes(meetings: &[Vec<Spoken<'_>>]) -> BytesCount {
    BytesCount::new(meetings.iter().flatten().map(|spoken| spoken.text.len()).sum::<usize>())
}
