//! People across the meetings of a customer: who is who, and on which side of the table.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;
use utoipa::ToSchema;

use crate::config::MAX_NAME_CHARS;
use crate::context;
use crate::model::{
    Correction, CorrectionAct, CustomerId, MeetingId, Person, PersonId, PersonSide, Problem, ProblemClass, Side,
    SideSource, Speaker, SpeakerSide,
};
use crate::store::{CorrectionFilter, Reread};
use crate::suggest;

use super::App;
use super::meetings::meeting_not_found;
use super::names::{SameReason, may_be_same};

/// A person with every label that files know this person by.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PersonView {
    /// Who.
    pub person: Person,
    /// The labels, the person's own first; the others were merged into it.
    pub labels: Vec<PersonLabel>,
    /// In how many meetings this person speaks.
    pub meetings: usize,
    /// In how many turns.
    pub turns: usize,
}

/// One label of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PersonLabel {
    /// Its own identity.
    pub person: PersonId,
    /// As files write it, cleaned.
    pub label: String,
}

/// Two people who may be one.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PersonProposal {
    /// One: the one with the longer name.
    pub one: Person,
    /// The other.
    pub other: Person,
    /// Why.
    pub reason: SameReason,
}

impl App {
    /// The people who speak in a customer's meetings, by name, each once.
    ///
    /// # Errors
    /// `customer_not_found`.
    pub fn people(&self, customer: CustomerId) -> Result<Vec<PersonView>, Problem> {
        self.customer(customer)?;
        let all = self.store.people(customer)?;
        let figures = self.store.people_figures(customer)?;
        let heard = self.store.people_in_meetings(customer)?;
        let root_of = roots(&all);
        let mut views: BTreeMap<PersonId, PersonView> = BTreeMap::new();
        for person in all.iter().filter(|person| person.merged_into.is_none()) {
            let own = PersonLabel { person: person.id, label: person.label.clone() };
            views.insert(person.id, PersonView { person: person.clone(), labels: vec![own], meetings: 0, turns: 0 });
        }
        for person in &all {
            let Some(view) = views.get_mut(&root_of[&person.id]) else { continue };
            if person.id != view.person.id {
                view.labels.push(PersonLabel { person: person.id, label: person.label.clone() });
            }
            view.turns += figures.get(&person.id).map_or(0, |figures| figures.turns);
        }
        let meetings: HashSet<(MeetingId, PersonId)> =
            heard.into_iter().filter_map(|(meeting, person)| Some((meeting, *root_of.get(&person)?))).collect();
        for (_, person) in meetings {
            if let Some(view) = views.get_mut(&person) {
                view.meetings += 1;
            }
        }
        let mut views: Vec<PersonView> = views.into_values().filter(|view| view.meetings > 0).collect();
        views.sort_by(|a, b| a.person.name.cmp(&b.person.name).then_with(|| a.person.id.cmp(&b.person.id)));
        Ok(views)
    }

    /// One person.
    ///
    /// # Errors
    /// `person_not_found`.
    pub fn person(&self, id: PersonId) -> Result<Person, Problem> {
        self.store.person(id)?.ok_or_else(|| person_not_found(id))
    }

    /// Who speaks in a meeting: for each speaker, in order, the person whom people know.
    ///
    /// # Errors
    /// `meeting_not_found`.
    pub fn people_of_meeting(&self, meeting: MeetingId) -> Result<Vec<(Speaker, Option<Person>)>, Problem> {
        let stored = self.store.meeting(meeting)?.ok_or_else(|| meeting_not_found(meeting))?;
        let mut people = Vec::with_capacity(stored.transcript.speakers.len());
        for (ordinal, speaker) in stored.transcript.speakers.into_iter().enumerate() {
            let own = self.store.person_of_speaker(meeting, ordinal)?;
            people.push((speaker, own.map(|own| self.root_of(own)).transpose()?));
        }
        Ok(people)
    }

