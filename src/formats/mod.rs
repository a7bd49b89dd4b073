//! Bytes of a foreign file become a transcript and warnings; one file per format.
//!
//! To add a format, write `src/formats/<name>.rs` with a `FORMAT` and add one line to [`FORMATS`].

mod archive;
mod assemblyai;
mod aws_transcribe;
mod azure_speech;
mod blocks;
mod chat;
mod csv;
mod deepgram;
mod docx;
mod eml;
mod fireflies;
mod google_speech;
mod ibm_watson;
mod json;
mod kaldi;
mod labelled;
mod mail;
mod markdown;
mod pdf;
mod plain;
mod podcast_json;
mod reading;
mod rev;
mod rev_nlp;
mod sbv;
mod speechmatics;
mod srt;
mod tsv;
mod webvtt;
mod whatsapp;
mod whisper_json;
mod xlsx;

use crate::model::{Bilingual, ImportReport, Nature, Place, Problem, ProblemClass, Transcript};
use crate::text;

use reading::census::{Census, Speakers};
use reading::draft::Draft;
use reading::wrapped::Wrapped;
use reading::{facts, lines, stamps};

pub use archive::{Member, is_archive, unpack};

/// A layout of transcripts that cita reads.
pub struct Format {
    /// Its name in commands, addresses and reports.
    pub name: &'static str,
    /// Its name for people, in Spanish and English.
    pub label: (&'static str, &'static str),
    /// The usual endings of its files, without the point; they only break ties.
    pub extensions: &'static [&'static str],
    /// How sure the content is of this format, 0 to 1.
    pub sniff: fn(&Sample<'_>) -> f32,
    parser: Parser,
}

/// Reads a whole text.
enum Parser {
    /// Makes the best of any text.
    Lenient(fn(&str) -> Draft),
    /// Refuses a text whose structure is damaged.
    Strict(fn(&str) -> Result<Draft, Problem>),
    /// Reads a table, whose columns a person may name.
    Table(fn(&str, Option<&str>) -> Result<Draft, Problem>),
    /// Reads a table from bytes that are no text.
    Sheet(fn(&[u8], Option<&str>) -> Result<Draft, Problem>),
    /// Takes the text out of bytes that are no text, or more than text; a format of text reads it.
    Wrapper(fn(&[u8]) -> Result<Wrapped, Problem>),
}

impl Parser {
    fn takes_bytes(&self) -> bool {
        matches!(self, Self::Sheet(_) | Self::Wrapper(_))
    }

    fn parse(&self, text: &str, columns: Option<&str>) -> Result<Draft, Problem> {
        match self {
            Self::Lenient(parse) => Ok(parse(text)),
            Self::Strict(parse) => parse(text),
            Self::Table(parse) => parse(text, columns),
            // These take bytes, and come before any text is made of them.
            Self::Sheet(_) | Self::Wrapper(_) => Ok(Draft::default()),
        }
    }
}

impl Format {
    /// Its name for people.
    pub fn label(&self) -> Bilingual {
        Bilingual::new(self.label.0, self.label.1)
    }
}

/// Every format, in the order in which ties are decided.
pub const FORMATS: &[Format] = &[
    webvtt::FORMAT,
    srt::FORMAT,
    sbv::FORMAT,
    tsv::FORMAT,
    rev_nlp::FORMAT,
    whisper_json::FORMAT,
    fireflies::FORMAT,
    aws_transcribe::FORMAT,
    google_speech::FORMAT,
    azure_speech::FORMAT,
    ibm_watson::FORMAT,
    speechmatics::FORMAT,
    deepgram::FORMAT,
    assemblyai::FORMAT,
    rev::FORMAT,
    kaldi::FORMAT,
    podcast_json::FORMAT,
    csv::FORMAT,
    json::FORMAT,
    whatsapp::FORMAT,
    chat::FORMAT,
    mail::FORMAT,
    blocks::FORMAT,
    labelled::FORMAT,
    markdown::FORMAT,
    plain::FORMAT,
    docx::FORMAT,
    xlsx::FORMAT,
    pdf::FORMAT,
    eml::FORMAT,
];

