//! What an import would do, before it does it.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::formats::FORMATS;
use crate::model::{
    Bilingual, Customer, ImportReport, Kind, MeetingId, Nature, Person, Problem, Side, SideSource, SourceHash,
};
use crate::store::{MeetingSummary, Signature};

use super::App;
use super::imports::{count_kinds, date_of, title_of};
use super::likeness;
use super::names::{may_be_same, name_key};
use super::reading::Understood;
use super::uploads::Upload;

/// How many characters of a speaker's first words are shown.
const FIRST_WORDS_CHARS: usize = 120;
/// How many meetings that a file resembles are told.
const MOST_NEAR: usize = 5;

/// What an import would do. Nothing of it is kept.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Preview {
    /// The file's name.
    pub file_name: String,
    /// BLAKE3 of its bytes.
    pub source: SourceHash,
    /// How many bytes.
    pub bytes: usize,
    /// The format's name for people.
    pub format_label: Bilingual,
    /// What was found in the file and what could not be used.
    pub report: ImportReport,
    /// How many suggestions of each kind there would be.
    pub suggestions: Vec<KindCount>,
    /// Who speaks.
    pub speakers: Vec<PreviewSpeaker>,
    /// With whom the meeting was held.
    pub customer: PreviewCustomer,
    /// What it would be called.
    pub title: String,
    /// When it was held, where known.
    pub date: Option<Date>,
    /// The meeting that these very bytes are already.
    pub already_there: Option<MeetingSummary>,
    /// Meetings that the file may be another transcript of, the most alike first.
    pub near_duplicates: Vec<NearDuplicate>,
}

/// How many of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct KindCount {
    /// The kind.
    pub kind: Kind,
    /// How many.
    pub count: usize,
}

/// A speaker of a file, before its import.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PreviewSpeaker {
    /// As the file writes it.
    pub label: String,
    /// The side of the table.
    pub side: Side,
    /// What the side was read from.
    pub side_source: SideSource,
    /// How many turns.
    pub turns: usize,
    /// How many words.
    pub words: usize,
    /// The first of them.
    pub first_words: String,
    /// The person of the customer's earlier meetings that the label names.
    pub person: Option<Person>,
    /// People of earlier meetings that it may be; a person has to say so.
    pub like: Vec<Person>,
}

/// The customer of a file, before its import.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PreviewCustomer {
    /// The name that somebody said, or that the file tells.
    pub name: Option<String>,
    /// Who that is; none where nobody has named it before.
    pub known: Option<Customer>,
    /// Was it found by another way to write its name?
    pub by_alias: bool,
    /// Customers with a name much like it: perhaps it is another way to write one of these.
    pub similar: Vec<SimilarCustomer>,
}

/// A customer with a name much like another.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SimilarCustomer {
    /// Who.
    pub customer: Customer,
    /// Jaro-Winkler likeness of the folded names, 0 to 1.
    pub likeness: f64,
}

/// A meeting that a file may be another transcript of.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NearDuplicate {
    /// The meeting.
    pub meeting: MeetingSummary,
    /// The part of all runs of three words that both have, 0 to 1; estimated.
    pub likeness: f32,
    /// How many of its suggestions people have decided.
    pub decided: usize,
}

impl App {
    /// What an import of this file would find and do; nothing is kept.
    ///
    /// # Errors
    /// As [`App::import`], apart from those of writing; a missing customer is no error here.
    pub fn preview(&self, upload: &Upload) -> Result<Preview, Problem> {
        self.check_size(upload)?;
        let hash = SourceHash::of(&upload.bytes);
        let already_there = match self.store.meeting_by_source(&hash)? {
            Some(known) => self.store.meeting_summary(known)?,
            None => None,
        };
        let prepared = self.prepare(upload, hash.clone())?;
        let own = already_there.as_ref().map(|summary| summary.meeting.id);
        let near_duplicates = prepared.near.into_iter().filter(|near| Some(near.meeting.meeting.id) != own).collect();
        let customer = prepared.customer.as_ref().filter(|_| !prepared.new_customer);
        let report = &prepared.understood.report;
        let said = upload.customer.clone().filter(|name| !name.trim().is_empty());
        let name = said.or_else(|| report.facts.customer.clone());
        let similar = match (&name, customer) {
            (Some(name), None) => self.customers_like(name)?,
            _ => Vec::new(),
        };
        let by_alias = match (&name, customer) {
            (Some(name), Some(customer)) => name_key(name) != name_key(&customer.name),
            _ => false,
        };
        Ok(Preview {
            file_name: upload.file_name.clone(),
            source: hash,
            bytes: upload.bytes.len(),
            format_label: FORMATS
                .iter()
                .find(|format| format.name == report.format)
                .map(crate::formats::Format::label)
                .unwrap_or_default(),
            suggestions: count_kinds(&prepared.understood.suggestions)
                .into_iter()
                .map(|(kind, count)| KindCount { kind, count })
                .collect(),
            speakers: speakers(&prepared.understood, &prepared.known),
            customer: PreviewCustomer { name, known: customer.cloned(), by_alias, similar },
            title: title_of(upload, report),
            date: date_of(upload, report),
            already_there,
            near_duplicates,
            report: prepared.understood.report,
        })
    }

