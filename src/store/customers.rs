//! Customers, their other names, and what they belong to.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use utoipa::ToSchema;

use crate::model::{CorrectionAct, Customer, CustomerId, Parent, Part, Problem, ProblemClass, WorkspaceId};

use super::Store;
use super::columns::Whole;
use super::people::expect_one;
use super::problems::{conflict, no_customer};

/// How many steps a customer may stand below the highest group, or a merged one behind the one that stayed.
const MOST_STEPS: usize = 16;

/// A customer with the figures of its row in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CustomerSummary {
    /// Who.
    pub customer: Customer,
    /// What it belongs to, where somebody has said so.
    pub parent: Option<Parent>,
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
                "SELECT c.id, c.name, c.standing, c.created_at, coalesce(g.merged_into, c.parent) AS parent, c.part,
                    (SELECT count(*) FROM meetings m WHERE m.workspace = c.workspace AND m.customer = c.id
                        AND m.revision_of IS NULL) AS meetings,
                    (SELECT count(*) FROM meetings m JOIN suggestions s ON s.workspace = m.workspace AND s.meeting = m.id
                        WHERE m.workspace = c.workspace AND m.customer = c.id AND m.revision_of IS NULL
                        AND s.state = 'pending' AND s.withdrawn = 0) AS pending,
                    (SELECT count(*) FROM meetings m JOIN suggestions s ON s.workspace = m.workspace AND s.meeting = m.id
                        WHERE m.workspace = c.workspace AND m.customer = c.id AND m.revision_of IS NULL
                        AND s.state = 'accepted') AS accepted,
                    (SELECT count(*) FROM entries e WHERE e.workspace = c.workspace AND e.customer = c.id) AS entries
                 FROM customers c LEFT JOIN customers g ON g.workspace = c.workspace AND g.id = c.parent
                 WHERE c.workspace = ?1 AND c.merged_into IS NULL ORDER BY c.folded_name",
            )?;
            let rows = statement.query_map(params![self.workspace], |row| {
                Ok(CustomerSummary {
                    customer: customer_of(row)?,
                    parent: parent_of(row)?,
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

    /// The customer of this name or alias, whatever its case, accents and spaces.
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
                return Err(name_taken(&customer.name));
            }
            insert_customer(tx, self.workspace, customer)
        })
    }

    /// The other ways to write a customer's name, in the order of the alphabet.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn aliases(&self, customer: CustomerId) -> Result<Vec<String>, Problem> {
        self.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT alias AS name, folded_alias AS folded FROM customer_aliases
                    WHERE workspace = ?1 AND customer = ?2
                 UNION SELECT name, folded_name FROM customers WHERE workspace = ?1 AND merged_into = ?2
                 UNION SELECT a.alias, a.folded_alias FROM customer_aliases a
                    JOIN customers c ON c.workspace = a.workspace AND c.id = a.customer AND c.merged_into = ?2
                    WHERE a.workspace = ?1
                 ORDER BY folded",
            )?;
            let rows = statement.query_map(params![self.workspace, customer], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// What a customer belongs to.
    ///
    /// # Errors
    /// `customer_not_found`.
    pub fn parent(&self, customer: CustomerId) -> Result<Option<Parent>, Problem> {
        self.read(|db| parent(db, self.workspace, customer))
    }
}

/// Does to customers what the correction says, or takes it back.
pub(super) fn correct_customers(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    act: &CorrectionAct,
    back: bool,
) -> Result<(), Problem> {
    match act {
        CorrectionAct::CustomerRenamed { customer, before, after } => {
            let (from, to) = if back { (after, before) } else { (before, after) };
            remove_alias(tx, workspace, *customer, to)?;
            name_is_free(tx, workspace, *customer, to)?;
            let changed = tx
                .prepare_cached(
                    "UPDATE customers SET name = ?4, folded_name = ?5 WHERE workspace = ?1 AND id = ?2 AND name = ?3",
                )?
                .execute(params![workspace, customer, from, to, folded(to)])?;
            expect_one(changed)?;
            // The name before leads here from now on; a name that was taken back does not.
            if !back && folded(from) != folded(to) {
                insert_alias(tx, workspace, *customer, from)?;
            }
            Ok(())
        }
        CorrectionAct::AliasAdded { customer, alias } | CorrectionAct::AliasRemoved { customer, alias } => {
            let adds = matches!(act, CorrectionAct::AliasAdded { .. }) != back;
            if !adds {
                return remove_alias(tx, workspace, *customer, alias).and_then(expect_one);
            }
            if customer_by_name(tx, workspace, alias)?.is_some() {
                return Err(name_taken(alias));
            }
            insert_alias(tx, workspace, *customer, alias)
        }
        CorrectionAct::ParentSet { customer, before, after } => {
            let (from, to) = if back { (after, before) } else { (before, after) };
            if let Some(parent) = to {
                no_circle(tx, workspace, *customer, parent.customer)?;
            }
            let changed = tx
                .prepare_cached(
                    "UPDATE customers SET parent = ?4, part = ?5 WHERE workspace = ?1 AND id = ?2 AND parent IS ?3",
                )?
                .execute(params![
                    workspace,
                    customer,
                    from.map(|parent| parent.customer),
                    to.map(|parent| parent.customer),
                    to.map(|parent| parent.part)
                ])?;
            expect_one(changed)
        }
        _ => Ok(()),
    }
}

