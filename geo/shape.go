package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// EarthRadiusM is the mean radius of the Earth in metres (IUGG, R1).
const EarthRadiusM = 6371008.8

// DistanceM is the great-circle distance in metres between two points in
// degrees, by the haversine formula on a sphere of EarthRadiusM.
func DistanceM(a, b orb.Point) float64 {
	const rad = math.Pi / 180
	h := math.Pow(math.Sin((b.Lat()-a.Lat())*rad/2), 2) +
		math.Cos(a.Lat()*rad)*math.Cos(b.Lat()*rad)*math.Pow(math.Sin((b.Lon()-a.Lon())*rad/2), 2)
	return 2 * EarthRadiusM * math.Asin(math.Min(1, math.Sqrt(h)))
}

// Bounds of the shape that holds the site: of its Area where it has one, else
// of the circle of RadiusM around its point; two boxes where it crosses the
// antimeridian, none where the site is not located.
func (s Site) Bounds() []orb.Bound {
	if len(s.Area) > 0 && len(s.Area[0]) > 0 {
		return wrap(s.Area[0].Bound())
	}
	p, ok := s.Point()
	if !ok {
		return nil
	}
	return CircleBounds(p, s.RadiusM)
}

// CircleBounds are the boxes, in degrees, that hold a circle of radiusM metres
// around p: one, or two where it crosses the antimeridian. A circle that holds
// a pole spans all longitudes. (Bronstein: sin Δλ = sin(r/R) / cos φ.)
func CircleBounds(p orb.Point, radiusM float64) []orb.Bound {
	angle := radiusM / EarthRadiusM
	south, north := p.Lat()-angle*180/math.Pi, p.Lat()+angle*180/math.Pi
	if south <= -90 || north >= 90 {
		return []orb.Bound{{Min: orb.Point{-180, math.Max(south, -90)}, Max: orb.Point{180, math.Min(north, 90)}}}
	}
	d := math.Asin(math.Min(1, math.Sin(angle)/math.Cos(p.Lat()*math.Pi/180))) * 180 / math.Pi
	return wrap(orb.Bound{Min: orb.Point{p.Lon() - d, south}, Max: orb.Point{p.Lon() + d, north}})
}

// wrap gives the box, or the two of it, where its longitudes run past ±180.
func wrap(b orb.Bound) []orb.Bound {
	box := func(west, east float64) orb.Bound {
		return orb.Bound{Min: orb.Point{west, b.Min.Lat()}, Max: orb.Point{east, b.Max.Lat()}}
	}
	if b.Max.Lon()-b.Min.Lon() >= 360 {
		return []orb.Bound{box(-180, 180)}
	}
	turn := 360 * math.Floor((b.Min.Lon()+180)/360)
	west, east := b.Min.Lon()-turn, b.Max.Lon()-turn
	if east > 180 {
		return []orb.Bound{box(west, 180), box(-180, east-360)}
	}
	return []orb.Bound{box(west, east)}
}

// Circle is the polygon of n points that goes around a circle of radiusM metres
// around p, counter-clockwise and closed, by the direct problem on a sphere.
// Longitudes run on past ±180 rather than jump, so that the ring stays simple.
func Circle(p orb.Point, radiusM float64, n int) orb.Polygon {
	const rad = math.Pi / 180
	angle := radiusM / EarthRadiusM
	ring := make(orb.Ring, 0, n+1)
	for k := 0; k < n; k++ {
		bearing := -2 * math.Pi * float64(k) / float64(n)
		lat := math.Asin(math.Sin(p.Lat()*rad)*math.Cos(angle) + math.Cos(p.Lat()*rad)*math.Sin(angle)*math.Cos(bearing))
		dLon := math.Atan2(math.Sin(bearing)*math.Sin(angle)*math.Cos(p.Lat()*rad), math.Cos(angle)-math.Sin(p.Lat()*rad)*math.Sin(lat))
		ring = append(ring, orb.Point{p.Lon() + dLon/rad, lat / rad})
	}
	return orb.Polygon{append(ring, ring[0])}
}
