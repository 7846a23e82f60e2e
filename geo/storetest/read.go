package storetest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"dateline/geo"

	diff "github.com/google/go-cmp/cmp"
)

// stated is an incident that says something in every field.
func stated(id string) geo.Incident {
	i := sample(id)
	i.Weak, i.When.TimeText = true, "at 02:00"
	s := &i.Places[0]
	s.PlaceID, s.GeoNameID, s.Locative, s.Admin1, s.Confidence = "gn:98182", "98182", "near", "Baghdad", 0.5
	i.Count = geo.Range{Low: new(int64(1)), Best: new(int64(2)), High: new(int64(3))}
	for k, m := range geo.Measures {
		n := int64(10 * (k + 1))
		*i.Tolls.Of(m) = geo.Range{Low: &n, Best: new(n + 1), High: new(n + 2)}
	}
	i.Claims = []geo.Claim{{Measure: geo.Killed, Best: new(int64(11)), Attribution: geo.Accused, By: "police"}}
	i.Actors = []geo.Actor{{Name: "The Navy", ActorID: "navy", Role: "perpetrator"}}
	i.Named = []geo.Named{{Name: "Salah Omar"}}
	i.Reports = []geo.ReportRef{{ID: "r1", Publisher: "Example News"}}
	i.Tags = []string{"checked"}
	i.Origin, i.OriginID, i.OriginType, i.OriginPrecision = "acled", "IRQ1", "Air/drone strike", "1"
	i.Reader, i.Confidence, i.Edited = "en 1", 0.75, []string{"tags"}
	i.MergedInto = "other"
	return i
}

// testEveryField walks the table of fields: a row that a store forgot fails here.
func testEveryField(t *testing.T, store geo.Store) {
	full := mustSave(t, store, geo.Edit{Incident: stated("full")})
	mustSave(t, store, geo.Edit{Incident: geo.Incident{ID: "bare", Type: "flood", Status: geo.Published, Modality: geo.Denied}})
	for _, f := range geo.Columns() {
		if f.Value(&full) == nil {
			t.Errorf("%s: the full incident does not state it", f.Name)
		}
	}
	for _, f := range geo.Fields {
		if !f.Filterable {
			continue
		}
		values := f.Asked(&full)
		if len(values) == 0 {
			t.Errorf("%s: nothing to ask for", f.Name)
			continue
		}
		for _, e := range []geo.Expr{
			geo.And{geo.Compare{Field: f.Name, Op: geo.Eq, Value: values[0]}, geo.Compare{Field: "id", Op: geo.Eq, Value: "full"}},
			geo.And{geo.In{Field: f.Name, Values: values}, geo.Not{Expr: geo.Compare{Field: "id", Op: geo.Eq, Value: "bare"}}},
			geo.And{geo.Not{Expr: geo.Null{Field: f.Name}}, geo.Compare{Field: "id", Op: geo.Eq, Value: "FULL"}},
		} {
			if got := ids(query(t, store, geo.Query{Filter: geo.Filter{Expr: e}})); !slices.Equal(got, []string{"full"}) {
				t.Errorf("%s: %v finds %v", f.Name, e, got)
			}
		}
	}
}

func testWords(t *testing.T, store geo.Store) {
	for k, title := range []string{
		"İstanbul'da patlama", "Straße gesperrt", "Σίσυφος", "ضربة جوية في غَزّة", "Удар по Киеву", "北京发生爆炸", "Baʿath office hit", "Łódź flood", "a 100% sure; NEAR", "الشرطة",
	} {
		i := sample(incidentID(k))
		i.Title, i.Places, i.Quotes = title, nil, nil
		mustSave(t, store, geo.Edit{Incident: i})
	}
	for _, tc := range []struct {
		q    string
		want []int
	}{
		{"istanbul", []int{0}}, {"ISTAN", []int{0}}, {"tanbul", nil}, {"strasse", []int{1}}, {"STRASS", []int{1}}, {"ΣΙΣΥΦΟΣ", []int{2}},
		{"غزة", []int{3}}, {"ضرب جوي", []int{3}}, {"киев", []int{4}}, {"爆炸", []int{5}}, {"北京 爆", []int{5}}, {"京爆", nil},
		{"baath", []int{6}}, {"lodz fl", []int{7}}, {"near", []int{8}}, {"100", []int{8}}, {"a", []int{8}}, {"الشرطة", []int{9}}, {"", []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}},
		{"straße flood", nil},
	} {
		var want []string
		for _, k := range tc.want {
			want = append(want, incidentID(k))
		}
		got := ids(query(t, store, geo.Query{Filter: geo.Filter{Expr: geo.Words(geo.FoldWords(tc.q))}, Order: geo.ByID}))
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", tc.q, got, want)
		}
	}
}

