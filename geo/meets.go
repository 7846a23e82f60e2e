package geo

import (
	"slices"

	"github.com/paulmach/orb"
	sf "github.com/peterstace/simplefeatures/geom"
)

// Meets holds where the points of an incident's pinned sites meet polygons, or
// stand within them: what LowerIndexed makes of CQL2's s_intersects and s_within
// for an index, which asks each of many points.
type Meets struct {
	with   *Geometry
	within bool
}

// meets is the relation as Meets, where it relates the incident's points to
// polygons; not says that it holds where Meets does not.
func (e Spatial) meets() (m Meets, not, ok bool) {
	literal, turned := e.Right.Literal, false
	if literal == nil {
		literal, turned = e.Left.Literal, true
	}
	if literal == nil || e.Left.Literal != nil && e.Right.Literal != nil || !literal.isAreal() {
		return m, false, false
	}
	switch {
	case e.Op == "s_intersects" || e.Op == "s_disjoint":
		return Meets{with: literal}, e.Op == "s_disjoint", true
	case e.Op == "s_within" && !turned, e.Op == "s_contains" && turned:
		return Meets{with: literal, within: true}, false, true
	}
	return m, false, false
}

// isAreal reports whether a literal is of polygons.
func (g *Geometry) isAreal() bool {
	switch g.orb.(type) {
	case orb.Polygon, orb.MultiPolygon:
		return !g.made.IsEmpty()
	}
	return false
}

func (e Meets) match(i *Incident) bool {
	g := Area{}.geometry(&subject{Incident: i})
	return g != nil && e.box().match(i) && e.holds(g.made)
}

func (e Meets) holds(g sf.Geometry) bool {
	if !e.within {
		return sf.Intersects(g, e.with.made)
	}
	within, err := sf.Within(g, e.with.made)
	return err == nil && within
}

// Holds reports whether it holds of an incident with such points.
func (e Meets) Holds(points ...orb.Point) bool {
	box := e.box()
	if !slices.ContainsFunc(points, func(p orb.Point) bool { return box.meets(orb.Bound{Min: p, Max: p}) }) {
		return false
	}
	if len(points) == 1 {
		return e.holds(unchecked(points[0]))
	}
	return e.holds(unchecked(orb.MultiPoint(points)))
}

// Rings of the polygons, holes among them. A point that is on none of their edges
// holds where a line from it crosses them an odd number of times.
func (e Meets) Rings() []orb.Ring {
	switch g := e.with.orb.(type) {
	case orb.Polygon:
		return g
	case orb.MultiPolygon:
		var all []orb.Ring
		for _, p := range g {
			all = append(all, p...)
		}
		return all
	}
	return nil
}

// Bound holds the polygons.
func (e Meets) Bound() orb.Bound { return e.with.orb.Bound() }

func (e Meets) validate() error { return nil }

// box holds the polygons: what a store finds candidates by.
func (e Meets) box() BBox {
	box, _ := e.with.box(false)
	return box
}
