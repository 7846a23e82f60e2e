package index

import (
	"math"
	"math/bits"

	"dateline/geo"
)

// held holds where one of the values of a column is among those that were looked
// at and chosen.
type held struct {
	col   *column
	codes []uint64 // a bit each
}

// newHeld looks at every value that the column has.
func newHeld(c *column, holds func(string) bool) node {
	if c == nil {
		return constant(false)
	}
	n, some := held{c, make([]uint64, c.keys.len()/64+1)}, false
	for k := range c.keys.len() {
		if holds(string(c.keys.get(k))) {
			code := k + 1
			n.codes[code/64] |= 1 << (code % 64)
			some = true
		}
	}
	if !some {
		return constant(false)
	}
	return n
}

func (n held) has(code uint32) bool { return n.codes[code/64]>>(code%64)&1 == 1 }

func (n held) test(row uint32) bool {
	if n.has(n.col.code(row)) {
		return true
	}
	for _, m := range n.col.moreOf(row, row+1) {
		if n.has(m.code) {
			return true
		}
	}
	return false
}

func (n held) narrow(k int, rows *block) { narrowEach(n, k, rows) }
func (n held) cost() int                 { return 40 + len(n.col.more)/blockRows }

// narrowEach tests the rows of a block one by one.
func narrowEach(n node, k int, rows *block) {
	for w, word := range rows {
		for rest := word; rest != 0; rest &= rest - 1 {
			j := bits.TrailingZeros64(rest)
			if !n.test(uint32(k*blockRows + w*64 + j)) {
				word &^= 1 << j
			}
		}
		rows[w] = word
	}
}

// computed holds where a comparison of computed numbers does.
type computed struct {
	e       geo.Computed
	columns map[string]numbers
}

// numbers are the values of a column by their codes.
type numbers struct {
	col    *column
	values []float64 // NaN for code 0
}

func newComputed(s *segment, e geo.Computed) node {
	n := computed{e, map[string]numbers{}}
	e.Holds(func(field string) (float64, bool) { // asks for every field, all of which are numbers
		n.columns[field] = numbersOf(s.columns[field], field)
		return 1, true
	})
	return n
}

func numbersOf(c *column, field string) numbers {
	if c == nil {
		return numbers{}
	}
	f, _ := geo.FieldByName(field)
	values := make([]float64, c.keys.len()+1)
	values[0] = math.NaN()
	for k := range c.keys.len() {
		key := c.keys.get(k)
		if f.Kind == geo.KindInt {
			values[k+1] = float64(intOfKey(key))
		} else {
			values[k+1] = floatOfKey(key)
		}
	}
	return numbers{c, values}
}

func (n computed) test(row uint32) bool {
	return n.e.Holds(func(field string) (float64, bool) {
		c := n.columns[field]
		if c.col == nil {
			return 0, false
		}
		x := c.values[c.col.code(row)]
		return x, x == x
	})
}

func (n computed) narrow(k int, rows *block) { narrowEach(n, k, rows) }
func (n computed) cost() int                 { return 200 }
