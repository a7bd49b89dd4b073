//! The use cases: one function for each thing that a person can do.
//!
//! [`App`] owns the store, the index, the lexicon, the clock and the identities. Its functions are synchronous; a face
//! on an async thread calls them through [`App::run`].

mod analysis;
mod archives;
mod completions;
mod corrections;
mod customers;
mod demo;
mod desk;
mod freshness;
mod home;
mod imports;
mod labelled;
mod likeness;
mod maps;
mod meaning;
mod measuring;
mod meetings;
mod names;
mod once;
mod people;
mod previews;
mod reading;
mod review;
mod revisions;
mod saved_searches;
mod search_export;
mod search_shape;
mod searching;
mod survival;
mod uploads;
mod verifying;
mod world;

use std::sync::{Arc, Mutex};

use tokio::sync::{Notify, Semaphore};

use crate::config::Settings;
use crate::lexicon::Lexicon;
use crate::model::{Problem, ProblemClass};
use crate::search::{Health, Index};
use crate::store::Store;

pub use crate::export::{EXPORTERS, Export, Exporter};
pub use crate::formats::{FORMATS, Format};
pub use crate::store::{
    CorrectionFilter, CustomerSummary, MeetingSummary, Order, SavedSearch, SuggestionFilter, SuggestionRow,
};
pub use analysis::{LanguageLine, SpokenLine, languages};
pub use archives::{ExpandedFile, ImportedFile, expand};
pub use completions::{Completion, CompletionKind};
pub use customers::{Belonging, CustomerProposal, CustomerView};
pub use demo::{DemoMeeting, demo_meetings};
pub use desk::{Desk, DeskFilter};
pub use freshness::{IndexState, IndexStatus};
pub use home::Home;
pub use imports::{Imported, Newness};
pub use labelled::{JudgedFile, JudgedUtterance, Label, read_labelled};
pub use maps::MapRequest;
pub use measuring::{Bin, Figures, Measured, Outcome, measure, outcomes};
pub use meetings::{MeetingFix, MeetingView, QuoteMark, TurnView, UtteranceView};
pub use names::SameReason;
pub use people::{PersonLabel, PersonProposal, PersonView};
pub use previews::{KindCount, NearDuplicate, Preview, PreviewCustomer, PreviewSpeaker, SimilarCustomer};
pub use reading::{Known, LexiconCheck, Reader, Understood, check_lexicon};
pub use review::{Queue, Reviewed};
pub use revisions::{Recheck, Revised, Revision};
pub use saved_searches::{NewHits, SavedSearchView};
pub use search_export::{SEARCH_FORMATS, markdown_of};
pub use search_shape::{FacetCount, SearchFacets, SearchGroup};
pub use searching::{Across, ExplainedScore, Grouping, Neighbour, SearchHit, SearchOrder, SearchPage, SearchRequest};
pub use uploads::{RevisionChoice, SpeakerChoice, Upload};
pub use verifying::Verified;
pub use world::{RealWorld, World};

/// The whole service without its faces.
pub struct App {
    store: Store,
    index: Index,
    index_state: Mutex<IndexState>,
    /// Held while the index follows the store, so that it is followed once at a time.
    following: Mutex<()>,
    reader: Reader,
    settings: Settings,
    world: Box<dyn World>,
    /// How many imports may use a processor at once.
    imports: Arc<Semaphore>,
    held: uploads::HeldFiles,
    lanes: once::Lanes,
    /// Rung when the disk failed to confirm a change.
    failed: Notify,
}

impl App {
    /// Opens store and index in the folders of `settings`. An index that is missing, damaged or of an older version is
    /// built anew in the background: everything but search is there at once, and search says that it is incomplete.
    ///
    /// # Errors
    /// The folders cannot be used, the database is newer than this program, the team's lexicon files have mistakes.
    pub fn open(settings: Settings, world: Box<dyn World>) -> Result<Arc<Self>, Problem> {
        let store = Store::open(&settings.data)?;
        let opened = Index::open(&settings.index)?;
        let app = Arc::new(Self::assemble(store, opened.index, settings, world)?);
        match opened.health {
            Health::Ready { .. } => app.follow_store()?,
            Health::Rebuild { .. } => app.rebuild_in_background(),
        }
        Ok(app)
    }

