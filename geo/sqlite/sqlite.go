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
	"sync/atomic"
	"time"

	"dateline/geo"

	"modernc.org/sqlite" // the driver "sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Store is a geo.Store and every optional ability of one.
type Store struct {
	write, read *sql.DB
	now         func() time.Time
	commits     atomic.Uint64
	cache       atomic.Int64 // size of the writer's, as it was set last; 0: as it was opened
}

var _ interface {
	geo.Store
	geo.Counter
	geo.Historian
	geo.ReportLister
	geo.Remover
	geo.TokenStore
	geo.Versioner
	geo.Sequencer
	geo.BulkSaver
} = (*Store)(nil)

// Open opens or makes the file at path. A file that is no database of ours, or
// whose schema is newer than this program's, is refused. now gives the time of
// every change; it is kept in whole seconds of UTC.
func Open(ctx context.Context, path string, now func() time.Time) (*Store, error) {
	read, err := connect(path, "&_pragma=query_only(1)")
	if err != nil {
		return nil, err
	}
	read.SetMaxOpenConns(maxReaders)
	read.SetMaxIdleConns(maxReaders)
	if _, err := schemaVersion(ctx, read); err != nil { // before anything is written into it
		return nil, errors.Join(opening(err), read.Close())
	}
	write, err := connect(path, "&_txlock=immediate&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		return nil, errors.Join(err, read.Close())
	}
	write.SetMaxOpenConns(1)
	s := &Store{write: write, read: read, now: now}
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// maxReaders is how many may read at once, each with its own cache.
const maxReaders = 8

// connect gives a pool whose every connection has the pragmas.
func connect(path, options string) (*sql.DB, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	dsn := "file:" + (&url.URL{Path: absolute}).EscapedPath() +
		"?_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)&_pragma=temp_store(2)&_pragma=cache_size(-4000)" + options
	return sql.Open("sqlite", dsn)
}

func (s *Store) prepare(ctx context.Context) error {
	if err := migrate(ctx, s.write); err != nil {
		return opening(err)
	}
	return s.reindexIfStale(ctx)
}

// opening says in plain words why a file can't be opened.
func opening(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff { // the primary result code
	case sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("the file is no SQLite database: %w", err)
	case sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("the database is damaged: %w", err)
	case sqlite3.SQLITE_CANTOPEN:
		return fmt.Errorf("the file can't be opened or made; is its folder there, and may you write to it? %w", err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		return fmt.Errorf("the file or its folder can't be written to: %w", err)
	}
	return err
}

// closeWait bounds how long Close waits for running calls.
const closeWait = 5 * time.Second

// Close waits for running calls and ends both pools; the last connection to
// leave folds the log into the file.
func (s *Store) Close() error {
	drain(s.write)
	drain(s.read)
	return errors.Join(s.read.Close(), s.write.Close())
}

// drain takes every open connection of a pool, so that no call is using one.
func drain(db *sql.DB) {
	ctx, cancel := context.WithTimeout(context.Background(), closeWait)
	defer cancel()
	for range db.Stats().OpenConnections {
		conn, err := db.Conn(ctx)
		if err != nil {
			return
		}
		defer conn.Close()
	}
}

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
	s.commits.Add(1)
	return nil
}

// Commits is the number of transactions that this Store has written.
func (s *Store) Commits() uint64 { return s.commits.Load() }

// querier is a pool or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// timestamp is now, in whole seconds: what JSON keeps.
func (s *Store) timestamp() time.Time { return s.now().UTC().Truncate(time.Second) }
