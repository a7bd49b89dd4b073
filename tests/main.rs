mod context;
mod lexicon;
mod store;
mod text;
mod suggest;
