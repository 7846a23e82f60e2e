package query_test

import (
	"net/url"
	"slices"
	"testing"

	"dateline/geo"
	"dateline/geo/query"
	"dateline/geo/storetest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// writable draws a filter as Parse makes them: one expression a parameter, in
// the order of their names.
func writable() *rapid.Generator[geo.Filter] {
	return rapid.Custom(func(t *rapid.T) geo.Filter {
		byName := map[string]geo.Expr{}
		if rapid.Bool().Draw(t, "bbox") {
			box := storetest.BBox(nil).Draw(t, "box")
			box.Shape = false
			byName["bbox"] = box
		}
		if rapid.Bool().Draw(t, "datetime") {
			byName["datetime"] = storetest.During().Draw(t, "during")
		}
		if words := geo.FoldWords(storetest.Text().Draw(t, "words")); len(words) > 0 {
			byName["q"] = geo.Words(words)
		}
		for range rapid.IntRange(0, 4).Draw(t, "fields") {
			f := storetest.Filterable().Draw(t, "field")
			byName[f.Name] = fieldExpr(t, f)
		}
		var all geo.And
		for _, name := range slices.Sorted(func(yield func(string) bool) {
			for name := range byName {
				if !yield(name) {
					return
				}
			}
		}) {
			all = append(all, byName[name])
		}
		if len(all) == 0 {
			return geo.Filter{}
		}
		return geo.Filter{Expr: all}
	})
}

func fieldExpr(t *rapid.T, f geo.Field) geo.Expr {
	value := func() any {
		v := storetest.Value(f, nil).Draw(t, "value")
		if v == "" {
			v = f.Name
		}
		return v
	}
	if f.Kind == geo.KindText || f.Kind == geo.KindEnum || f.Kind == geo.KindBool || rapid.Bool().Draw(t, "exact") {
		e := geo.In{Field: f.Name}
		for range rapid.IntRange(1, 3).Draw(t, "values") {
			e.Values = append(e.Values, value())
		}
		return e
	}
	low, high := geo.Compare{Field: f.Name, Op: geo.Ge, Value: value()}, geo.Compare{Field: f.Name, Op: geo.Le, Value: value()}
	switch rapid.IntRange(0, 4).Draw(t, "range") {
	case 0:
		return geo.And{low}
	case 1:
		return geo.And{high}
	case 2:
		return geo.Not{Expr: geo.Null{Field: f.Name}}
	case 3:
		return geo.Or{geo.And{low}, geo.And{high}, geo.In{Field: f.Name, Values: []any{value()}}}
	}
	return geo.And{low, high}
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := writable().Draw(t, "filter")
		params, err := query.Encode(want)
		if err != nil {
			t.Fatal(err)
		}
		sent, err := url.ParseQuery(params.Encode())
		if err != nil {
			t.Fatal(err)
		}
		got, err := query.Parse(sent)
		if err != nil {
			t.Fatalf("%s: %v", params.Encode(), err)
		}
		if diff := cmp.Diff(want, got.Filter); diff != "" {
			t.Fatalf("%s (-want +got):\n%s", params.Encode(), diff)
		}
	})
}

func TestEncodeRefuses(t *testing.T) {
	for name, e := range map[string]geo.Expr{
		"or of fields":       geo.Or{geo.In{Field: "type", Values: []any{"flood"}}, geo.In{Field: "country", Values: []any{"IQ"}}},
		"not":                geo.And{geo.Not{Expr: geo.Words{"x"}}},
		"null":               geo.And{geo.Null{Field: "type"}},
		"greater":            geo.And{geo.Compare{Field: "killed_best", Op: geo.Gt, Value: int64(1)}},
		"asked twice":        geo.And{geo.Words{"x"}, geo.Words{"y"}},
		"shapes":             geo.And{geo.BBox{Shape: true}},
		"words not folded":   geo.And{geo.Words{"Big", "word"}},
		"no words":           geo.And{geo.Words{}},
		"no values":          geo.And{geo.In{Field: "type"}},
		"an empty value":     geo.And{geo.In{Field: "origin", Values: []any{""}}},
		"empty and":          geo.And{geo.And{}},
		"empty or":           geo.And{geo.Or{}},
		"range of two":       geo.And{geo.And{geo.Compare{Field: "killed_best", Op: geo.Ge, Value: int64(1)}, geo.Compare{Field: "killed_low", Op: geo.Le, Value: int64(1)}}},
		"two lower ends":     geo.And{geo.And{geo.Compare{Field: "killed_best", Op: geo.Ge, Value: int64(1)}, geo.Compare{Field: "killed_best", Op: geo.Ge, Value: int64(2)}}},
		"stated, for a text": geo.And{geo.Not{Expr: geo.Null{Field: "type"}}},
	} {
		if params, err := query.Encode(geo.Filter{Expr: e}); err == nil {
			t.Errorf("%s was written as %s", name, params.Encode())
		}
	}
}

// FuzzParse: nothing breaks the reader, and what it takes can be written and
// read to the same.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", "bbox=1,2,3,4&q=x", "datetime=../2024-01-01", `type=air-strike,flood&publisher=a\,b,\ c\`, "killed_best=1,2..,..3,..", "updated=2024-01-04,2024-01-05..",
		"cursor=AAAA&limit=5", "q=%ff%fe", "origin=%00", "updated=0000-01-01..9999-12-30", "confidence=1e999", "actor=..",
		"filter=killed_best+>+1+AND+title+LIKE+'a%25'", "filter=S_INTERSECTS(geometry,BBOX(33,44,34,45))&filter-crs=http://www.opengis.net/def/crs/EPSG/0/4326",
		`filter={"op":"t_after","args":[{"property":"datetime"},{"date":"2024-01-04"}]}&filter-lang=cql2-json`, "sortby=-type,start&properties=id",
		"bbox=440000,3685000,441000,3686000&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/32638", "filter=A_CONTAINS(tags,('a'))+OR+CASEI(country)+IN+('iq')",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		params, err := url.ParseQuery(raw)
		if err != nil {
			return
		}
		for _, name := range []string{"cursor", "sortby", "properties", "crs"} { // no part of the filter
			params.Del(name)
		}
		first, err := query.Parse(params)
		if err != nil {
			return
		}
		written, err := query.Encode(first.Filter)
		if err != nil {
			t.Fatalf("%q was read but can't be written: %v", raw, err)
		}
		second, err := query.Parse(written)
		if err != nil {
			t.Fatalf("%q was written as %q: %v", raw, written.Encode(), err)
		}
		if diff := cmp.Diff(first.Filter, second.Filter); diff != "" {
			t.Fatalf("%q (-first +second):\n%s", raw, diff)
		}
	})
}
