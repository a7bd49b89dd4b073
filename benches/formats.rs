//! How fast files become transcripts, on one core: `cargo bench --bench formats`.
//!
//! Each bench reads about eight megabytes of one format, decoding and detection included. `memchr_lines` only finds the
//! ends of the lines, which is what no reader of lines can beat. The `hostile` ones are files that try to cost too much.

use std::io::{Cursor, Write};

use cita::formats;
use divan::Bencher;
use divan::counter::BytesCount;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const BYTES: usize = 8_000_000;

/// What people say, in both languages.
const SAID: [&str; 4] = [
    "Perdemos dos días cada mes en conciliar los extractos del banco.",
    "We lose the order between the greetings, and nobody notices until Friday.",
    "El chofer espera una hora, fácil, porque la guía no se imprime.",
    "And who copies it? I do, every evening, by hand.",
];

fn main() {
    divan::main();
}

/// Repeats what `item` writes of an ordinal and of words until the text is long enough.
fn repeated(head: &str, item: impl Fn(usize, &str) -> String, tail: &str) -> Vec<u8> {
    let mut text = head.to_owned();
    let mut ordinal = 0;
    while text.len() < BYTES {
        text.push_str(&item(ordinal, SAID[ordinal % SAID.len()]));
        ordinal += 1;
    }
    text.push_str(tail);
    text.into_bytes()
}

fn clock(ordinal: usize) -> String {
    let seconds = ordinal * 4;
    format!("{:02}:{:02}:{:02}", seconds / 3600 % 100, seconds / 60 % 60, seconds % 60)
}

fn name(ordinal: usize) -> &'static str {
    if (ordinal / 3).is_multiple_of(2) { "Marisol Ríos" } else { "Edgar Pinto" }
}

fn captions() -> Vec<u8> {
    repeated(
        "WEBVTT\n\n",
        |at, said| format!("{at}\n{}.000 --> {}.000\n<v {}>{said}</v>\n\n", clock(at), clock(at + 1), name(at)),
        "",
    )
}

