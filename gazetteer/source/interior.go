package source

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// interiorPoint is where a map would write the name of a polygon: the point
// inside that is farthest from its edge (the pole of inaccessibility), to a
// hundredth of the polygon's size, found by a grid that is made finer around
// the best cell. Distances are taken with degrees of longitude shrunk by the
// cosine of the latitude.
func interiorPoint(p orb.Polygon) orb.Point {
	b := p.Bound()
	shrink := math.Cos(b.Center().Lat() * math.Pi / 180)
	flat := make(orb.Polygon, len(p))
	for k, ring := range p {
		flat[k] = make(orb.Ring, len(ring))
		for i, pt := range ring {
			flat[k][i] = orb.Point{pt.Lon() * shrink, pt.Lat()}
		}
	}
	const across = 24
	box, best, most := flat.Bound(), orb.Point{}, math.Inf(-1)
	for range 4 {
		dx, dy := (box.Max.X()-box.Min.X())/across, (box.Max.Y()-box.Min.Y())/across
		for y := range across {
			for x := range across {
				pt := orb.Point{box.Min.X() + (float64(x)+0.5)*dx, box.Min.Y() + (float64(y)+0.5)*dy}
				if d := depth(flat, pt); d > most {
					best, most = pt, d
				}
			}
		}
		box = orb.Bound{Min: orb.Point{best.X() - 1.5*dx, best.Y() - 1.5*dy}, Max: orb.Point{best.X() + 1.5*dx, best.Y() + 1.5*dy}}
	}
	return normal(orb.Point{best.X() / shrink, best.Y()})
}

// depth is the distance from the polygon's edge, negative outside.
func depth(p orb.Polygon, pt orb.Point) float64 {
	nearest := math.Inf(1)
	for _, ring := range p {
		for k := 0; k+1 < len(ring); k++ {
			nearest = math.Min(nearest, planar.DistanceFromSegmentSquared(ring[k], ring[k+1], pt))
		}
	}
	nearest = math.Sqrt(nearest)
	if !planar.PolygonContains(p, pt) {
		return -nearest
	}
	return nearest
}
