package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"dateline/geo"
)

// testImport holds what is imported at once to the same rows one by one: new
// ones, the same again, a newer version, what a person set, an id twice.
func testImport(t *testing.T, store geo.Store) {
	importer, ok := store.(geo.Importer)
	if !ok {
		return
	}
	ctx := context.Background()
	rows := make([]geo.Incident, many)
	for k := range rows {
		rows[k] = imported(fmt.Sprintf("i%04d", k), k)
	}
	check := func(what string, got geo.Imported, err error, want geo.Imported) {
		t.Helper()
		if err != nil || got != want {
			t.Fatalf("%s: %+v, %v, want %+v", what, got, err, want)
		}
	}
	done, err := importer.Import(ctx, slices.Concat(rows, rows[:1]), "importer", "file")
	check("new rows, one of them twice", done, err, geo.Imported{Added: many, Same: 1})
	done, err = importer.Import(ctx, rows, "importer", "file")
	check("again", done, err, geo.Imported{Same: many})
	checkImported(t, store, rows)

	mine := mustIncident(t, store, rows[3].ID)
	mine.Title, mine.Status, mine.Tags = "A person's title", geo.Reviewed, []string{"mine"}
	if _, err := store.Save(ctx, geo.Edit{Incident: mine, Base: 1, By: "ed", Why: "better", Person: true}); err != nil {
		t.Fatal(err)
	}
	merged := mustIncident(t, store, rows[4].ID)
	merged.Status, merged.MergedInto = geo.Retracted, rows[5].ID
	if _, err := store.Save(ctx, geo.Edit{Incident: merged, Base: 1, By: "ed", Why: "one event", Person: true}); err != nil {
		t.Fatal(err)
	}
	done, err = importer.Import(ctx, rows, "importer", "file")
	check("after a person's edits", done, err, geo.Imported{Same: many})
	newer := slices.Clone(rows)
	for k := range 10 {
		newer[k].Tolls.Killed.Best = new(int64(100 + k))
	}
	newer = append(newer, imported("late", 7))
	done, err = importer.Import(ctx, newer, "importer", "file")
	check("a newer version", done, err, geo.Imported{Added: 1, Updated: 10, Same: many - 10})
	for k := range 6 {
		i := mustIncident(t, store, rows[k].ID)
		if *i.Tolls.Killed.Best != int64(100+k) {
			t.Errorf("%s: killed %d, want %d", i.ID, *i.Tolls.Killed.Best, 100+k)
		}
	}
	if i := mustIncident(t, store, mine.ID); i.Title != mine.Title || i.Status != geo.Reviewed || len(i.Tags) != 1 {
		t.Errorf("what a person set is now %q, %s, %v", i.Title, i.Status, i.Tags)
	}
	if i := mustIncident(t, store, merged.ID); i.Status != geo.Retracted || i.MergedInto != rows[5].ID {
		t.Errorf("a merged incident is now %s, merged into %q", i.Status, i.MergedInto)
	}
	if bulk, ok := store.(geo.BulkSaver); ok {
		if err := bulk.Prepare(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(query(t, store, geo.Query{Filter: geo.Filter{Expr: geo.Compare{Field: "killed_best", Op: geo.Ge, Value: int64(100)}}})); n != 10 {
		t.Errorf("%d incidents of the newer version are found, want 10", n)
	}
	bad := imported("bad", 1)
	bad.Type = "no such type"
	if _, err := importer.Import(ctx, slices.Concat([]geo.Incident{imported("good", 1)}, []geo.Incident{bad}), "importer", "file"); err == nil {
		t.Error("an incident of no type was imported")
	}
	if _, err := store.Incident(ctx, "good"); err == nil {
		t.Error("part of a refused import was kept")
	}
}

func imported(id string, k int) geo.Incident {
	i := sample(id)
	i.Title = fmt.Sprintf("Strike %d", k%7)
	i.Tolls.Killed.Best = new(int64(k % 5))
	i.When.Start = geo.Day("2024-01-01").Add(k % 30)
	i.When.End = i.When.Start
	i.Reports = []geo.ReportRef{{ID: fmt.Sprint("r", k%3), Publisher: "P"}}
	i.Origin, i.OriginID, i.Quotes = "file", id, nil
	return i
}

// checkImported holds the store's incidents and changes to the rows at their
// first revision.
func checkImported(t *testing.T, store geo.Store, rows []geo.Incident) {
	t.Helper()
	all := query(t, store, geo.Query{Order: geo.ByID})
	if len(all) != len(rows) {
		t.Fatalf("%d incidents, want %d", len(all), len(rows))
	}
	want := slices.Clone(rows)
	for k := range want {
		want[k].Revision, want[k].Created, want[k].Updated = 1, all[k].Created, all[k].Updated
	}
	same(t, "imported", want, all)
	for _, c := range collect(t, store.Changes(context.Background(), 0)) {
		if c.By != "importer" || c.Why != "file" || c.Incident.ID == "" {
			t.Fatalf("change %d of %q is by %q, why %q", c.Seq, c.Incident.ID, c.By, c.Why)
		}
	}
}
