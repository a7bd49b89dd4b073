//! The use cases: what a person can do, and what stays true whatever they do.

mod customers;
mod forgetting;
mod imports;
mod index;
mod once;
mod people;
mod reviewing;
mod revisions;
