package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// circlePoints is how many corners a circle's polygon has: it then lies within
// 0.3% of the circle.
const circlePoints = 48

// Polygons hold the site: its Area, else the circle of its radius; cut at the
// antimeridian and wound as RFC 7946 (3.1.9, 3.1.6) wants. None where it is not
// located.
func (s Site) Polygons() orb.MultiPolygon {
	p, ok := s.Point()
	if !ok {
		return nil
	}
	polygon := s.Area
	if len(polygon) == 0 {
		polygon = holding(p, s.RadiusM)
	}
	return cutAtAntimeridian(polygon)
}

// holding is the circle's polygon, or, where the circle holds a pole, the band
// of latitudes that holds it.
func holding(p orb.Point, radiusM float64) orb.Polygon {
	bounds := CircleBounds(p, radiusM)
	if len(bounds) == 1 && bounds[0].Max.Lon()-bounds[0].Min.Lon() >= 360 {
		return bounds[0].ToPolygon()
	}
	return Circle(p, radiusM, circlePoints)
}

// cutAtAntimeridian splits a polygon whose longitudes run past ±180. Outer
// rings run counter-clockwise and holes clockwise (RFC 7946, 3.1.6).
func cutAtAntimeridian(p orb.Polygon) orb.MultiPolygon {
	var parts orb.MultiPolygon
	for _, shift := range []float64{-360, 0, 360} {
		var part orb.Polygon
		for k, ring := range p {
			cut := finish(clip(clip(shifted(ring, shift), -180, 1), 180, -1), k == 0)
			if k == 0 && cut == nil {
				break
			}
			if cut != nil {
				part = append(part, cut)
			}
		}
		if len(part) > 0 {
			parts = append(parts, part)
		}
	}
	return parts
}

func shifted(r orb.Ring, by float64) orb.Ring {
	out := make(orb.Ring, len(r))
	for k, p := range r {
		out[k] = orb.Point{p.Lon() + by, p.Lat()}
	}
	return out
}

// clip a closed ring by a meridian, of which it keeps the east (side 1) or the
// west (side -1): Sutherland and Hodgman 1974.
func clip(r orb.Ring, meridian, side float64) orb.Ring {
	inside := func(p orb.Point) bool { return side*(p.Lon()-meridian) >= 0 }
	var out orb.Ring
	for k := 0; k+1 < len(r); k++ {
		a, b := r[k], r[k+1]
		if inside(a) {
			out = append(out, a)
		}
		if inside(a) != inside(b) {
			t := (meridian - a.Lon()) / (b.Lon() - a.Lon())
			out = append(out, orb.Point{meridian, a.Lat() + t*(b.Lat()-a.Lat())})
		}
	}
	if len(out) > 0 {
		out = append(out, out[0])
	}
	return out
}

// finish rounds a ring to 1e-7 degrees (1 cm), so that the last bits of a
// processor's sines don't show, and winds it as an outer ring or a hole. It is
// nil where nothing is left of it.
func finish(r orb.Ring, outer bool) orb.Ring {
	var out orb.Ring
	for _, p := range r {
		p = orb.Point{round7(p.Lon()), round7(p.Lat())}
		if len(out) == 0 || out[len(out)-1] != p {
			out = append(out, p)
		}
	}
	if len(out) < 4 || flat(out) {
		return nil
	}
	if (out.Orientation() == orb.CCW) != outer {
		out.Reverse()
	}
	return out
}

// flat reports whether a ring is a line north to south, as an edge on the
// antimeridian leaves one.
func flat(r orb.Ring) bool {
	b := r.Bound()
	return b.Min.Lon() == b.Max.Lon() || b.Min.Lat() == b.Max.Lat()
}

func round7(x float64) float64 { return math.Round(x*1e7) / 1e7 }
