package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	"dateline/geo"

	"github.com/paulmach/orb"
)

// The kinds of boxes.
const (
	boxPoint = 0
	boxShape = 1
)

// indexIncident writes what filters ask of an incident in place of what was
// there: its values, boxes and words.
func indexIncident(ctx context.Context, tx *sql.Tx, n int64, i *geo.Incident) error {
	x := newIndexer(tx)
	defer x.close()
	return x.incident(ctx, n, i, hexWords(i.SearchWords()))
}

// indexer writes what filters ask of incidents, each statement prepared once.
type indexer struct {
	tx         *sql.Tx
	statements map[string]*sql.Stmt
}

func newIndexer(tx *sql.Tx) *indexer { return &indexer{tx, map[string]*sql.Stmt{}} }

func (x *indexer) close() {
	for _, s := range x.statements {
		_ = s.Close()
	}
}

func (x *indexer) exec(ctx context.Context, statement string, args ...any) (sql.Result, error) {
	s, ok := x.statements[statement]
	if !ok {
		var err error
		if s, err = x.tx.PrepareContext(ctx, statement); err != nil {
			return nil, err
		}
		x.statements[statement] = s
	}
	return s.ExecContext(ctx, args...)
}

func (x *indexer) incident(ctx context.Context, n int64, i *geo.Incident, words string) error {
	for _, statement := range []string{
		"DELETE FROM box_tree WHERE id IN (SELECT id FROM box WHERE n = ?)",
		"DELETE FROM box WHERE n = ?",
		"DELETE FROM word WHERE rowid = ?",
		"DELETE FROM value WHERE n = ?",
	} {
		if _, err := x.exec(ctx, statement, n); err != nil {
			return err
		}
	}
	if err := x.values(ctx, n, i); err != nil {
		return err
	}
	if err := x.boxes(ctx, n, i); err != nil {
		return err
	}
	if words == "" {
		return nil
	}
	_, err := x.exec(ctx, "INSERT INTO word (rowid, hex) VALUES (?, ?)", n, words)
	return err
}

func (x *indexer) values(ctx context.Context, n int64, i *geo.Incident) error {
	var args []any
	for _, f := range askedFields() {
		for _, v := range f.Asked(i) {
			args = append(args, f.Name, sqlValue(v), n, raw(v))
		}
	}
	const row = ", (?, ?, ?, ?)"
	_, err := x.exec(ctx, "INSERT OR IGNORE INTO value (field, value, n, raw) VALUES "+strings.Repeat(row, len(args)/4)[2:], args...)
	return err
}

// askedFields are the fields that filters ask, in the order of the table value.
var askedFields = sync.OnceValue(func() []geo.Field {
	var asked []geo.Field
	for _, f := range geo.Fields {
		if f.Filterable {
			asked = append(asked, f)
		}
	}
	return asked
})

// sqlValue is a field's value as the table value keeps it, so that SQL compares
// as geo does: text folded, times as text that sorts as they do.
func sqlValue(v any) any {
	switch v := v.(type) {
	case string:
		return geo.FoldText(v)
	case bool:
		if v {
			return int64(1)
		}
		return int64(0)
	case time.Time:
		return v.UTC().Format("2006-01-02T15:04:05.000000000Z")
	}
	return v
}

func raw(v any) any {
	if s, ok := v.(string); ok {
		return s
	}
	return nil
}

func (x *indexer) boxes(ctx context.Context, n int64, i *geo.Incident) error {
	for k := range i.Places {
		s := &i.Places[k]
		if s.Role != geo.RoleSite || !s.Located() {
			continue
		}
		if s.Pinned() {
			p, _ := s.Point()
			if err := x.box(ctx, n, boxPoint, orb.Bound{Min: p, Max: p}); err != nil {
				return err
			}
		}
		for _, b := range s.Bounds() {
			if err := x.box(ctx, n, boxShape, b); err != nil {
				return err
			}
		}
	}
	return nil
}

func (x *indexer) box(ctx context.Context, n int64, kind int, b orb.Bound) error {
	done, err := x.exec(ctx, "INSERT INTO box (n, kind, west, south, east, north) VALUES (?, ?, ?, ?, ?, ?)",
		n, kind, b.Min.Lon(), b.Min.Lat(), b.Max.Lon(), b.Max.Lat())
	if err != nil {
		return err
	}
	id, err := done.LastInsertId()
	if err != nil {
		return err
	}
	_, err = x.exec(ctx, "INSERT INTO box_tree (id, west, east, south, north) VALUES (?, ?, ?, ?, ?)",
		id, b.Min.Lon(), b.Max.Lon(), b.Min.Lat(), b.Max.Lat())
	return err
}

// hexWords writes each word as the hexadecimal of its UTF-8.
func hexWords(words []string) string {
	out := make([]string, len(words))
	for k, w := range words {
		out[k] = hex.EncodeToString([]byte(w))
	}
	return strings.Join(out, " ")
}

// indexVersion changes with the code above.
const indexVersion = 1

// fieldsChecksum changes with the table of fields and the folding of text, and
// so with what filters ask.
func fieldsChecksum() string {
	h := sha256.New()
	fmt.Fprintln(h, indexVersion, geo.FoldVersion)
	for _, f := range geo.Fields {
		if f.Filterable {
			fmt.Fprintln(h, f.Name, f.Kind)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// reindexIfStale makes the tables for filters again where the program's fields
// are no longer those that they were made by.
func (s *Store) reindexIfStale(ctx context.Context) error {
	want := fieldsChecksum()
	var have string
	err := s.write.QueryRowContext(ctx, "SELECT coalesce(max(value), '') FROM meta WHERE key = 'fields'").Scan(&have)
	if err != nil || have == want {
		return err
	}
	return s.update(ctx, func(tx *sql.Tx) error {
		var rows int
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM incident").Scan(&rows); err != nil {
			return err
		}
		if rows > maxReindexed {
			_, err := tx.ExecContext(ctx, `INSERT INTO meta (key, value) VALUES ('unsearched', '0') ON CONFLICT (key) DO UPDATE SET value = '0'`)
			if err == nil {
				err = keepChecksum(ctx, tx, want)
			}
			return err
		}
		if err := reindexAll(ctx, tx); err != nil {
			return fmt.Errorf("index the incidents again: %w", err)
		}
		return keepChecksum(ctx, tx, want)
	})
}

// maxReindexed is up to how many incidents are indexed again while the file is
// opened; of more the tables are behind until Prepare has made them.
const maxReindexed = 20_000

func keepChecksum(ctx context.Context, tx *sql.Tx, sum string) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO meta (key, value) VALUES ('fields', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", sum)
	return err
}

func reindexAll(ctx context.Context, tx *sql.Tx) error {
	for last := int64(0); ; {
		var n int64
		var body string
		err := tx.QueryRowContext(ctx, "SELECT n, body FROM incident WHERE n > ? ORDER BY n LIMIT 1", last).Scan(&n, &body)
		if err == sql.ErrNoRows {
			return nil
		}
		if err != nil {
			return err
		}
		var i geo.Incident
		if err := json.Unmarshal([]byte(body), &i); err != nil {
			return err
		}
		if err := indexIncident(ctx, tx, n, &i); err != nil {
			return err
		}
		last = n
	}
}
