//! Turns become sentence-sized utterances.

use cita::model::{Nature, Span, Transcript, Turn};
use cita::text;

/// The utterances of one turn whose pieces are these texts, each on a line of its own.
fn of(nature: Nature, pieces: &[&str]) -> Vec<String> {
    let mut transcript = Transcript::default();
    let mut turn = Turn { nature, ..Turn::default() };
    for piece in pieces {
        let start = transcript.text.len();
        transcript.text.push_str(piece);
        turn.pieces.push(Span::new(start, transcript.text.len()));
        transcript.text.push('\n');
    }
    transcript.turns.push(turn);
    text::utterances(&transcript).into_iter().map(|utterance| utterance.text).collect()
}

fn sentences(text: &str) -> Vec<String> {
    of(Nature::Speech, &[text])
}

#[test]
fn sentences_end_where_people_end_them() {
    for (text, expected) in [
        ("Llegó tarde. Nadie avisó.", vec!["Llegó tarde.", "Nadie avisó."]),
        ("¿Y quién paga? ¡Nosotros! Siempre.", vec!["¿Y quién paga?", "¡Nosotros!", "Siempre."]),
        ("El Sr. Paz y la Dra. Luna firman. Nadie más.", vec!["El Sr. Paz y la Dra. Luna firman.", "Nadie más."]),
        ("Mr. Hale lost 3.5 hours. We lost 12,5.", vec!["Mr. Hale lost 3.5 hours.", "We lost 12,5."]),
        ("Viene de EE.UU. Es caro.", vec!["Viene de EE.UU.", "Es caro."]),
        ("La firma J. Antelo en S.A. Tajibos hoy.", vec!["La firma J. Antelo en S.A. Tajibos hoy."]),
        ("Bueno… Entonces no. Pero… no sé.", vec!["Bueno…", "Entonces no.", "Pero… no sé."]),
        ("It's too many...I gave up.", vec!["It's too many...I gave up."]),
        ("«¿Cuándo llega?» preguntan todos. Y nada.", vec!["«¿Cuándo llega?» preguntan todos.", "Y nada."]),
        ("Preferimos que no. Estas cosas pasan.", vec!["Preferimos que no.", "Estas cosas pasan."]),
        ("Es el no. 5 de la lista. 4 people wait.", vec!["Es el no. 5 de la lista.", "4 people wait."]),
        ("I want one list. [laughing] How soon?", vec!["I want one list.", "[laughing] How soon?"]),
        ("A las 5 p.m. cierra. A las 6 ya no.", vec!["A las 5 p.m. cierra.", "A las 6 ya no."]),
    ] {
        assert_eq!(sentences(text), expected, "{text}");
    }
}

#[test]
fn bullets_numbers_and_emphasis_are_taken_off_the_ends() {
    for (text, expected) in [
        ("- Faltan tapas", "Faltan tapas"),
        ("* **Faltan tapas**", "Faltan tapas"),
        ("● Faltan tapas", "Faltan tapas"),
        ("1. Faltan tapas", "Faltan tapas"),
        ("a.Faltan tapas", "Faltan tapas"),
        ("iv. Faltan tapas", "Faltan tapas"),
        ("| Faltan tapas |", "Faltan tapas"),
        ("**Faltan tapas** desde enero", "**Faltan tapas** desde enero"),
        ("desde enero **faltan tapas**", "desde enero **faltan tapas**"),
        ("-5 grados en la cámara", "-5 grados en la cámara"),
        ("1.200 bolsas", "1.200 bolsas"),
        ("● 1. Faltan tapas", "Faltan tapas"),
    ] {
        assert_eq!(of(Nature::Note, &[text]), [expected], "{text}");
    }
}

#[test]
fn marks_alone_are_no_utterance() {
    assert!(of(Nature::Note, &["---", "| |", "**", "…", "1."]).len() <= 1);
    assert!(of(Nature::Note, &["● ○ ■"]).is_empty());
}

#[test]
fn a_sentence_over_several_pieces_is_one_utterance() {
    assert_eq!(
        of(Nature::Speech, &["lo anoto en una hoja, mi", "hermana lo pasa. Y a las", "cuatro lo mando."]),
        ["lo anoto en una hoja, mi hermana lo pasa.", "Y a las cuatro lo mando."]
    );
}

#[test]
fn a_heading_is_one_utterance() {
    assert_eq!(of(Nature::Heading, &["2.2. Registro. Entrevistas? Sí."]), ["2.2. Registro. Entrevistas? Sí."]);
}

#[test]
fn a_blank_line_and_a_bullet_end_a_sentence() {
    let text = "uno sin punto\n\ndos sin punto\n- tres\n- cuatro";
    let transcript = Transcript {
        text: text.to_owned(),
        turns: vec![Turn { pieces: vec![Span::new(0, text.len())], ..Turn::default() }],
        ..Transcript::default()
    };
    let pieces: Vec<String> = text::utterances(&transcript).into_iter().map(|utterance| utterance.text).collect();
    assert_eq!(pieces, ["uno sin punto", "dos sin punto", "tres", "cuatro"]);
}

#[test]
fn nothing_is_longer_than_four_kilobytes() {
    for text in ["palabra ".repeat(3000), "ñ".repeat(9000)] {
        let pieces = sentences(&text);
        assert!(pieces.len() > 1 && pieces.iter().all(|piece| piece.len() <= 4096));
        let length: usize = pieces.iter().map(|piece| piece.split_whitespace().map(str::len).sum::<usize>()).sum();
        assert_eq!(length, text.split_whitespace().map(str::len).sum::<usize>(), "no word is lost");
    }
}

#[test]
fn captions_without_punctuation_are_cut_between_cues() {
    let cues: Vec<String> = (0..60).map(|n| format!("and then crate number {n} goes back to the gate")).collect();
    let pieces: Vec<&str> = cues.iter().map(String::as_str).collect();
    let utterances = of(Nature::Speech, &pieces);
    assert!(utterances.len() > 5);
    assert!(utterances.iter().all(|text| text.starts_with("and then") && text.len() < 700));
}
