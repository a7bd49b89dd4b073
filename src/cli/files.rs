//! Which files a command means: names, globs, folders.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::model::{Place, Problem, ProblemClass};

use super::unreadable;

/// What a watched folder puts beside a file that it has taken; never a transcript itself.
pub const REPORT_ENDING: &str = ".report.txt";

/// The files that these arguments mean, each once, in the order of the arguments and by path within a folder or a glob.
///
/// A name is a file, whatever it is called. A folder stands for the files that lie in it, and below it where `recursive`;
/// what begins with a point is left out, and so are reports and symbolic links.
///
/// # Errors
/// `file_unreadable` for what is not there; `no_files` for a glob or a folder without any file.
pub fn collect(arguments: &[PathBuf], recursive: bool) -> Result<Vec<PathBuf>, Problem> {
    let mut files: Vec<PathBuf> = Vec::new();
    for argument in arguments {
        let found = match argument.symlink_metadata() {
            Ok(_) if argument.is_dir() => of_folder(argument, recursive),
            Ok(_) => vec![argument.clone()],
            Err(error) => of_glob(argument, recursive).ok_or_else(|| unreadable(argument, &error))?,
        };
        if found.is_empty() {
            return Err(no_files(argument));
        }
        for file in found {
            if !files.contains(&file) {
                files.push(file);
            }
        }
    }
    Ok(files)
}

/// Is this the name of something that people put there to be read?
pub fn is_offered(name: &str) -> bool {
    let unfinished = [".part", ".tmp", ".crdownload", ".download", "~"].iter().any(|ending| name.ends_with(ending));
    !name.starts_with('.') && !name.starts_with("~$") && !name.ends_with(REPORT_ENDING) && !unfinished
}

fn of_folder(folder: &Path, recursive: bool) -> Vec<PathBuf> {
    let depth = if recursive { usize::MAX } else { 1 };
    WalkDir::new(folder)
        .max_depth(depth)
        .follow_links(false)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || is_offered(&entry.file_name().to_string_lossy()))
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect()
}

/// None where it is no glob.
fn of_glob(argument: &Path, recursive: bool) -> Option<Vec<PathBuf>> {
    let pattern = argument.to_str()?;
    if !pattern.contains(['*', '?', '[']) {
        return None;
    }
    let mut files = Vec::new();
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
    for path in glob::glob_with(pattern, options).ok()?.filter_map(Result::ok) {
        if path.is_dir() {
            if recursive {
                files.extend(of_folder(&path, true));
            }
        } else {
            files.push(path);
        }
    }
    Some(files)
}

fn no_files(argument: &Path) -> Problem {
    Problem::new(
        "no_files",
        ProblemClass::Invalid,
        "Aquí no hay ningún archivo para importar.",
        "There is no file to import here.",
    )
    .hint(
        "Use --recursive para entrar en las subcarpetas; los archivos ocultos no cuentan.",
        "Use --recursive to go into sub-folders; hidden files do not count.",
    )
    .at(Place { file: Some(argument.display().to_string()), ..Place::default() })
}
