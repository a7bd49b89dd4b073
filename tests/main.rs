mod lexicon;
