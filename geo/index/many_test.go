package index_test

import (
	"context"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/gazetteer"
	"dateline/geo"
	"dateline/geo/index"
	"dateline/geo/tile"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/maptile"
)

// memory is a store of what an index reads of one.
type memory struct {
	geo.Store
	changes []geo.Change
}

func (m *memory) keep(i geo.Incident) {
	i.Revision++
	m.changes = append(m.changes, geo.Change{Seq: int64(len(m.changes) + 1), Incident: i, At: time.Unix(int64(len(m.changes)), 0)})
}

func (m *memory) all() map[string]geo.Incident {
	all := map[string]geo.Incident{}
	for _, c := range m.changes {
		all[c.Incident.ID] = c.Incident
	}
	return all
}

func (m *memory) LastSeq(context.Context) (int64, error) { return int64(len(m.changes)), nil }
func (m *memory) Commits() uint64                        { return uint64(len(m.changes)) }

func (m *memory) Incident(_ context.Context, id string) (geo.Incident, error) {
	if i, ok := m.all()[id]; ok {
		return i, nil
	}
	return geo.Incident{}, geo.ErrNotFound
}

func (m *memory) Query(context.Context, geo.Query) iter.Seq2[geo.Incident, error] {
	return func(yield func(geo.Incident, error) bool) {
		for _, i := range m.all() {
			if !yield(i, nil) {
				return
			}
		}
	}
}

func (m *memory) Changes(_ context.Context, since int64) iter.Seq2[geo.Change, error] {
	return func(yield func(geo.Change, error) bool) {
		for _, c := range m.changes[since:] {
			if !yield(c, nil) {
				return
			}
		}
	}
}

// made is an incident near one of a few towns; some have no place, no point, two
// sites, no start or a long span.
func made(r *rand.Rand, id int) geo.Incident {
	town := [][2]float64{{34.46, 31.50}, {36.23, 49.99}, {-72.3, 18.59}, {179.99, -17}, {44.36, 33.31}}[r.IntN(5)]
	site := func() geo.Site {
		lon, lat := town[0]+r.NormFloat64()*0.2, town[1]+r.NormFloat64()*0.2
		if r.IntN(10) == 0 {
			lon, lat = town[0], town[1] // known to the town only
		}
		if lon > 180 {
			lon -= 360
		}
		return geo.Site{Role: geo.RoleSite, Place: []string{"Gaza City", "Kharkiv", "Suva"}[r.IntN(3)], Lon: &lon, Lat: &lat, RadiusM: float64(100 + 500*r.IntN(40)),
			Precision: gazetteer.Precisions[r.IntN(len(gazetteer.Precisions))], Country: []string{"PS", "UA", ""}[r.IntN(3)]}
	}
	start := geo.Day("2022-01-01").Add(r.IntN(1000))
	i := geo.Incident{ID: fmt.Sprintf("n%05d", id), Title: "Strike near a town", Type: geo.EventTypes[r.IntN(len(geo.EventTypes))].Code, Status: geo.Published,
		Modality: geo.Asserted, When: geo.When{Start: start, End: start}, Places: []geo.Site{site()}}
	switch r.IntN(40) {
	case 0:
		i.Places = nil
	case 1:
		i.When = geo.When{}
	case 2:
		i.When.Start = ""
	case 3:
		i.When.End = start.Add(r.IntN(60))
	case 4:
		i.When.End = ""
	case 5, 6:
		i.Places = append(i.Places, site())
	case 7:
		i.Status = geo.Draft
	}
	if r.IntN(3) > 0 {
		i.Tolls.Killed.Best = new(r.Int64N(30))
	}
	return i
}

const manyRows = 6000

