package geo

import (
	"encoding/json"
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/paulmach/orb"
)

// full is an incident that has everything.
func full() Incident {
	day := time.Date(2024, 2, 29, 23, 59, 58, 0, time.UTC)
	i := Incident{
		ID: "made1", Title: "Strike in \"Baghdad\" <& بغداد \u2028", Type: "air-strike", Status: Published, Modality: Asserted, Weak: true,
		When: When{Start: "2024-01-04", End: "2024-01-05", Precision: ByDay, TimeText: "at 02:00"},
		Places: []Site{{
			Role: RoleSite, Place: "Baghdad", PlaceID: "gn:98182", GeoNameID: "98182", Locative: "near", Lat: new(33.34), Lon: new(-44.4009), RadiusM: 1e-7,
			Precision: "settlement", Admin1: "Baghdad", Country: "IQ", Confidence: 0.5, Approximate: true, NotFound: "x",
			Area: orb.Polygon{{{1, 2}, {3.5, 4}, {1, 2}}, {}},
		}, {Role: RoleTarget, Place: "B"}},
		Count: Range{Low: new(int64(1)), Best: new(int64(2)), High: new(int64(3))},
		Claims: []Claim{{Measure: Killed, Group: "civilian", Low: new(int64(1)), Best: new(int64(2)), High: new(int64(3)), Attribution: Stated,
			By: "police", Report: "r", Start: 4, End: 9}},
		Actors:  []Actor{{Name: "A", ActorID: "a", Role: "perpetrator", Attribution: Claimed, By: "it"}},
		Named:   []Named{{Name: "N", Role: "mayor", Fate: "killed", Private: true}},
		Quotes:  []Quote{{Report: "r", Version: 1, Field: "/type", Start: 1, End: 7, Text: "Strike\n"}},
		Reports: []ReportRef{{ID: "r", Publisher: "P", URL: "https://example.org/?a=1&b", Published: "2024-01-05"}},
		Tags:    []string{"one", "two"}, Origin: "o", OriginID: "1", OriginType: "t", OriginPrecision: "p", Reader: "7", Confidence: 0.25,
		Edited: []string{"title"}, MergedInto: "other", Revision: 3, Created: day, Updated: day,
	}
	for k, m := range Measures {
		*i.Tolls.Of(m) = Range{Low: new(int64(0)), Best: new(int64(k)), High: new(int64(1 << 40))}
	}
	return i
}

// What MarshalJSON writes is read without encoding/json, and no column is missing.
func TestDecodePlain(t *testing.T) {
	for _, want := range []Incident{full(), {ID: "a", Type: "attack"}, {}} {
		data, err := want.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		got, ok := decodePlain(data)
		if !ok {
			t.Fatalf("not read: %s", data)
		}
		var slow Incident
		if err := slow.decode(data); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, slow) {
			t.Errorf("read as\n%+v, want\n%+v", got, slow)
		}
	}
	i := full()
	for _, f := range Columns() {
		if f.Value(&i) == nil {
			t.Errorf("the test's incident has no %s", f.Name)
		}
	}
}

// FuzzDecode holds what is read without encoding/json to what that reads.
func FuzzDecode(f *testing.F) {
	i := full()
	data, err := i.MarshalJSON()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	for _, text := range []string{`{"id":"a","id":"b"}`, `{"id":null}`, `{"ID":"a"}`, `{"id":"\ud800"}`, `{"killed_best":1e2}`, `{"killed_best":01}`, "{\"id\":\"\xff\"}",
		`{"places":[{"lat":-0.0,"lon":1E5,"area":[[[1,2,3]]]}]}`, `{"places":[]}`, `{"created":"2024-01-04T00:00:00.5Z"}`, `{"created":"2024-02-30T00:00:00Z"}`,
		`{"id":"a"} `, `{"confidence":1e999}`, `{"quotes":[{"start":1.0}]}`, `{"tags":["a","b"],"edited":[]}`, `{"named":[{"private":true,"private":false}]}`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, ok := decodePlain(data)
		if !ok {
			return
		}
		var want Incident
		if err := want.decode(data); err != nil || !json.Valid(data) {
			t.Fatalf("read, but encoding/json says %v", err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("read as\n%+v, want\n%+v", got, want)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	i := full()
	data, err := i.MarshalJSON()
	if err != nil {
		b.Fatal(err)
	}
	for _, way := range []struct {
		name string
		read func() error
	}{{"plain", func() error { return i.UnmarshalJSON(data) }}, {"encoding/json", func() error { return i.decode(data) }}} {
		b.Run(way.name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if err := way.read(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// What MarshalJSON appends by itself is what encoding/json writes.
func TestAppendValue(t *testing.T) {
	i := full()
	values := []any{"", "a", "\\\"<>&\u2028\x00\xff é", int64(-1), true, 0.0, -1.5, 1e-6, 9.9e-7, 1e20, 1e21, 123456.789, math.Pi, math.MaxFloat64, math.Copysign(0, -1)}
	for _, f := range Columns() {
		values = append(values, f.Value(&i), f.Value(&Incident{Places: []Site{{}}, Actors: []Actor{{}}, Reports: []ReportRef{{}, {}}, Quotes: []Quote{{}}}))
	}
	for _, v := range values {
		want, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		got, err := appendValue([]byte("x"), v)
		if err != nil || string(got) != "x"+string(want) {
			t.Errorf("%v: %s, %v, want x%s", v, got, err, want)
		}
	}
	for _, v := range []any{math.NaN(), math.Inf(1), []Site{{Lat: new(math.NaN())}}} {
		if got, err := appendValue(nil, v); err == nil {
			t.Errorf("%v is written as %s", v, got)
		}
	}
}
