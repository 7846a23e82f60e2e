package index

import (
	"math/bits"
	"sort"

	"github.com/paulmach/orb"
)

// node is an expression over the rows of one segment.
type node interface {
	// narrow takes out of the rows of block k those that don't match.
	narrow(k int, rows *block)
	// test one row.
	test(row uint32) bool
	// cost of a block against others, to ask the cheap ones first.
	cost() int
}

type constant bool

func (n constant) narrow(_ int, rows *block) {
	if !n {
		*rows = block{}
	}
}
func (n constant) test(uint32) bool { return bool(n) }
func (n constant) cost() int        { return 0 }

type allOf []node

func (n allOf) narrow(k int, rows *block) {
	for _, part := range n {
		if rows.empty() {
			return
		}
		part.narrow(k, rows)
	}
}

func (n allOf) test(row uint32) bool {
	for _, part := range n {
		if !part.test(row) {
			return false
		}
	}
	return true
}

func (n allOf) cost() int { return costs(n) }

type anyOf []node

func (n anyOf) narrow(k int, rows *block) {
	var found block
	for _, part := range n {
		rest := *rows
		for w := range rest {
			rest[w] &^= found[w]
		}
		if rest.empty() {
			break
		}
		part.narrow(k, &rest)
		for w := range rest {
			found[w] |= rest[w]
		}
	}
	*rows = found
}

func (n anyOf) test(row uint32) bool {
	for _, part := range n {
		if part.test(row) {
			return true
		}
	}
	return false
}

func (n anyOf) cost() int { return costs(n) }

func costs(parts []node) (sum int) {
	for _, part := range parts {
		sum += part.cost()
	}
	return sum
}

type noneOf struct{ node }

func (n noneOf) narrow(k int, rows *block) {
	found := *rows
	n.node.narrow(k, &found)
	for w := range rows {
		rows[w] &^= found[w]
	}
}

func (n noneOf) test(row uint32) bool { return !n.node.test(row) }

// within holds where one of the values of a column is in one of the stretches of
// codes, which are sorted.
type within struct {
	col    *column
	ranges [][2]uint32 // first and last code
	table  []uint8     // 1 for each code that is in, of narrow columns
}

func newWithin(c *column, ranges [][2]uint32) node {
	if c == nil {
		return constant(false)
	}
	n := within{col: c}
	for _, r := range ranges {
		if r[0] = max(r[0], 1); r[0] <= r[1] {
			n.ranges = append(n.ranges, r)
		}
	}
	if len(n.ranges) == 0 {
		return constant(false)
	}
	if c.c8 != nil {
		n.table = make([]uint8, 1<<8)
	} else if c.c16 != nil && len(n.ranges) > 1 {
		n.table = make([]uint8, 1<<16)
	}
	for _, r := range n.ranges {
		if n.table != nil {
			for code := r[0]; code <= r[1]; code++ {
				n.table[code] = 1
			}
		}
	}
	return n
}

func (n within) has(code uint32) bool {
	if n.table != nil {
		return n.table[code] == 1
	}
	for _, r := range n.ranges {
		if r[0] <= code && code <= r[1] {
			return true
		}
	}
	return false
}

