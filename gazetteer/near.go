package gazetteer

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// earthRadiusM is the mean radius of the Earth in metres (IUGG, R1).
const earthRadiusM = 6371008.8

// DistanceM is the great-circle distance in metres between two points in
// degrees (haversine).
func DistanceM(a, b orb.Point) float64 {
	const rad = math.Pi / 180
	sinLat, sinLon := math.Sin((b.Lat()-a.Lat())*rad/2), math.Sin((b.Lon()-a.Lon())*rad/2)
	h := sinLat*sinLat + math.Cos(a.Lat()*rad)*math.Cos(b.Lat()*rad)*sinLon*sinLon
	return 2 * earthRadiusM * math.Asin(math.Min(1, math.Sqrt(h)))
}

// Near finds the places whose point lies within radiusM metres of p, nearest first.
func (g *Gazetteer) Near(p orb.Point, radiusM float64, limit int) []Match {
	type hit struct {
		l *Layer
		n uint32
		d float64
	}
	var hits []hit
	dLat := radiusM / 111_000
	dLon := math.Min(180, dLat/math.Max(0.01, math.Cos(math.Min(89, math.Abs(p.Lat())+dLat)*math.Pi/180)))
	box := []orb.Bound{{Min: orb.Point{p.Lon() - dLon, p.Lat() - dLat}, Max: orb.Point{p.Lon() + dLon, p.Lat() + dLat}}}
	for _, l := range g.layers {
		l.inBoxes(unwrap(box), func(n uint32) bool {
			if d := DistanceM(p, pointOf(l.record(n))); d <= radiusM {
				hits = append(hits, hit{l, n, d})
			}
			return true
		})
	}
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Or(cmp.Compare(a.d, b.d), cmp.Compare(a.n, b.n)) })
	var found []Match
	for _, h := range hits {
		if len(found) == limit {
			break
		}
		if place, ok := h.l.place(h.n); ok {
			found = append(found, Match{Place: place, Prior: h.l.priorOf(h.n)})
		}
	}
	return distinct(found)
}

// unwrap splits boxes that run past ±180 degrees.
func unwrap(boxes []orb.Bound) []orb.Bound {
	var out []orb.Bound
	for _, b := range boxes {
		for _, shift := range []float64{-360, 0, 360} {
			west, east := math.Max(b.Min.Lon()+shift, -180), math.Min(b.Max.Lon()+shift, 180)
			if west <= east {
				out = append(out, orb.Bound{Min: orb.Point{west, b.Min.Lat()}, Max: orb.Point{east, b.Max.Lat()}})
			}
		}
	}
	return out
}

// inBoxes calls use with each record in the boxes, which must not overlap, in
// the order of the index; it stops where use returns false.
func (l *Layer) inBoxes(boxes []orb.Bound, use func(n uint32) bool) {
	for _, b := range boxes {
		first, last := cellOf(b.Min.Lon(), b.Min.Lat()), cellOf(b.Max.Lon(), b.Max.Lat())
		width := last%cellsAcross - first%cellsAcross
		for row := first / cellsAcross; row <= last/cellsAcross; row++ {
			c := row*cellsAcross + first%cellsAcross
			from, _ := l.cell(c)
			_, to := l.cell(c + width)
			for n := from; n < to; n++ {
				if b.Contains(pointOf(l.record(n))) && !use(n) {
					return
				}
			}
		}
	}
}

// InBox lists places whose point lies in one of the boxes, which must not
// overlap, in the order of the index, from the one numbered after on; next is
// the number to go on from, 0 at the end, and total how many lie there.
func (g *Gazetteer) InBox(boxes []orb.Bound, after, limit int) (places []Place, next, total int) {
	for _, l := range g.layers {
		l.inBoxes(boxes, func(n uint32) bool {
			total++
			if total > after && len(places) < limit {
				if p, ok := l.place(n); ok {
					places = append(places, p)
				}
			}
			return true
		})
	}
	if after+len(places) < total {
		next = after + len(places)
	}
	return places, next, total
}

// Labels lists the places of the boxes that a map names first: settlements from
// minPopulation on, countries and first-level divisions not among them, the
// largest first.
func (g *Gazetteer) Labels(boxes []orb.Bound, minPopulation int64, limit int) []Place {
	type hit struct {
		l *Layer
		n uint32
		p uint32
	}
	var hits []hit
	for _, l := range g.layers {
		l.inBoxes(boxes, func(n uint32) bool {
			r := l.record(n)
			if pop := get32(r, recPopulation); r[recClass] == 'P' && int64(pop) >= minPopulation {
				hits = append(hits, hit{l, n, pop})
			}
			return true
		})
	}
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Or(cmp.Compare(b.p, a.p), cmp.Compare(a.n, b.n)) })
	var places []Place
	for _, h := range hits[:min(limit, len(hits))] {
		if p, ok := h.l.place(h.n); ok {
			places = append(places, p)
		}
	}
	return places
}

// Contains reports whether parent holds child: by country, by first-level
// division, by the chain of parents, else by distance within the parent's
// radius.
func (g *Gazetteer) Contains(parent, child Place) bool {
	if parent.ID == child.ID {
		return false
	}
	switch parent.Precision() {
	case Country:
		return parent.Country != "" && parent.Country == child.Country
	case Region:
		if parent.Code == "ADM1" {
			return parent.Country == child.Country && parent.Admin1 != "" && parent.Admin1 == child.Admin1
		}
	}
	for id, steps := child.Parent, 0; id != "" && steps < 6; steps++ {
		if id == parent.ID {
			return true
		}
		up, ok := g.Get(id)
		if !ok {
			break
		}
		id = up.Parent
	}
	return DistanceM(parent.Point, child.Point) <= parent.RadiusM && child.RadiusM < parent.RadiusM
}
