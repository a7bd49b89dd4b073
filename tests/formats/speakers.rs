//! Who speaks, and who only looks like it.

use cita::model::Nature;

use super::{read, turns};

#[test]
fn headings_fields_times_and_addresses_are_no_speakers() {
    let reading = read(
        "x.md",
        "# Visita\n\nNota: llegamos tarde.\nNota: otra vez.\nhttps://example.org/a: enlace\n10:30: cierre\n10:45: salida\n\
         Edad: 40\nEdad: 35\nResumen: cuenta todo a mano.\nResumen: no cuenta nada.\n",
    );
    assert!(reading.transcript.speakers.is_empty(), "{:?}", reading.transcript.speakers);
    assert!(reading.transcript.turns.iter().all(|turn| turn.nature != Nature::Speech));
}

#[test]
fn long_phrases_before_a_colon_are_words() {
    let reading = read(
        "x.txt",
        "Ana: Le digo lo que pasa: se pierde.\nY lo que más me duele de todo esto es una cosa: nadie avisa.\nLuis: ¿Nadie?\nAna: Nadie.\n",
    );
    assert_eq!(
        turns(&reading),
        [
            "Ana: Le digo lo que pasa: se pierde. Y lo que más me duele de todo esto es una cosa: nadie avisa.",
            "Luis: ¿Nadie?",
            "Ana: Nadie.",
        ]
    );
}

#[test]
fn words_quoted_in_notes_are_speech_and_the_rest_stays_a_note() {
    let reading = read(
        "x.md",
        "## Visita\n\n- El cuaderno está lleno\n- Freddy: \"si se moja, se moja el mes\"\n- Usan la \"app\" del banco\n- Falta un estante\n",
    );
    let speech: Vec<String> = turns(&reading)
        .into_iter()
        .zip(&reading.transcript.turns)
        .filter(|(_, turn)| turn.nature == Nature::Speech)
        .map(|(words, _)| words)
        .collect();
    assert_eq!(speech, ["Freddy: si se moja, se moja el mes"]);
    assert_eq!(reading.transcript.turns.iter().filter(|turn| turn.nature == Nature::Note).count(), 3);
}

#[test]
fn what_is_reported_with_a_name_is_that_persons() {
    for (note, expected) in [
        ("P3 said that the portal signs them out", "P3: the portal signs them out"),
        ("Jorge dijo que «nadie avisa cuando cambia».", "Jorge: nadie avisa cuando cambia"),
        ("La entrevistada comenta que compra harina dos veces.", "La entrevistada: compra harina dos veces."),
        ("\"No volvería a comprarles nunca\", dijo Marta.", "Marta: No volvería a comprarles nunca"),
        ("“We count everything twice” — Kevin", "Kevin: We count everything twice"),
        ("Rolando, más serio: \"Antes tardaba seis días y ahora no.\"", "Rolando: Antes tardaba seis días y ahora no."),
    ] {
        let reading = read("x.md", &format!("# Visita\n\n- Falta un estante\n- {note}\n"));
        assert!(turns(&reading).contains(&expected.to_owned()), "{note}: {:?}", turns(&reading));
    }
}

#[test]
fn sentences_that_begin_like_a_report_stay_notes() {
    for note in [
        "Importante: hay que volver el martes.",
        "Lo dijo dos veces y se fue.",
        "La pantalla es de 15\" y el cable de 3\".",
        "Contratos \"Time and Material\" y \"Fixed Price\".",
        "Ejemplo de esta semana: el contrato del cartón.",
    ] {
        let reading = read("x.md", &format!("# Visita\n\n- Falta un estante\n- {note}\n"));
        assert!(reading.transcript.speakers.is_empty(), "{note}: {:?}", reading.transcript.speakers);
        assert!(reading.transcript.turns.iter().all(|turn| turn.nature != Nature::Speech), "{note}");
    }
}

