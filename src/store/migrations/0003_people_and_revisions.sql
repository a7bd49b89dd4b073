-- People across meetings, customers that belong together, revisions of a meeting, and what a person put right.

-- What a customer belongs to, and the customer that this one turned out to be: a merged row stays, so that its name leads
-- to the one that it was merged into.
ALTER TABLE customers ADD COLUMN parent BLOB;
ALTER TABLE customers ADD COLUMN part TEXT;
ALTER TABLE customers ADD COLUMN merged_into BLOB;

CREATE TABLE customer_aliases (
    workspace BLOB NOT NULL,
    folded_alias TEXT NOT NULL,
    alias TEXT NOT NULL,
    customer BLOB NOT NULL,
    PRIMARY KEY (workspace, folded_alias),
    FOREIGN KEY (workspace, customer) REFERENCES customers (workspace, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX customer_aliases_by_customer ON customer_aliases (workspace, customer);

-- `name` is the label of the files; what people call the person, where it differs, is `shown_name`. A merged row stays:
-- it is the label by which the person is met again.
ALTER TABLE people ADD COLUMN shown_name TEXT;
ALTER TABLE people ADD COLUMN role TEXT;
ALTER TABLE people ADD COLUMN merged_into BLOB;

CREATE INDEX people_by_merged ON people (workspace, merged_into);

-- An earlier revision is a meeting of its own that no list shows; `revision_of` is the meeting that people know.
-- `source_at` is when its source came in, where that is not the moment of the meeting's first import.
ALTER TABLE meetings ADD COLUMN revision_of BLOB;
ALTER TABLE meetings ADD COLUMN source_at TEXT;

CREATE INDEX meetings_by_revision ON meetings (workspace, revision_of);

-- The MinHash signature of a meeting's words, to find another transcript of the same meeting without reading any text.
CREATE TABLE signatures (
    workspace BLOB NOT NULL,
    meeting BLOB NOT NULL,
    shingles INTEGER NOT NULL,
    hashes BLOB NOT NULL,
    PRIMARY KEY (workspace, meeting),
    FOREIGN KEY (workspace, meeting) REFERENCES meetings (workspace, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX signatures_by_size ON signatures (workspace, shingles);

-- A suggestion that cita no longer makes (its speaker changed sides) but that a person has decided on: the decision stays.
ALTER TABLE suggestions ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0;

-- The number of the decision on an earlier revision that this one carries on.
ALTER TABLE decisions ADD COLUMN carried_from INTEGER;

-- Accepted quotes whose words are not in the newest revision, and which a person wants to keep all the same.
CREATE TABLE kept_quotes (
    workspace BLOB NOT NULL,
    suggestion BLOB NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (workspace, suggestion),
    FOREIGN KEY (workspace, suggestion) REFERENCES suggestions (workspace, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Corrections are only ever added. An undo names the correction that it takes back, and each can be taken back once.
CREATE TABLE corrections (
    workspace BLOB NOT NULL,
    seq INTEGER NOT NULL,
    id BLOB NOT NULL,
    details TEXT NOT NULL,
    at TEXT NOT NULL,
    undoes INTEGER,
    PRIMARY KEY (workspace, seq),
    UNIQUE (workspace, id),
    UNIQUE (workspace, undoes)
) STRICT;

CREATE TRIGGER corrections_stay_as_made BEFORE UPDATE ON corrections
BEGIN
    SELECT RAISE(ABORT, 'corrections are only ever added');
END;

-- What a correction is about, so that its history is found from there.
CREATE TABLE correction_subjects (
    workspace BLOB NOT NULL,
    subject BLOB NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (workspace, subject, seq),
    FOREIGN KEY (workspace, seq) REFERENCES corrections (workspace, seq) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Requests that carry a key are answered once: `request` is the hash of what was asked. The row goes with its meeting.
CREATE TABLE request_keys (
    workspace BLOB NOT NULL,
    key TEXT NOT NULL,
    request TEXT NOT NULL,
    meeting BLOB,
    outcome TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (workspace, key),
    FOREIGN KEY (workspace, meeting) REFERENCES meetings (workspace, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX request_keys_by_meeting ON request_keys (workspace, meeting);
