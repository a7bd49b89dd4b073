mod lexicon;
mod store;
