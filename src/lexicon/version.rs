//! The version of a lexicon.

/// Sixteen hexadecimal digits of BLAKE3 over what each concept says, in the order of the ids.
pub(super) fn of<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut hasher = blake3::Hasher::new();
    for (id, text) in files {
        for part in [id, text] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
    }
    hasher.finalize().to_hex()[..16].to_owned()
}
