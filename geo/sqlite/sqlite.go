// Package sqlite keeps reports and incidents in one SQLite file, by
// modernc.org/sqlite, which needs no C compiler.
//
// One connection writes, several read. The file is in WAL mode and every commit
// is synced, so what a call acknowledged survives a crash of the machine.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"runtime"
	"time"

	"dateline/geo"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// Store is a geo.Store and every optional ability of one.
type Store struct {
	write, read *sql.DB
	now         func() time.Time
}

var _ interface {
	geo.Store
	geo.Counter
	geo.Historian
	geo.ReportLister
	geo.Remover
	geo.TokenStore
} = (*Store)(nil)

// Open opens or makes the file at path. A file that is no database of ours, or
// whose schema is newer than this program's, is refused.
func Open(ctx context.Context, path string, now func() time.Time) (*Store, error) {
	write, err := connect(path, "&_txlock=immediate&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		return nil, err
	}
	write.SetMaxOpenConns(1)
	read, err := connect(path, "&_pragma=query_only(1)")
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	read.SetMaxOpenConns(2 * max(2, runtime.NumCPU()))
	s := &Store{write: write, read: read, now: now}
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// connect gives a pool whose every connection has the pragmas.
func connect(path, options string) (*sql.DB, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	dsn := "file:" + (&url.URL{Path: absolute}).EscapedPath() +
		"?_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)&_pragma=temp_store(2)&_pragma=cache_size(-16000)" + options
	return sql.Open("sqlite", dsn)
}

func (s *Store) prepare(ctx context.Context) error {
	if err := migrate(ctx, s.write); err != nil {
		return err
	}
	return s.reindexIfStale(ctx)
}

// Close ends both pools; the last one to leave folds the log into the file.
func (s *Store) Close() error { return errors.Join(s.read.Close(), s.write.Close()) }

// update runs do in a transaction of the writer.
func (s *Store) update(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	if err := do(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// querier is a pool or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// timestamp is now, in whole seconds: what JSON keeps.
func (s *Store) timestamp() time.Time { return s.now().UTC().Truncate(time.Second) }
