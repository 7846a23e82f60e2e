package index_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/geo"
	"dateline/geo/index"
	"dateline/geo/sqlite"
	"dateline/geo/storetest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func encode(i *geo.Incident) ([]byte, error) { return json.Marshal(i) }

type tester interface {
	Helper()
	Fatalf(format string, args ...any)
}

func openStore(t testing.TB) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "test.db"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func openIndex(t tester, s *sqlite.Store, file string) *index.Index {
	t.Helper()
	x, err := index.Open(context.Background(), s, index.Options{File: file, Encode: encode})
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return x
}

func save(t tester, s *sqlite.Store, e geo.Edit) geo.Incident {
	t.Helper()
	i, err := s.Save(context.Background(), e)
	if err != nil {
		t.Fatalf("save: %v", err)
	}
	return i
}

// TestAgreesWithMatch holds pages and counts to Filter.Match and the orders,
// over rows of the file and of layers beside it, some of which took the place of
// others.
func TestAgreesWithMatch(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		store := openStore(t)
		defer store.Close()
		n := rapid.IntRange(0, 12).Draw(rt, "incidents")
		before := rapid.IntRange(0, n).Draw(rt, "in the file")
		for k := range before {
			save(rt, store, geo.Edit{Incident: storetest.Incident(fmt.Sprintf("i%02d", k)).Draw(rt, "incident")})
		}
		file := ""
		if rapid.Bool().Draw(rt, "in a file") {
			file = filepath.Join(t.TempDir(), "test.index")
			openIndex(rt, store, file).Close()
		}
		x := openIndex(rt, store, file)
		defer x.Close()
		for k := before; k < n; k++ {
			save(rt, store, geo.Edit{Incident: storetest.Incident(fmt.Sprintf("i%02d", k)).Draw(rt, "incident")})
			if k%2 == 0 {
				count(rt, x, geo.Filter{}) // each in a layer of its own
			}
		}
		for k := 0; k < n; k += 3 {
			save(rt, store, geo.Edit{Incident: storetest.Incident(fmt.Sprintf("i%02d", k)).Draw(rt, "revised"), Base: 1})
		}
		var all []geo.Incident
		for i, err := range store.Query(context.Background(), geo.Query{Order: geo.ByID}) {
			if err != nil {
				rt.Fatalf("query: %v", err)
			}
			all = append(all, i)
		}
		for range 12 {
			agree(rt, x, all)
		}
	})
}

