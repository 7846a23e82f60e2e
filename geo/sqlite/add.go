package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"dateline/geo"
)

// Add keeps a report and the incidents read from it, in one transaction.
func (s *Store) Add(ctx context.Context, sub geo.Submission) (geo.Added, error) {
	if err := checkSubmission(sub); err != nil {
		return geo.Added{}, err
	}
	var added geo.Added
	err := s.update(ctx, func(tx *sql.Tx) error {
		a := adding{tx: tx, change: change{sub.By, sub.Why, s.timestamp()}}
		var err error
		added, err = a.submission(ctx, sub)
		return err
	})
	return added, err
}

func checkSubmission(sub geo.Submission) error {
	if err := sub.Report.Check(); err != nil {
		return err
	}
	seen := map[string]bool{}
	for k := range sub.Incidents {
		i := &sub.Incidents[k]
		err := checkIncident(i)
		if err == nil && seen[i.ID] {
			err = geo.Invalid("id", "%q is that of another incident of the report", i.ID)
		}
		if err != nil {
			return fmt.Errorf("incident %d: %w", k+1, err)
		}
		seen[i.ID] = true
	}
	return nil
}

func checkIncident(i *geo.Incident) error {
	if i.ID == "" {
		return geo.Invalid("id", "it is empty")
	}
	return i.Check()
}

// adding is one Add under way.
type adding struct {
	tx     *sql.Tx
	change change
}

func (a adding) submission(ctx context.Context, sub geo.Submission) (geo.Added, error) {
	r := sub.Report
	r.SHA256 = geo.TextSHA256(r.Text)
	var existing string
	err := a.tx.QueryRowContext(ctx, "SELECT report FROM report_version WHERE sha256 = ?", r.SHA256).Scan(&existing)
	if err == nil {
		return a.existing(ctx, existing)
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return geo.Added{}, err
	}
	if r.ID == "" {
		r.ID = geo.ReportID(r.Text)
	}
	if r, err = a.report(ctx, r); err != nil {
		return geo.Added{}, fmt.Errorf("write report: %w", err)
	}
	if err := a.keys(ctx, r.ID, sub.Keys); err != nil {
		return geo.Added{}, fmt.Errorf("write the report's keys: %w", err)
	}
	out := geo.Added{Report: r, Incidents: make([]geo.Incident, 0, len(sub.Incidents))}
	for _, i := range sub.Incidents {
		kept, err := a.incident(ctx, r, i)
		if err != nil {
			return out, err
		}
		out.Incidents = append(out.Incidents, kept)
	}
	return out, nil
}

func (a adding) existing(ctx context.Context, id string) (geo.Added, error) {
	r, err := reportByID(ctx, a.tx, id)
	if err != nil {
		return geo.Added{}, err
	}
	incidents, err := incidentsOf(ctx, a.tx, id)
	return geo.Added{Report: r, Incidents: incidents, Existing: true}, err
}

// report writes a new report, or a new version of one that is there, whose
// metadata stay where the new ones are empty.
func (a adding) report(ctx context.Context, r geo.Report) (geo.Report, error) {
	at, added := a.change.at.Format(time.RFC3339), ""
	err := a.tx.QueryRowContext(ctx, `
		INSERT INTO report (id, version, sha256, title, author, publisher, url, published, country, home, added)
		VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET version = version + 1, sha256 = excluded.sha256,
			title = coalesce(nullif(excluded.title, ''), title), author = coalesce(nullif(excluded.author, ''), author),
			publisher = coalesce(nullif(excluded.publisher, ''), publisher),
			url = coalesce(nullif(excluded.url, ''), url), published = coalesce(nullif(excluded.published, ''), published),
			country = coalesce(nullif(excluded.country, ''), country), home = coalesce(nullif(excluded.home, ''), home)
		RETURNING version, title, author, publisher, url, published, country, home, added`,
		r.ID, r.SHA256, r.Title, r.Author, r.Publisher, r.URL, string(r.Published), r.Country, r.Home, at).Scan(
		&r.Version, &r.Title, &r.Author, &r.Publisher, &r.URL, &r.Published, &r.Country, &r.Home, &added)
	if err != nil {
		return r, err
	}
	if r.Added, err = time.Parse(time.RFC3339, added); err != nil {
		return r, err
	}
	_, err = a.tx.ExecContext(ctx, "INSERT INTO report_version (report, version, sha256, text, added) VALUES (?, ?, ?, ?, ?)",
		r.ID, r.Version, r.SHA256, r.Text, at)
	return r, err
}

// incident writes one that was read: new, or over the one of the same id, of
// which what a person set stays.
func (a adding) incident(ctx context.Context, r geo.Report, i geo.Incident) (geo.Incident, error) {
	i.Revision, i.Created = 1, time.Time{}
	i.Reports = joinReports(i.Reports, []geo.ReportRef{r.Ref()})
	i.Quotes = slices.Clone(i.Quotes)
	for k := range i.Quotes {
		if i.Quotes[k].Report == r.ID {
			i.Quotes[k].Version = r.Version
		}
	}
	before, err := incidentByID(ctx, a.tx, i.ID)
	if err == nil {
		i, err = reread(r.ID, before, i)
	} else if errors.Is(err, geo.ErrNotFound) {
		err = nil
	}
	if err != nil {
		return i, err
	}
	return i, writeIncident(ctx, a.tx, &i, a.change)
}
