//! How well and how fast the language of utterances is told, beside three detectors that judge each utterance alone:
//! one table in Markdown, as it stands in `benches/LANGUAGE.md`.
//!
//! `cargo bench --bench language`. Accuracy is over the labelled conversations of the fixtures; speed, on one core, over
//! them and the bilingual meetings among the fixtures. The others are asked for Spanish or English only, where they can
//! be, so that no answer is lost to a third language; on Portuguese lines only detectors that know it are counted.

use std::hint::black_box;
use std::time::{Duration, Instant};

use cita::model::Language;
use cita::text::language::{Spoken, tag};
use lingua::{LanguageDetector, LanguageDetectorBuilder};
use whatlang::{Detector, Lang};

const CONVERSATIONS: &str = include_str!("../fixtures/languages/conversations.tsv");
/// Lines of `[time] Name: words`.
const MEETINGS: [&str; 2] = [
    include_str!("../fixtures/meetings/bf-03-diagnostico-142-sistemas.txt"),
    include_str!("../fixtures/meetings/vis-04-cierre-y-aprendizajes.txt"),
];
/// For so long each detector is timed, after one round that is not.
const TIMED: Duration = Duration::from_secs(2);

/// A line with what a person says of it.
struct Line {
    conversation: &'static str,
    speaker: &'static str,
    language: Language,
    mixed: bool,
    text: &'static str,
}

/// What a detector says of a line; `mixed` only where it says so.
struct Answer {
    language: Language,
    mixed: Option<bool>,
}

/// Judges conversations, each of them whole.
type Judge<'a> = Box<dyn Fn(&[Spoken<'_>]) -> Vec<Answer> + 'a>;