// newMany is an index of which a part of the rows stand in layers, and the same
// with all in one.
func newMany(t *testing.T) (layered, whole *index.Index, all []geo.Incident) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	store := &memory{}
	for k := range manyRows {
		store.keep(made(r, k))
	}
	open := func() *index.Index {
		x, err := index.Open(t.Context(), store, index.Options{Encode: encode})
		if err != nil {
			t.Fatal(err)
		}
		<-x.Ready()
		t.Cleanup(func() { x.Close() })
		return x
	}
	layered = open()
	for _, n := range []int{300, 40, 1} {
		for range n {
			store.keep(made(r, r.IntN(manyRows+200)))
		}
		count(t, layered, geo.Filter{})
	}
	for _, i := range store.all() {
		all = append(all, i)
	}
	slices.SortFunc(all, newestFirst)
	return layered, open(), all
}

var manyFilters = map[string]geo.Filter{
	"all":           {},
	"type":          {Expr: geo.In{Field: "type", Values: []any{"shelling", "air-strike"}}},
	"month":         {Expr: geo.And{geo.Compare{Field: "status", Op: geo.Eq, Value: "published"}, geo.During{Start: "2023-05-01", End: "2023-05-31"}}},
	"since":         {Expr: geo.During{Start: "2024-09-01"}},
	"until":         {Expr: geo.During{End: "2022-02-01"}},
	"type of month": {Expr: geo.And{geo.Compare{Field: "group", Op: geo.Eq, Value: "disaster"}, geo.During{Start: "2024-08-01", End: "2024-08-31"}}},
	"toll":          {Expr: geo.Compare{Field: "killed_best", Op: geo.Gt, Value: int64(25)}},
	"words":         {Expr: geo.Words{"suv", "strike"}},
	"box":           {Expr: geo.BBox{West: 34, South: 31, East: 35, North: 32}},
	"antimeridian":  {Expr: geo.BBox{West: 179.9, South: -18, East: -179.9, North: -16}},
	"shapes":        {Expr: geo.BBox{West: 34, South: 31.2, East: 34.3, North: 31.4, Shape: true}},
	"not the box":   {Expr: geo.Not{Expr: geo.BBox{West: 34, South: 31, East: 35, North: 32}}},
	"either":        {Expr: geo.Or{geo.Null{Field: "country"}, geo.Compare{Field: "killed_best", Op: geo.Lt, Value: int64(2)}}},
}

// TestManyAgreeWithMatch goes the ways that small tests don't: windows of days,
// whole blocks, walks and gathers.
func TestManyAgreeWithMatch(t *testing.T) {
	layered, whole, all := newMany(t)
	for name, f := range manyFilters {
		t.Run(name, func(t *testing.T) {
			want := geo.NewCounts()
			var match []geo.Incident
			for _, i := range all {
				if f.Match(&i) {
					want.Add(&i)
					match = append(match, i)
				}
			}
			if want.Total == 0 {
				t.Fatal("nothing matches")
			}
			for _, x := range []*index.Index{layered, whole} {
				got, err := x.Counts(t.Context(), f)
				if d := cmp.Diff(want, got); err != nil || d != "" {
					t.Fatalf("counts: %v (-match +index):\n%s", err, d)
				}
				if n, err := x.Total(t.Context(), f); err != nil || n != want.Total {
					t.Errorf("total %d, %v, want %d", n, err, want.Total)
				}
				for _, limit := range []int{0, 7, 500} {
					q := geo.Query{Filter: f, Limit: limit}
					hits, err := x.Page(t.Context(), q)
					if err != nil {
						t.Fatal(err)
					}
					if limit == 0 {
						limit = len(match)
					}
					if d := cmp.Diff(ids(match[:min(limit, len(match))]), hitIDs(hits.Hits)); d != "" {
						t.Fatalf("first %d (-match +index):\n%s", limit, d)
					}
					half := len(match) / 2
					q.After = match[half].ID
					if hits, err = x.Page(t.Context(), q); err != nil {
						t.Fatal(err)
					}
					if d := cmp.Diff(ids(match[half+1:min(half+1+limit, len(match))]), hitIDs(hits.Hits)); d != "" {
						t.Fatalf("%d after %s (-match +index):\n%s", limit, q.After, d)
					}
				}
			}
		})
	}
}

