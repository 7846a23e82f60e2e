package index_test

import (
	"fmt"
	"math"
	"testing"

	"dateline/geo"
	"dateline/geo/index"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

// star is a ring of n corners around a place, in and out by turns.
func star(at orb.Point, n int, radius float64) orb.Ring {
	var ring orb.Ring
	for k := range n {
		angle := 2 * math.Pi * float64(k) / float64(n)
		r := radius * (1 - 0.4*float64(k%2))
		ring = append(ring, orb.Point{at[0] + r*math.Cos(angle), at[1] + r*math.Sin(angle)})
	}
	return ring
}

func closed(r orb.Ring) orb.Ring { return append(r, r[0]) }

// polygons to relate incidents to: one with corners where incidents stand, one
// with a hole, two at once, and one at the antimeridian.
func polygons(t *testing.T, all []geo.Incident) map[string]orb.Geometry {
	t.Helper()
	var corners orb.Ring
	for _, i := range all {
		if s, ok := i.Where(); ok && s.Pinned() && len(corners) < 3 {
			p, _ := s.Point()
			corners = append(corners, p)
		}
	}
	gaza, kharkiv := orb.Point{34.46, 31.5}, orb.Point{36.23, 49.99}
	return map[string]orb.Geometry{
		"corners on incidents": orb.Polygon{closed(corners)},
		"with a hole":          orb.Polygon{closed(star(gaza, 200, 0.4)), closed(star(gaza, 30, 0.1))},
		"two":                  orb.MultiPolygon{{closed(star(gaza, 8, 0.2))}, {closed(star(kharkiv, 60, 0.3))}},
		"large":                orb.Polygon{closed(star(orb.Point{30, 30}, 6, 40))},
		"antimeridian":         orb.Polygon{{{179.8, -18}, {180, -18}, {180, -16}, {179.9, -16.5}, {179.8, -18}}},
	}
}

// TestPolygonsAgreeWithMatch holds the relations that the index answers by bands
// of edges to Match, which relates the geometries themselves.
func TestPolygonsAgreeWithMatch(t *testing.T) {
	layered, whole, all := newMany(t)
	all = all[:500]
	for name, g := range polygons(t, all) {
		literal, err := geo.NewGeometry(g)
		if err != nil {
			t.Fatal(err)
		}
		incident, polygon := geo.Area{}, geo.Area{Literal: literal}
		for _, e := range []geo.Logic{
			geo.Spatial{Op: "s_intersects", Left: incident, Right: polygon}, geo.Spatial{Op: "s_intersects", Left: polygon, Right: incident},
			geo.Spatial{Op: "s_disjoint", Left: incident, Right: polygon}, geo.Spatial{Op: "s_within", Left: incident, Right: polygon},
			geo.Spatial{Op: "s_contains", Left: polygon, Right: incident},
			geo.None{Part: geo.Spatial{Op: "s_within", Left: incident, Right: polygon}},
			geo.None{Part: geo.Spatial{Op: "s_disjoint", Left: incident, Right: polygon}},
		} {
			f := geo.Filter{Expr: geo.CQL{Root: e}}
			t.Run(fmt.Sprintf("%s %T", name, e), func(t *testing.T) { agreeOn(t, f, all, layered, whole) })
		}
	}
}

// TestRingsAgreeWithMatch does the same for what a person draws.
func TestRingsAgreeWithMatch(t *testing.T) {
	layered, whole, all := newMany(t)
	for name, e := range map[string]geo.Drawn{
		"triangle":         {Ring: star(orb.Point{34.46, 31.5}, 3, 0.3)},
		"many corners":     {Ring: star(orb.Point{34.46, 31.5}, 500, 0.3)},
		"holds it all":     {Ring: orb.Ring{{-180, -89}, {180, -89}, {180, 89}, {-180, 89}}},
		"crosses itself":   {Ring: orb.Ring{{34, 31}, {35, 32}, {35, 31}, {34, 32}}},
		"of no height":     {Ring: orb.Ring{{34, 31.5}, {35, 31.5}, {36, 31.5}}},
		"circle":           {Centre: orb.Point{34.46, 31.5}, RadiusM: 20_000},
		"circle at the E.": {Centre: orb.Point{179.99, -17}, RadiusM: 20_000},
	} {
		t.Run(name, func(t *testing.T) { agreeOn(t, geo.Filter{Expr: e}, all, layered, whole) })
	}
}

// agreeOn asks each index which of some incidents a filter holds of.
func agreeOn(t *testing.T, f geo.Filter, of []geo.Incident, indexes ...*index.Index) {
	t.Helper()
	for _, x := range indexes {
		found, err := x.Page(t.Context(), geo.Query{Filter: f})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]bool{}
		for _, h := range found.Hits {
			got[h.ID()] = true
		}
		want := map[string]bool{}
		for _, i := range of {
			if f.Match(&i) {
				want[i.ID] = true
			}
		}
		some := map[string]bool{}
		for _, i := range of {
			if got[i.ID] {
				some[i.ID] = true
			}
			if _, ok, err := x.Find(t.Context(), i.ID, f); err != nil || ok != want[i.ID] {
				t.Fatalf("%s is found: %v, %v; want %v", i.ID, ok, err, want[i.ID])
			}
		}
		if d := cmp.Diff(want, some); d != "" {
			t.Fatalf("(-match +index):\n%s", d)
		}
	}
}
