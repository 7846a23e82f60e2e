package index_test

import (
	"testing"

	"dateline/geo"
	"dateline/geo/index"

	"github.com/google/go-cmp/cmp"
)

// TestBins holds bins to a walk over all incidents, whatever rows lie where.
func TestBins(t *testing.T) {
	layered, whole, all := newMany(t)
	for name, f := range manyFilters {
		for _, unit := range index.BinUnits {
			got, err := layered.Bins(t.Context(), f, index.Look{}, unit)
			if err != nil {
				t.Fatal(err)
			}
			same, err := whole.Bins(t.Context(), f, index.Look{}, unit)
			if d := cmp.Diff(same, got); err != nil || d != "" {
				t.Fatalf("%s by %s (-whole +layered):\n%s", name, unit, d)
			}
			dated, coarse, binned, classed, rough := 0, 0, 0, 0, 0
			for _, i := range all {
				if !f.Match(&i) || i.When.Start == "" && i.When.End == "" {
					continue
				}
				dated++
				if i.When.Start == "" || i.When.Precision != "" && i.When.Precision != geo.ByDay && i.When.Precision != geo.ByTime {
					coarse++
				}
			}
			for k, b := range got {
				binned += b.Count
				rough += b.Coarse
				for _, n := range b.Mix {
					classed += n
				}
				if k > 0 && got[k-1].From >= b.From || b.Count == 0 {
					t.Fatalf("%s by %s: bin %+v after %+v", name, unit, b, got[max(k-1, 0)])
				}
			}
			if binned != dated || classed != dated || rough != coarse {
				t.Errorf("%s by %s: %d in bins, %d in classes, %d coarse; want %d, of which %d", name, unit, binned, classed, rough, dated, coarse)
			}
		}
	}
	if _, err := layered.Bins(t.Context(), geo.Filter{}, index.Look{}, "hour"); err == nil {
		t.Error("bins of an hour")
	}
}
