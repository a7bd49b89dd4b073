//! What a file says of the occasion itself.

use super::read;

fn date_of(header: &str) -> Option<String> {
    read("x.txt", &format!("{header}\n\nAna: ¿Listo?\nLuis: Listo.\nAna: Entonces sigo.\n")).transcript.facts.date
}

#[test]
fn dates_are_read_in_both_languages() {
    for (header, iso) in [
        ("Fecha: 12/03/2026", "2026-03-12"),
        ("Date: 12/03/2026", "2026-12-03"),
        ("Date: 13/03/2026", "2026-03-13"),
        ("Fecha: 3-2-26", "2026-02-03"),
        ("FECHA: 12.03.2026 a las 9:30", "2026-03-12"),
        ("**Fecha:** jueves 12 de marzo de 2026", "2026-03-12"),
        ("- **Fecha**: 12 de marzo del 2026", "2026-03-12"),
        ("Fecha: 1 de setiembre, 2026", "2026-09-01"),
        ("Date: March 3, 2026", "2026-03-03"),
        ("Date: Tue, 3rd of March 2026", "2026-03-03"),
        ("Meeting date: 2026-03-03T10:00", "2026-03-03"),
    ] {
        assert_eq!(date_of(header).as_deref(), Some(iso), "{header}");
    }
}

#[test]
fn impossible_dates_are_no_dates() {
    for header in ["Fecha: 31/02/2026", "Date: soon", "Fecha: 12/03", "Fecha: 1/1/1850"] {
        assert_eq!(date_of(header), None, "{header}");
    }
}

#[test]
fn the_name_of_the_file_tells_a_date_only_where_the_content_does_not() {
    let text = "Ana: ¿Listo?\nLuis: Listo.\nAna: Entonces sigo.\n";
    for (name, date) in [
        ("2026-03-12 visita.txt", Some("2026-03-12")),
        ("GMT20260312-150000_Recording.txt", Some("2026-03-12")),
        ("acta_12.03.2026.txt", Some("2026-03-12")),
        ("llamada 12 de marzo de 2026.txt", Some("2026-03-12")),
        ("version 2.1.txt", None),
        ("20269999.txt", None),
    ] {
        assert_eq!(read(name, text).transcript.facts.date.as_deref(), date, "{name}");
    }
    let both = read("2026-03-12.txt", &format!("Fecha: 01/02/2026\n{text}"));
    assert_eq!(both.transcript.facts.date.as_deref(), Some("2026-02-01"));
}

#[test]
fn people_of_a_header_are_told_apart() {
    let facts = read(
        "x.txt",
        "Asistentes: Vilma Ortiz (gerente, imprenta), Sam Doyle y Julio Cossío\nCliente: Imprenta Tarija\n\nVilma: Hola.\nSam: Hi.\nVilma: Ya.\n",
    )
    .transcript
    .facts;
    assert_eq!(facts.attendees, ["Vilma Ortiz (gerente, imprenta)", "Sam Doyle", "Julio Cossío"]);
    assert_eq!(facts.customer.as_deref(), Some("Imprenta Tarija"));
}

#[test]
fn a_customer_who_speaks_is_a_speaker_and_no_fact() {
    let reading = read(
        "x.txt",
        "Cliente: Perdemos pedidos cada semana.\nAsesor: ¿Cuántos?\nCliente: Cuatro o cinco.\nAsesor: Ya.\n",
    );
    assert_eq!(reading.transcript.facts.customer, None);
    assert_eq!(reading.transcript.speakers.len(), 2);
    assert_eq!(reading.transcript.turns.len(), 4);
}
