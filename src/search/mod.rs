//! Builds, queries and rebuilds the index; never the only copy of anything.
