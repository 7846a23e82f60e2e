package index

import (
	"dateline/geo"

	"github.com/paulmach/orb"
)

// inDrawn holds where a place stands in what a person drew; boxes hold it.
type inDrawn struct {
	s     *segment
	e     geo.Drawn
	boxes []orb.Bound
}

func (n inDrawn) holds(p orb.Point) bool {
	for _, b := range n.boxes {
		if b.Contains(p) {
			return n.e.Holds(p)
		}
	}
	return false
}

func (n inDrawn) test(row uint32) bool {
	if int(row) < n.s.located && n.holds(orb.Point{n.s.lon[row], n.s.lat[row]}) {
		return true
	}
	for k := n.s.firstExtra(row); k < len(n.s.extraRow) && n.s.extraRow[k] == row; k++ {
		if n.holds(n.s.extraAt[k]) {
			return true
		}
	}
	return false
}

func (n inDrawn) narrow(k int, rows *block) {
	if n.skips(k) {
		*rows = block{}
		return
	}
	rows.each(func(j int) {
		if !n.test(uint32(k*blockRows + j)) {
			rows[j/64] &^= 1 << (j % 64)
		}
	})
}

// skips reports whether no row of a block can stand in one of the boxes: what
// holds a place meets none of them.
func (n inDrawn) skips(k int) bool { return !meetsAny(n.boxes, n.s.boxZones[k]) }

func (n inDrawn) cost() int { return 20 + len(n.e.Ring) }
