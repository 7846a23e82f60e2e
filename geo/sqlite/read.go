package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"time"

	"dateline/geo"
)

// Incident by id.
func (s *Store) Incident(ctx context.Context, id string) (geo.Incident, error) {
	return incidentByID(ctx, s.read, id)
}

func incidentByID(ctx context.Context, q querier, id string) (geo.Incident, error) {
	var i geo.Incident
	var body string
	err := q.QueryRowContext(ctx, "SELECT body FROM incident WHERE id = ?", id).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return i, fmt.Errorf("incident %q: %w", id, geo.ErrNotFound)
	}
	if err != nil {
		return i, err
	}
	return i, json.Unmarshal([]byte(body), &i)
}

func incidentsWhere(ctx context.Context, q querier, where string, args ...any) ([]geo.Incident, error) {
	rows, err := q.QueryContext(ctx, "SELECT body FROM incident WHERE "+where+" ORDER BY id", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	incidents := []geo.Incident{}
	for rows.Next() {
		i, err := scanIncident(rows)
		if err != nil {
			return nil, err
		}
		incidents = append(incidents, i)
	}
	return incidents, rows.Err()
}

func scanIncident(rows *sql.Rows) (geo.Incident, error) {
	var i geo.Incident
	var body sql.RawBytes
	if err := rows.Scan(&body); err != nil {
		return i, err
	}
	return i, i.UnmarshalJSON(body)
}

// IncidentsOf lists the incidents that name a report, by id.
func (s *Store) IncidentsOf(ctx context.Context, report string) ([]geo.Incident, error) {
	return incidentsOf(ctx, s.read, report)
}

func incidentsOf(ctx context.Context, q querier, report string) ([]geo.Incident, error) {
	return incidentsWhere(ctx, q, "n IN (SELECT n FROM value WHERE field = 'report' AND value = ?)", geo.FoldText(report))
}

const reportColumns = "r.id, r.version, r.sha256, r.title, r.author, r.publisher, r.url, r.published, r.country, r.home, r.added"

// Report by id, at its newest version.
func (s *Store) Report(ctx context.Context, id string) (geo.Report, error) {
	return reportByID(ctx, s.read, id)
}

func reportByID(ctx context.Context, q querier, id string) (geo.Report, error) {
	row := q.QueryRowContext(ctx, "SELECT "+reportColumns+", v.text FROM report r JOIN report_version v ON v.report = r.id AND v.version = r.version WHERE r.id = ?", id)
	r, err := scanReport(row.Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return r, fmt.Errorf("report %q: %w", id, geo.ErrNotFound)
	}
	return r, err
}

// ReportVersion is the report with the text of one of its versions.
func (s *Store) ReportVersion(ctx context.Context, id string, version int) (geo.Report, error) {
	row := s.read.QueryRowContext(ctx, `SELECT r.id, v.version, v.sha256, r.title, r.author, r.publisher, r.url, r.published, r.country, r.home, v.added, v.text
		FROM report r JOIN report_version v ON v.report = r.id WHERE r.id = ? AND v.version = ?`, id, version)
	r, err := scanReport(row.Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return r, fmt.Errorf("version %d of report %q: %w", version, id, geo.ErrNotFound)
	}
	return r, err
}

func scanReport(scan func(...any) error) (geo.Report, error) {
	var r geo.Report
	var added string
	err := scan(&r.ID, &r.Version, &r.SHA256, &r.Title, &r.Author, &r.Publisher, &r.URL, &r.Published, &r.Country, &r.Home, &added, &r.Text)
	if err != nil {
		return r, err
	}
	r.Added, err = time.Parse(time.RFC3339, added)
	return r, err
}

// Reports lists the reports, newest first, after the one with the id after.
func (s *Store) Reports(ctx context.Context, limit int, after string) iter.Seq2[geo.Report, error] {
	return stream(ctx, s.read, func(rows *sql.Rows) (geo.Report, error) { return scanReport(rows.Scan) },
		"SELECT "+reportColumns+`, v.text FROM report r JOIN report_version v ON v.report = r.id AND v.version = r.version
		WHERE ?1 = '' OR r.n < (SELECT n FROM report WHERE id = ?1) ORDER BY r.n DESC LIMIT ?2`, after, limitOrAll(limit))
}

func limitOrAll(limit int) int {
	if limit <= 0 {
		return -1
	}
	return limit
}

// stream makes a sequence of a query's rows; an error ends it.
func stream[T any](ctx context.Context, q querier, scan func(*sql.Rows) (T, error), query string, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		rows, err := q.QueryContext(ctx, query, args...)
		if err != nil {
			yield(none, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			one, err := scan(rows)
			if !yield(one, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(none, err)
		}
	}
}

// changeColumns of the table revision r: an empty body stands for the incident
// as it is.
const changeColumns = "r.seq, CASE r.body WHEN '' THEN (SELECT i.body FROM incident i WHERE i.id = r.incident) ELSE r.body END, r.by_whom, r.why, r.at"

// Changes streams every revision after since, oldest first.
func (s *Store) Changes(ctx context.Context, since int64) iter.Seq2[geo.Change, error] {
	return stream(ctx, s.read, scanChange, "SELECT "+changeColumns+" FROM revision r WHERE r.seq > ? ORDER BY r.seq", since)
}

// LastSeq is the number of the newest change, 0 where there is none.
func (s *Store) LastSeq(ctx context.Context) (seq int64, err error) {
	err = s.read.QueryRowContext(ctx, "SELECT coalesce(max(seq), 0) FROM revision").Scan(&seq)
	return seq, err
}

func scanChange(rows *sql.Rows) (geo.Change, error) {
	var c geo.Change
	var body, at string
	if err := rows.Scan(&c.Seq, &body, &c.By, &c.Why, &at); err != nil {
		return c, err
	}
	if err := json.Unmarshal([]byte(body), &c.Incident); err != nil {
		return c, err
	}
	var err error
	c.At, err = time.Parse(time.RFC3339, at)
	return c, err
}

// Revisions of an incident, oldest first.
func (s *Store) Revisions(ctx context.Context, id string) ([]geo.Change, error) {
	var all []geo.Change
	for c, err := range stream(ctx, s.read, scanChange, "SELECT "+changeColumns+" FROM revision r WHERE r.incident = ? ORDER BY r.seq", id) {
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("incident %q: %w", id, geo.ErrNotFound)
	}
	return all, nil
}
