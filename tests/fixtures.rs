//! The nineteen meetings: all of them are read, what is labelled stands in them, every claim is proposed, and every
//! suggestion over them is pinned, so that a new term shows every other place where it fires.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::LazyLock;

use cita::app::{MeetingView, demo_meetings};
use cita::model::{Kind, Language, RejectReason, Suggestion};
use cita::suggest::{Adaptation, Decided, adapt};
use serde::Deserialize;

use crate::support::TestApp;
use crate::support::source::root;

/// A line of `expected.jsonl`: an insight with its kind, or a trap.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    file: String,
    quote: String,
    #[serde(default)]
    kind: Option<Kind>,
    #[serde(default)]
    second: Option<Kind>,
    #[serde(default)]
    claims: Vec<String>,
    #[serde(default)]
    direct: bool,
    #[serde(default)]
    trap: Option<String>,
}

#[derive(Deserialize)]
struct Claims {
    claim: Vec<Claim>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claim {
    id: String,
    #[expect(dead_code, reason = "for people who read the file")]
    customer: String,
    #[expect(dead_code, reason = "for people who read the file")]
    kind: String,
    #[expect(dead_code, reason = "for people who read the file")]
    text: String,
}

/// A place in a meeting: the ordinal of its turn, and bytes of the turn's sentences joined by one space.
type Place = (usize, Range<usize>);

/// A meeting of the fixtures as cita reads it.
struct Read {
    file: String,
    view: MeetingView,
}

static MEETINGS: LazyLock<Vec<Read>> = LazyLock::new(|| {
    let (team, meetings) = demo_meetings().expect("the list of meetings is sound");
    let app = TestApp::with(|settings| settings.team = team);
    let import = |meeting: &cita::app::DemoMeeting| {
        let imported = app.app.import_unindexed(&meeting.upload().expect("the file is there"));
        let id = imported.unwrap_or_else(|problem| panic!("{}: {problem:?}", meeting.file)).summary.meeting.id;
        Read { file: meeting.file.clone(), view: app.app.meeting(id).expect("it was imported") }
    };
    meetings.iter().map(import).collect()
});

static EXPECTED: LazyLock<Vec<Expected>> = LazyLock::new(|| {
    let text = std::fs::read_to_string(root().join("fixtures/meetings/expected.jsonl")).expect("the labels are there");
    let lines = text.lines().enumerate();
    lines
        .map(|(at, line)| serde_json::from_str(line).unwrap_or_else(|error| panic!("line {}: {error}", at + 1)))
        .collect()
});

#[test]
fn all_nineteen_are_read_without_a_line_lost() {
    assert_eq!(MEETINGS.len(), 19);
    for read in MEETINGS.iter() {
        let report = &read.view.report;
        let words: usize = read
            .view
            .turns
            .iter()
            .flat_map(|turn| &turn.utterances)
            .map(|one| one.text.split_whitespace().count())
            .sum();
        assert!(words >= 1_000, "{} has only {words} words", read.file);
        assert!(report.left_over.is_empty(), "{}: {:?}", read.file, report.left_over);
        assert!(report.speakers.len() > 1 || read.file.ends_with(".md"), "{}: {:?}", read.file, report.speakers);
    }
    let formats: BTreeSet<&str> = MEETINGS.iter().map(|read| read.view.report.format.as_str()).collect();
    assert!(formats.len() >= 5, "{formats:?}");
}

#[test]
fn both_languages_and_their_mixture_are_there() {
    let shares = |pick: fn(&cita::model::LanguageShares) -> usize| -> usize {
        MEETINGS.iter().map(|read| pick(&read.view.report.languages)).sum()
    };
    let (spanish, english) = (shares(|one| one.spanish), shares(|one| one.english));
    let (mixed, other) = (shares(|one| one.mixed), shares(|one| one.other));
    assert!(spanish > 500 && english > 300 && mixed > 30, "{spanish} {english} {mixed}");
    assert!(other * 20 < spanish + english + mixed, "{other} utterances have no language");
}

#[test]
fn every_label_stands_in_its_meeting() {
    let lost: Vec<String> = EXPECTED
        .iter()
        .filter(|label| place_of(read(&label.file), &label.quote).is_none())
        .map(|label| format!("{}: {}", label.file, label.quote))
        .collect();
    assert!(lost.is_empty(), "{} labels stand nowhere:\n{}", lost.len(), lost.join("\n"));
}

#[test]
fn half_of_what_is_said_or_more_is_no_insight() {
    for read in MEETINGS.iter() {
        let utterances = read.view.report.utterances;
        let insights = EXPECTED.iter().filter(|label| label.file == read.file && label.kind.is_some()).count();
        assert!(insights * 2 <= utterances, "{}: {insights} of {utterances}", read.file);
    }
}

#[test]
fn every_claim_is_proposed_with_a_quote() {
    let text = std::fs::read_to_string(root().join("fixtures/meetings/claims.toml")).expect("the claims are there");
    let claims: Claims = toml::from_str(&text).expect("the claims are TOML");
    let known: BTreeSet<&str> = claims.claim.iter().map(|claim| claim.id.as_str()).collect();
    let named: BTreeSet<&str> = EXPECTED.iter().flat_map(|label| &label.claims).map(String::as_str).collect();
    let proposed = EXPECTED.iter().filter(|label| label.kind.is_some() && is_proposed(label));
    let proposed: BTreeSet<&str> = proposed.flat_map(|label| &label.claims).map(String::as_str).collect();
    assert_eq!(named.difference(&known).collect::<Vec<_>>(), Vec::<&&str>::new(), "labels name claims that are not");
    assert_eq!(known.difference(&proposed).collect::<Vec<_>>(), Vec::<&&str>::new(), "claims that nothing proposes");
}

#[test]
fn how_well_the_labels_are_found_is_pinned() {
    insta::assert_snapshot!("figures", figures());
}

#[test]
fn every_suggestion_is_pinned() {
    let mut lines = String::new();
    for read in MEETINGS.iter() {
        for row in &read.view.suggestions {
            let Suggestion { kind, concept, score, quote, .. } = &row.suggestion;
            writeln!(lines, "{} · {kind} · {concept} · {score:.2} · {}", read.file, quote.text)
                .expect("a string takes all");
        }
    }
    insta::assert_snapshot!("suggestions", lines);
}

/// Fifty decisions on what was proposed, one in every few, then the order of all the rest: as good where a team judges as
/// the labels do that the weights were fitted on, much better where it has a mind of its own.
#[test]
fn a_review_of_fifty_improves_the_order_of_the_rest() {
    let proposed: Vec<(Suggestion, bool)> = MEETINGS.iter().flat_map(judged_suggestions).collect();
    let gain = gain_of_fifty(&proposed);
    assert!(gain > -0.005, "as labelled, the order of the rest changed by {gain:.4}");
    let no_gains = proposed.into_iter().map(|(one, right)| (one.clone(), right && one.kind != Kind::Gain));
    let gain = gain_of_fifty(&no_gains.collect::<Vec<_>>());
    assert!(gain > 0.03, "for a team that keeps no gains, the order of the rest changed by {gain:.4}");
}

/// By how much the average precision of what is left rises after fifty decisions, as a mean over which fifty they are.
fn gain_of_fifty(proposed: &[(Suggestion, bool)]) -> f64 {
    let every = proposed.len() / 50;
    let gains = (0..every).map(|start| {
        let is_reviewed = |at: usize| at % every == start;
        let decided = |(suggestion, right): &'_ (Suggestion, bool)| (suggestion.clone(), *right);
        let reviewed: Vec<(Suggestion, bool)> =
            proposed.iter().enumerate().filter(|(at, _)| is_reviewed(*at)).map(|(_, one)| decided(one)).collect();
        let decisions: Vec<Decided<'_>> = reviewed
            .iter()
            .map(|(suggestion, right)| Decided {
                suggestion,
                language: Language::Spanish,
                rejected: (!right).then_some(RejectReason::OffTopic),
            })
            .collect();
        assert!(decisions.len() >= 50);
        let adaptation = adapt(&decisions);
        let order = |adaptation: &Adaptation| {
            let rest = proposed.iter().enumerate().filter(|(at, _)| !is_reviewed(*at));
            let mut rest: Vec<(f32, bool)> = rest
                .map(|(_, one)| {
                    let (mut suggestion, right) = decided(one);
                    adaptation.apply(&mut suggestion);
                    (suggestion.score, right)
                })
                .collect();
            rest.sort_by(|one, other| other.0.total_cmp(&one.0));
            average_precision(&rest)
        };
        order(&adaptation) - order(&Adaptation::default())
    });
    gains.sum::<f64>() / every as f64
}

/// What was proposed for a meeting, and whether it meets a labelled insight.
fn judged_suggestions(read: &'static Read) -> Vec<(Suggestion, bool)> {
    let labels: Vec<Place> = EXPECTED
        .iter()
        .filter(|label| label.kind.is_some() && label.file == read.file)
        .filter_map(|label| place_of(read, &label.quote))
        .collect();
    let places = suggested_places(read).into_iter();
    places.map(|(place, one)| (one.clone(), labels.iter().any(|label| meet(label, &place)))).collect()
}

/// The mean precision at the place of each right one.
fn average_precision(queue: &[(f32, bool)]) -> f64 {
    let (mut right, mut sum) = (0, 0.0);
    for (at, (_, good)) in queue.iter().enumerate() {
        if *good {
            right += 1;
            sum += share(right, at + 1);
        }
    }
    sum / f64::from(u32::try_from(right.max(1)).expect("few"))
}

#[test]
fn a_second_reading_gives_the_same() {
    let (team, meetings) = demo_meetings().expect("the list of meetings is sound");
    let app = TestApp::with(|settings| settings.team = team);
    for meeting in meetings.iter().take(3) {
        let id = app
            .app
            .import_unindexed(&meeting.upload().expect("the file is there"))
            .expect("it is read")
            .summary
            .meeting
            .id;
        let again = app.app.meeting(id).expect("it was imported");
        let first = read(&meeting.file);
        let suggestions =
            |view: &MeetingView| view.suggestions.iter().map(|row| row.suggestion.clone()).collect::<Vec<_>>();
        assert_eq!(suggestions(&again), suggestions(&first.view), "{}", meeting.file);
    }
}

/// Detection, kinds and traps, over all and by language of the meeting's majority.
fn figures() -> String {
    let mut out = String::new();
    let (mut found, mut right_kind, mut insights) = (0, 0, 0);
    let mut by_kind: BTreeMap<Kind, (usize, usize)> = BTreeMap::new();
    for label in EXPECTED.iter().filter(|label| label.kind.is_some()) {
        let kind = label.kind.expect("it was asked");
        let meets = suggestions_at(label);
        insights += 1;
        found += usize::from(!meets.is_empty());
        right_kind +=
            usize::from(meets.iter().any(|one| Some(one.kind) == label.kind || Some(one.kind) == label.second));
        let row = by_kind.entry(kind).or_default();
        row.0 += usize::from(!meets.is_empty());
        row.1 += 1;
    }
    let (right, proposed) = precision();
    let (precision, recall) = (share(right, proposed), share(found, insights));
    let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
    writeln!(out, "detection: precision {precision:.3} ({right} of {proposed}), recall {recall:.3} ({found} of {insights}), F1 {f1:.3}").expect("a string takes all");
    writeln!(out, "kind right among the found: {:.3} ({right_kind} of {found})", share(right_kind, found))
        .expect("a string takes all");
    for (kind, (found, all)) in by_kind {
        writeln!(out, "{kind}: {found} of {all} found").expect("a string takes all");
    }
    let mut traps: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for label in EXPECTED.iter() {
        let Some(trap) = &label.trap else { continue };
        let row = traps.entry(trap).or_default();
        row.0 += usize::from(suggestions_at(label).is_empty());
        row.1 += 1;
    }
    let (left, all) = traps.values().fold((0, 0), |sum, row| (sum.0 + row.0, sum.1 + row.1));
    writeln!(out, "traps left alone: {:.3} ({left} of {all})", share(left, all)).expect("a string takes all");
    for (trap, (left, all)) in traps {
        writeln!(out, "{trap}: {left} of {all} left alone").expect("a string takes all");
    }
    let direct = EXPECTED.iter().filter(|label| label.direct && label.kind.is_some());
    let (said, heard) = direct.fold((0, 0), |sum, label| (sum.0 + 1, sum.1 + usize::from(is_proposed(label))));
    writeln!(out, "claims said outright: {heard} of {said} found").expect("a string takes all");
    out
}

/// How many suggestions meet a labelled insight, of how many.
fn precision() -> (usize, usize) {
    let (mut right, mut proposed) = (0, 0);
    for read in MEETINGS.iter() {
        let labels: Vec<Place> = EXPECTED
            .iter()
            .filter(|label| label.kind.is_some() && label.file == read.file)
            .filter_map(|label| place_of(read, &label.quote))
            .collect();
        for place in suggested_places(read) {
            proposed += 1;
            right += usize::from(labels.iter().any(|label| meet(label, &place.0)));
        }
    }
    (right, proposed)
}

fn is_proposed(label: &Expected) -> bool {
    !suggestions_at(label).is_empty()
}

fn suggestions_at(label: &Expected) -> Vec<&'static Suggestion> {
    let read = read(&label.file);
    let Some(place) = place_of(read, &label.quote) else { return Vec::new() };
    suggested_places(read)
        .into_iter()
        .filter(|(other, _)| meet(&place, other))
        .map(|(_, suggestion)| suggestion)
        .collect()
}