    /// Meetings whose words a signature resembles, the most alike first.
    pub(super) fn near_duplicates(
        &self,
        signature: &Signature,
        but: Option<MeetingId>,
    ) -> Result<Vec<NearDuplicate>, Problem> {
        if signature.shingles == 0 {
            return Ok(Vec::new());
        }
        let (least, most) = likeness::sizes(signature.shingles);
        let mut alike: Vec<(f32, MeetingId)> = self
            .store
            .signatures(least, most)?
            .into_iter()
            .map(|(meeting, other)| (likeness::likeness(signature, &other), meeting))
            .filter(|(likeness, meeting)| *likeness >= likeness::SAME_MEETING && Some(*meeting) != but)
            .collect();
        alike.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
        let mut near = Vec::new();
        for (likeness, id) in alike.into_iter().take(MOST_NEAR) {
            let Some(meeting) = self.store.meeting_summary(id)? else { continue };
            let decided = meeting.accepted + meeting.rejected;
            near.push(NearDuplicate { meeting, likeness, decided });
        }
        Ok(near)
    }

    /// Meetings that a meeting may be another transcript of, the most alike first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn near_meetings(&self, meeting: MeetingId) -> Result<Vec<NearDuplicate>, Problem> {
        match self.store.signature(meeting)? {
            Some(signature) => self.near_duplicates(&signature, Some(meeting)),
            None => Ok(Vec::new()),
        }
    }

    /// Signs the meetings that an older cita has imported, so that they can be recognised.
    pub(super) fn sign_old_meetings(&self) -> Result<(), Problem> {
        for meeting in self.store.unsigned_meetings()? {
            if let Some(stored) = self.store.meeting(meeting)? {
                self.store.sign(meeting, &likeness::signature(&stored.transcript, &stored.utterances))?;
            }
        }
        Ok(())
    }
}

fn speakers(understood: &Understood, known: &[Person]) -> Vec<PreviewSpeaker> {
    let transcript = &understood.transcript;
    let mut speakers: Vec<PreviewSpeaker> = transcript
        .speakers
        .iter()
        .map(|speaker| {
            let person = known_as(known, &speaker.label);
            let is_new = person.is_none();
            PreviewSpeaker {
                label: speaker.label.clone(),
                side: speaker.side,
                side_source: speaker.side_source,
                turns: 0,
                words: 0,
                first_words: String::new(),
                person,
                like: if is_new { people_like(known, &speaker.label) } else { Vec::new() },
            }
        })
        .collect();
    for turn in &transcript.turns {
        if let Some(speaker) = turn.speaker.and_then(|speaker| speakers.get_mut(speaker)) {
            speaker.turns += usize::from(turn.nature != Nature::Heading);
        }
    }
    for utterance in &understood.utterances {
        let speaker = transcript.turns.get(utterance.turn).and_then(|turn| turn.speaker);
        let Some(speaker) = speaker.and_then(|speaker| speakers.get_mut(speaker)) else { continue };
        speaker.words += utterance.text.split_whitespace().count();
        let room = FIRST_WORDS_CHARS.saturating_sub(speaker.first_words.chars().count());
        if room > 0 {
            let gap = if speaker.first_words.is_empty() { "" } else { " " };
            let words: String = utterance.text.chars().take(room).collect();
            speaker.first_words.push_str(gap);
            speaker.first_words.push_str(&words);
        }
    }
    speakers
}

/// The person whom people know this label as.
pub(super) fn known_as(known: &[Person], label: &str) -> Option<Person> {
    let key = name_key(label);
    let found = known
        .iter()
        .find(|person| name_key(&person.label) == key)
        .or_else(|| known.iter().find(|person| name_key(&person.name) == key))?;
    let roots: HashMap<_, _> = known.iter().map(|person| (person.id, person)).collect();
    let mut at = found;
    // A chain is as long as there are people, at the most.
    for _ in known {
        match at.merged_into.and_then(|into| roots.get(&into)) {
            Some(into) => at = into,
            None => break,
        }
    }
    Some(at.clone())
}

fn people_like(known: &[Person], label: &str) -> Vec<Person> {
    let mut like: Vec<Person> = Vec::new();
    for person in known.iter().filter(|person| may_be_same(&person.label, label).is_some()) {
        if let Some(root) = known_as(known, &person.label)
            && !like.iter().any(|one| one.id == root.id)
        {
            like.push(root);
        }
    }
    like
}
