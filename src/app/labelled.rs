//! Labelled sentences, in two forms, and what the engine makes of them.
//!
//! *Labelled text* (`*.tsv`): lines `# key: value` (genre, language, about, team), then `label<TAB>sentence`; the label is
//! `none`, a kind, or two kinds with a plus (`pain+friction`). A blank line ends a turn, a bullet or a paragraph, whose
//! sentences are joined by one space; in dialogues a turn begins with `Name: `.
//!
//! *Labels beside files* (`*.jsonl`): one label a line. Either a place (`file`, `start`, `end` in bytes, `main`, `second`,
//! `ignore`), where the files lie in `files/` and what has no label is not judged; or a quote (`file`, `quote`, `kind`,
//! `second`, or `trap`), where the files lie beside it, `meetings.toml` may name the team, and what has no label is none.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::model::{Kind, Language, Place, Problem, ProblemClass, SourceHash, Utterance};
use crate::suggest::{self, Observed};

use super::Reader;
use super::reading::Known;

/// A file with what the engine makes of each of its utterances and what people say of it.
#[derive(Clone, Debug)]
pub struct JudgedFile {
    /// The name of the file.
    pub name: String,
    /// Its utterances in order: those that may be proposed, and those that people label although they may not be.
    pub utterances: Vec<JudgedUtterance>,
    /// Labelled insights that met no utterance.
    pub lost: usize,
}

/// An utterance with its label.
#[derive(Clone, Debug)]
pub struct JudgedUtterance {
    /// Its ordinal in the conversation.
    pub ordinal: usize,
    /// Its words.
    pub text: String,
    /// The language of most of its words; `Other` where it is mixed.
    pub language: Language,
    /// What people say of it.
    pub label: Label,
    /// What the engine sees; nothing where it is the team's or a heading.
    pub observed: Option<Observed>,
}

/// What people say of a sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// The kind of the insight; none where it is no insight.
    pub kind: Option<Kind>,
    /// A second kind that is right as well.
    pub second: Option<Kind>,
    /// It only sounds like an insight, on purpose.
    pub trap: bool,
    /// It is not to be judged.
    pub ignored: bool,
}

/// Reads labelled files: a `.tsv`, a `.jsonl`, or a folder of `.tsv` files.
///
/// # Errors
/// A file cannot be read (`labels_unreadable`) or has a mistake (`labels_invalid`), with its line.
pub fn read_labelled(reader: &Reader, path: &Path) -> Result<Vec<JudgedFile>, Problem> {
    if path.is_dir() {
        let mut paths: Vec<PathBuf> = std::fs::read_dir(path)
            .map_err(|error| unreadable(path, &error))?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|one| one.extension().is_some_and(|extension| extension == "tsv"))
            .collect();
        paths.sort();
        return paths.iter().map(|one| read_text_file(reader, one)).collect();
    }
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("jsonl") => read_beside(reader, path),
        _ => Ok(vec![read_text_file(reader, path)?]),
    }
}

/// A label at a place of a file.
#[derive(Clone, Debug)]
struct Placed {
    span: Range<usize>,
    label: Label,
}

