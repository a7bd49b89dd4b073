//! The lexicon that comes with cita.

use std::sync::LazyLock;

use rust_embed::RustEmbed;

use crate::model::Problem;

use super::Lexicon;

#[derive(RustEmbed)]
#[folder = "lexicons/"]
struct Files;

static BUILTIN: LazyLock<Result<Lexicon, Vec<Problem>>> = LazyLock::new(|| Lexicon::parse(&Lexicon::builtin_files()));

impl Lexicon {
    /// The files that come with cita: the path under `lexicons/` and the text of each, in the order of the paths.
    pub fn builtin_files() -> Vec<(String, String)> {
        let mut files: Vec<(String, String)> = Files::iter()
            .filter(|path| path.ends_with(".toml"))
            .filter_map(|path| {
                let text = Files::get(&path)?;
                Some((path.to_string(), String::from_utf8_lossy(&text.data).into_owned()))
            })
            .collect();
        files.sort();
        files
    }

    /// The lexicon that comes with cita.
    ///
    /// # Errors
    /// Only when a shipped file is wrong, which a test rules out.
    pub fn builtin() -> Result<&'static Self, &'static [Problem]> {
        BUILTIN.as_ref().map_err(Vec::as_slice)
    }
}