/// What a file became.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The text with its speakers and turns.
    pub transcript: Transcript,
    /// The honesty report; `utterances` and `languages` are left to who cuts and tags them.
    pub report: ImportReport,
}

/// What a person knows better than the detection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions<'a> {
    /// The name of the file's format; for a file that wraps a text also that of the layout inside.
    pub format: Option<&'a str>,
    /// What the columns of a table hold: `speaker=2,text=4,start=1`, with one-based numbers or names of columns, and
    /// `header=yes` or `header=no`.
    pub columns: Option<&'a str>,
}

/// The beginning of a text, as the sniffers see it.
pub struct Sample<'a> {
    /// The first 64 KiB, cut at the end of a line; empty where the bytes are not looked at as text.
    pub text: &'a str,
    /// The whole file, for formats that are no text.
    bytes: &'a [u8],
    timings: Timings,
    speakers: Speakers<'a>,
}

/// Timing lines of captions in a sample.
#[derive(Clone, Copy, Debug, Default)]
pub struct Timings {
    /// `00:00:01,000 --> ...`
    with_comma: usize,
    /// `00:00:01.000 --> ...`
    with_point: usize,
    /// Timing lines right behind a line of digits.
    counted: usize,
}

/// A second-best guess is told of when it is this close to the best.
const CLOSE: f32 = 0.15;
/// What the right ending of the file's name adds to a format that the content allows.
const NAME_BONUS: f32 = 0.05;
const SAMPLE_BYTES: usize = 64 * 1024;

/// Reads a file: decodes its bytes, recognises its format by the content (or takes the one named `format`), parses it.
///
/// # Errors
/// As [`read_with`].
pub fn read(file_name: &str, bytes: &[u8], format: Option<&str>) -> Result<Reading, Problem> {
    read_with(file_name, bytes, ReadOptions { format, columns: None })
}

/// Reads a file as [`read`] does, with all that a person may know better.
///
/// # Errors
/// `empty_file`, `binary_file` for bytes that are no text; `archive_file` for an archive, whose members are files of their
/// own ([`unpack`]); `unknown_format` where no format is called `format`; `bad_columns`; `malformed_json`,
/// `malformed_docx`, `malformed_xlsx`, `malformed_pdf`, `pdf_without_text`, `pdf_encrypted`; `unpacks_too_large` and the
/// other limits of hostile files; `no_usable_turn` where nothing in the file can be read as said or noted.
pub fn read_with(file_name: &str, bytes: &[u8], options: ReadOptions<'_>) -> Result<Reading, Problem> {
    let named = options.format.map(named).transpose();
    named
        .and_then(|named| read_as(file_name, bytes, named, options.columns))
        .map_err(|problem| problem.in_file(file_name))
}

/// The format of this name.
///
/// # Errors
/// `unknown_format`, with the known names and the nearest one.
pub fn named(name: &str) -> Result<&'static Format, Problem> {
    if let Some(format) = FORMATS.iter().find(|format| format.name == name.trim().to_ascii_lowercase()) {
        return Ok(format);
    }
    let known: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    let known = known.join(", ");
    let nearest = FORMATS
        .iter()
        .flat_map(|format| format.extensions.iter().chain([&format.name]).map(|word| (format.name, *word)))
        .map(|(format, word)| (format, strsim::jaro_winkler(&name.to_ascii_lowercase(), word)))
        .max_by(|one, other| one.1.total_cmp(&other.1))
        .filter(|(_, likeness)| *likeness > 0.7)
        .map(|(format, _)| format);
    let (mut es, mut en) = (format!("Los formatos son: {known}."), format!("The formats are: {known}."));
    if let Some(nearest) = nearest {
        es = format!("¿Quiso decir «{nearest}»? {es}");
        en = format!("Did you mean “{nearest}”? {en}");
    }
    let shown = lines::excerpt(name, 60);
    Err(Problem::new(
        "unknown_format",
        ProblemClass::Invalid,
        format!("Ningún formato se llama «{shown}»."),
        format!("No format is called “{shown}”."),
    )
    .hint(es, en))
}

