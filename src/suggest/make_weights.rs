//! Fits `weights.tsv` on labelled sentences, and prints how right it is on files that it has not seen.
//!
//! `cargo run --release --example suggest_weights -- fixtures/meetings/expected.jsonl fixtures/labelled [--write]`
//!
//! Same files, same bytes. Whether an utterance is an insight: a logistic regression for notes and one for speech; of which
//! kind: a multinomial one. Each starts from `priors.tsv`, set by hand, and is drawn back to it: invented sentences teach
//! the style of who invents them sooner than the way people talk, and nowhere more than in notes, where the shape of a
//! sentence is the writer's. The weights of neighbours are fitted on what models that had not seen the file made of them.
//! Fitted by cyclic coordinate descent on the quadratic bound of the logistic loss, which needs no step size.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;

use cita::app::{JudgedFile, Outcome, Reader, measure, read_labelled};
use cita::model::Kind;

/// The hand-set start of the fit.
const PRIORS: &str = include_str!("priors.tsv");
/// Where the weights go.
const OUTPUT: &str = "src/suggest/weights.tsv";
/// How strongly weights are held to where they start: in notes, in speech, for kinds.
const HELD_IN_NOTES: f64 = 2000.0;
const HELD_IN_SPEECH: f64 = 300.0;
const HELD_IN_KINDS: f64 = 120.0;
/// What is the writer's manner more than the speaker's matter is held so many times as strongly.
const STYLE: [&str; 23] = [
    "after-team",
    "any-term",
    "asked-at-once",
    "capitals",
    "ends-colon",
    "first-tenth",
    "hard-termless",
    "has-colon",
    "last-tenth",
    "many-commas",
    "mixed",
    "no-end",
    "note",
    "note-any-term",
    "note-no-end",
    "opens-lower",
    "third-side",
    "trails-off",
    "turn-first",
    "turn-long",
    "turn-only",
    "turn-very-long",
    "under-other",
];
const STYLE_HOLD: f64 = 10.0;
/// Signs of what was asked and of length, likewise.
const FRAME_HOLD: f64 = 2.0;
/// A whole meeting with its traps counts so many times: it is what cita is for, and hardly any of it is an insight by design.
const MEETING_WEIGHT: f64 = 3.0;
/// The start may move, by language too: how many insights there are differs.
const BASE_HOLD: f64 = 0.3;
/// A feature that fewer utterances show keeps where it starts.
const FEWEST: usize = 3;
/// Files are left out in this many turns.
const FOLDS: usize = 8;
/// How often every weight is gone over.
const ROUNDS: usize = 120;
/// The neighbours, in the order of the features of the second reading, where each starts and how strongly it is held.
const NEAR: [(&str, f64, f64); 5] = [
    ("near-before", 0.8, 20.0),
    ("near-two-before", 0.3, 20.0),
    ("near-after", 0.2, 20.0),
    ("near-around", 0.0, 20.0),
    ("near-read", -0.2, 5.0),
];
/// In notes, so many times as strongly.
const NEAR_NOTE_HOLD: f64 = 10.0;
const KINDS: [Kind; 4] = [Kind::Pain, Kind::Friction, Kind::Job, Kind::Gain];

fn main() -> Result<(), Box<dyn Error>> {
    let (flags, paths): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let reader = Reader::new(None, &[]).map_err(|problem| format!("{problem:?}"))?;
    let mut files = Vec::new();
    for path in &paths {
        files.extend(read_labelled(&reader, path.as_ref()).map_err(|problem| format!("{problem:?}"))?);
    }
    let table = Table::new(&files);
    let model = table.fit();
    println!("{}", report(&table, &model));
    if flags.iter().any(|flag| flag == "--write") {
        std::fs::write(OUTPUT, model.file(&table))?;
        println!("{OUTPUT}");
    }
    if flags.iter().any(|flag| flag == "--rows") {
        std::fs::write("rows.jsonl", rows_as_json(&files))?;
    }
    Ok(())
}

