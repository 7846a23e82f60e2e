package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
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

// orders of a query by their keys; the id, which breaks ties, follows.
var orders = map[geo.Order]struct {
	key        string
	descending bool
}{
	geo.NewestFirst: {"sort_day", true},
	geo.ByUpdated:   {"updated", true},
	geo.ByID:        {"id", false},
}

// statement is the query in SQL with its arguments. A cursor goes on after the
// row (key, id) of its incident as it stands now.
func (s *Store) statement(ctx context.Context, q geo.Query) (string, []any, error) {
	if q.Order == "" {
		q.Order = geo.NewestFirst
	}
	order, ok := orders[q.Order]
	if !ok {
		return "", nil, geo.Invalid("order", "%q is no order", q.Order)
	}
	if err := q.Filter.Validate(); err != nil {
		return "", nil, err
	}
	b := &builder{}
	where := b.filter(q.Filter)
	if q.After != "" {
		var key any
		err := s.read.QueryRowContext(ctx, "SELECT "+order.key+" FROM incident WHERE id = ?", q.After).Scan(&key)
		if errors.Is(err, sql.ErrNoRows) {
			return "", nil, geo.Invalid("cursor", "the incident that it goes on after is gone; start again without it")
		}
		if err != nil {
			return "", nil, err
		}
		where += " AND " + b.after(order.key, order.descending, key, q.After)
	}
	by := "i." + order.key
	if order.descending {
		by += " DESC"
	}
	return "SELECT i.body FROM incident i WHERE " + where + " ORDER BY " + by + ", i.id LIMIT " + b.arg(limitOrAll(q.Limit)), b.args, nil
}

// after holds for the rows that come after (key, id) in an order.
func (b *builder) after(column string, descending bool, key any, id string) string {
	than := ">"
	if descending {
		than = "<"
	}
	at := b.arg(key)
	return fmt.Sprintf("(i.%[1]s %[2]s %[3]s OR i.%[1]s = %[3]s AND i.id > %[4]s)", column, than, at, b.arg(id))
}

// Counts of the incidents that match, in one statement: what matches is found
// once and counted in each way.
func (s *Store) Counts(ctx context.Context, f geo.Filter) (geo.Counts, error) {
	counts := geo.Counts{ByDay: map[geo.Day]int{}, ByType: map[string]int{}, ByCountry: map[string]int{}, ByStatus: map[geo.Status]int{}}
	if err := f.Validate(); err != nil {
		return counts, err
	}
	b := &builder{}
	rows, err := s.read.QueryContext(ctx, "WITH found AS MATERIALIZED (SELECT i.n, i.sort_day FROM incident i WHERE "+b.filter(f)+`)
		SELECT 'total', '', count(*) FROM found
		UNION ALL SELECT 'day', sort_day, count(*) FROM found GROUP BY sort_day
		UNION ALL SELECT v.field, min(v.raw), count(*) FROM found JOIN value v ON v.n = found.n AND v.field IN ('type', 'country', 'status')
			GROUP BY v.field, v.value
		UNION ALL SELECT 'unlocated', '', count(*) FROM found JOIN value v ON v.n = found.n AND v.field = 'located' AND v.value = 0`, b.args...)
	if err != nil {
		return counts, err
	}
	defer rows.Close()
	for rows.Next() {
		var what, key string
		var n int
		if err := rows.Scan(&what, &key, &n); err != nil {
			return counts, err
		}
		setCount(&counts, what, key, n)
	}
	return counts, rows.Err()
}

func setCount(counts *geo.Counts, what, key string, n int) {
	switch what {
	case "total":
		counts.Total = n
	case "unlocated":
		counts.Unlocated = n
	case "day":
		if key == "" {
			counts.Undated = n
		} else {
			counts.ByDay[geo.Day(key)] = n
		}
	case "type":
		counts.ByType[key] = n
	case "country":
		counts.ByCountry[key] = n
	case "status":
		counts.ByStatus[geo.Status(key)] = n
	}
}
