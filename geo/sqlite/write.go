package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"dateline/geo"
)

// change is one revision to be written.
type change struct {
	by, why string
	at      time.Time
}

// Save writes a new revision of an incident, or its first where e.Base is 0.
func (s *Store) Save(ctx context.Context, e geo.Edit) (geo.Incident, error) {
	if err := checkIncident(&e.Incident); err != nil {
		return geo.Incident{}, err
	}
	if e.Person && strings.TrimSpace(e.Why) == "" {
		return geo.Incident{}, geo.Invalid("why", "say why you change it")
	}
	saved := e.Incident
	err := s.update(ctx, func(tx *sql.Tx) error {
		before, err := incidentByID(ctx, tx, saved.ID)
		switch {
		case errors.Is(err, geo.ErrNotFound) && e.Base == 0:
		case err != nil:
			return err
		case before.Revision != e.Base:
			return fmt.Errorf("incident %s is at revision %d, not %d: %w", saved.ID, before.Revision, e.Base, geo.ErrConflict)
		}
		saved.Edited = joinNames(before.Edited, saved.Edited)
		if e.Person {
			if saved.Edited, err = editedFields(before, saved); err != nil {
				return err
			}
		}
		c := change{e.By, e.Why, s.timestamp()}
		saved.Revision, saved.Created = e.Base+1, before.Created
		return writeIncident(ctx, tx, &saved, c)
	})
	if err != nil {
		return geo.Incident{}, err
	}
	return saved, nil
}

// writeIncident writes a revision whose number is set: the incident as it
// stands, what filters ask of it, and the row of its history.
func writeIncident(ctx context.Context, tx *sql.Tx, i *geo.Incident, c change) error {
	i.Updated = c.at
	if i.Created.IsZero() {
		i.Created = c.at
	}
	body, err := json.Marshal(i)
	if err != nil {
		return err
	}
	n, err := upsertIncident(ctx, tx, i, string(body))
	if err != nil {
		return fmt.Errorf("write incident %s: %w", i.ID, err)
	}
	if err := indexIncident(ctx, tx, n, i); err != nil {
		return fmt.Errorf("index incident %s: %w", i.ID, err)
	}
	return writeRevision(ctx, tx, i.ID, string(body), c)
}

func upsertIncident(ctx context.Context, tx *sql.Tx, i *geo.Incident, body string) (n int64, err error) {
	err = tx.QueryRowContext(ctx, `
		INSERT INTO incident (id, revision, body, start_day, end_day, sort_day, updated)
		VALUES (?, ?, ?, nullif(?, ''), nullif(?, ''), ?, ?)
		ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, body = excluded.body, start_day = excluded.start_day,
			end_day = excluded.end_day, sort_day = excluded.sort_day, updated = excluded.updated
		RETURNING n`,
		i.ID, i.Revision, body, string(i.When.Start), string(i.When.End), sortDay(i), i.Updated.UnixMilli()).Scan(&n)
	return n, err
}

// sortDay orders and counts an incident: by its end, else its start.
func sortDay(i *geo.Incident) string {
	if i.When.End != "" {
		return string(i.When.End)
	}
	return string(i.When.Start)
}

func writeRevision(ctx context.Context, tx *sql.Tx, id, body string, c change) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO revision (incident, body, by_whom, why, at) VALUES (?, ?, ?, ?, ?)",
		id, body, c.by, c.why, c.at.Format(time.RFC3339))
	return err
}
