package crs

import "github.com/paulmach/orb"

// Project gives a geometry of CRS84 in the system; ok is false where one of its
// positions has no place there.
func (s System) Project(g orb.Geometry) (orb.Geometry, bool) { return each(g, s.from) }

// Unproject gives a geometry of the system in CRS84; ok is false where one of
// its positions is outside of the system.
func (s System) Unproject(g orb.Geometry) (orb.Geometry, bool) { return each(g, s.to) }

func each(g orb.Geometry, move func(orb.Point) (orb.Point, bool)) (orb.Geometry, bool) {
	whole := true
	points := func(in []orb.Point) []orb.Point {
		out := make([]orb.Point, len(in))
		for k, p := range in {
			var ok bool
			out[k], ok = move(p)
			whole = whole && ok
		}
		return out
	}
	polygon := func(in orb.Polygon) orb.Polygon {
		out := make(orb.Polygon, len(in))
		for k, r := range in {
			out[k] = points(r)
		}
		return out
	}
	switch g := g.(type) {
	case orb.Point:
		return move(g)
	case orb.MultiPoint:
		return orb.MultiPoint(points(g)), whole
	case orb.LineString:
		return orb.LineString(points(g)), whole
	case orb.MultiLineString:
		out := make(orb.MultiLineString, len(g))
		for k, l := range g {
			out[k] = points(l)
		}
		return out, whole
	case orb.Polygon:
		out := polygon(g)
		return out, whole
	case orb.MultiPolygon:
		out := make(orb.MultiPolygon, len(g))
		for k, p := range g {
			out[k] = polygon(p)
		}
		return out, whole
	case orb.Collection:
		out := make(orb.Collection, len(g))
		for k, part := range g {
			var ok bool
			out[k], ok = each(part, move)
			whole = whole && ok
		}
		return out, whole
	}
	return nil, false
}

// boxSteps is how many parts each edge of a box is cut into where its edges are
// not those of a box in degrees.
const boxSteps = 32

// Ring of a box in the system, counter-clockwise in x and y, its edges cut into
// steps so that they bend as the system does; in CRS84.
func (s System) Ring(b orb.Bound) (orb.Ring, bool) {
	corners := []orb.Point{b.Min, {b.Max[0], b.Min[1]}, b.Max, {b.Min[0], b.Max[1]}, b.Min}
	var ring orb.Ring
	for k := 0; k+1 < len(corners); k++ {
		from, to := corners[k], corners[k+1]
		for step := range boxSteps {
			t := float64(step) / boxSteps
			p, ok := s.to(orb.Point{from[0] + t*(to[0]-from[0]), from[1] + t*(to[1]-from[1])})
			if !ok {
				return nil, false
			}
			ring = append(ring, p)
		}
	}
	return append(ring, ring[0]), true
}

// Bends reports whether a box of the system is none in degrees.
func (s System) Bends() bool {
	return s.URI != CRS84 && s.URI != epsg+"4326" && s.URI != epsg+"3857"
}
