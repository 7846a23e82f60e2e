package web

import (
	"context"
	"errors"

	"dateline/geo"
	"dateline/geo/format"
	"dateline/geo/index"
)

// EncodeFeature writes an incident as the collection incidents shows it to
// everyone: what the index keeps, so that it is encoded once.
func EncodeFeature(i *geo.Incident) ([]byte, error) {
	shown := geo.Redact(*i)
	return format.AppendFeature(make([]byte, 0, 1280), &shown, format.Options{Shape: format.Incidents})
}

// byStore reports whether the store has to answer what the index could not: its
// rows are still being made, or do not hold what the filter asks.
func byStore(err error) bool {
	return errors.Is(err, index.ErrInexact) || errors.Is(err, index.ErrNotReady)
}

// waited waits until the index can answer a filter: to count by the store what is
// too much for it to be ready at once takes longer.
func (s *Server) waited(ctx context.Context, f geo.Filter) {
	select {
	case <-s.Index.Answers(f):
	case <-ctx.Done():
	}
}

func (s *Server) counts(ctx context.Context, f geo.Filter) (geo.Counts, error) {
	s.waited(ctx, f)
	counts, err := s.Index.Counts(ctx, f)
	if errors.Is(err, index.ErrInexact) {
		return s.countMatching(ctx, f)
	}
	if byStore(err) {
		return s.Store.Counts(ctx, f)
	}
	return counts, err
}

// countMatching counts under a filter that the index knows in part: its
// candidates are looked at where they are few, else the store counts.
func (s *Server) countMatching(ctx context.Context, f geo.Filter) (geo.Counts, error) {
	need, _ := geo.Lower(f.Expr)
	candidates := geo.Query{Filter: geo.Filter{Expr: need}, Order: geo.ByID, Limit: lookStep}
	if n, err := s.Index.Total(ctx, candidates.Filter); err != nil || n > maxLooked {
		return s.Store.Counts(ctx, f)
	}
	counts := geo.NewCounts()
	for {
		page, err := s.find(ctx, candidates)
		if err != nil {
			return counts, err
		}
		for k := range page {
			if f.Match(&page[k]) {
				counts.Add(&page[k])
			}
		}
		if len(page) < lookStep {
			return counts, nil
		}
		candidates.After = page[len(page)-1].ID
	}
}

func (s *Server) total(ctx context.Context, f geo.Filter) (int, error) {
	s.waited(ctx, f)
	n, err := s.Index.Total(ctx, f)
	if byStore(err) {
		counts, err := s.counts(ctx, f)
		return counts.Total, err
	}
	return n, err
}

// seq is the number of the change up to which answers go.
func (s *Server) seq(ctx context.Context) (int64, error) {
	seq, err := s.Index.Seq(ctx)
	if byStore(err) {
		return s.Store.LastSeq(ctx)
	}
	return seq, err
}

// find gives the incidents of a query in its order. Those that the index finds
// come from the store one by one.
func (s *Server) find(ctx context.Context, q geo.Query) ([]geo.Incident, error) {
	found, err := s.Index.Page(ctx, q)
	if errors.Is(err, index.ErrInexact) {
		return s.findMatching(ctx, q)
	}
	if byStore(err) {
		return collect(s.Store.Query(ctx, q))
	}
	if err != nil {
		return nil, err
	}
	all := make([]geo.Incident, 0, len(found.Hits))
	for _, h := range found.Hits {
		i, err := s.Store.Incident(ctx, h.ID())
		if errors.Is(err, geo.ErrNotFound) { // taken out since
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, i)
	}
	return all, nil
}

// The candidates that are looked at in the index's order before the store goes
// through all that are left, and how many at once.
const (
	maxLooked = 20_000
	lookStep  = 500
)

// findMatching answers a filter that the index knows in part: its candidates are
// looked at one by one as long as they are few.
func (s *Server) findMatching(ctx context.Context, q geo.Query) ([]geo.Incident, error) {
	need, _ := geo.Lower(q.Filter.Expr)
	candidates := geo.Query{Filter: geo.Filter{Expr: need}, Order: q.Order, Sort: q.Sort, Limit: lookStep, After: q.After}
	var all []geo.Incident
	for range maxLooked / lookStep {
		page, err := s.find(ctx, candidates)
		if err != nil {
			return nil, err
		}
		for k := range page {
			if q.Filter.Match(&page[k]) {
				if all = append(all, page[k]); len(all) == q.Limit {
					return all, nil
				}
			}
		}
		if len(page) < lookStep {
			return all, nil
		}
		candidates.After = page[len(page)-1].ID
	}
	rest := geo.Query{Filter: q.Filter, Order: q.Order, Sort: q.Sort, Limit: max(0, q.Limit-len(all)), After: candidates.After}
	more, err := collect(s.Store.Query(ctx, rest))
	return append(all, more...), err
}

func collect(incidents func(func(geo.Incident, error) bool)) ([]geo.Incident, error) {
	var all []geo.Incident
	for i, err := range incidents {
		if err != nil {
			return nil, err
		}
		all = append(all, i)
	}
	return all, nil
}
