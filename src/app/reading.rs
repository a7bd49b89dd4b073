//! The ladder from bytes to suggestions: the only place where its steps are called in a row.

use std::path::Path;

use crate::context;
use crate::formats::{self, ReadOptions, Reading};
use crate::lexicon::{Lexicon, Matcher};
use crate::model::{
    ImportReport, LanguageShares, Person, Problem, ProblemClass, Side, SideSource, SourceHash, Speaker, Suggestion,
    Transcript, Utterance,
};
use crate::suggest;
use crate::text::{self, language};

use super::previews::known_as;
use super::uploads::{SpeakerChoice, Upload};

/// Everything that a file becomes before a person has seen it.
#[derive(Clone, Debug)]
pub struct Understood {
    /// BLAKE3 of the file's bytes.
    pub hash: SourceHash,
    /// The words, with speakers and sides.
    pub transcript: Transcript,
    /// Its sentences, with their languages.
    pub utterances: Vec<Utterance>,
    /// What is proposed, in the order of the text.
    pub suggestions: Vec<Suggestion>,
    /// What was found in the file and what could not be used.
    pub report: ImportReport,
}

/// What is known before a file is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// With whom the meeting was held.
    pub customer: Option<&'a str>,
    /// The people of earlier meetings with them.
    pub people: &'a [Person],
    /// What a person says of the speakers.
    pub choices: &'a [SpeakerChoice],
}

/// Reads files with one lexicon, compiled once, and the names of the team's people.
pub struct Reader {
    lexicon: Lexicon,
    matcher: Matcher,
    team: Vec<String>,
}

impl Reader {
    /// With the built-in lexicon, the files of `folder` laid over it, and the names of the team's people.
    ///
    /// # Errors
    /// The folder cannot be read (`lexicon_folder`), or its files have a mistake: the first one.
    pub fn new(folder: Option<&Path>, team: &[String]) -> Result<Self, Problem> {
        let lexicon =
            load_lexicon(folder).map_err(|problems| problems.into_iter().next().unwrap_or_else(super::internal))?;
        let matcher = Matcher::new(&lexicon);
        Ok(Self { lexicon, matcher, team: team.to_vec() })
    }

    /// The lexicon that it reads with.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// What finds the terms of that lexicon.
    pub(super) fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// An upload becomes a transcript.
    ///
    /// # Errors
    /// As [`Reader::parse`].
    #[expect(clippy::unused_self, reason = "reading is asked of the reader, like everything above it")]
    pub(super) fn parse_upload(&self, upload: &Upload) -> Result<Reading, Problem> {
        let options = ReadOptions { format: upload.format.as_deref(), columns: upload.columns.as_deref() };
        let reading = formats::read_with(&upload.file_name, &upload.bytes, options);
        reading.map_err(|problem| problem.in_file(&upload.file_name))
    }

    /// Bytes become a transcript. `format` is the name of its format where a person knows better than the detection.
    ///
    /// # Errors
    /// The file is empty, no text, of no known format, or holds no usable turn.
    pub fn parse(&self, file_name: &str, bytes: &[u8], format: Option<&str>) -> Result<Reading, Problem> {
        formats::read(file_name, bytes, format).map_err(|problem| problem.in_file(file_name))
    }

    /// A transcript becomes utterances, then suggestions; each step is one function from the type above to the type
    /// below.
    ///
    /// ```text
    /// Transcript     text::utterances, text::language
    /// [Utterance]    context::sides; then, inside suggest::suggest, lexicon::Matcher (hits) and context (marks)
    /// [Suggestion]
    /// ```
    pub fn understand(&self, hash: SourceHash, reading: Reading, known: &Known<'_>) -> Understood {
        self.understand_for(&self.team, hash, reading, known)
    }

    /// The same for a team of other names.
    pub(super) fn understand_for(
        &self,
        team: &[String],
        hash: SourceHash,
        reading: Reading,
        known: &Known<'_>,
    ) -> Understood {
        let Reading { mut transcript, mut report } = reading;
        let mut utterances = text::utterances(&transcript);
        tag_languages(&transcript, &mut utterances);
        // What a person says wins over what is written, that over what is remembered, and that over a guess.
        choose_sides(&mut transcript.speakers, known.choices);
        context::sides::read_labels(&mut transcript, known.customer, team);
        sides_of_earlier_meetings(&mut transcript.speakers, known);
        context::sides::read_talk_pattern(&mut transcript, &utterances);
        context::sides::read_remaining(&mut transcript);
        choose_sides(&mut transcript.speakers, known.choices);
        let suggestions = suggest::suggest(&hash, &self.lexicon, &self.matcher, &transcript, &utterances);
        report.utterances = utterances.len();
        report.languages = LanguageShares::of(utterances.iter().map(|utterance| &utterance.language));
        report.speakers.clone_from(&transcript.speakers);
        Understood { hash, transcript, utterances, suggestions, report }
    }

