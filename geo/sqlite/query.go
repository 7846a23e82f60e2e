package sqlite

import (
	"context"
	"iter"

	"dateline/geo"
)

// Query streams the incidents that match, in the query's order.
func (s *Store) Query(ctx context.Context, q geo.Query) iter.Seq2[geo.Incident, error] {
	return func(yield func(geo.Incident, error) bool) {
		p, err := s.plan(ctx, q)
		if err != nil {
			yield(geo.Incident{}, err)
			return
		}
		s.found(ctx, p, q.Filter, q.Limit)(yield)
	}
}

// plan is the query in SQL. A cursor goes on after its incident as it stands now.
func (s *Store) plan(ctx context.Context, q geo.Query) (plan, error) {
	if err := q.Validate(); err != nil {
		return plan{}, err
	}
	keys, err := keysOf(q)
	if err != nil {
		return plan{}, err
	}
	need, exact := geo.Lower(q.Filter.Expr)
	b := &builder{}
	from := "incident i" + b.joins(keys)
	where := b.expr(need)
	if q.After != "" {
		after, err := s.after(ctx, b, keys, q.After)
		if err != nil {
			return plan{}, err
		}
		where += " AND " + after
	}
	limit := limitOrAll(q.Limit)
	if !exact {
		limit = limitOrAll(0)
	}
	return plan{"SELECT i.body FROM " + from + " WHERE " + where + " ORDER BY " + orderBy(keys) + " LIMIT " + b.arg(limit), b.args, exact}, nil
}

// Counts of the incidents that match, in one statement: what matches is found
// once and counted in each way.
func (s *Store) Counts(ctx context.Context, f geo.Filter) (geo.Counts, error) {
	counts := geo.NewCounts()
	if err := f.Validate(); err != nil {
		return counts, err
	}
	need, exact := geo.Lower(f.Expr)
	b := &builder{}
	if !exact {
		where := b.expr(need)
		return s.countCandidates(ctx, f, plan{statement: "SELECT i.body FROM incident i WHERE " + where, args: b.args})
	}
	rows, err := s.read.QueryContext(ctx, "WITH found AS MATERIALIZED (SELECT i.n, i.sort_day FROM incident i WHERE "+b.expr(need)+`)
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
