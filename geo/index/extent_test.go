package index_test

import (
	"fmt"
	"testing"

	"dateline/geo"
	"dateline/geo/index"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
)

// TestExtents holds what a tile says of places that are no points to a walk over
// all incidents: narrow ones among the marks, wide ones each once.
func TestExtents(t *testing.T) {
	layered, whole, all := newMany(t)
	here := maptile.At(orb.Point{34.46, 31.50}, 0)
	for _, by := range geo.Classings {
		for _, wide := range []float64{5_000, 60_000} {
			look := index.Look{Limit: 50, By: by, Today: "2024-06-01", WideM: wide}
			narrow, broad, places := 0, 0, map[string]bool{}
			for _, i := range all {
				if s, ok := i.Where(); ok && s.Located() && !s.Pinned() {
					if s.RadiusM <= wide {
						narrow++
					}
					if s.RadiusM >= wide {
						broad++
						places[fmt.Sprint(*s.Lon, *s.Lat, s.RadiusM)] = true
					}
				}
			}
			points, err := layered.Tile(t.Context(), geo.Filter{}, here, 50)
			if err != nil {
				t.Fatal(err)
			}
			got, err := layered.Draw(t.Context(), geo.Filter{}, here, look)
			if err != nil || got.Matched != points.Matched+narrow {
				t.Errorf("by %s, up to %v m: %d drawn, want %d and %d (%v)", by.Name, wide, got.Matched, points.Matched, narrow, err)
			}
			same, err := whole.Draw(t.Context(), geo.Filter{}, here, look)
			if d := cmp.Diff(same, got); err != nil || d != "" {
				t.Fatalf("layers draw (-whole +layered):\n%s", d)
			}
			look.Limit = len(all)
			extents, err := layered.Extents(t.Context(), geo.Filter{}, here, 0, look)
			if err != nil || extents.Matched != broad || len(extents.Extents) != len(places) {
				t.Errorf("by %s, from %v m: %d in %d places, want %d in %d (%v)", by.Name, wide, extents.Matched, len(extents.Extents), broad, len(places), err)
			}
			sum := 0
			for _, e := range extents.Extents {
				for _, n := range e.Mix {
					sum += n
				}
			}
			if sum != broad {
				t.Errorf("by %s: %d in classes, want %d", by.Name, sum, broad)
			}
			again, err := whole.Extents(t.Context(), geo.Filter{}, here, 0, look)
			if d := cmp.Diff(again, extents); err != nil || d != "" {
				t.Fatalf("layers have (-whole +layered):\n%s", d)
			}
			for _, limit := range []int{1, 3, 20} {
				look.Limit = limit
				for _, x := range []*index.Index{layered, whole} {
					few, err := x.Extents(t.Context(), geo.Filter{}, here, 0, look)
					want := index.Extents{Matched: extents.Matched, Extents: extents.Extents[:min(limit, len(places))]}
					if d := cmp.Diff(want, few); err != nil || d != "" {
						t.Fatalf("the widest %d (-of all +alone): %v\n%s", limit, err, d)
					}
				}
			}
		}
	}
}
