//! One file a page: a struct with what its template shows, and handlers that convert, call `app`, convert.

pub(super) mod corrections;
pub(super) mod customers;
pub(super) mod home;
pub(super) mod imports;
pub(super) mod language;
pub(super) mod meetings;
pub(super) mod people;
pub(super) mod previews;
pub(super) mod review;
pub(super) mod saved_searches;
pub(super) mod search;
pub(super) mod suggestions;
mod uploads;

use std::str::FromStr;

use crate::app::App;
use crate::model::{Problem, ProblemClass};
use crate::web::shown::hides_something;

/// The customers' names to choose from; one that hides characters would be sent back as another name.
///
/// # Errors
/// The store cannot be read.
fn customer_names(app: &App) -> Result<Vec<String>, Problem> {
    let names = app.customers()?.into_iter().map(|row| row.customer.name);
    Ok(names.filter(|name| !hides_something(name)).collect())
}

/// A value that somebody chose in a form; none where the field is absent or empty.
///
/// # Errors
/// `unknown_choice` for a value that the form does not offer.
fn chosen<T: FromStr>(field: &str, value: Option<&str>) -> Result<Option<T>, Problem> {
    let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) else { return Ok(None) };
    value.parse().map(Some).map_err(|_| {
        let shown: String = value.chars().take(80).collect();
        Problem::new(
            "unknown_choice",
            ProblemClass::Invalid,
            format!("El campo {field} no puede ser {shown:?}."),
            format!("The field {field} cannot be {shown:?}."),
        )
        .hint("Elija uno de los valores del formulario.", "Choose one of the values of the form.")
    })
}
