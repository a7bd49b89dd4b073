//! What a lexicon may ask of the machine.

/// The longest pattern, in bytes.
pub(super) const PATTERN_BYTES: usize = 512;
/// The most patterns of one lexicon.
pub(super) const PATTERNS: usize = 200;
/// The most bytes of patterns of one lexicon.
pub(super) const ALL_PATTERN_BYTES: usize = 32 * 1024;
/// How deep groups may nest in a pattern.
pub(super) const PATTERN_NESTING: u32 = 32;
/// The most memory that a compiled pattern takes, in bytes.
pub(super) const PATTERN_MEMORY: usize = 256 * 1024;
/// Patterns read a longer text in pieces of this many bytes.
pub(super) const PATTERN_CHUNK_BYTES: usize = 4096;
/// So many bytes of two neighbouring pieces are the same, so that a match is not cut in two.
pub(super) const PATTERN_OVERLAP_BYTES: usize = 256;
/// The longest term, in bytes.
pub(super) const TERM_BYTES: usize = 512;
/// The widest gap in a term, in words.
pub(super) const GAP_WORDS: usize = 12;
/// The largest lexicon file, in bytes.
pub(super) const FILE_BYTES: usize = 256 * 1024;
