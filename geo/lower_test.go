package geo_test

import (
	"fmt"
	"testing"

	"dateline/geo"
	"dateline/geo/storetest"

	"pgregory.net/rapid"
)

// Lower finds every incident that matches, and where it is exact no other.
func TestLower(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var incidents []geo.Incident
		for k := range 4 {
			incidents = append(incidents, storetest.Complete(fmt.Sprint(k)).Draw(t, "incident"))
		}
		for range 200 {
			var e geo.Expr = storetest.CQL(incidents).Draw(t, "cql")
			if rapid.IntRange(0, 3).Draw(t, "not") == 0 {
				e = geo.Not{Expr: e}
			}
			f := geo.Filter{Expr: e}
			for _, lower := range []func(geo.Expr) (geo.Expr, bool){geo.Lower, geo.LowerIndexed} {
				need, exact := lower(e)
				for k := range incidents {
					want, got := f.Match(&incidents[k]), geo.Filter{Expr: need}.Match(&incidents[k])
					if want && !got || exact && got != want {
						t.Fatalf("%#v\nis lowered to %#v (exact: %v)\nmatch %v, lowered %v for %#v", e, need, exact, want, got, incidents[k])
					}
				}
			}
		}
	})
}
