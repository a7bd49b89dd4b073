//! Looks whether everything is still as it was acknowledged.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};

use crate::model::{MeetingId, Place, Problem, Quote, SourceHash};

use super::Store;
use super::columns::{Json, Whole};
use super::meetings::text;
use super::originals::{INCOMING, loose_originals, original_missing};
use super::problems::{at, internal, not_verbatim, of_file};

impl Store {
    /// Reads everything there is and tells what is wrong; an empty list means that all is well.
    ///
    /// Found are: a damaged database (`storage_damaged`), a missing, damaged or unreadable original (`original_missing`,
    /// `original_damaged`, `storage_unusable`), a file that belongs to nothing (`original_orphaned`), a quote that its
    /// transcript does not hold (`quote_not_verbatim`), a suggestion whose state is not what was decided last
    /// (`state_out_of_step`) and one that is accepted but not on the map, or the other way round (`entry_out_of_step`).
    ///
    /// # Errors
    /// Where the verification itself cannot go on.
    pub fn verify(&self) -> Result<Vec<Problem>, Problem> {
        // The files are listed before the moment that is read: what comes in meanwhile is no orphan.
        let files = files(&self.originals)?;
        self.read(|db| {
            let mut found = database_faults(db)?;
            if !found.is_empty() {
                return Ok(found);
            }
            let sources = sources(db)?;
            for (source, file_name) in &sources {
                let fault = self.original(source).err();
                // What was erased since that moment is not missed.
                if let Some(problem) = fault.filter(|_| self.meeting_by_source(source) != Ok(None)) {
                    found.push(told_of(problem, file_name));
                }
            }
            let loose = loose_originals(db)?;
            let known = sources.iter().map(|(source, _)| source).chain(&loose);
            let known: BTreeSet<PathBuf> = known.filter_map(|source| self.original_path(source)).collect();
            let orphans = files.iter().filter(|file| !known.contains(*file) && file.exists());
            found.extend(orphans.map(|file| at(orphaned(), file)));
            found.extend(self.quote_faults(db)?);
            found.extend(self.step_faults(db)?);
            Ok(found)
        })
    }

    fn quote_faults(&self, db: &Connection) -> Result<Vec<Problem>, Problem> {
        let mut meetings = db.prepare("SELECT id, file_name FROM meetings WHERE workspace = ?1 ORDER BY id")?;
        let mut quotes = db.prepare(
            "SELECT text, pieces, turn, utterance FROM suggestions WHERE workspace = ?1 AND meeting = ?2
             UNION ALL SELECT text, pieces, turn, utterance FROM entry_quotes WHERE workspace = ?1 AND meeting = ?2",
        )?;
        let mut found = Vec::new();
        let rows = meetings.query_map(params![self.workspace], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for row in rows {
            let (meeting, file_name): (MeetingId, String) = row?;
            let text = text(db, self.workspace, meeting)?;
            let rows = quotes.query_map(params![self.workspace, meeting], |row| {
                Ok(Quote {
                    text: row.get(0)?,
                    pieces: row.get::<_, Json<_>>(1)?.0,
                    turn: row.get::<_, Whole<_>>(2)?.0,
                    utterance: row.get::<_, Whole<_>>(3)?.0,
                })
            })?;
            for quote in rows {
                if !quote?.is_verbatim(&text) {
                    found.push(not_verbatim().in_file(&file_name));
                }
            }
        }
        Ok(found)
    }

    fn step_faults(&self, db: &Connection) -> Result<Vec<Problem>, Problem> {
        let out_of_step: i64 = db.query_row(
            "SELECT count(*) FROM suggestions s WHERE s.workspace = ?1 AND s.state <> coalesce(
                (SELECT CASE d.act WHEN 'accept' THEN 'accepted' ELSE 'rejected' END FROM decisions d
                 WHERE d.workspace = s.workspace AND d.suggestion = s.id AND d.act <> 'undo'
                 AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.workspace = d.workspace AND u.undoes = d.seq)
                 ORDER BY d.seq DESC LIMIT 1), 'pending')",
            params![self.workspace],
            |row| row.get(0),
        )?;
        let off_the_map: i64 = db.query_row(
            "SELECT count(*) FROM suggestions s
             LEFT JOIN entry_quotes q ON q.workspace = s.workspace AND q.suggestion = s.id
             JOIN meetings m ON m.workspace = s.workspace AND m.id = s.meeting
             WHERE s.workspace = ?1 AND (s.state = 'accepted') <> (q.entry IS NOT NULL)
             -- A quote of an earlier revision may have gone on to the newest one.
             AND NOT (m.revision_of IS NOT NULL AND q.entry IS NULL)",
            params![self.workspace],
            |row| row.get(0),
        )?;
        let mut found = Vec::new();
        if out_of_step > 0 {
            found.push(internal(
                "state_out_of_step",
                format!("{out_of_step} sugerencias no están en el estado de su última decisión."),
                format!("{out_of_step} suggestions are not in the state of their last decision."),
            ));
        }
        if off_the_map > 0 {
            found.push(internal(
                "entry_out_of_step",
                format!("{off_the_map} sugerencias están aceptadas sin estar en el mapa, o al revés."),
                format!("{off_the_map} suggestions are accepted without being on the map, or the other way round."),
            ));
        }
        Ok(found)
    }
}