fn main() {
    let lines: Vec<Line> = CONVERSATIONS.lines().skip(1).map(line).collect();
    let lingua = |low: bool| {
        let mut builder =
            LanguageDetectorBuilder::from_languages(&[lingua::Language::Spanish, lingua::Language::English]);
        if low {
            builder.with_low_accuracy_mode();
        }
        builder.with_preloaded_language_models().build()
    };
    let (high, low) = (lingua(false), lingua(true));
    let pair = Detector::with_allowlist(vec![Lang::Spa, Lang::Eng]);
    let all = Detector::new();
    let judges: [(&str, bool, Judge<'_>); 7] = [
        ("cita, in conversation", true, Box::new(cita_judges)),
        (
            "cita, each utterance alone",
            true,
            Box::new(|said| said.iter().flat_map(|one| cita_judges(&[*one])).collect()),
        ),
        ("whatlang, Spanish and English", false, alone(|text| of_whatlang(&pair, text))),
        ("whatlang, all languages", true, alone(|text| of_whatlang(&all, text))),
        ("whichlang, all its languages", true, alone(of_whichlang)),
        ("lingua, Spanish and English, high accuracy", false, alone(|text| of_lingua(&high, text))),
        ("lingua, Spanish and English, low accuracy", false, alone(|text| of_lingua(&low, text))),
    ];
    println!("| detector | 1-3 words | 4-7 words | all | Portuguese | mixed F1 | MB/s on one core |");
    println!("|---|---|---|---|---|---|---|");
    for (name, portuguese, judge) in &judges {
        println!("| {name} | {} | {:.1} |", accuracy(&lines, *portuguese, judge), speed(judge, &lines));
    }
}

fn line(row: &'static str) -> Line {
    let mut columns = row.split('\t');
    let mut next = || columns.next().expect("five columns");
    Line {
        conversation: next(),
        speaker: next(),
        language: next().parse().expect("a language"),
        mixed: next() == "mixed",
        text: next(),
    }
}

fn accuracy(lines: &[Line], portuguese: bool, judge: &Judge<'_>) -> String {
    let mut pairs: Vec<(&Line, Answer)> = Vec::new();
    for conversation in lines.chunk_by(|one, next| one.conversation == next.conversation) {
        let speakers: Vec<&str> = conversation.iter().map(|line| line.speaker).collect();
        let speaker = |name: &str| speakers.iter().position(|known| *known == name);
        let said: Vec<Spoken<'_>> =
            conversation.iter().map(|line| Spoken { speaker: speaker(line.speaker), text: line.text }).collect();
        pairs.extend(conversation.iter().zip(judge(&said)));
    }
    let right = |wanted: &dyn Fn(&Line) -> bool| {
        let chosen: Vec<bool> = pairs
            .iter()
            .filter(|(line, _)| wanted(line))
            .map(|(line, answer)| line.language == answer.language)
            .collect();
        format!("{:.3}", chosen.iter().filter(|right| **right).count() as f64 / chosen.len() as f64)
    };
    let of_two = |line: &Line| line.language != Language::Portuguese;
    let short = right(&|line| of_two(line) && words(line.text) <= 3);
    let middle = right(&|line| of_two(line) && (4..=7).contains(&words(line.text)));
    let third = if portuguese { right(&|line| !of_two(line)) } else { "–".to_owned() };
    format!("{short} | {middle} | {} | {third} | {}", right(&of_two), mixed_score(&pairs))
}

/// The harmonic mean of precision and recall of "mixed".
fn mixed_score(pairs: &[(&Line, Answer)]) -> String {
    if pairs.iter().any(|(_, answer)| answer.mixed.is_none()) {
        return "–".to_owned();
    }
    let count = |wanted: &dyn Fn(bool, bool) -> bool| {
        pairs.iter().filter(|(line, answer)| wanted(line.mixed, answer.mixed == Some(true))).count() as f64
    };
    let both = count(&|gold, said| gold && said);
    let either = count(&|gold, _| gold) + count(&|_, said| said);
    format!("{:.2}", 2.0 * both / either)
}

fn speed(judge: &Judge<'_>, lines: &[Line]) -> f64 {
    let mut conversations: Vec<Vec<Spoken<'_>>> = MEETINGS.iter().map(|meeting| utterances(meeting)).collect();
    conversations.push(lines.iter().map(|line| Spoken { speaker: None, text: line.text }).collect());
    let bytes: usize = conversations.iter().flatten().map(|spoken| spoken.text.len()).sum();
    let round = || conversations.iter().map(|said| judge(said).len()).sum::<usize>();
    black_box(round());
    let (start, used, mut rounds) = (Instant::now(), processor_time(), 0);
    while start.elapsed() < TIMED {
        black_box(round());
        rounds += 1;
    }
    let used = used.and_then(|before| processor_time()?.checked_sub(before)).unwrap_or_else(|| start.elapsed());
    (bytes * rounds) as f64 / 1e6 / used.as_secs_f64()
}

/// For how long this program's threads have had a processor, where the system tells it: other work on the machine and
/// threads of a detector's own then change nothing.
fn processor_time() -> Option<Duration> {
    let mut total = 0;
    for thread in std::fs::read_dir("/proc/self/task").ok()? {
        let told = std::fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        total += told.split(' ').next()?.parse::<u64>().ok()?;
    }
    Some(Duration::from_nanos(total))
}

fn cita_judges(said: &[Spoken<'_>]) -> Vec<Answer> {
    tag(said).into_iter().map(|tag| Answer { language: tag.language, mixed: Some(tag.is_mixed()) }).collect()
}

/// A judge of each utterance by itself.
fn alone<'a>(judge: impl Fn(&str) -> Answer + 'a) -> Judge<'a> {
    Box::new(move |said| said.iter().map(|spoken| judge(spoken.text)).collect())
}

fn of_whatlang(detector: &Detector, text: &str) -> Answer {
    let language = match detector.detect_lang(text) {
        Some(Lang::Spa) => Language::Spanish,
        Some(Lang::Eng) => Language::English,
        Some(Lang::Por) => Language::Portuguese,
        _ => Language::Other,
    };
    Answer { language, mixed: None }
}

fn of_whichlang(text: &str) -> Answer {
    let language = match whichlang::detect_language(text) {
        whichlang::Lang::Spa => Language::Spanish,
        whichlang::Lang::Eng => Language::English,
        whichlang::Lang::Por => Language::Portuguese,
        _ => Language::Other,
    };
    Answer { language, mixed: None }
}

/// Its main language, and whether it finds sections of two.
fn of_lingua(detector: &LanguageDetector, text: &str) -> Answer {
    let language = match detector.detect_language_of(text) {
        Some(lingua::Language::Spanish) => Language::Spanish,
        Some(lingua::Language::English) => Language::English,
        None => Language::Other,
    };
    let sections = detector.detect_multiple_languages_of(text);
    let mixed = sections.windows(2).any(|pair| pair[0].language() != pair[1].language());
    Answer { language, mixed: Some(mixed) }
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
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
