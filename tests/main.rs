mod context;
mod lexicon;
mod store;
mod suggest;
