package source

import (
	"cmp"
	"math"
	"slices"

	"dateline/gazetteer"

	"github.com/paulmach/orb"
)

// nearest finds the towns that are nearest to a point, by cells of one degree.
type nearest struct {
	cells map[[2]int][]*entry
}

func newNearest(entries []*entry) *nearest {
	n := &nearest{cells: map[[2]int][]*entry{}}
	for _, e := range entries {
		if e.Class == 'P' && e.Admin1 != "" {
			c := cellOf(e.Point)
			n.cells[c] = append(n.cells[c], e)
		}
	}
	return n
}

func cellOf(p orb.Point) [2]int { return [2]int{int(math.Floor(p.Lon())), int(math.Floor(p.Lat()))} }

// around calls use with each town of a country in the cell of a point and the
// cells around it.
func (n *nearest) around(p orb.Point, country string, use func(e *entry, distanceM float64)) {
	c := cellOf(p)
	for y := c[1] - 1; y <= c[1]+1; y++ {
		for x := c[0] - 1; x <= c[0]+1; x++ {
			for _, e := range n.cells[[2]int{x, y}] {
				if e.Country == country {
					use(e, gazetteer.DistanceM(p, e.Point))
				}
			}
		}
	}
}

// within calls use with each town in the cells of a box, which may pass 180°.
func (n *nearest) within(box orb.Bound, use func(e *entry)) {
	low, high := cellOf(box.Min), cellOf(box.Max)
	for y := low[1]; y <= high[1]; y++ {
		for x := low[0]; x <= high[0]; x++ {
			for _, e := range n.cells[[2]int{(x+540)%360 - 180, y}] {
				use(e)
			}
		}
	}
}

// town that is nearest to a point in a country; nil where there is none.
func (n *nearest) town(p orb.Point, country string) *entry {
	var best *entry
	most := math.Inf(1)
	n.around(p, country, func(e *entry, d float64) {
		if d < most {
			best, most = e, d
		}
	})
	return best
}

// neighbours are the towns of its country that are nearest to one.
func (n *nearest) neighbours(of *entry, count int) []*entry {
	type neighbour struct {
		e *entry
		d float64
	}
	var all []neighbour
	n.around(of.Point, of.Country, func(e *entry, d float64) {
		if e != of {
			all = append(all, neighbour{e, d})
		}
	})
	slices.SortFunc(all, func(x, y neighbour) int { return cmp.Or(cmp.Compare(x.d, y.d), cmp.Compare(x.e.ID, y.e.ID)) })
	var out []*entry
	for _, x := range all[:min(count, len(all))] {
		out = append(out, x.e)
	}
	return out
}
