package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"dateline/geo"
)

// Add keeps a report and the incidents read from it, in one transaction.
func (s *Store) Add(ctx context.Context, sub geo.Submission) (geo.Added, error) {
	if err := sub.Report.Check(); err != nil {
		return geo.Added{}, err
	}
	for k := range sub.Incidents {
		if err := sub.Incidents[k].Check(); err != nil {
			return geo.Added{}, fmt.Errorf("incident %d: %w", k+1, err)
		}
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

// report writes a new report, or a new version of one that is there.
func (a adding) report(ctx context.Context, r geo.Report) (geo.Report, error) {
	at := a.change.at.Format(time.RFC3339)
	err := a.tx.QueryRowContext(ctx, `
		INSERT INTO report (id, version, sha256, title, publisher, url, published, country, home, added)
		VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET version = version + 1, sha256 = excluded.sha256, title = excluded.title,
			publisher = excluded.publisher, url = excluded.url, published = excluded.published, country = excluded.country,
			home = excluded.home
		RETURNING version`,
		r.ID, r.SHA256, r.Title, r.Publisher, r.URL, string(r.Published), r.Country, r.Home, at).Scan(&r.Version)
	if err != nil {
		return r, err
	}
	r.Added = a.change.at
	_, err = a.tx.ExecContext(ctx, "INSERT INTO report_version (report, version, sha256, text, added) VALUES (?, ?, ?, ?, ?)",
		r.ID, r.Version, r.SHA256, r.Text, at)
	return r, err
}

// incident writes one that was read: new, or over the one of the same id, of
// which what a person set stays.
func (a adding) incident(ctx context.Context, r geo.Report, i geo.Incident) (geo.Incident, error) {
	i.Revision, i.Created = 1, time.Time{}
	i.Reports = joinReports([]geo.ReportRef{r.Ref()}, i.Reports)
	for k := range i.Quotes {
		if i.Quotes[k].Report == r.ID {
			i.Quotes[k].Version = r.Version
		}
	}
	before, err := incidentByID(ctx, a.tx, i.ID)
	if err == nil {
		i, err = reread(before, i)
	} else if errors.Is(err, geo.ErrNotFound) {
		err = nil
	}
	if err != nil {
		return i, err
	}
	return i, writeIncident(ctx, a.tx, &i, a.change)
}

// RemovePublisher takes out a publisher's reports and the incidents that no
// other report tells, with their histories. Each leaves one last revision that
// says it is retracted, so that open pages learn of it.
func (s *Store) RemovePublisher(ctx context.Context, publisher string) (reports, incidents int, err error) {
	err = s.update(ctx, func(tx *sql.Tx) error {
		alone, err := toldByAlone(ctx, tx, publisher)
		if err != nil {
			return err
		}
		for _, i := range alone {
			if err := removeIncident(ctx, tx, i, s.timestamp()); err != nil {
				return fmt.Errorf("remove incident %s: %w", i.ID, err)
			}
		}
		incidents = len(alone)
		done, err := tx.ExecContext(ctx, "DELETE FROM report WHERE publisher = ?", publisher)
		if err != nil {
			return err
		}
		n, err := done.RowsAffected()
		reports = int(n)
		return err
	})
	return reports, incidents, err
}

// toldByAlone lists the incidents all of whose reports are of the publisher.
func toldByAlone(ctx context.Context, tx *sql.Tx, publisher string) ([]geo.Incident, error) {
	all, err := incidentsWhere(ctx, tx, "n IN (SELECT n FROM value WHERE field = 'publisher' AND value = ?)", geo.FoldText(publisher))
	if err != nil {
		return nil, err
	}
	var alone []geo.Incident
	for _, i := range all {
		others := false
		for _, r := range i.Reports {
			others = others || r.Publisher != publisher
		}
		if !others {
			alone = append(alone, i)
		}
	}
	return alone, nil
}

func removeIncident(ctx context.Context, tx *sql.Tx, i geo.Incident, at time.Time) error {
	for _, statement := range []string{
		"DELETE FROM word WHERE rowid = (SELECT n FROM incident WHERE id = ?)",
		"DELETE FROM box_tree WHERE id IN (SELECT id FROM box WHERE n = (SELECT n FROM incident WHERE id = ?))",
		"DELETE FROM revision WHERE incident = ?",
		"DELETE FROM incident WHERE id = ?",
	} {
		if _, err := tx.ExecContext(ctx, statement, i.ID); err != nil {
			return err
		}
	}
	last := geo.Incident{ID: i.ID, Type: i.Type, Status: geo.Retracted, Modality: i.Modality, Revision: i.Revision + 1, Created: i.Created, Updated: at}
	body, err := last.MarshalJSON()
	if err != nil {
		return err
	}
	return writeRevision(ctx, tx, i.ID, string(body), change{"dateline", "removed with its publisher", at})
}
