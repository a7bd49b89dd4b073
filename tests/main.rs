mod lexicon;
mod text;