func testAntimeridian(t *testing.T, store geo.Store) {
	for k, p := range [][3]float64{{179.9, 10, 50_000}, {-179.9, 10, 50_000}, {180, -10, 10}, {-180, -10, 10}, {0, 89.9, 50_000}, {0, 0, 1}} {
		i := sample(incidentID(k))
		i.Places = []geo.Site{{Role: geo.RoleSite, Lon: &p[0], Lat: &p[1], RadiusM: p[2], Precision: "exact"}}
		mustSave(t, store, geo.Edit{Incident: i})
	}
	for _, tc := range []struct {
		name string
		box  geo.BBox
		want []int
	}{
		{"across", geo.BBox{West: 179, South: -20, East: -179, North: 20}, []int{0, 1, 2, 3}},
		{"east side", geo.BBox{West: 179, South: 0, East: 180, North: 20}, []int{0}},
		{"east side by shape", geo.BBox{West: 179, South: 0, East: 180, North: 20, Shape: true}, []int{0, 1}},
		{"180 is -180", geo.BBox{West: 170, South: -11, East: 180, North: -9}, []int{2, 3}},
		{"-180 is 180", geo.BBox{West: -180, South: -11, East: -170, North: -9}, []int{2, 3}},
		{"over the pole by shape", geo.BBox{West: 100, South: 89, East: 110, North: 90, Shape: true}, []int{4}},
		{"edge", geo.BBox{West: 0, South: 0, East: 1, North: 1}, []int{5}},
		{"world", geo.BBox{West: -180, South: -90, East: 180, North: 90}, []int{0, 1, 2, 3, 4, 5}},
	} {
		var want []string
		for _, k := range tc.want {
			want = append(want, incidentID(k))
		}
		got := ids(query(t, store, geo.Query{Filter: geo.Filter{Expr: tc.box}, Order: geo.ByID}))
		if !slices.Equal(got, want) {
			t.Errorf("%s: found %v, want %v", tc.name, got, want)
		}
	}
}

// sorted is what an order means.
func sorted(incidents []geo.Incident, o geo.Order) []geo.Incident {
	day := func(i geo.Incident) geo.Day {
		if i.When.End != "" {
			return i.When.End
		}
		return i.When.Start
	}
	all := slices.Clone(incidents)
	slices.SortFunc(all, func(a, b geo.Incident) int {
		c := 0
		switch o {
		case geo.NewestFirst, "":
			c = cmp.Compare(day(b), day(a))
		case geo.ByUpdated:
			c = b.Updated.Compare(a.Updated)
		}
		return cmp.Or(c, cmp.Compare(a.ID, b.ID))
	})
	return all
}

var orders = []geo.Order{geo.NewestFirst, geo.ByUpdated, geo.ByID, ""}

func testOrders(t *testing.T, store geo.Store) {
	for k, w := range []geo.When{{}, {End: "2024-01-02"}, {Start: "2024-01-05"}, {Start: "2023-12-01", End: "2024-01-05"}, {Start: "2024-01-02", End: "2024-01-02"}} {
		i := sample(incidentID(9 - k))
		i.When = w
		mustSave(t, store, geo.Edit{Incident: i})
	}
	all := query(t, store, geo.Query{})
	for _, o := range orders {
		want := ids(sorted(all, o))
		for limit := range 7 {
			if d := diff.Diff(want, pages(t, store, geo.Query{Order: o, Limit: limit})); d != "" {
				t.Errorf("order %q in pages of %d (-want +got):\n%s", o, limit, d)
			}
		}
	}
}

