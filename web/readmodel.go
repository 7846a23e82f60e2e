package web

import (
	"bytes"
	"context"
	"errors"

	"dateline/geo"
	"dateline/geo/format"
	"dateline/geo/index"
)

// EncodeFeature writes an incident as the collection incidents shows it to
// everyone: what the index keeps, so that it is encoded once.
func EncodeFeature(i *geo.Incident) ([]byte, error) {
	var out bytes.Buffer
	err := format.WriteFeature(&out, geo.Redact(*i), format.Options{Shape: format.Incidents})
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), err
}

// byStore reports whether the store has to answer what the index could not: its
// rows are still being made, or do not hold what the filter asks.
func byStore(err error) bool {
	return errors.Is(err, index.ErrInexact) || errors.Is(err, index.ErrNotReady)
}

func (s *Server) counts(ctx context.Context, f geo.Filter) (geo.Counts, error) {
	counts, err := s.Index.Counts(ctx, f)
	if byStore(err) {
		return s.Store.Counts(ctx, f)
	}
	return counts, err
}

func (s *Server) total(ctx context.Context, f geo.Filter) (int, error) {
	n, err := s.Index.Total(ctx, f)
	if byStore(err) {
		counts, err := s.Store.Counts(ctx, f)
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
