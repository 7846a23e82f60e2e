package index

import (
	"bytes"
	"container/heap"
	"context"
	"math/bits"
	"slices"
	"sort"

	"dateline/geo"
)

// Hit is an incident that a query found. Its bytes are those of the file: they
// may be read until the index is closed.
type Hit struct {
	layer *layer
	row   uint32
}

// ID of the incident.
func (h Hit) ID() string { return h.layer.id(h.row) }

// Feature is its bytes as Encode gave them; ok is false where the file is damaged
// or they are not made yet, so that they must come from the store.
func (h Hit) Feature() (data []byte, ok bool) { return h.layer.feature(h.row) }

// Sum is a checksum of Feature, 0 where that is not made yet.
func (h Hit) Sum() uint32 {
	if len(h.layer.featureSum) == 0 {
		return 0
	}
	return h.layer.featureSum[h.row]
}

// Revision is the number of the incident's revision.
func (h Hit) Revision() int { return h.layer.revision(h.row) }

// Private reports whether the incident names private persons: signed in, it
// reads otherwise than Feature.
func (h Hit) Private() bool { return h.layer.isPrivate(h.row) }

// Find an incident by id that matches a filter; ok is false where there is none.
func (x *Index) Find(ctx context.Context, id string, f geo.Filter) (h Hit, ok bool, err error) {
	a, err := x.ask(ctx, f)
	if err != nil {
		return h, false, err
	}
	for k := range a.snap.layers {
		l := &a.snap.layers[k]
		if row, there := l.rowOf(id); there && !l.dead.has(row) {
			return Hit{l, row}, a.nodes[k].test(row), nil
		}
	}
	return h, false, nil
}

// Found is a page of a query.
type Found struct {
	Hits  []Hit
	Total int // incidents that match, on any page; -1 where the page was found without counting them
}

// Page gives the incidents that match, in the query's order; ErrInvalid where
// the cursor's incident is gone.
func (x *Index) Page(ctx context.Context, q geo.Query) (Found, error) {
	if err := q.Validate(); err != nil {
		return Found{}, err
	}
	a, err := x.ask(ctx, q.Filter)
	if err != nil {
		return Found{}, err
	}
	o := orderOf(q)
	for _, k := range o.keys {
		if !a.snap.layers[0].c.Whole && isLateColumn(k.column) {
			return Found{}, ErrNotReady
		}
	}
	var after *Hit
	if q.After != "" {
		l, row, ok := a.snap.find(q.After)
		if !ok {
			return Found{}, geo.Invalid("cursor", "the incident that it goes on after is gone; start again without it")
		}
		after = &Hit{l, row}
	}
	limit := q.Limit
	if limit <= 0 {
		limit = a.snap.rows()
	}
	var out Found
	counted := true
	for k := range a.snap.layers {
		l := &a.snap.layers[k]
		rows, total := l.page(a.nodes[k], o, after, limit)
		out.Hits = o.merge(out.Hits, project(rows, func(row uint32) Hit { return Hit{l, row} }))
		if out.Total += total; total < 0 {
			counted = false
		}
	}
	if !counted {
		out.Total = -1
	}
	out.Hits = out.Hits[:min(limit, len(out.Hits))]
	return out, nil
}

// order of rows: by keys, then by id.
type order struct {
	keys  []orderKey
	known geo.Order // where the rows stand in this order already
}

type orderKey struct {
	column     string
	descending bool
}

func orderOf(q geo.Query) (o order) {
	for _, s := range q.Sort {
		o.keys = append(o.keys, orderKey{s.Field, s.Descending})
	}
	switch {
	case len(q.Sort) > 0:
	case q.Order == geo.ByID:
		o.known = geo.ByID
	case q.Order == geo.ByUpdated:
		o.keys = []orderKey{{"updated", true}}
	default:
		o.known, o.keys = geo.NewestFirst, []orderKey{{dayColumn, true}}
	}
	return o
}

// compare two rows of any layers; what is not stated comes last either way.
func (o order) compare(a, b Hit) int {
	for _, k := range o.keys {
		p, q := a.layer.columns[k.column], b.layer.columns[k.column]
		switch x, y := p.code(a.row), q.code(b.row); {
		case x == 0 && y == 0 || x == y && p == q:
			continue
		case x == 0:
			return 1
		case y == 0:
			return -1
		}
		c := bytes.Compare(p.key(a.row), q.key(b.row))
		if k.descending {
			c = -c
		}
		if c != 0 {
			return c
		}
	}
	return bytes.Compare(a.layer.ids.get(int(a.row)), b.layer.ids.get(int(b.row)))
}

