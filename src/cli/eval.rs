//! `cita eval`

use std::path::PathBuf;

use clap::Args;

use crate::app::{Figures, Measured, Reader, measure, outcomes, read_labelled};
use crate::model::Problem;

use super::output::{print, print_json, say};
use super::{OK, Places};

/// Which labels, and how to print.
#[derive(Args)]
pub struct EvalArgs {
    /// Labelled sentences: a .tsv file, a folder of them, or a .jsonl file beside the files that it labels
    #[arg(required = true, value_name = "LABELS")]
    labels: Vec<PathBuf>,
    /// As JSON, for programs
    #[arg(long)]
    json: bool,
}

/// Measures the engine with what people say of the same sentences.
pub fn run(places: &Places, args: &EvalArgs) -> Result<u8, Problem> {
    let settings = places.settings(None)?;
    let reader = Reader::new(settings.lexicons.as_deref(), &settings.team)?;
    let mut files = Vec::new();
    for path in &args.labels {
        files.extend(read_labelled(&reader, path)?);
    }
    let measured = measure(&outcomes(&files));
    if args.json {
        print_json(&measured)?;
        return Ok(OK);
    }
    print(&table(&measured));
    Ok(OK)
}

fn table(measured: &Measured) -> String {
    let mut lines = vec![say(
        "            juzgadas hallazgos propuestas precisión recuerdo    F1    AP  tipo  trampas Brier",
        "              judged  insights   proposed precision   recall    F1    AP  kind    traps Brier",
    )];
    let all = say("todo", "all");
    lines.push(line(&all, &measured.all));
    lines.extend(measured.languages.iter().chain(&measured.kinds).map(|(name, figures)| line(name, figures)));
    lines.push(String::new());
    lines.push(say("probabilidad: esperada y observada, por décimas", "probability: expected and observed, by tenths"));
    for bin in &measured.all.calibration {
        lines.push(format!("{:>8} {:>10.3} {:>9.3}", bin.count, bin.expected, bin.observed));
    }
    lines.join("\n")
}

/// `kind` is the share of right kinds where a pain may be called a friction; `traps` the share of traps left alone.
fn line(name: &str, figures: &Figures) -> String {
    let Figures { judged, insights, proposed, precision, recall, f1, average_precision, .. } = figures;
    let traps = if figures.traps == 0 { "-".to_owned() } else { format!("{:.3}", figures.traps_left) };
    format!(
        "{name:<10} {judged:>9} {insights:>9} {proposed:>10} {precision:>9.3} {recall:>8.3} {f1:>5.3} {average_precision:>5.3} {:>5.3} {traps:>8} {:>5.3}",
        figures.kind_merged, figures.brier
    )
}
