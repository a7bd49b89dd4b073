//! The programs' face: each address, each error shape, what stands around every answer.

mod customers;
mod entries;
mod headers;
mod imports;
mod maps;
mod meetings;
mod openapi;
mod people;
mod problems;
mod search;
mod status;
mod suggestions;
mod trust;
