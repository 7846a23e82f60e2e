-- Reports with every version of their text.
CREATE TABLE report (
  n         INTEGER PRIMARY KEY,
  id        TEXT NOT NULL UNIQUE,
  version   INTEGER NOT NULL,
  sha256    TEXT NOT NULL,
  title     TEXT NOT NULL,
  publisher TEXT NOT NULL,
  url       TEXT NOT NULL,
  published TEXT NOT NULL,
  country   TEXT NOT NULL,
  home      TEXT NOT NULL,
  added     TEXT NOT NULL
);
CREATE INDEX report_publisher ON report (publisher);
CREATE TABLE report_version (
  report  TEXT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  sha256  TEXT NOT NULL UNIQUE,
  text    TEXT NOT NULL,
  added   TEXT NOT NULL,
  PRIMARY KEY (report, version)
) WITHOUT ROWID;

-- Incidents as they stand: the flat JSON, and what orders them.
CREATE TABLE incident (
  n         INTEGER PRIMARY KEY,
  id        TEXT NOT NULL UNIQUE,
  revision  INTEGER NOT NULL,
  body      TEXT NOT NULL,
  start_day TEXT,                    -- NULL: not stated
  end_day   TEXT,
  sort_day  TEXT NOT NULL,           -- the end, else the start, else empty
  updated   INTEGER NOT NULL         -- milliseconds since 1970, UTC
);
CREATE INDEX incident_day ON incident (sort_day DESC, id);
CREATE INDEX incident_updated ON incident (updated DESC, id);

-- Every change of an incident, in the order of commit.
CREATE TABLE revision (
  seq      INTEGER PRIMARY KEY AUTOINCREMENT,
  incident TEXT NOT NULL,
  body     TEXT NOT NULL,
  by_whom  TEXT NOT NULL,
  why      TEXT NOT NULL,
  at       TEXT NOT NULL
);
CREATE INDEX revision_incident ON revision (incident, seq);

-- What filters ask, by field: every value of every filterable field. Text is
-- folded in value and as written in raw.
CREATE TABLE value (
  field TEXT NOT NULL,
  value NOT NULL,
  n     INTEGER NOT NULL REFERENCES incident (n) ON DELETE CASCADE,
  raw   TEXT,
  PRIMARY KEY (field, value, n)
) WITHOUT ROWID;
CREATE INDEX value_incident ON value (n, field);

-- Boxes of places of role site, exact: the point of a pinned one (kind 0) and
-- what holds a located one (kind 1). box_tree finds them; it keeps 32-bit
-- numbers rounded outwards, so every find is confirmed here.
CREATE TABLE box (
  id    INTEGER PRIMARY KEY,
  n     INTEGER NOT NULL REFERENCES incident (n) ON DELETE CASCADE,
  kind  INTEGER NOT NULL,
  west  REAL NOT NULL,
  south REAL NOT NULL,
  east  REAL NOT NULL,
  north REAL NOT NULL
);
CREATE INDEX box_incident ON box (n);
CREATE VIRTUAL TABLE box_tree USING rtree (id, west, east, south, north);

-- The folded words of an incident, each as the hexadecimal of its UTF-8: so that
-- no tokenizer's idea of a letter comes between us and any script.
CREATE VIRTUAL TABLE word USING fts5 (hex, content = '', contentless_delete = 1, detail = 'none', tokenize = 'ascii');

CREATE TABLE token (
  name    TEXT PRIMARY KEY,
  hash    TEXT NOT NULL UNIQUE,
  created TEXT NOT NULL,
  revoked TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE session (
  hash    TEXT PRIMARY KEY,
  name    TEXT NOT NULL,
  expires TEXT NOT NULL
) WITHOUT ROWID;

-- fields: checksum of the table of fields that value, box and word were made by.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
