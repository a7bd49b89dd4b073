//! Labels as meeting tools decorate them, made plain.

use super::lines;

/// A label without white space at its ends, invisible marks and the badge of a meeting tool, which stands in brackets behind
/// the name, behind a dash, or glued to it; and that badge. Roles and organisations in brackets stay.
pub fn cleaned(label: &str) -> (String, Option<&'static str>) {
    let visible: String = label.chars().filter(|c| c.is_whitespace() || !lines::is_blank(*c)).collect();
    let mut clean = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(inner) = unwrapped(&clean) {
        clean = inner.to_owned();
    }
    let mut found = None;
    // `Ana Paz (Guest) (External)`
    for _ in 0..3 {
        let Some((length, badge)) = badge(&clean) else { break };
        clean.truncate(length);
        found = found.or(badge);
    }
    (clean, found)
}

/// The name in `[SPEAKER_00]` and in a chat's `From Ana Paz to Everyone`; names that only a bracket protects stay in it.
pub fn unwrapped(label: &str) -> Option<&str> {
    if let Some(inner) = label.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return Some(inner.trim()).filter(|inner| !inner.is_empty() && !inner.contains(['[', ']']));
    }
    let (rest, joint) = match label.split_once(' ')? {
        ("From" | "from", rest) => (rest, " to "),
        ("De" | "Desde", rest) => (rest, " a "),
        _ => return None,
    };
    let (name, to) = rest.split_once(joint)?;
    let everybody = ["everyone", "todos", "todas", "host", "anfitri"];
    let to = to.to_lowercase();
    (everybody.iter().any(|start| to.starts_with(start)) && !name.trim().is_empty()).then_some(name.trim())
}

/// Where the badge at the end of a label begins, and what it says, if it says on which side of the meeting somebody is.
fn badge(label: &str) -> Option<(usize, Option<&'static str>)> {
    for (word, says) in BADGES {
        let Some(before) = strip_suffix_folded(label, word) else { continue };
        let closed = label.len() > before.len() + word.len();
        let name = match (closed, before.chars().next_back()?) {
            (true, '(' | '[') => &before[..before.len() - 1],
            (false, ' ') => before.trim_end().strip_suffix(['-', '–', '—', '|', '·'])?,
            // Glued: the name ends in a small letter, and the badge begins with a capital.
            (false, last) if last.is_lowercase() && label[before.len()..].starts_with(char::is_uppercase) => before,
            _ => continue,
        };
        let name = name.trim_end();
        if name.chars().filter(|c| c.is_alphabetic()).count() >= 2 {
            return Some((name.len(), says));
        }
    }
    None
}

/// What stands before `word` at the end of `label`, letter case and a closing bracket aside.
fn strip_suffix_folded<'a>(label: &'a str, word: &str) -> Option<&'a str> {
    let open = label.strip_suffix([')', ']']).unwrap_or(label);
    let at = open.len().checked_sub(word.len())?;
    open.get(at..).filter(|end| end.eq_ignore_ascii_case(word) || end.to_lowercase() == word).map(|_| &open[..at])
}

/// Badges of meeting tools, the longer ones first, and what they say of somebody's place.
const BADGES: [(&str, Option<&str>); 30] = [
    ("no comprobado", None),
    ("no verificado", None),
    ("no verificada", None),
    ("unverified", None),
    ("external guest", Some("Guest")),
    ("invitado externo", Some("Invitado")),
    ("external", Some("Guest")),
    ("externo", Some("Invitado")),
    ("externa", Some("Invitada")),
    ("guest", Some("Guest")),
    ("invitado", Some("Invitado")),
    ("invitada", Some("Invitada")),
    ("co-host", Some("Host")),
    ("coanfitrión", None),
    ("anfitrión", None),
    ("anfitriona", None),
    ("host", Some("Host")),
    ("organizer", None),
    ("organizador", None),
    ("organizadora", None),
    ("presenter", None),
    ("moderador", Some("Moderador")),
    ("she/her", None),
    ("he/him", None),
    ("they/them", None),
    ("ella", None),
    ("you", None),
    ("me", None),
    ("tú", None),
    ("yo", None),
];
