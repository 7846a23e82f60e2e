package sqlite

import (
	"context"
	"fmt"
	"strings"
)

// maxResembling bounds the reports that Resembling gives.
const maxResembling = 20

// Resembling lists the ids of the reports that share a key, those that share
// most first.
func (s *Store) Resembling(ctx context.Context, keys []int64) ([]string, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	args := make([]any, len(keys))
	for k, key := range keys {
		args[k] = key
	}
	rows, err := s.read.QueryContext(ctx, fmt.Sprintf(
		"SELECT report FROM report_key WHERE key IN (%s) GROUP BY report ORDER BY count(*) DESC, report LIMIT %d",
		strings.TrimSuffix(strings.Repeat("?,", len(keys)), ","), maxResembling), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// keys are those of the newest version of a report.
func (a adding) keys(ctx context.Context, report string, keys []int64) error {
	if _, err := a.tx.ExecContext(ctx, "DELETE FROM report_key WHERE report = ?", report); err != nil {
		return err
	}
	for _, key := range keys {
		if _, err := a.tx.ExecContext(ctx, "INSERT OR IGNORE INTO report_key (key, report) VALUES (?, ?)", key, report); err != nil {
			return err
		}
	}
	return nil
}
