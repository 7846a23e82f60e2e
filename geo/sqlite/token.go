package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"dateline/geo"
)

// AddToken keeps a token's hash; ErrConflict where a token in use has the name.
func (s *Store) AddToken(ctx context.Context, t geo.Token) error {
	if t.Name == "" || t.Hash == "" {
		return geo.Invalid("name", "it is empty")
	}
	done, err := s.write.ExecContext(ctx, `
		INSERT INTO token (name, hash, created, revoked) VALUES (?, ?, ?, '')
		ON CONFLICT (name) DO UPDATE SET hash = excluded.hash, created = excluded.created, revoked = '' WHERE revoked <> ''`,
		t.Name, t.Hash, t.Created.UTC().Format(time.RFC3339))
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, fmt.Errorf("the name is taken: %w", geo.ErrConflict))
	}
	return nil
}

// TokenByHash finds a token, also a revoked one.
func (s *Store) TokenByHash(ctx context.Context, hash string) (geo.Token, error) {
	t, err := scanToken(s.read.QueryRowContext(ctx, "SELECT name, hash, created, revoked FROM token WHERE hash = ?", hash).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return t, fmt.Errorf("token: %w", geo.ErrNotFound)
	}
	return t, err
}

func scanToken(scan func(...any) error) (geo.Token, error) {
	var t geo.Token
	var created, revoked string
	if err := scan(&t.Name, &t.Hash, &created, &revoked); err != nil {
		return t, err
	}
	var err error
	if t.Created, err = time.Parse(time.RFC3339, created); err == nil && revoked != "" {
		t.Revoked, err = time.Parse(time.RFC3339, revoked)
	}
	return t, err
}

// Tokens lists every token by name.
func (s *Store) Tokens(ctx context.Context) ([]geo.Token, error) {
	all := []geo.Token{}
	for t, err := range stream(ctx, s.read, func(rows *sql.Rows) (geo.Token, error) { return scanToken(rows.Scan) },
		"SELECT name, hash, created, revoked FROM token ORDER BY name") {
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, nil
}

// RevokeToken ends a token and its sessions.
func (s *Store) RevokeToken(ctx context.Context, name string) error {
	return s.update(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, "UPDATE token SET revoked = ? WHERE name = ? AND revoked = ''", s.timestamp().Format(time.RFC3339), name)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, fmt.Errorf("no token in use has this name: %w", geo.ErrNotFound))
		}
		_, err = tx.ExecContext(ctx, "DELETE FROM session WHERE name = ?", name)
		return err
	})
}

// AddSession keeps a session's hash, and drops those that have expired.
func (s *Store) AddSession(ctx context.Context, n geo.Session) error {
	return s.update(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM session WHERE expires <= ?", s.timestamp().Format(time.RFC3339)); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO session (hash, name, expires) VALUES (?, ?, ?)",
			n.Hash, n.Name, n.Expires.UTC().Format(time.RFC3339))
		return err
	})
}

// SessionByHash finds a session that has not expired.
func (s *Store) SessionByHash(ctx context.Context, hash string) (geo.Session, error) {
	n := geo.Session{Hash: hash}
	var expires string
	err := s.read.QueryRowContext(ctx, "SELECT name, expires FROM session WHERE hash = ? AND expires > ?",
		hash, s.timestamp().Format(time.RFC3339)).Scan(&n.Name, &expires)
	if errors.Is(err, sql.ErrNoRows) {
		return n, fmt.Errorf("session: %w", geo.ErrNotFound)
	}
	if err != nil {
		return n, err
	}
	n.Expires, err = time.Parse(time.RFC3339, expires)
	return n, err
}

// EndSession forgets a session; one that is gone already is no error.
func (s *Store) EndSession(ctx context.Context, hash string) error {
	_, err := s.write.ExecContext(ctx, "DELETE FROM session WHERE hash = ?", hash)
	return err
}
