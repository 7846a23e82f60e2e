package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"dateline/geo"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// filled draws incidents and puts them into a store, some by reports and some
// in two revisions, and gives all as the store has them.
func filled(t *rapid.T, store geo.Store) []geo.Incident {
	n := rapid.IntRange(0, 12).Draw(t, "incidents")
	for k := 0; k < n; {
		s := submission(fmt.Sprintf("report %d", k))
		s.Report.Publisher = optionalText(t, "publisher")
		if s.Report.Check() != nil {
			s.Report.Publisher = ""
		}
		for range rapid.IntRange(1, 4).Draw(t, "of a report") {
			s.Incidents = append(s.Incidents, Incident(incidentID(k)).Draw(t, "incident"))
			k++
		}
		mustAdd(t, store, s)
	}
	for k := 0; k < n; k += 3 {
		before := mustIncident(t, store, incidentID(k))
		i := Incident(before.ID).Draw(t, "revised")
		i.Reports = before.Reports
		mustSave(t, store, geo.Edit{Incident: i, Base: 1, Person: true, Why: "test"})
	}
	return query(t, store, geo.Query{Order: geo.ByID})
}

// testFilterMatch holds Query, its pages and Counts to Filter.Match.
func testFilterMatch(t *testing.T, open func(t *testing.T) geo.Store) {
	rapid.Check(t, func(rt *rapid.T) {
		store := open(t)
		defer closeStore(t, store)
		all := filled(rt, store)
		for range 12 {
			f := Filter(all).Draw(rt, "filter")
			if err := f.Validate(); err != nil {
				rt.Fatalf("the suite drew a filter that is none: %v", err)
			}
			var match []geo.Incident
			for _, i := range all {
				if f.Match(&i) {
					match = append(match, i)
				}
			}
			q := geo.Query{Filter: f, Order: rapid.SampledFrom(orders).Draw(rt, "order")}
			if q.Sort = sortKeys(rt); len(q.Sort) > 0 {
				slices.SortFunc(match, func(a, b geo.Incident) int { return geo.CompareBy(q.Sort, &a, &b) })
			} else {
				match = sorted(match, q.Order)
			}
			want := ids(match)
			if d := cmp.Diff(want, ids(query(rt, store, q))); d != "" {
				rt.Fatalf("filter %#v (-match +query):\n%s", f, d)
			}
			q.Limit = rapid.IntRange(1, 5).Draw(rt, "limit")
			if d := cmp.Diff(want, pages(rt, store, q)); d != "" {
				rt.Fatalf("filter %#v in pages of %d (-want +got):\n%s", f, q.Limit, d)
			}
			if c, ok := store.(geo.Counter); ok {
				got, err := c.Counts(context.Background(), f)
				if err != nil {
					rt.Fatalf("counts: %v", err)
				}
				same(rt, fmt.Sprintf("counts under %#v", f), counts(match), got)
			}
		}
	})
}

// counts is what geo.Counts means.
func counts(incidents []geo.Incident) geo.Counts {
	c := geo.Counts{ByDay: map[geo.Day]int{}, ByType: map[string]int{}, ByCountry: map[string]int{}, ByStatus: map[geo.Status]int{}}
	for k := range incidents {
		i := &incidents[k]
		c.Total++
		c.ByType[i.Type]++
		c.ByStatus[i.Status]++
		switch {
		case i.When.End != "":
			c.ByDay[i.When.End]++
		case i.When.Start != "":
			c.ByDay[i.When.Start]++
		default:
			c.Undated++
		}
		if !i.Located() {
			c.Unlocated++
		}
		seen := map[string]bool{}
		for _, p := range i.Places {
			if p.Role == geo.RoleSite && p.Country != "" && !seen[p.Country] {
				seen[p.Country] = true
				c.ByCountry[p.Country]++
			}
		}
	}
	return c
}

func testCounts(t *testing.T, store geo.Store) {
	c, ok := store.(geo.Counter)
	if !ok {
		return
	}
	many := sample("many")
	many.Places = append(many.Places, geo.Site{Role: geo.RoleSite, Country: "IQ"}, geo.Site{Role: geo.RoleSite, Country: "LB"}, geo.Site{Role: geo.RoleTarget, Country: "SY"})
	nowhere := sample("nowhere")
	nowhere.Places, nowhere.When, nowhere.Status = nil, geo.When{}, geo.Published
	for _, i := range []geo.Incident{sample("a"), many, nowhere} {
		mustSave(t, store, geo.Edit{Incident: i})
	}
	got, err := c.Counts(context.Background(), geo.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	want := geo.Counts{
		Total: 3, Unlocated: 1, Undated: 1, ByDay: map[geo.Day]int{"2024-01-04": 2}, ByType: map[string]int{"air-strike": 3},
		ByCountry: map[string]int{"IQ": 2, "LB": 1}, ByStatus: map[geo.Status]int{geo.Draft: 2, geo.Published: 1},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("counts (-want +got):\n%s", d)
	}
}

// testHistory draws edits and holds Changes and Revisions to a plain list.
func testHistory(t *testing.T, open func(t *testing.T) geo.Store) {
	rapid.Check(t, func(rt *rapid.T) {
		store := open(t)
		defer closeStore(t, store)
		at := map[string]geo.Incident{}
		var want []geo.Incident
		for range rapid.IntRange(1, 15).Draw(rt, "edits") {
			id := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(rt, "id")
			i := Incident(id).Draw(rt, "incident")
			saved := mustSave(rt, store, geo.Edit{Incident: i, Base: at[id].Revision, By: "x", Why: id})
			at[id], want = saved, append(want, saved)
		}
		since := rapid.IntRange(0, len(want)).Draw(rt, "since")
		changes := collect(rt, store.Changes(context.Background(), 0))
		if len(changes) != len(want) {
			rt.Fatalf("%d changes, want %d", len(changes), len(want))
		}
		for k, c := range changes {
			same(rt, fmt.Sprintf("change %d", k), want[k], c.Incident)
			if k > 0 && c.Seq <= changes[k-1].Seq {
				rt.Fatalf("change %d has number %d after %d", k, c.Seq, changes[k-1].Seq)
			}
		}
		if since > 0 {
			rest := collect(rt, store.Changes(context.Background(), changes[since-1].Seq))
			same(rt, "changes since", nonNil(changes[since:]), nonNil(rest))
		}
		for id, last := range at {
			same(rt, "as it stands", last, mustIncident(rt, store, id))
		}
	})
}

func nonNil(c []geo.Change) []geo.Change { return slices.Concat([]geo.Change{}, c) }
