//! Every setting, its default and its help; how file, environment and flags combine.
//!
//! A setting is one line of [`SETTINGS`] and one field of [`Settings`]. Flags win over the environment, the environment
//! over the file, the file over the default. Nothing here reads a file or the environment: who calls brings the texts.

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::model::{Place, Problem, ProblemClass};

/// One setting, as help and documentation tell it.
pub struct Setting {
    /// Its key in the settings file.
    pub key: &'static str,
    /// Its environment variable.
    pub env: &'static str,
    /// Its default, as it would be written.
    pub default: &'static str,
    /// What it is for.
    pub help: &'static str,
}

/// Every setting, in the order of the documentation.
pub const SETTINGS: &[Setting] = &[
    Setting { key: "data", env: "CITA_DATA", default: "data", help: "Folder of the database and the original files" },
    Setting {
        key: "index",
        env: "CITA_INDEX",
        default: "index",
        help: "Folder of the search index; may be deleted at any time",
    },
    Setting {
        key: "listen",
        env: "CITA_LISTEN",
        default: "127.0.0.1:7475",
        help: "Address and port of the web pages and the API",
    },
    Setting {
        key: "lexicons",
        env: "CITA_LEXICONS",
        default: "",
        help: "Folder of your own lexicon files, laid over the built-in ones",
    },
    Setting {
        key: "team",
        env: "CITA_TEAM",
        default: "",
        help: "Names of your own people, separated by commas: what they say is never proposed",
    },
    Setting {
        key: "max_file_mb",
        env: "CITA_MAX_FILE_MB",
        default: "50",
        help: "Largest file to import, in megabytes (1,000,000 bytes)",
    },
    Setting {
        key: "watch",
        env: "CITA_WATCH",
        default: "",
        help: "Folder that `cita serve` imports from; a sub-folder is called after its customer",
    },
    Setting {
        key: "request_seconds",
        env: "CITA_REQUEST_SECONDS",
        default: "60",
        help: "Longest time that one request may take, in seconds",
    },
];

/// Most bytes of one upload of several files; a single file has the setting `max_file_mb`.
pub const MAX_UPLOAD_BYTES: usize = 200_000_000;
/// Most files of one request.
pub const MAX_FILES: usize = 500;
/// Most bytes of files that wait in memory between their preview and their import.
pub const MAX_HELD_BYTES: usize = 400_000_000;
/// Most speakers of one file that a person may say something of.
pub const MAX_SPEAKER_CHOICES: usize = 1_000;
/// Longest key of a request that is to be answered once, in bytes.
pub const MAX_REQUEST_KEY_BYTES: usize = 200;
/// Longest search query, in bytes.
pub const MAX_QUERY_BYTES: usize = 1_024;
/// Most search hits of one answer.
pub const MAX_HITS: usize = 200;
/// Most rows of one page of any list.
pub const MAX_PAGE: usize = 500;
/// Rows of a page when nobody says.
pub const DEFAULT_PAGE: usize = 50;
/// Longest name or title that a person may give, in characters.
pub const MAX_NAME_CHARS: usize = 200;
/// Longest statement of an entry, in characters.
pub const MAX_STATEMENT_CHARS: usize = 1_000;

/// The settings in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Folder of the database and the original files.
    pub data: PathBuf,
    /// Folder of the search index.
    pub index: PathBuf,
    /// Address and port of the web pages and the API.
    pub listen: SocketAddr,
    /// Folder of the team's own lexicon files.
    pub lexicons: Option<PathBuf>,
    /// Names of the team's own people.
    pub team: Vec<String>,
    /// Largest file to import, in bytes.
    pub max_file_bytes: usize,
    /// Folder that the server imports from.
    pub watch: Option<PathBuf>,
    /// Longest time that one request may take, in seconds.
    pub request_seconds: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            data: PathBuf::from("data"),
            index: PathBuf::from("index"),
            listen: SocketAddr::from(([127, 0, 0, 1], 7475)),
            lexicons: None,
            team: Vec::new(),
            max_file_bytes: 50_000_000,
            watch: None,
            request_seconds: 60,
        }
    }
}