fn read_text_file(reader: &Reader, path: &Path) -> Result<JudgedFile, Problem> {
    let written = std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
    let (mut text, mut placed, mut team) = (String::new(), Vec::new(), Vec::new());
    for (at, line) in written.lines().enumerate() {
        if let Some(names) = line.strip_prefix("# team:") {
            team = names.split(',').map(|name| name.trim().to_owned()).collect();
        }
        if line.starts_with('#') {
            continue;
        }
        if line.trim().is_empty() {
            text.push_str(if text.is_empty() { "" } else { "\n\n" });
            continue;
        }
        let (label, sentence) = line.split_once('\t').ok_or_else(|| invalid(path, at, "label<TAB>sentence"))?;
        let label = parse_label(label).ok_or_else(|| invalid(path, at, label))?;
        if !text.is_empty() && !text.ends_with('\n') {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(sentence.trim());
        placed.push(Placed { span: start..text.len(), label });
    }
    let name = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    judge(reader, &team, &name, &format!("{name}.txt"), text.as_bytes(), &Labels::Spans(placed), true)
}

fn parse_label(text: &str) -> Option<Label> {
    if text == "none" {
        return Some(Label::default());
    }
    let (main, second) = text.split_once('+').map_or((text, None), |(main, second)| (main, Some(second)));
    Some(Label {
        kind: Some(main.trim().parse().ok()?),
        second: second.map(|second| second.trim().parse()).transpose().ok()?,
        ..Label::default()
    })
}

/// A line of labels beside files.
#[derive(Deserialize)]
struct Line {
    file: String,
    #[serde(default)]
    start: Option<usize>,
    #[serde(default)]
    end: Option<usize>,
    #[serde(default)]
    quote: Option<String>,
    #[serde(default, alias = "main")]
    kind: Option<String>,
    #[serde(default)]
    second: Option<String>,
    #[serde(default)]
    trap: Option<String>,
    #[serde(default)]
    ignore: bool,
}

/// The labels of one file.
enum Labels {
    Spans(Vec<Placed>),
    Quotes(Vec<(String, Label)>),
}

fn read_beside(reader: &Reader, path: &Path) -> Result<Vec<JudgedFile>, Problem> {
    let written = std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
    let mut files: BTreeMap<String, Labels> = BTreeMap::new();
    for (at, text) in written.lines().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
        let line: Line = serde_json::from_str(text).map_err(|error| invalid(path, at, &error.to_string()))?;
        let kind = |text: &Option<String>| match text.as_deref() {
            None | Some("none") => Ok(None),
            Some(kind) => kind.parse::<Kind>().map(Some).map_err(|error| invalid(path, at, &error.to_string())),
        };
        let label = Label {
            kind: kind(&line.kind)?,
            second: kind(&line.second)?,
            trap: line.trap.is_some(),
            ignored: line.ignore,
        };
        match (line.start.zip(line.end), line.quote) {
            (Some((start, end)), _) => {
                let labels = files.entry(line.file).or_insert_with(|| Labels::Spans(Vec::new()));
                let Labels::Spans(placed) = labels else { return Err(invalid(path, at, "start, end | quote")) };
                placed.push(Placed { span: start..end, label });
            }
            (None, Some(quote)) => {
                let labels = files.entry(line.file).or_insert_with(|| Labels::Quotes(Vec::new()));
                let Labels::Quotes(quotes) = labels else { return Err(invalid(path, at, "start, end | quote")) };
                quotes.push((quote, label));
            }
            (None, None) => return Err(invalid(path, at, "start, end | quote")),
        }
    }
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    let team = team_beside(folder);
    let mut judged = Vec::new();
    for (file, labels) in &files {
        let inner = folder.join("files").join(file);
        let place = if inner.exists() { inner } else { folder.join(file) };
        let bytes = std::fs::read(&place).map_err(|error| unreadable(&place, &error))?;
        let whole = matches!(labels, Labels::Quotes(_));
        judged.push(judge(reader, &team, file, file, &bytes, labels, whole)?);
    }
    Ok(judged)
}

/// The names of the team in a list of meetings beside the labels.
fn team_beside(folder: &Path) -> Vec<String> {
    #[derive(Deserialize)]
    struct Meetings {
        team: Vec<String>,
    }
    let text = std::fs::read_to_string(folder.join("meetings.toml")).unwrap_or_default();
    toml::from_str::<Meetings>(&text).map(|meetings| meetings.team).unwrap_or_default()
}