/// An utterance as the fit sees it.
struct Row {
    /// Ordinals of features with how much of each.
    features: Vec<(usize, f64)>,
    is_note: bool,
    is_insight: bool,
    /// How often it counts.
    weight: f64,
    /// How much of the label is each kind.
    kinds: Option<[f64; 4]>,
    file: usize,
    beside: [Option<usize>; 3],
    around: Vec<usize>,
    outcome: Outcome,
}

struct Table {
    names: Vec<String>,
    rows: Vec<Row>,
    /// By the ordinal of the feature: where it starts in notes, in speech, for each kind.
    start: Vec<[f64; 6]>,
    /// How many times as strongly it is held.
    hold: Vec<f64>,
}

impl Table {
    fn new(files: &[JudgedFile]) -> Self {
        let seen = || {
            let numbered = files.iter().enumerate();
            numbered.flat_map(|(file, one)| one.utterances.iter().map(move |utterance| (file, utterance)))
        };
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (name, _) in seen().filter_map(|(_, one)| one.observed.as_ref()).flat_map(|seen| &seen.features) {
            *counts.entry(name).or_default() += 1;
        }
        let priors = priors();
        let mut names: Vec<String> =
            counts.iter().filter(|(_, count)| **count >= FEWEST).map(|(name, _)| (*name).to_owned()).collect();
        names.extend(priors.keys().filter(|name| !name.starts_with("near-")).cloned());
        names.sort();
        names.dedup();
        let mut places: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for (file, one) in seen().filter(|(_, one)| one.observed.is_some()) {
            let next = places.len();
            places.insert((file, one.ordinal), next);
        }
        let with_traps: Vec<bool> = files.iter().map(|file| file.utterances.iter().any(|one| one.label.trap)).collect();
        let row = |(file, one): (usize, &cita::app::JudgedUtterance)| {
            let seen = one.observed.as_ref()?;
            let known = |name: &String| names.binary_search(name).ok();
            let place = |at: usize| places.get(&(file, at)).copied();
            Some(Row {
                features: seen
                    .features
                    .iter()
                    .filter_map(|(name, much)| Some((known(name)?, f64::from(*much))))
                    .collect(),
                is_note: seen.is_note,
                is_insight: one.label.kind.is_some(),
                weight: if with_traps[file] { MEETING_WEIGHT } else { 1.0 },
                kinds: kinds_of(one.label.kind, one.label.second),
                file,
                beside: seen.beside.map(|at| at.and_then(place)),
                around: seen.around.iter().filter_map(|at| place(*at)).collect(),
                outcome: Outcome {
                    language: one.language,
                    label: one.label,
                    probability: None,
                    is_proposed: false,
                    kind: Kind::Friction,
                },
            })
        };
        let rows = seen().filter_map(row).collect();
        let start = names.iter().map(|name| priors.get(name).copied().unwrap_or_default()).collect();
        let hold = names.iter().map(|name| hold(name)).collect();
        Self { names, rows, start, hold }
    }

    fn fit(&self) -> Model {
        let natures = [true, false].map(|is_note| self.insight(is_note, None));
        let mut alone = vec![0.0; self.rows.len()];
        for fold in 0..FOLDS {
            let unseen = [true, false].map(|is_note| self.insight(is_note, Some(fold)));
            for (at, row) in self.rows.iter().enumerate().filter(|(_, row)| row.file % FOLDS == fold) {
                alone[at] = dot(&row.features, &unseen[usize::from(!row.is_note)]);
            }
        }
        let near = [true, false].map(|is_note| self.second(is_note, &alone));
        let log_odds = (0..self.rows.len())
            .map(|at| {
                let weights = &near[usize::from(!self.rows[at].is_note)];
                alone[at] + dot(&self.second_row(at, &alone), weights)
            })
            .collect();
        let kinds = self.kinds(None);
        let mut unseen_kinds = vec![0; self.rows.len()];
        for fold in 0..FOLDS {
            let weights = self.kinds(Some(fold));
            for (at, row) in self.rows.iter().enumerate().filter(|(_, row)| row.file % FOLDS == fold) {
                let sums: Vec<f64> = weights.iter().map(|weights| dot(&row.features, weights)).collect();
                unseen_kinds[at] = (0..4).max_by(|one, other| sums[*one].total_cmp(&sums[*other])).unwrap_or(1);
            }
        }
        Model { natures, near, kinds, log_odds, unseen_kinds }
    }

