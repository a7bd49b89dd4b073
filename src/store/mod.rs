//! Keeps and fetches the nouns: the only truth.
