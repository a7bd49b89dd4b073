//! `cita analyze`

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::app::{Reader, Understood};
use crate::model::{
    Context, Intensity, Kind, Language, LanguageRun, Problem, Quantity, Reason, Side, Suggestion, WordShares,
};

use super::output::{print, print_json, print_json_line, report, say, terminal_language};
use super::{FAILED, OK, PARTLY, Places, unreadable};

/// Which files, and how to print.
#[derive(Args)]
pub struct AnalyzeArgs {
    /// Transcripts and notes
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How to print: for people, as one JSON list, or one JSON object a line
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Read the files as this format, where the detection is wrong
    #[arg(long = "as", value_name = "FORMAT")]
    read_as: Option<String>,
}

/// How to print.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Jsonl,
}

/// A suggestion, for programs.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    kind: Kind,
    concept: &'a str,
    score: f32,
    quote: &'a str,
    /// First byte of the quote in the decoded text of the file.
    start: usize,
    /// One past its last byte.
    end: usize,
    turn: usize,
    speaker: Option<&'a str>,
    side: Side,
    language: Language,
    mixed: f32,
    shares: WordShares,
    runs: Vec<LanguageRun>,
    intensity: Intensity,
    context: &'a Context,
    terms: Vec<&'a str>,
    quantities: &'a [Quantity],
    reasons: &'a [Reason],
}

/// Reads every file and prints what it proposes; one that fails does not stop the others.
pub fn run(places: &Places, args: &AnalyzeArgs) -> Result<u8, Problem> {
    let settings = places.settings(None)?;
    let reader = Reader::new(settings.lexicons.as_deref(), &settings.team)?;
    let mut failed = 0;
    let mut read = Vec::new();
    for path in &args.files {
        match read_file(&reader, args, path) {
            Ok(understood) if args.format == Format::Json => read.push((path.display().to_string(), understood)),
            Ok(understood) => print_file(args.format, &path.display().to_string(), &understood)?,
            Err(problem) => {
                failed += 1;
                report(&problem.in_file(&path.display().to_string()));
            }
        }
    }
    if args.format == Format::Json {
        let lines: Vec<Line<'_>> = read.iter().flat_map(|(file, understood)| lines(file, understood)).collect();
        print_json(&lines)?;
    }
    Ok(match failed {
        0 => OK,
        failed if failed == args.files.len() => FAILED,
        _ => PARTLY,
    })
}

fn read_file(reader: &Reader, args: &AnalyzeArgs, path: &Path) -> Result<Understood, Problem> {
    let bytes = std::fs::read(path).map_err(|error| unreadable(path, &error))?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    reader.read(&name, &bytes, args.read_as.as_deref())
}

fn print_file(format: Format, file: &str, understood: &Understood) -> Result<(), Problem> {
    if format == Format::Jsonl {
        for line in lines(file, understood) {
            print_json_line(&line)?;
        }
        return Ok(());
    }
    let count = understood.suggestions.len();
    print(&say(&format!("{file}: {count} sugerencias"), &format!("{file}: {count} suggestions")));
    let language = terminal_language();
    for suggestion in &understood.suggestions {
        let who = speaker_of(understood, suggestion).map(|(label, _)| format!("{label}: ")).unwrap_or_default();
        print(&format!(
            "  {:.2} {} · {}\n       {who}{}",
            suggestion.score,
            suggestion.kind.label(language),
            suggestion.concept_label.get(language),
            suggestion.quote.text
        ));
    }
    Ok(())
}

fn lines<'a>(file: &'a str, understood: &'a Understood) -> impl Iterator<Item = Line<'a>> {
    understood.suggestions.iter().map(move |suggestion| {
        let span = suggestion.quote.span();
        let speaker = speaker_of(understood, suggestion);
        let utterance = understood.utterances.get(suggestion.quote.utterance);
        let tag = utterance.map(|utterance| &utterance.language);
        Line {
            file,
            kind: suggestion.kind,
            concept: &suggestion.concept,
            score: suggestion.score,
            quote: &suggestion.quote.text,
            start: span.start,
            end: span.end,
            turn: suggestion.quote.turn,
            speaker: speaker.map(|(label, _)| label),
            side: speaker.map(|(_, side)| side).unwrap_or_default(),
            language: tag.map(|tag| tag.language).unwrap_or_default(),
            mixed: tag.map(|tag| tag.mixed).unwrap_or_default(),
            shares: tag.map(|tag| tag.shares).unwrap_or_default(),
            runs: utterance.map(|utterance| utterance.language.runs(&utterance.text)).unwrap_or_default(),
            intensity: suggestion.intensity,
            context: &suggestion.context,
            terms: suggestion.terms.iter().map(|hit| hit.term.as_str()).collect(),
            quantities: &suggestion.quantities,
            reasons: &suggestion.reasons,
        }
    })
}

fn speaker_of<'a>(understood: &'a Understood, suggestion: &Suggestion) -> Option<(&'a str, Side)> {
    let turn = understood.transcript.turns.get(suggestion.quote.turn)?;
    let speaker = understood.transcript.speakers.get(turn.speaker?)?;
    Some((&speaker.label, speaker.side))
}
