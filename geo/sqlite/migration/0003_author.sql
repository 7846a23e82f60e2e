-- Who wrote a report.
ALTER TABLE report ADD COLUMN author TEXT NOT NULL DEFAULT '';
