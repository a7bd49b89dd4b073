//! What surrounds a span of text; one file per rule.
