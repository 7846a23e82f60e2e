package index_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"dateline/geo"
	"dateline/geo/index"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"
)

// aboveQuick is more incidents than an index is made of before Open returns.
const aboveQuick = 5_200

// gate is an Encode that waits at one incident until it is opened, or fails there.
type gate struct {
	id          string
	asked, open chan struct{}
	once        sync.Once
	err         error
}

// revisable is up to which number incidents may change while a gate is shut.
const revisable = aboveQuick - 1

func newGate(err error) *gate {
	last := made(rand.New(rand.NewPCG(0, 0)), revisable)
	return &gate{id: last.ID, asked: make(chan struct{}), open: make(chan struct{}), err: err}
}

func (g *gate) encode(i *geo.Incident) ([]byte, error) {
	if i.ID != g.id {
		return encode(i)
	}
	g.once.Do(func() { close(g.asked) })
	<-g.open
	if g.err != nil {
		return nil, g.err
	}
	return encode(i)
}

func newMemory(n int) *memory {
	r, store := rand.New(rand.NewPCG(3, 4)), &memory{}
	for k := range n {
		store.keep(made(r, k))
	}
	return store
}

// opened is an index in a file, whose rows are there and whose features wait.
func opened(t *testing.T, store *memory, file string, g *gate) *index.Index {
	t.Helper()
	x, err := index.Open(t.Context(), store, index.Options{File: file, Encode: g.encode})
	if err != nil {
		t.Fatal(err)
	}
	<-x.Ready()
	<-g.asked
	return x
}

// The map, counts and pages are answered from the rows before there are words and
// features; what was written meanwhile is not lost when they come.
func TestRowsBeforeFeatures(t *testing.T) {
	store, g := newMemory(aboveQuick), newGate(nil)
	file := filepath.Join(t.TempDir(), "test.index")
	x := opened(t, store, file, g)
	defer x.Close()
	r := rand.New(rand.NewPCG(5, 6))
	for range 30 {
		store.keep(made(r, r.IntN(revisable)))
		store.keep(made(r, aboveQuick+r.IntN(20)))
	}
	agreeEarly(t, x, store)
	close(g.open)
	<-x.Whole()
	agreeWhole(t, x, store)
	again, err := index.Open(t.Context(), store, index.Options{File: file, Encode: encode})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	<-again.Whole()
	agreeWhole(t, again, store)
}

// agreeEarly holds an index that is not whole to Match.
func agreeEarly(t *testing.T, x *index.Index, store *memory) {
	t.Helper()
	for name, f := range manyFilters {
		want := map[string]bool{}
		for id, i := range store.all() {
			if f.Match(&i) {
				want[id] = true
			}
		}
		found, err := x.Page(t.Context(), geo.Query{Filter: f})
		if name == "words" {
			if !errors.Is(err, index.ErrNotReady) || x.Answers(f) != x.Whole() {
				t.Errorf("words are answered by %d, %v", len(found.Hits), err)
			}
			continue
		}
		if err != nil || len(found.Hits) != len(want) || x.Answers(f) != x.Ready() {
			t.Fatalf("%s: %d found, %v; want %d", name, len(found.Hits), err, len(want))
		}
		for _, h := range found.Hits {
			if !want[h.ID()] {
				t.Errorf("%s: %s is found", name, h.ID())
			}
		}
		drawn, err := x.Tile(t.Context(), f, maptile.At(orb.Point{34.46, 31.5}, 0), 100)
		if err != nil || drawn.Matched == 0 && name != "either" {
			t.Errorf("%s: tile %+v, %v", name, drawn.Matched, err)
		}
	}
	for _, q := range []geo.Query{
		{Filter: geo.Filter{Expr: geo.Compare{Field: "id", Op: geo.Eq, Value: "i000001"}}},
		{Filter: geo.Filter{Expr: geo.Not{Expr: geo.Null{Field: "origin"}}}},
		{Order: geo.ByUpdated},
		{Sort: []geo.SortKey{{Field: "origin_id"}}},
	} {
		if found, err := x.Page(t.Context(), q); !errors.Is(err, index.ErrNotReady) {
			t.Errorf("%+v: %d found, %v", q, len(found.Hits), err)
		}
	}
}

// agreeWhole holds pages with words and the features' bytes to the incidents.
func agreeWhole(t *testing.T, x *index.Index, store *memory) {
	t.Helper()
	all := store.all()
	for name, f := range manyFilters {
		found, err := x.Page(t.Context(), geo.Query{Filter: f})
		if err != nil {
			t.Fatal(err)
		}
		want := 0
		for _, i := range all {
			if f.Match(&i) {
				want++
			}
		}
		if len(found.Hits) != want {
			t.Errorf("%s: %d found, want %d", name, len(found.Hits), want)
		}
		for _, h := range found.Hits {
			i := all[h.ID()]
			want, _ := encode(&i)
			if data, ok := h.Feature(); !ok || !slices.Equal(data, want) {
				t.Fatalf("%s reads %q, %v; want %q", h.ID(), data, ok, want)
			}
		}
	}
	if found, err := x.Page(t.Context(), geo.Query{Order: geo.ByUpdated}); err != nil || len(found.Hits) != len(all) {
		t.Errorf("by update: %d found, %v", len(found.Hits), err)
	}
}

// An index that was broken off before it was whole has its rows at once when it is
// opened again, whatever was left behind them, and is made whole.
func TestBrokenOffBeforeFeatures(t *testing.T) {
	store, g := newMemory(aboveQuick), newGate(errors.New("broken off"))
	file := filepath.Join(t.TempDir(), "test.index")
	x := opened(t, store, file, g)
	close(g.open)
	<-x.Whole()
	if _, err := x.Page(t.Context(), geo.Query{Filter: manyFilters["words"]}); !errors.Is(err, index.ErrNotReady) {
		t.Errorf("words are answered: %v", err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("what a broken attempt has left"); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(7, 8))
	store.keep(made(r, 17))
	g = newGate(nil)
	x = opened(t, store, file, g)
	defer x.Close()
	agreeEarly(t, x, store)
	close(g.open)
	<-x.Whole()
	agreeWhole(t, x, store)
	if left, _ := filepath.Glob(file + ".*"); len(left) > 0 {
		t.Errorf("%v are left", left)
	}
}
