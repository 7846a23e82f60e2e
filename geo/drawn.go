package geo

import "github.com/paulmach/orb"

// Drawn holds where an incident stands in what a person drew on a map: a ring of
// corners, or a circle. It asks the point of the first place that is located,
// whatever its precision, and those of further sites that are points. The edge of
// a circle belongs to it; edges of a ring run straight in degrees.
type Drawn struct {
	Ring    []orb.Point // corners, lon and lat in degrees, without closing point; none for a circle
	Centre  orb.Point
	RadiusM float64
}

// maxCorners of a ring.
const maxCorners = 500

func (e Drawn) match(i *Incident) bool {
	first := true
	for k := range i.Places {
		s := &i.Places[k]
		if s.Role != RoleSite {
			continue
		}
		if p, located := s.Point(); located {
			if (first || s.Pinned()) && e.Holds(p) {
				return true
			}
			first = false
		}
	}
	return false
}

// Holds reports whether a point stands in it.
func (e Drawn) Holds(p orb.Point) bool {
	if len(e.Ring) == 0 {
		return DistanceM(e.Centre, p) <= e.RadiusM
	}
	in := false
	for k, a := range e.Ring {
		b := e.Ring[(k+1)%len(e.Ring)]
		if (a[1] > p[1]) != (b[1] > p[1]) && p[0] < (b[0]-a[0])*(p[1]-a[1])/(b[1]-a[1])+a[0] {
			in = !in
		}
	}
	return in
}

// Bounds are boxes that hold it.
func (e Drawn) Bounds() []orb.Bound {
	if len(e.Ring) == 0 {
		return CircleBounds(e.Centre, e.RadiusM*1.001+1)
	}
	return []orb.Bound{orb.MultiPoint(e.Ring).Bound()}
}

// candidates are what a store can find by boxes: shapes that meet one of them.
func (e Drawn) candidates() Expr {
	var any Or
	for _, b := range e.Bounds() {
		any = append(any, BBox{West: b.Min.Lon(), South: b.Min.Lat(), East: b.Max.Lon(), North: b.Max.Lat(), Shape: true})
	}
	return any
}

func (e Drawn) validate() error {
	degrees := func(p orb.Point) bool { return -180 <= p[0] && p[0] <= 180 && -90 <= p[1] && p[1] <= 90 }
	if len(e.Ring) == 0 {
		if !degrees(e.Centre) || !(e.RadiusM > 0 && e.RadiusM <= 2e7) {
			return Invalid("within", "want a circle as lon,lat,metres, up to 20000 km")
		}
		return nil
	}
	if len(e.Ring) < 3 || len(e.Ring) > maxCorners {
		return Invalid("within", "%d corners; a ring has 3 to %d", len(e.Ring), maxCorners)
	}
	for _, p := range e.Ring {
		if !degrees(p) {
			return Invalid("within", "want lon,lat of each corner in degrees")
		}
	}
	return nil
}