impl Settings {
    /// Lays `file` (TOML, with the name to show in messages), then the environment, then the flags over the defaults.
    ///
    /// `env` and `flag` answer with a setting's text by its environment name and by its key.
    ///
    /// # Errors
    /// A file that is no TOML, an unknown key (with the nearest known one), a value that does not fit its setting.
    pub fn combine(
        file: Option<(&str, &str)>,
        env: impl Fn(&str) -> Option<String>,
        flag: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, Problem> {
        let mut settings = Self::default();
        if let Some((name, text)) = file {
            settings.lay_file(name, text)?;
        }
        for setting in SETTINGS {
            if let Some(value) = env(setting.env) {
                settings.set(setting.key, &value, setting.env)?;
            }
        }
        for setting in SETTINGS {
            if let Some(value) = flag(setting.key) {
                settings.set(setting.key, &value, &format!("--{}", setting.key.replace('_', "-")))?;
            }
        }
        Ok(settings)
    }

    fn lay_file(&mut self, name: &str, text: &str) -> Result<(), Problem> {
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| not_toml(name, text, &error))?;
        for (key, value) in table {
            let line = text.lines().position(|line| line.trim_start().starts_with(&key)).map(|at| at + 1);
            let written = match value {
                toml::Value::String(text) => text,
                toml::Value::Array(items) => items.iter().filter_map(toml::Value::as_str).collect::<Vec<_>>().join(","),
                other => other.to_string(),
            };
            self.set(&key, &written, &key).map_err(|problem| {
                problem.at(Place { file: Some(name.to_owned()), line, column: None, excerpt: None })
            })?;
        }
        Ok(())
    }

    fn set(&mut self, key: &str, value: &str, said_as: &str) -> Result<(), Problem> {
        match key {
            "data" => self.data = PathBuf::from(value),
            "index" => self.index = PathBuf::from(value),
            "listen" => self.listen = value.parse().map_err(|_| bad_value(said_as, value, "127.0.0.1:7475"))?,
            "lexicons" => self.lexicons = (!value.is_empty()).then(|| PathBuf::from(value)),
            "watch" => self.watch = (!value.is_empty()).then(|| PathBuf::from(value)),
            "team" => {
                self.team =
                    value.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
            }
            "max_file_mb" => {
                let megabytes: usize = value.parse().map_err(|_| bad_value(said_as, value, "50"))?;
                self.max_file_bytes = megabytes.saturating_mul(1_000_000);
            }
            "request_seconds" => self.request_seconds = value.parse().map_err(|_| bad_value(said_as, value, "60"))?,
            _ => return Err(unknown_key(key)),
        }
        Ok(())
    }
}

fn not_toml(name: &str, text: &str, error: &toml::de::Error) -> Problem {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(1, |tail| tail.chars().count() + 1);
    let excerpt = text.lines().nth(line - 1).map(|text| text.chars().take(200).collect());
    Problem::new(
        "settings_not_toml",
        ProblemClass::Invalid,
        format!("El archivo de configuración no es TOML válido: {}", error.message()),
        format!("The settings file is no valid TOML: {}", error.message()),
    )
    .hint("Corrija la línea señalada.", "Correct the line shown.")
    .at(Place { file: Some(name.to_owned()), line: Some(line), column: Some(column), excerpt })
}

fn bad_value(said_as: &str, value: &str, example: &str) -> Problem {
    Problem::new(
        "setting_value",
        ProblemClass::Invalid,
        format!("{said_as} no puede ser {value:?}"),
        format!("{said_as} cannot be {value:?}"),
    )
    .hint(format!("Un valor que sirve: {example}"), format!("A value that works: {example}"))
}

fn unknown_key(key: &str) -> Problem {
    let nearest = SETTINGS
        .iter()
        .map(|setting| (strsim::jaro_winkler(setting.key, key), setting.key))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(likeness, _)| *likeness > 0.75);
    let known = SETTINGS.iter().map(|setting| setting.key).collect::<Vec<_>>().join(", ");
    let problem = Problem::new(
        "unknown_setting",
        ProblemClass::Invalid,
        format!("No existe el ajuste {key:?}"),
        format!("There is no setting {key:?}"),
    );
    match nearest {
        Some((_, name)) => problem.hint(format!("¿Quiso decir {name}?"), format!("Did you mean {name}?")),
        None => problem.hint(format!("Los ajustes son: {known}"), format!("The settings are: {known}")),
    }
}
