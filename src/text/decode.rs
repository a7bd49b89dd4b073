//! Bytes become text, and say how they were spelled.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::model::{Bilingual, Encoding, Problem, ProblemClass, Warning};

/// The text of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoded {
    /// The text. For UTF-8 it equals the file's bytes, a byte-order mark included.
    pub text: String,
    /// How the bytes spelled it.
    pub encoding: Encoding,
    /// What a person should know of it: `invalid_utf8`, `invalid_utf16`, `encoding_guess`, `control_characters`.
    pub warnings: Vec<Warning>,
}

/// Decodes UTF-8, UTF-16 of either end with or without a byte-order mark, and Windows-1252.
///
/// Bytes that are not UTF-8 inside a file that otherwise is are read as Windows-1252, with a warning: that is how mixed
/// files come about.
///
/// # Errors
/// `empty_file` where nothing but white space is there; `binary_file` where the bytes are no text.
pub fn decode(bytes: &[u8]) -> Result<Decoded, Problem> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(empty());
    }
    if let Some(what) = binary_kind(bytes) {
        return Err(binary(what));
    }
    let decoded = match utf16_order(bytes) {
        Some(order) => decode_utf16(bytes, order),
        None => decode_eight_bit(bytes),
    };
    let Some(share) = control_share(&decoded.text) else { return Err(empty()) };
    if share > MAX_CONTROL_SHARE {
        return Err(binary(BinaryKind { es: "datos binarios", en: "binary data", text_inside: false }));
    }
    let mut decoded = decoded;
    if share > 0.0 {
        decoded.warnings.push(Warning {
            code: "control_characters".to_owned(),
            line: decoded.text.lines().position(|line| line.chars().any(is_stray_control)).map(|at| at + 1),
            text: Bilingual::new(
                "El texto contiene caracteres de control; se conservan tal cual.",
                "The text holds control characters; they are kept as they are.",
            ),
        });
    }
    Ok(decoded)
}

/// Above this share of control characters a file is no text.
const MAX_CONTROL_SHARE: f64 = 0.002;

#[derive(Clone, Copy)]
enum ByteOrder {
    Little,
    Big,
}

#[derive(Clone, Copy)]
struct BinaryKind {
    es: &'static str,
    en: &'static str,
    /// Can its owner save the words in it as text?
    text_inside: bool,
}

/// The first bytes of formats that people upload by mistake.
const MAGIC: &[(&[u8], BinaryKind)] = &[
    (b"PK\x03\x04", BinaryKind { es: "un archivo ZIP o de Office", en: "a ZIP or Office file", text_inside: true }),
    (b"PK\x05\x06", BinaryKind { es: "un archivo ZIP vacío", en: "an empty ZIP file", text_inside: true }),
    (b"%PDF-", BinaryKind { es: "un PDF", en: "a PDF", text_inside: true }),
    (b"{\\rtf", BinaryKind { es: "un documento RTF", en: "an RTF document", text_inside: true }),
    (
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        BinaryKind { es: "un documento de Office antiguo", en: "an old Office document", text_inside: true },
    ),
    (b"\x89PNG", BinaryKind { es: "una imagen PNG", en: "a PNG picture", text_inside: false }),
    (b"\xFF\xD8\xFF", BinaryKind { es: "una imagen JPEG", en: "a JPEG picture", text_inside: false }),
    (b"GIF8", BinaryKind { es: "una imagen GIF", en: "a GIF picture", text_inside: false }),
    (b"\x7FELF", BinaryKind { es: "un programa", en: "a program", text_inside: false }),
    (b"MZ\x90\x00", BinaryKind { es: "un programa de Windows", en: "a Windows program", text_inside: false }),
    (b"\x1F\x8B", BinaryKind { es: "un archivo gzip", en: "a gzip file", text_inside: true }),
    (b"7z\xBC\xAF", BinaryKind { es: "un archivo 7z", en: "a 7z archive", text_inside: true }),
    (b"Rar!", BinaryKind { es: "un archivo RAR", en: "a RAR archive", text_inside: true }),
    (b"SQLite format 3\0", BinaryKind { es: "una base de datos SQLite", en: "an SQLite database", text_inside: false }),
    (b"OggS", BinaryKind { es: "un audio Ogg", en: "an Ogg recording", text_inside: false }),
    (b"ID3", BinaryKind { es: "un audio MP3", en: "an MP3 recording", text_inside: false }),
    (b"RIFF", BinaryKind { es: "un audio o vídeo RIFF", en: "a RIFF recording", text_inside: false }),
    (b"fLaC", BinaryKind { es: "un audio FLAC", en: "a FLAC recording", text_inside: false }),
    (b"\x1A\x45\xDF\xA3", BinaryKind { es: "un vídeo Matroska", en: "a Matroska recording", text_inside: false }),
];

fn binary_kind(bytes: &[u8]) -> Option<BinaryKind> {
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(BinaryKind { es: "un vídeo o audio MP4", en: "an MP4 recording", text_inside: false });
    }
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| *kind)
}

fn empty() -> Problem {
    Problem::new("empty_file", ProblemClass::Invalid, "El archivo está vacío.", "The file is empty.").hint(
        "Compruebe que la exportación terminó y vuelva a subir el archivo.",
        "Check that the export finished, and upload the file again.",
    )
}

