//! Writes a document in a file format; one file per format.