    /// People of a customer who may be one. Nobody is ever taken for another unless a person says so.
    ///
    /// Two labels that speak in the same meeting are two people, unless one is the other's e-mail address or misspelt.
    ///
    /// # Errors
    /// `customer_not_found`.
    pub fn person_proposals(&self, customer: CustomerId) -> Result<Vec<PersonProposal>, Problem> {
        let views = self.people(customer)?;
        let apart = self.kept_apart()?;
        let root_of = roots(&self.store.people(customer)?);
        let mut heard: HashMap<PersonId, HashSet<MeetingId>> = HashMap::new();
        for (meeting, person) in self.store.people_in_meetings(customer)? {
            let root = root_of.get(&person).copied().unwrap_or(person);
            heard.entry(root).or_default().insert(meeting);
        }
        let mut proposals = Vec::new();
        for (at, one) in views.iter().enumerate() {
            for other in &views[at + 1..] {
                let Some(reason) = same_by_labels(one, other) else { continue };
                let together = heard
                    .get(&one.person.id)
                    .zip(heard.get(&other.person.id))
                    .is_some_and(|(one, other)| !one.is_disjoint(other));
                let told_apart = together && matches!(reason, SameReason::Initials | SameReason::MissingName);
                if told_apart || apart.contains(&pair(one.person.id, other.person.id)) {
                    continue;
                }
                let (long, short) = if one.person.name.chars().count() >= other.person.name.chars().count() {
                    (one, other)
                } else {
                    (other, one)
                };
                proposals.push(PersonProposal { one: long.person.clone(), other: short.person.clone(), reason });
            }
        }
        Ok(only_clear(proposals))
    }

    /// Says that `from` is another label of `into`. Speakers of `from` whose side nobody knows take the side of `into`.
    ///
    /// # Errors
    /// `person_not_found`; `people_of_two_customers`; `same_person`.
    pub fn merge_people(&self, from: PersonId, into: PersonId) -> Result<Correction, Problem> {
        let (from, into) = (self.root_of(from)?, self.root_of(into)?);
        if from.id == into.id {
            return Err(same_person());
        }
        if from.customer != into.customer {
            return Err(two_customers());
        }
        let sides: Vec<SpeakerSide> = match into.side {
            Side::Unknown => Vec::new(),
            side => self
                .store
                .speakers_of(&self.labels_of(&from)?, None)?
                .into_iter()
                .filter(|speaker| speaker.side == Side::Unknown && speaker.side_source != SideSource::Person)
                .map(|speaker| SpeakerSide { side, side_source: SideSource::EarlierMeeting, ..speaker })
                .collect(),
        };
        self.correct(CorrectionAct::PeopleMerged { from: from.id, into: into.id }, &sides)
    }

    /// Says that two labels that look alike are two people: it is not proposed again.
    ///
    /// # Errors
    /// `person_not_found`; `same_person`.
    pub fn keep_people_apart(&self, one: PersonId, other: PersonId) -> Result<Correction, Problem> {
        let (one, other) = (self.root_of(one)?.id, self.root_of(other)?.id);
        if one == other {
            return Err(same_person());
        }
        self.correct(CorrectionAct::PeopleKeptApart { one, other }, &[])
    }

    /// Changes a person's name, role, or both; what is absent stays, and an empty role goes.
    ///
    /// # Errors
    /// As [`App::rename_person`] and [`App::set_person_role`].
    pub fn correct_person(
        &self,
        id: PersonId,
        name: Option<&str>,
        role: Option<&str>,
    ) -> Result<Vec<Correction>, Problem> {
        self.person(id)?;
        let mut corrections = Vec::new();
        if let Some(name) = name {
            corrections.push(self.rename_person(id, name)?);
        }
        if let Some(role) = role {
            corrections.push(self.set_person_role(id, Some(role))?);
        }
        Ok(corrections)
    }

    /// Lets people call this person by another name; files may go on writing the label.
    ///
    /// # Errors
    /// `person_not_found`; `name_empty`; `name_too_long`.
    pub fn rename_person(&self, id: PersonId, name: &str) -> Result<Correction, Problem> {
        let before = self.person(id)?.name;
        let after = given_name(name)?;
        self.correct(CorrectionAct::PersonRenamed { person: id, before, after }, &[])
    }

    /// Writes down what this person does at the organisation; nothing takes it away.
    ///
    /// # Errors
    /// `person_not_found`; `name_too_long`.
    pub fn set_person_role(&self, id: PersonId, role: Option<&str>) -> Result<Correction, Problem> {
        let before = self.person(id)?.role;
        let after = role.map(str::trim).filter(|role| !role.is_empty()).map(given_name).transpose()?;
        self.correct(CorrectionAct::PersonRole { person: id, before, after }, &[])
    }

