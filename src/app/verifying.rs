//! Is everything still as it was acknowledged?

use crate::model::{Place, Problem, ProblemClass};

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
        Ok(verified)
    }
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
