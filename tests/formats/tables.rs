//! Tables: which column is what, guessed and told; where the words of a cell lie.

use cita::formats::{self, ReadOptions, Reading};
use cita::model::{ColumnRole, Side, SideSource};

use super::{fixtures, name, read, turns};

fn map(reading: &Reading) -> String {
    reading.report.columns.as_ref().expect("a table tells its columns").map.clone()
}

fn told(text: &str, columns: &str) -> Reading {
    let options = ReadOptions { format: Some("csv"), columns: Some(columns) };
    formats::read_with("t.csv", text.as_bytes(), options).expect("it is usable")
}

#[test]
fn columns_are_guessed_by_name_in_both_languages() {
    for (header, row, expected) in [
        ("Hora;Hablante;Texto", "00:01;Ana Paz;No llega nada.", "speaker=2,text=3,start=1,header=yes"),
        (
            "speaker,start,end,transcript",
            "Ann,0.5,2.25,Nothing ever arrives.",
            "speaker=1,text=4,start=2,end=3,header=yes",
        ),
        ("Nombre;Comentario;Fecha", "Luis;Se cae cada lunes.;12/03/2026", "speaker=1,text=2,date=3,header=yes"),
        ("Company,Contact Name,Notes", "Acme,Ann Lee,They want it by June.", "speaker=2,text=3,customer=1,header=yes"),
        (
            "Idioma;Rol;Participante;Intervención",
            "es;cliente;Eva;Nadie avisa.",
            "speaker=3,text=4,side=2,language=1,header=yes",
        ),
    ] {
        let rows = [row; 3].join("\n");
        assert_eq!(map(&read("t.csv", &format!("{header}\n{rows}\n"))), expected, "{header}");
    }
}

#[test]
fn columns_without_names_are_guessed_by_what_stands_in_them() {
    let text = "0:04\tAna Paz\tEmpezamos tarde otra vez.\n0:09\tLuis Gil\tPor la factura, como siempre.\n0:15\tAna Paz\t¿La de enero?\n";
    let reading = read("t.txt", text);
    assert_eq!((reading.report.format.as_str(), map(&reading).as_str()), ("csv", "speaker=2,text=3,start=1,header=no"));
    assert_eq!(reading.transcript.turns[1].start_ms, Some(9_000));
}

#[test]
fn a_person_corrects_the_columns_by_number_or_name() {
    let text = "a,b,c\nAna,Esto lo dijo ella.,Esto es de otro.\nLuis,Y esto él.,Nada.\n";
    assert_eq!(turns(&told(text, "speaker=1,text=2,header=yes")), ["Ana: Esto lo dijo ella.", "Luis: Y esto él."]);
    assert_eq!(turns(&told(text, "hablante=A, texto=c")), ["Ana: Esto es de otro.", "Luis: Nada."]);
    let both = told(text, "speaker=1,text=2+3,header=yes");
    assert_eq!(both.transcript.turns.len(), 8, "a heading before each of four answers");
    assert_eq!(map(&both), "speaker=1,text=2,text=3,header=yes");
    let again = told(text, &map(&both));
    assert_eq!(again, both, "the map that is shown is the map that is taken");
    let headless = told(text, "speaker=1,text=2,header=no");
    assert_eq!(turns(&headless)[0], "a: b");
}

#[test]
fn columns_that_are_not_there_are_refused_with_those_that_are() {
    let text = "nombre;palabras\nAna;Hola a todos.\nLuis;Buenas tardes.\n";
    for said in ["text=9", "text=nada", "words=2", "speaker=1", "text", "text=0"] {
        let options = ReadOptions { format: None, columns: Some(said) };
        let problem = formats::read_with("t.csv", text.as_bytes(), options).expect_err("it must be refused");
        assert_eq!(problem.code, "bad_columns", "{said}");
        assert!(problem.hint.en.contains("1 = nombre; 2 = palabras"), "{}", problem.hint.en);
    }
}

#[test]
fn spans_of_quoted_cells_point_at_the_words_of_the_file() {
    let text = "who,what\nAna,\"Dijo \"\"no\"\" y colgó, así\nsin más.\"\nLuis,Claro.\nAna,\"\"\"Fin\"\"\"\n";
    let reading = told(text, "speaker=1,text=2");
    assert_eq!(reading.transcript.text, text);
    assert_eq!(turns(&reading), ["Ana: Dijo \"no\" y colgó, así sin más.", "Luis: Claro.", "Ana: \"Fin\""]);
}

#[test]
fn windows_1252_and_semicolons_read_like_any_other() {
    let (_, bytes) =
        fixtures("transcripts/csv").into_iter().find(|(path, _)| name(path) == "dialogo.csv").expect("it is there");
    let reading = formats::read("export.txt", &bytes, None).expect("it is usable");
    assert_eq!(reading.report.encoding.name(), "Windows-1252");
    let sides: Vec<(Side, SideSource)> =
        reading.transcript.speakers.iter().map(|speaker| (speaker.side, speaker.side_source)).collect();
    assert_eq!(sides, [(Side::Team, SideSource::Label), (Side::Customer, SideSource::Label)]);
    let roles: Vec<ColumnRole> =
        reading.report.columns.expect("columns").columns.iter().map(|column| column.role).collect();
    assert_eq!(roles, [ColumnRole::Date, ColumnRole::Start, ColumnRole::Speaker, ColumnRole::Side, ColumnRole::Text]);
}

#[test]
fn times_count_in_the_unit_that_the_table_uses() {
    let start = |header: &str, cells: [&str; 3]| {
        let rows: Vec<String> = cells.iter().map(|cell| format!("{cell};Ana;Palabras que siguen.")).collect();
        let reading =
            told(&format!("{header};quien;texto\n{}\n", rows.join("\n")), "start=1,speaker=2,text=3,header=yes");
        reading.transcript.turns[0].start_ms
    };
    assert_eq!(start("inicio", ["1.5", "2.5", "9"]), Some(1_500));
    assert_eq!(start("inicio", ["1,5", "2,5", "9"]), Some(1_500));
    assert_eq!(start("start_ms", ["1500", "2500", "9000"]), Some(1_500));
    assert_eq!(start("start", ["1500", "2500", "90000000"]), Some(1_500));
    assert_eq!(start("hora", ["00:00:01,500", "00:00:02", "00:00:03"]), Some(1_500));
    assert_eq!(start("inicio", ["-1", "x", "2"]), None);
}

#[test]
fn prose_lists_and_markdown_tables_are_no_tables() {
    for text in [
        "Compramos pan, leche, huevos.\nLuego, a la tarde, nada.\nY así, otra vez, hasta el lunes.\n",
        "| a | b |\n|---|---|\n| uno | dos |\n| tres | cuatro |\n",
        "Ana: Hola, Luis.\nLuis: Hola, Ana.\nAna: Bien, gracias.\n",
        "- uno, dos\n- tres, cuatro\n- cinco, seis\n",
    ] {
        assert_ne!(read("t.txt", text).report.format, "csv", "{text}");
    }
}

#[test]
fn rows_without_words_are_left_over_with_their_line() {
    let reading = told("quien;texto\nAna;Hola a todos.\nLuis;\n;;\nEva;-\n", "speaker=1,text=2");
    let left: Vec<usize> = reading.report.left_over.iter().map(|left| left.line).collect();
    assert_eq!(left, [3, 5]);
}
