//! `cita map`

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};

use crate::app::{EXPORTERS, MapRequest};
use crate::model::{Problem, ProblemClass, UiLanguage};

use super::output::{print_raw, terminal_language};
use super::{OK, Places};

/// What can be done with maps.
#[derive(Subcommand)]
pub enum MapCommand {
    /// Write a customer's empathy map as a file
    Export(ExportArgs),
}

/// Which map, and in which form.
#[derive(Args)]
pub struct ExportArgs {
    /// The customer's name
    #[arg(long, value_name = "NAME")]
    customer: String,
    /// The file format
    #[arg(long, default_value = "md", value_parser = PossibleValuesParser::new(EXPORTERS.iter().map(|one| one.name)))]
    format: String,
    /// For readers of this language [default: the terminal's]
    #[arg(long, value_parser = ["es", "en"])]
    language: Option<String>,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Writes the map.
pub fn export(places: &Places, args: &ExportArgs) -> Result<u8, Problem> {
    let app = places.open()?;
    let language = args.language.as_deref().and_then(UiLanguage::from_code).unwrap_or_else(terminal_language);
    let request = MapRequest { customer: args.customer.clone(), format: args.format.clone(), language };
    let export = app.export_map(&request)?;
    match &args.output {
        Some(path) => std::fs::write(path, &export.bytes).map_err(|error| unwritable(path, &error))?,
        None => print_raw(&String::from_utf8_lossy(&export.bytes)),
    }
    Ok(OK)
}

fn unwritable(path: &std::path::Path, error: &std::io::Error) -> Problem {
    Problem::new(
        "file_unwritable",
        ProblemClass::Invalid,
        format!("No se puede escribir {}: {error}", path.display()),
        format!("{} cannot be written: {error}", path.display()),
    )
    .hint("Compruebe la ruta y los permisos.", "Check the path and the permissions.")
}
