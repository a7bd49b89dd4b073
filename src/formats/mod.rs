//! Bytes of a foreign file become a transcript and warnings; one file per format.
