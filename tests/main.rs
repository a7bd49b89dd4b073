mod lexicon;
mod store;
mod text;
