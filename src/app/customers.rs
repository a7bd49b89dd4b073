//! Customers: list them, find one by name, say which names are near.

use std::collections::HashSet;

use serde::Serialize;
use utoipa::ToSchema;

use crate::model::{Correction, CorrectionAct, Customer, CustomerId, Moved, Parent, Part, Problem, ProblemClass};
use crate::store::{CorrectionFilter, CustomerSummary};
use crate::text::words::fold;

use super::App;
use super::people::given_name;
use super::previews::SimilarCustomer;

/// A customer with what belongs to it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CustomerView {
    /// The customer, with its counts.
    pub summary: CustomerSummary,
    /// What it belongs to.
    pub parent: Option<Belonging>,
    /// What belongs to it: companies of the group, units of the company.
    pub parts: Vec<Belonging>,
    /// The other ways to write its name.
    pub aliases: Vec<String>,
}

/// A customer, and as what one of the two belongs to the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Belonging {
    /// The other customer.
    pub customer: Customer,
    /// As what the smaller one belongs to the larger.
    pub part: Part,
}

/// Two customers that may be one.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CustomerProposal {
    /// The one with more meetings.
    pub one: Customer,
    /// The other.
    pub other: Customer,
    /// Jaro-Winkler likeness of the folded names, 0 to 1.
    pub likeness: f64,
}