// pages asks for page after page and gives the ids of them all.
func pages(t tester, store geo.Store, q geo.Query) []string {
	t.Helper()
	all := []string{}
	for {
		page := ids(query(t, store, q))
		all = append(all, page...)
		if q.Limit == 0 || len(page) < q.Limit {
			return all
		}
		if len(page) > q.Limit {
			t.Fatalf("a page of %d, asked for %d", len(page), q.Limit)
		}
		q.After = page[len(page)-1]
	}
}

func testQueryRefuses(t *testing.T, store geo.Store) {
	for _, q := range []geo.Query{
		{Filter: geo.Filter{Expr: geo.Compare{Field: "mood", Op: geo.Eq, Value: "x"}}},
		{Filter: geo.Filter{Expr: geo.Compare{Field: "type", Op: geo.Eq, Value: "party"}}},
		{Filter: geo.Filter{Expr: geo.Compare{Field: "killed_best", Op: geo.Eq, Value: "3"}}},
		{Filter: geo.Filter{Expr: geo.Compare{Field: "id", Op: "; DROP TABLE incident", Value: "3"}}},
		{Filter: geo.Filter{Expr: geo.BBox{West: 200}}},
		{Order: "random"},
		{After: "nowhere"},
	} {
		var err error
		for _, err = range store.Query(context.Background(), q) {
			break
		}
		if !errors.Is(err, geo.ErrInvalid) {
			t.Errorf("%+v: error %v", q, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var err error
	for _, err = range store.Query(ctx, geo.Query{}) {
		break
	}
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a query that was called off: %v", err)
	}
}

// testQueryNested asks and writes while results stream, and leaves early.
func testQueryNested(t *testing.T, store geo.Store) {
	for k := range 20 {
		mustSave(t, store, geo.Edit{Incident: sample(incidentID(k))})
	}
	n := 0
	for i, err := range store.Query(context.Background(), geo.Query{Order: geo.ByID}) {
		if err != nil {
			t.Fatal(err)
		}
		i = mustIncident(t, store, i.ID)
		i.Title = "Seen"
		mustSave(t, store, geo.Edit{Incident: i, Base: 1})
		if n++; n == 10 {
			break
		}
	}
	if got := len(query(t, store, geo.Query{Filter: geo.Filter{Expr: geo.Words{"seen"}}})); got != 10 {
		t.Errorf("%d were changed while streaming, want 10", got)
	}
}

func testReports(t *testing.T, store geo.Store) {
	l, ok := store.(geo.ReportLister)
	if !ok {
		return
	}
	ctx := context.Background()
	var want []string
	for k := range 5 {
		added := mustAdd(t, store, submission(fmt.Sprintf("Report %d.", k), sample(incidentID(2*k+1)), sample(incidentID(2*k))))
		want = append([]string{added.Report.ID}, want...)
	}
	var got []string
	for len(got) < 5 {
		after := ""
		if len(got) > 0 {
			after = got[len(got)-1]
		}
		page := collect(t, l.Reports(ctx, 2, after))
		if len(page) == 0 {
			break
		}
		for _, r := range page {
			got = append(got, r.ID)
			if r.Text == "" || r.Added.IsZero() || time.Since(r.Added) < -time.Hour {
				t.Errorf("report %+v", r)
			}
		}
	}
	if d := diff.Diff(want, got); d != "" {
		t.Errorf("reports, newest first (-want +got):\n%s", d)
	}
	incidents, err := l.IncidentsOf(ctx, want[1])
	if d := diff.Diff([]string{incidentID(6), incidentID(7)}, ids(incidents)); d != "" || err != nil {
		t.Errorf("incidents of a report: %v (-want +got):\n%s", err, d)
	}
}
