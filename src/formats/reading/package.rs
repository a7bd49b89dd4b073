//! Zip containers (archives, DOCX, XLSX), opened and unpacked in memory under limits that hold while the bytes stream.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::read::ZipFile;

use crate::model::{Problem, ProblemClass};

use super::limits;

/// An open container.
pub struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be unpacked.
    budget: u64,
}

/// Why an entry cannot be unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// All entries together hold more than [`limits::MAX_UNPACKED_BYTES`].
    TooLarge,
    /// It unpacks to far more than it takes.
    Ratio,
    /// Its bytes are damaged, encrypted or packed in a way that cita does not read.
    Damaged,
}

impl<'a> Package<'a> {
    /// Opens a container.
    ///
    /// # Errors
    /// `malformed_archive`; `too_many_entries`; `overlapping_entries`.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Problem> {
        if !is_zip(bytes) {
            return Err(malformed_archive());
        }
        if told_entries(bytes).is_some_and(|entries| entries > limits::MAX_ENTRIES as u64) {
            return Err(too_many_entries());
        }
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| malformed_archive())?;
        if zip.len() > limits::MAX_ENTRIES {
            return Err(too_many_entries());
        }
        if zip.has_overlapping_entries().unwrap_or(true) {
            return Err(overlapping_entries());
        }
        Ok(Self { zip, budget: limits::MAX_UNPACKED_BYTES })
    }

    /// How many entries.
    pub fn len(&self) -> usize {
        self.zip.len()
    }

    /// The names of the entries, as written.
    pub fn names(&self) -> Vec<String> {
        self.zip.file_names().map(|name| name.map(|name| name.into_owned()).unwrap_or_default()).collect()
    }

    /// The entry at a place.
    pub fn entry(&mut self, place: usize) -> Option<ZipFile<'_, Cursor<&'a [u8]>>> {
        self.zip.by_index(place).ok()
    }

    /// Unpacks the entry at a place.
    ///
    /// # Errors
    /// See [`Fault`].
    pub fn unpack(&mut self, place: usize) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        self.stream(place, |chunk| bytes.extend_from_slice(chunk))?;
        Ok(bytes)
    }

    /// Unpacks the part of this name as text; nothing where there is none.
    ///
    /// # Errors
    /// `unpacks_too_large`, `malformed_archive`, `xml_with_dtd`.
    pub fn xml(&mut self, name: &str) -> Result<Option<String>, Problem> {
        let place = self.names().iter().position(|other| other.trim_start_matches('/').eq_ignore_ascii_case(name));
        let Some(place) = place else { return Ok(None) };
        let bytes = self.unpack(place).map_err(problem_of)?;
        if bytes.len() as u64 > limits::MAX_PART_BYTES {
            return Err(unpacks_too_large());
        }
        let text = utf8(&bytes);
        if text.contains("<!DOCTYPE") {
            return Err(xml_with_dtd());
        }
        Ok(Some(text))
    }

    /// Unpacks everything once without keeping it, for a library that unpacks by itself: is it within the limits?
    ///
    /// # Errors
    /// `unpacks_too_large`, `malformed_archive`, `xml_with_dtd`.
    pub fn check(&mut self) -> Result<(), Problem> {
        for place in 0..self.len() {
            let mut has_dtd = false;
            let mut tail: Vec<u8> = Vec::new();
            let streamed = self.stream(place, |chunk| {
                tail.extend_from_slice(chunk);
                has_dtd |= memchr::memmem::find(&tail, b"<!DOCTYPE").is_some();
                let from = tail.len().saturating_sub(9);
                tail.drain(..from);
            });
            streamed.map_err(problem_of)?;
            if has_dtd {
                return Err(xml_with_dtd());
            }
        }
        self.budget = limits::MAX_UNPACKED_BYTES;
        Ok(())
    }

    fn stream(&mut self, place: usize, mut take: impl FnMut(&[u8])) -> Result<(), Fault> {
        let mut entry = self.zip.by_index(place).map_err(|_| Fault::Damaged)?;
        let packed = entry.compressed_size().max(1);
        let mut chunk = vec![0_u8; 64 * 1024];
        let mut unpacked = 0_u64;
        loop {
            let read = entry.read(&mut chunk).map_err(|_| Fault::Damaged)?;
            if read == 0 {
                return Ok(());
            }
            unpacked += read as u64;
            self.budget = self.budget.checked_sub(read as u64).ok_or(Fault::TooLarge)?;
            if unpacked > limits::RATIO_FROM_BYTES && unpacked / packed > limits::MAX_RATIO {
                return Err(Fault::Ratio);
            }
            take(&chunk[..read]);
        }
    }
}

