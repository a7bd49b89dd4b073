//! Who sits on which side of the table.
//!
//! A side is only ever read from something that can be shown: the label itself, a list of attendees, the names in the
//! settings, or a talk pattern that is clear. Everybody else stays unknown.

use crate::model::{Side, SideSource, Transcript, Utterance};
use crate::text::words::fold;

/// Folded words of a label that name the listening team.
const TEAM_ROLES: &[&str] = &[
    "entrevistador",
    "entrevistadora",
    "entrevistadores",
    "moderador",
    "moderadora",
    "consultor",
    "consultora",
    "consultores",
    "facilitador",
    "facilitadora",
    "investigador",
    "investigadora",
    "analista",
    "encuestador",
    "encuestadora",
    "equipo",
    "interviewer",
    "interviewers",
    "moderator",
    "facilitator",
    "researcher",
    "consultant",
    "consultants",
    "analyst",
    "host",
    "team",
    "designer",
    "uxr",
    "observador",
    "observer",
    "scrum",
    "notetaker",
    "relator",
    "preguntador",
];

/// Folded words of a label that name who is being listened to.
const CUSTOMER_ROLES: &[&str] = &[
    "entrevistado",
    "entrevistada",
    "entrevistados",
    "cliente",
    "clienta",
    "clientes",
    "participante",
    "participantes",
    "usuario",
    "usuaria",
    "usuarios",
    "paciente",
    "encuestado",
    "encuestada",
    "interviewee",
    "client",
    "clients",
    "customer",
    "customers",
    "participant",
    "participants",
    "user",
    "users",
    "respondent",
    "patient",
    "prospect",
    "prospecto",
    "guest",
    "invitado",
    "invitada",
    "comprador",
    "compradora",
    "buyer",
    "student",
    "estudiante",
];

/// Pairs of one-letter labels: who asks, who answers.
const LETTER_PAIRS: &[(&str, &str)] = &[
    ("p", "r"),
    ("q", "a"),
    ("e", "r"),
    ("e", "c"),
    ("i", "p"),
    ("i", "r"),
    ("m", "p"),
    ("e", "p"),
    ("i", "c"),
    ("i", "e"),
];

/// The fewest questions from which a talk pattern is read.
const FEWEST_QUESTIONS: usize = 4;
/// The fewest utterances from which a talk pattern is read.
const FEWEST_UTTERANCES: usize = 12;
/// Of a listener's own utterances, the part that are questions.
const LISTENER_QUESTIONS: f32 = 0.3;
/// Of a listener's words, the most, against an equal share of all.
const LISTENER_TALKS: f32 = 1.0;
/// Of all questions, the part that the listeners together ask.
const LISTENERS_ASK: f32 = 0.6;
/// Of the utterances of who is listened to, the most that are questions.
const ANSWERER_QUESTIONS: f32 = 0.15;

/// Fills in every side that is unknown and can be read. `team` holds names of the listening team, and of its organisation.
pub fn infer(transcript: &mut Transcript, utterances: &[Utterance], team: &[String]) {
    read_labels(transcript, None, team);
    read_talk_pattern(transcript, utterances);
    read_remaining(transcript);
}

/// Where the settings name the team, and some of it speaks, whoever is still unknown sits across the table.
pub fn read_remaining(transcript: &mut Transcript) {
    let team_is_known = transcript
        .speakers
        .iter()
        .any(|speaker| speaker.side == Side::Team && speaker.side_source == SideSource::Settings);
    for speaker in transcript.speakers.iter_mut().filter(|speaker| team_is_known && speaker.side == Side::Unknown) {
        speaker.side = Side::Customer;
        speaker.side_source = SideSource::Remaining;
    }
}

