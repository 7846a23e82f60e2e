package index

import (
	"math"

	"github.com/paulmach/orb"
)

// bands are the edges of rings by bands of latitude, so that of a ring with many
// corners a point asks the few edges that are level with it.
type bands struct {
	bound     orb.Bound
	perDegree float64 // bands
	edges     [][]edge
}

type edge struct{ a, b orb.Point }

// nearEdge is how near, in degrees, a point must be to an edge for rounding to
// matter: a tenth of a millimetre.
const nearEdge = 1e-9

// edgesKept bounds how many times an edge stands in bands, on average.
const edgesKept = 8

func newBands(rings ...[]orb.Point) *bands {
	var all []edge
	b := &bands{bound: orb.MultiPoint{}.Bound()}
	tall := 0.0 // all edges one above the other
	for n, ring := range rings {
		if n == 0 {
			b.bound = orb.MultiPoint(ring).Bound()
		}
		b.bound = b.bound.Union(orb.MultiPoint(ring).Bound())
		for k, p := range ring {
			q := ring[(k+1)%len(ring)]
			all, tall = append(all, edge{p, q}), tall+math.Abs(q[1]-p[1])
		}
	}
	height := b.bound.Max[1] - b.bound.Min[1]
	count := len(all)
	if tall > 0 {
		count = min(count, int(edgesKept*float64(len(all))*height/tall))
	}
	b.edges = make([][]edge, max(count, 1))
	if height > 0 {
		b.perDegree = float64(len(b.edges)) / height
	}
	for _, e := range all {
		for k := b.band(min(e.a[1], e.b[1]) - nearEdge); k <= b.band(max(e.a[1], e.b[1])+nearEdge); k++ {
			b.edges[k] = append(b.edges[k], e)
		}
	}
	return b
}

func (b *bands) band(lat float64) int {
	return max(0, min(len(b.edges)-1, int((lat-b.bound.Min[1])*b.perDegree)))
}

// inside reports whether a line from the point to the east crosses the rings an
// odd number of times.
func (b *bands) inside(p orb.Point) bool {
	if p[1] < b.bound.Min[1] || p[1] > b.bound.Max[1] {
		return false
	}
	in := false
	for _, e := range b.edges[b.band(p[1])] {
		if (e.a[1] > p[1]) != (e.b[1] > p[1]) && p[0] < (e.b[0]-e.a[0])*(p[1]-e.a[1])/(e.b[1]-e.a[1])+e.a[0] {
			in = !in
		}
	}
	return in
}

// near reports whether a point is so near to an edge that it may be on it.
func (b *bands) near(p orb.Point) bool {
	return b.cut(orb.Bound{Min: orb.Point{p[0] - nearEdge, p[1] - nearEdge}, Max: orb.Point{p[0] + nearEdge, p[1] + nearEdge}})
}

// cut reports whether an edge may go through a box. Where none does all points of
// the box are inside or none is.
func (b *bands) cut(box orb.Bound) bool {
	if !b.bound.Intersects(box) {
		return false
	}
	for k := b.band(box.Min[1]); k <= b.band(box.Max[1]); k++ {
		for _, e := range b.edges[k] {
			if e.cuts(box) {
				return true
			}
		}
	}
	return false
}

// cuts reports whether a box meets the edge's own box and has corners on both
// sides of its line.
func (e edge) cuts(box orb.Bound) bool {
	if min(e.a[0], e.b[0]) > box.Max[0] || max(e.a[0], e.b[0]) < box.Min[0] || min(e.a[1], e.b[1]) > box.Max[1] || max(e.a[1], e.b[1]) < box.Min[1] {
		return false
	}
	side := func(x, y float64) float64 { return (e.b[0]-e.a[0])*(y-e.a[1]) - (e.b[1]-e.a[1])*(x-e.a[0]) }
	p, q := side(box.Min[0], box.Min[1]), side(box.Max[0], box.Max[1])
	r, s := side(box.Min[0], box.Max[1]), side(box.Max[0], box.Min[1])
	return min(p, q, r, s) <= 0 && max(p, q, r, s) >= 0
}
