//! A request with a key is answered once: the same key and the same request give the same answer, over restarts too.

use std::sync::{Mutex, PoisonError};

use crate::config::MAX_REQUEST_KEY_BYTES;
use crate::model::{Problem, ProblemClass, SourceHash};
use crate::store::RequestKey;

use super::App;
use super::imports::{Imported, Newness};
use super::uploads::Upload;

/// How many requests with different keys may be under way at once without waiting for one another.
const LANES: usize = 64;

/// Requests of one key pass one after another.
pub(super) struct Lanes([Mutex<()>; LANES]);

impl Default for Lanes {
    fn default() -> Self {
        Self(std::array::from_fn(|_| Mutex::new(())))
    }
}

impl App {
    /// Imports a file for a request with a key. The same key with the same request gives the same answer again; nothing
    /// is done twice. Only what worked is kept: a refused file is refused anew.
    ///
    /// # Errors
    /// As [`App::import`]; `idempotency_key_reused` where the key came with another request; `bad_idempotency_key`.
    pub fn import_once(&self, key: &str, upload: &Upload) -> Result<Imported, Problem> {
        check_key(key)?;
        let imported = self.import_once_unindexed(key, upload)?;
        if imported.newness != Newness::AlreadyThere {
            self.follow_store_or_warn();
        }
        Ok(imported)
    }

    /// Lets a key stand for these files, and for these only.
    pub(super) fn claim_key(&self, key: &str, uploads: &[Upload]) -> Result<String, Problem> {
        check_key(key)?;
        let all: String = uploads.iter().map(request_of).collect();
        let request = SourceHash::of(all.as_bytes()).0;
        self.store.keep_answer(&RequestKey { key: key.to_owned(), request, newness: String::new(), at: self.now() }, None)?;
        Ok(key.to_owned())
    }

    pub(super) fn import_once_unindexed(&self, key: &str, upload: &Upload) -> Result<Imported, Problem> {
        let request =
            RequestKey { key: key.to_owned(), request: request_of(upload), newness: String::new(), at: self.now() };
        let lane = key.bytes().fold(0_usize, |lane, byte| lane.wrapping_mul(31).wrapping_add(usize::from(byte)));
        let _alone = self.lanes.0[lane % LANES].lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = self.store.kept_answer(key)? {
            if kept.request != request.request {
                return Err(key_reused());
            }
            if let Some(meeting) = kept.meeting {
                let newness = Newness::from_code(&kept.newness).unwrap_or(Newness::AlreadyThere);
                return Ok(Imported { newness, ..self.already_there(self.newest(meeting)?)? });
            }
        }
        self.import_for(upload, Some(&request))
    }
}

/// A hash of everything that a request asks.
fn request_of(upload: &Upload) -> String {
    let said = format!(
        "{:?}",
        (
            &upload.file_name,
            &upload.customer,
            &upload.title,
            upload.date,
            &upload.format,
            &upload.columns,
            &upload.speakers,
            upload.revision,
            SourceHash::of(&upload.bytes)
        )
    );
    SourceHash::of(said.as_bytes()).0
}

fn check_key(key: &str) -> Result<(), Problem> {
    if !key.is_empty() && key.len() <= MAX_REQUEST_KEY_BYTES && key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    Err(Problem::new(
        "bad_idempotency_key",
        ProblemClass::Invalid,
        "La clave de Idempotency-Key no se puede usar.",
        "The key in Idempotency-Key cannot be used.",
    )
    .hint(
        format!("De 1 a {MAX_REQUEST_KEY_BYTES} letras, cifras y signos ASCII, sin espacios; por ejemplo un UUID."),
        format!("1 to {MAX_REQUEST_KEY_BYTES} ASCII letters, digits and marks without spaces; a UUID, for example."),
    ))
}

fn key_reused() -> Problem {
    Problem::new(
        "idempotency_key_reused",
        ProblemClass::Invalid,
        "Esta clave ya se usó para otra petición.",
        "This key was used for another request already.",
    )
    .hint(
        "Use una clave nueva para cada petición distinta; la misma solo para repetirla.",
        "Use a new key for each different request, and the same one only to repeat it.",
    )
}
