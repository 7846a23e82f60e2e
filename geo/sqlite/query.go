package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"iter"

	"dateline/geo"
)

// Query streams the incidents that match, in the query's order.
func (s *Store) Query(ctx context.Context, q geo.Query) iter.Seq2[geo.Incident, error] {
	return func(yield func(geo.Incident, error) bool) {
		statement, args, err := s.statement(ctx, q)
		if err != nil {
			yield(geo.Incident{}, err)
			return
		}
		stream(ctx, s.read, scanIncident, statement, args...)(yield)
	}
}

// orders of a query: how rows are sorted, and which come after a row with the
// same keys as placeholders ?.
var orders = map[geo.Order]struct{ by, after string }{
	geo.NewestFirst: {"i.sort_day DESC, i.id", "(i.sort_day < ?1 OR i.sort_day = ?1 AND i.id > ?3)"},
	geo.ByUpdated:   {"i.updated DESC, i.id", "(i.updated < ?2 OR i.updated = ?2 AND i.id > ?3)"},
	geo.ByID:        {"i.id", "i.id > ?3"},
}

func (s *Store) statement(ctx context.Context, q geo.Query) (string, []any, error) {
	order, ok := orders[q.Order]
	if q.Order == "" {
		order, ok = orders[geo.NewestFirst], true
	}
	if !ok {
		return "", nil, geo.Invalid("order", "%q is no order", q.Order)
	}
	if err := q.Filter.Validate(); err != nil {
		return "", nil, err
	}
	// The first three arguments are the keys of the row to go on after.
	b := &builder{args: []any{"", int64(0), q.After}}
	where := b.filter(q.Filter)
	if q.After != "" {
		var day string
		var updated int64
		err := s.read.QueryRowContext(ctx, "SELECT sort_day, updated FROM incident WHERE id = ?", q.After).Scan(&day, &updated)
		if errors.Is(err, sql.ErrNoRows) {
			return "", nil, geo.Invalid("cursor", "the incident that it goes on after is gone; start again without it")
		}
		if err != nil {
			return "", nil, err
		}
		b.args[0], b.args[1] = day, updated
		where += " AND " + order.after
	}
	b.args = append(b.args, limitOrAll(q.Limit))
	// Each number must be used: SQLite counts the highest one.
	return "SELECT i.body FROM incident i WHERE ?1 IS NOT NULL AND ?2 IS NOT NULL AND ?3 IS NOT NULL AND " + where + " ORDER BY " + order.by + " LIMIT ?", b.args, nil
}

// Counts of the incidents that match.
func (s *Store) Counts(ctx context.Context, f geo.Filter) (geo.Counts, error) {
	counts := geo.Counts{ByDay: map[geo.Day]int{}, ByType: map[string]int{}, ByCountry: map[string]int{}, ByStatus: map[geo.Status]int{}}
	if err := f.Validate(); err != nil {
		return counts, err
	}
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return counts, err
	}
	defer tx.Rollback()
	b := &builder{}
	found := "WITH found AS MATERIALIZED (SELECT i.n, i.sort_day FROM incident i WHERE " + b.filter(f) + ") "
	for _, c := range []struct {
		query string
		add   func(key string, n int)
	}{
		{"SELECT '', count(*) FROM found", func(_ string, n int) { counts.Total = n }},
		{"SELECT sort_day, count(*) FROM found GROUP BY sort_day", func(day string, n int) {
			if day == "" {
				counts.Undated = n
			} else {
				counts.ByDay[geo.Day(day)] = n
			}
		}},
		{byField("type"), func(key string, n int) { counts.ByType[key] = n }},
		{byField("status"), func(key string, n int) { counts.ByStatus[geo.Status(key)] = n }},
		{byField("country"), func(key string, n int) { counts.ByCountry[key] = n }},
		{"SELECT '', count(*) FROM found JOIN value v ON v.n = found.n AND v.field = 'located' AND v.value = 0", func(_ string, n int) { counts.Unlocated = n }},
	} {
		if err := eachCount(ctx, tx, found+c.query, b.args, c.add); err != nil {
			return counts, err
		}
	}
	return counts, nil
}

func byField(name string) string {
	return "SELECT v.raw, count(*) FROM found JOIN value v ON v.n = found.n AND v.field = '" + name + "' GROUP BY v.raw"
}

func eachCount(ctx context.Context, q querier, query string, args []any, add func(string, int)) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var key string
		var n int
		if err := rows.Scan(&key, &n); err != nil {
			return err
		}
		add(key, n)
	}
	return rows.Err()
}
