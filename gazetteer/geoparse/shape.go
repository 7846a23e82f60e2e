package geoparse

import (
	"math"

	"dateline/gazetteer"

	"github.com/paulmach/orb"
)

// shape is where a locative puts something: a point, a radius in metres from it
// that holds the location, and the polygon where the rule gives one.
//
// The rules are those of the point-radius method (Wieczorek, Guo and Hijmans
// 2004, "The point-radius method for georeferencing locality descriptions and
// calculating associated uncertainty", Int. J. Geographical Information Science
// 18; GBIF "Georeferencing Best Practices", 2020). The place's extent is its
// RadiusM.
type shape struct {
	point   orb.Point
	radiusM float64
	area    orb.Geometry
}

// whole is the named place: its centre, the radius to its furthest edge.
func whole(p gazetteer.Place) shape { return shape{point: p.Point, radiusM: p.RadiusM} }

// offset is d metres from p towards bearing, the direction known to ± half
// degrees and the distance to ± dd metres. With x = d·cos(half), y =
// d·sin(half), x' = d + d', y' = 0 and d' the sum of the place's extent and dd
// the radius is √((x'−x)² + (y'−y)²): 9 km NE with d' = 4.119 km gives 5.911 km
// (5.918 in the paper, which rounds on the way).
func offset(p gazetteer.Place, d, dd, bearing, half float64) shape {
	x, y := d*math.Cos(half*rad), d*math.Sin(half*rad)
	far := d + p.RadiusM + dd
	return shape{point: move(p.Point, bearing, d), radiusM: math.Hypot(far-x, y)}
}

// distance is d metres from p in a direction that is not said: anywhere on a
// ring.
func distance(p gazetteer.Place, d, dd float64) shape {
	outer := d + dd + p.RadiusM
	return shape{p.Point, outer, ring(p.Point, math.Max(0, d-dd-p.RadiusM), outer)}
}

// towards is d metres from p on the way to another place, whose bearing is
// known only roughly since ways bend: half a sector of 22.5 degrees.
func towards(p gazetteer.Place, d, dd float64, to gazetteer.Place) shape {
	return offset(p, d, dd, bearing(p.Point, to.Point), 22.5)
}

// direction is "north of p" without a distance: the sector from p's centre to
// its edge and as far again beyond it, at least minBeyondM.
func direction(p gazetteer.Place, bearing, half float64) shape {
	return sector(p.Point, p.RadiusM+math.Max(p.RadiusM, minBeyondM), bearing, half)
}

const minBeyondM = 5_000

// part is "northern p": the sector of p's extent. Its point is the centre of
// the smallest circle that holds the sector.
func part(p gazetteer.Place, bearing, half float64) shape {
	return sector(p.Point, p.RadiusM, bearing, half)
}

// sector is the sector of reach metres about a bearing. The circle through its
// tip and the two ends of its arc, of radius reach/(2·cos half), holds it up to
// half = 45 degrees.
func sector(tip orb.Point, reach, bearing, half float64) shape {
	r := reach / (2 * math.Cos(half*rad))
	line := orb.Ring{tip}
	const steps = 8
	for k := 0; k <= steps; k++ {
		line = append(line, move(tip, bearing-half+2*half*float64(steps-k)/steps, reach))
	}
	line = append(line, tip)
	return shape{move(tip, bearing, r), r, area(line)}
}

// centre is the inner half of p's extent.
func centre(p gazetteer.Place) shape {
	r := p.RadiusM / 2
	return shape{p.Point, r, area(circle(p.Point, r))}
}

// suburbs are the ring of p's extent outside its inner half.
func suburbs(p gazetteer.Place) shape {
	return shape{p.Point, p.RadiusM, ring(p.Point, p.RadiusM/2, p.RadiusM)}
}

// suburbsTowards are the suburbs on one side of p.
func suburbsTowards(p gazetteer.Place, bearing, half float64) shape {
	return arc(p.Point, p.RadiusM/2, p.RadiusM, bearing, half)
}

// outskirts are a ring about p's edge, a quarter of its extent to each side.
func outskirts(p gazetteer.Place) shape {
	return shape{p.Point, p.RadiusM * 1.25, ring(p.Point, p.RadiusM*0.75, p.RadiusM*1.25)}
}

// outskirtsTowards are the outskirts on one side of p.
func outskirtsTowards(p gazetteer.Place, bearing, half float64) shape {
	return arc(p.Point, p.RadiusM*0.75, p.RadiusM*1.25, bearing, half)
}

// arc is a ring's part about a bearing. Its point lies on the bearing at the
// middle of the two corners' and the arc's distances, which the radius holds.
func arc(c orb.Point, inner, outer, bearing, half float64) shape {
	var line orb.Ring
	const steps = 8
	for k := 0; k <= steps; k++ {
		line = append(line, move(c, bearing+half-2*half*float64(k)/steps, outer))
	}
	for k := 0; k <= steps; k++ {
		line = append(line, move(c, bearing-half+2*half*float64(k)/steps, inner))
	}
	line = append(line, line[0])
	along := math.Max(outer*math.Cos(half*rad), (inner*math.Cos(half*rad)+outer)/2)
	corner := math.Hypot(outer*math.Sin(half*rad), outer*math.Cos(half*rad)-along)
	innerCorner := math.Hypot(inner*math.Sin(half*rad), inner*math.Cos(half*rad)-along)
	return shape{move(c, bearing, along), math.Max(math.Max(corner, innerCorner), outer-along), area(line)}
}

