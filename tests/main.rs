//! Every test of the house, in one program. A line here names a file or a folder beside this one.

mod api;
mod app;
mod browser;
mod cli;
mod context;
mod crash;
mod docs;
mod fixtures;
mod floor_plan;
mod formats;
mod lexicon;
mod search;
mod store;
mod suggest;
mod support;
mod text;
mod tidy;
mod web;
