//! A zip of any of the formats becomes its members, each a file of its own.

use zip::CompressionMethod;

use crate::model::{Problem, ProblemClass};

use super::reading::package::{self, Package};

/// One file of an archive.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its name without folders; never a path.
    pub name: String,
    /// The folders that it lies in, to be shown; empty at the top.
    pub folder: String,
    /// Its bytes, or why they cannot be had; the others are not concerned.
    pub content: Result<Vec<u8>, Problem>,
}

/// Is this an archive, whose members are files of their own? DOCX, XLSX and other Office files are not.
pub fn is_archive(bytes: &[u8]) -> bool {
    package::is_zip(bytes) && !is_office(bytes)
}

/// Unpacks an archive in memory. Folders and what systems add by themselves (`__MACOSX/`, `.DS_Store`, `Thumbs.db`) are
/// left out. The limits hold while the bytes stream: 200 MB in all, a hundred times its size for each member, 2,000
/// entries; an archive inside is not unpacked, a symbolic link not followed.
///
/// # Errors
/// `malformed_archive`, `too_many_entries`, `overlapping_entries`, `unpacks_too_large`; `empty_archive`.
pub fn unpack(bytes: &[u8]) -> Result<Vec<Member>, Problem> {
    let mut package = Package::open(bytes)?;
    let mut members = Vec::new();
    for (place, full_name) in package.names().into_iter().enumerate() {
        let (folder, name) = shown_name(&full_name);
        let Some(entry) = package.entry(place) else {
            let content = Err(locked().in_file(&name));
            members.push(Member { name, folder, content });
            continue;
        };
        let (is_folder, is_link) = (entry.is_dir(), entry.is_symlink());
        let readable = !entry.encrypted()
            && matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated);
        drop(entry);
        if is_folder || is_litter(&folder, &name) {
            continue;
        }
        let content = match (is_link, readable) {
            (true, _) => Err(link()),
            (_, false) => Err(locked()),
            _ => match package.unpack(place) {
                Ok(bytes) if is_archive(&bytes) => Err(archive_in_archive()),
                Ok(bytes) => Ok(bytes),
                Err(package::Fault::Damaged) => Err(package::problem_of(package::Fault::Damaged)),
                Err(fault) => return Err(package::problem_of(fault).in_file(&name)),
            },
        };
        let content = content.map_err(|problem| problem.in_file(&name));
        members.push(Member { name, folder, content });
    }
    if members.is_empty() {
        return Err(empty_archive());
    }
    Ok(members)
}

/// What is said of an archive where one file was expected.
pub(super) fn refusal(bytes: &[u8]) -> Problem {
    if let Err(problem) = Package::open(bytes) {
        return problem;
    }
    Problem::new(
        "archive_file",
        ProblemClass::Invalid,
        "El archivo es un ZIP: cada archivo que contiene es una reunión.",
        "The file is a ZIP: each file in it is a meeting.",
    )
    .hint(
        "Impórtelo como archivo comprimido, o suba los archivos que contiene.",
        "Import it as an archive, or upload the files in it.",
    )
}

/// DOCX, XLSX, PPTX, ODT, EPUB: a container that is one document.
fn is_office(bytes: &[u8]) -> bool {
    let Ok(package) = Package::open(bytes) else { return false };
    let names = package.names();
    names.iter().any(|name| name == "[Content_Types].xml") || names.first().is_some_and(|name| name == "mimetype")
}

/// Folders and name of an entry, as they may be shown: no root, no drive, no way up, no control characters.
fn shown_name(full_name: &str) -> (String, String) {
    let clean: String =
        full_name.chars().map(|c| if c == '\\' { '/' } else { c }).filter(|c| !c.is_control()).collect();
    let mut parts: Vec<&str> =
        clean.split('/').filter(|part| !matches!(part.trim(), "" | "." | "..") && !part.ends_with(':')).collect();
    let name = parts.pop().unwrap_or("").chars().take(200).collect();
    (parts.join("/").chars().take(400).collect(), name)
}

fn is_litter(folder: &str, name: &str) -> bool {
    name.is_empty()
        || name.starts_with('.')
        || folder.split('/').any(|part| part == "__MACOSX" || part.starts_with('.'))
        || matches!(name.to_lowercase().as_str(), "thumbs.db" | "desktop.ini")
}

fn link() -> Problem {
    Problem::new(
        "archive_link",
        ProblemClass::Forbidden,
        "Es un enlace a otro archivo; no se sigue.",
        "It is a link to another file; it is not followed.",
    )
    .hint("Ponga el propio archivo en el ZIP.", "Put the file itself into the ZIP.")
}

fn locked() -> Problem {
    Problem::new(
        "archive_member_locked",
        ProblemClass::Invalid,
        "Este archivo del ZIP está cifrado o comprimido de un modo que cita no lee.",
        "This file of the ZIP is encrypted, or packed in a way that cita does not read.",
    )
    .hint("Vuelva a crear el ZIP sin contraseña.", "Make the ZIP again without a password.")
}

fn archive_in_archive() -> Problem {
    Problem::new(
        "archive_in_archive",
        ProblemClass::Invalid,
        "Es un ZIP dentro de otro; no se abre.",
        "It is a ZIP inside another; it is not opened.",
    )
    .hint("Súbalo aparte.", "Upload it by itself.")
}

fn empty_archive() -> Problem {
    Problem::new("empty_archive", ProblemClass::Invalid, "El ZIP no contiene ningún archivo.", "The ZIP holds no file.")
        .hint("Compruebe que se creó bien.", "Check that it was made well.")
}
