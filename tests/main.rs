mod context;
mod lexicon;
mod search;
mod store;
mod suggest;
