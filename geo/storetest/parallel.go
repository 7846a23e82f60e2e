package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"dateline/geo"

	"golang.org/x/sync/errgroup"
)

func testChanges(t *testing.T, store geo.Store) {
	ctx := context.Background()
	added := mustAdd(t, store, submission("A report.", sample("a"), sample("b")))
	i := added.Incidents[0]
	i.Title = "Another"
	mustSave(t, store, geo.Edit{Incident: i, Base: 1, By: "someone", Why: "better", Person: true})
	mustAdd(t, store, submission("A report.", sample("a")))
	all := collect(t, store.Changes(ctx, 0))
	if len(all) != 3 {
		t.Fatalf("%d changes, want 3", len(all))
	}
	if c := all[2]; c.By != "someone" || c.Why != "better" || c.Incident.Title != "Another" || c.Incident.Revision != 2 || c.At.IsZero() {
		t.Errorf("the last change is %+v", c)
	}
	if rest := collect(t, store.Changes(ctx, all[1].Seq)); len(rest) != 1 || rest[0].Seq != all[2].Seq {
		t.Errorf("%d changes after the second", len(rest))
	}
	if rest := collect(t, store.Changes(ctx, all[2].Seq)); len(rest) != 0 {
		t.Errorf("%d changes after the last", len(rest))
	}
}

// The load of testConcurrent.
const (
	writers = 4
	readers = 4
	adds    = 12
)

// testConcurrent adds, edits one incident from all sides and reads all the
// while. Every add is there at the end, and of the edits from one base one wins.
func testConcurrent(t *testing.T, store geo.Store) {
	ctx, cancel := context.WithCancel(context.Background())
	shared := mustSave(t, store, geo.Edit{Incident: sample("shared")})
	var writing errgroup.Group
	var won sync.Map
	for w := range writers {
		writing.Go(func() error { return write(ctx, store, w, shared, &won) })
	}
	var reading errgroup.Group
	for range readers {
		reading.Go(func() error { return readWhile(ctx, store) })
	}
	err := writing.Wait()
	cancel()
	if err := errors.Join(err, reading.Wait()); err != nil {
		t.Fatal(err)
	}
	if got := len(query(t, store, geo.Query{})); got != writers*adds*2+1 {
		t.Errorf("%d incidents, want %d", got, writers*adds*2+1)
	}
	last := mustIncident(t, store, "shared")
	if last.Revision < 2 {
		t.Error("no edit won")
	}
	winners := 0
	won.Range(func(_, _ any) bool { winners++; return true })
	if winners != last.Revision-1 {
		t.Errorf("%d edits were acknowledged, the incident is at revision %d", winners, last.Revision)
	}
}

func write(ctx context.Context, store geo.Store, w int, shared geo.Incident, won *sync.Map) error {
	for n := range adds {
		k := 100*w + 2*n
		text := fmt.Sprintf("Report %d of %d.", n, w)
		if _, err := store.Add(ctx, submission(text, sample(incidentID(k)), sample(incidentID(k+1)))); err != nil {
			return err
		}
		shared.Title = text
		saved, err := store.Save(ctx, geo.Edit{Incident: shared, Base: shared.Revision})
		switch {
		case errors.Is(err, geo.ErrConflict):
			if shared, err = store.Incident(ctx, "shared"); err != nil {
				return err
			}
		case err != nil:
			return err
		default:
			if _, twice := won.LoadOrStore(saved.Revision, w); twice {
				return fmt.Errorf("revision %d was acknowledged twice", saved.Revision)
			}
			shared = saved
		}
	}
	return nil
}

// readWhile reads until ctx ends; whole reports only are to be seen.
func readWhile(ctx context.Context, store geo.Store) error {
	baghdad := geo.Filter{Expr: geo.And{geo.Words{"baghdad"}, geo.BBox{West: 44, South: 33, East: 45, North: 34}, geo.Not{Expr: geo.Compare{Field: "id", Op: geo.Eq, Value: "shared"}}}}
	for ctx.Err() == nil {
		n := 0
		for _, err := range store.Query(ctx, geo.Query{Filter: baghdad}) {
			if ctx.Err() != nil {
				return nil
			}
			if err != nil {
				return err
			}
			n++
		}
		if n%2 != 0 && ctx.Err() == nil {
			return fmt.Errorf("read %d incidents of reports that tell two each", n)
		}
	}
	return nil
}