fn read_as(
    file_name: &str,
    bytes: &[u8],
    named: Option<&'static Format>,
    columns: Option<&str>,
) -> Result<Reading, Problem> {
    let Some((format, confidence)) = bytes_format(bytes, named) else {
        if is_archive(bytes) {
            return Err(archive::refusal(bytes));
        }
        let decoded = text::decode(bytes)?;
        let guess = guess(file_name, &decoded.text, named);
        let draft = guess.format.parser.parse(&decoded.text, columns)?;
        let start = ImportReport { encoding: decoded.encoding, warnings: decoded.warnings, ..guess.report() };
        return finish(file_name, draft, decoded.text, guess.format, start);
    };
    let report = ImportReport { format: format.name.to_owned(), confidence, ..ImportReport::default() };
    let wrapped = match format.parser {
        Parser::Wrapper(unwrap) => unwrap(bytes)?,
        Parser::Sheet(parse) => return finish(file_name, parse(bytes, columns)?, String::new(), format, report),
        _ => return Err(archive::refusal(bytes)),
    };
    let inner = guess("", &wrapped.text, named.filter(|format| !format.parser.takes_bytes()));
    let mut draft = inner.format.parser.parse(&wrapped.text, columns)?;
    let (text, repeats_removed, warnings) = wrapped.add_to(&mut draft);
    let inner_format = Some(inner.format.name.to_owned());
    let runner_up = inner.runner_up.map(|format| format.name.to_owned());
    let report = ImportReport { inner_format, runner_up, repeats_removed, warnings, ..report };
    finish(file_name, draft, text, format, report)
}

/// The format whose files are no text, or more than text, and how sure that is.
fn bytes_format(bytes: &[u8], named: Option<&'static Format>) -> Option<(&'static Format, f32)> {
    let sample = Sample { text: "", bytes, timings: Timings::default(), speakers: Speakers::default() };
    let takers = FORMATS.iter().filter(|format| format.parser.takes_bytes());
    let scored = takers.map(|format| (format, (format.sniff)(&sample)));
    let best = scored.max_by(|one, other| one.1.total_cmp(&other.1)).filter(|(_, confidence)| *confidence > 0.0);
    match named.filter(|format| format.parser.takes_bytes()) {
        Some(format) => Some((format, best.filter(|(best, _)| best.name == format.name).map_or(0.0, |best| best.1))),
        None => best,
    }
}

/// Draft and report become a reading. `text` is what the spans refer to unless the draft brings its own; `report` what is
/// known of the file so far.
fn finish(
    file_name: &str,
    draft: Draft,
    text: String,
    format: &'static Format,
    mut report: ImportReport,
) -> Result<Reading, Problem> {
    let mut draft = draft.finished();
    facts::from_file_name(&mut draft.facts, file_name);
    let text = draft.text.take().unwrap_or(text);
    if !draft.turns.iter().any(|turn| turn.nature != Nature::Heading && !turn.pieces.is_empty()) {
        return Err(no_usable_turn(format, &draft, &text));
    }
    let times = || draft.turns.iter().flat_map(|turn| [turn.start_ms, turn.end_ms]).flatten().chain(draft.last_ms);
    report.covered_ms = times().max().zip(times().min()).map(|(last, first)| last - first);
    report.warnings.append(&mut draft.warnings);
    report.turns = draft.turns.len();
    report.speakers.clone_from(&draft.speakers);
    report.repeats_removed += draft.repeats_removed;
    report.left_over = draft.left_over;
    report.left_over_total = draft.left_over_total;
    report.columns = draft.columns;
    report.facts = draft.facts.clone();
    let transcript = Transcript { text, speakers: draft.speakers, turns: draft.turns, facts: draft.facts };
    Ok(Reading { transcript, report })
}

