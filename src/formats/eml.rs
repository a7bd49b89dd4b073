//! A saved mail (.eml): who wrote when to whom about what, and the plain text of it, or its HTML reduced to text. The
//! format of mail threads reads the result; attachments are left out and told.

use mail_parser::{Address, Message, MessageParser, MimeHeaders};

use crate::model::{Problem, ProblemClass};

use super::reading::wrapped::Wrapped;
use super::reading::{labels, lines};
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "eml",
    label: ("Correo guardado (EML)", "Saved mail (EML)"),
    extensions: &["eml"],
    sniff,
    parser: Parser::Wrapper(unwrap),
};

/// Headers that only machines write.
const MACHINE_HEADERS: [&str; 8] = [
    "mime-version",
    "message-id",
    "received",
    "return-path",
    "content-type",
    "delivered-to",
    "dkim-signature",
    "content-transfer-encoding",
];
/// Headers of every mail.
const MAIL_HEADERS: [&str; 4] = ["from", "to", "date", "subject"];

fn sniff(sample: &Sample<'_>) -> f32 {
    let head = &sample.bytes[..sample.bytes.len().min(32 * 1024)];
    let (mut machine, mut mail) = (0, 0);
    for (at, line) in head.split(|byte| *byte == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") || (at == 0 && line.starts_with(b"From ")) {
            continue;
        }
        let Some(colon) = memchr::memchr(b':', line).filter(|colon| *colon > 0) else { return 0.0 };
        let name = line[..colon].to_ascii_lowercase();
        if !name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-') {
            return 0.0;
        }
        machine += usize::from(MACHINE_HEADERS.iter().any(|known| known.as_bytes() == name));
        mail += usize::from(MAIL_HEADERS.iter().any(|known| known.as_bytes() == name));
    }
    if machine >= 1 && mail >= 2 { 0.98 } else { 0.0 }
}

fn unwrap(bytes: &[u8]) -> Result<Wrapped, Problem> {
    let message = MessageParser::default().parse(bytes).ok_or_else(malformed)?;
    let mut wrapped = Wrapped::default();
    read_facts(&message, &mut wrapped);
    write_head(&message, &mut wrapped);
    let mut has_html = false;
    for place in 0..message.text_body_count() {
        let Some(body) = message.body_text(place) else { continue };
        has_html |= message.text_bodies().nth(place).is_some_and(|part| part.is_text_html());
        for line in lines::lines(&body) {
            if !wrapped.line(line.text.trim_end()) {
                break;
            }
        }
        wrapped.line("");
    }
    if has_html {
        wrapped.warn(
            "html_reduced",
            "El correo solo tiene HTML; se redujo a texto.",
            "The mail has HTML only; it was reduced to text.",
        );
    }
    let attachments: Vec<String> =
        message.attachments().map(|part| lines::excerpt(part.attachment_name().unwrap_or("?"), 80)).collect();
    if !attachments.is_empty() {
        let names = attachments.join(", ");
        wrapped.warn(
            "attachments_left_out",
            format!("Los adjuntos quedan fuera; impórtelos aparte: {names}."),
            format!("Attachments are left out; import them by themselves: {names}."),
        );
    }
    Ok(wrapped)
}

fn read_facts(message: &Message<'_>, wrapped: &mut Wrapped) {
    let subject = message.subject().map(bare_subject).filter(|subject| !subject.is_empty());
    wrapped.facts.title = subject.map(|subject| lines::excerpt(subject, 200));
    wrapped.facts.date = message
        .date()
        .filter(|date| date.is_valid())
        .map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day));
}

/// The head as mail programs show it, for the format of mail threads.
fn write_head(message: &Message<'_>, wrapped: &mut Wrapped) {
    let line_of = |address: Option<&Address<'_>>| {
        let shown = address.into_iter().flat_map(people).map(|(name, mail)| match (name.as_str(), mail.as_str()) {
            ("", mail) => mail.to_owned(),
            (name, "") => name.to_owned(),
            (name, mail) => format!("{name} <{mail}>"),
        });
        shown.collect::<Vec<_>>().join("; ")
    };
    let sent = message
        .date()
        .filter(|date| date.is_valid())
        .map(|date| format!("{:04}-{:02}-{:02} {:02}:{:02}", date.year, date.month, date.day, date.hour, date.minute));
    let subject = message.subject().map(|subject| lines::trim(subject).replace(['\r', '\n'], " ")).unwrap_or_default();
    let head = [
        ("From", line_of(message.from())),
        ("Sent", sent.unwrap_or_default()),
        ("To", line_of(message.to())),
        ("Cc", line_of(message.cc())),
        ("Subject", subject),
    ];
    for (key, value) in head.into_iter().filter(|(_, value)| !value.is_empty()) {
        wrapped.line(&format!("{key}: {value}"));
    }
    wrapped.line("");
}

/// Names and addresses.
fn people(address: &Address<'_>) -> Vec<(String, String)> {
    let clean =
        |text: Option<&str>| lines::excerpt(lines::trim(text.unwrap_or("")), 120).replace(['\r', '\n', ';'], " ");
    address.iter().take(200).map(|one| (clean(one.name.as_deref()), clean(one.address.as_deref()))).collect()
}

/// The subject without `RE:`, `RV:`, `FW:` before it.
fn bare_subject(subject: &str) -> &str {
    let mut rest = lines::trim(subject);
    while let Some((mark, after)) = rest.split_once(':')
        && matches!(labels::fold(mark.trim()).as_str(), "re" | "rv" | "fw" | "fwd" | "aw" | "enc" | "res")
    {
        rest = lines::trim(after);
    }
    rest
}

fn malformed() -> Problem {
    Problem::new(
        "malformed_mail",
        ProblemClass::Invalid,
        "El correo guardado no se puede leer.",
        "The saved mail cannot be read.",
    )
    .hint("Guárdelo de nuevo como .eml, o copie su texto.", "Save it again as .eml, or copy its text.")
}