fn binary(kind: BinaryKind) -> Problem {
    let problem = Problem::new(
        "binary_file",
        ProblemClass::Invalid,
        format!("El archivo no es texto: parece {}.", kind.es),
        format!("The file is not text: it looks like {}.", kind.en),
    );
    if kind.text_inside {
        return problem.hint(
            "Ábralo y guarde la transcripción como texto, WebVTT, SRT, Markdown o JSON.",
            "Open it and save the transcript as text, WebVTT, SRT, Markdown or JSON.",
        );
    }
    problem.hint(
        "Suba la transcripción de la reunión, no la grabación ni otro archivo: texto, WebVTT, SRT, Markdown o JSON.",
        "Upload the transcript of the meeting, not the recording or another file: text, WebVTT, SRT, Markdown or JSON.",
    )
}

/// The byte order where the bytes are UTF-16: by its mark, or because every other byte is NUL, as in western text.
fn utf16_order(bytes: &[u8]) -> Option<ByteOrder> {
    if bytes.starts_with(b"\xFF\xFE") {
        return Some(ByteOrder::Little);
    }
    if bytes.starts_with(b"\xFE\xFF") {
        return Some(ByteOrder::Big);
    }
    let sample = &bytes[..bytes.len().min(4096)];
    if sample.len() < 4 {
        return None;
    }
    let nul_at = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (nul_at(0), nul_at(1));
    let half = sample.len() / 2;
    if odd * 10 >= half * 7 && even * 20 <= half {
        return Some(ByteOrder::Little);
    }
    if even * 10 >= half * 7 && odd * 20 <= half {
        return Some(ByteOrder::Big);
    }
    None
}

fn decode_utf16(bytes: &[u8], order: ByteOrder) -> Decoded {
    let (encoding, name) = match order {
        ByteOrder::Little => (UTF_16LE, Encoding::Utf16Le),
        ByteOrder::Big => (UTF_16BE, Encoding::Utf16Be),
    };
    let (text, damaged) = encoding.decode_with_bom_removal(bytes);
    let text = text.into_owned();
    let mut warnings = Vec::new();
    if damaged {
        warnings.push(Warning {
            code: "invalid_utf16".to_owned(),
            line: line_of(&text, |line| line.contains('\u{FFFD}')),
            text: Bilingual::new(
                "Algunos caracteres UTF-16 están dañados y se muestran como �.",
                "Some UTF-16 characters are damaged and show as �.",
            ),
        });
    }
    Decoded { text, encoding: name, warnings }
}

fn decode_eight_bit(bytes: &[u8]) -> Decoded {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), ..Decoded::default() };
    }
    if let Some((text, first_bad_line)) = mend_utf8(bytes) {
        let warning = Warning {
            code: "invalid_utf8".to_owned(),
            line: Some(first_bad_line),
            text: Bilingual::new(
                "El archivo mezcla codificaciones: los bytes que no son UTF-8 se leyeron como Windows-1252.",
                "The file mixes encodings: the bytes that are not UTF-8 were read as Windows-1252.",
            ),
        };
        return Decoded { text, encoding: Encoding::Utf8, warnings: vec![warning] };
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let text = text.into_owned();
    let warnings = other_alphabet(bytes).into_iter().collect();
    Decoded { text, encoding: Encoding::Windows1252, warnings }
}

/// Reads what is UTF-8 as such and every other byte as Windows-1252, where well-formed characters beyond ASCII outnumber
/// the stray bytes; gives the text and the one-based line of the first stray byte.
fn mend_utf8(bytes: &[u8]) -> Option<(String, usize)> {
    let (mut good, mut stray) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        stray += chunk.invalid().len();
    }
    let marked = bytes.starts_with(b"\xEF\xBB\xBF");
    if stray > good && !marked {
        return None;
    }
    let mut text = String::with_capacity(bytes.len() + stray);
    let mut first_bad_line = None;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            first_bad_line.get_or_insert_with(|| text.bytes().filter(|byte| *byte == b'\n').count() + 1);
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
        }
    }
    first_bad_line.map(|line| (text, line))
}

/// A warning where the bytes look like a legacy encoding of another alphabet, which is read as Windows-1252 all the same:
/// cita reads Spanish and English.
fn other_alphabet(bytes: &[u8]) -> Option<Warning> {
    const LATIN: [&str; 8] = [
        "windows-1252",
        "windows-1250",
        "windows-1254",
        "windows-1257",
        "windows-1258",
        "ISO-8859-2",
        "ISO-8859-4",
        "UTF-8",
    ];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(64 * 1024)], true);
    let guess = detector.guess(None, Utf8Detection::Allow).name();
    if LATIN.contains(&guess) {
        return None;
    }
    Some(Warning {
        code: "encoding_guess".to_owned(),
        line: None,
        text: Bilingual::new(
            format!(
                "La codificación no es segura: parece {guess}, se leyó como Windows-1252. Si ve letras raras, guárdelo como UTF-8."
            ),
            format!(
                "The encoding is not certain: it looks like {guess}, and was read as Windows-1252. If letters look odd, save it as UTF-8."
            ),
        ),
    })
}

/// The share of stray control characters; none where the text holds nothing to read.
fn control_share(text: &str) -> Option<f64> {
    // Bytes suffice: stray controls are ASCII, and no byte of a longer character is.
    let stray = text.bytes().filter(|byte| is_stray_control(char::from(*byte)) && byte.is_ascii()).count();
    if stray == 0 && text.chars().all(|c| c.is_whitespace() || c == '\u{FEFF}') {
        return None;
    }
    Some(stray as f64 / text.len().max(1) as f64)
}

fn is_stray_control(c: char) -> bool {
    c.is_ascii_control()
        && !matches!(c, '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{1B}' | '\u{1A}' | '\u{1F}' | '\u{1E}')
}

fn line_of(text: &str, test: impl Fn(&str) -> bool) -> Option<usize> {
    text.lines().position(test).map(|at| at + 1)
}