    /// Sets the side of a person in every meeting, those to come among them, or in one meeting only. Suggestions follow
    /// at once: what the team says is proposed no more, what the customer says is; decisions stay.
    ///
    /// # Errors
    /// `person_not_found`; `speaker_not_found` where the person does not speak in that meeting.
    pub fn set_person_side(&self, id: PersonId, side: Side, meeting: Option<MeetingId>) -> Result<Correction, Problem> {
        let root = self.root_of(id)?;
        let labels = self.labels_of(&root)?;
        let speakers = self.store.speakers_of(&labels, meeting)?;
        if let (Some(_), true) = (meeting, speakers.is_empty()) {
            return Err(speaker_not_found());
        }
        let mut people = Vec::new();
        for label in labels.iter().filter(|_| meeting.is_none()) {
            let person = self.person(*label)?;
            people.push(PersonSide { person: person.id, side: person.side, side_source: person.side_source });
        }
        let sides: Vec<SpeakerSide> =
            speakers.iter().map(|speaker| SpeakerSide { side, side_source: SideSource::Person, ..*speaker }).collect();
        let act = CorrectionAct::SideSet { person: root.id, meeting, after: side, people, speakers };
        self.correct(act, &sides)
    }

    /// The same for a speaker of a meeting, by ordinal.
    ///
    /// # Errors
    /// `meeting_not_found`, `speaker_not_found`.
    pub fn set_speaker_side(
        &self,
        meeting: MeetingId,
        speaker: usize,
        side: Side,
        everywhere: bool,
    ) -> Result<Correction, Problem> {
        let person = self.store.person_of_speaker(meeting, speaker)?.ok_or_else(speaker_not_found)?;
        self.set_person_side(person, side, (!everywhere).then_some(meeting))
    }

    /// The people of a customer, each label with the side of the person whom it belongs to.
    pub(super) fn known_people(&self, customer: CustomerId) -> Result<Vec<Person>, Problem> {
        let mut people = self.store.people(customer)?;
        let root_of = roots(&people);
        let sides: HashMap<PersonId, (Side, SideSource)> =
            people.iter().map(|person| (person.id, (person.side, person.side_source))).collect();
        for person in people.iter_mut().filter(|person| person.merged_into.is_some()) {
            (person.side, person.side_source) = sides[&root_of[&person.id]];
        }
        Ok(people)
    }

    /// The person whom people know, behind any label.
    pub(super) fn root_of(&self, id: PersonId) -> Result<Person, Problem> {
        let mut person = self.person(id)?;
        let mut seen = HashSet::from([person.id]);
        while let Some(into) = person.merged_into {
            if !seen.insert(into) {
                break;
            }
            person = self.person(into)?;
        }
        Ok(person)
    }

    /// Every label of a person, its own first.
    pub(super) fn labels_of(&self, root: &Person) -> Result<Vec<PersonId>, Problem> {
        let all = self.store.people(root.customer)?;
        let root_of = roots(&all);
        let others = all.iter().map(|person| person.id).filter(|id| *id != root.id && root_of[id] == root.id);
        Ok(std::iter::once(root.id).chain(others).collect())
    }

    /// Reads the meetings of these speakers anew, with these sides.
    pub(super) fn reread(&self, sides: &[SpeakerSide]) -> Result<Vec<Reread>, Problem> {
        let mut by_meeting: BTreeMap<MeetingId, Vec<&SpeakerSide>> = BTreeMap::new();
        for side in sides {
            by_meeting.entry(side.meeting).or_default().push(side);
        }
        let mut reread = Vec::with_capacity(by_meeting.len());
        for (meeting, sides) in by_meeting {
            let stored = self.store.meeting(meeting)?.ok_or_else(|| meeting_not_found(meeting))?;
            let mut transcript = stored.transcript;
            for side in &sides {
                if let Some(speaker) = transcript.speakers.get_mut(side.speaker) {
                    (speaker.side, speaker.side_source) = (side.side, side.side_source);
                }
            }
            let said: Vec<Speaker> = transcript.speakers.clone();
            // What was only guessed from the others is guessed anew; what a person left open stays open.
            for speaker in &mut transcript.speakers {
                if matches!(speaker.side_source, SideSource::TalkPattern | SideSource::Remaining) {
                    (speaker.side, speaker.side_source) = (Side::Unknown, SideSource::Nothing);
                }
            }
            context::sides::read_talk_pattern(&mut transcript, &stored.utterances);
            context::sides::read_remaining(&mut transcript);
            for (speaker, said) in transcript.speakers.iter_mut().zip(said) {
                if said.side_source == SideSource::Person {
                    *speaker = said;
                }
            }
            let hash = &stored.summary.meeting.source.hash;
            let suggestions =
                suggest::suggest(hash, self.reader.lexicon(), self.reader.matcher(), &transcript, &stored.utterances);
            reread.push(Reread { meeting, speakers: transcript.speakers, utterances: stored.utterances, suggestions });
        }
        Ok(reread)
    }

