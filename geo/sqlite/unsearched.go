package sqlite

import (
	"context"
	"iter"
	"slices"

	"dateline/geo"
)

// sortedHere answers a query by fields while their table is behind: every
// incident is matched, and the first of the order are kept.
func (s *Store) sortedHere(ctx context.Context, q geo.Query) iter.Seq2[geo.Incident, error] {
	return func(yield func(geo.Incident, error) bool) {
		var after *geo.Incident
		if q.After != "" {
			at, err := s.Incident(ctx, q.After)
			if err != nil {
				yield(at, geo.Invalid("cursor", "the incident that it goes on after is gone; start again without it"))
				return
			}
			after = &at
		}
		compare := func(a, b geo.Incident) int { return geo.CompareBy(q.Sort, &a, &b) }
		var first []geo.Incident
		for i, err := range stream(ctx, s.read, scanIncident, "SELECT body FROM incident") {
			if err != nil {
				yield(i, err)
				return
			}
			if !q.Filter.Match(&i) || after != nil && compare(i, *after) <= 0 {
				continue
			}
			if first = append(first, i); q.Limit > 0 && len(first) > 2*q.Limit+1000 {
				slices.SortFunc(first, compare)
				first = first[:q.Limit]
			}
		}
		slices.SortFunc(first, compare)
		for k, i := range first {
			if q.Limit > 0 && k == q.Limit || !yield(i, nil) {
				return
			}
		}
	}
}
