//! What surrounds every page: language, words, and the way in which numbers and dates are written.

use askama::Template;
use axum::response::Html;
use jiff::civil::Date;

use crate::app::{FORMATS, IndexState, IndexStatus};
use crate::model::{
    Bilingual, CorrectionId, Intensity, Kind, Language, Problem, ProblemClass, RejectReason, Side, SideSource, Span,
    Standing, State, UiLanguage,
};

use super::marked::{Run, runs};
use super::problem::PageProblem;
use super::visitor::Visitor;
use super::words::{Words, words};
use super::{assets, wording};

/// A page, or the problem that stands in its place.
pub(super) type Page = Result<Html<String>, PageProblem>;

/// The part of the site that a page belongs to; the main menu shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Home,
    Review,
    Meetings,
    Maps,
    Search,
    Nowhere,
}

/// A number of things, however many references a template lays around it.
pub(super) trait Figure {
    /// The number.
    fn figure(&self) -> usize;
}

impl Figure for usize {
    fn figure(&self) -> usize {
        *self
    }
}

impl<T: Figure> Figure for &T {
    fn figure(&self) -> usize {
        (*self).figure()
    }
}

/// What surrounds a page.
pub(super) struct Frame {
    pub(super) language: UiLanguage,
    pub(super) words: &'static Words,
    /// Where this page is, to come back to.
    pub(super) here: String,
    pub(super) section: Section,
    /// What stands in the search field of the head.
    pub(super) query: String,
    /// Does the search index hold less than the store? Only pages that search ask.
    pub(super) index: Option<IndexState>,
    /// What was put right a moment ago.
    pub(super) fixed: Option<CorrectionId>,
}

impl Frame {
    pub(super) fn new(visitor: Visitor, section: Section) -> Self {
        let Visitor { language, here, fixed } = visitor;
        Self { language, words: words(language), here, section, query: String::new(), index: None, fixed }
    }

    /// The same with what the index is doing, where it is not ready.
    pub(super) fn with_index(mut self, status: IndexStatus) -> Self {
        self.index = Some(status.state).filter(|state| *state != IndexState::Ready);
        self
    }

    pub(super) fn other_language(&self) -> UiLanguage {
        match self.language {
            UiLanguage::Spanish => UiLanguage::English,
            UiLanguage::English => UiLanguage::Spanish,
        }
    }

    pub(super) fn is_in(&self, section: Section) -> bool {
        self.section == section
    }

    pub(super) fn is_rebuilding(&self) -> bool {
        matches!(self.index, Some(IndexState::Rebuilding { .. }))
    }

    pub(super) fn is_behind(&self) -> bool {
        matches!(self.index, Some(IndexState::Behind { .. }))
    }
}

/// What templates say through the frame.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    clippy::ref_option,
    reason = "a template hands its values over by reference"
)]
#[expect(clippy::unused_self, reason = "a template calls what it finds on its frame")]
impl Frame {
    pub(super) fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    pub(super) fn text<'a>(&self, text: &'a Bilingual) -> &'a str {
        text.get(self.language)
    }

    pub(super) fn number(&self, number: impl Figure) -> String {
        wording::whole(number.figure(), self.language)
    }

    /// `3 reuniones`, `1 meeting`.
    pub(super) fn count(&self, number: impl Figure, one: &str, many: &str) -> String {
        let number = number.figure();
        let noun = if number == 1 { one } else { many };
        format!("{}\u{a0}{noun}", self.number(number))
    }

    pub(super) fn day(&self, date: &Option<Date>) -> String {
        date.map_or_else(|| self.words.no_date.to_owned(), |date| wording::day(date, self.language))
    }

    pub(super) fn clock(&self, milliseconds: &u64) -> String {
        wording::clock(*milliseconds)
    }

    pub(super) fn percent(&self, share: &f32) -> String {
        wording::percent(*share, self.language)
    }

    pub(super) fn signed(&self, number: &f32) -> String {
        wording::signed(*number, self.language)
    }

    pub(super) fn runs(&self, text: &str, spans: &[Span]) -> Vec<Run> {
        runs(text, spans)
    }

    pub(super) fn state(&self, state: &State) -> &'static str {
        match state {
            State::Pending => self.words.state_pending,
            State::Accepted => self.words.state_accepted,
            State::Rejected => self.words.state_rejected,
        }
    }

    pub(super) fn standing(&self, standing: &Standing) -> &'static str {
        match standing {
            Standing::Prospect => self.words.standing_prospect,
            Standing::Active => self.words.standing_active,
            Standing::Churned => self.words.standing_churned,
        }
    }

    pub(super) fn intensity(&self, intensity: &Intensity) -> &'static str {
        match intensity {
            Intensity::Low => self.words.low,
            Intensity::Medium => self.words.medium,
            Intensity::High => self.words.high,
        }
    }

    /// One to three, for the dots that show an intensity.
    pub(super) fn dots(&self, intensity: &Intensity) -> u8 {
        match intensity {
            Intensity::Low => 1,
            Intensity::Medium => 2,
            Intensity::High => 3,
        }
    }

    pub(super) fn kind(&self, kind: &Kind) -> &'static str {
        kind.label(self.language)
    }

    pub(super) fn side(&self, side: &Side) -> &'static str {
        side.label(self.language)
    }

    pub(super) fn reason(&self, reason: &RejectReason) -> &'static str {
        reason.label(self.language)
    }

    /// The name of a format of transcripts for people; as it is where no format is called so.
    pub(super) fn format<'a>(&self, name: &'a str) -> &'a str {
        let known = FORMATS.iter().find(|format| format.name == name).map(|format| format.label);
        match (known, self.language) {
            (Some((es, _)), UiLanguage::Spanish) => es,
            (Some((_, en)), UiLanguage::English) => en,
            (None, _) => name,
        }
    }

    /// The name of a language, in the language of the reader.
    pub(super) fn language_name(&self, language: &Language) -> &'static str {
        match language {
            Language::Spanish => self.words.spanish,
            Language::English => self.words.english,
            Language::Portuguese => self.words.portuguese,
            Language::Other => self.words.other,
        }
    }

    /// What a `lang` attribute says of a text in this language; `und` is the code for one that nobody knows.
    pub(super) fn lang(&self, language: &Language) -> &'static str {
        match language {
            Language::Other => "und",
            known => known.code(),
        }
    }

    /// What a speaker's side was read from; nothing where there was nothing to read it from.
    pub(super) fn side_source(&self, source: &SideSource) -> &'static str {
        match source {
            SideSource::Nothing => "",
            SideSource::Label => self.words.side_from_label,
            SideSource::Attendees => self.words.side_from_attendees,
            SideSource::EmailDomain => self.words.side_from_email,
            SideSource::Settings => self.words.side_from_settings,
            SideSource::EarlierMeeting => self.words.side_from_earlier,
            SideSource::TalkPattern => self.words.side_from_talk,
            SideSource::Remaining => self.words.side_from_remaining,
            SideSource::Person => self.words.side_from_person,
        }
    }
}

/// Writes a page.
pub(super) fn render(page: &impl Template) -> Page {
    page.render().map(Html).map_err(|error| {
        let problem = Problem::new(
            "page_broken",
            ProblemClass::Internal,
            format!("La página no se pudo escribir: {error}"),
            format!("The page could not be written: {error}"),
        );
        problem.into()
    })
}