    /// The pairs of people that somebody has said are two.
    fn kept_apart(&self) -> Result<HashSet<(PersonId, PersonId)>, Problem> {
        let corrections = self.store.corrections(&CorrectionFilter::default())?;
        let apart = corrections.iter().filter(|one| !one.undone).filter_map(|one| match one.act {
            CorrectionAct::PeopleKeptApart { one, other } => Some(pair(one, other)),
            _ => None,
        });
        Ok(apart.collect())
    }
}

/// For each label the person whom it belongs to.
fn roots(people: &[Person]) -> HashMap<PersonId, PersonId> {
    let into: HashMap<PersonId, PersonId> =
        people.iter().filter_map(|person| Some((person.id, person.merged_into?))).collect();
    people
        .iter()
        .map(|person| {
            let mut at = person.id;
            for _ in people {
                match into.get(&at) {
                    Some(next) => at = *next,
                    None => break,
                }
            }
            (person.id, at)
        })
        .collect()
}

fn same_by_labels(one: &PersonView, other: &PersonView) -> Option<SameReason> {
    let names = |view: &PersonView| {
        let mut names: Vec<String> = view.labels.iter().map(|label| label.label.clone()).collect();
        names.push(view.person.name.clone());
        names
    };
    let (ours, theirs) = (names(one), names(other));
    ours.iter()
        .flat_map(|one| theirs.iter().map(move |other| (one, other)))
        .find_map(|(one, other)| may_be_same(one, other))
}

/// "Jorge" is proposed as one person only where a single Jorge is there.
fn only_clear(proposals: Vec<PersonProposal>) -> Vec<PersonProposal> {
    let unclear = |proposal: &PersonProposal| {
        proposal.reason == SameReason::MissingName
            && proposals
                .iter()
                .filter(|other| other.reason == SameReason::MissingName && other.other.id == proposal.other.id)
                .count()
                > 1
    };
    proposals.iter().filter(|proposal| !unclear(proposal)).cloned().collect()
}

fn pair(one: PersonId, other: PersonId) -> (PersonId, PersonId) {
    if one <= other { (one, other) } else { (other, one) }
}

/// A name as a person writes it.
pub(super) fn given_name(name: &str) -> Result<String, Problem> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(Problem::new("name_empty", ProblemClass::Invalid, "El nombre está vacío.", "The name is empty.")
            .hint("Escriba un nombre.", "Write a name."));
    }
    if name.chars().count() > MAX_NAME_CHARS {
        return Err(super::imports::name_too_long());
    }
    Ok(name)
}

fn person_not_found(id: PersonId) -> Problem {
    Problem::new(
        "person_not_found",
        ProblemClass::NotFound,
        format!("No hay ninguna persona {id}."),
        format!("There is no person {id}."),
    )
    .hint("Vea las personas del cliente.", "See the customer's people.")
}

fn speaker_not_found() -> Problem {
    Problem::new(
        "speaker_not_found",
        ProblemClass::NotFound,
        "Esa persona no habla en esa reunión.",
        "That person does not speak in that meeting.",
    )
    .hint("Vea quién habla en la reunión.", "See who speaks in the meeting.")
}

fn same_person() -> Problem {
    Problem::new("same_person", ProblemClass::Conflict, "Ya son la misma persona.", "They are the same person already.")
        .hint("Elija otra persona.", "Choose another person.")
}

fn two_customers() -> Problem {
    Problem::new(
        "people_of_two_customers",
        ProblemClass::Invalid,
        "Son personas de dos clientes distintos.",
        "They are people of two different customers.",
    )
    .hint("Una primero los clientes, si son el mismo.", "Merge the customers first, if they are one.")
}