    /// Both in a row, for a file of no customer.
    ///
    /// # Errors
    /// As [`Reader::parse`].
    pub fn read(&self, file_name: &str, bytes: &[u8], format: Option<&str>) -> Result<Understood, Problem> {
        let reading = self.parse(file_name, bytes, format)?;
        Ok(self.understand(SourceHash::of(bytes), reading, &Known::default()))
    }
}

/// The built-in lexicon with a folder's files laid over it.
///
/// # Errors
/// The folder cannot be read (`lexicon_folder`), or every mistake in its files, with file, line and column.
pub fn load_lexicon(folder: Option<&Path>) -> Result<Lexicon, Vec<Problem>> {
    let mut files = Lexicon::builtin_files();
    if let Some(folder) = folder {
        files.extend(lexicon_files(folder).map_err(|problem| vec![problem])?);
    }
    Lexicon::parse(&files)
}

/// The mistakes in a folder's lexicon files, or in the built-in ones: what does not parse, and examples that do not
/// hold. Nothing where all is well. Also how many concepts and terms there are.
///
/// # Errors
/// The folder cannot be read.
pub fn check_lexicon(folder: Option<&Path>) -> Result<LexiconCheck, Problem> {
    let files = match folder {
        None => Lexicon::builtin_files(),
        Some(folder) => lexicon_files(folder)?,
    };
    Ok(match Lexicon::parse(&files) {
        Ok(lexicon) => LexiconCheck {
            concepts: lexicon.concepts().len(),
            terms: lexicon.concepts().iter().map(|concept| concept.terms.len()).sum(),
            problems: lexicon.check(),
        },
        Err(problems) => LexiconCheck { concepts: 0, terms: 0, problems },
    })
}

/// What a check of lexicon files found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconCheck {
    /// How many concepts there are.
    pub concepts: usize,
    /// How many terms they hold in both languages.
    pub terms: usize,
    /// Every mistake, with file, line and column.
    pub problems: Vec<Problem>,
}

/// The lexicon files of a folder and its sub-folders, by path, in a stable order.
fn lexicon_files(folder: &Path) -> Result<Vec<(String, String)>, Problem> {
    let mut files = Vec::new();
    collect_files(folder, &mut files).map_err(|error| {
        Problem::new(
            "lexicon_folder",
            ProblemClass::Invalid,
            format!("No se puede leer la carpeta de léxicos {}: {error}", folder.display()),
            format!("The lexicon folder {} cannot be read: {error}", folder.display()),
        )
        .hint("Indique una carpeta con archivos .toml.", "Name a folder with .toml files.")
    })?;
    files.sort();
    Ok(files)
}

fn collect_files(folder: &Path, files: &mut Vec<(String, String)>) -> std::io::Result<()> {
    for item in std::fs::read_dir(folder)? {
        let path = item?.path();
        if path.is_dir() {
            collect_files(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.push((path.display().to_string(), std::fs::read_to_string(&path)?));
        }
    }
    Ok(())
}

/// Tells the language of each utterance, reading the conversation as a whole.
fn tag_languages(transcript: &Transcript, utterances: &mut [Utterance]) {
    let spoken: Vec<language::Spoken<'_>> = utterances
        .iter()
        .map(|utterance| language::Spoken { speaker: transcript.turns[utterance.turn].speaker, text: &utterance.text })
        .collect();
    let tags = language::tag(&spoken);
    for (utterance, tag) in utterances.iter_mut().zip(tags) {
        utterance.language = tag;
    }
}

fn choose_sides(speakers: &mut [Speaker], choices: &[SpeakerChoice]) {
    for choice in choices {
        let Some(side) = choice.side else { continue };
        for speaker in speakers.iter_mut().filter(|speaker| speaker.label == choice.label) {
            (speaker.side, speaker.side_source) = (side, SideSource::Person);
        }
    }
}

/// A speaker is who a person says, or whom the label names among the customer's people; that one's side is known.
fn sides_of_earlier_meetings(speakers: &mut [Speaker], known: &Known<'_>) {
    for speaker in speakers.iter_mut().filter(|speaker| speaker.side == Side::Unknown) {
        let chosen = known.choices.iter().find(|choice| choice.label == speaker.label).and_then(|choice| choice.person);
        let person = match chosen {
            Some(id) => known.people.iter().find(|person| person.id == id).cloned(),
            None => known_as(known.people, &speaker.label),
        };
        if let Some(person) = person.filter(|person| person.side != Side::Unknown) {
            speaker.side = person.side;
            speaker.side_source = SideSource::EarlierMeeting;
        }
    }
}
