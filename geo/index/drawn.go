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
	ring  *bands // nil for a circle
}

func newInDrawn(s *segment, e geo.Drawn) inDrawn {
	n := inDrawn{s: s, e: e, boxes: e.Bounds()}
	if len(e.Ring) > 0 {
		n.ring = newBands(e.Ring)
	}
	return n
}

func (n inDrawn) holds(p orb.Point) bool {
	if n.ring != nil {
		return n.ring.inside(p)
	}
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
	zone := n.s.boxZones[k]
	switch {
	case n.skips(k):
		*rows = block{}
	case n.ring == nil || n.ring.cut(zone):
		narrowEach(n, k, rows)
	case !n.ring.inside(zone.Min):
		*rows = block{}
	default: // whatever has a place
		rows.keep(n.s.located - k*blockRows)
	}
}

// skips reports whether no row of a block can stand in one of the boxes: what
// holds a place meets none of them.
func (n inDrawn) skips(k int) bool { return !meetsAny(n.boxes, n.s.boxZones[k]) }

func (n inDrawn) cost() int { return 25 }

// inPolygons holds where an incident's points meet polygons, or are within them.
type inPolygons struct {
	s     *segment
	e     geo.Meets
	bound orb.Bound
	rings *bands
}

func newInPolygons(s *segment, e geo.Meets) inPolygons {
	var rings [][]orb.Point
	for _, r := range e.Rings() {
		rings = append(rings, r)
	}
	return inPolygons{s, e, e.Bound(), newBands(rings...)}
}

// test asks the polygons themselves where an incident has several points or one
// that may be on an edge.
func (n inPolygons) test(row uint32) bool {
	k := n.s.firstExtra(row)
	more := k < len(n.s.extraRow) && n.s.extraRow[k] == row
	if int(row) < n.s.pinned {
		p := orb.Point{n.s.lon[row], n.s.lat[row]}
		if !more && !n.rings.near(p) {
			return n.rings.inside(p)
		}
		return n.e.Holds(append(n.extras(k, row), p)...)
	}
	return more && n.e.Holds(n.extras(k, row)...)
}

// extras are the further points of a row, from one on.
func (n inPolygons) extras(from int, row uint32) (points []orb.Point) {
	for k := from; k < len(n.s.extraRow) && n.s.extraRow[k] == row; k++ {
		points = append(points, n.s.extraAt[k])
	}
	return points
}

func (n inPolygons) narrow(k int, rows *block) {
	zone := n.s.pointZones[k]
	switch {
	case n.hasExtras(k) || n.rings.cut(zone.Pad(nearEdge)):
		narrowEach(n, k, rows)
	case !n.rings.inside(zone.Min):
		*rows = block{}
	default:
		rows.keep(n.s.pinned - k*blockRows)
	}
}

func (n inPolygons) hasExtras(k int) bool {
	return n.s.firstExtra(uint32(k*blockRows)) != n.s.firstExtra(uint32((k+1)*blockRows))
}

// skips reports whether no point of a block can meet the polygons.
func (n inPolygons) skips(k int) bool {
	return !n.bound.Intersects(n.s.pointZones[k]) && !n.hasExtras(k)
}

func (n inPolygons) cost() int { return 25 }