    /// The weights of an insight by itself, in notes or in speech, without the files of a fold.
    fn insight(&self, is_note: bool, without: Option<usize>) -> Vec<f64> {
        let rows = self.rows.iter().filter(|row| row.is_note == is_note && Some(row.file % FOLDS) != without);
        let examples: Vec<Example<'_>> = rows.map(|row| Example::new(row, &row.features, 0.0)).collect();
        let held = if is_note { HELD_IN_NOTES } else { HELD_IN_SPEECH };
        let start: Vec<f64> = self.start.iter().map(|start| start[usize::from(!is_note)]).collect();
        let hold: Vec<f64> = self.hold.iter().map(|hold| hold * held).collect();
        descend(&examples, &start, &hold)
    }

    /// What the neighbours add to the first reading.
    fn second(&self, is_note: bool, alone: &[f64]) -> Vec<f64> {
        let at: Vec<usize> = (0..self.rows.len()).filter(|at| self.rows[*at].is_note == is_note).collect();
        let rows: Vec<Vec<(usize, f64)>> = at.iter().map(|at| self.second_row(*at, alone)).collect();
        let examples: Vec<Example<'_>> =
            at.iter().zip(&rows).map(|(at, row)| Example::new(&self.rows[*at], row, alone[*at])).collect();
        let held = if is_note { NEAR_NOTE_HOLD } else { 1.0 };
        descend(&examples, &NEAR.map(|(_, start, _)| start), &NEAR.map(|(.., hold)| hold * held))
    }

    fn second_row(&self, at: usize, alone: &[f64]) -> Vec<(usize, f64)> {
        let row = &self.rows[at];
        let likely = |other: usize| logistic(alone[other]);
        let [before, two_before, after] = row.beside.map(|other| other.map_or(0.0, likely));
        let around: f64 = row.around.iter().map(|other| likely(*other)).sum();
        let around = around / row.around.len().max(1) as f64;
        [before, two_before, after, around, 1.0].into_iter().enumerate().collect()
    }

    /// The weights of each kind, without the files of a fold: one against the others in turn, as parts of one whole.
    fn kinds(&self, without: Option<usize>) -> [Vec<f64>; 4] {
        let rows: Vec<&Row> =
            self.rows.iter().filter(|row| row.kinds.is_some() && Some(row.file % FOLDS) != without).collect();
        let columns = columns(self.names.len(), rows.iter().map(|row| row.features.as_slice()));
        let mut weights = [0, 1, 2, 3].map(|kind| self.start.iter().map(|start| start[2 + kind]).collect::<Vec<f64>>());
        let mut sums: Vec<[f64; 4]> =
            rows.iter().map(|row| [0, 1, 2, 3].map(|kind: usize| dot(&row.features, &weights[kind]))).collect();
        for _ in 0..ROUNDS {
            for (feature, column) in columns.iter().enumerate() {
                let held = self.hold[feature].max(1.0) * HELD_IN_KINDS;
                for kind in 0..4 {
                    let moved = weights[kind][feature] - self.start[feature][2 + kind];
                    let (mut slope, mut bound) = (held * moved, held);
                    for (row, much) in column {
                        let truth = rows[*row].kinds.unwrap_or_default()[kind];
                        slope += much * (softmax(&sums[*row], kind) - truth);
                        bound += much * much / 4.0;
                    }
                    let step = -slope / bound;
                    weights[kind][feature] += step;
                    for (row, much) in column {
                        sums[*row][kind] += step * much;
                    }
                }
            }
        }
        weights
    }
}

