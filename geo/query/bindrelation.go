package query

import (
	"strings"

	"dateline/geo"
	"dateline/geo/crs"
	"dateline/geo/query/cql2"

	"github.com/paulmach/orb"
)

func (b binder) spatial(n cql2.Op) (geo.Logic, error) {
	var sides [2]geo.Area
	for k, a := range n.Args {
		var err error
		if sides[k], err = b.area(n.Name, a); err != nil {
			return nil, err
		}
	}
	return geo.Spatial{Op: geo.SpatialOp(n.Name), Left: sides[0], Right: sides[1]}, nil
}

func (b binder) area(op string, n cql2.Node) (geo.Area, error) {
	var g orb.Geometry
	ok := true
	switch n := n.(type) {
	case cql2.Property:
		if n != geometryName {
			return geo.Area{}, geo.Invalid(string(n), "it is no geometry; there is %s", geometryName)
		}
		return geo.Area{}, nil
	case cql2.Geometry:
		g, ok = b.system.Unproject(n.Geometry)
	case cql2.BBox:
		g, ok = boxArea(b.system, n)
	case cql2.Call:
		return geo.Area{}, noFunction(n)
	default:
		return geo.Area{}, geo.Invalid("filter", "%s is between geometries, not %s", strings.ToUpper(op), what(n))
	}
	if !ok {
		return geo.Area{}, geo.Invalid("filter", "the geometry leaves its coordinate system (%s: %s)", b.system.Title, b.system.Axes)
	}
	made, err := geo.NewGeometry(g)
	return geo.Area{Literal: made}, err
}

// boxArea is a box as the geometry that it is: a point or a line where it has no
// width, two polygons where it crosses the antimeridian.
func boxArea(s crs.System, box cql2.BBox) (orb.Geometry, bool) {
	b := orb.Bound{Min: orb.Point{box.X1, box.Y1}, Max: orb.Point{box.X2, box.Y2}}
	if s.Bends() {
		if box.X1 >= box.X2 || box.Y1 >= box.Y2 {
			return nil, false
		}
		ring, ok := s.Ring(b)
		return orb.Polygon{ring}, ok
	}
	low, okLow := s.ToLonLat(b.Min)
	high, okHigh := s.ToLonLat(b.Max)
	if !okLow || !okHigh || low.Lat() > high.Lat() {
		return nil, false
	}
	whole := geo.BBox{West: low.Lon(), South: low.Lat(), East: high.Lon(), North: high.Lat()}
	if whole.West <= whole.East {
		return flatBox(low, high), true
	}
	return orb.Collection{flatBox(low, orb.Point{180, high.Lat()}), flatBox(orb.Point{-180, low.Lat()}, high)}, true
}

func flatBox(low, high orb.Point) orb.Geometry {
	switch {
	case low == high:
		return low
	case low[0] == high[0] || low[1] == high[1]:
		return orb.LineString{low, high}
	}
	return orb.Bound{Min: low, Max: high}.ToPolygon()
}

func (b binder) temporal(n cql2.Op) (geo.Logic, error) {
	var sides [2]geo.Time
	for k, a := range n.Args {
		var err error
		if sides[k], err = b.time(n.Name, a); err != nil {
			return nil, err
		}
	}
	if e := compared(n.Name, sides[0], sides[1]); e != nil {
		return e, nil
	}
	return geo.Temporal{Op: geo.TemporalOp(n.Name), Left: sides[0], Right: sides[1]}, nil
}

func (b binder) time(op string, n cql2.Node) (geo.Time, error) {
	switch n := n.(type) {
	case cql2.Interval:
		start, err := b.end(n.Start)
		if err != nil {
			return geo.Time{}, err
		}
		end, err := b.end(n.End)
		if err != nil {
			return geo.Time{}, err
		}
		return geo.Time{Start: start, End: end}, inOrder(n)
	case cql2.Property:
		if n == spanName {
			return geo.Time{Incident: true}, nil
		}
	}
	t, err := b.term(n)
	if err == nil && t.kind == kindText {
		t, err = timed(t)
	}
	if err == nil && t.kind != kindTime {
		err = geo.Invalid("filter", "%s is between times, not %s", strings.ToUpper(op), t.kind)
	}
	return geo.Time{Start: t.Term, End: t.Term}, err
}

// end of an interval, nil where it is open.
func (b binder) end(n cql2.Node) (geo.Term, error) {
	if _, open := n.(cql2.Open); open {
		return nil, nil
	}
	t, err := b.term(n)
	if err == nil && t.kind != kindTime {
		err = geo.Invalid("filter", "an interval ends in a time, not in %s", t.kind)
	}
	return t.Term, err
}

func inOrder(n cql2.Interval) error {
	start, okStart := n.Start.(cql2.Instant)
	end, okEnd := n.End.(cql2.Instant)
	if okStart && okEnd && start.Time.After(end.Time) && !(end.Day && !start.Day && !start.Time.Truncate(24*60*60*1e9).After(end.Time)) {
		return geo.Invalid("filter", "the interval's start is after its end")
	}
	return nil
}

// compared writes a relation of a field of one instant with a literal as the
// comparisons that it comes to; nil where it does not.
func compared(op string, left, right geo.Time) geo.Logic {
	p, ok := left.Start.(geo.Property)
	if !ok || left.End != geo.Term(p) {
		return nil
	}
	from, okFrom := right.Start.(geo.Literal)
	to, okTo := right.End.(geo.Literal)
	if !okFrom || !okTo {
		return nil
	}
	is := func(op geo.Op, v geo.Literal) geo.Relation { return geo.Relation{Op: op, Left: p, Right: v} }
	switch op {
	case "t_before":
		return is(geo.Lt, from)
	case "t_after":
		return is(geo.Gt, to)
	case "t_intersects":
		return geo.All{is(geo.Ge, from), is(geo.Le, to)}
	case "t_disjoint":
		return geo.Any{is(geo.Lt, from), is(geo.Gt, to)}
	case "t_during":
		return geo.All{is(geo.Gt, from), is(geo.Lt, to)}
	}
	return nil
}

func (b binder) arrays(n cql2.Op) (geo.Logic, error) {
	var sides [2]geo.Items
	for k, a := range n.Args {
		var err error
		if sides[k], err = b.items(a); err != nil {
			return nil, err
		}
	}
	return geo.Arrays{Op: geo.ArrayOp(n.Name), Left: sides[0], Right: sides[1]}, nil
}

// items of a list; a value that stands alone is a list of one.
func (b binder) items(n cql2.Node) (geo.Items, error) {
	if p, ok := n.(cql2.Property); ok && lists[p] != "" {
		return geo.Items{lists[p]}, nil
	}
	list, ok := n.(cql2.List)
	if !ok {
		list = cql2.List{n}
	}
	items := geo.Items{}
	for _, item := range list {
		t, err := b.term(item)
		if err != nil {
			return nil, err
		}
		items = append(items, t.Term)
	}
	return items, nil
}
