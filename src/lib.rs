//! cita turns client meetings into evidence.
//!
//! The rooms stand on floors and import downwards only (`tests/floor_plan.rs` holds the table): `model`, `config`, then
//! `text`, `formats`, `lexicon`, `context`, then `suggest`, `documents`, `export`, then `store`, `search`, then `app`,
//! then the faces `api` and `web`, then `server`, then `cli`. ARCHITECTURE.md tells what each room is for.

pub mod api;
pub mod app;
pub mod cli;
pub mod config;
pub mod context;
pub mod documents;
pub mod export;
pub mod formats;
pub mod lexicon;
pub mod model;
pub mod search;
pub mod server;
pub mod store;
pub mod suggest;
pub mod text;
pub mod web;