/// Do the bytes begin like a zip container?
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The problem that a fault is to a person.
pub fn problem_of(fault: Fault) -> Problem {
    match fault {
        Fault::TooLarge | Fault::Ratio => unpacks_too_large(),
        Fault::Damaged => malformed_archive(),
    }
}

/// How many entries the end of the container tells of, before anything is read.
fn told_entries(bytes: &[u8]) -> Option<u64> {
    let tail = &bytes[bytes.len().saturating_sub(66_000)..];
    let end = memchr::memmem::rfind(tail, b"PK\x05\x06")?;
    let told = u16::from_le_bytes(tail.get(end + 10..end + 12)?.try_into().ok()?);
    if told < u16::MAX {
        return Some(u64::from(told));
    }
    let large = memchr::memmem::rfind(tail, b"PK\x06\x06")?;
    Some(u64::from_le_bytes(tail.get(large + 32..large + 40)?.try_into().ok()?))
}

/// Parts of Office files are UTF-8, and UTF-16 in theory.
fn utf8(bytes: &[u8]) -> String {
    let wide = |order: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| order([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xFF, 0xFE, ..] => wide(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => wide(u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

fn too_many_entries() -> Problem {
    Problem::new(
        "too_many_entries",
        ProblemClass::TooLarge,
        format!("El archivo comprimido tiene más de {} entradas.", limits::MAX_ENTRIES),
        format!("The archive has more than {} entries.", limits::MAX_ENTRIES),
    )
    .hint("Divídalo en varios archivos.", "Split it into several archives.")
}

fn overlapping_entries() -> Problem {
    Problem::new(
        "overlapping_entries",
        ProblemClass::Invalid,
        "El archivo comprimido tiene entradas que comparten los mismos bytes.",
        "The archive has entries that share the same bytes.",
    )
    .hint("Vuelva a crearlo con otro programa.", "Make it again with another program.")
}

fn unpacks_too_large() -> Problem {
    let megabytes = limits::MAX_UNPACKED_BYTES / 1_000_000;
    let ratio = limits::MAX_RATIO;
    Problem::new(
        "unpacks_too_large",
        ProblemClass::TooLarge,
        format!("Descomprimido pasa del límite: {megabytes} MB en total, {ratio} veces su tamaño en cada parte."),
        format!("Unpacked it is over the limit: {megabytes} MB in all, {ratio} times its size in each part."),
    )
    .hint(
        "Si el archivo es de confianza, súbalo sin comprimir o por partes.",
        "If you trust the file, upload it uncompressed or in parts.",
    )
}

fn malformed_archive() -> Problem {
    Problem::new(
        "malformed_archive",
        ProblemClass::Invalid,
        "El archivo comprimido está dañado, cifrado o incompleto.",
        "The compressed file is damaged, encrypted or incomplete.",
    )
    .hint(
        "Compruebe que se descargó entero y que no tiene contraseña.",
        "Check that it was downloaded whole and has no password.",
    )
}

/// An Office file with a document type declaration, which none needs and attacks use.
pub fn xml_with_dtd() -> Problem {
    Problem::new(
        "xml_with_dtd",
        ProblemClass::Forbidden,
        "El documento declara entidades (DTD), lo que ningún documento de Office hace.",
        "The document declares entities (DTD), which no Office document does.",
    )
    .hint("Ábralo en su programa y guárdelo de nuevo.", "Open it in its program and save it again.")
}
