//! Customers and their people.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use utoipa::ToSchema;

use crate::model::{Customer, CustomerId, Person, PersonId, Problem, ProblemClass, WorkspaceId};

use super::Store;
use super::columns::Whole;
use super::problems::conflict;

/// A customer with the figures of its row in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CustomerSummary {
    /// Who.
    pub customer: Customer,
    /// How many meetings.
    pub meetings: usize,
    /// How many suggestions await a person.
    pub pending: usize,
    /// How many suggestions were accepted.
    pub accepted: usize,
    /// How many entries stand on the map.
    pub entries: usize,
}

impl Store {
    /// Every customer, by name.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn customers(&self) -> Result<Vec<CustomerSummary>, Problem> {
        self.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT c.id, c.name, c.standing, c.created_at,
                    (SELECT count(*) FROM meetings m WHERE m.workspace = c.workspace AND m.customer = c.id) AS meetings,
                    (SELECT count(*) FROM meetings m JOIN suggestions s ON s.workspace = m.workspace AND s.meeting = m.id
                        WHERE m.workspace = c.workspace AND m.customer = c.id AND s.state = 'pending') AS pending,
                    (SELECT count(*) FROM meetings m JOIN suggestions s ON s.workspace = m.workspace AND s.meeting = m.id
                        WHERE m.workspace = c.workspace AND m.customer = c.id AND s.state = 'accepted') AS accepted,
                    (SELECT count(*) FROM entries e WHERE e.workspace = c.workspace AND e.customer = c.id) AS entries
                 FROM customers c WHERE c.workspace = ?1 ORDER BY c.folded_name",
            )?;
            let rows = statement.query_map(params![self.workspace], |row| {
                Ok(CustomerSummary {
                    customer: customer_of(row)?,
                    meetings: row.get::<_, Whole<_>>("meetings")?.0,
                    pending: row.get::<_, Whole<_>>("pending")?.0,
                    accepted: row.get::<_, Whole<_>>("accepted")?.0,
                    entries: row.get::<_, Whole<_>>("entries")?.0,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The customer of this identity.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn customer(&self, id: CustomerId) -> Result<Option<Customer>, Problem> {
        self.read(|db| customer(db, self.workspace, id))
    }

    /// The customer of this name, whatever its case, accents and spaces.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn customer_by_name(&self, name: &str) -> Result<Option<Customer>, Problem> {
        self.read(|db| customer_by_name(db, self.workspace, name))
    }

    /// Adds a customer.
    ///
    /// # Errors
    /// `customer_exists` where the name, whatever its case and accents, is taken; `customer_name_empty`.
    pub fn add_customer(&self, customer: &Customer) -> Result<(), Problem> {
        self.write(|tx| {
            if customer_by_name(tx, self.workspace, &customer.name)?.is_some() {
                return Err(conflict(
                    "customer_exists",
                    format!("Ya existe un cliente llamado «{}».", customer.name),
                    format!("There is already a customer called “{}”.", customer.name),
                )
                .hint("Usa el que existe, o dale otro nombre.", "Use the one that exists, or choose another name."));
            }
            insert_customer(tx, self.workspace, customer)
        })
    }

    /// The people of a customer's meetings, by name.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn people(&self, customer: CustomerId) -> Result<Vec<Person>, Problem> {
        self.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT id, customer, name, side, side_source FROM people WHERE workspace = ?1 AND customer = ?2
                 ORDER BY name, id",
            )?;
            let rows = statement.query_map(params![self.workspace, customer], person_of)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

/// The customer of this identity.
pub(super) fn customer(db: &Connection, workspace: WorkspaceId, id: CustomerId) -> Result<Option<Customer>, Problem> {
    let mut statement =
        db.prepare_cached("SELECT id, name, standing, created_at FROM customers WHERE workspace = ?1 AND id = ?2")?;
    Ok(statement.query_row(params![workspace, id], customer_of).optional()?)
}

/// The customer whose name folds to the same.
pub(super) fn customer_by_name(
    db: &Connection,
    workspace: WorkspaceId,
    name: &str,
) -> Result<Option<Customer>, Problem> {
    let mut statement = db.prepare_cached(
        "SELECT id, name, standing, created_at FROM customers WHERE workspace = ?1 AND folded_name = ?2",
    )?;
    Ok(statement.query_row(params![workspace, folded(name)], customer_of).optional()?)
}

/// Adds a customer whose name is known to be free.
pub(super) fn insert_customer(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    customer: &Customer,
) -> Result<(), Problem> {
    let folded_name = folded(&customer.name);
    if folded_name.is_empty() {
        return Err(Problem::new(
            "customer_name_empty",
            ProblemClass::Invalid,
            "El cliente no tiene nombre.",
            "The customer has no name.",
        )
        .hint("Escribe el nombre del cliente.", "Write the customer's name."));
    }
    let mut statement = tx.prepare_cached(
        "INSERT INTO customers (workspace, id, name, folded_name, standing, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    statement.execute(params![
        workspace,
        customer.id,
        customer.name,
        folded_name,
        customer.standing,
        customer.created_at
    ])?;
    Ok(())
}

/// Keeps a person and returns the identity that holds: the given one, or the one that the customer's person of this
/// name has already. A side that a person set gives way only to another that a person set.
pub(super) fn keep_person(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    customer: CustomerId,
    person: &Person,
) -> Result<PersonId, Problem> {
    let mut find = tx.prepare_cached(
        "SELECT id FROM people WHERE workspace = ?1 AND (id = ?2 OR (customer = ?3 AND name = ?4))
         ORDER BY id = ?2 DESC LIMIT 1",
    )?;
    let known: Option<PersonId> =
        find.query_row(params![workspace, person.id, customer, person.name], |row| row.get(0)).optional()?;
    let Some(id) = known else {
        let mut insert = tx.prepare_cached(
            "INSERT INTO people (workspace, id, customer, name, side, side_source) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        insert.execute(params![workspace, person.id, customer, person.name, person.side, person.side_source])?;
        return Ok(person.id);
    };
    let mut update = tx.prepare_cached(
        "UPDATE people SET side = ?3, side_source = ?4 WHERE workspace = ?1 AND id = ?2
         AND ?3 <> 'unknown' AND (side_source <> 'person' OR ?4 = 'person')",
    )?;
    update.execute(params![workspace, id, person.side, person.side_source])?;
    Ok(id)
}

/// How names are compared: lower case, without accents and marks, one space between words.
fn folded(name: &str) -> String {
    let plain: String = name.nfkd().filter(|one| !is_combining_mark(*one)).flat_map(char::to_lowercase).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn customer_of(row: &Row<'_>) -> rusqlite::Result<Customer> {
    Ok(Customer {
        id: row.get("id")?,
        name: row.get("name")?,
        standing: row.get("standing")?,
        created_at: row.get("created_at")?,
    })
}

fn person_of(row: &Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person {
        id: row.get("id")?,
        customer: row.get("customer")?,
        name: row.get("name")?,
        side: row.get("side")?,
        side_source: row.get("side_source")?,
    })
}
