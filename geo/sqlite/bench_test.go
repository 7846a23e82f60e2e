package sqlite_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"dateline/geo"
	"dateline/geo/sqlite"

	"github.com/paulmach/orb"
)

// benched is how many incidents the benchmarks ask among.
const benched = 10_000

// random is an incident somewhere on land or sea in one of a thousand days.
func random(r *rand.Rand, id string) geo.Incident {
	i := struck(id)
	i.Type = geo.EventTypes[r.IntN(len(geo.EventTypes))].Code
	i.Status = geo.Statuses[r.IntN(3)]
	day := geo.Day("2022-01-01").Add(r.IntN(1000))
	i.When = geo.When{Start: day, End: day}
	lon, lat := 360*r.Float64()-180, 160*r.Float64()-80
	i.Places[0].Lon, i.Places[0].Lat = &lon, &lat
	i.Places[0].Country = []string{"IQ", "LB", "SY", "YE", "UA", "SD"}[r.IntN(6)]
	i.Actors = []geo.Actor{{Name: fmt.Sprintf("Group %d", r.IntN(50)), Role: "perpetrator"}}
	i.Tolls.Killed.Best = new(r.Int64N(30))
	i.Quotes = []geo.Quote{{Field: "/type", Text: "a strike hit the suburbs of the city on Thursday", End: 48}}
	return i
}

func filled(b *testing.B) *sqlite.Store {
	b.Helper()
	store := open(b, filepath.Join(b.TempDir(), "bench.db"))
	b.Cleanup(func() { store.Close() })
	r := rand.New(rand.NewPCG(1, 2))
	for n := 0; n < benched; n += 500 {
		s := geo.Submission{Report: geo.Report{Text: fmt.Sprintf("Report %d.", n)}}
		for k := range 500 {
			s.Incidents = append(s.Incidents, random(r, fmt.Sprintf("incident%05d", n+k)))
		}
		if _, err := store.Add(context.Background(), s); err != nil {
			b.Fatal(err)
		}
	}
	return store
}

// BenchmarkAdd keeps reports of four incidents each, a synced commit each.
func BenchmarkAdd(b *testing.B) {
	store := filled(b)
	r := rand.New(rand.NewPCG(3, 4))
	n := 0
	for b.Loop() {
		s := geo.Submission{Report: geo.Report{Text: fmt.Sprintf("New report %d.", n)}}
		for k := range 4 {
			s.Incidents = append(s.Incidents, random(r, fmt.Sprintf("new%d.%d", n, k)))
		}
		if _, err := store.Add(context.Background(), s); err != nil {
			b.Fatal(err)
		}
		n++
	}
}

func benchmarkQuery(b *testing.B, q geo.Query) {
	store := filled(b)
	found := 0
	for b.Loop() {
		found = 0
		for _, err := range store.Query(context.Background(), q) {
			if err != nil {
				b.Fatal(err)
			}
			found++
		}
	}
	b.ReportMetric(float64(found), "found")
}

// public is what a visitor who is not signed in asks.
var public = geo.And{geo.In{Field: "status", Values: []any{"published"}}, geo.Compare{Field: "weak", Op: geo.Eq, Value: false}}

func BenchmarkQueryBBox(b *testing.B) {
	benchmarkQuery(b, geo.Query{Filter: geo.Filter{Expr: append(public, geo.BBox{West: 35, South: 25, East: 60, North: 40})}, Limit: 100})
}

// BenchmarkQueryDense asks for the first page in a box that all meet.
func BenchmarkQueryDense(b *testing.B) {
	benchmarkQuery(b, geo.Query{Filter: geo.Filter{Expr: append(public, geo.BBox{West: -180, South: -85, East: 180, North: 85})}, Limit: 100})
}

func BenchmarkQueryPage(b *testing.B) {
	benchmarkQuery(b, geo.Query{Filter: geo.Filter{Expr: public}, Limit: 100})
}

func BenchmarkQueryWords(b *testing.B) {
	benchmarkQuery(b, geo.Query{Filter: geo.Filter{Expr: append(public, geo.Words{"group", "17"})}, Limit: 100})
}

func BenchmarkCounts(b *testing.B) {
	store := filled(b)
	for b.Loop() {
		if _, err := store.Counts(context.Background(), geo.Filter{Expr: public}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCQL asks for a page of 100 by expressions that SQL can say whole (box,
// comparison), in part (triangle, equal text) and not at all (like).
func BenchmarkCQL(b *testing.B) {
	triangle, err := geo.NewGeometry(orb.Polygon{{{35, 25}, {60, 25}, {60, 40}, {35, 25}}})
	if err != nil {
		b.Fatal(err)
	}
	box, err := geo.NewGeometry(orb.Bound{Min: orb.Point{35, 25}, Max: orb.Point{60, 40}}.ToPolygon())
	if err != nil {
		b.Fatal(err)
	}
	for _, tc := range []struct {
		name string
		root geo.Logic
	}{
		{"box", geo.Spatial{Op: "s_intersects", Right: geo.Area{Literal: box}}},
		{"comparison", geo.All{geo.Relation{Op: geo.Ge, Left: geo.Property("killed_best"), Right: geo.Literal{Value: int64(25)}},
			geo.OneOf{Term: geo.Property("type"), Values: []any{"flood", "earthquake"}}}},
		{"triangle", geo.Spatial{Op: "s_within", Right: geo.Area{Literal: triangle}}},
		{"text", geo.Relation{Op: geo.Eq, Left: geo.Property("actor"), Right: geo.Literal{Value: "Group 17"}}},
		{"like", geo.Like{Term: geo.Property("actor"), Pattern: "%17"}},
	} {
		b.Run(tc.name, func(b *testing.B) {
			benchmarkQuery(b, geo.Query{Filter: geo.Filter{Expr: append(public, geo.CQL{Root: tc.root})}, Limit: 100})
		})
	}
}

func BenchmarkSortedPage(b *testing.B) {
	sort := []geo.SortKey{{Field: "killed_best", Descending: true}}
	b.Run("first", func(b *testing.B) {
		benchmarkQuery(b, geo.Query{Filter: geo.Filter{Expr: public}, Sort: sort, Limit: 100})
	})
	b.Run("later", func(b *testing.B) {
		benchmarkQuery(b, geo.Query{Filter: geo.Filter{Expr: public}, Sort: sort, Limit: 100, After: "incident05000"})
	})
}

// BenchmarkDeepPage goes on after an incident in the middle of all.
func BenchmarkDeepPage(b *testing.B) {
	benchmarkQuery(b, geo.Query{Filter: geo.Filter{Expr: public}, Limit: 100, After: "incident05000"})
}
