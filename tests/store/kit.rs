//! A data folder of its own for each test, and meetings made of a few lines of dialogue.

use cita::model::*;
use cita::store::{Added, EntryChange, NewMeeting, Reread, Signature, Store, SuggestionFilter};
use tempfile::TempDir;
use uuid::Uuid;

pub const NOW: &str = "2026-05-04T10:00:00Z";

/// A store in a folder that vanishes with it.
pub struct House {
    pub store: Store,
    pub dir: TempDir,
}

impl House {
    pub fn new() -> Self {
        let dir = TempDir::new().unwrap();
        Self { store: Store::open(dir.path()).unwrap(), dir }
    }

    /// Adds a meeting as an import does: the file first, then the rows.
    pub fn add(&self, new: &NewMeeting) -> Added {
        let hash = self.store.put_original(file_of(new)).unwrap();
        assert_eq!(hash, new.meeting.source.hash);
        self.store.add_meeting(new).unwrap()
    }

    /// Accepts a suggestion as proposed, into the unworded entry of its concept or into a new one.
    pub fn accept(&self, suggestion: SuggestionId) -> EntryId {
        let (entry, change) = self.placing(suggestion);
        self.store.decide(&decision(suggestion, accept_into(entry)), State::Pending, &change).unwrap();
        entry
    }

    /// How the quote of this suggestion comes onto the map as proposed: where, and by what change.
    pub fn placing(&self, suggestion: SuggestionId) -> (EntryId, EntryChange) {
        let row = self.store.suggestion(suggestion).unwrap().unwrap();
        match self.store.entry_for(row.customer, row.suggestion.kind, &row.suggestion.concept).unwrap() {
            Some(entry) => (entry.id, EntryChange::AddTo(entry.id, self.quote(suggestion))),
            None => {
                let entry = self.new_entry(suggestion);
                (entry.id, EntryChange::Create(entry))
            }
        }
    }

    /// A new unworded entry that holds the quote of this suggestion.
    pub fn new_entry(&self, suggestion: SuggestionId) -> Entry {
        let row = self.store.suggestion(suggestion).unwrap().unwrap();
        Entry {
            id: EntryId(Uuid::now_v7()),
            customer: row.customer,
            kind: row.suggestion.kind,
            concept: row.suggestion.concept,
            statement: row.suggestion.concept_label,
            worded: false,
            quotes: vec![self.quote(suggestion)],
            created_at: NOW.to_owned(),
        }
    }

    pub fn quote(&self, suggestion: SuggestionId) -> EntryQuote {
        let row = self.store.suggestion(suggestion).unwrap().unwrap();
        EntryQuote {
            suggestion,
            meeting: row.meeting,
            quote: row.suggestion.quote,
            speaker: row.speaker,
            side: row.side,
            intensity: row.suggestion.intensity,
        }
    }

    /// Sets the side of one speaker, as a person does, and keeps what is proposed.
    pub fn set_side(&self, meeting: MeetingId, speaker: usize, side: Side) -> Result<Correction, Problem> {
        let stored = self.store.meeting(meeting)?.unwrap();
        let person = self.store.person_of_speaker(meeting, speaker)?.unwrap();
        let before = self.store.person(person)?.unwrap();
        let mut speakers = stored.transcript.speakers;
        (speakers[speaker].side, speakers[speaker].side_source) = (side, SideSource::Person);
        let filter = SuggestionFilter { meeting: Some(meeting), limit: 100, ..SuggestionFilter::default() };
        let suggestions = self.store.suggestions(&filter)?.into_iter().map(|row| row.suggestion).collect();
        let act = CorrectionAct::SideSet {
            person,
            meeting: None,
            after: side,
            people: vec![PersonSide { person, side: before.side, side_source: before.side_source }],
            speakers: self.store.speakers_of(&[person], Some(meeting))?,
        };
        let reread = Reread { meeting, speakers, utterances: stored.utterances, suggestions };
        self.store.correct(&correction(act), &[reread])
    }

    pub fn state(&self, suggestion: SuggestionId) -> State {
        self.store.suggestion(suggestion).unwrap().unwrap().state
    }
}

pub fn accept_into(entry: EntryId) -> Act {
    Act::Accept { edit: Edit::default(), entry }
}

pub fn reject(reason: RejectReason) -> Act {
    Act::Reject { reason }
}

pub fn decision(suggestion: SuggestionId, act: Act) -> Decision {
    Decision { id: DecisionId(Uuid::now_v7()), suggestion, act, at: NOW.to_owned(), carried_from: None }
}

pub fn correction(act: CorrectionAct) -> Correction {
    Correction { id: CorrectionId(Uuid::now_v7()), act, at: NOW.to_owned(), undone: false }
}

pub fn customer(name: &str) -> Customer {
    Customer {
        id: CustomerId(Uuid::now_v7()),
        name: name.to_owned(),
        standing: Standing::Active,
        created_at: NOW.to_owned(),
    }
}

/// The bytes of the file that a meeting was made of.
pub fn file_of(new: &NewMeeting) -> &[u8] {
    new.transcript.text.as_bytes()
}

/// The talk that most tests use: two speakers, both languages, five suggestions under two concepts.
pub fn talk(customer: &Customer, title: &str) -> NewMeeting {
    meeting(
        customer,
        title,
        &[
            ("Rita Solar (Molinos del Sur)", "Cada lunes copiamos los pedidos a mano, son 3 horas."),
            ("Iván", "What happens when you are away?"),
            ("Rita Solar (Molinos del Sur)", "Nobody knows how to close the month without me."),
            ("Rita Solar (Molinos del Sur)", "Y el camión sale tarde porque la guía no está firmada."),
            ("Iván", "Entiendo, sigamos."),
        ],
    )
}