/// Reads `bytes` over and over; they must be usable, and of this format.
fn read(bencher: Bencher<'_, '_>, bytes: &[u8], format: &str) {
    let reading = formats::read("bench", bytes, None).expect("it is usable");
    assert_eq!(reading.report.format, format);
    bencher.counter(BytesCount::new(bytes.len())).bench_local(|| formats::read("bench", bytes, None));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn memchr_lines(bencher: Bencher<'_, '_>) {
    let bytes = captions();
    bencher.counter(BytesCount::new(bytes.len())).bench_local(|| memchr::memchr_iter(b'\n', &bytes).count());
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn webvtt(bencher: Bencher<'_, '_>) {
    read(bencher, &captions(), "webvtt");
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn srt(bencher: Bencher<'_, '_>) {
    let item = |at: usize, said: &str| {
        format!("{}\n{},000 --> {},000\n{}: {said}\n\n", at + 1, clock(at), clock(at + 1), name(at))
    };
    read(bencher, &repeated("", item, ""), "srt");
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn sbv(bencher: Bencher<'_, '_>) {
    let item = |at: usize, said: &str| format!("{}.000,{}.000\n{said}\n\n", clock(at), clock(at + 1));
    read(bencher, &repeated("", item, ""), "sbv");
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn labelled(bencher: Bencher<'_, '_>) {
    read(bencher, &repeated("", |at, said| format!("[{}] {}: {said}\n", clock(at), name(at)), ""), "labelled");
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn markdown(bencher: Bencher<'_, '_>) {
    let item = |at: usize, said: &str| {
        if at.is_multiple_of(9) { format!("\n## Punto {at}\n\n") } else { format!("- {said}\n") }
    };
    read(bencher, &repeated("# Acta\n", item, ""), "markdown");
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn whatsapp(bencher: Bencher<'_, '_>) {
    let item =
        |at: usize, said: &str| format!("[12/03/26, 10:{:02}:{:02}] {}: {said}\n", at / 60 % 60, at % 60, name(at));
    read(bencher, &repeated("", item, ""), "whatsapp");
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn csv(bencher: Bencher<'_, '_>) {
    let item = |at: usize, said: &str| format!("{};\"{}\";\"{said}\"\r\n", clock(at), name(at));
    read(bencher, &repeated("Hora;Hablante;Texto\r\n", item, ""), "csv");
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn json(bencher: Bencher<'_, '_>) {
    let item = |at: usize, said: &str| {
        let comma = if at == 0 { "" } else { "," };
        format!("{comma}\n{{\"start\": {at}.5, \"end\": {at}.9, \"speaker\": \"{}\", \"text\": \"{said}\"}}", name(at))
    };
    read(bencher, &repeated("{\"turns\": [", item, "\n]}"), "json");
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn eml(bencher: Bencher<'_, '_>) {
    let head = "MIME-Version: 1.0\r\nMessage-ID: <1@a.example>\r\nFrom: Ana <ana@a.example>\r\nTo: luis@b.example\r\nDate: Thu, 12 Mar 2026 09:15:00 -0400\r\nSubject: Guías\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n";
    read(bencher, &repeated(head, |_, said| format!("{said}\r\n\r\n"), ""), "eml");
}

/// A container of these parts.
fn container(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("it can be added");
        writer.write_all(content).expect("it can be written");
    }
    writer.finish().expect("it can be closed").into_inner()
}

/// Reads a container; the rate is that of its unpacked text.
fn read_unpacked(bencher: Bencher<'_, '_>, bytes: &[u8], unpacked: usize, format: &str) {
    let reading = formats::read("bench", bytes, None).expect("it is usable");
    assert_eq!(reading.report.format, format);
    bencher.counter(BytesCount::new(unpacked)).bench_local(|| formats::read("bench", bytes, None));
}

const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

#[divan::bench(sample_count = 5, sample_size = 1)]
fn docx(bencher: Bencher<'_, '_>) {
    let item = |at: usize, said: &str| {
        let name = name(at);
        // Every paragraph says something else, as people do; else it would pack like a bomb.
        format!(
            "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{name}:</w:t></w:r><w:r><w:t xml:space=\"preserve\"> {at} {said} {}</w:t></w:r></w:p>",
            at.wrapping_mul(2_654_435_761)
        )
    };
    let document = repeated(&format!("<w:document {WORD}><w:body>"), item, "</w:body></w:document>");
    let bytes = container(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", &document)]);
    read_unpacked(bencher, &bytes, document.len(), "docx");
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn xlsx(bencher: Bencher<'_, '_>) {
    const MAIN: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let cell = |place: String, words: &str| format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{words}</t></is></c>");
    let item = |at: usize, said: &str| {
        let row = at + 1;
        let words = format!("{said} {}", at.wrapping_mul(2_654_435_761));
        format!("<row r=\"{row}\">{}{}</row>", cell(format!("A{row}"), name(at)), cell(format!("B{row}"), &words))
    };
    let sheet = repeated(&format!("<worksheet {MAIN}><sheetData>"), item, "</sheetData></worksheet>");
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let book = format!(
        "<workbook {MAIN} xmlns:r=\"{relations}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let root = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let links = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let bytes = container(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
        ("xl/worksheets/sheet1.xml", &sheet),
    ]);
    read_unpacked(bencher, &bytes, sheet.len(), "xlsx");
}

/// A PDF of `pages` pages, thirty lines each.
fn pages(pages: usize) -> Vec<u8> {
    let mut objects: Vec<Vec<u8>> = vec![b"<</Type/Catalog/Pages 2 0 R>>".to_vec()];
    let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", 4 + page * 2)).collect();
    objects.push(format!("<</Type/Pages/Kids[{}]/Count {pages}>>", kids.join(" ")).into_bytes());
    objects.push(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec());
    for page in 0..pages {
        let lines: Vec<String> = (0..30)
            .map(|line| {
                format!(
                    "({}: {page} {line} words go on and on.) Tj 0 -14 Td",
                    if line % 2 == 0 { "Ana" } else { "Luis" }
                )
            })
            .collect();
        let content = format!("BT /F1 11 Tf 60 780 Td {} ET", lines.join(" "));
        objects.push(
            format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents {} 0 R>>",
                5 + page * 2
            )
            .into_bytes(),
        );
        objects.push(format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()).into_bytes());
    }
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend_from_slice(format!("{} 0 obj\n", at + 1).as_bytes());
        bytes.extend_from_slice(object);
        bytes.extend_from_slice(b"\nendobj\n");
    }
    let start = bytes.len();
    let rows: String = places.iter().map(|place| format!("{place:010} 00000 n \n")).collect();
    let size = objects.len() + 1;
    bytes.extend_from_slice(format!("xref\n0 {size}\n0000000000 65535 f \n{rows}trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").as_bytes());
    bytes
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn pdf(bencher: Bencher<'_, '_>) {
    read(bencher, &pages(300), "pdf");
}

/// Reads bytes that may be refused.
fn try_to_read(bencher: Bencher<'_, '_>, bytes: &[u8], format: Option<&str>) {
    bencher.counter(BytesCount::new(bytes.len())).bench_local(|| formats::read("bench", bytes, format).is_ok());
}

#[divan::bench(sample_count = 1, sample_size = 1)]
fn hostile_one_line_of_100_mb(bencher: Bencher<'_, '_>) {
    try_to_read(bencher, "palabras sin fin ".repeat(5_900_000).as_bytes(), None);
}

#[divan::bench(sample_count = 1, sample_size = 1, args = ["labelled", "markdown", "csv", "webvtt", "srt", "whatsapp", "mail", "json"])]
fn hostile_one_line_of_20_mb_as(bencher: Bencher<'_, '_>, format: &str) {
    try_to_read(bencher, "Ana: uno; \"dos\" [12:03] **tres** > ".repeat(570_000).as_bytes(), Some(format));
}

#[divan::bench(sample_count = 1, sample_size = 1)]
fn hostile_a_million_cues(bencher: Bencher<'_, '_>) {
    let cues: String =
        (0..1_000_000).map(|at| format!("{}.000 --> {}.000\nsí\n\n", clock(at), clock(at / 2))).collect();
    try_to_read(bencher, format!("WEBVTT\n\n{cues}").as_bytes(), None);
}

#[divan::bench(sample_count = 1, sample_size = 1)]
fn hostile_deep_json(bencher: Bencher<'_, '_>) {
    try_to_read(bencher, "[".repeat(10_000_000).as_bytes(), Some("json"));
}

#[divan::bench(sample_count = 1, sample_size = 1)]
fn hostile_a_million_open_quotation_marks(bencher: Bencher<'_, '_>) {
    try_to_read(bencher, "\"a;\"b\n".repeat(2_000_000).as_bytes(), Some("csv"));
}