/// Fills in every unknown side that a label, the settings or the list of attendees tells. `customer` is with whom the
/// meeting was held, where somebody knows it better than the file.
pub fn read_labels(transcript: &mut Transcript, customer: Option<&str>, team: &[String]) {
    let customer = customer.or(transcript.facts.customer.as_deref()).map(fold);
    let team: Vec<String> = team.iter().map(|name| fold(name.trim())).filter(|name| !name.is_empty()).collect();
    let attendees: Vec<Label> = transcript.facts.attendees.iter().map(|entry| Label::read(entry)).collect();
    let letters: Vec<String> = transcript.speakers.iter().map(|speaker| fold(speaker.label.trim())).collect();
    for speaker in transcript.speakers.iter_mut().filter(|speaker| speaker.side == Side::Unknown) {
        let label = Label::read(&speaker.label);
        let read = (side_of_letter(&label.whole, &letters))
            .map(|side| (side, SideSource::Label))
            .or_else(|| Some((label.side(customer.as_deref(), &team)?, label.source(SideSource::Label))))
            .or_else(|| label.is_one_of(&team).then_some((Side::Team, SideSource::Settings)))
            .or_else(|| {
                let entry = attendees.iter().find(|entry| entry.names(&label))?;
                let side = entry.side(customer.as_deref(), &team)?;
                Some((side, entry.source(SideSource::Attendees)))
            });
        if let Some((side, source)) = read {
            speaker.side = side;
            speaker.side_source = source;
        }
    }
}

/// A speaker label or an attendee, taken apart.
struct Label {
    /// All of it, folded.
    whole: String,
    /// The name, folded.
    name: String,
    /// What stands in brackets, after a dash, a bar or a comma, folded.
    attached: Vec<String>,
}

impl Label {
    fn read(text: &str) -> Self {
        let whole = fold(text.trim());
        let mut parts = whole
            .replace(" - ", "|")
            .replace(" – ", "|")
            .replace(" — ", "|")
            .replace(['(', ')', '[', ']', ',', ';', '/', '@'], "|")
            .split('|')
            .map(|part| part.trim().to_owned())
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .into_iter();
        let name = parts.next().unwrap_or_default();
        Self { whole, name, attached: parts.collect() }
    }

    /// What roles and organisations in the label say.
    fn side(&self, customer: Option<&str>, team: &[String]) -> Option<Side> {
        for part in &self.attached {
            if customer.is_some_and(|customer| same_organisation(part, customer)) {
                return Some(Side::Customer);
            }
            if team.iter().any(|name| same_organisation(part, name)) {
                return Some(Side::Team);
            }
        }
        let words = || self.whole.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let has =
            |roles: &[&str]| words().any(|word| roles.contains(&word.trim_end_matches(|c: char| c.is_ascii_digit())));
        if has(TEAM_ROLES) {
            return Some(Side::Team);
        }
        (has(CUSTOMER_ROLES) || is_numbered_participant(&self.whole)).then_some(Side::Customer)
    }

    /// What a side read from it was read from: an address tells by its domain.
    fn source(&self, plain: SideSource) -> SideSource {
        match self.whole.split_once('@') {
            Some((user, domain)) if !user.trim().is_empty() && domain.contains('.') => SideSource::EmailDomain,
            _ => plain,
        }
    }

    /// Is this person named in the settings, in full or by a first name that fits one entry only?
    fn is_one_of(&self, team: &[String]) -> bool {
        if team.contains(&self.name) {
            return true;
        }
        let first_name = |name: &String| name.split_whitespace().next() == Some(self.name.as_str());
        !self.name.contains(' ') && team.iter().filter(|name| first_name(name)).count() == 1
    }

    /// Does this attendee carry the name of that label?
    fn names(&self, label: &Label) -> bool {
        let starts = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '));
        !label.name.is_empty()
            && (self.name == label.name || starts(&self.name, &label.name) || starts(&label.name, &self.name))
    }
}

