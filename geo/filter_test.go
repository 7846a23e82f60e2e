package geo_test

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"dateline/geo"
	"dateline/geo/storetest"

	"pgregory.net/rapid"
)

// struck is an incident with two sites, a target, two actors and no toll but
// the killed.
func struck() geo.Incident {
	return geo.Incident{
		ID: "abc", Title: "Strike on Straße 5", Type: "air-strike", Status: geo.Draft, Modality: geo.Asserted,
		When: geo.When{End: "2024-01-04"},
		Places: []geo.Site{
			{Role: geo.RoleSite, Place: "Baghdad", Country: "IQ", Lon: new(44.36), Lat: new(33.31), RadiusM: 15_000, Precision: "settlement"},
			{Role: geo.RoleSite, Place: "Fiji", Country: "FJ", Lon: new(179.9), Lat: new(-17.0), RadiusM: 50_000, Precision: "region"},
			{Role: geo.RoleTarget, Place: "Tehran", Country: "IR", Lon: new(51.4), Lat: new(35.7), RadiusM: 1000, Precision: "settlement"},
		},
		Tolls:  geo.Tolls{Killed: geo.Range{Best: new(int64(0)), High: new(int64(4))}},
		Actors: []geo.Actor{{Name: "The Army", ActorID: "army", Role: "perpetrator"}, {Name: "Guards", Role: "target"}},
		Quotes: []geo.Quote{{Text: "غارة على بغداد"}}, Confidence: 0.5,
		Updated: time.Date(2024, 1, 5, 0, 0, 0, 0, time.UTC),
	}
}

func TestMatch(t *testing.T) {
	compare := func(field string, op geo.Op, v any) geo.Expr {
		return geo.Compare{Field: field, Op: op, Value: v}
	}
	i := struck()
	for _, tc := range []struct {
		name string
		e    geo.Expr
		want bool
	}{
		{"nothing", nil, true},
		{"empty and", geo.And{}, true},
		{"empty or", geo.Or{}, false},
		{"empty in", geo.In{Field: "type"}, false},
		{"no words", geo.Words{}, true},
		{"text folds", compare("actor", geo.Eq, "the ARMY"), true},
		{"id of an actor", compare("actor", geo.Eq, "army"), true},
		{"role", compare("perpetrator", geo.Eq, "Guards"), false},
		{"any site", geo.In{Field: "country", Values: []any{"FJ"}}, true},
		{"no target", geo.In{Field: "country", Values: []any{"IR"}}, false},
		{"zero is stated", compare("killed_best", geo.Eq, int64(0)), true},
		{"not stated", compare("killed_low", geo.Ge, int64(0)), false},
		{"not of not stated", geo.Not{Expr: compare("killed_low", geo.Ge, int64(0))}, true},
		{"null", geo.Null{Field: "killed_low"}, true},
		{"null of zero", geo.Null{Field: "killed_best"}, false},
		{"greater", compare("killed_high", geo.Gt, int64(4)), false},
		{"greater or equal", compare("killed_high", geo.Ge, int64(4)), true},
		{"less", compare("confidence", geo.Lt, 0.6), true},
		{"wrong type", compare("confidence", geo.Eq, "0.5"), false},
		{"bool", compare("weak", geo.Eq, false), true},
		{"located", compare("located", geo.Eq, true), true},
		{"time", compare("updated", geo.Lt, time.Date(2024, 1, 5, 0, 0, 0, 1, time.UTC)), true},
		{"word", geo.Words{"strasse"}, true},
		{"word in a place", geo.Words{"teh"}, true},
		{"word of an actor and a quote", geo.Words{"guard", "بغد"}, true},
		{"inside a word", geo.Words{"rasse"}, false},
		{"box of the point", geo.BBox{West: 44, South: 33, East: 45, North: 34}, true},
		{"box of a region's point", geo.BBox{West: 179, South: -18, East: 180, North: -16}, false},
		{"box of a region's shape", geo.BBox{West: 179, South: -18, East: 180, North: -16, Shape: true}, true},
		{"box beyond the antimeridian", geo.BBox{West: -180, South: -18, East: -179.8, North: -16, Shape: true}, true},
		{"box around the target", geo.BBox{West: 51, South: 35, East: 52, North: 36}, false},
		{"on or before", geo.During{Start: "2020-01-01", End: "2020-01-02"}, true},
		{"after the end", geo.During{Start: "2024-01-05"}, false},
		{"deep", geo.And{geo.Or{geo.Or{}, geo.Not{Expr: geo.Not{Expr: geo.Words{"army"}}}}, geo.And{}}, true},
	} {
		if got := (geo.Filter{Expr: tc.e}).Match(&i); got != tc.want {
			t.Errorf("%s: %v, want %v", tc.name, got, tc.want)
		}
	}
	f := geo.Filter{Expr: geo.Words{"army"}}
	if narrowed := f.And(geo.Words{"navy"}); narrowed.Match(&i) || !f.Match(&i) || !(geo.Filter{}).And(geo.Words{"army"}).Match(&i) {
		t.Error("And narrows wrongly")
	}
}

