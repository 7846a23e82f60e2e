package source

import (
	"cmp"
	"math"

	"dateline/gazetteer"

	"github.com/paulmach/orb"
)

// towns finds the settlement that a spot lies in, by cells of 0.1°.
type towns struct {
	cells map[[2]int][]gazetteer.Entry
}

func newTowns(spots []spot, outlines []gazetteer.Entry) *towns {
	t := &towns{cells: map[[2]int][]gazetteer.Entry{}}
	add := func(e gazetteer.Entry) {
		if e.Class == 'P' && e.Code != "PPLX" {
			c := townCell(e.Point)
			t.cells[c] = append(t.cells[c], e)
		}
	}
	for _, s := range spots {
		add(s.entry)
	}
	for _, e := range outlines {
		add(e)
	}
	return t
}

func townCell(p orb.Point) [2]int {
	return [2]int{int(math.Floor(p.Lon() * 10)), int(math.Floor(p.Lat() * 10))}
}

// streetTownM is how far outside a town a street may lie that is still its.
const streetTownM = 5_000

// metresPerDegree is the length of a degree of latitude (mean radius R1).
const metresPerDegree = 111_195

// of finds the id of the town of a spot: the one in whose extent it lies deepest,
// else the nearest within 5 km; "" where there is none.
func (t *towns) of(p orb.Point) string {
	best, least := "", 1.0
	near, nearest := "", float64(streetTownM)
	c, perLon := townCell(p), metresPerDegree*math.Cos(p.Lat()*math.Pi/180)
	for y := c[1] - 1; y <= c[1]+1; y++ {
		for x := c[0] - 1; x <= c[0]+1; x++ {
			for _, e := range t.cells[[2]int{x, y}] {
				d := math.Hypot((e.Point.Lon()-p.Lon())*perLon, (e.Point.Lat()-p.Lat())*metresPerDegree) // flat over 20 km
				if share := d / e.RadiusM; share < least || share == least && e.ID < best {
					best, least = e.ID, share
				}
				if d < nearest {
					near, nearest = e.ID, d
				}
			}
		}
	}
	return cmp.Or(best, near)
}

// streets joins the ways of one name in one town to one street, and those of
// one river or canal; the id is that of the lowest way.
func (x *extract) streets(t *towns) []gazetteer.Entry {
	type key struct{ name, town, code string }
	groups := map[key][]int{}
	var order []key
	for k := range x.lines {
		l := &x.lines[k]
		if !l.named || l.entry.Class != 'R' && l.entry.Code != "STM" && l.entry.Code != "CNL" {
			continue
		}
		at := key{name: gazetteer.Fold(l.entry.Name), code: l.entry.Code[:2]}
		if p, ok := x.middle(l.nodes); ok && l.entry.Class == 'R' {
			if at.town = t.of(p); at.town == "" {
				at.code += l.entry.ID // beside no town each stands alone
			}
		}
		if groups[at] == nil {
			order = append(order, at)
		}
		groups[at] = append(groups[at], k)
	}
	var out []gazetteer.Entry
	for _, at := range order {
		var nodes []int64
		first := groups[at][0]
		for _, k := range groups[at] {
			nodes = append(nodes, x.lines[k].nodes...)
			if x.lines[k].entry.ID < x.lines[first].entry.ID {
				first = k
			}
		}
		e := x.lines[first].entry
		if x.extent(&e, nodes, orb.Point{}, false) {
			e.Point, e.RadiusM, e.Parent = x.nearestTo(e.Point, nodes), 0, at.town
			e.RadiusM = x.reach(e.Point, nodes)
			out = append(out, e)
		}
	}
	return out
}

// middle is a node amid a way.
func (x *extract) middle(nodes []int64) (orb.Point, bool) {
	for k := range nodes {
		if p, ok := x.point(nodes[(len(nodes)/2+k)%len(nodes)]); ok {
			return p, true
		}
	}
	return orb.Point{}, false
}

// nearestTo is the node that is nearest to a point, so that a street's point
// lies on it.
func (x *extract) nearestTo(p orb.Point, nodes []int64) orb.Point {
	best, least := p, math.Inf(1)
	for _, n := range nodes {
		if at, ok := x.point(n); ok {
			if d := gazetteer.DistanceM(p, at); d < least {
				best, least = at, d
			}
		}
	}
	return best
}

func (x *extract) reach(p orb.Point, nodes []int64) float64 {
	reach := 0.0
	for _, n := range nodes {
		if at, ok := x.point(n); ok {
			reach = math.Max(reach, gazetteer.DistanceM(p, at))
		}
	}
	return reach + outlineMarginM
}
