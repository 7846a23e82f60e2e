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

// Import keeps incidents in one transaction.
func (s *Store) Import(ctx context.Context, incidents []geo.Incident, by, why string) (geo.Imported, error) {
	var done geo.Imported
	for k := range incidents {
		if err := checkIncident(&incidents[k]); err != nil {
			return done, fmt.Errorf("incident %d: %w", k+1, err)
		}
	}
	err := s.update(ctx, func(tx *sql.Tx) error {
		c := change{by, why, s.timestamp()}
		for k := range incidents {
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
