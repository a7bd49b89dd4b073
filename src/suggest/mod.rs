//! Hits and context become scored, merged, explained suggestions.