// merge two lists that are in order.
func (o order) merge(a, b []Hit) []Hit {
	if len(a) == 0 || len(b) == 0 {
		return append(a, b...)
	}
	out := make([]Hit, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if o.compare(a[0], b[0]) <= 0 {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}

const (
	walkTests   = 20_000 // rows that are tested one by one before all are
	windowShare = 20     // a window of days is walked where it is below this share of the rows
)

// page gives the first rows that match and come after the cursor, and how many
// match in all, -1 where it does not know.
func (l *layer) page(n node, o order, after *Hit, limit int) ([]uint32, int) {
	if o.known == "" {
		return l.sorted(n, o, after, limit)
	}
	ranked := l.newest
	if o.known == geo.ByID {
		ranked = l.byID
	}
	begin := 0
	if after != nil {
		begin = sort.Search(len(ranked), func(k int) bool { return o.compare(Hit{l, ranked[k]}, *after) > 0 })
	}
	out := make([]uint32, 0, min(limit, 1024))
	take := func(row uint32) bool {
		out = append(out, row)
		return len(out) < limit
	}
	if d, ok := duringOf(n); ok && o.known == geo.NewestFirst {
		if from, to := d.window(); to-from < l.rows/windowShare {
			l.walkWindow(n, d, from, to, begin, take)
			return out, -1
		}
	}
	if !spatial(n) {
		tests := max(walkTests, 4*limit)
		for k := begin; k < min(begin+tests, len(ranked)); k++ {
			if row := ranked[k]; !l.dead.has(row) && n.test(row) && !take(row) {
				return out, -1
			}
		}
		if begin+tests >= len(ranked) {
			return out, -1
		}
	}
	set, count := l.matching(n)
	defer giveBack(set)
	if walk := limit * l.rows / max(count, 1); o.known == geo.NewestFirst && count < walk {
		return l.gather(set, begin, limit), count
	}
	out = out[:0]
	for _, row := range ranked[begin:] {
		if set.has(row) && !take(row) {
			break
		}
	}
	return out, count
}

// gather the rows of a set from a place of the newest on.
func (l *layer) gather(set rowSet, begin, limit int) []uint32 {
	ranks := borrowSet(l.rows)
	defer giveBack(ranks)
	count := 0
	for w, word := range set[:(l.rows+63)/64] {
		for ; word != 0; word &= word - 1 {
			if rank := l.newestRank[w*64+bits.TrailingZeros64(word)]; int(rank) >= begin {
				ranks.add(rank)
				count++
			}
		}
	}
	out := make([]uint32, 0, min(count, limit))
	for w := begin / 64; len(out) < min(count, limit); w++ {
		for word := ranks[w]; word != 0 && len(out) < limit; word &= word - 1 {
			out = append(out, l.newest[w*64+bits.TrailingZeros64(word)])
		}
	}
	return out
}

// walkWindow calls do with the rows that match, newest first from a place on,
// until it says no: of those in the window, and before them those without a start.
func (l *layer) walkWindow(n node, d during, from, to, begin int, do func(row uint32) bool) {
	ask := func(row uint32) bool { return l.dead.has(row) || !n.test(row) || do(row) }
	for _, row := range d.s.open {
		rank := int(l.newestRank[row])
		if rank >= from {
			break
		}
		if rank >= begin && !ask(row) {
			return
		}
	}
	for k := max(from, begin); k < to; k++ {
		if !ask(l.newest[k]) {
			return
		}
	}
}

// duringOf finds a span of days that every match must meet.
func duringOf(n node) (during, bool) {
	switch n := n.(type) {
	case during:
		return n, true
	case allOf:
		for _, part := range n {
			if d, ok := part.(during); ok {
				return d, true
			}
		}
	}
	return during{}, false
}

// spatial reports whether a box narrows the rows.
func spatial(n node) bool {
	switch n := n.(type) {
	case inBox, inShapeBox, inDrawn, inPolygons:
		return true
	case allOf:
		return slices.ContainsFunc(n, spatial)
	}
	return false
}

// sorted keeps the first rows by any keys while it goes through all that match.
func (l *layer) sorted(n node, o order, after *Hit, limit int) ([]uint32, int) {
	set, count := l.matching(n)
	defer giveBack(set)
	first := &lastFirst{l: l, o: o}
	for k := range len(set) / len(block{}) {
		if k*blockRows >= l.rows {
			break
		}
		(*block)(set.block(k)).each(func(j int) {
			h := Hit{l, uint32(k*blockRows + j)}
			switch {
			case after != nil && o.compare(h, *after) <= 0:
			case len(first.rows) < limit:
				heap.Push(first, h.row)
			case o.compare(h, Hit{l, first.rows[0]}) < 0:
				first.rows[0] = h.row
				heap.Fix(first, 0)
			}
		})
	}
	slices.SortFunc(first.rows, func(a, b uint32) int { return o.compare(Hit{l, a}, Hit{l, b}) })
	return first.rows, count
}

// lastFirst is a heap whose root is the row that comes last.
type lastFirst struct {
	l    *layer
	o    order
	rows []uint32
}

func (h *lastFirst) Len() int { return len(h.rows) }
func (h *lastFirst) Less(a, b int) bool {
	return h.o.compare(Hit{h.l, h.rows[a]}, Hit{h.l, h.rows[b]}) > 0
}
func (h *lastFirst) Swap(a, b int) { h.rows[a], h.rows[b] = h.rows[b], h.rows[a] }
func (h *lastFirst) Push(x any)    { h.rows = append(h.rows, x.(uint32)) }
func (h *lastFirst) Pop() any {
	last := h.rows[len(h.rows)-1]
	h.rows = h.rows[:len(h.rows)-1]
	return last
}
