//! A request with a key is answered once: the same key and the same request give the same answer, over restarts too.

use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::config::MAX_REQUEST_KEY_BYTES;
use crate::model::{MeetingId, Problem, ProblemClass, SourceHash};
use crate::store::RequestKey;

use super::App;
use super::imports::{Imported, Newness};
use super::previews::NearDuplicate;
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
        self.store
            .keep_answer(&RequestKey { key: key.to_owned(), request, outcome: String::new(), at: self.now() }, None)?;
        Ok(key.to_owned())
    }

    pub(super) fn import_once_unindexed(&self, key: &str, upload: &Upload) -> Result<Imported, Problem> {
        let request =
            RequestKey { key: key.to_owned(), request: request_of(upload), outcome: String::new(), at: self.now() };
        let lane = key.bytes().fold(0_usize, |lane, byte| lane.wrapping_mul(31).wrapping_add(usize::from(byte)));
        let _alone = self.lanes.0[lane % LANES].lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = self.store.kept_answer(key)? {
            if kept.request != request.request {
                return Err(key_reused());
            }
            if let Some(meeting) = kept.meeting {
                return self.told_again(self.newest(meeting)?, &kept.outcome);
            }
        }
        self.import_for(upload, Some(&request))
    }

    /// What was answered when the request came first.
    fn told_again(&self, meeting: MeetingId, outcome: &str) -> Result<Imported, Problem> {
        let kept: Outcome = serde_json::from_str(outcome).unwrap_or_default();
        let there = self.already_there(meeting)?;
        let Some(newness) = Newness::from_code(&kept.newness) else { return Ok(there) };
        let mut near_duplicates = Vec::new();
        for (near, likeness) in kept.near {
            let Some(meeting) = self.store.meeting_summary(near)? else { continue };
            let decided = meeting.accepted + meeting.rejected;
            near_duplicates.push(NearDuplicate { meeting, likeness, decided });
        }
        let revised = if newness == Newness::Revision { self.last_revised(meeting)? } else { None };
        Ok(Imported {
            newness,
            new_customer: kept.new_customer,
            similar_customers: kept.similar_customers,
            near_duplicates,
            revised,
            ..there
        })
    }
}

/// What is kept of an answer, beside the meeting itself.
#[derive(Default, Serialize, Deserialize)]
struct Outcome {
    newness: String,
    new_customer: bool,
    similar_customers: Vec<String>,
    near: Vec<(MeetingId, f32)>,
}

/// An answer as it is kept with the key of its request.
pub(super) fn outcome(
    newness: Newness,
    new_customer: bool,
    similar_customers: &[String],
    near: &[NearDuplicate],
) -> String {
    let outcome = Outcome {
        newness: newness.code().to_owned(),
        new_customer,
        similar_customers: similar_customers.to_vec(),
        near: near.iter().map(|near| (near.meeting.meeting.id, near.likeness)).collect(),
    };
    serde_json::to_string(&outcome).unwrap_or_default()
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
