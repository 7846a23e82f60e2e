// Package storetest is the conformance suite that every geo.Store runs, and
// generators of incidents and filters for property tests.
//
// geo.Filter.Match is the meaning of a filter: the suite draws incidents and
// filters at random and holds the store to it.
package storetest

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"testing"

	"dateline/geo"

	"github.com/google/go-cmp/cmp"
)

// Run tests a store. open gives a new and empty one; the suite closes it.
// Abilities that the store has beyond geo.Store are tested too.
func Run(t *testing.T, open func(t *testing.T) geo.Store) {
	for _, tc := range []struct {
		name string
		run  func(*testing.T, geo.Store)
	}{
		{"Add", testAdd},
		{"AddRefuses", testAddRefuses},
		{"AddAgain", testAddAgain},
		{"AddVersion", testAddVersion},
		{"Save", testSave},
		{"SaveRefuses", testSaveRefuses},
		{"SavePerson", testSavePerson},
		{"NotFound", testNotFound},
		{"EveryField", testEveryField},
		{"Words", testWords},
		{"Antimeridian", testAntimeridian},
		{"Orders", testOrders},
		{"QueryRefuses", testQueryRefuses},
		{"QueryNested", testQueryNested},
		{"Changes", testChanges},
		{"Concurrent", testConcurrent},
		{"Counts", testCounts},
		{"SaveAll", testSaveAll},
		{"Import", testImport},
		{"Reports", testReports},
		{"Remover", testRemover},
		{"Resembler", testResembler},
		{"Tokens", testTokens},
		{"Sessions", testSessions},
	} {
		t.Run(tc.name, func(t *testing.T) {
			store := open(t)
			defer closeStore(t, store)
			tc.run(t, store)
		})
	}
	t.Run("FilterMatch", func(t *testing.T) { testFilterMatch(t, open) })
	t.Run("History", func(t *testing.T) { testHistory(t, open) })
}

func closeStore(t *testing.T, store geo.Store) {
	t.Helper()
	if err := store.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
}

// tester is a *testing.T or a *rapid.T.
type tester interface {
	Helper()
	Fatalf(format string, args ...any)
}

// sample is a plain incident of a report.
func sample(id string) geo.Incident {
	return geo.Incident{
		ID: id, Title: "Strike in Baghdad", Type: "air-strike", Status: geo.Draft, Modality: geo.Asserted,
		When:   geo.When{Start: "2024-01-04", End: "2024-01-04", Precision: geo.ByDay},
		Places: []geo.Site{{Role: geo.RoleSite, Place: "Baghdad", Country: "IQ", Lon: new(44.36), Lat: new(33.31), RadiusM: 15000, Precision: "settlement"}},
		Quotes: []geo.Quote{{Field: "/type", Start: 0, End: 6, Text: "Strike"}},
	}
}

func submission(text string, incidents ...geo.Incident) geo.Submission {
	return geo.Submission{
		Report: geo.Report{Text: text, Publisher: "Example News", URL: "https://example.org/1", Published: "2024-01-05", Title: "A title", Author: "Jo Reed", Country: "IQ", Home: "Baghdad"},
		By:     "tester", Why: "read", Incidents: incidents,
	}
}

func mustAdd(t tester, store geo.Store, s geo.Submission) geo.Added {
	t.Helper()
	added, err := store.Add(context.Background(), s)
	if err != nil {
		t.Fatalf("add: %v", err)
	}
	return added
}

func mustSave(t tester, store geo.Store, e geo.Edit) geo.Incident {
	t.Helper()
	saved, err := store.Save(context.Background(), e)
	if err != nil {
		t.Fatalf("save: %v", err)
	}
	return saved
}

func mustIncident(t tester, store geo.Store, id string) geo.Incident {
	t.Helper()
	i, err := store.Incident(context.Background(), id)
	if err != nil {
		t.Fatalf("incident %s: %v", id, err)
	}
	return i
}

// collect ends the test where the sequence has an error.
func collect[T any](t tester, all iter.Seq2[T, error]) []T {
	t.Helper()
	var out []T
	for one, err := range all {
		if err != nil {
			t.Fatalf("after %d: %v", len(out), err)
		}
		out = append(out, one)
	}
	return out
}

func query(t tester, store geo.Store, q geo.Query) []geo.Incident {
	t.Helper()
	return collect(t, store.Query(context.Background(), q))
}

func ids(incidents []geo.Incident) []string {
	out := make([]string, len(incidents))
	for k := range incidents {
		out[k] = incidents[k].ID
	}
	return out
}

// same wants two values to have the same JSON.
func same(t tester, what string, want, got any) {
	t.Helper()
	a, errA := json.MarshalIndent(want, "", " ")
	b, errB := json.MarshalIndent(got, "", " ")
	if errA != nil || errB != nil {
		t.Fatalf("%s: %v, %v", what, errA, errB)
	}
	if diff := cmp.Diff(string(a), string(b)); diff != "" {
		t.Fatalf("%s (-want +got):\n%s", what, diff)
	}
}

func incidentID(k int) string { return fmt.Sprintf("incident%04d", k) }