fn kinds_of(main: Option<Kind>, second: Option<Kind>) -> Option<[f64; 4]> {
    let place = |kind: Kind| KINDS.iter().position(|one| *one == kind);
    let main = place(main?)?;
    let mut kinds = [0.0; 4];
    match second.and_then(place) {
        Some(second) => {
            kinds[main] += 0.7;
            kinds[second] += 0.3;
        }
        None => kinds[main] = 1.0,
    }
    Some(kinds)
}

fn priors() -> BTreeMap<String, [f64; 6]> {
    let mut priors = BTreeMap::new();
    for line in PRIORS.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let Some(name) = cells.next() else { continue };
        let mut numbers = [0.0; 6];
        for (number, cell) in numbers.iter_mut().zip(cells) {
            *number = cell.parse().unwrap_or_default();
        }
        priors.insert(name.to_owned(), numbers);
    }
    priors
}

fn hold(name: &str) -> f64 {
    let framed = ["asked-", "under-", "label-", "note-words-"].iter().any(|start| name.starts_with(start));
    match name {
        "base" | "spanish" => BASE_HOLD,
        _ if STYLE.contains(&name) => STYLE_HOLD,
        _ if framed => FRAME_HOLD,
        _ => 1.0,
    }
}

/// One utterance for a logistic regression.
struct Example<'a> {
    features: &'a [(usize, f64)],
    /// One for an insight, else zero.
    truth: f64,
    /// Log-odds that are there already.
    given: f64,
    weight: f64,
}

impl<'a> Example<'a> {
    fn new(row: &Row, features: &'a [(usize, f64)], given: f64) -> Self {
        Self { features, truth: f64::from(u8::from(row.is_insight)), given, weight: row.weight }
    }
}

/// A logistic regression on top of `given` log-odds, whose weights are held to where they start.
fn descend(examples: &[Example<'_>], start: &[f64], hold: &[f64]) -> Vec<f64> {
    let columns = columns(start.len(), examples.iter().map(|one| one.features));
    let mut weights = start.to_vec();
    let mut sums: Vec<f64> = examples.iter().map(|one| one.given + dot(one.features, &weights)).collect();
    for _ in 0..ROUNDS {
        for (feature, column) in columns.iter().enumerate() {
            let (mut slope, mut bound) = (hold[feature] * (weights[feature] - start[feature]), hold[feature]);
            for (row, much) in column {
                let one = &examples[*row];
                slope += one.weight * much * (logistic(sums[*row]) - one.truth);
                bound += one.weight * much * much / 4.0;
            }
            let step = -slope / bound;
            weights[feature] += step;
            for (row, much) in column {
                sums[*row] += step * much;
            }
        }
    }
    weights
}

/// For each feature, the rows that show it with how much of it.
fn columns<'a>(count: usize, rows: impl Iterator<Item = &'a [(usize, f64)]>) -> Vec<Vec<(usize, f64)>> {
    let mut columns = vec![Vec::new(); count];
    for (at, row) in rows.enumerate() {
        for (feature, much) in row {
            columns[*feature].push((at, *much));
        }
    }
    columns
}

fn dot(row: &[(usize, f64)], weights: &[f64]) -> f64 {
    row.iter().map(|(feature, much)| weights[*feature] * much).sum()
}

