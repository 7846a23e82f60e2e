-- Keys that texts share which share most of their runs of words.
CREATE TABLE report_key (
  key    INTEGER NOT NULL,
  report TEXT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  PRIMARY KEY (key, report)
) WITHOUT ROWID;
CREATE INDEX report_key_report ON report_key (report);
