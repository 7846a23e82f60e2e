package query_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"dateline/geo"
	"dateline/geo/query"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

func in(field string, values ...any) geo.In { return geo.In{Field: field, Values: values} }

func compare(field string, op geo.Op, value any) geo.Compare {
	return geo.Compare{Field: field, Op: op, Value: value}
}

func TestParse(t *testing.T) {
	midnight := time.Date(2024, 1, 4, 0, 0, 0, 0, time.UTC)
	for _, tc := range []struct {
		params string
		want   geo.Expr
	}{
		{"", nil},
		{"bbox=44.2,33.2,44.6,33.5", geo.BBox{West: 44.2, South: 33.2, East: 44.6, North: 33.5}},
		{"bbox=44.2,33.2,0,44.6,33.5,9", geo.BBox{West: 44.2, South: 33.2, East: 44.6, North: 33.5}},
		{"bbox=179,-20,-179,20", geo.BBox{West: 179, South: -20, East: -179, North: 20}},
		{"datetime=2024-01-04", geo.During{Start: "2024-01-04", End: "2024-01-04"}},
		{"datetime=2024-01-04T02:00:00%2B03:00", geo.During{Start: "2024-01-04", End: "2024-01-04"}},
		{"datetime=2024-01-01/2024-01-31", geo.During{Start: "2024-01-01", End: "2024-01-31"}},
		{"datetime=../2024-01-31", geo.During{End: "2024-01-31"}},
		{"datetime=2024-01-01/..", geo.During{Start: "2024-01-01"}},
		{"datetime=2024-01-01/", geo.During{Start: "2024-01-01"}},
		{"datetime=../..", geo.During{}},
		{"q=Palestine+Str", geo.Words{"palestine", "str"}},
		{"q=غَزّة", geo.Words{"غزة"}},
		{"type=air-strike,shelling", in("type", "air-strike", "shelling")},
		{"country=IQ, LB", in("country", "IQ", "LB")},
		{`publisher=Smith\, Sons,\ x`, in("publisher", "Smith, Sons", " x")},
		{`actor=C:\\x`, in("actor", `C:\x`)},
		{"killed_best=5", in("killed_best", int64(5))},
		{"killed_best=5..", geo.And{compare("killed_best", geo.Ge, int64(5))}},
		{"killed_best=..9", geo.And{compare("killed_best", geo.Le, int64(9))}},
		{"killed_best=2..9", geo.And{compare("killed_best", geo.Ge, int64(2)), compare("killed_best", geo.Le, int64(9))}},
		{"killed_best=..", geo.Not{Expr: geo.Null{Field: "killed_best"}}},
		{"killed_best=1,3,10..", geo.Or{geo.And{compare("killed_best", geo.Ge, int64(10))}, in("killed_best", int64(1), int64(3))}},
		{"confidence=0.5..", geo.And{compare("confidence", geo.Ge, 0.5)}},
		{"weak=false", in("weak", false)},
		{"start=2024-01-04", in("start", "2024-01-04")},
		{"end=..2024-01-04", geo.And{compare("end", geo.Le, "2024-01-04")}},
		{"updated=2024-01-04T12:00:00%2B02:00..", geo.And{compare("updated", geo.Ge, midnight.Add(10*time.Hour))}},
		{"updated=2024-01-04", geo.And{compare("updated", geo.Ge, midnight), compare("updated", geo.Lt, midnight.AddDate(0, 0, 1))}},
	} {
		t.Run(tc.params, func(t *testing.T) {
			params, err := url.ParseQuery(strings.ReplaceAll(tc.params, ";", "%3B"))
			if err != nil {
				t.Fatal(err)
			}
			got, err := query.Parse(params)
			if err != nil {
				t.Fatal(err)
			}
			want := geo.Filter{}
			if tc.want != nil {
				want.Expr = geo.And{tc.want}
			}
			if diff := cmp.Diff(want, got.Filter); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if got.Limit != query.DefaultLimit || got.After != "" {
				t.Errorf("limit %d, after %q", got.Limit, got.After)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	for _, tc := range []struct{ params, field, reason string }{
		{"mood=bad", "mood", "there are bbox, bbox-crs, within, datetime, q, filter"},
		{"title=x", "title", "no such parameter"},
		{"bbox=1,2,3", "bbox", "3 numbers"},
		{"bbox=1,2,3,x", "bbox", `"x" is no number`},
		{"bbox=1,2,3,NaN", "bbox", "west,south,east,north"},
		{"bbox=1,50,3,40", "bbox", "south below north"},
		{"bbox=1,2,300,4", "bbox", "degrees"},
		{"datetime=yesterday", "datetime", "neither a day"},
		{"datetime=", "datetime", "neither a day"},
		{"datetime=2024-02-01/2024-01-01", "datetime", "after the end"},
		{"datetime=2024-01-01/2024-01-02/2024-01-03", "datetime", "neither a day"},
		{"q=+-+", "q", "at least one word"},
		{"q=" + strings.Repeat("a+", 60), "q", "at most 50"},
		{"type=party", "type", "air-strike"},
		{"type=", "type", "a value is empty"},
		{"type=air-strike,,shelling", "type", "a value is empty"},
		{"type=air-strike&type=shelling", "type", "given 2 times"},
		{"killed_best=many", "killed_best", "no whole number"},
		{"killed_best=1.5", "killed_best", "no whole number"},
		{"killed_best=1..x", "killed_best", "no whole number"},
		{"confidence=NaN", "confidence", "no number"},
		{"weak=perhaps", "weak", "neither true nor false"},
		{"start=4+January", "start", "no day"},
		{"updated=9999-12-31", "updated", "year 10000"},
		{"updated=now", "updated", "neither an instant"},
		{"limit=0", "limit", "1 to 10000"},
		{"limit=ten", "limit", "1 to 10000"},
		{"cursor=!", "cursor", "not one"},
		{"cursor=YWJj", "cursor", "not one"},
	} {
		refused(t, tc.params, tc.field, tc.reason)
	}
}

// refused wants parameters refused for a field with a reason.
func refused(t *testing.T, raw, name, reason string) {
	t.Helper()
	t.Run(raw, func(t *testing.T) {
		params, err := url.ParseQuery(raw)
		if err != nil {
			t.Fatal(err)
		}
		_, err = query.Parse(params)
		var field *geo.FieldError
		if !errors.As(err, &field) || !errors.Is(err, geo.ErrInvalid) || field.Field != name || !strings.Contains(field.Reason, reason) {
			t.Errorf("error %v: want one of %s that says %q", err, name, reason)
		}
	})
}

func TestLimit(t *testing.T) {
	for value, want := range map[string]int{"1": 1, "10000": 10_000, "10001": 10_000, "999999999": 10_000} {
		if got, err := query.Parse(url.Values{"limit": {value}}); err != nil || got.Limit != want {
			t.Errorf("limit=%s: %d, %v; want %d", value, got.Limit, err, want)
		}
	}
}

func TestCursor(t *testing.T) {
	under := func(raw string) url.Values {
		params, err := url.ParseQuery(raw)
		if err != nil {
			t.Fatal(err)
		}
		return params
	}
	first, err := query.Parse(under("type=air-strike&country=IQ&limit=10"))
	if err != nil {
		t.Fatal(err)
	}
	cursor := first.Next("abcdefghijkl")
	for raw, refused := range map[string]string{
		"country=IQ&type=air-strike":            "",
		"type=air-strike&country=IQ&limit=5000": "",
		"type=air-strike":                       "another filter",
		"type=air-strike&country=IQ&weak=false": "another filter",
		"type=air-strike&country=LB":            "another filter",
	} {
		params := under(raw)
		params.Set("cursor", cursor)
		got, err := query.Parse(params)
		switch {
		case refused == "" && (err != nil || got.After != "abcdefghijkl"):
			t.Errorf("%s: after %q, %v", raw, got.After, err)
		case refused != "" && (err == nil || !strings.Contains(err.Error(), refused)):
			t.Errorf("%s: error %v does not say %q", raw, err, refused)
		}
	}
}

func TestAskShapes(t *testing.T) {
	got := query.AskShapes(geo.And{geo.Or{geo.BBox{East: 1}, geo.Words{"x"}}, geo.Not{Expr: geo.BBox{North: 2}}})
	want := geo.And{geo.Or{geo.BBox{East: 1, Shape: true}, geo.Words{"x"}}, geo.Not{Expr: geo.BBox{North: 2, Shape: true}}}
	if diff := cmp.Diff(geo.Expr(want), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A filterable field without a documented parameter fails here.
func TestParameters(t *testing.T) {
	described := map[string]query.Parameter{}
	for _, p := range query.Parameters() {
		if p.Description == "" || p.Schema["type"] == nil {
			t.Errorf("%s is not described", p.Name)
		}
		if _, twice := described[p.Name]; twice {
			t.Errorf("%s is there twice", p.Name)
		}
		described[p.Name] = p
	}
	for _, f := range geo.Fields {
		p, ok := described[f.Name]
		if ok != f.Filterable {
			t.Errorf("%s: filterable is %v, and a parameter %v", f.Name, f.Filterable, ok)
		}
		if ok && !strings.HasPrefix(p.Description, f.Doc) {
			t.Errorf("%s is described as %q", f.Name, p.Description)
		}
	}
}

// What is drawn on a map comes as a circle or a ring.
func TestDrawn(t *testing.T) {
	got, err := query.Parse(url.Values{"within": {"44.4,33.3,5000"}})
	if d := cmp.Diff(geo.Expr(geo.And{geo.Drawn{Centre: orb.Point{44.4, 33.3}, RadiusM: 5000}}), got.Filter.Expr); err != nil || d != "" {
		t.Errorf("a circle: %v %s", err, d)
	}
	got, err = query.Parse(url.Values{"within": {"0,0,10,0,10,10"}})
	if d := cmp.Diff(geo.Expr(geo.And{geo.Drawn{Ring: []orb.Point{{0, 0}, {10, 0}, {10, 10}}}}), got.Filter.Expr); err != nil || d != "" {
		t.Errorf("a ring: %v %s", err, d)
	}
	for _, bad := range []string{"1,2", "1,2,3,4", "1,2,3,4,5", "0,0,-1", "200,0,10", "a,b,c", "0,0,10,0,10,100"} {
		if _, err := query.Parse(url.Values{"within": {bad}}); err == nil {
			t.Errorf("%s is taken", bad)
		}
	}
}
