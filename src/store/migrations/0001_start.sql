-- Everything that cita knows. Every key begins with the workspace. Identities are 16 bytes, times RFC 3339 in UTC, dates
-- ISO 8601, small closed sets of words their public codes, nested parts JSON in the public shape.

CREATE TABLE workspaces (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    last_change INTEGER NOT NULL DEFAULT 0,
    last_decision INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE customers (
    workspace BLOB NOT NULL REFERENCES workspaces (id),
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    standing TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (workspace, id),
    UNIQUE (workspace, folded_name)
) STRICT;

CREATE TABLE people (
    workspace BLOB NOT NULL,
    id BLOB NOT NULL,
    customer BLOB NOT NULL,
    name TEXT NOT NULL,
    side TEXT NOT NULL,
    side_source TEXT NOT NULL,
    PRIMARY KEY (workspace, id),
    UNIQUE (workspace, customer, name),
    FOREIGN KEY (workspace, customer) REFERENCES customers (workspace, id)
) STRICT;

CREATE TABLE meetings (
    workspace BLOB NOT NULL,
    id BLOB NOT NULL,
    customer BLOB NOT NULL,
    title TEXT NOT NULL,
    date TEXT,
    file_name TEXT NOT NULL,
    source TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    format TEXT NOT NULL,
    encoding TEXT NOT NULL,
    created_at TEXT NOT NULL,
    turns INTEGER NOT NULL,
    utterances INTEGER NOT NULL,
    spanish INTEGER NOT NULL,
    english INTEGER NOT NULL,
    mixed INTEGER NOT NULL,
    other_language INTEGER NOT NULL,
    PRIMARY KEY (workspace, id),
    UNIQUE (workspace, source),
    FOREIGN KEY (workspace, customer) REFERENCES customers (workspace, id)
) STRICT;

-- The absent date is the empty text here, so that "newest first, undated last" is one backward walk of the index.
CREATE INDEX meetings_by_date ON meetings (workspace, coalesce(date, ''), created_at, id);
CREATE INDEX meetings_by_customer ON meetings (workspace, customer, coalesce(date, ''), created_at, id);

CREATE TABLE transcripts (
    workspace BLOB NOT NULL,
    meeting BLOB NOT NULL,
    text TEXT NOT NULL,
    facts TEXT NOT NULL,
    report TEXT NOT NULL,
    PRIMARY KEY (workspace, meeting),
    FOREIGN KEY (workspace, meeting) REFERENCES meetings (workspace, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE speakers (
    workspace BLOB NOT NULL,
    meeting BLOB NOT NULL,
    ordinal INTEGER NOT NULL,
    label TEXT NOT NULL,
    side TEXT NOT NULL,
    side_source TEXT NOT NULL,
    person BLOB,
    PRIMARY KEY (workspace, meeting, ordinal),
    FOREIGN KEY (workspace, meeting) REFERENCES meetings (workspace, id) ON DELETE CASCADE,
    FOREIGN KEY (workspace, person) REFERENCES people (workspace, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX speakers_by_person ON speakers (workspace, person);

CREATE TABLE turns (
    workspace BLOB NOT NULL,
    meeting BLOB NOT NULL,
    ordinal INTEGER NOT NULL,
    speaker INTEGER,
    start_ms INTEGER,
    end_ms INTEGER,
    nature TEXT NOT NULL,
    pieces TEXT NOT NULL,
    PRIMARY KEY (workspace, meeting, ordinal),
    FOREIGN KEY (workspace, meeting) REFERENCES meetings (workspace, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE utterances (
    workspace BLOB NOT NULL,
    meeting BLOB NOT NULL,
    ordinal INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    language TEXT NOT NULL,
    mixed REAL NOT NULL,
    switches TEXT NOT NULL,
    pieces TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (workspace, meeting, ordinal),
    FOREIGN KEY (workspace, meeting, turn) REFERENCES turns (workspace, meeting, ordinal) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX utterances_by_turn ON utterances (workspace, meeting, turn);

CREATE TABLE suggestions (
    workspace BLOB NOT NULL,
    id BLOB NOT NULL,
    meeting BLOB NOT NULL,
    place INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    utterance INTEGER NOT NULL,
    kind TEXT NOT NULL,
    concept TEXT NOT NULL,
    score REAL NOT NULL,
    side TEXT NOT NULL,
    language TEXT NOT NULL,
    intensity TEXT NOT NULL,
    state TEXT NOT NULL,
    reject_reason TEXT,
    text TEXT NOT NULL,
    pieces TEXT NOT NULL,
    label_es TEXT NOT NULL,
    label_en TEXT NOT NULL,
    marks TEXT NOT NULL,
    terms TEXT NOT NULL,
    quantities TEXT NOT NULL,
    reasons TEXT NOT NULL,
    PRIMARY KEY (workspace, id),
    FOREIGN KEY (workspace, meeting, utterance) REFERENCES utterances (workspace, meeting, ordinal) ON DELETE CASCADE
) STRICT;

CREATE UNIQUE INDEX suggestions_by_place ON suggestions (workspace, meeting, place);
CREATE INDEX suggestions_by_utterance ON suggestions (workspace, meeting, utterance);
CREATE INDEX suggestions_by_meeting_state ON suggestions (workspace, meeting, state, kind);
CREATE INDEX suggestions_by_score ON suggestions (workspace, state, score DESC, meeting, place);
CREATE INDEX suggestions_by_kind ON suggestions (workspace, kind, state, score DESC, meeting, place);
CREATE INDEX suggestions_by_concept ON suggestions (workspace, concept, state);

-- Decisions are only ever added. An undo names the decision that it takes back, and each can be taken back once: what
-- stands is what no undo names.
CREATE TABLE decisions (
    workspace BLOB NOT NULL,
    seq INTEGER NOT NULL,
    id BLOB NOT NULL,
    suggestion BLOB NOT NULL,
    act TEXT NOT NULL CHECK (act IN ('accept', 'reject', 'undo')),
    details TEXT NOT NULL,
    at TEXT NOT NULL,
    undoes INTEGER,
    PRIMARY KEY (workspace, seq),
    UNIQUE (workspace, id),
    UNIQUE (workspace, undoes),
    CHECK ((act = 'undo') = (undoes IS NOT NULL)),
    FOREIGN KEY (workspace, suggestion) REFERENCES suggestions (workspace, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX decisions_by_suggestion ON decisions (workspace, suggestion, seq);

CREATE TRIGGER decisions_stay_as_made BEFORE UPDATE ON decisions
BEGIN
    SELECT RAISE(ABORT, 'decisions are only ever added');
END;

CREATE TABLE entries (
    workspace BLOB NOT NULL,
    id BLOB NOT NULL,
    customer BLOB NOT NULL,
    kind TEXT NOT NULL,
    concept TEXT NOT NULL,
    statement_es TEXT NOT NULL,
    statement_en TEXT NOT NULL,
    worded INTEGER NOT NULL CHECK (worded IN (0, 1)),
    created_at TEXT NOT NULL,
    PRIMARY KEY (workspace, id),
    FOREIGN KEY (workspace, customer) REFERENCES customers (workspace, id)
) STRICT;

CREATE INDEX entries_by_customer ON entries (workspace, customer, created_at, id);
-- Quotes accepted as proposed gather in one entry.
CREATE UNIQUE INDEX entries_unworded ON entries (workspace, customer, kind, concept) WHERE worded = 0;

CREATE TABLE entry_quotes (
    workspace BLOB NOT NULL,
    suggestion BLOB NOT NULL,
    entry BLOB NOT NULL,
    place INTEGER NOT NULL,
    meeting BLOB NOT NULL,
    text TEXT NOT NULL,
    pieces TEXT NOT NULL,
    turn INTEGER NOT NULL,
    utterance INTEGER NOT NULL,
    speaker TEXT,
    side TEXT NOT NULL,
    intensity TEXT NOT NULL,
    PRIMARY KEY (workspace, suggestion),
    FOREIGN KEY (workspace, suggestion) REFERENCES suggestions (workspace, id) ON DELETE CASCADE,
    FOREIGN KEY (workspace, entry) REFERENCES entries (workspace, id),
    FOREIGN KEY (workspace, meeting) REFERENCES meetings (workspace, id) ON DELETE CASCADE
) STRICT;

CREATE UNIQUE INDEX entry_quotes_by_entry ON entry_quotes (workspace, entry, place);
CREATE INDEX entry_quotes_by_meeting ON entry_quotes (workspace, meeting);

-- The outbox of the search index: the newest change of each meeting, numbered without gaps in time.
CREATE TABLE changes (
    workspace BLOB NOT NULL,
    seq INTEGER NOT NULL,
    meeting BLOB NOT NULL,
    removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
    PRIMARY KEY (workspace, seq),
    UNIQUE (workspace, meeting)
) STRICT, WITHOUT ROWID;

-- Originals that no meeting vouches for: on their way in, or on their way out. A start takes away what is left here.
CREATE TABLE loose_originals (
    workspace BLOB NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (workspace, source)
) STRICT, WITHOUT ROWID;
