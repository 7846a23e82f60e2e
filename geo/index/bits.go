package index

import "math/bits"

// blockRows is how many rows are evaluated at once.
const blockRows = 1024

// block is a set of the rows of one block.
type block [blockRows / 64]uint64

func (b *block) empty() bool {
	var any uint64
	for _, w := range b {
		any |= w
	}
	return any == 0
}

func (b *block) count() (n int) {
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// fill the rows from a up to before b.
func (b *block) fill(from, to int) {
	for w := range b {
		lo, hi := max(from-w*64, 0), min(to-w*64, 64)
		if lo < hi {
			b[w] |= ^uint64(0) >> (64 - (hi - lo)) << lo
		}
	}
}

// keep the first n rows.
func (b *block) keep(n int) {
	var first block
	first.fill(0, min(n, blockRows))
	for w := range b {
		b[w] &= first[w]
	}
}

// each calls do with the position of every row of the set.
func (b *block) each(do func(k int)) {
	for w, word := range b {
		for word != 0 {
			do(w*64 + bits.TrailingZeros64(word))
			word &= word - 1
		}
	}
}

// rowSet is a set of rows of a segment.
type rowSet []uint64

func newRowSet(rows int) rowSet { return make(rowSet, (rows+blockRows-1)/blockRows*(blockRows/64)) }

func (s rowSet) has(row uint32) bool { return s != nil && s[row/64]>>(row%64)&1 == 1 }

func (s rowSet) add(row uint32) { s[row/64] |= 1 << (row % 64) }

// block gives the words of a block.
func (s rowSet) block(k int) []uint64 { return s[k*len(block{}) : (k+1)*len(block{})] }
