package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"sync"
	"time"

	"dateline/geo"
)

// bulkRows is from how many edits on the tables that filters ask are left for
// Prepare.
const bulkRows = 500

// SaveAll keeps many edits in one transaction. From bulkRows on it writes the
// incidents and their revisions alone; meta's unsearched says from which row on
// the tables that filters ask are behind, and Query matches in Go meanwhile.
func (s *Store) SaveAll(ctx context.Context, edits []geo.Edit) error {
	for k := range edits {
		if err := checkEdit(&edits[k]); err != nil {
			return fmt.Errorf("incident %d: %w", k+1, err)
		}
	}
	if len(edits) < bulkRows {
		return s.update(ctx, func(tx *sql.Tx) error {
			for k := range edits {
				if err := s.saveOne(ctx, tx, &edits[k]); err != nil {
					return fmt.Errorf("incident %d: %w", k+1, err)
				}
			}
			return nil
		})
	}
	if _, err := s.write.ExecContext(ctx, "PRAGMA cache_size = -65536"); err != nil { // of the one connection that writes
		return err
	}
	defer s.write.ExecContext(context.WithoutCancel(ctx), "PRAGMA cache_size = -4000")
	return s.update(ctx, func(tx *sql.Tx) error {
		b := bulk{store: s, tx: tx, at: s.timestamp()}
		return b.save(ctx, edits)
	})
}

// bulk is one SaveAll under way.
type bulk struct {
	store                         *Store
	tx                            *sql.Tx
	at                            time.Time
	known, insert, revision, refs *sql.Stmt
}

func (b *bulk) save(ctx context.Context, edits []geo.Edit) error {
	for into, statement := range map[**sql.Stmt]string{
		&b.known: "SELECT 1 FROM incident WHERE id = ?",
		&b.insert: `INSERT INTO incident (id, revision, body, start_day, end_day, sort_day, updated)
			VALUES (?, ?, ?, nullif(?, ''), nullif(?, ''), ?, ?) RETURNING n`,
		&b.revision: "INSERT INTO revision (incident, body, by_whom, why, at) VALUES (?, '', ?, ?, ?)",
		&b.refs:     "INSERT OR IGNORE INTO value (field, value, n, raw) VALUES (?, ?, ?, ?)",
	} {
		var err error
		if *into, err = b.tx.PrepareContext(ctx, statement); err != nil {
			return err
		}
		defer (*into).Close()
	}
	fresh, err := b.fresh(ctx, edits)
	if err != nil {
		return err
	}
	bodies, err := b.bodies(edits, fresh)
	if err != nil {
		return err
	}
	first := int64(0)
	for k := range edits {
		n, err := b.one(ctx, &edits[k], bodies[k])
		if err != nil {
			return fmt.Errorf("incident %d: %w", k+1, err)
		}
		if first == 0 {
			first = n
		}
	}
	if first == 0 {
		return nil
	}
	_, err = b.tx.ExecContext(ctx, "INSERT OR IGNORE INTO meta (key, value) VALUES ('unsearched', ?)", strconv.FormatInt(first, 10))
	return err
}

// fresh tells which of the edits make a new incident that needs no more than to
// be written.
func (b *bulk) fresh(ctx context.Context, edits []geo.Edit) ([]bool, error) {
	fresh, seen := make([]bool, len(edits)), make(map[string]bool, len(edits))
	for k, e := range edits {
		if e.Base != 0 || e.Person || len(e.Incident.Edited) > 0 || seen[e.Incident.ID] {
			continue
		}
		seen[e.Incident.ID] = true
		var one int
		err := b.known.QueryRowContext(ctx, e.Incident.ID).Scan(&one)
		if fresh[k] = errors.Is(err, sql.ErrNoRows); err != nil && !fresh[k] {
			return nil, err
		}
	}
	return fresh, nil
}

// bodies encodes the new incidents, on every processor.
func (b *bulk) bodies(edits []geo.Edit, fresh []bool) ([][]byte, error) {
	bodies, failed := make([][]byte, len(edits)), make([]error, runtime.GOMAXPROCS(0))
	var all sync.WaitGroup
	for w := range failed {
		all.Go(func() {
			for k := w; k < len(edits) && failed[w] == nil; k += len(failed) {
				if i := &edits[k].Incident; fresh[k] {
					i.Revision, i.Created, i.Updated = 1, b.at, b.at
					bodies[k], failed[w] = i.MarshalJSON()
				}
			}
		})
	}
	all.Wait()
	return bodies, errors.Join(failed...)
}

// one writes a new incident, or does what Save does. It gives the row of a new one.
func (b *bulk) one(ctx context.Context, e *geo.Edit, body []byte) (n int64, err error) {
	if body == nil {
		return 0, b.store.saveOne(ctx, b.tx, e)
	}
	i := &e.Incident
	err = b.insert.QueryRowContext(ctx, i.ID, i.Revision, string(body), string(i.When.Start), string(i.When.End), sortDay(i), i.Updated.UnixMilli()).Scan(&n)
	if err == nil {
		_, err = b.revision.ExecContext(ctx, i.ID, e.By, e.Why, b.at.Format(time.RFC3339))
	}
	for _, field := range []string{"report", "publisher"} { // by which the store itself looks for incidents
		if err != nil || len(i.Reports) == 0 {
			break
		}
		f, _ := geo.FieldByName(field)
		for _, v := range f.Asked(i) {
			if _, err = b.refs.ExecContext(ctx, field, sqlValue(v), n, raw(v)); err != nil {
				break
			}
		}
	}
	return n, err
}

// prepared is how many rows Prepare does at once, so that others may write between.
const prepared = 200

// Prepare brings the tables that filters ask up to date after SaveAll.
func (s *Store) Prepare(ctx context.Context) error {
	for {
		done := true
		err := s.update(ctx, func(tx *sql.Tx) error {
			from, behind, err := unsearched(ctx, tx)
			if err != nil || !behind {
				return err
			}
			done = false
			return prepareRows(ctx, tx, from)
		})
		if err != nil || done {
			return err
		}
	}
}

func prepareRows(ctx context.Context, tx *sql.Tx, from int64) error {
	next := from
	for range prepared {
		var n int64
		var body string
		err := tx.QueryRowContext(ctx, "SELECT n, body FROM incident WHERE n >= ? ORDER BY n LIMIT 1", next).Scan(&n, &body)
		if errors.Is(err, sql.ErrNoRows) {
			_, err = tx.ExecContext(ctx, "DELETE FROM meta WHERE key = 'unsearched'")
			return err
		}
		var i geo.Incident
		if err == nil {
			err = json.Unmarshal([]byte(body), &i)
		}
		if err == nil {
			err = indexIncident(ctx, tx, n, &i)
		}
		if err != nil {
			return err
		}
		next = n + 1
	}
	_, err := tx.ExecContext(ctx, "UPDATE meta SET value = ? WHERE key = 'unsearched'", strconv.FormatInt(next, 10))
	return err
}

// unsearched gives the row from which on the tables that filters ask are behind.
func unsearched(ctx context.Context, q querier) (from int64, behind bool, err error) {
	err = q.QueryRowContext(ctx, "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'unsearched'").Scan(&from)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	return from, err == nil, err
}
