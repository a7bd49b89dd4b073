//! A customer's empathy map: six sections of the canvas, with frictions and jobs to be done.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::model::{ArchetypeLine, EmpathyMap, Entry, Intensity, Kind, MapEntry, MapQuote, MapSection, Meeting};

/// Lays out what people placed on the map of `customer`.
///
/// `meetings` are all meetings of the customer; a quote of a meeting that is not among them is left out, and so is an
/// entry without any other quote. Within a section the better evidenced entries come first: intensity, then how many
/// quotes, then the statement.
pub fn empathy_map(customer: &str, meetings: &[Meeting], entries: &[Entry]) -> EmpathyMap {
    let sections: Vec<MapSection> = Kind::ALL
        .into_iter()
        .map(|kind| MapSection { kind, entries: section_entries(kind, meetings, entries) })
        .collect();
    let quoted: BTreeSet<_> = sections.iter().flat_map(all_quotes).map(|quote| quote.meeting).collect();
    EmpathyMap {
        customer: customer.to_owned(),
        meetings: meetings.len(),
        meetings_quoted: quoted.len(),
        pain_intensity: pain_intensity(&sections),
        archetype: sections.iter().map(archetype_line).collect(),
        sections,
    }
}

fn section_entries(kind: Kind, meetings: &[Meeting], entries: &[Entry]) -> Vec<MapEntry> {
    let mut section: Vec<MapEntry> = entries
        .iter()
        .filter(|entry| entry.kind == kind)
        .map(|entry| map_entry(entry, meetings))
        .filter(|entry| !entry.quotes.is_empty())
        .collect();
    section.sort_by(|a, b| {
        (Reverse(a.intensity), Reverse(a.quotes.len()), &a.statement.en, a.entry).cmp(&(
            Reverse(b.intensity),
            Reverse(b.quotes.len()),
            &b.statement.en,
            b.entry,
        ))
    });
    section
}

fn map_entry(entry: &Entry, meetings: &[Meeting]) -> MapEntry {
    let mut intensity = Intensity::Low;
    let mut quotes: Vec<MapQuote> = Vec::with_capacity(entry.quotes.len());
    for held in &entry.quotes {
        let Some(meeting) = meetings.iter().find(|meeting| meeting.id == held.meeting) else { continue };
        intensity = intensity.max(held.intensity);
        quotes.push(MapQuote {
            text: held.quote.text.clone(),
            speaker: held.speaker.clone(),
            side: held.side,
            meeting: meeting.id,
            meeting_title: meeting.title.clone(),
            date: meeting.date,
            turn: held.quote.turn,
        });
    }
    quotes.sort_by(|a, b| {
        (a.date.is_none(), a.date, &a.meeting_title, a.turn).cmp(&(b.date.is_none(), b.date, &b.meeting_title, b.turn))
    });
    MapEntry { entry: entry.id, statement: entry.statement.clone(), concept: entry.concept.clone(), intensity, quotes }
}

/// The strongest intensity among pains and frictions: what the map's head says of how much it hurts.
fn pain_intensity(sections: &[MapSection]) -> Option<Intensity> {
    sections
        .iter()
        .filter(|section| matches!(section.kind, Kind::Pain | Kind::Friction))
        .flat_map(|section| section.entries.iter().map(|entry| entry.intensity))
        .max()
}

fn archetype_line(section: &MapSection) -> ArchetypeLine {
    let speakers: BTreeSet<&str> = all_quotes(section).filter_map(|quote| quote.speaker.as_deref()).collect();
    let meetings: BTreeSet<_> = all_quotes(section).map(|quote| quote.meeting).collect();
    ArchetypeLine {
        kind: section.kind,
        entries: section.entries.len(),
        quotes: all_quotes(section).count(),
        speakers: speakers.len(),
        meetings: meetings.len(),
    }
}

fn all_quotes(section: &MapSection) -> impl Iterator<Item = &MapQuote> {
    section.entries.iter().flat_map(|entry| &entry.quotes)
}
