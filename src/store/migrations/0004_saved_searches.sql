-- Searches that people keep. `seen_at` is when somebody last looked at one: what came in later is new.

CREATE TABLE saved_searches (
    workspace BLOB NOT NULL REFERENCES workspaces (id),
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    PRIMARY KEY (workspace, id)
) STRICT;
