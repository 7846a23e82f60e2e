package web

import (
	"context"
	"sync"

	"dateline/geo"
)

// matched remembers how many incidents a filter selects for as long as the store
// does not change, so that paging through it counts once.
type matched struct {
	mu     sync.Mutex
	seq    int64
	counts map[string]int
}

// maxMatched bounds the filters that are remembered.
const maxMatched = 1000

// count gives the number of incidents under a filter, which key stands for.
func (m *matched) count(ctx context.Context, store Store, key string, f geo.Filter) (int, error) {
	seq, err := lastSeq(ctx, store)
	if err != nil {
		return 0, err
	}
	m.mu.Lock()
	if m.seq != seq || m.counts == nil || len(m.counts) >= maxMatched {
		m.seq, m.counts = seq, map[string]int{}
	}
	n, known := m.counts[key]
	m.mu.Unlock()
	if known {
		return n, nil
	}
	counts, err := store.Counts(ctx, f)
	if err != nil {
		return 0, err
	}
	m.mu.Lock()
	if m.seq == seq {
		m.counts[key] = counts.Total
	}
	m.mu.Unlock()
	return counts.Total, nil
}