struct Guess {
    format: &'static Format,
    confidence: f32,
    runner_up: Option<&'static Format>,
}

impl Guess {
    fn report(&self) -> ImportReport {
        ImportReport {
            format: self.format.name.to_owned(),
            confidence: self.confidence,
            runner_up: self.runner_up.map(|format| format.name.to_owned()),
            ..ImportReport::default()
        }
    }
}

fn guess(file_name: &str, text: &str, named: Option<&'static Format>) -> Guess {
    let sample = Sample::of(text);
    let ending = file_name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let mut scored: Vec<(&'static Format, f32)> = FORMATS
        .iter()
        .filter(|format| !format.parser.takes_bytes())
        .map(|format| {
            let confidence = (format.sniff)(&sample).clamp(0.0, 1.0);
            let fits = confidence > 0.0 && format.extensions.contains(&ending.as_str());
            (format, if fits { (confidence + NAME_BONUS).min(1.0) } else { confidence })
        })
        .collect();
    // The sort is stable: ties stay in the order of the list.
    scored.sort_by(|one, other| other.1.total_cmp(&one.1));
    if let Some(format) = named {
        let confidence = scored.iter().find(|(other, _)| other.name == format.name).map_or(0.0, |(_, score)| *score);
        let runner_up = scored.first().map(|(best, _)| *best).filter(|best| best.name != format.name);
        return Guess { format, confidence, runner_up };
    }
    let (format, confidence) = scored.first().copied().unwrap_or((&plain::FORMAT, 0.0));
    let runner_up =
        scored.get(1).filter(|(_, score)| *score > 0.0 && confidence - score <= CLOSE).map(|(format, _)| *format);
    Guess { format, confidence, runner_up }
}

fn no_usable_turn(format: &Format, draft: &Draft, text: &str) -> Problem {
    let place = draft
        .warnings
        .iter()
        .find_map(|warning| warning.line)
        .or_else(|| draft.left_over.first().map(|left| left.line))
        .unwrap_or(1);
    let line = lines::lines(text).nth(place - 1).map(|line| lines::excerpt(line.text, 200));
    let reason = draft.warnings.first().map(|warning| warning.text.clone());
    let (es, en) = match reason {
        Some(reason) => (reason.es, reason.en),
        None => ("No hay ninguna línea con palabras de nadie.".to_owned(), "No line holds anybody's words.".to_owned()),
    };
    Problem::new(
        "no_usable_turn",
        ProblemClass::Invalid,
        format!("El archivo se leyó como «{}» y no tiene ningún turno que se pueda usar. {es}", format.label.0),
        format!("The file was read as “{}” and holds no turn that can be used. {en}", format.label.1),
    )
    .hint(
        "Mire la línea indicada; si el archivo es de otro formato, elíjalo a mano.",
        "Look at the line named here; if the file is of another format, choose it by hand.",
    )
    .at(Place { file: None, line: Some(place), column: None, excerpt: line })
}

impl<'a> Sample<'a> {
    /// The sample of a text.
    pub fn of(text: &'a str) -> Self {
        let text = lines::sample(text, SAMPLE_BYTES);
        Self {
            text,
            bytes: text.as_bytes(),
            timings: Timings::of(text),
            speakers: Census::of(facts::body(text)).speakers(),
        }
    }

    fn timings(&self) -> Timings {
        self.timings
    }

    fn speakers(&self) -> &Speakers<'a> {
        &self.speakers
    }
}

impl Timings {
    fn of(text: &str) -> Self {
        let mut timings = Self::default();
        let mut after_digits = false;
        for line in lines::lines(text) {
            let line = lines::trim(line.text);
            if stamps::timing(line).is_some() {
                let start = line.split("-->").next().unwrap_or("");
                timings.with_comma += usize::from(start.contains(','));
                timings.with_point += usize::from(!start.contains(','));
                timings.counted += usize::from(after_digits);
            }
            after_digits = !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit());
        }
        timings
    }

    fn total(self) -> usize {
        self.with_comma + self.with_point
    }
}
