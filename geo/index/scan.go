package index

import (
	"context"
	"sync"

	"dateline/geo"
)

// ErrInexact is a filter that columns can't answer: its incidents themselves
// must be looked at.
var ErrInexact = errInexact{}

type errInexact struct{}

func (errInexact) Error() string { return "the filter asks more than the index has" }

// asked is a filter over a snapshot: a node a layer.
type asked struct {
	snap  *snapshot
	nodes []node
}

// ask compiles a filter for each layer of the newest snapshot; ErrInexact where
// columns can't say it.
func (x *Index) ask(ctx context.Context, f geo.Filter) (asked, error) {
	if err := f.Validate(); err != nil {
		return asked{}, err
	}
	e, exact := geo.LowerIndexed(f.Expr)
	if !exact {
		return asked{}, ErrInexact
	}
	snap, err := x.current(ctx)
	if err != nil {
		return asked{}, err
	}
	if !snap.layers[0].c.Whole && asksLate(e) {
		return asked{}, ErrNotReady
	}
	a := asked{snap: snap}
	for _, l := range snap.layers {
		n, err := l.compile(e)
		if err != nil {
			return a, err
		}
		a.nodes = append(a.nodes, n)
	}
	return a, nil
}

// Seq is the number of the store's change up to which the index goes.
func (x *Index) Seq(ctx context.Context) (int64, error) {
	snap, err := x.current(ctx)
	if err != nil {
		return 0, err
	}
	return snap.seq, nil
}

// scan calls do with the rows that match of each block from one row up to before
// another, as long as there are any in it.
func (l *layer) scan(n node, from, to int, do func(k int, rows *block)) {
	var rows block
	for k := from / blockRows; k*blockRows < to; k++ {
		if skips(n, k) {
			continue
		}
		rows = block{}
		rows.fill(max(from-k*blockRows, 0), min(to-k*blockRows, blockRows))
		if l.dead != nil {
			for w, dead := range l.dead.block(k) {
				rows[w] &^= dead
			}
		}
		if n.narrow(k, &rows); !rows.empty() {
			do(k, &rows)
		}
	}
}

// parallelRows is how many rows are worth a second processor.
const parallelRows = 1 << 17

// halves runs do over the first and the second half of the rows at once where
// they are many, else over all of them. The halves meet between blocks.
func halves(from, to int, do func(half, from, to int)) {
	if to-from < parallelRows {
		do(0, from, to)
		return
	}
	middle := (from + to) / 2 / blockRows * blockRows
	var second sync.WaitGroup
	second.Go(func() { do(1, middle, to) })
	do(0, from, middle)
	second.Wait()
}

// sets of rows that are used again.
var sets sync.Pool

func borrowSet(rows int) rowSet {
	if s, ok := sets.Get().(*rowSet); ok && len(*s) >= (rows+blockRows-1)/blockRows*len(block{}) {
		clear(*s)
		return *s
	}
	return newRowSet(rows)
}

func giveBack(s rowSet) { sets.Put(&s) }

// rows that match, with their number. The set is to be given back.
func (l *layer) matching(n node) (rowSet, int) {
	set := borrowSet(l.rows)
	var counts [2]int
	halves(0, l.rows, func(half, from, to int) {
		l.scan(n, from, to, func(k int, rows *block) {
			copy(set.block(k), rows[:])
			counts[half] += rows.count()
		})
	})
	return set, counts[0] + counts[1]
}
