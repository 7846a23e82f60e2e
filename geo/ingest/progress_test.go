package ingest_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"dateline/geo"
	"dateline/geo/ingest"
	"dateline/geo/table"

	"github.com/google/go-cmp/cmp"
)

// slowStore takes 3.5 seconds for whatever it keeps.
type slowStore struct{ geo.Store }

func (slowStore) Import(_ context.Context, incidents []geo.Incident, _, _ string) (geo.Imported, error) {
	time.Sleep(3500 * time.Millisecond)
	return geo.Imported{Added: len(incidents)}, nil
}

// Progress is told each second, while rows come slowly and while they are kept,
// and once more when they are.
func TestProgressByTheClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		source := rowsOf(t, "some.csv", "id,date,type,lat,lon\n1,2024-01-01,Flood,1,2\n2,2024-01-01,Flood,1,2\n3,2024-01-01,Flood,1,2\n")
		slowly := func(yield func(table.Row, error) bool) {
			for row, err := range source.Rows {
				if time.Sleep(700 * time.Millisecond); !yield(row, err) {
					return
				}
			}
		}
		var told []ingest.Progress
		var at []time.Duration
		began := time.Now()
		s := ingest.Service{Store: slowStore{}}
		done, err := s.Import(t.Context(), slowly, table.Guess(source.Header), ingest.ImportOptions{Origin: "some", Done: func(p ingest.Progress) {
			told, at = append(told, p), append(at, time.Since(began))
		}})
		if err != nil || done.Added != 3 {
			t.Fatalf("%+v, %v", done, err)
		}
		want := []ingest.Progress{{Read: 2}, {Read: 3}, {Read: 3}, {Read: 3}, {Read: 3, Kept: 3}}
		if d := cmp.Diff(want, told); d != "" {
			t.Errorf("progress (-want +got):\n%s", d)
		}
		for k := 1; k < len(at); k++ {
			if gap := at[k] - at[k-1]; gap > 2*time.Second {
				t.Errorf("nothing was told for %v", gap)
			}
		}
	})
}
