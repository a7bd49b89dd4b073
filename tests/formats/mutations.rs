//! Every fixture of every format, damaged in thousands of ways, the same on every machine: no panic, every piece verbatim.
//! The targets below `fuzz/` do the same without end.

use std::io::{Cursor, Read, Write};

use cita::formats::{self, FORMATS};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::invariants::{self, check};
use super::{fixtures, name};

/// How often each file of words is damaged, and each file that must be unpacked first.
const TIMES: usize = 24;
const TIMES_PACKED: usize = 16;

/// What breaks parsers: marks of every format, borders of numbers and of encodings.
const TOKENS: &[&[u8]] = &[
    b"\n\n",
    b"\r",
    b"\0",
    b"\"",
    b"\"\"",
    b"\",\"",
    b";",
    b"\t",
    b"-->",
    b"00:00:01,000 --> 00:00:00,000",
    b"99999999999999999999",
    b"-1",
    b"1e309",
    b"{\"text\":",
    b"[[[[[[[[[[",
    b"}]}]",
    b"\\ud800",
    b"<v Ana>",
    b"</w:p>",
    b"<w:p><w:r><w:t>",
    b"<w:del>",
    b"&#0;",
    b"&x;",
    b"<!DOCTYPE x>",
    b"]]>",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xC3",
    b"\xE2\x80\x8E",
    b"\xF0\x9F\x91\xA9",
    b"**",
    b"Ana: ",
    b"endstream",
    b"stream\n",
    b"6 0 R",
    b"BT (x) Tj ET",
    b"-4294967296",
    b"--b\n",
    b"=?utf-8?B?////?=",
    b"Content-Type: multipart/mixed; boundary=b\n\n",
];

/// A small generator, so that every machine tries the same mutations.
struct Mutations(u64);

impl Mutations {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits fit") % limit.max(1)
    }

    fn damaged(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        for _ in 0..=self.below(4) {
            self.mutate(&mut bytes);
        }
        bytes
    }

    fn mutate(&mut self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let at = self.below(bytes.len());
        match self.below(8) {
            0 => bytes[at] = u8::try_from(self.below(256)).expect("it fits"),
            1 => drop(bytes.drain(at..(at + self.below(40)).min(bytes.len()))),
            2 => bytes.truncate(at.max(1)),
            3 => {
                let piece: Vec<u8> = bytes[at..(at + self.below(60)).min(bytes.len())].to_vec();
                let to = self.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            4 => bytes.insert(at, *b"\n\r:<>[]\"{}|#*-.\xC3\xFF".get(self.below(17)).expect("in range")),
            5 => bytes[at] ^= 1 << self.below(8),
            _ => {
                let token = TOKENS[self.below(TOKENS.len())];
                bytes.splice(at..at, token.iter().copied());
            }
        }
    }

    /// The container with one of its parts damaged and everything else sound.
    fn damaged_inside(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a fixture is sound");
        let victim = self.below(archive.len());
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for place in 0..archive.len() {
            let mut part = archive.by_index(place).expect("a fixture is sound");
            let name = part.name().expect("a plain name").into_owned();
            let mut content = Vec::new();
            part.read_to_end(&mut content).expect("a fixture is sound");
            let wanted = place == victim || name.ends_with("document.xml") || name.ends_with("sheet1.xml");
            if wanted {
                content = self.damaged(&content);
            }
            writer.start_file(name, SimpleFileOptions::default()).expect("it can be added");
            writer.write_all(&content).expect("it can be written");
        }
        writer.finish().expect("it can be closed").into_inner()
    }
}

fn try_to_read(file_name: &str, bytes: &[u8], format: &str) {
    for named in [None, Some(format)] {
        if let Ok(reading) = formats::read(file_name, bytes, named) {
            check(&reading);
        }
    }
}

#[test]
fn damaged_fixtures_are_read_or_refused() {
    let mut random = Mutations(7);
    let mut tried = 0;
    for format in FORMATS {
        for (path, bytes) in fixtures(&format!("transcripts/{}", format.name)) {
            for _ in 0..TIMES {
                try_to_read(name(&path), &random.damaged(&bytes), format.name);
                tried += 1;
            }
        }
    }
    assert!(tried >= 2_000, "only {tried} mutations");
}

#[test]
fn documents_damaged_inside_their_container_are_read_or_refused() {
    let mut random = Mutations(11);
    for folder in ["docx", "xlsx"] {
        for (path, bytes) in fixtures(&format!("transcripts/{folder}")) {
            for _ in 0..TIMES_PACKED {
                try_to_read(name(&path), &random.damaged_inside(&bytes), folder);
            }
        }
    }
}

#[test]
fn damaged_archives_are_unpacked_or_refused() {
    let mut random = Mutations(13);
    for (_, bytes) in fixtures("archives") {
        for _ in 0..TIMES_PACKED {
            invariants::unpack(&random.damaged(&bytes));
        }
    }
}

#[test]
fn every_cell_of_words_becomes_a_turn_or_is_left_over() {
    for (path, bytes) in fixtures("transcripts/csv") {
        if name(&path).starts_with("hostile") || name(&path) == "dialogo.csv" {
            // The second has a cell with a mark that is not quoted, which the other reader takes for two cells.
            continue;
        }
        let reading = formats::read(name(&path), &bytes, None).expect("it is usable");
        let shown = reading.report.columns.expect("a table tells its columns");
        let first = String::from_utf8_lossy(&bytes).lines().next().expect("a first line").to_owned();
        let often = |delimiter: &u8| first.matches(char::from(*delimiter)).count();
        let delimiter = [b'\t', b';', b','].into_iter().max_by_key(often).expect("there are three");
        let said: String = super::turns(&formats::read(name(&path), &bytes, None).expect("it is usable")).join("\n");
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).has_headers(shown.has_header).from_reader(&bytes[..]);
        for row in reader.records() {
            let row = row.expect("the table is sound");
            for column in shown.columns.iter().filter(|column| column.role == cita::model::ColumnRole::Text) {
                let words = row.get(column.number - 1).unwrap_or_default();
                for word in words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
                    assert!(said.contains(word), "{}: {word}", path.display());
                }
            }
        }
    }
}

#[test]
fn every_format_has_a_fuzz_target() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).expect("it is there");
    for name in FORMATS.iter().map(|format| format.name).chain(["detection", "archive"]) {
        let name = name.replace('-', "_");
        let target = std::fs::read_to_string(root.join(format!("fuzz_targets/{name}.rs"))).unwrap_or_default();
        assert!(target.contains("fuzz_target!"), "fuzz/fuzz_targets/{name}.rs is missing");
        assert!(manifest.contains(&format!("name = \"{name}\"")), "fuzz/Cargo.toml does not list {name}");
    }
}
