mod formats;
mod lexicon;
mod store;
mod text;