fn logistic(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

fn softmax(sums: &[f64; 4], kind: usize) -> f64 {
    let most = sums.iter().copied().fold(f64::MIN, f64::max);
    (sums[kind] - most).exp() / sums.iter().map(|sum| (sum - most).exp()).sum::<f64>()
}

/// What was fitted.
struct Model {
    /// Of an insight by itself: in notes, in speech.
    natures: [Vec<f64>; 2],
    /// The second reading, likewise.
    near: [Vec<f64>; 2],
    kinds: [Vec<f64>; 4],
    /// The log-odds of each row from models that had not seen its file.
    log_odds: Vec<f64>,
    /// The kind of each row, likewise.
    unseen_kinds: Vec<usize>,
}

impl Model {
    /// The file of weights.
    fn file(&self, table: &Table) -> String {
        let mut lines: BTreeMap<&str, [f64; 6]> = BTreeMap::new();
        for (at, name) in table.names.iter().enumerate() {
            let mut numbers = [0.0; 6];
            for nature in 0..2 {
                numbers[nature] = self.natures[nature][at];
            }
            for kind in 0..4 {
                numbers[2 + kind] = self.kinds[kind][at];
            }
            lines.insert(name, numbers);
        }
        for (at, (name, ..)) in NEAR.iter().enumerate() {
            lines.insert(name, [self.near[0][at], self.near[1][at], 0.0, 0.0, 0.0, 0.0]);
        }
        let mut out = "# Made by make_weights.rs; what each feature adds, in log-odds.\n".to_owned();
        out.push_str("# feature\tnote\tsaid\tpain\tfriction\tjob\tgain\n");
        for (name, numbers) in lines {
            let shown: Vec<String> = numbers.iter().map(|number| format!("{:.3}", number + 0.0)).collect();
            if shown.iter().any(|one| !matches!(one.as_str(), "0.000" | "-0.000")) {
                let shown: Vec<&str> = shown.iter().map(|one| if one == "-0.000" { "0.000" } else { one }).collect();
                writeln!(out, "{name}\t{}", shown.join("\t")).expect("a string takes all");
            }
        }
        out
    }
}

/// How right models are on files that they have not seen.
fn report(table: &Table, model: &Model) -> String {
    let outcomes: Vec<Outcome> = table
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| !row.outcome.label.ignored)
        .map(|(at, row)| {
            let probability = logistic(model.log_odds[at]);
            Outcome {
                probability: Some(probability as f32),
                is_proposed: probability >= f64::from(cita::suggest::threshold(row.is_note)),
                kind: KINDS[model.unseen_kinds[at]],
                ..row.outcome
            }
        })
        .collect();
    let measured = measure(&outcomes);
    let mut out = String::from("left out file by file:\n");
    let named = measured.languages.iter().chain(&measured.kinds);
    for (name, one) in std::iter::once((&"all".to_owned(), &measured.all)).chain(named) {
        writeln!(
            out,
            "{name}: {} judged, {} insights; P {:.3} R {:.3} F1 {:.3} AP {:.3}; kind {:.3}, merged {:.3}; traps left {:.3}; Brier {:.3}",
            one.judged, one.insights, one.precision, one.recall, one.f1, one.average_precision, one.kind_exact,
            one.kind_merged, one.traps_left, one.brier
        )
        .expect("a string takes all");
    }
    for bin in &measured.all.calibration {
        writeln!(out, "{:5} expected {:.2} observed {:.2}", bin.count, bin.expected, bin.observed)
            .expect("a string takes all");
    }
    out
}

/// Every row by the names of its features, one JSON object a line, for other tools.
fn rows_as_json(files: &[JudgedFile]) -> String {
    let mut out = String::new();
    for file in files {
        for one in &file.utterances {
            let row = serde_json::json!({
                "file": file.name, "at": one.ordinal, "text": one.text, "language": one.language.code(),
                "kind": one.label.kind.map(|kind| kind.code()), "second": one.label.second.map(|kind| kind.code()),
                "trap": one.label.trap, "ignored": one.label.ignored,
                "features": one.observed.as_ref().map(|seen| &seen.features),
                "beside": one.observed.as_ref().map(|seen| seen.beside),
                "around": one.observed.as_ref().map(|seen| &seen.around),
                "is_note": one.observed.as_ref().map(|seen| seen.is_note),
            });
            writeln!(out, "{row}").expect("a string takes all");
        }
    }
    out
}
