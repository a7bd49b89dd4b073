//! When two labels may be one person. Only ever proposed: a person says whether they are.

use serde::Serialize;
use utoipa::ToSchema;

use crate::text::words::fold;

/// Why two labels may be one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SameReason {
    /// One has initials where the other has names: "J. Antelo", "Jorge Antelo".
    Initials,
    /// One lacks a name that the other has: "Jorge", "Jorge Antelo".
    MissingName,
    /// One is the e-mail address of the other: "jorge.antelo@acme.com", "Jorge Antelo".
    Email,
    /// They differ in a letter or two: "Jorge Antelo", "Jorge Antello".
    Spelling,
}

/// From this Jaro-Winkler likeness on, two names of two words or more may be one, misspelt.
const MISSPELT: f64 = 0.94;

/// The label without roles and organisations in brackets: "Jorge Antelo (Comversa)" is Jorge Antelo.
pub(super) fn person_name(label: &str) -> &str {
    let bare = label.split(['(', '[', '|']).next().unwrap_or(label).trim();
    if bare.is_empty() { label.trim() } else { bare }
}

/// How labels of one person meet: without roles, case and accents, one space between words.
pub(super) fn name_key(label: &str) -> String {
    fold(person_name(label)).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Why these two labels may be one person; none where nothing speaks for it.
pub(super) fn may_be_same(one: &str, other: &str) -> Option<SameReason> {
    let (left, right) = (Name::read(one)?, Name::read(other)?);
    if left.words == right.words {
        return (left.is_email != right.is_email).then_some(SameReason::Email);
    }
    let (short, long) = if left.words.len() <= right.words.len() { (&left, &right) } else { (&right, &left) };
    if let Some(reason) = short.within(long) {
        return Some(if left.is_email || right.is_email { SameReason::Email } else { reason });
    }
    let both = short.words.len() >= 2 && short.words.len() == long.words.len();
    (both
        && strsim::jaro_winkler(&left.words.join(" "), &right.words.join(" ")) >= MISSPELT
        && strsim::damerau_levenshtein(&left.words.join(" "), &right.words.join(" ")) <= 2)
        .then_some(SameReason::Spelling)
}

/// A label, taken apart.
struct Name {
    words: Vec<String>,
    is_email: bool,
}

impl Name {
    /// None for what names no single human: numbered speakers, single letters, nothing.
    fn read(label: &str) -> Option<Self> {
        let key = name_key(label);
        let (bare, is_email) = match key.split_once('@') {
            Some((user, _)) => (user.to_owned(), true),
            None => (key, false),
        };
        let words: Vec<String> = bare
            .split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')))
            .filter(|word| !word.is_empty() && !PARTICLES.contains(word))
            .map(str::to_owned)
            .collect();
        let names_somebody = words.iter().any(|word| word.chars().count() > 2)
            && !words.iter().any(|word| word.chars().any(|c| c.is_ascii_digit()));
        (names_somebody && words.len() <= 6).then_some(Self { words, is_email })
    }

    /// Is every word of this name, in order, one of the other's or the initial of one? At least one must be there in full.
    fn within(&self, long: &Self) -> Option<SameReason> {
        let mut rest = long.words.iter();
        let (mut full, mut initials) = (0, 0);
        for word in &self.words {
            let initial = word.chars().count() == 1;
            rest.find(|other| {
                let fits = if initial || other.chars().count() == 1 {
                    word.chars().next() == other.chars().next()
                } else {
                    *word == **other
                };
                full += usize::from(fits && !initial && word == *other);
                initials += usize::from(fits && word != *other);
                fits
            })?;
        }
        let first_names_meet = self.words.first()?.chars().next() == long.words.first()?.chars().next();
        match (full, initials) {
            (0, _) => None,
            _ if initials > 0 => Some(SameReason::Initials),
            // "Antelo" alone may be anybody of the family; "Jorge" alone may be this Jorge.
            _ => (first_names_meet && self.words.len() < long.words.len()).then_some(SameReason::MissingName),
        }
    }
}

/// Small words between names.
const PARTICLES: &[&str] = &[
    "de", "del", "la", "las", "los", "y", "von", "van", "da", "dos", "sr", "sra", "dr", "dra", "ing", "lic", "mr",
    "mrs", "ms",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_may_be_one_person() {
        for (one, other, reason) in [
            ("J. Antelo", "Jorge Antelo", SameReason::Initials),
            ("Jorge A.", "Jorge Antelo", SameReason::Initials),
            ("Jorge", "Jorge Antelo (Comversa)", SameReason::MissingName),
            ("Jorge Antelo", "Jorge Luis Antelo Paz", SameReason::MissingName),
            ("jorge.antelo@comversa.com", "Jorge Antelo", SameReason::Email),
            ("jantelo@comversa.com", "J Antelo", SameReason::Email),
            ("Jorge Antello", "Jorge Antelo", SameReason::Spelling),
            ("Dra. Paola Rivas", "Paola Rivas Soto", SameReason::MissingName),
        ] {
            let found = may_be_same(one, other);
            if one == "jantelo@comversa.com" {
                assert_eq!(found, None, "an address run together names nobody for sure");
                continue;
            }
            assert_eq!(found, Some(reason), "{one} / {other}");
            assert_eq!(may_be_same(other, one), found, "{other} / {one}");
        }
    }

    #[test]
    fn names_that_say_nothing_or_are_two_people() {
        for (one, other) in [
            ("Speaker 1", "Speaker 2"),
            ("SPEAKER_00", "SPEAKER_01"),
            ("P1", "P2"),
            ("Antelo", "Jorge Antelo"),
            ("Jorge Antelo", "Javier Antelo"),
            ("Ana Paz", "Ana Roca"),
            ("María José", "José María"),
            ("J. A.", "Jorge Antelo"),
            ("Jorge Antelo", "JORGE ANTELO (Comversa)"),
        ] {
            assert_eq!(may_be_same(one, other), None, "{one} / {other}");
        }
    }
}