#[test]
fn badges_are_no_part_of_a_name_and_are_kept_beside_it() {
    let reading = read(
        "x.vtt",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana Paz (Guest)>Hola.</v>\n\n00:03.000 --> 00:04.000\n<v Luis Gil>Buenas.\n\n\
         00:05.000 --> 00:06.000\n<v Ana\u{200E} Paz>Sigo.\n\n00:07.000 --> 00:08.000\n<v Sara RocaExternal>Yo también.\n",
    );
    let labels: Vec<&str> = reading.transcript.speakers.iter().map(|speaker| speaker.label.as_str()).collect();
    assert_eq!(labels, ["Ana Paz", "Luis Gil", "Sara Roca"]);
    assert_eq!(reading.transcript.facts.attendees, ["Ana Paz (Guest)", "Sara Roca (Guest)"]);
    let organisation = read("x.txt", "Ana Paz (Comversa): Uno.\nLuis: Dos.\nAna Paz (Comversa): Tres.\nLuis: Ya.\n");
    assert_eq!(organisation.transcript.speakers[0].label, "Ana Paz (Comversa)");
}

#[test]
fn a_time_above_a_name_is_when_that_turn_begins_and_no_other() {
    let reading =
        read("x.txt", "00:00:00\n\nAna Paz: Uno.\nLuis Gil: Dos.\n00:05:12\n\nAna Paz: Tres.\nLuis Gil: Cuatro.\n");
    let times: Vec<Option<u64>> = reading.transcript.turns.iter().map(|turn| turn.start_ms).collect();
    assert_eq!(times, [Some(0), None, Some(312_000), None]);
}

#[test]
fn captions_take_a_name_only_where_it_repeats_or_leads() {
    let cue = |number: u32, words: &str| format!("{number}\n00:00:0{number},000 --> 00:00:0{number},900\n{words}\n\n");
    let text: String = ["Lo digo así: no alcanza.", "Y otra cosa: falta gente.", "Nada más por ahora."]
        .iter()
        .zip(1..)
        .map(|(words, number)| cue(number, words))
        .collect();
    let reading = read("x.srt", &text);
    assert!(reading.transcript.speakers.is_empty(), "{:?}", reading.transcript.speakers);
}

#[test]
fn a_voice_tag_holds_for_its_own_cue_only() {
    let reading = read(
        "x.vtt",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>Hola.\n\n00:02.100 --> 00:03.000\nBuenas.\n\n00:03.100 --> 00:04.000\n<v Ana>Sigo.\n",
    );
    assert_eq!(turns(&reading), ["Ana: Hola.", "Buenas.", "Ana: Sigo."]);
}

#[test]
fn dashes_and_arrows_begin_another_voice() {
    let reading = read(
        "x.vtt",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n- ¿Llegó?\n- Todavía no.\n\n00:02.100 --> 00:03.000\n>> So we wait.\n",
    );
    assert_eq!(reading.transcript.turns.len(), 3);
}

/// Cues of three seconds each, one behind the other.
fn cues(words: impl Fn(usize) -> String) -> String {
    let stamp = |seconds: usize| format!("00:{:02}:{:02}.000", seconds / 60, seconds % 60);
    let cue = |n: usize| format!("{} --> {}\n{}\n", stamp(n * 3), stamp(n * 3 + 3), words(n));
    format!("WEBVTT\n\n{}", (0..100).map(cue).collect::<Vec<_>>().join("\n"))
}

#[test]
fn cues_without_a_speaker_make_turns_of_a_minute_at_most() {
    let reading = read("x.vtt", &cues(|n| format!("crate {n} goes back again")));
    assert!(reading.transcript.turns.len() >= 5);
    for turn in &reading.transcript.turns {
        let (start, end) = (turn.start_ms.expect("timed"), turn.end_ms.expect("timed"));
        assert!(end - start <= 60_000);
    }
}

#[test]
fn repeats_collapse_only_where_the_captions_roll() {
    let rolling = read("x.vtt", &cues(|n| format!("crate {n} goes back\ncrate {} goes back", n + 1)));
    assert_eq!(rolling.report.repeats_removed, 99);
    let twice_the_same =
        read("x.vtt", &cues(|n| if n % 20 == 7 || n % 20 == 8 { "No.".to_owned() } else { format!("Crate {n}.") }));
    assert_eq!(twice_the_same.report.repeats_removed, 0);
}

#[test]
fn a_silent_line_keeps_its_place_among_the_turns() {
    let reading = read("x.txt", "Ana: Uno.\nLuis:\nAna: Dos.\nLuis: Tres.\n");
    assert_eq!(turns(&reading), ["Ana: Uno.", "Luis: ", "Ana: Dos.", "Luis: Tres."]);
}
