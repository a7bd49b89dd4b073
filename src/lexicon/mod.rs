//! Checks lexicon files, compiles one matcher, finds hits.
