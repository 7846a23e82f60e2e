package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
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
	return s.updateMany(ctx, len(edits), func(tx *sql.Tx) error {
		b := bulk{tx: tx, at: s.timestamp(), rows: make([]bulkRow, len(edits))}
		for k := range edits {
			e := &edits[k]
			b.rows[k] = bulkRow{incident: &e.Incident, change: change{e.By, e.Why, b.at}, known: e.Base != 0 || e.Person || len(e.Incident.Edited) > 0}
		}
		if len(edits) >= bulkRows {
			if err := b.save(ctx); err != nil {
				return err
			}
		}
		for k := range edits {
			if b.rows[k].kept {
				continue
			}
			if err := s.saveOne(ctx, tx, &edits[k]); err != nil {
				return fmt.Errorf("incident %d: %w", k+1, err)
			}
		}
		return nil
	})
}

// The cache of the one connection that writes, in kB, negative as SQLite wants it.
const (
	writerCache = -4_000
	bulkCache   = -160_000 // holds the pages that a batch of rows in no order touches
)

// updateMany is an update that writes so many rows, with the cache that this
// takes, which stays until Prepare is done.
func (s *Store) updateMany(ctx context.Context, rows int, do func(*sql.Tx) error) error {
	if rows >= bulkRows {
		if err := s.setCache(ctx, bulkCache); err != nil {
			return err
		}
	}
	return s.update(ctx, do)
}

func (s *Store) setCache(ctx context.Context, size int64) error {
	if s.cache.Swap(size) == size {
		return nil
	}
	_, err := s.write.ExecContext(ctx, "PRAGMA cache_size = "+strconv.FormatInt(size, 10))
	return err
}

// bulk writes many incidents at once.
type bulk struct {
	tx   *sql.Tx
	at   time.Time
	rows []bulkRow
}

// bulkRow is an incident to be written.
type bulkRow struct {
	incident *geo.Incident
	change   change
	known    bool   // it is there already, or needs more than to be written
	body     []byte // of a new one
	kept     bool   // nothing is left to be done for it
}

// save writes those of the rows that are new, where they are many.
func (b *bulk) save(ctx context.Context) error {
	stored, err := b.stored(ctx, nil)
	if err != nil {
		return err
	}
	return b.saveNew(ctx, stored)
}

// saveNew writes the rows whose id is not among the stored ones, each id once.
func (b *bulk) saveNew(ctx context.Context, stored map[string]bool) error {
	var fresh []*bulkRow
	seen := make(map[string]bool, len(b.rows))
	for k := range b.rows {
		r := &b.rows[k]
		if id := r.incident.ID; !r.known && !stored[id] && !seen[id] {
			fresh = append(fresh, r)
		}
		seen[r.incident.ID] = true
	}
	if len(fresh) < bulkRows {
		return nil
	}
	slices.SortFunc(fresh, func(p, q *bulkRow) int { return strings.Compare(p.incident.ID, q.incident.ID) }) // as three of the tables' trees are
	err := eachOf(fresh, func(r *bulkRow) (err error) {
		r.incident.Revision, r.incident.Created, r.incident.Updated = 1, b.at, b.at
		r.body, err = r.incident.MarshalJSON()
		return err
	})
	if err != nil {
		return err
	}
	var first int64
	if err := b.tx.QueryRowContext(ctx, "SELECT coalesce(max(n), 0) + 1 FROM incident").Scan(&first); err != nil {
		return err
	}
	if err := b.insert(ctx, fresh, first); err != nil {
		return err
	}
	if err := b.revisions(ctx, fresh, first); err != nil {
		return err
	}
	if err := b.references(ctx, fresh, first); err != nil {
		return err
	}
	for _, r := range fresh {
		r.kept, r.body = true, nil
	}
	_, err = b.tx.ExecContext(ctx, "INSERT OR IGNORE INTO meta (key, value) VALUES ('unsearched', ?)", strconv.FormatInt(first, 10))
	return err
}

// asked is how many incidents a statement asks for or writes.
const asked = 64

// stored tells which of the rows' ids are there; each, where it is given, gets
// the rows as they stand.
func (b *bulk) stored(ctx context.Context, each func(id, body string)) (map[string]bool, error) {
	found := map[string]bool{}
	var some int
	if err := b.tx.QueryRowContext(ctx, "SELECT 1 FROM incident LIMIT 1").Scan(&some); errors.Is(err, sql.ErrNoRows) {
		return found, nil
	}
	column := "''"
	if each != nil {
		column = "body"
	}
	for rows := range slices.Chunk(b.rows, asked) {
		ids := make([]any, len(rows))
		for k := range rows {
			ids[k] = rows[k].incident.ID
		}
		list := "SELECT id, " + column + " FROM incident WHERE id IN (?" + strings.Repeat(", ?", len(ids)-1) + ")"
		for r, err := range stream(ctx, b.tx, func(rows *sql.Rows) (r [2]string, err error) { return r, rows.Scan(&r[0], &r[1]) }, list, ids...) {
			if err != nil {
				return nil, err
			}
			if found[r[0]] = true; each != nil {
				each(r[0], r[1])
			}
		}
	}
	return found, nil
}

// eachOf does something for each item, on every processor.
func eachOf[T any](items []T, do func(T) error) error {
	failed := make([]error, runtime.GOMAXPROCS(0))
	var next atomic.Int64
	var all sync.WaitGroup
	for w := range failed {
		all.Go(func() {
			for k := next.Add(1) - 1; k < int64(len(items)) && failed[w] == nil; k = next.Add(1) - 1 {
				failed[w] = do(items[k])
			}
		})
	}
	all.Wait()
	return errors.Join(failed...)
}

