package sqlite

import (
	"context"
	"iter"

	"dateline/geo"
)

// found streams the incidents that a filter selects. Where SQL can say the
// filter but in part, the rest is matched here, before the limit counts.
func (s *Store) found(ctx context.Context, p plan, f geo.Filter, limit int) iter.Seq2[geo.Incident, error] {
	rows := stream(ctx, s.read, scanIncident, p.statement, p.args...)
	if limit == 0 {
		rows = incidentsAhead(ctx, s.read, p.statement, p.args...)
	}
	if p.exact {
		return rows
	}
	return func(yield func(geo.Incident, error) bool) {
		n := 0
		for i, err := range rows {
			if err == nil && !f.Match(&i) {
				continue
			}
			n++
			if !yield(i, err) || err != nil || n == limit {
				return
			}
		}
	}
}

// plan is a query in SQL with its arguments; not exact where it finds
// candidates that are still to be matched.
type plan struct {
	statement string
	args      []any
	exact     bool
}

// countCandidates counts what SQL can't select whole.
func (s *Store) countCandidates(ctx context.Context, f geo.Filter, p plan) (geo.Counts, error) {
	counts := geo.NewCounts()
	for i, err := range s.found(ctx, p, f, 0) {
		if err != nil {
			return counts, err
		}
		counts.Add(&i)
	}
	return counts, nil
}
