package table

import (
	"math"

	"dateline/gazetteer"
	"dateline/geo"

	"github.com/paulmach/orb"
)

// spot is where a row's geometry lies: a point with the radius that holds the
// whole of it, 0 where it is one point. A middle of something wide is never
// taken for a place.
type spot struct {
	point   orb.Point
	radiusM float64
	area    orb.Polygon // where it is one polygon
}

// spotOf a geometry; ok is false where there is none, the error names what is
// not on the Earth.
func spotOf(g orb.Geometry) (s spot, ok bool, err error) {
	var corners []orb.Point
	for _, p := range cornersOf(g, nil) {
		if !(math.Abs(p.Lon()) <= 180 && math.Abs(p.Lat()) <= 90) {
			return s, false, geo.Invalid("geometry", "lon %v, lat %v is not on the Earth: want degrees of WGS 84", p.Lon(), p.Lat())
		}
		corners = append(corners, p)
	}
	if len(corners) == 0 {
		return s, false, nil
	}
	bound := corners[0].Bound()
	for _, p := range corners {
		bound = bound.Extend(p)
	}
	s.point = bound.Center()
	for _, p := range corners {
		s.radiusM = max(s.radiusM, geo.DistanceM(s.point, p))
	}
	if polygon, is := g.(orb.Polygon); is && s.radiusM > 0 {
		s.area = polygon
	}
	return s, true, nil
}

// cornersOf lists every position of a geometry.
func cornersOf(g orb.Geometry, to []orb.Point) []orb.Point {
	switch g := g.(type) {
	case orb.Point:
		return append(to, g)
	case orb.MultiPoint:
		return append(to, g...)
	case orb.LineString:
		return append(to, g...)
	case orb.MultiLineString:
		for _, line := range g {
			to = append(to, line...)
		}
	case orb.Polygon:
		for _, ring := range g {
			to = append(to, ring...)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			to = cornersOf(p, to)
		}
	case orb.Collection:
		for _, one := range g {
			to = cornersOf(one, to)
		}
	}
	return to
}

// precisionOf is how exactly something of a radius is placed, where its source
// does not say.
func precisionOf(radiusM float64) gazetteer.Precision {
	switch {
	case radiusM <= 1_000:
		return gazetteer.Neighbourhood
	case radiusM <= 25_000:
		return gazetteer.Area
	case radiusM <= 60_000:
		return gazetteer.District
	}
	return gazetteer.Region
}