/// A meeting of these lines; each line is a turn of one utterance, and each is proposed, scores falling from turn to turn.
pub fn meeting(customer: &Customer, title: &str, lines: &[(&str, &str)]) -> NewMeeting {
    let mut transcript = Transcript { text: format!("\u{feff}# {title}\n"), ..Transcript::default() };
    let mut utterances = Vec::new();
    for (ordinal, (label, words)) in lines.iter().enumerate() {
        let speaker = speaker_of(&mut transcript, label);
        transcript.text.push_str(&format!("{label}: "));
        let span = Span::new(transcript.text.len(), transcript.text.len() + words.len());
        transcript.text.push_str(&format!("{words}\n"));
        let start_ms = Some(ordinal as u64 * 4000);
        let pieces = vec![span];
        let turn = Turn { speaker: Some(speaker), start_ms, end_ms: None, nature: Nature::Speech, pieces };
        transcript.turns.push(turn);
        utterances.push(utterance(ordinal, span, words));
    }
    transcript.facts.attendees = transcript.speakers.iter().map(|speaker| speaker.label.clone()).collect();
    let hash = SourceHash::of(transcript.text.as_bytes());
    let suggestions = utterances.iter().enumerate().map(|(ordinal, one)| suggestion(&hash, ordinal, one)).collect();
    let source = SourceInfo {
        file_name: format!("{title}.txt"),
        hash,
        bytes: transcript.text.len() as u64,
        format: "labelled-text".to_owned(),
        encoding: Encoding::Utf8,
    };
    NewMeeting {
        meeting: Meeting {
            id: MeetingId(Uuid::now_v7()),
            customer: customer.id,
            title: title.to_owned(),
            date: None,
            source,
            created_at: NOW.to_owned(),
        },
        customer: customer.clone(),
        new_customer: false,
        people: transcript.speakers.iter().map(|speaker| person(customer, speaker)).collect(),
        signature: Signature { shingles: transcript.turns.len(), hashes: vec![7; 4] },
        request: None,
        report: report(&transcript, &utterances),
        transcript,
        utterances,
        suggestions,
    }
}

fn speaker_of(transcript: &mut Transcript, label: &str) -> usize {
    if let Some(known) = transcript.speakers.iter().position(|speaker| speaker.label == label) {
        return known;
    }
    let side = if label.contains('(') { Side::Customer } else { Side::Unknown };
    let side_source = if side == Side::Customer { SideSource::Label } else { SideSource::Nothing };
    transcript.speakers.push(Speaker { label: label.to_owned(), side, side_source });
    transcript.speakers.len() - 1
}

fn person(customer: &Customer, speaker: &Speaker) -> Person {
    let label = speaker.label.split(" (").next().unwrap().to_lowercase();
    Person {
        id: PersonId(Uuid::now_v7()),
        customer: customer.id,
        name: label.clone(),
        label,
        role: None,
        merged_into: None,
        side: speaker.side,
        side_source: speaker.side_source,
    }
}

fn utterance(turn: usize, span: Span, words: &str) -> Utterance {
    let language = if words.contains("the ") || words.contains("you") { Language::English } else { Language::Spanish };
    let tag = LanguageTag {
        language,
        mixed: 0.125,
        switches: vec![(Span::new(0, 2), Language::Portuguese)],
        borrowed: vec![Span::new(0, 2)],
        shares: WordShares { spanish: 0.5, english: 0.25, portuguese: 0.25, other: 0.0 },
        words: WordCounts { spanish: 2, english: 1, portuguese: 1, other: 0 },
    };
    Utterance { turn, pieces: vec![span], text: words.to_owned(), language: tag }
}

fn suggestion(hash: &SourceHash, ordinal: usize, utterance: &Utterance) -> Suggestion {
    let span = utterance.pieces[0];
    let (kind, concept) =
        if ordinal.is_multiple_of(2) { (Kind::Friction, "manual-copying") } else { (Kind::Pain, "one-person-knows") };
    Suggestion {
        id: SuggestionId::of(hash, span, concept),
        quote: Quote { text: utterance.text.clone(), pieces: vec![span], turn: utterance.turn, utterance: ordinal },
        kind,
        concept: concept.to_owned(),
        concept_label: Bilingual::new("Una idea", "An idea"),
        score: 0.9 - ordinal as f32 / 10.0,
        intensity: Intensity::Medium,
        context: Context { marks: vec![Mark::Reported, Mark::Intense], side: Side::Customer },
        terms: vec![TermHit { concept: concept.to_owned(), term: "a mano".to_owned(), span: Span::new(1, 4) }],
        quantities: vec![Quantity {
            kind: QuantityKind::Duration,
            value: 3.0,
            upper: None,
            unit: Some("horas".to_owned()),
            span: Span::new(2, 5),
        }],
        reasons: vec![Reason { code: "term".to_owned(), text: Bilingual::new("término", "term"), weight: 2.2 }],
    }
}

fn report(transcript: &Transcript, utterances: &[Utterance]) -> ImportReport {
    ImportReport {
        format: "labelled-text".to_owned(),
        confidence: 0.75,
        runner_up: Some("markdown".to_owned()),
        turns: transcript.turns.len(),
        utterances: utterances.len(),
        speakers: transcript.speakers.clone(),
        languages: LanguageShares::of(utterances.iter().map(|one| &one.language)),
        left_over: vec![LeftOver { line: 1, text: "#".to_owned() }],
        warnings: vec![Warning {
            code: "no_date".to_owned(),
            line: None,
            text: Bilingual::new("sin fecha", "no date"),
        }],
        facts: transcript.facts.clone(),
        ..ImportReport::default()
    }
}
