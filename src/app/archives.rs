//! Several files at once, archives among them: each file has its own result.

use crate::formats::{self, Member};
use crate::model::Problem;

use super::App;
use super::imports::{Imported, Newness};
use super::uploads::{RevisionChoice, Upload};

/// What became of one file of several.
#[derive(Clone, Debug)]
pub struct ImportedFile {
    /// Its name; a member of an archive behind the archive's.
    pub file_name: String,
    /// The meeting that it is, or why it is none.
    pub outcome: Result<Imported, Problem>,
}

/// A file that came by itself or in an archive.
#[derive(Clone, Debug)]
pub struct ExpandedFile {
    /// Its name; a member of an archive behind the archive's.
    pub file_name: String,
    /// The file, or why it cannot be taken out of its archive.
    pub upload: Result<Upload, Problem>,
}

impl App {
    /// An archive becomes its members, any other file itself. What is said of one meeting (title, date, speakers,
    /// revision) does not go along to several.
    ///
    /// # Errors
    /// The archive is too large, or damaged, or a bomb.
    pub fn expand(&self, upload: Upload) -> Result<Vec<ExpandedFile>, Problem> {
        self.check_size(&upload)?;
        expand(upload)
    }

    /// Imports several files, archives among them. One that fails does not stop the others.
    ///
    /// With a `key`, each file is answered once: the same key with the same files gives the same answers again.
    ///
    /// # Errors
    /// `idempotency_key_reused`, `bad_idempotency_key`; what fails about one file is its own result.
    pub fn import_files(&self, key: Option<&str>, uploads: Vec<Upload>) -> Result<Vec<ImportedFile>, Problem> {
        let key = key.map(|key| self.claim_key(key, &uploads)).transpose()?;
        let mut files = Vec::new();
        for upload in uploads {
            let file_name = upload.file_name.clone();
            match self.expand(upload) {
                Err(problem) => files.push(ExpandedFile { file_name, upload: Err(problem) }),
                Ok(expanded) => files.extend(expanded),
            }
        }
        let mut imported = Vec::with_capacity(files.len());
        for (place, ExpandedFile { file_name, upload }) in files.into_iter().enumerate() {
            let outcome = upload.and_then(|upload| match &key {
                Some(key) => self.import_once_unindexed(&format!("{key}/{place}"), &upload),
                None => self.import_unindexed(&upload),
            });
            imported.push(ImportedFile { file_name, outcome });
        }
        let changed =
            |file: &ImportedFile| file.outcome.as_ref().is_ok_and(|imported| imported.newness != Newness::AlreadyThere);
        if imported.iter().any(changed) {
            self.follow_store_or_warn();
        }
        Ok(imported)
    }
}

/// An archive becomes its members, any other file itself.
///
/// # Errors
/// As [`App::expand`].
pub fn expand(upload: Upload) -> Result<Vec<ExpandedFile>, Problem> {
    if !formats::is_archive(&upload.bytes) {
        return Ok(vec![ExpandedFile { file_name: upload.file_name.clone(), upload: Ok(upload) }]);
    }
    let archive = upload.file_name.clone();
    let members = formats::unpack(&upload.bytes).map_err(|problem| problem.in_file(&archive))?;
    let alone = members.len() == 1;
    let said = Upload { bytes: Vec::new(), ..upload };
    Ok(members.into_iter().map(|member| member_of(&archive, &said, member, alone)).collect())
}

fn member_of(archive: &str, said: &Upload, member: Member, alone: bool) -> ExpandedFile {
    let inside =
        if member.folder.is_empty() { member.name.clone() } else { format!("{}/{}", member.folder, member.name) };
    let file_name = format!("{archive}/{inside}");
    let upload = member.content.map(|bytes| {
        let own = Upload { file_name: member.name, bytes, ..said.clone() };
        if alone {
            return own;
        }
        Upload { title: None, date: None, speakers: Vec::new(), revision: for_many(own.revision), ..own }
    });
    ExpandedFile { upload: upload.map_err(|problem| problem.in_file(&file_name)), file_name }
}

/// Several files cannot all be the revision of one meeting.
fn for_many(revision: RevisionChoice) -> RevisionChoice {
    match revision {
        RevisionChoice::Of(_) => RevisionChoice::Separate,
        other => other,
    }
}