/// Lays the labels over the utterances. `whole`: what has no label is none; else it is not judged.
fn judge(
    reader: &Reader,
    team: &[String],
    name: &str,
    file_name: &str,
    bytes: &[u8],
    labels: &Labels,
    whole: bool,
) -> Result<JudgedFile, Problem> {
    let reading = reader.parse(file_name, bytes, None)?;
    let understood = reader.understand_for(team, SourceHash::of(bytes), reading, &Known::default());
    let seen = suggest::observe(reader.lexicon(), reader.matcher(), &understood.transcript, &understood.utterances);
    let unlabelled = Label { ignored: !whole, ..Label::default() };
    let mut given: Vec<Option<(usize, Label)>> = vec![None; understood.utterances.len()];
    let mut lost = 0;
    let mut give = |places: Vec<(usize, usize)>, label: Label| {
        lost += usize::from(places.is_empty() && label.kind.is_some());
        for (at, shared) in places {
            if given[at].is_none_or(|(most, _)| shared > most) {
                given[at] = Some((shared, label));
            }
        }
    };
    match labels {
        Labels::Spans(placed) => {
            for one in placed {
                give(utterances_at(&understood.utterances, &one.span), one.label);
            }
        }
        Labels::Quotes(quotes) => {
            for (quote, label) in quotes {
                give(utterances_of(&understood.utterances, quote), *label);
            }
        }
    }
    let mut seen = seen.into_iter().peekable();
    let mut utterances = Vec::new();
    for (ordinal, utterance) in understood.utterances.into_iter().enumerate() {
        let observed = seen.next_if(|one| one.utterance == ordinal);
        let label = given[ordinal].map_or(unlabelled, |(_, label)| label);
        if observed.is_some() || label.kind.is_some() {
            let mixed = utterance.language.mixed > 0.5;
            let language = if mixed { Language::Other } else { utterance.language.language };
            utterances.push(JudgedUtterance { ordinal, text: utterance.text, language, label, observed });
        }
    }
    Ok(JudgedFile { name: name.to_owned(), utterances, lost })
}

/// The utterances that share 60 % of the shorter one with these bytes of the source, and how many bytes they share.
fn utterances_at(utterances: &[Utterance], span: &Range<usize>) -> Vec<(usize, usize)> {
    let places = utterances.iter().enumerate().map(|(at, one)| (at, one.span().start..one.span().end));
    places.filter_map(|(at, other)| Some((at, shared(span, &other)?))).collect()
}

fn shared(one: &Range<usize>, other: &Range<usize>) -> Option<usize> {
    let shared = one.end.min(other.end).saturating_sub(one.start.max(other.start));
    (shared > 0 && shared * 10 >= one.len().min(other.len()) * 6).then_some(shared)
}

/// The same for a quote, in the first turn whose utterances, joined by one space, hold it.
fn utterances_of(utterances: &[Utterance], quote: &str) -> Vec<(usize, usize)> {
    let quote = quote.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut start = 0;
    while start < utterances.len() {
        let turn = utterances[start].turn;
        let count = utterances[start..].iter().take_while(|one| one.turn == turn).count();
        let (mut text, mut places) = (String::new(), Vec::new());
        for (n, one) in utterances[start..start + count].iter().enumerate() {
            text.push_str(if n > 0 { " " } else { "" });
            places.push((start + n, text.len()..text.len() + one.text.len()));
            text.push_str(&one.text);
        }
        if let Some(at) = text.find(&quote) {
            let span = at..at + quote.len();
            return places.into_iter().filter_map(|(at, other)| Some((at, shared(&span, &other)?))).collect();
        }
        start += count;
    }
    Vec::new()
}

fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    Problem::new(
        "labels_unreadable",
        ProblemClass::Invalid,
        format!("No se pueden leer las etiquetas: {error}"),
        format!("The labels cannot be read: {error}"),
    )
    .hint("Compruebe la ruta y los permisos.", "Check the path and the permissions.")
    .at(Place { file: Some(path.display().to_string()), ..Place::default() })
}

fn invalid(path: &Path, line: usize, what: &str) -> Problem {
    Problem::new(
        "labels_invalid",
        ProblemClass::Invalid,
        format!("Esta línea no es una etiqueta: {what}"),
        format!("This line is no label: {what}"),
    )
    .hint(
        "Escriba none, pain, friction, job o gain, un tabulador y la frase; o una línea JSON con file y quote, o file, start y end.",
        "Write none, pain, friction, job or gain, a tab and the sentence; or a JSON line with file and quote, or file, start and end.",
    )
    .at(Place { file: Some(path.display().to_string()), line: Some(line + 1), ..Place::default() })
}
