package sqlite

import (
	"context"
	"database/sql"
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
	err := checkEdit(&e)
	if err != nil {
		return geo.Incident{}, err
	}
	err = s.update(ctx, func(tx *sql.Tx) error { return s.saveOne(ctx, tx, &e) })
	if err != nil {
		return geo.Incident{}, err
	}
	return e.Incident, nil
}

func checkEdit(e *geo.Edit) error {
	if err := checkIncident(&e.Incident); err != nil {
		return err
	}
	if e.Person && strings.TrimSpace(e.Why) == "" {
		return geo.Invalid("why", "say why you change it")
	}
	return nil
}

// saveOne writes an edit, whose incident becomes what was kept.
func (s *Store) saveOne(ctx context.Context, tx *sql.Tx, e *geo.Edit) error {
	saved := e.Incident
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
	saved.Revision, saved.Created = e.Base+1, before.Created
	if err := writeIncident(ctx, tx, &saved, change{e.By, e.Why, s.timestamp()}); err != nil {
		return err
	}
	e.Incident = saved
	return nil
}

// writeIncident writes a revision whose number is set: the incident as it
// stands, what filters ask of it, and the row of its history.
func writeIncident(ctx context.Context, tx *sql.Tx, i *geo.Incident, c change) error {
	i.Updated = c.at
	if i.Created.IsZero() {
		i.Created = c.at
	}
	body, err := i.MarshalJSON()
	if err != nil {
		return err
	}
	if err := fillRevision(ctx, tx, i.ID); err != nil {
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

// fillRevision writes out the revision of SaveAll that stands for the incident
// as it is, before that changes.
func fillRevision(ctx context.Context, tx *sql.Tx, id string) error {
	_, err := tx.ExecContext(ctx, "UPDATE revision SET body = (SELECT body FROM incident WHERE id = ?1) WHERE incident = ?1 AND body = ''", id)
	return err
}