func (n within) test(row uint32) bool {
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

func (n within) narrow(k int, rows *block) {
	base := k * blockRows
	var also block
	for _, m := range n.col.moreOf(uint32(base), uint32(base+blockRows)) {
		if n.has(m.code) {
			at := m.row - uint32(base)
			also[at/64] |= 1 << (at % 64)
		}
	}
	for w, word := range rows {
		if word == 0 {
			continue
		}
		from := base + w*64
		var found uint64
		switch {
		case bits.OnesCount64(word) < 16:
			for rest := word; rest != 0; rest &= rest - 1 {
				j := bits.TrailingZeros64(rest)
				if n.has(n.col.code(uint32(from + j))) {
					found |= 1 << j
				}
			}
		case n.col.c8 != nil:
			codes, table := n.col.c8[from:min(from+64, len(n.col.c8))], (*[256]uint8)(n.table)
			for j, c := range codes {
				found |= uint64(table[c]) << j
			}
		case n.col.c16 != nil && n.table == nil:
			codes, low, span := n.col.c16[from:min(from+64, len(n.col.c16))], uint16(n.ranges[0][0]), uint16(n.ranges[0][1]-n.ranges[0][0])
			for j, c := range codes {
				var in uint64
				if c-low <= span {
					in = 1
				}
				found |= in << j
			}
		default:
			for rest := word; rest != 0; rest &= rest - 1 {
				j := bits.TrailingZeros64(rest)
				if n.has(n.col.code(uint32(from + j))) {
					found |= 1 << j
				}
			}
		}
		rows[w] = word & (found | also[w])
	}
}

func (n within) cost() int { return 10 + len(n.col.more)/blockRows }

// among holds for the rows of a set.
type among struct{ rows rowSet }

func (n among) narrow(k int, rows *block) {
	for w, word := range n.rows.block(k) {
		rows[w] &= word
	}
}
func (n among) test(row uint32) bool { return n.rows.has(row) }
func (n among) cost() int            { return 1 }

// inBox holds where a pinned site stands in one of the boxes.
type inBox struct {
	s     *segment
	boxes []orb.Bound
}

func (n inBox) meets(p orb.Point) bool {
	for _, b := range n.boxes {
		if b.Min[0] <= p[0] && p[0] <= b.Max[0] && b.Min[1] <= p[1] && p[1] <= b.Max[1] {
			return true
		}
	}
	return false
}

func (n inBox) test(row uint32) bool {
	if int(row) < n.s.pinned && n.meets(orb.Point{n.s.lon[row], n.s.lat[row]}) {
		return true
	}
	for k := n.s.firstExtra(row); k < len(n.s.extraRow) && n.s.extraRow[k] == row; k++ {
		if n.meets(n.s.extraAt[k]) {
			return true
		}
	}
	return false
}

func (n inBox) narrow(k int, rows *block) {
	base := k * blockRows
	var found block
	zone := n.s.pointZones[k]
	for _, b := range n.boxes {
		switch {
		case !b.Intersects(zone):
		case b.Contains(zone.Min) && b.Contains(zone.Max):
			found.fill(0, min(blockRows, n.s.pinned-base))
		default:
			n.rowsIn(b, base, rows, &found)
		}
	}
	for e := n.s.firstExtra(uint32(base)); e < len(n.s.extraRow) && int(n.s.extraRow[e]) < base+blockRows; e++ {
		if n.meets(n.s.extraAt[e]) {
			at := int(n.s.extraRow[e]) - base
			found[at/64] |= 1 << (at % 64)
		}
	}
	for w := range rows {
		rows[w] &= found[w]
	}
}

// rowsIn finds the rows of a block, among those that are asked, in one box.
func (n inBox) rowsIn(b orb.Bound, base int, asked, found *block) {
	for w, word := range asked {
		from := base + w*64
		to := min(from+64, n.s.pinned)
		if word == 0 || from >= to {
			continue
		}
		lons, lats := n.s.lon[from:to], n.s.lat[from:to]
		for j, lon := range lons {
			var in uint64
			if lat := lats[j]; b.Min[0] <= lon && lon <= b.Max[0] && b.Min[1] <= lat && lat <= b.Max[1] {
				in = 1
			}
			found[w] |= in << j
		}
	}
}

func (n inBox) cost() int { return 2 }

// skips reports whether no row of a block can match, by where its rows stand.
func skips(n node, k int) bool {
	switch n := n.(type) {
	case allOf:
		for _, part := range n {
			if skips(part, k) {
				return true
			}
		}
	case inBox:
		return !meetsAny(n.boxes, n.s.pointZones[k]) && n.s.firstExtra(uint32(k*blockRows)) == n.s.firstExtra(uint32((k+1)*blockRows))
	case inDrawn:
		return n.skips(k)
	case inPolygons:
		return n.skips(k)
	case inShapeBox:
		return !meetsAny(n.boxes, n.s.boxZones[k])
	}
	return false
}

func meetsAny(boxes []orb.Bound, zone orb.Bound) bool {
	for _, b := range boxes {
		if b.Intersects(zone) {
			return true
		}
	}
	return false
}

// inShapeBox holds where the box of what holds a site meets one of the boxes.
type inShapeBox struct {
	s     *segment
	boxes []orb.Bound
}

func (n inShapeBox) test(row uint32) bool {
	for _, box := range n.s.boxes[n.s.boxAt[row]:n.s.boxAt[row+1]] {
		for _, b := range n.boxes {
			if b.Intersects(box) {
				return true
			}
		}
	}
	return false
}

func (n inShapeBox) narrow(k int, rows *block) {
	for _, b := range n.boxes {
		if zone := n.s.boxZones[k]; b.Contains(zone.Min) && b.Contains(zone.Max) {
			rows.keep(n.s.located - k*blockRows) // whatever has a shape
			return
		}
	}
	asked := *rows
	asked.each(func(j int) {
		if !n.test(uint32(k*blockRows + j)) {
			rows[j/64] &^= 1 << (j % 64)
		}
	})
}

func (n inShapeBox) cost() int { return 3 }

// during holds where a span of days meets another. All rows that can match but
// those without a start have a day of these codes.
type during struct {
	node
	s              *segment
	oldest, newest uint32
}

// window of the rows newest first, beside those without a start, that can match.
func (n during) window() (from, to int) {
	day := n.s.columns[dayColumn]
	from = sort.Search(n.s.rows, func(k int) bool { return day.code(n.s.newest[k]) <= n.newest })
	to = sort.Search(n.s.rows, func(k int) bool { return day.code(n.s.newest[k]) < n.oldest })
	return from, max(from, to)
}
