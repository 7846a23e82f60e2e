package index_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"dateline/geo"
	"dateline/geo/index"
)

// TestParallel reads while another writes and the file is written again behind
// them, also by what an import of another process adds at once.
func TestParallel(t *testing.T) {
	store := openStore(t)
	x, err := index.Open(t.Context(), store, index.Options{File: filepath.Join(t.TempDir(), "test.index"), Encode: encode, Beside: 20})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			least := 0
			for {
				select {
				case <-done:
					return
				default:
				}
				c, err := x.Counts(t.Context(), geo.Filter{})
				if err != nil || c.Total < least {
					t.Errorf("%d incidents after %d: %v", c.Total, least, err)
					return
				}
				least = c.Total
				found, err := x.Page(t.Context(), geo.Query{Limit: 10})
				if err != nil || len(found.Hits) != min(10, len(found.Hits)) {
					t.Errorf("page: %v", err)
				}
				for _, h := range found.Hits {
					if _, ok := h.Feature(); !ok {
						t.Errorf("%s has no bytes", h.ID())
					}
				}
			}
		})
	}
	for k := range 100 {
		save(t, store, geo.Edit{Incident: incident(fmt.Sprintf("i%03d", k))})
	}
	edits := make([]geo.Edit, 700)
	for k := range edits {
		edits[k].Incident = incident(fmt.Sprintf("m%03d", k))
	}
	if err := store.SaveAll(t.Context(), edits); err != nil {
		t.Fatal(err)
	}
	for total := 0; total < 800; {
		c, err := x.Counts(t.Context(), geo.Filter{})
		if err != nil && !errors.Is(err, index.ErrNotReady) {
			t.Fatal(err)
		}
		total = c.Total
	}
	close(done)
	readers.Wait()
}
