//! The search room: what it finds, in which order, how it reads a query, and what it does with a damaged folder.

mod across;
mod benchmark;
mod damage;
mod finding;
mod marking;
mod order;
mod queries;

use cita::model::{CustomerId, Language, MeetingId, Side};
use cita::search::{Found, Index, MeetingDocs, Query, UtteranceDoc};
use uuid::Uuid;

/// A meeting's identity that is easy to read in a failure.
fn id(number: u128) -> MeetingId {
    MeetingId(Uuid::from_u128(number))
}

/// A meeting whose every line is a turn of one utterance; `Name: text` names who speaks.
fn meeting(number: u128, lines: &[&str]) -> MeetingDocs {
    let utterance = |(ordinal, line): (usize, &&str)| {
        let (speaker, text) = line.split_once(": ").map_or((None, *line), |(name, text)| (Some(name.to_owned()), text));
        UtteranceDoc { ordinal, turn: ordinal, text: text.to_owned(), speaker, ..UtteranceDoc::default() }
    };
    MeetingDocs {
        meeting: id(number),
        customer: CustomerId(Uuid::from_u128(900)),
        customer_name: "Molinos del Sur".to_owned(),
        title: "Visita".to_owned(),
        source: "visita.txt".to_owned(),
        date: None,
        utterances: lines.iter().enumerate().map(utterance).collect(),
    }
}

/// The same with a side and a language for every utterance.
fn spoken(number: u128, side: Side, language: Language, lines: &[&str]) -> MeetingDocs {
    let mut docs = meeting(number, lines);
    for utterance in &mut docs.utterances {
        utterance.side = side;
        utterance.language = language;
    }
    docs
}

/// An index in memory that holds these meetings.
fn index(meetings: &[MeetingDocs]) -> Index {
    let index = Index::in_memory().expect("memory can hold an index");
    index.apply(meetings, &[], 1).expect("memory can be written");
    index
}

/// The first hundred hits of a query without filters.
fn search(index: &Index, text: &str) -> Found {
    let query = Query { text: text.to_owned(), limit: 100, ..Query::default() };
    index.search(&query).expect("the query can be read")
}

/// Meeting and ordinal of each hit, best first.
fn places(found: &Found) -> Vec<(u128, usize)> {
    found.hits.iter().map(|hit| (hit.meeting.0.as_u128(), hit.ordinal)).collect()
}

/// Meeting and ordinal of each hit, in the order of the meetings.
fn sorted_places(found: &Found) -> Vec<(u128, usize)> {
    let mut places = places(found);
    places.sort_unstable();
    places
}