func hitIDs(hits []index.Hit) []string {
	out := []string{}
	for _, h := range hits {
		out = append(out, h.ID())
	}
	return out
}

// TestTiles holds tiles of every zoom to a walk over all incidents: what they
// have, where clusters stand, and that they are the same however the rows lie.
func TestTiles(t *testing.T) {
	layered, whole, all := newMany(t)
	for name, f := range manyFilters {
		for z := maptile.Zoom(0); z <= 14; z += 2 {
			for _, at := range []orb.Point{{34.46, 31.50}, {-179.999, -17.1}} {
				for _, limit := range []int{tile.MaxPoints, 50} {
					here := maptile.At(at, z)
					got, err := layered.Tile(t.Context(), f, here, limit)
					if err != nil {
						t.Fatal(err)
					}
					same, err := whole.Tile(t.Context(), f, here, limit)
					if d := cmp.Diff(same, got); err != nil || d != "" {
						t.Fatalf("%s, tile %v: layers show (-whole +layered):\n%s", name, here, d)
					}
					checkTile(t, name, f, all, here, limit, got)
				}
			}
		}
	}
}

func checkTile(t *testing.T, name string, f geo.Filter, all []geo.Incident, here maptile.Tile, limit int, got index.Tile) {
	t.Helper()
	in := map[string]geo.Incident{}
	for _, i := range all {
		if s, ok := i.Where(); ok && s.Pinned() && f.Match(&i) {
			if p, _ := s.Point(); maptile.At(p, here.Z) == here {
				in[i.ID] = i
			}
		}
	}
	counted, toll, wantToll := len(got.Marks), int64(0), int64(0)
	for _, i := range in {
		if n := i.Tolls.Killed.Best; n != nil {
			wantToll += *n
		}
	}
	for _, m := range got.Marks {
		i, there := in[m.ID]
		if s, _ := i.Where(); !there || *s.Lon != m.At[0] || *s.Lat != m.At[1] || m.Type != i.Type || m.Precision != string(s.Precision) || !cmp.Equal(m.Toll, i.Tolls.Killed.Best) {
			t.Fatalf("%s, tile %v: mark %+v of %+v", name, here, m, i)
		}
		if m.Toll != nil {
			toll += *m.Toll
		}
		if m.X < 0 || m.X >= index.TileExtent || m.Y < 0 || m.Y >= index.TileExtent {
			t.Fatalf("mark off the tile: %+v", m)
		}
	}
	for _, c := range got.Clusters {
		counted += c.Count
		if c.Toll != nil {
			toll += *c.Toll
		}
		groups := 0
		for _, n := range c.Mix {
			groups += n
		}
		i, there := in[c.Member]
		if s, _ := i.Where(); !there || *s.Lon != c.At[0] || *s.Lat != c.At[1] {
			t.Fatalf("%s, tile %v: a cluster stands at %v, which is not the place of %q", name, here, c.At, c.Member)
		}
		if c.Count < 2 || groups != c.Count {
			t.Fatalf("%s, tile %v: %+v", name, here, c)
		}
	}
	if got.Matched != len(in) || counted != len(in) || toll != wantToll || len(in) <= limit && len(got.Clusters) > 0 {
		t.Fatalf("%s, tile %v: matched %d, counted %d with %d killed, want %d with %d", name, here, got.Matched, counted, toll, len(in), wantToll)
	}
}