func TestValidate(t *testing.T) {
	many := make(geo.Or, 501)
	for k := range many {
		many[k] = geo.Words{"x"}
	}
	for _, tc := range []struct {
		e    geo.Expr
		want string // part of the error, empty for none
	}{
		{nil, ""},
		{geo.And{geo.Words{"x"}, geo.Not{Expr: geo.BBox{West: 170, East: -170, North: 1}}}, ""},
		{geo.During{}, ""},
		{geo.Compare{Field: "title", Op: geo.Eq, Value: "x"}, "title"},
		{geo.Compare{Field: "mood", Op: geo.Eq, Value: "x"}, "mood"},
		{geo.Compare{Field: "killed_best", Op: geo.Eq, Value: 1}, "no int"},
		{geo.Compare{Field: "confidence", Op: geo.Eq, Value: math.NaN()}, "no number"},
		{geo.Compare{Field: "weak", Op: geo.Lt, Value: true}, "= only"},
		{geo.Compare{Field: "id", Op: "like", Value: "x"}, "no comparison"},
		{geo.Compare{Field: "start", Op: geo.Eq, Value: "May"}, "start"},
		{geo.Compare{Field: "updated", Op: geo.Eq, Value: time.Date(12000, 1, 1, 0, 0, 0, 0, time.UTC)}, "year"},
		{geo.In{Field: "type", Values: []any{"flood", "party"}}, "party"},
		{geo.In{Field: "id", Values: make([]any, 1001)}, "at most"},
		{geo.Null{Field: "quotes"}, "quotes"},
		{geo.BBox{South: 1, North: 0}, "bbox"},
		{geo.BBox{West: math.NaN()}, "bbox"},
		{geo.BBox{North: math.Inf(1)}, "bbox"},
		{geo.During{Start: "2024-02-01", End: "2024-01-01"}, "datetime"},
		{geo.During{Start: "2024-02-30"}, "2024-02-30"},
		{geo.Words(make([]string, 51)), "at most"},
		{geo.Words{strings.Repeat("x", 201)}, "at most"},
		{geo.Not{Expr: geo.Or{geo.Null{Field: "mood"}}}, "mood"},
		{many, "at most"},
	} {
		err := (geo.Filter{Expr: tc.e}).Validate()
		if tc.want == "" && err != nil || tc.want != "" && (!errors.Is(err, geo.ErrInvalid) || !strings.Contains(err.Error(), tc.want)) {
			t.Errorf("%.100v: error %v, want %q", tc.e, err, tc.want)
		}
	}
}

// Two-valued logic: what a filter does not select, its negation does.
func TestNotIsTheRest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		i := storetest.Complete("a").Draw(t, "incident")
		f := storetest.Filter([]geo.Incident{i}).Draw(t, "filter")
		if f.Expr != nil && f.Match(&i) == (geo.Filter{Expr: geo.Not(f)}).Match(&i) {
			t.Fatal("both or neither")
		}
	})
}
