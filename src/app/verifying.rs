//! Is everything still as it was acknowledged?

use std::collections::BTreeMap;

use crate::model::{MeetingId, Place, Problem, ProblemClass};
use crate::search::{Index, RebuildReason};

use super::App;

/// What a verification looked at, and what is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// How many transcripts were derived anew from their originals.
    pub transcripts: usize,
    /// What is wrong; nothing where all is well.
    pub problems: Vec<Problem>,
}

impl App {
    /// Reads everything there is: the database, every original against its hash, every quote against its transcript, and
    /// every transcript's text against what its original gives when it is read again.
    ///
    /// # Errors
    /// Where the verification itself cannot go on.
    pub fn verify(&self) -> Result<Verified, Problem> {
        let mut verified = Verified { transcripts: 0, problems: self.store.verify()? };
        if verified.problems.iter().any(|problem| problem.code == "storage_damaged") {
            return Ok(verified);
        }
        for id in self.store.transcript_ids()? {
            let Some(stored) = self.store.meeting(id)? else { continue };
            let source = &stored.summary.meeting.source;
            // A missing or damaged original is told already.
            let Ok(bytes) = self.store.original(&source.hash) else { continue };
            verified.transcripts += 1;
            let again = self.reader.parse(&source.file_name, &bytes, Some(&source.format));
            let same = again.is_ok_and(|reading| reading.transcript.text == stored.transcript.text);
            if !same {
                verified.problems.push(not_derivable(&source.file_name));
            }
        }
        verified.problems.extend(self.index_faults()?);
        Ok(verified)
    }

    /// What the index on the disk holds otherwise than the store. It is derived, so each of these is mended by building
    /// it anew.
    fn index_faults(&self) -> Result<Vec<Problem>, Problem> {
        let inventory = match Index::look(&self.settings.index)? {
            Ok(inventory) => inventory,
            // None yet: the next start builds one.
            Err(RebuildReason::Missing) => return Ok(Vec::new()),
            Err(reason) => return Ok(vec![index_unusable(reason.code())]),
        };
        let mut faults = Vec::new();
        let behind = self.store.last_seq()?.saturating_sub(inventory.seq);
        if behind > 0 {
            return Ok(vec![index_behind(behind)]);
        }
        let held: BTreeMap<MeetingId, usize> = inventory.meetings.into_iter().collect();
        let ids = self.store.meeting_ids()?;
        for id in &ids {
            let Some(stored) = self.store.meeting_summary(*id)? else { continue };
            if held.get(id) != Some(&stored.utterances) {
                faults.push(index_differs(&stored.meeting.source.file_name));
            }
        }
        for id in held.keys().filter(|id| !ids.contains(id)) {
            faults.push(index_differs(&id.to_string()));
        }
        Ok(faults)
    }
}

fn index_unusable(reason: &str) -> Problem {
    Problem::new(
        "index_unusable",
        ProblemClass::Unavailable,
        format!("El índice de búsqueda no sirve ({reason}); nada se ha perdido."),
        format!("The search index cannot be used ({reason}); nothing is lost."),
    )
    .hint("El próximo inicio lo construye de nuevo.", "The next start builds it anew.")
}

fn index_behind(changes: i64) -> Problem {
    Problem::new(
        "index_behind",
        ProblemClass::Unavailable,
        format!("Al índice de búsqueda le faltan {changes} cambios."),
        format!("The search index has not seen {changes} changes."),
    )
    .hint(
        "El próximo inicio los recoge; cita reindex lo construye de nuevo.",
        "The next start brings them in; cita reindex builds it anew.",
    )
}

fn index_differs(name: &str) -> Problem {
    Problem::new(
        "index_differs",
        ProblemClass::Internal,
        "El índice de búsqueda no tiene las mismas frases de esta reunión.",
        "The search index does not hold the same utterances of this meeting.",
    )
    .hint("Ejecute cita reindex.", "Run cita reindex.")
    .in_file(name)
}

fn not_derivable(file_name: &str) -> Problem {
    Problem::new(
        "text_not_derivable",
        ProblemClass::Internal,
        "El texto guardado ya no sale igual de su archivo original.",
        "The stored text no longer comes out of its original file the same.",
    )
    .hint(
        "Las citas siguen siendo exactas en el texto guardado. Restaure los datos de una copia, o importe el archivo de nuevo.",
        "Quotes are still exact in the stored text. Restore the data from a copy, or import the file again.",
    )
    .at(Place { excerpt: Some(file_name.to_owned()), ..Place::default() })
}