// TestAreas holds tiles of areas to a walk over all incidents.
func TestAreas(t *testing.T) {
	layered, whole, all := newMany(t)
	for z := maptile.Zoom(0); z <= 12; z += 4 {
		here := maptile.At(orb.Point{34.46, 31.50}, z)
		got, err := layered.Areas(t.Context(), geo.Filter{}, here, 0, 50)
		if err != nil {
			t.Fatal(err)
		}
		same, err := whole.Areas(t.Context(), geo.Filter{}, here, 0, 50)
		if d := cmp.Diff(same, got); err != nil || d != "" {
			t.Fatalf("layers show: %v (-whole +layered):\n%s", err, d)
		}
		b := here.Bound()
		around := geo.BBox{West: b.Min[0], South: b.Min[1], East: b.Max[0], North: b.Max[1], Shape: true}
		if z == 0 {
			around.South, around.North = -90, 90
		}
		want := 0
		for _, i := range all {
			if (geo.Filter{Expr: around}).Match(&i) {
				want++
			}
		}
		if got.Matched != want || len(got.Areas) != min(want, 50) {
			t.Errorf("tile %v: %d matched and %d drawn, want %d", here, got.Matched, len(got.Areas), want)
		}
		for k := 1; k < len(got.Areas); k++ {
			if got.Areas[k].RadiusM > got.Areas[k-1].RadiusM {
				t.Errorf("tile %v: the areas are not the widest first", here)
			}
		}
	}
}

// TestVectorTiles reads with orb what geo/tile wrote.
func TestVectorTiles(t *testing.T) {
	x, _, _ := newMany(t)
	here := maptile.At(orb.Point{34.46, 31.50}, 6)
	drawn, err := x.Tile(t.Context(), geo.Filter{}, here, 100)
	if err != nil {
		t.Fatal(err)
	}
	data, summary, err := tile.Incidents(t.Context(), x, geo.Filter{}, here, 100)
	if err != nil {
		t.Fatal(err)
	}
	layers, err := mvt.Unmarshal(data)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, l := range layers {
		if l.Version != 2 || l.Extent != index.TileExtent {
			t.Errorf("layer %s has version %d and extent %d", l.Name, l.Version, l.Extent)
		}
		l.ProjectToWGS84(here)
		for k, f := range l.Features {
			seen[l.Name]++
			switch l.Name {
			case "incidents":
				m := drawn.Marks[k]
				if f.Properties["id"] != m.ID || f.Properties["type"] != m.Type || far(f.Geometry.(orb.Point), m.At) {
					t.Errorf("%v at %v, want %+v", f.Properties, f.Geometry, m)
				}
			case "clusters":
				c := drawn.Clusters[k]
				if f.Properties["count"] != float64(c.Count) || f.Properties["id"] != c.Member || far(f.Geometry.(orb.Point), c.At) {
					t.Errorf("%v at %v, want %+v", f.Properties, f.Geometry, c)
				}
			case "summary":
				if f.Properties["matched"] != float64(drawn.Matched) || f.Properties["clustered"] != float64(summary.Clustered) {
					t.Errorf("summary %v", f.Properties)
				}
			}
		}
	}
	if d := cmp.Diff(map[string]int{"incidents": len(drawn.Marks), "clusters": len(drawn.Clusters), "summary": 1}, seen); d != "" {
		t.Error(d)
	}
	data, _, err = tile.Areas(t.Context(), x, geo.Filter{}, here, 100)
	if err != nil {
		t.Fatal(err)
	}
	if layers, err = mvt.Unmarshal(data); err != nil || len(layers) == 0 || !strings.HasPrefix(layers[0].Name, "areas") {
		t.Fatalf("areas: %v, %v", layers, err)
	}
	layers[0].ProjectToWGS84(here)
	for _, f := range layers[0].Features {
		p, ok := f.Geometry.(orb.Polygon)
		if !ok || len(p[0]) < 4 {
			t.Errorf("area %v", f.Geometry)
		}
	}
}

// far is further than the rounding to units of a tile of zoom 6 explains.
func far(a, b orb.Point) bool { return math.Abs(a[0]-b[0]) > 0.002 || math.Abs(a[1]-b[1]) > 0.002 }
