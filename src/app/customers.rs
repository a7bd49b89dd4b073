//! Customers: list them, find one by name, say which names are near.

use crate::model::{Customer, CustomerId, Problem, ProblemClass};
use crate::store::CustomerSummary;
use crate::text::words::fold;

use super::App;

/// Two names are much alike from this Jaro-Winkler likeness on.
const ALIKE: f64 = 0.86;

impl App {
    /// Every customer by name, with how much there is.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn customers(&self) -> Result<Vec<CustomerSummary>, Problem> {
        self.store.customers()
    }

    /// One customer by its identity.
    ///
    /// # Errors
    /// `customer_not_found`.
    pub fn customer(&self, id: CustomerId) -> Result<Customer, Problem> {
        self.store.customer(id)?.ok_or_else(|| not_found(&id.to_string(), &[]))
    }

    /// One customer by its name (case and accents do not matter) or by its identity in text.
    ///
    /// # Errors
    /// `customer_not_found`, with the nearest names.
    pub fn customer_named(&self, name: &str) -> Result<Customer, Problem> {
        if let Some(customer) = self.store.customer_by_name(name)? {
            return Ok(customer);
        }
        if let Ok(id) = name.parse()
            && let Some(customer) = self.store.customer(id)?
        {
            return Ok(customer);
        }
        Err(not_found(name, &self.nearest_customers(name)?))
    }

    /// Other customers whose names are much like this one: perhaps the same organisation.
    pub(super) fn similar_customers(&self, name: &str) -> Result<Vec<String>, Problem> {
        let key = fold(name);
        Ok(self
            .ranked(name)?
            .into_iter()
            .filter(|(likeness, other)| *likeness >= ALIKE && fold(other) != key)
            .map(|(_, other)| other)
            .collect())
    }

    fn nearest_customers(&self, name: &str) -> Result<Vec<String>, Problem> {
        Ok(self.ranked(name)?.into_iter().take(3).map(|(_, other)| other).collect())
    }

    /// Every customer's name, the most alike first.
    fn ranked(&self, name: &str) -> Result<Vec<(f64, String)>, Problem> {
        let key = fold(name);
        let mut ranked: Vec<(f64, String)> = self
            .store
            .customers()?
            .into_iter()
            .map(|row| (strsim::jaro_winkler(&fold(&row.customer.name), &key), row.customer.name))
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        Ok(ranked)
    }
}

fn not_found(name: &str, nearest: &[String]) -> Problem {
    let problem = Problem::new(
        "customer_not_found",
        ProblemClass::NotFound,
        format!("No hay ningún cliente llamado {name:?}."),
        format!("There is no customer called {name:?}."),
    );
    if nearest.is_empty() {
        return problem.hint(
            "Todavía no hay clientes: importe una reunión primero.",
            "There are no customers yet: import a meeting first.",
        );
    }
    let names = nearest.join(", ");
    problem.hint(format!("Los nombres más parecidos: {names}"), format!("The nearest names: {names}"))
}