// near is p with a buffer about it: its extent again, from 5 to 25 km; or, where
// the text says within which distance, that.
func near(p gazetteer.Place, within float64) shape {
	if within == 0 {
		within = buffer(p)
	}
	return shape{point: p.Point, radiusM: p.RadiusM + within}
}

// outside is the buffer alone.
func outside(p gazetteer.Place) shape {
	outer := p.RadiusM + buffer(p)
	return shape{p.Point, outer, ring(p.Point, p.RadiusM, outer)}
}

func buffer(p gazetteer.Place) float64 { return math.Min(math.Max(p.RadiusM, 5_000), 25_000) }

// between is the middle of a and b and half their distance.
func between(a, b gazetteer.Place) shape {
	d := gazetteer.DistanceM(a.Point, b.Point)
	return shape{point: move(a.Point, bearing(a.Point, b.Point), d/2), radiusM: math.Max(d/2, 1)}
}

// border is where a and b meet: on the line between them where their extents
// share it, as wide as the smaller of the two.
func border(a, b gazetteer.Place) shape {
	d := gazetteer.DistanceM(a.Point, b.Point)
	share := 0.5
	if sum := a.RadiusM + b.RadiusM; sum > 0 {
		share = a.RadiusM / sum
	}
	return shape{point: move(a.Point, bearing(a.Point, b.Point), d*share), radiusM: math.Max(math.Min(a.RadiusM, b.RadiusM), 1)}
}

// rim is the border of p with no other side named: a ring about its edge.
func rim(p gazetteer.Place) shape {
	return shape{p.Point, p.RadiusM * 1.1, ring(p.Point, p.RadiusM/2, p.RadiusM*1.1)}
}

// offshoreM is how far off its coast a place's waters go: 25 nautical miles.
const offshoreM = 46_300

// coast is off the coast of p, on a side that is not said: up to d metres off it,
// known to ± dd, where the text says so.
func coast(p gazetteer.Place, d, dd float64) shape {
	if d == 0 {
		d = offshoreM
	}
	return shape{point: p.Point, radiusM: p.RadiusM + d + dd}
}

// coastTowards is off p's northern coast.
func coastTowards(p gazetteer.Place, bearing float64) shape {
	return shape{point: move(p.Point, bearing, p.RadiusM), radiusM: offshoreM + p.RadiusM/2}
}

const rad = math.Pi / 180

const earthRadiusM = 6371008.8

// move is the point d metres from p on the great circle towards bearing
// (degrees clockwise from north).
func move(p orb.Point, bearing, d float64) orb.Point {
	lat, b, s := p.Lat()*rad, bearing*rad, d/earthRadiusM
	sin := math.Sin(lat)*math.Cos(s) + math.Cos(lat)*math.Sin(s)*math.Cos(b)
	to := math.Asin(math.Max(-1, math.Min(1, sin)))
	lon := p.Lon() + math.Atan2(math.Sin(b)*math.Sin(s)*math.Cos(lat), math.Cos(s)-math.Sin(lat)*sin)/rad
	return orb.Point{math.Mod(lon+540, 360) - 180, to / rad}
}

// bearing is the initial course from a to b in degrees clockwise from north.
func bearing(a, b orb.Point) float64 {
	dLon := (b.Lon() - a.Lon()) * rad
	y := math.Sin(dLon) * math.Cos(b.Lat()*rad)
	x := math.Cos(a.Lat()*rad)*math.Sin(b.Lat()*rad) - math.Sin(a.Lat()*rad)*math.Cos(b.Lat()*rad)*math.Cos(dLon)
	return math.Mod(math.Atan2(y, x)/rad+360, 360)
}

// circle is a ring of 32 points, counterclockwise.
func circle(c orb.Point, r float64) orb.Ring {
	const points = 32
	line := make(orb.Ring, 0, points+1)
	for k := range points {
		line = append(line, move(c, -360*float64(k)/points, r))
	}
	return append(line, line[0])
}

// ring is the polygon between two circles, nil where it would cross the
// antimeridian or a pole.
func ring(c orb.Point, inner, outer float64) orb.Geometry {
	out := area(circle(c, outer))
	if p, ok := out.(orb.Polygon); ok && inner > 0 {
		hole := circle(c, inner)
		hole.Reverse()
		return append(p, hole)
	}
	return out
}

// area is the polygon of a line, nil where it crosses the antimeridian.
func area(line orb.Ring) orb.Geometry {
	for k := 1; k < len(line); k++ {
		if math.Abs(line[k].Lon()-line[k-1].Lon()) > 180 {
			return nil
		}
	}
	if line.Orientation() == orb.CW {
		line.Reverse()
	}
	return orb.Polygon{line}
}
