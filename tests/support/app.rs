//! A whole service in a temporary folder: index in memory, fixed clock, counting identities.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use cita::app::{App, Imported, Order, SuggestionFilter, SuggestionRow, Upload, World};
use cita::config::Settings;
use cita::model::{Kind, Problem, State};
use tempfile::TempDir;

use super::requests::Client;

/// A service of its own; its folder goes when it goes.
pub struct TestApp {
    /// The use cases.
    pub app: Arc<App>,
    folder: TempDir,
}

/// It is always the same moment, and identities count upwards: nothing in a snapshot needs to be hidden.
#[derive(Default)]
pub struct FixedWorld {
    made: AtomicU64,
}

impl World for FixedWorld {
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::constant(1_772_442_000, 0)
    }

    fn new_id(&self) -> uuid::Uuid {
        let count = self.made.fetch_add(1, Ordering::Relaxed) + 1;
        uuid::Uuid::from_u128(0x019c_0000_0000_7000_8000_0000_0000_0000 | u128::from(count))
    }
}

impl TestApp {
    /// With the default settings.
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    /// With settings that `change` makes.
    pub fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut settings =
            Settings { data: folder.path().join("data"), index: folder.path().join("index"), ..Settings::default() };
        change(&mut settings);
        let app = App::open_in_memory(settings, Box::new(FixedWorld::default())).expect("an empty service opens");
        Self { app, folder }
    }

    /// The folder that everything lies in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Both faces of this service.
    pub fn client(&self) -> Client {
        Client::of(&self.app)
    }

    /// Imports a text as a file of `customer`.
    pub fn import(&self, customer: &str, file_name: &str, text: &str) -> Imported {
        self.try_import(customer, file_name, text.as_bytes()).expect("the file can be imported")
    }

    /// Imports any bytes as a file of `customer`.
    pub fn try_import(&self, customer: &str, file_name: &str, bytes: &[u8]) -> Result<Imported, Problem> {
        self.app.import(&Upload {
            file_name: file_name.to_owned(),
            bytes: bytes.to_vec(),
            customer: Some(customer.to_owned()),
            ..Upload::default()
        })
    }

    /// Every suggestion, in the order of the text.
    pub fn suggestions(&self) -> Vec<SuggestionRow> {
        let filter = SuggestionFilter { order: Order::Place, limit: 500, ..SuggestionFilter::default() };
        self.app.suggestions(&filter).expect("suggestions can be listed").rows
    }

    /// The first pending suggestion of this kind whose quote holds `words`.
    pub fn suggestion(&self, kind: Kind, words: &str) -> SuggestionRow {
        let rows = self.suggestions();
        let found = rows.iter().find(|row| {
            row.state == State::Pending && row.suggestion.kind == kind && row.suggestion.quote.text.contains(words)
        });
        found.cloned().unwrap_or_else(|| {
            let quotes: Vec<_> = rows.iter().map(|row| (row.suggestion.kind, &row.suggestion.quote.text)).collect();
            panic!("no {kind} with {words:?} among {quotes:#?}")
        })
    }
}

/// A text as a file on its way in, of no customer yet.
pub fn upload(file_name: &str, text: &str) -> Upload {
    Upload { file_name: file_name.to_owned(), bytes: text.into(), ..Upload::default() }
}