fn insert_alias(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    customer: CustomerId,
    alias: &str,
) -> Result<(), Problem> {
    let folded_alias = folded(alias);
    if folded_alias.is_empty() {
        return Err(name_empty());
    }
    tx.prepare_cached(
        "INSERT INTO customer_aliases (workspace, folded_alias, alias, customer) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO NOTHING",
    )?
    .execute(params![workspace, folded_alias, alias, customer])?;
    Ok(())
}

/// Answers with how many there were of it.
fn remove_alias(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    customer: CustomerId,
    alias: &str,
) -> Result<usize, Problem> {
    let mut delete =
        tx.prepare_cached("DELETE FROM customer_aliases WHERE workspace = ?1 AND folded_alias = ?2 AND customer = ?3")?;
    Ok(delete.execute(params![workspace, folded(alias), customer])?)
}

/// Refuses a name that leads to another customer.
fn name_is_free(tx: &Transaction<'_>, workspace: WorkspaceId, own: CustomerId, name: &str) -> Result<(), Problem> {
    if folded(name).is_empty() {
        return Err(name_empty());
    }
    let mut row = tx.prepare_cached("SELECT id FROM customers WHERE workspace = ?1 AND folded_name = ?2")?;
    let holder: Option<CustomerId> = row.query_row(params![workspace, folded(name)], |row| row.get(0)).optional()?;
    let led = customer_by_name(tx, workspace, name)?.map(|customer| customer.id);
    if holder.or(led).is_none_or(|id| id == own) { Ok(()) } else { Err(name_taken(name)) }
}

/// Refuses a group that belongs, over any steps, to the customer itself.
fn no_circle(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    customer: CustomerId,
    group: CustomerId,
) -> Result<(), Problem> {
    let mut at = Some(group);
    for _ in 0..MOST_STEPS {
        match at {
            None => return Ok(()),
            Some(one) if one == customer => break,
            Some(one) => at = parent(tx, workspace, one)?.map(|parent| parent.customer),
        }
    }
    Err(conflict(
        "group_in_circle",
        "Un grupo no puede pertenecer a una empresa que le pertenece.",
        "A group cannot belong to a company that belongs to it.",
    )
    .hint("Elija otro grupo.", "Choose another group."))
}

fn parent(db: &Connection, workspace: WorkspaceId, customer: CustomerId) -> Result<Option<Parent>, Problem> {
    let mut statement = db.prepare_cached(
        "SELECT coalesce(g.merged_into, c.parent) AS parent, c.part FROM customers c
         LEFT JOIN customers g ON g.workspace = c.workspace AND g.id = c.parent
         WHERE c.workspace = ?1 AND c.id = ?2",
    )?;
    statement.query_row(params![workspace, customer], parent_of).optional()?.ok_or_else(no_customer)
}

fn parent_of(row: &Row<'_>) -> rusqlite::Result<Option<Parent>> {
    let customer: Option<CustomerId> = row.get("parent")?;
    let part: Option<Part> = row.get("part")?;
    Ok(customer.map(|customer| Parent { customer, part: part.unwrap_or(Part::Company) }))
}

/// The customer of this identity.
pub(super) fn customer(db: &Connection, workspace: WorkspaceId, id: CustomerId) -> Result<Option<Customer>, Problem> {
    let mut statement =
        db.prepare_cached("SELECT id, name, standing, created_at FROM customers WHERE workspace = ?1 AND id = ?2")?;
    Ok(statement.query_row(params![workspace, id], customer_of).optional()?)
}

/// The customer that a name leads to: by the name itself, an alias, or the name of one that was merged into it.
pub(super) fn customer_by_name(
    db: &Connection,
    workspace: WorkspaceId,
    name: &str,
) -> Result<Option<Customer>, Problem> {
    let mut statement = db.prepare_cached(
        "SELECT id FROM customers WHERE workspace = ?1 AND folded_name = ?2
         UNION ALL SELECT customer FROM customer_aliases WHERE workspace = ?1 AND folded_alias = ?2 LIMIT 1",
    )?;
    let named: Option<CustomerId> =
        statement.query_row(params![workspace, folded(name)], |row| row.get(0)).optional()?;
    let mut at = named;
    let mut next = db.prepare_cached("SELECT merged_into FROM customers WHERE workspace = ?1 AND id = ?2")?;
    for _ in 0..MOST_STEPS {
        let Some(id) = at else { return Ok(None) };
        match next.query_row(params![workspace, id], |row| row.get::<_, Option<CustomerId>>(0))? {
            None => return customer(db, workspace, id),
            into => at = into,
        }
    }
    Ok(None)
}

/// Adds a customer whose name is known to be free.
pub(super) fn insert_customer(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    customer: &Customer,
) -> Result<(), Problem> {
    let folded_name = folded(&customer.name);
    if folded_name.is_empty() {
        return Err(name_empty());
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

fn name_empty() -> Problem {
    Problem::new(
        "customer_name_empty",
        ProblemClass::Invalid,
        "El cliente no tiene nombre.",
        "The customer has no name.",
    )
    .hint("Escribe el nombre del cliente.", "Write the customer's name.")
}

fn name_taken(name: &str) -> Problem {
    conflict(
        "customer_exists",
        format!("Ya existe un cliente llamado «{name}»."),
        format!("There is already a customer called “{name}”."),
    )
    .hint("Usa el que existe, o dale otro nombre.", "Use the one that exists, or choose another name.")
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