    /// The same without any index, for commands that only look: nothing of the index's folder is touched.
    ///
    /// # Errors
    /// As [`App::open`].
    pub fn open_to_look(settings: Settings, world: Box<dyn World>) -> Result<Arc<Self>, Problem> {
        let store = Store::open(&settings.data)?;
        Ok(Arc::new(Self::assemble(store, Index::in_memory()?, settings, world)?))
    }

    /// The same over an index in memory, for tests and for one-off commands.
    ///
    /// # Errors
    /// As [`App::open`].
    pub fn open_in_memory(settings: Settings, world: Box<dyn World>) -> Result<Arc<Self>, Problem> {
        let store = Store::open(&settings.data)?;
        let app = Arc::new(Self::assemble(store, Index::in_memory()?, settings, world)?);
        app.rebuild()?;
        Ok(app)
    }

    fn assemble(store: Store, index: Index, settings: Settings, world: Box<dyn World>) -> Result<Self, Problem> {
        let reader = Reader::new(settings.lexicons.as_deref(), &settings.team)?;
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let app = Self {
            store,
            index,
            index_state: Mutex::new(IndexState::Ready),
            following: Mutex::new(()),
            reader,
            settings,
            world,
            imports: Arc::new(Semaphore::new(processors)),
            held: uploads::HeldFiles::default(),
            lanes: once::Lanes::default(),
            failed: Notify::new(),
        };
        app.sign_old_meetings()?;
        Ok(app)
    }

    /// Runs `job` away from the async threads.
    ///
    /// # Errors
    /// What the job answers; `internal` where it panicked.
    pub async fn run<T, F>(self: &Arc<Self>, job: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&Self) -> Result<T, Problem> + Send + 'static,
    {
        let app = Arc::clone(self);
        let answer = tokio::task::spawn_blocking(move || {
            let answer = job(&app);
            app.mend();
            answer
        });
        let answer = answer.await.unwrap_or_else(|_| Err(internal()));
        self.ring_if_failed();
        answer
    }

    /// Runs an import away from the async threads, as many at once as there are processors.
    ///
    /// # Errors
    /// What the job answers; `internal` where it panicked.
    pub async fn run_import<T, F>(self: &Arc<Self>, job: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&Self) -> Result<T, Problem> + Send + 'static,
    {
        let permit = Arc::clone(&self.imports).acquire_owned().await.map_err(|_| internal())?;
        let answer = self.run(job).await;
        drop(permit);
        answer
    }

    /// Waits until the disk fails to confirm a change: from then on nothing more is acknowledged, and who serves must stop.
    pub async fn storage_failure(&self) -> Problem {
        loop {
            if let Some(problem) = self.storage_failed() {
                return problem;
            }
            self.failed.notified().await;
        }
    }

    /// What to tell where the disk has failed to confirm a change; none where all is well.
    pub fn storage_failed(&self) -> Option<Problem> {
        self.store.has_failed().then(|| {
            Problem::new(
                "storage_failed",
                ProblemClass::Internal,
                "El disco no confirmó un cambio: cita se detiene. Lo confirmado hasta entonces está a salvo.",
                "The disk did not confirm a change: cita stops. What was confirmed until then is safe.",
            )
            .hint(
                "Revise el disco (espacio, errores en el registro del sistema) y arranque cita de nuevo.",
                "Check the disk (space, errors in the system's log) and start cita again.",
            )
        })
    }

    /// Wakes who waits for a failure of the disk, if there was one.
    pub fn ring_if_failed(&self) {
        if self.store.has_failed() {
            self.failed.notify_waiters();
            self.failed.notify_one();
        }
    }

    /// The settings in force.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The lexicon in force.
    pub fn lexicon(&self) -> &Lexicon {
        self.reader.lexicon()
    }

    fn now(&self) -> String {
        self.world.now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
    }
}

fn internal() -> Problem {
    Problem::new("internal", ProblemClass::Internal, "Algo falló dentro de cita.", "Something failed inside cita.")
        .hint(
            "Nada de lo confirmado se perdió. Vuelva a intentar; si se repite, mire el registro del servidor.",
            "Nothing that was confirmed is lost. Try again; if it happens again, look at the server's log.",
        )
}
