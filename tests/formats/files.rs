//! Files that wrap a text: what is taken out of them, what is left over, and that it is the same each time.

use cita::formats::{self, Reading};
use cita::model::Nature;

use super::{fixtures, name, turns};

fn reading(folder: &str, file: &str) -> Reading {
    let files = fixtures(&format!("transcripts/{folder}"));
    let (_, bytes) = files.into_iter().find(|(path, _)| name(path) == file).unwrap_or_else(|| panic!("no {file}"));
    formats::read(file, &bytes, None).unwrap_or_else(|problem| panic!("{file}: {problem}"))
}

fn codes(reading: &Reading) -> Vec<&str> {
    reading.report.warnings.iter().map(|warning| warning.code.as_str()).collect()
}

#[test]
fn the_text_is_made_again_byte_for_byte() {
    for folder in ["docx", "xlsx", "pdf", "eml"] {
        for (path, bytes) in fixtures(&format!("transcripts/{folder}")) {
            let once = formats::read(name(&path), &bytes, None).expect("it is usable");
            let again = formats::read("another name", &bytes, Some(folder)).expect("it is usable");
            assert_eq!(once.transcript.text, again.transcript.text, "{}", path.display());
            assert_eq!(once.transcript.turns, again.transcript.turns, "{}", path.display());
        }
    }
}

#[test]
fn the_layout_inside_is_told_and_can_be_overridden() {
    let meeting = reading("docx", "teams.docx");
    assert_eq!((meeting.report.format.as_str(), meeting.report.inner_format.as_deref()), ("docx", Some("labelled")));
    let files = fixtures("transcripts/docx");
    let (_, bytes) = files.iter().find(|(path, _)| name(path) == "teams.docx").expect("it is there");
    let forced = formats::read("teams.docx", bytes, Some("plain")).expect("plain text reads anything");
    assert_eq!((forced.report.format.as_str(), forced.report.inner_format.as_deref()), ("docx", Some("plain")));
    let wrong = formats::read("teams.docx", bytes, Some("pdf")).expect_err("it is no PDF");
    assert_eq!(wrong.code, "malformed_pdf");
}

#[test]
fn word_documents_keep_insertions_and_leave_notes_and_page_marks_out() {
    let minutes = reading("docx", "acta.docx");
    let text = &minutes.transcript.text;
    assert!(text.contains("El plazo acordado es de cuatro semanas") && !text.contains("de tres"), "{text}");
    let left: Vec<&str> = minutes.report.left_over.iter().map(|left| left.text.as_str()).collect();
    for words in ["Constructora Sajama · uso interno", "Página 1", "Confirmar con Rufino antes de enviar."] {
        assert!(left.contains(&words), "{left:?}");
    }
    for code in ["tracked_changes", "notes_left_out"] {
        assert!(codes(&minutes).contains(&code), "{code}");
    }
    assert!(
        text.contains("# Hallazgos") && text.contains("- El maestro") && text.contains("| Losa | 40 % |"),
        "{text}"
    );
}

#[test]
fn hidden_words_and_files_outside_are_told_and_never_read() {
    let hostile = reading("docx", "hostile.docx");
    for code in ["hidden_text", "external_parts_ignored", "embedded_parts_left_out"] {
        assert!(codes(&hostile).contains(&code), "{code}");
    }
    let text = &hostile.transcript.text;
    assert!(!text.contains("oculto") && !text.contains("secreto"), "{text}");
    assert_eq!(text.matches("Dentro de un cuadro").count(), 1, "the picture of a box is not the box again");
}

#[test]
fn pages_of_a_pdf_become_paragraphs_again() {
    let minutes = reading("pdf", "acta.pdf");
    let text = &minutes.transcript.text;
    assert!(text.contains("Pidió que la información llegue antes del viernes"), "{text}");
    assert!(text.contains("como hizo en enero y como dijo que haría en julio."), "over the end of a page: {text}");
    assert!(!text.contains("Confidencial") && !text.contains("Página"), "{text}");
    assert_eq!(minutes.report.repeats_removed, 6);
    let talk = reading("pdf", "entrevista.pdf");
    assert_eq!(turns(&talk)[1].matches("no tengo papel").count(), 1, "{:?}", turns(&talk));
}

#[test]
fn a_damaged_page_is_told_and_the_others_are_read() {
    let hostile = reading("pdf", "hostile.pdf");
    assert_eq!(codes(&hostile), ["damaged_pages"]);
    assert!(hostile.report.warnings[0].text.en.contains(" 2."), "{}", hostile.report.warnings[0].text.en);
    assert!(hostile.transcript.text.contains("La tercera se lee."));
}

#[test]
fn a_mail_says_who_wrote_and_what_was_attached() {
    let thread = reading("eml", "hilo.eml");
    assert_eq!(thread.report.inner_format.as_deref(), Some("mail"));
    let facts = &thread.report.facts;
    assert_eq!((facts.title.as_deref(), facts.date.as_deref()), (Some("Demora en las guías"), Some("2026-03-12")));
    assert!(facts.attendees.iter().any(|name| name.starts_with("Nélida Vargas")), "{:?}", facts.attendees);
    let said = turns(&thread);
    assert!(
        said.iter().any(|turn| turn.starts_with("Nélida Vargas") && turn.contains("Perdimos dos camiones")),
        "{said:?}"
    );
    let html = reading("eml", "html.eml");
    assert_eq!(codes(&html), ["html_reduced", "attachments_left_out"]);
    assert!(html.transcript.text.contains("fails every Monday & nobody") && !html.transcript.text.contains("alert"));
}

#[test]
fn the_sheet_with_the_most_words_is_read_and_hidden_ones_are_not() {
    let sheet = reading("xlsx", "hostile.xlsx");
    assert!(!sheet.transcript.text.contains("hoja oculta"));
    assert_eq!(codes(&sheet), ["sheets_left_out"]);
    let rows = reading("xlsx", "crm.xlsx");
    let natures: Vec<Nature> = rows.transcript.turns.iter().map(|turn| turn.nature).collect();
    assert!(natures.contains(&Nature::Note), "what is in a column of notes was not said: {natures:?}");
    assert_eq!(rows.report.facts.customer.as_deref(), Some("Molinos Yacuma"));
}