// insert the rows, which get the numbers from first on.
func (b *bulk) insert(ctx context.Context, fresh []*bulkRow, first int64) error {
	const row = ", (?, ?, 1, ?, nullif(?, ''), nullif(?, ''), ?, ?)"
	const into = "INSERT INTO incident (n, id, revision, body, start_day, end_day, sort_day, updated) VALUES "
	whole, err := b.tx.PrepareContext(ctx, into+strings.Repeat(row, asked)[2:])
	if err != nil {
		return err
	}
	defer whole.Close()
	args := make([]any, 0, 7*asked)
	for k := 0; k < len(fresh); k += asked {
		part := fresh[k:min(k+asked, len(fresh))]
		args = args[:0]
		for j, r := range part {
			i := r.incident
			args = append(args, first+int64(k+j), i.ID, string(r.body), string(i.When.Start), string(i.When.End), sortDay(i), b.at.UnixMilli())
		}
		if len(part) == asked {
			_, err = whole.ExecContext(ctx, args...)
		} else {
			_, err = b.tx.ExecContext(ctx, into+strings.Repeat(row, len(part))[2:], args...)
		}
		if err != nil {
			return fmt.Errorf("write incidents: %w", err)
		}
	}
	return nil
}

// revisions writes the first revision of the rows, one statement for each run of
// them that has the same author and reason.
func (b *bulk) revisions(ctx context.Context, fresh []*bulkRow, first int64) error {
	for from := 0; from < len(fresh); {
		to := from + 1
		for to < len(fresh) && fresh[to].change == fresh[from].change {
			to++
		}
		c := fresh[from].change
		if _, err := b.tx.ExecContext(ctx, `INSERT INTO revision (incident, body, by_whom, why, at)
			SELECT id, '', ?, ?, ? FROM incident WHERE n >= ? AND n < ? ORDER BY n`,
			c.by, c.why, c.at.Format(time.RFC3339), first+int64(from), first+int64(to)); err != nil {
			return fmt.Errorf("write revisions: %w", err)
		}
		from = to
	}
	return nil
}

// references notes the reports of the store that the rows name: those by which
// the store itself looks for incidents.
func (b *bulk) references(ctx context.Context, fresh []*bulkRow, first int64) error {
	reports := map[string]bool{}
	for id, err := range stream(ctx, b.tx, func(rows *sql.Rows) (id string, err error) { return id, rows.Scan(&id) }, "SELECT id FROM report") {
		if err != nil {
			return err
		}
		reports[id] = true
	}
	if len(reports) == 0 {
		return nil
	}
	for k, r := range fresh {
		if !slices.ContainsFunc(r.incident.Reports, func(ref geo.ReportRef) bool { return reports[ref.ID] }) {
			continue
		}
		for _, field := range []string{"report", "publisher"} {
			f, _ := geo.FieldByName(field)
			for _, v := range f.Asked(r.incident) {
				if _, err := b.tx.ExecContext(ctx, "INSERT OR IGNORE INTO value (field, value, n, raw) VALUES (?, ?, ?, ?)", field, sqlValue(v), first+int64(k), raw(v)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// prepared is how many rows Prepare does at once, so that others may write between.
const prepared = 1000

// Prepare brings the tables that filters ask up to date after SaveAll.
func (s *Store) Prepare(ctx context.Context) (err error) {
	defer func() { err = errors.Join(err, s.setCache(context.WithoutCancel(ctx), writerCache)) }()
	for {
		from, behind, err := unsearched(ctx, s.read)
		if err != nil || !behind {
			return err
		}
		if err := s.setCache(ctx, bulkCache); err != nil {
			return err
		}
		err = s.update(ctx, func(tx *sql.Tx) error {
			from, behind, err = unsearched(ctx, tx)
			if err != nil || !behind {
				return err
			}
			return prepareRows(ctx, tx, from)
		})
		if err != nil {
			return err
		}
	}
}

// Behind is how many incidents Prepare has yet to bring into the tables that
// filters ask.
func (s *Store) Behind(ctx context.Context) (rows int, err error) {
	from, behind, err := unsearched(ctx, s.read)
	if err != nil || !behind {
		return 0, err
	}
	err = s.read.QueryRowContext(ctx, "SELECT coalesce(max(n) - ? + 1, 0) FROM incident", from).Scan(&rows)
	return max(rows, 1), err
}

// rowAsked is an incident with what filters ask of it.
type rowAsked struct {
	n     int64
	body  []byte
	i     geo.Incident
	words string
}

func prepareRows(ctx context.Context, tx *sql.Tx, from int64) error {
	var rows []*rowAsked
	scan := func(r *sql.Rows) (row *rowAsked, err error) {
		row = &rowAsked{}
		return row, r.Scan(&row.n, &row.body)
	}
	for row, err := range stream(ctx, tx, scan, "SELECT n, body FROM incident WHERE n >= ? ORDER BY n LIMIT ?", from, prepared) {
		if err != nil {
			return err
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		_, err := tx.ExecContext(ctx, "DELETE FROM meta WHERE key = 'unsearched'")
		return err
	}
	err := eachOf(rows, func(row *rowAsked) error {
		err := row.i.UnmarshalJSON(row.body)
		row.words = hexWords(row.i.SearchWords())
		return err
	})
	if err != nil {
		return err
	}
	x := newIndexer(tx)
	defer x.close()
	for _, row := range rows {
		if err := x.incident(ctx, row.n, &row.i, row.words); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, "UPDATE meta SET value = ? WHERE key = 'unsearched'", strconv.FormatInt(rows[len(rows)-1].n+1, 10))
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
