package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"dateline/geo"
)

// Import keeps incidents in one transaction. Where many of them are new, the
// tables that filters ask are left for Prepare, as SaveAll does.
func (s *Store) Import(ctx context.Context, incidents []geo.Incident, by, why string) (geo.Imported, error) {
	var done geo.Imported
	for k := range incidents {
		if err := checkIncident(&incidents[k]); err != nil {
			return done, fmt.Errorf("incident %d: %w", k+1, err)
		}
	}
	err := s.updateMany(ctx, len(incidents), func(tx *sql.Tx) error {
		c := change{by, why, s.timestamp()}
		b := bulk{tx: tx, at: c.at, rows: make([]bulkRow, len(incidents))}
		for k := range incidents {
			b.rows[k] = bulkRow{incident: &incidents[k], change: c}
		}
		if len(incidents) >= bulkRows {
			if err := b.importMany(ctx, &done); err != nil {
				return err
			}
		}
		for k := range incidents {
			if b.rows[k].kept {
				continue
			}
			if err := importOne(ctx, tx, incidents[k], c, &done); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return geo.Imported{}, err
	}
	return done, nil
}

// importMany keeps the rows that are new and finds those that say what is there.
func (b *bulk) importMany(ctx context.Context, done *geo.Imported) error {
	bodies := map[string]string{}
	stored, err := b.stored(ctx, func(id, body string) { bodies[id] = body })
	if err != nil {
		return err
	}
	var there []*bulkRow
	times := make(map[string]int, len(b.rows))
	for k := range b.rows {
		r := &b.rows[k]
		if times[r.incident.ID]++; stored[r.incident.ID] {
			there = append(there, r)
		}
	}
	err = eachOf(there, func(r *bulkRow) (err error) {
		if times[r.incident.ID] == 1 {
			r.kept, err = unchanged(bodies[r.incident.ID], *r.incident)
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, r := range there {
		if r.kept {
			done.Same++
		}
	}
	if err := b.saveNew(ctx, stored); err != nil {
		return err
	}
	for k := range b.rows {
		if r := &b.rows[k]; r.kept && !stored[r.incident.ID] {
			done.Added++
		}
	}
	return nil
}

// unchanged reports whether an incident says what is kept, as far as that can be
// told without reread: false where it can't.
func unchanged(body string, after geo.Incident) (bool, error) {
	var before geo.Incident
	if err := before.UnmarshalJSON([]byte(body)); err != nil {
		return false, err
	}
	if len(before.Edited) > 0 || len(before.Quotes) > 0 || len(before.Claims) > 0 {
		return false, nil
	}
	after.Status, after.Tags, after.MergedInto, after.Edited = before.Status, before.Tags, before.MergedInto, before.Edited
	after.Revision, after.Created, after.Updated = before.Revision, before.Created, before.Updated
	after.Reports = joinReports(before.Reports, after.Reports)
	now, err := after.MarshalJSON()
	return string(now) == body, err
}

func importOne(ctx context.Context, tx *sql.Tx, i geo.Incident, c change, done *geo.Imported) error {
	before, err := incidentByID(ctx, tx, i.ID)
	switch {
	case errors.Is(err, geo.ErrNotFound):
		i.Revision, i.Created = 1, time.Time{}
		done.Added++
		return writeIncident(ctx, tx, &i, c)
	case err != nil:
		return err
	}
	after, err := reread("", before, i)
	if err != nil {
		return err
	}
	same, err := sameButRevision(before, after)
	if err != nil {
		return err
	}
	if same {
		done.Same++
		return nil
	}
	done.Updated++
	return writeIncident(ctx, tx, &after, c)
}

// sameButRevision reports whether two incidents say the same, when they were
// written aside.
func sameButRevision(a, b geo.Incident) (bool, error) {
	b.Revision, b.Created, b.Updated = a.Revision, a.Created, a.Updated
	x, err := a.MarshalJSON()
	if err != nil {
		return false, err
	}
	y, err := b.MarshalJSON()
	return bytes.Equal(x, y), err
}
