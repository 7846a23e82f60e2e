package index

import (
	"context"
	"strings"

	"dateline/geo"
)

// Counts of the incidents that match: see geo.Counter.
func (x *Index) Counts(ctx context.Context, f geo.Filter) (geo.Counts, error) {
	counts := geo.NewCounts()
	a, err := x.ask(ctx, f)
	if err != nil {
		return counts, err
	}
	for k := range a.snap.layers {
		a.snap.layers[k].count(a.nodes[k], &counts)
	}
	return counts, nil
}

// Total is how many incidents match.
func (x *Index) Total(ctx context.Context, f geo.Filter) (int, error) {
	a, err := x.ask(ctx, f)
	if err != nil {
		return 0, err
	}
	n := 0
	for k := range a.snap.layers {
		n += a.snap.layers[k].total(a.nodes[k])
	}
	return n, nil
}

func (l *layer) total(n node) (count int) {
	if d, ok := duringOf(n); ok {
		if from, to := d.window(); to-from < l.rows/windowShare {
			l.walkWindow(n, d, from, to, -1, func(uint32) bool { count++; return true })
			return count
		}
	}
	var counts [2]int
	halves(0, l.rows, func(half, from, to int) {
		l.scan(n, from, to, func(_ int, rows *block) { counts[half] += rows.count() })
	})
	return counts[0] + counts[1]
}

// tallies are the rows of each code of a column.
type tallies struct {
	c      *column
	counts []int
}

func (l *layer) tally(name string) tallies {
	t := tallies{c: l.columns[name]}
	if t.c != nil {
		t.counts = make([]int, t.c.keys.len()+1)
	}
	return t
}

func (t tallies) add(base int, rows *block) {
	switch {
	case t.c == nil:
	case t.c.c8 != nil:
		codes := t.c.c8[base:]
		rows.each(func(j int) { t.counts[codes[j]]++ })
	case t.c.c16 != nil:
		codes := t.c.c16[base:]
		rows.each(func(j int) { t.counts[codes[j]]++ })
	default:
		rows.each(func(j int) { t.counts[t.c.c32[base+j]]++ })
	}
}

// addMore counts further values, each once a row.
func (t tallies) addMore(base int, rows *block) {
	if t.c == nil {
		return
	}
	last := rowCode{}
	for _, m := range t.c.moreOf(uint32(base), uint32(base+blockRows)) {
		j := int(m.row) - base
		if rows[j/64]>>(j%64)&1 == 1 && m != last && m.code != t.c.code(m.row) {
			t.counts[m.code]++
		}
		last = m
	}
}

// join gives the counts by key.
func (t tallies) join(do func(key string, n int)) {
	for code, n := range t.counts {
		if n > 0 && code > 0 {
			do(string(t.c.keys.get(code-1)), n)
		}
	}
}

// counted is one half's counts.
type counted struct {
	total                              int
	day, kind, country, status, places tallies
}

func (l *layer) counted(n node, from, to int) counted {
	c := counted{day: l.tally(dayColumn), kind: l.tally("type"), country: l.tally("country"), status: l.tally("status"), places: l.tally("located")}
	l.scan(n, from, to, func(k int, rows *block) {
		base := k * blockRows
		c.total += rows.count()
		for _, t := range []tallies{c.day, c.kind, c.country, c.status, c.places} {
			t.add(base, rows)
		}
		c.country.addMore(base, rows)
	})
	return c
}

func (l *layer) count(n node, into *geo.Counts) {
	var both [2]counted
	halves(0, l.rows, func(half, from, to int) { both[half] = l.counted(n, from, to) })
	for _, c := range both {
		into.Total += c.total
		into.Undated += c.total
		c.day.join(func(key string, n int) { into.ByDay[geo.Day(key)] += n; into.Undated -= n })
		c.kind.join(func(key string, n int) { into.ByType[key] += n })
		c.country.join(func(key string, n int) { into.ByCountry[strings.ToUpper(key)] += n })
		c.status.join(func(key string, n int) { into.ByStatus[geo.Status(key)] += n })
		c.places.join(func(key string, n int) {
			if key == keyOf(false) {
				into.Unlocated += n
			}
		})
	}
}
