//! Every limit of what a file may cost, in one place. A file over a limit is refused or cut with a warning; never both
//! silently.

/// Most bytes that a compressed file may hold once it is unpacked, all its parts together.
pub const MAX_UNPACKED_BYTES: u64 = 200_000_000;
/// Most bytes of one part of an Office file that is read as a whole.
pub const MAX_PART_BYTES: u64 = 100_000_000;
/// How many times larger than its packed form a part may be.
pub const MAX_RATIO: u64 = 100;
/// Below this size any ratio is harmless.
pub const RATIO_FROM_BYTES: u64 = 4_000_000;
/// Most entries of an archive.
pub const MAX_ENTRIES: usize = 2_000;
/// Most elements of XML inside one another.
pub const MAX_XML_DEPTH: usize = 256;
/// Most columns of a table that are looked at.
pub const MAX_COLUMNS: usize = 200;
/// Most rows of a sheet.
pub const MAX_ROWS: usize = 1_048_576;
/// Most cells of a sheet that hold anything.
pub const MAX_CELLS: usize = 2_000_000;
/// Rows that the guess of columns looks at.
pub const GUESS_ROWS: usize = 200;
/// Most bytes of decoded text that a file may give.
pub const MAX_TEXT_BYTES: usize = 200_000_000;
/// Most pages of a PDF.
pub const MAX_PAGES: usize = 5_000;
/// After so many damaged pages the others are not tried.
pub const MAX_DAMAGED_PAGES: usize = 200;
/// Most objects of a PDF.
pub const MAX_PDF_OBJECTS: usize = 500_000;
/// Most bytes that a PDF's pages may cost to draw, forms that are drawn again counted again.
pub const MAX_PDF_DRAWN_BYTES: u64 = 100_000_000;