/// Two names are much alike from this Jaro-Winkler likeness on.
const ALIKE: f64 = 0.86;
/// Two customers are proposed as one from this Damerau-Levenshtein likeness on, besides: a common beginning is not enough.
const PROPOSED: f64 = 0.75;

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

    /// A customer with what belongs to it, the other ways to write its name, and what it belongs to.
    ///
    /// # Errors
    /// `customer_not_found`.
    pub fn customer_view(&self, id: CustomerId) -> Result<CustomerView, Problem> {
        let id = self.customer_there(id)?.id;
        let all = self.store.customers()?;
        let at = |id: CustomerId| all.iter().find(|row| row.customer.id == id);
        let summary = at(id).cloned().ok_or_else(|| not_found(&id.to_string(), &[]))?;
        let parent = summary
            .parent
            .and_then(|parent| Some(Belonging { customer: at(parent.customer)?.customer.clone(), part: parent.part }));
        let parts = all
            .iter()
            .filter_map(|row| {
                let parent = row.parent.filter(|parent| parent.customer == id)?;
                Some(Belonging { customer: row.customer.clone(), part: parent.part })
            })
            .collect();
        Ok(CustomerView { parent, parts, aliases: self.store.aliases(id)?, summary })
    }

    /// Pairs of customers whose names are so much alike that they may be one.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn customer_proposals(&self) -> Result<Vec<CustomerProposal>, Problem> {
        let all = self.store.customers()?;
        let keys: Vec<String> = all.iter().map(|row| fold(&row.customer.name)).collect();
        let apart: HashSet<(CustomerId, CustomerId)> = self
            .store
            .corrections(&CorrectionFilter::default())?
            .iter()
            .filter(|one| !one.undone)
            .filter_map(|one| match one.act {
                CorrectionAct::CustomersKeptApart { one, other } => Some(pair(one, other)),
                _ => None,
            })
            .collect();
        let mut proposals = Vec::new();
        for (at, one) in all.iter().enumerate() {
            for (behind, other) in all.iter().enumerate().skip(at + 1) {
                let (left, right) = (&keys[at], &keys[behind]);
                let likeness = strsim::jaro_winkler(left, right);
                let related = one.parent.is_some_and(|parent| parent.customer == other.customer.id)
                    || other.parent.is_some_and(|parent| parent.customer == one.customer.id);
                let alike = likeness >= ALIKE && strsim::normalized_damerau_levenshtein(left, right) >= PROPOSED;
                if !alike || related || apart.contains(&pair(one.customer.id, other.customer.id)) {
                    continue;
                }
                let (more, less) = if one.meetings >= other.meetings { (one, other) } else { (other, one) };
                let (one, other) = (more.customer.clone(), less.customer.clone());
                proposals.push(CustomerProposal { one, other, likeness });
            }
        }
        proposals.sort_by(|one, other| other.likeness.total_cmp(&one.likeness));
        Ok(proposals)
    }

    /// Gives a customer another name; the one before leads to it from then on.
    ///
    /// # Errors
    /// `customer_not_found`; `name_empty`; `name_too_long`; `customer_exists` where the name is another's.
    pub fn rename_customer(&self, id: CustomerId, name: &str) -> Result<Correction, Problem> {
        let before = self.customer_there(id)?;
        let after = given_name(name)?;
        let act = CorrectionAct::CustomerRenamed { customer: before.id, before: before.name, after };
        self.correct(act, &[])
    }

    /// Adds another way to write a customer's name.
    ///
    /// # Errors
    /// `customer_not_found`; `name_empty`; `name_too_long`; `customer_exists` where the name leads somewhere already.
    pub fn add_alias(&self, id: CustomerId, alias: &str) -> Result<Correction, Problem> {
        let customer = self.customer_there(id)?.id;
        self.correct(CorrectionAct::AliasAdded { customer, alias: given_name(alias)? }, &[])
    }

    /// Takes away another way to write a customer's name.
    ///
    /// # Errors
    /// `customer_not_found`; `correction_overtaken` where it is none.
    pub fn remove_alias(&self, id: CustomerId, alias: &str) -> Result<Correction, Problem> {
        let customer = self.customer_there(id)?.id;
        self.correct(CorrectionAct::AliasRemoved { customer, alias: given_name(alias)? }, &[])
    }

    /// Says what a customer belongs to, or that it belongs to nothing.
    ///
    /// # Errors
    /// `customer_not_found`; `group_in_circle`.
    pub fn set_parent(&self, id: CustomerId, parent: Option<(CustomerId, Part)>) -> Result<Correction, Problem> {
        let customer = self.customer_there(id)?.id;
        let before = self.store.parent(customer)?;
        let after = match parent {
            None => None,
            Some((group, part)) => Some(Parent { customer: self.customer_there(group)?.id, part }),
        };
        self.correct(CorrectionAct::ParentSet { customer, before, after }, &[])
    }

    /// Says that two customers are one: the meetings, people and entries of `from` go to `into`, and its name leads there.
    ///
    /// # Errors
    /// `customer_not_found`; `same_customer`.
    pub fn merge_customers(&self, from: CustomerId, into: CustomerId) -> Result<Correction, Problem> {
        let (from, into) = (self.customer_there(from)?.id, self.customer_there(into)?.id);
        if from == into {
            return Err(same_customer());
        }
        self.correct(CorrectionAct::CustomersMerged { from, into, moved: Moved::default() }, &[])
    }

    /// Says that two customers with names alike are two: it is not proposed again.
    ///
    /// # Errors
    /// `customer_not_found`; `same_customer`.
    pub fn keep_customers_apart(&self, one: CustomerId, other: CustomerId) -> Result<Correction, Problem> {
        let (one, other) = (self.customer_there(one)?.id, self.customer_there(other)?.id);
        if one == other {
            return Err(same_customer());
        }
        self.correct(CorrectionAct::CustomersKeptApart { one, other }, &[])
    }

    /// The customer of this identity, or the one that it was merged into.
    pub(super) fn customer_there(&self, id: CustomerId) -> Result<Customer, Problem> {
        let customer = self.customer(id)?;
        Ok(self.store.customer_by_name(&customer.name)?.unwrap_or(customer))
    }

    /// Other customers with names much like this one, the most alike first.
    pub(super) fn customers_like(&self, name: &str) -> Result<Vec<SimilarCustomer>, Problem> {
        let key = fold(name);
        let mut alike: Vec<SimilarCustomer> = self
            .store
            .customers()?
            .into_iter()
            .map(|row| SimilarCustomer {
                likeness: strsim::jaro_winkler(&fold(&row.customer.name), &key),
                customer: row.customer,
            })
            .filter(|similar| similar.likeness >= ALIKE && fold(&similar.customer.name) != key)
            .collect();
        alike.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then_with(|| a.customer.name.cmp(&b.customer.name)));
        Ok(alike)
    }

    /// Other customers whose names are much like this one: perhaps the same organisation.
    pub(super) fn similar_customers(&self, name: &str) -> Result<Vec<String>, Problem> {
        Ok(self.customers_like(name)?.into_iter().map(|similar| similar.customer.name).collect())
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

fn pair(one: CustomerId, other: CustomerId) -> (CustomerId, CustomerId) {
    if one <= other { (one, other) } else { (other, one) }
}

pub(super) fn same_customer() -> Problem {
    Problem::new("same_customer", ProblemClass::Conflict, "Ya es el mismo cliente.", "It is the same customer already.")
        .hint("Elija otro cliente.", "Choose another customer.")
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
