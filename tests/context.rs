//! What surrounds a span: every scene of `fixtures/context`, the documentation of the rules, and the sides of the table.

use cita::context::{RULES, Scene, sides};
use cita::model::{Mark, MeetingFacts, Nature, Side, SideSource, Span, Speaker, Transcript, Turn, Utterance};
use cita::text::words::StemCache;

/// A conversation from lines of `Label: words`; a line that starts with `- ` is a note. One utterance a line.
fn conversation(lines: &[&str]) -> (Transcript, Vec<Utterance>) {
    let mut transcript = Transcript::default();
    let mut utterances = Vec::new();
    for line in lines {
        let start = transcript.text.len();
        transcript.text.push_str(line);
        transcript.text.push('\n');
        let (speaker, skip, nature) = match (line.strip_prefix("- "), line.split_once(": ")) {
            (Some(_), _) => (None, 2, Nature::Note),
            (None, Some((label, _))) => (Some(speaker_of(&mut transcript, label)), label.len() + 2, Nature::Speech),
            (None, None) => panic!("a line needs a label: {line}"),
        };
        let span = Span::new(start + skip, start + line.len());
        let text = line[skip..].to_owned();
        utterances.push(Utterance { turn: transcript.turns.len(), pieces: vec![span], text, ..Utterance::default() });
        transcript.turns.push(Turn { speaker, nature, pieces: vec![span], ..Turn::default() });
    }
    (transcript, utterances)
}

fn speaker_of(transcript: &mut Transcript, label: &str) -> usize {
    if let Some(at) = transcript.speakers.iter().position(|speaker| speaker.label == label) {
        return at;
    }
    transcript.speakers.push(Speaker { label: label.to_owned(), ..Speaker::default() });
    transcript.speakers.len() - 1
}

/// A line of a scene: its text, the judged spans of its words after the label, and the marks expected of each.
fn judged_line(line: &str) -> (String, Vec<(Span, Vec<String>)>) {
    let (text, expected) = line.split_at(line.find(" {").expect("marks in braces"));
    let expected: Vec<Vec<String>> = expected
        .split('{')
        .skip(1)
        .map(|marks| marks.trim().trim_end_matches('}').split_whitespace().map(str::to_owned).collect())
        .collect();
    let skip = if text.starts_with("- ") { 2 } else { text.find(": ").map_or(0, |at| at + 2) };
    let (mut plain, mut spans, mut open) = (String::new(), Vec::new(), 0);
    for c in text.chars() {
        match c {
            '[' => open = plain.len(),
            ']' => spans.push(Span::new(open - skip, plain.len() - skip)),
            _ => plain.push(c),
        }
    }
    assert_eq!(spans.len(), expected.len(), "{line}");
    (plain, spans.into_iter().zip(expected).collect())
}

fn code(mark: Mark) -> String {
    serde_json::to_value(mark).expect("a mark has a code").as_str().expect("a text").to_owned()
}

/// What differs in one scene.
fn failures(name: &str, scene_text: &str) -> Vec<String> {
    let judged: Vec<_> =
        scene_text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(judged_line).collect();
    let lines: Vec<&str> = judged.iter().map(|(text, _)| text.as_str()).collect();
    let (mut transcript, utterances) = conversation(&lines);
    sides::infer(&mut transcript, &utterances, &[]);
    let scene = Scene::new(&transcript, &utterances, &mut StemCache::new());
    let mut wrong = Vec::new();
    for (at, (text, spans)) in judged.iter().enumerate() {
        for (span, expected) in spans {
            let found: Vec<String> = cita::context::read(&scene, at, *span).marks.into_iter().map(code).collect();
            if found != *expected {
                wrong.push(format!("{name}: {text}: found {found:?}, expected {expected:?}"));
            }
        }
    }
    wrong
}