fn suggested_places(read: &'static Read) -> Vec<(Place, &'static Suggestion)> {
    let rows = read.view.suggestions.iter().map(|row| &row.suggestion);
    rows.map(|suggestion| {
        let turn = &read.view.turns[suggestion.quote.turn];
        let before = turn.utterances.iter().take_while(|one| one.ordinal < suggestion.quote.utterance);
        let start: usize = before.map(|one| one.text.len() + 1).sum();
        let text = turn_text(read, suggestion.quote.turn);
        let at = text[start..].find(&suggestion.quote.text).map_or(start, |at| start + at);
        ((suggestion.quote.turn, at..at + suggestion.quote.text.len()), suggestion)
    })
    .collect()
}

/// The first place of these words, white space aside.
fn place_of(read: &Read, quote: &str) -> Option<Place> {
    let quote = quote.split_whitespace().collect::<Vec<_>>().join(" ");
    (0..read.view.turns.len())
        .find_map(|turn| turn_text(read, turn).find(&quote).map(|at| (turn, at..at + quote.len())))
}

fn turn_text(read: &Read, turn: usize) -> String {
    read.view.turns[turn].utterances.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Do they share 60 % of the shorter one?
fn meet(one: &Place, other: &Place) -> bool {
    let shared = one.1.end.min(other.1.end).saturating_sub(one.1.start.max(other.1.start));
    one.0 == other.0 && shared * 10 >= one.1.len().min(other.1.len()) * 6 && shared > 0
}

fn read(file: &str) -> &'static Read {
    MEETINGS.iter().find(|read| read.file == file).unwrap_or_else(|| panic!("there is no meeting {file}"))
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}