func agree(t *rapid.T, x *index.Index, all []geo.Incident) {
	f := storetest.Filter(all).Draw(t, "filter")
	var match []geo.Incident
	want := geo.NewCounts()
	for _, i := range all {
		if f.Match(&i) {
			match = append(match, i)
			want.Add(&i)
		}
	}
	got, err := x.Counts(context.Background(), f)
	if errors.Is(err, index.ErrInexact) {
		return
	}
	if err != nil {
		t.Fatalf("counts: %v", err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Fatalf("counts under %#v (-match +index):\n%s", f, d)
	}
	if total, err := x.Total(context.Background(), f); err != nil || total != want.Total {
		t.Fatalf("total %d, %v under %#v, want %d", total, err, f, want.Total)
	}
	q := geo.Query{Filter: f, Order: rapid.SampledFrom([]geo.Order{"", geo.NewestFirst, geo.ByID}).Draw(t, "order")}
	if rapid.IntRange(0, 3).Draw(t, "sorted") == 0 {
		field := geo.Sortable()[rapid.IntRange(0, len(geo.Sortable())-1).Draw(t, "by")]
		q.Sort = []geo.SortKey{{Field: field.Name, Descending: rapid.Bool().Draw(t, "descending")}}
		slices.SortFunc(match, func(a, b geo.Incident) int { return geo.CompareBy(q.Sort, &a, &b) })
	} else if q.Order != geo.ByID {
		slices.SortStableFunc(match, newestFirst)
	}
	if d := cmp.Diff(ids(match), pages(t, x, q, 0)); d != "" {
		t.Fatalf("filter %#v (-match +index):\n%s", f, d)
	}
	limit := rapid.IntRange(1, 5).Draw(t, "limit")
	if d := cmp.Diff(ids(match), pages(t, x, q, limit)); d != "" {
		t.Fatalf("filter %#v in pages of %d (-match +index):\n%s", f, limit, d)
	}
}

func newestFirst(a, b geo.Incident) int {
	day := func(i geo.Incident) string {
		if i.When.End != "" {
			return string(i.When.End)
		}
		return string(i.When.Start)
	}
	if c := strings.Compare(day(b), day(a)); c != 0 {
		return c
	}
	return strings.Compare(a.ID, b.ID)
}

func ids(incidents []geo.Incident) []string {
	out := []string{}
	for _, i := range incidents {
		out = append(out, i.ID)
	}
	return out
}

func pages(t tester, x *index.Index, q geo.Query, limit int) []string {
	t.Helper()
	out := []string{}
	q.Limit = limit
	for {
		found, err := x.Page(context.Background(), q)
		if err != nil {
			t.Fatalf("page: %v", err)
		}
		hits := found.Hits
		if n, err := x.Total(context.Background(), q.Filter); err != nil || found.Total >= 0 && found.Total != n {
			t.Fatalf("a page says that %d match, want %d: %v", found.Total, n, err)
		}
		for _, h := range hits {
			out = append(out, h.ID())
			var i geo.Incident
			if data, ok := h.Feature(); !ok || json.Unmarshal(data, &i) != nil || i.ID != h.ID() {
				t.Fatalf("the bytes of %s are %q", h.ID(), data)
			}
			q.After = h.ID()
		}
		if limit == 0 || len(hits) < limit || len(out) > 100 {
			return out
		}
	}
}

func count(t tester, x *index.Index, f geo.Filter) int {
	t.Helper()
	c, err := x.Counts(context.Background(), f)
	if err != nil {
		t.Fatalf("counts: %v", err)
	}
	return c.Total
}

func incident(id string) geo.Incident {
	lon, lat := 44.36, 33.31
	return geo.Incident{
		ID: id, Title: "Strike in Baghdad", Type: "air-strike", Status: geo.Published, Modality: geo.Asserted,
		When:   geo.When{Start: "2024-01-04", End: "2024-01-04"},
		Places: []geo.Site{{Role: geo.RoleSite, Place: "Baghdad", Lon: &lon, Lat: &lat, RadiusM: 5000, Precision: "settlement", Country: "IQ"}},
	}
}

func TestFileIsKeptAndChecked(t *testing.T) {
	store := openStore(t)
	file := filepath.Join(t.TempDir(), "test.index")
	for k := range 40 {
		save(t, store, geo.Edit{Incident: incident(fmt.Sprintf("i%02d", k))})
	}
	made := func() []byte {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	openIndex(t, store, file).Close()
	first := made()
	save(t, store, geo.Edit{Incident: incident("later")})
	x := openIndex(t, store, file)
	if n := count(t, x, geo.Filter{}); n != 41 {
		t.Errorf("%d incidents, want 41: what came since the file was written is missing", n)
	}
	x.Close()
	if string(made()) != string(first) {
		t.Error("the file was written again, though one change came since")
	}
	for _, spoil := range []func([]byte) []byte{
		func(b []byte) []byte { return b[:len(b)/2] },
		func(b []byte) []byte { b[len(b)-100] ^= 1; return b },
		func(b []byte) []byte { return nil },
		func(b []byte) []byte { b[0] = 'X'; return b },
		func(b []byte) []byte { b[40] ^= 1; return b }, // of a feature
	} {
		if err := os.WriteFile(file, spoil(slices.Clone(first)), 0o600); err != nil {
			t.Fatal(err)
		}
		x := openIndex(t, store, file)
		if got := pages(t, x, geo.Query{}, 0); len(got) != 41 {
			t.Errorf("%d incidents, want 41", len(got))
		}
		x.Close()
	}
	other := openStore(t)
	save(t, other, geo.Edit{Incident: incident("other")})
	x = openIndex(t, other, file)
	defer x.Close()
	if got := pages(t, x, geo.Query{}, 0); !slices.Equal(got, []string{"other"}) {
		t.Errorf("the file of another store answers: %v", got)
	}
}

func TestTakenOut(t *testing.T) {
	store := openStore(t)
	x := openIndex(t, store, "")
	defer x.Close()
	if _, err := store.Add(t.Context(), geo.Submission{Report: geo.Report{Text: "A report.", Publisher: "P"}, Incidents: []geo.Incident{incident("a")}}); err != nil {
		t.Fatal(err)
	}
	if n := count(t, x, geo.Filter{}); n != 1 {
		t.Fatalf("%d incidents, want 1", n)
	}
	if _, _, err := store.RemovePublisher(t.Context(), "P"); err != nil {
		t.Fatal(err)
	}
	if n := count(t, x, geo.Filter{}); n != 0 {
		t.Errorf("%d incidents after it was taken out", n)
	}
}

// TestManyChanges goes through the joining of layers.
func TestManyChanges(t *testing.T) {
	store := openStore(t)
	x := openIndex(t, store, "")
	defer x.Close()
	for k := range 60 {
		i := save(t, store, geo.Edit{Incident: incident(fmt.Sprintf("i%02d", k%25)), Base: k / 25})
		if n := count(t, x, geo.Filter{Expr: geo.Compare{Field: "id", Op: geo.Eq, Value: i.ID}}); n != 1 {
			t.Fatalf("%d of %s after change %d", n, i.ID, k)
		}
		if n := count(t, x, geo.Filter{}); n != min(k+1, 25) {
			t.Fatalf("%d incidents after change %d", n, k)
		}
	}
}
