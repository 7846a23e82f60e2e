package geo

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	sf "github.com/peterstace/simplefeatures/geom"
)

// Spatial relates two geometries as OGC Simple Features does (DE-9IM), on the
// plane of longitude and latitude.
type Spatial struct {
	Op          SpatialOp
	Left, Right Area
}

// SpatialOp is the name of a relation of geometries, as CQL2 writes it in lower case.
type SpatialOp string

var spatialOps = map[SpatialOp]func(a, b sf.Geometry) (bool, error){
	"s_intersects": func(a, b sf.Geometry) (bool, error) { return sf.Intersects(a, b), nil },
	"s_disjoint":   func(a, b sf.Geometry) (bool, error) { return !sf.Intersects(a, b), nil },
	"s_equals":     sf.Equals,
	"s_touches":    sf.Touches,
	"s_within":     sf.Within,
	"s_overlaps":   sf.Overlaps,
	"s_crosses":    sf.Crosses,
	"s_contains":   sf.Contains,
}

// Area is the incident's geometry where Literal is nil, else the literal. The
// incident's is the points of its pinned sites, or with CQL.Shape what holds its
// located ones; not stated where there is none.
type Area struct{ Literal *Geometry }

// Geometry is a valid geometry in degrees, lon before lat (CRS84). Make it with
// NewGeometry.
type Geometry struct {
	orb  orb.Geometry
	made sf.Geometry
}

// NewGeometry checks a geometry: within the degrees of the Earth, polygons
// without crossing edges. The error is an ErrInvalid.
func NewGeometry(g orb.Geometry) (*Geometry, error) {
	data, err := wkb.Marshal(g)
	if err != nil {
		return nil, Invalid("filter", "the geometry can't be read: %v", err)
	}
	made, err := sf.UnmarshalWKB(data)
	if err != nil {
		return nil, Invalid("filter", "the geometry is not valid: %v", err)
	}
	b := g.Bound()
	if !made.IsEmpty() && !(-180 <= b.Min.Lon() && b.Max.Lon() <= 180 && -90 <= b.Min.Lat() && b.Max.Lat() <= 90) {
		return nil, Invalid("filter", "the geometry leaves the degrees of the Earth: longitude is from -180 to 180 and comes first in CRS84, latitude from -90 to 90")
	}
	return &Geometry{g, made}, nil
}

// Orb is the geometry.
func (g *Geometry) Orb() orb.Geometry { return g.orb }

// Equal reports whether two are the same, position by position.
func (g *Geometry) Equal(o *Geometry) bool {
	if g == nil || o == nil {
		return g == o
	}
	return orb.Equal(g.orb, o.orb)
}

// geometry is nil where it is not stated.
func (a Area) geometry(s *subject) *Geometry {
	if a.Literal != nil {
		return a.Literal
	}
	if s.area == nil {
		s.area = s.sites()
	}
	if s.area.made.IsEmpty() {
		return nil
	}
	return s.area
}

// sites gives the geometry of the incident, empty where it has none.
func (s *subject) sites() *Geometry {
	var points orb.MultiPoint
	var parts []sf.Geometry
	for _, site := range s.Places {
		if site.Role != RoleSite || !site.Located() {
			continue
		}
		if !s.shape {
			if p, _ := site.Point(); site.Pinned() {
				points = append(points, p)
			}
			continue
		}
		for _, p := range site.Polygons() {
			parts = append(parts, unchecked(p))
		}
	}
	if !s.shape && len(points) > 0 {
		if len(points) == 1 {
			return &Geometry{points[0], unchecked(points[0])}
		}
		return &Geometry{points, unchecked(points)}
	}
	if len(parts) == 1 {
		return &Geometry{made: parts[0]}
	}
	whole, err := sf.UnionMany(parts)
	if err != nil { // of a polygon that is none: its boxes stand for it
		whole = sf.NewGeometryCollection(parts).AsGeometry()
	}
	return &Geometry{made: whole}
}

func unchecked(g orb.Geometry) sf.Geometry {
	data, err := wkb.Marshal(g)
	if err != nil {
		return sf.Geometry{}
	}
	made, err := sf.UnmarshalWKB(data, sf.NoValidate{})
	if err != nil {
		return sf.Geometry{}
	}
	return made
}

func (a Area) missing(s *subject) bool { return a.geometry(s) == nil }

func (e Spatial) eval(s *subject) truth {
	a, b := e.Left.geometry(s), e.Right.geometry(s)
	if a == nil || b == nil {
		return unknown
	}
	if meets, sure := e.boxes(s); sure {
		return truthOf(meets != (e.Op == "s_disjoint"))
	}
	holds, err := spatialOps[e.Op](a.made, b.made)
	if err != nil {
		return unknown
	}
	return truthOf(holds)
}

// boxes decides by the literal's box, as Lower does: where it does not meet the
// incident's geometry nothing but s_disjoint holds, and where the literal is its
// own box and the incident's geometry points, they intersect.
func (e Spatial) boxes(s *subject) (meets, sure bool) {
	literal := e.Right.Literal
	if literal == nil {
		literal = e.Left.Literal
	} else if e.Left.Literal != nil {
		return false, false
	}
	if literal == nil {
		return false, false
	}
	box, ok := literal.box(s.shape)
	if !ok {
		return false, false
	}
	meets = box.match(s.Incident)
	if e.Op == "s_intersects" || e.Op == "s_disjoint" {
		return meets, !meets || !s.shape && literal.isBox()
	}
	return false, !meets
}

// box of a literal; ok is false where it is empty. Shapes are rounded, so for
// them it is a little wider.
func (g *Geometry) box(shape bool) (BBox, bool) {
	if g.made.IsEmpty() {
		return BBox{}, false
	}
	b := g.orb.Bound()
	if shape {
		b = b.Pad(1e-6)
		b.Min = orb.Point{max(b.Min[0], -180), max(b.Min[1], -90)}
		b.Max = orb.Point{min(b.Max[0], 180), min(b.Max[1], 90)}
	}
	return BBox{West: b.Min.Lon(), South: b.Min.Lat(), East: b.Max.Lon(), North: b.Max.Lat(), Shape: shape}, true
}

// isBox reports whether a polygon is its own box and keeps off the antimeridian,
// which a BBox has from both sides.
func (g *Geometry) isBox() bool {
	p, ok := g.orb.(orb.Polygon)
	if !ok || len(p) != 1 || len(p[0]) != 5 {
		return false
	}
	b := p.Bound()
	if math.Abs(b.Min.Lon()) == 180 || math.Abs(b.Max.Lon()) == 180 || b.Min.Lon() == b.Max.Lon() || b.Min.Lat() == b.Max.Lat() {
		return false
	}
	corners := map[orb.Point]bool{}
	for k, q := range p[0] {
		onX, onY := q[0] == b.Min[0] || q[0] == b.Max[0], q[1] == b.Min[1] || q[1] == b.Max[1]
		straight := k == 0 || (q[0] == p[0][k-1][0]) != (q[1] == p[0][k-1][1])
		if !onX || !onY || !straight {
			return false
		}
		corners[q] = true
	}
	return len(corners) == 4
}
