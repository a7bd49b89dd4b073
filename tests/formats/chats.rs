//! Chats and threads: every way in which telephones write the head of a message, and what is nobody's words.

use super::{read, turns};

#[test]
fn every_telephones_way_of_writing_a_message_is_read() {
    for head in [
        "[13/3/26, 9:05:33] Ana Paz: ",
        "[13/03/2026, 09:05:33] Ana Paz: ",
        "[13/3/26 9:05:33] Ana Paz: ",
        "[13/3/26, 9:05:33\u{202F}a.\u{A0}m.] Ana Paz: ",
        "[3/13/26, 9:05:33\u{202F}AM] Ana Paz: ",
        "[2026-03-13, 09:05:33] Ana Paz: ",
        "[13.03.26, 09:05:33] Ana Paz: ",
        "\u{200E}[13/3/26, 9:05:33] \u{200E}Ana Paz: \u{200E}",
        "13/3/26 9:05 - Ana Paz: ",
        "13/3/26, 9:05 - Ana Paz: ",
        "13/03/2026, 9:05 a. m. - Ana Paz: ",
        "13/3/26 9:05 a.m. - Ana Paz: ",
        "13/03/2026 a las 09:05 - Ana Paz: ",
        "3/13/26, 9:05 AM - Ana Paz: ",
        "13-03-26, 09:05 - Ana Paz: ",
        "13.03.26, 09:05 - Ana Paz: ",
        "2026/03/13, 09:05 - Ana Paz: ",
    ] {
        let reading = read("chat.txt", &format!("{head}Falta harina: otra vez\n{head}Y sal\n"));
        assert_eq!(reading.report.format, "whatsapp", "{head}");
        assert_eq!(turns(&reading), ["Ana Paz: Falta harina: otra vez", "Ana Paz: Y sal"], "{head}");
        assert_eq!(reading.transcript.facts.date.as_deref(), Some("2026-03-13"), "{head}");
        assert_eq!(reading.transcript.turns[0].start_ms, Some(0), "{head}");
        assert!(reading.report.warnings.is_empty(), "{head}");
    }
}

#[test]
fn the_order_of_day_and_month_is_decided_from_the_whole_file() {
    let date = |text: &str| read("chat.txt", text).transcript.facts.date;
    // A later message has a day above twelve.
    assert_eq!(date("[3/4/26, 9:00:00] A: uno\n[13/4/26, 9:00:00] B: dos\n").as_deref(), Some("2026-04-03"));
    assert_eq!(date("[3/4/26, 9:00:00] A: uno\n[3/14/26, 9:00:00] B: dos\n").as_deref(), Some("2026-03-04"));
    // Only one order keeps the messages in time.
    assert_eq!(date("[12/1/26, 9:00:00] A: uno\n[1/2/26, 9:00:00] B: dos\n").as_deref(), Some("2026-01-12"));
    let open = read("chat.txt", "3/4/26, 9:00 AM - A: one\n3/5/26, 9:00 AM - B: two\n");
    assert_eq!(open.transcript.facts.date.as_deref(), Some("2026-03-04"));
    assert_eq!(open.report.warnings[0].code, "date_order_guessed");
}

#[test]
fn times_count_from_the_first_message_over_midnight_and_noon() {
    let reading = read(
        "chat.txt",
        "13/3/26 11:59 p. m. - Ana: uno\n14/3/26 12:01 a. m. - Ana: dos\n14/3/26 12:00 p. m. - Ana: tres\n",
    );
    let minutes: Vec<Option<u64>> =
        reading.transcript.turns.iter().map(|turn| turn.start_ms.map(|time| time / 60_000)).collect();
    assert_eq!(minutes, [Some(0), Some(2), Some(721)]);
}

#[test]
fn what_the_chat_writes_by_itself_is_left_over_with_its_line() {
    for own in [
        "[13/3/26, 9:06:00] Ana: \u{200E}imagen omitida",
        "[13/3/26, 9:06:00] Ana: <Multimedia omitido>",
        "[13/3/26, 9:06:00] Ana: \u{200E}<adjunto: 0001-PHOTO.jpg>",
        "[13/3/26, 9:06:00] Ana: Se eliminó este mensaje.",
        "[13/3/26, 9:06:00] Ana: This message was deleted",
        "[13/3/26, 9:06:00] \u{200E}Ana creó el grupo \"Norte: compras\"",
        "[13/3/26, 9:06:00] Grupo: \u{200E}Los mensajes y las llamadas están cifrados de extremo a extremo.",
        "[13/3/26, 9:06:00] Ana: IMG-0001.jpg (archivo adjunto)",
    ] {
        let reading = read("chat.txt", &format!("[13/3/26, 9:05:00] Ana: Hola\n{own}\n[13/3/26, 9:07:00] Luis: Ya\n"));
        assert_eq!(turns(&reading), ["Ana: Hola", "Luis: Ya"], "{own}");
        assert_eq!(reading.report.left_over.iter().map(|left| left.line).collect::<Vec<_>>(), [2], "{own}");
    }
}

#[test]
fn a_memorandum_is_no_mail() {
    let reading = read(
        "memo.txt",
        "MEMORANDO\nPara: Gerencia\nDe: Ana Paz\nFecha: 12/03/2026\nAsunto: Visita a planta\n\nEl inventario se hace a mano.\n",
    );
    assert_ne!(reading.report.format, "mail");
    assert!(reading.transcript.speakers.is_empty(), "{:?}", reading.transcript.speakers);
}

#[test]
fn what_a_thread_repeats_is_kept_once_with_its_writer() {
    let reading = read(
        "hilo.txt",
        "De: Ana Paz <ana@x.example>\nEnviado: viernes, 13 de marzo de 2026 9:00\nPara: Luis <luis@y.example>\nAsunto: RE: Cajas\n\n\
         Luis, van las cajas.\n\n> Faltan doce cajas desde el lunes.\n\n\
         De: Luis <luis@y.example>\nEnviado: jueves, 12 de marzo de 2026 9:00\nPara: Ana Paz <ana@x.example>\nAsunto: Cajas\n\n\
         Faltan doce cajas desde el lunes.\n",
    );
    assert_eq!(reading.report.format, "mail");
    assert_eq!(reading.report.repeats_removed, 1);
    assert_eq!(turns(&reading).len(), 2);
    assert_eq!(reading.transcript.facts.date.as_deref(), Some("2026-03-13"));
    assert_eq!(reading.transcript.facts.title.as_deref(), Some("Cajas"));
}

#[test]
fn many_left_over_lines_are_counted_and_the_first_are_listed() {
    let notices = "[13/3/26, 9:06:00] Ana: <Multimedia omitido>\n".repeat(700);
    let reading = read("chat.txt", &format!("[13/3/26, 9:05:00] Ana: Hola\n{notices}[13/3/26, 9:07:00] Luis: Ya\n"));
    assert_eq!(reading.report.left_over.len(), 500);
    assert_eq!(reading.report.left_over_total, 700);
    assert_eq!(reading.report.left_over[0].line, 2);
    assert!(reading.report.warnings.iter().any(|warning| warning.code == "more_left_over"));
}