fn sources(db: &Connection) -> Result<Vec<(SourceHash, String)>, Problem> {
    let mut statement = db.prepare("SELECT source, file_name FROM meetings ORDER BY source")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn database_faults(db: &Connection) -> Result<Vec<Problem>, Problem> {
    let mut statement = db.prepare("PRAGMA integrity_check(20)")?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    let messages: Vec<String> = match rows.collect() {
        Ok(messages) => messages,
        Err(error) => return Ok(vec![error.into()]),
    };
    let mut found: Vec<Problem> =
        messages.iter().filter(|message| *message != "ok").map(|message| damage(message)).collect();
    let mut strays = db.prepare("PRAGMA foreign_key_check")?;
    if strays.exists([])? {
        found.push(damage("foreign_key_check"));
    }
    Ok(found)
}

fn damage(message: &str) -> Problem {
    internal(
        "storage_damaged",
        format!("La base de datos está dañada: {message}"),
        format!("The database is damaged: {message}"),
    )
    .hint("Detén cita y restaura una copia de la carpeta de datos.", "Stop cita and restore a copy of the data folder.")
}

/// A problem of an original, with the name under which it was uploaded.
fn told_of(problem: Problem, file_name: &str) -> Problem {
    let problem = if problem.code == "original_not_found" { original_missing() } else { problem };
    let excerpt = Some(file_name.to_owned());
    let place = problem.place.as_deref().cloned().unwrap_or_default();
    problem.at(Place { excerpt, ..place })
}

/// Every file that lies among the originals, in the order of their names.
fn files(originals: &Path) -> Result<BTreeSet<PathBuf>, Problem> {
    let mut files = BTreeSet::new();
    for path in paths(originals)? {
        if path.ends_with(INCOMING) {
            continue;
        }
        if path.is_dir() { files.extend(paths(&path)?) } else { files.extend([path]) }
    }
    Ok(files)
}

fn paths(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let entries = fs::read_dir(folder).and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
    let entries = entries.map_err(|error| of_file(&error, folder))?;
    Ok(entries.iter().map(fs::DirEntry::path).collect())
}

fn orphaned() -> Problem {
    internal(
        "original_orphaned",
        "Este archivo está entre los originales, pero ninguna reunión lo usa.",
        "This file lies among the originals, but no meeting uses it.",
    )
    .hint("Muévelo fuera de la carpeta de datos.", "Move it out of the data folder.")
}