fn same_organisation(one: &str, other: &str) -> bool {
    let words = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2).map(str::to_owned).collect::<Vec<_>>()
    };
    let (one, other) = (words(one), words(other));
    !one.is_empty() && !other.is_empty() && (one == other || one.starts_with(&other) || other.starts_with(&one))
}

/// "P3", "participant 2", "U1": the numbered people of a study.
fn is_numbered_participant(whole: &str) -> bool {
    let digits = whole.trim_start_matches(|c: char| c.is_alphabetic()).trim();
    matches!(whole.chars().next(), Some('p' | 'u'))
        && !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && whole.chars().filter(|c| c.is_alphabetic()).count() == 1
}

fn side_of_letter(whole: &str, letters: &[String]) -> Option<Side> {
    let has = |letter: &str| letters.iter().any(|one| one == letter);
    LETTER_PAIRS.iter().find(|(asks, answers)| has(asks) && has(answers)).and_then(|(asks, answers)| {
        if whole == *asks {
            return Some(Side::Team);
        }
        (whole == *answers).then_some(Side::Customer)
    })
}

/// What a speaker says, counted.
#[derive(Clone, Copy, Default)]
struct Talk {
    utterances: usize,
    questions: usize,
    words: usize,
}

/// Who mostly asks and talks less is the team, and who hardly asks is the customer, where together the ones who ask put
/// most of the questions. Where one of two is known to be the team, the other is the customer.
pub fn read_talk_pattern(transcript: &mut Transcript, utterances: &[Utterance]) {
    let mut talks = vec![Talk::default(); transcript.speakers.len()];
    for utterance in utterances {
        let speaker = transcript.turns.get(utterance.turn).and_then(|turn| turn.speaker);
        let Some(talk) = speaker.and_then(|speaker| talks.get_mut(speaker)) else { continue };
        talk.utterances += 1;
        talk.questions += usize::from(utterance.text.trim_end().ends_with('?'));
        talk.words += utterance.text.split_whitespace().count();
    }
    let sides: Vec<Side> = transcript.speakers.iter().map(|speaker| speaker.side).collect();
    let read = match sides.as_slice() {
        [Side::Team, Side::Unknown] => vec![(1, Side::Customer)],
        [Side::Unknown, Side::Team] => vec![(0, Side::Customer)],
        _ => sides_of_talk(&talks),
    };
    for (speaker, side) in read {
        let speaker = &mut transcript.speakers[speaker];
        if speaker.side == Side::Unknown {
            speaker.side = side;
            speaker.side_source = SideSource::TalkPattern;
        }
    }
}

fn sides_of_talk(talks: &[Talk]) -> Vec<(usize, Side)> {
    let share = |part: usize, whole: usize| part as f32 / whole.max(1) as f32;
    let questions: usize = talks.iter().map(|talk| talk.questions).sum();
    let words: usize = talks.iter().map(|talk| talk.words).sum();
    let utterances: usize = talks.iter().map(|talk| talk.utterances).sum();
    if talks.len() < 2 || utterances < FEWEST_UTTERANCES {
        return Vec::new();
    }
    let asks = |talk: &Talk| share(talk.questions, talk.utterances);
    let listens = |talk: &Talk| {
        talk.questions >= FEWEST_QUESTIONS
            && asks(talk) >= LISTENER_QUESTIONS
            && share(talk.words, words) * talks.len() as f32 <= LISTENER_TALKS
    };
    let asked: usize = talks.iter().filter(|talk| listens(talk)).map(|talk| talk.questions).sum();
    if share(asked, questions) < LISTENERS_ASK || talks.iter().all(listens) {
        return Vec::new();
    }
    let side = |talk: &Talk| match listens(talk) {
        true => Some(Side::Team),
        false => (talk.utterances >= FEWEST_QUESTIONS && asks(talk) <= ANSWERER_QUESTIONS).then_some(Side::Customer),
    };
    talks.iter().enumerate().filter_map(|(at, talk)| Some((at, side(talk)?))).collect()
}
