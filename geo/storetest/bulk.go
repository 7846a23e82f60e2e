package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"dateline/geo"

	"github.com/google/go-cmp/cmp"
)

// many edits are more than any store takes one by one.
const many = 1200

// testSaveAll holds what was saved at once to what is saved one by one, before
// and after the store has had the time to prepare its filters.
func testSaveAll(t *testing.T, store geo.Store) {
	bulk, ok := store.(geo.BulkSaver)
	if !ok {
		return
	}
	old := mustSave(t, store, geo.Edit{Incident: sample("m0000")})
	edits := make([]geo.Edit, many)
	for k := range edits {
		i := sample(fmt.Sprintf("m%04d", k))
		i.Title = fmt.Sprintf("Strike %d", k%7)
		i.Tolls.Killed.Best = new(int64(k % 5))
		i.When.Start = geo.Day("2024-01-01").Add(k % 30)
		i.When.End = i.When.Start
		i.Reports = []geo.ReportRef{{ID: fmt.Sprint("r", k%3), Publisher: "P"}}
		edits[k] = geo.Edit{Incident: i, By: "importer", Why: "test"}
	}
	if err := bulk.SaveAll(context.Background(), edits); !errors.Is(err, geo.ErrConflict) {
		t.Fatalf("an incident that is there already: %v, want ErrConflict", err)
	}
	if n := len(query(t, store, geo.Query{})); n != 1 {
		t.Fatalf("%d incidents after what was refused, want 1", n)
	}
	edits[0].Base = old.Revision
	if err := bulk.SaveAll(context.Background(), edits); err != nil {
		t.Fatal(err)
	}
	var want []geo.Incident
	for _, e := range edits {
		want = append(want, e.Incident)
	}
	checkSaved(t, store, want)
	again := want[5]
	again.Title = "Changed"
	want[5] = mustSave(t, store, geo.Edit{Incident: again, Base: 1})
	if h, ok := store.(geo.Historian); ok {
		revisions, err := h.Revisions(context.Background(), again.ID)
		if err != nil || len(revisions) != 2 || revisions[0].Incident.Title != "Strike 5" || revisions[0].By != "importer" {
			t.Errorf("revisions %v, %v", revisions, err)
		}
	}
	checkSaved(t, store, want)
	if n, err := bulk.Behind(context.Background()); err != nil || n != many-1 {
		t.Errorf("behind by %d, %v, want %d", n, err, many-1)
	}
	if err := bulk.Prepare(context.Background()); err != nil {
		t.Fatal(err)
	}
	if n, err := bulk.Behind(context.Background()); err != nil || n != 0 {
		t.Errorf("behind by %d, %v after Prepare", n, err)
	}
	checkSaved(t, store, want)
	if n := len(collect(t, store.Changes(context.Background(), 0))); n != many+2 {
		t.Errorf("%d changes, want %d", n, many+2)
	}
}

func checkSaved(t *testing.T, store geo.Store, all []geo.Incident) {
	t.Helper()
	same(t, "incidents", all, query(t, store, geo.Query{Order: geo.ByID}))
	for _, f := range []geo.Filter{
		{Expr: geo.Compare{Field: "killed_best", Op: geo.Ge, Value: int64(3)}},
		{Expr: geo.Words{"strike", "6"}},
		{Expr: geo.And{geo.During{Start: "2024-01-10", End: "2024-01-12"}, geo.BBox{West: 40, South: 30, East: 50, North: 40}}},
		{Expr: geo.In{Field: "report", Values: []any{"r1"}}},
	} {
		var match []geo.Incident
		want := geo.NewCounts()
		for _, i := range all {
			if f.Match(&i) {
				match = append(match, i)
				want.Add(&i)
			}
		}
		sort := []geo.SortKey{{Field: "killed_best", Descending: true}}
		slices.SortFunc(match, func(a, b geo.Incident) int { return geo.CompareBy(sort, &a, &b) })
		if d := cmp.Diff(ids(match), pages(t, store, geo.Query{Filter: f, Sort: sort, Limit: 100})); d != "" {
			t.Errorf("sorted under %#v (-want +got):\n%s", f, d)
		}
		slices.SortStableFunc(match, func(a, b geo.Incident) int { return strings.Compare(a.ID, b.ID) })
		if d := cmp.Diff(ids(match), pages(t, store, geo.Query{Filter: f, Order: geo.ByID, Limit: 100})); d != "" {
			t.Errorf("under %#v (-want +got):\n%s", f, d)
		}
		if c, ok := store.(geo.Counter); ok {
			got, err := c.Counts(context.Background(), f)
			if d := cmp.Diff(want, got); err != nil || d != "" {
				t.Errorf("counts under %#v: %v (-want +got):\n%s", f, err, d)
			}
		}
	}
}