#[test]
fn every_scene_reads_as_it_says() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/context");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("the folder is there").map(|one| one.expect("readable").path()).collect();
    paths.sort();
    assert!(paths.len() >= RULES.len());
    let wrong: Vec<String> = paths
        .iter()
        .flat_map(|path| {
            failures(
                &path.file_stem().expect("a name").to_string_lossy(),
                &std::fs::read_to_string(path).expect("readable"),
            )
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_is_explained_in_both_languages_and_marks_its_own_example() {
    for rule in RULES {
        for text in [rule.what, rule.why, rule.example] {
            assert!(!text.es.is_empty() && !text.en.is_empty(), "{:?}", rule.mark);
        }
        for example in [rule.example.es, rule.example.en] {
            let turns: Vec<String> = example
                .split(" / ")
                .map(|turn| if turn.contains(": ") { turn.to_owned() } else { format!("Someone: {turn}") })
                .collect();
            let last = turns.len() - 1;
            let judged = judged_line(&format!("{} {{}}", turns[last]));
            let mut lines: Vec<&str> = turns.iter().map(String::as_str).collect();
            lines[last] = &judged.0;
            let (transcript, utterances) = conversation(&lines);
            let scene = Scene::new(&transcript, &utterances, &mut StemCache::new());
            assert!(cita::context::read(&scene, last, judged.1[0].0).has(rule.mark), "{:?}: {example}", rule.mark);
        }
    }
}

#[test]
fn the_rules_stand_in_the_order_of_the_marks() {
    let marks: Vec<Mark> = RULES.iter().map(|rule| rule.mark).collect();
    let expected: Vec<Mark> = Mark::ALL.into_iter().filter(|mark| *mark != Mark::Note).collect();
    assert_eq!(marks, expected);
}

/// The sides that are inferred for these labels.
fn sides_of(lines: &[&str], facts: MeetingFacts, team: &[&str]) -> Vec<(String, Side, SideSource)> {
    let (mut transcript, utterances) = conversation(lines);
    transcript.facts = facts;
    let team: Vec<String> = team.iter().map(|name| (*name).to_owned()).collect();
    sides::infer(&mut transcript, &utterances, &team);
    transcript.speakers.into_iter().map(|speaker| (speaker.label, speaker.side, speaker.side_source)).collect()
}

fn side_of(label: &str, facts: MeetingFacts, team: &[&str]) -> (Side, SideSource) {
    let sides = sides_of(&[&format!("{label}: Bien."), "Otra persona: Bien.", "Alguien más: Bien."], facts, team);
    (sides[0].1, sides[0].2)
}

#[test]
fn labels_name_their_side() {
    let none = MeetingFacts::default;
    for label in ["Entrevistador", "Interviewer 1", "Ana (Consultora)", "MODERADOR", "Lu - Facilitadora", "Equipo"] {
        assert_eq!(side_of(label, none(), &[]), (Side::Team, SideSource::Label), "{label}");
    }
    for label in ["Entrevistado", "P3", "Participante 2", "Client", "Usuaria", "Juan (cliente)", "Participant4"] {
        assert_eq!(side_of(label, none(), &[]), (Side::Customer, SideSource::Label), "{label}");
    }
    for label in ["Ana", "Pedro Parra", "SPEAKER_00", "Panadería 3"] {
        assert_eq!(side_of(label, none(), &[]), (Side::Unknown, SideSource::Nothing), "{label}");
    }
}

#[test]
fn organisations_settings_and_attendees_name_a_side() {
    let facts = || MeetingFacts {
        customer: Some("Molinos Vera".to_owned()),
        attendees: vec!["Rosa Lima (Molinos Vera)".to_owned(), "Iván Paz, consultor".to_owned()],
        ..MeetingFacts::default()
    };
    assert_eq!(side_of("Eva (Molinos Vera)", facts(), &[]), (Side::Customer, SideSource::Label));
    assert_eq!(side_of("Rosa Lima", facts(), &[]), (Side::Customer, SideSource::Attendees));
    assert_eq!(side_of("Iván Paz", facts(), &[]), (Side::Team, SideSource::Attendees));
    assert_eq!(side_of("Sofía Rey", facts(), &["Sofia Rey"]), (Side::Team, SideSource::Settings));
    assert_eq!(side_of("Sofía", facts(), &["Sofia Rey"]), (Side::Team, SideSource::Settings));
    assert_eq!(side_of("Sofía", facts(), &["Sofia Rey", "Sofía Gil"]), (Side::Unknown, SideSource::Nothing));
    assert_eq!(side_of("Bea (Taller Sur)", facts(), &["Taller Sur"]), (Side::Team, SideSource::Label));
}

#[test]
fn a_clear_talk_pattern_names_both_sides() {
    let mut lines = Vec::new();
    for _ in 0..6 {
        lines.push("Ana: ¿Y eso cómo lo hacen?");
        lines.push("Luis: Lo apunta la señora de la puerta en un cuaderno que nadie más puede leer.");
    }
    let sides = sides_of(&lines, MeetingFacts::default(), &[]);
    assert_eq!((sides[0].1, sides[0].2), (Side::Team, SideSource::TalkPattern));
    assert_eq!((sides[1].1, sides[1].2), (Side::Customer, SideSource::TalkPattern));
    let unclear = sides_of(&lines[..6], MeetingFacts::default(), &[]);
    assert!(unclear.iter().all(|(_, side, _)| *side == Side::Unknown));
}

#[test]
fn one_letter_labels_pair_up() {
    let sides = sides_of(&["P: ¿Qué hace?", "R: Pan."], MeetingFacts::default(), &[]);
    assert_eq!((sides[0].1, sides[1].1), (Side::Team, Side::Customer));
    let alone = sides_of(&["P: Hago pan.", "Z: Bien."], MeetingFacts::default(), &[]);
    assert_eq!(alone[0].1, Side::Unknown);
}

#[test]
fn where_the_team_is_named_and_speaks_the_others_sit_across_the_table() {
    let lines = ["Camila: Bien.", "Renata: Bien.", "Otra persona: Bien."];
    let named = sides_of(&lines, MeetingFacts::default(), &["Camila"]);
    assert_eq!((named[0].1, named[0].2), (Side::Team, SideSource::Settings));
    assert!(named[1..].iter().all(|one| (one.1, one.2) == (Side::Customer, SideSource::Remaining)), "{named:?}");
    let nobody = sides_of(&lines, MeetingFacts::default(), &["Diego"]);
    assert!(nobody.iter().all(|one| one.1 == Side::Unknown), "{nobody:?}");
}
