package format_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"dateline/geo"
	"dateline/geo/format"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// read gives the ids that a file tells and the errors that it gave.
func read(f format.Format, text string) (ids, failures []string) {
	for i, err := range f.Read(strings.NewReader(text)) {
		if err != nil {
			failures = append(failures, err.Error())
			if !errors.Is(err, geo.ErrInvalid) {
				failures = append(failures, "which is no ErrInvalid")
			}
			continue
		}
		ids = append(ids, i.ID)
	}
	return ids, failures
}

func TestReadRefuses(t *testing.T) {
	csv, _ := format.ByName("csv")
	geojson, _ := format.ByName("geojson")
	good := `{"type":"Feature","properties":{"id":"a","type":"flood","status":"draft","modality":"asserted"}}`
	for _, tc := range []struct {
		name   string
		format format.Format
		text   string
		ids    string
		want   []string // parts of the errors
	}{
		{"empty", csv, "", "", []string{"CSV header"}},
		{"no such columns", csv, "name,place\r\nx,y\r\n", "", []string{"columns id and type"}},
		{"bad rows among good ones", csv, "id,type,status,modality,killed_best\r\na,flood,draft,asserted,3\r\nb,party,draft,asserted,\r\nc,flood,draft,asserted,many\r\nd,flood\r\ne,flood,draft,asserted,\r\n",
			"a e", []string{`line 3: type: "party"`, `line 4: killed_best: "many" is no int`, "wrong number of fields"}},
		{"byte order mark", csv, "\ufeffid,type,status,modality\na,flood,draft,asserted\n", "a", nil},
		{"unknown column", csv, "id,type,status,modality,mood\na,flood,draft,asserted,good\n", "a", nil},
		{"open quote", csv, "id,type\n\"a,flood", "", []string{"line 2"}},
		{"no JSON", geojson, "id,type", "", []string{"GeoJSON"}},
		{"a feature", geojson, good, "", []string{"FeatureCollection"}},
		{"a list", geojson, "[1]", "", []string{"want {"}},
		{"features that are none", geojson, `{"type":"FeatureCollection","features":{}}`, "", []string{"want ["}},
		{"bad features among good ones", geojson, `{"features":[` + good + `,7,{"type":"Feature"},{"type":"Feature","properties":{"id":"b","type":"party"}},` + good + `],"type":"FeatureCollection","extra":{"a":[1]}}`,
			"a a", []string{"feature 2", "feature 3: type", `feature 4: type: "party"`}},
		{"cut short", geojson, `{"type":"FeatureCollection","features":[` + good + `,{"type"`, "a", []string{"feature 2"}},
		{"too deep", geojson, `{"x":` + strings.Repeat("[", 20_000), "", []string{"depth"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			ids, failures := read(tc.format, tc.text)
			if got := strings.Join(ids, " "); got != tc.ids {
				t.Errorf("read %q, want %q", got, tc.ids)
			}
			if len(failures) != len(tc.want) {
				t.Fatalf("errors %q, want %q", failures, tc.want)
			}
			for k := range tc.want {
				if !strings.Contains(failures[k], tc.want[k]) {
					t.Errorf("error %q does not say %q", failures[k], tc.want[k])
				}
			}
		})
	}
}

func TestReadStops(t *testing.T) {
	for _, f := range format.Formats {
		if f.Read == nil {
			continue
		}
		text := written(t, f, format.Full, examples()...)
		n := 0
		for range f.Read(strings.NewReader(text)) {
			if n++; n == 2 {
				break
			}
		}
		if n != 2 {
			t.Errorf("%s: %d", f.Name, n)
		}
	}
}

// A spreadsheet must run nothing that a report says.
func TestFormulas(t *testing.T) {
	for _, text := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "－1", "'x"} {
		i := examples()[3]
		i.Title, i.Origin = text, text
		out := written(t, format.Formats[1], format.Incidents, i)
		if strings.Contains(out, ","+text) || strings.Contains(out, `"`+text) {
			t.Errorf("%q stands at the beginning of a cell:\n%s", text, out)
		}
		for got, err := range format.ReadCSV(strings.NewReader(out)) {
			if err != nil || got.Title != text {
				t.Errorf("%q comes back as %q, %v", text, got.Title, err)
			}
		}
	}
}

// areaOf writes an incident in the shape of Areas and gives its polygons.
func areaOf(t *testing.T, s geo.Site) orb.MultiPolygon {
	t.Helper()
	i := examples()[3]
	i.Places = []geo.Site{{Role: geo.RoleSite, Place: "not located"}, s}
	var b bytes.Buffer
	if err := format.WriteFeature(&b, i, format.Options{Shape: format.Areas}); err != nil {
		t.Fatal(err)
	}
	var feature struct {
		Geometry struct {
			Type        string
			Coordinates json.RawMessage
		}
	}
	if err := json.Unmarshal(b.Bytes(), &feature); err != nil {
		t.Fatal(err)
	}
	var one orb.Polygon
	var many orb.MultiPolygon
	if feature.Geometry.Type == "Polygon" {
		if err := json.Unmarshal(feature.Geometry.Coordinates, &one); err != nil {
			t.Fatal(err)
		}
		return orb.MultiPolygon{one}
	}
	if err := json.Unmarshal(feature.Geometry.Coordinates, &many); err != nil {
		t.Fatal(err)
	}
	return many
}

func TestAreas(t *testing.T) {
	circle := func(lon, lat, radius float64) geo.Site {
		return geo.Site{Role: geo.RoleSite, Lon: &lon, Lat: &lat, RadiusM: radius, Precision: "region"}
	}
	holed := circle(179, 0, 1)
	holed.Area = orb.Polygon{ // clockwise outside, counter-clockwise inside: the wrong way round
		{{170, -10}, {170, 10}, {190, 10}, {190, -10}, {170, -10}},
		{{178, -1}, {182, -1}, {182, 1}, {178, 1}, {178, -1}},
	}
	touching := circle(175, 0, 1)
	touching.Area = polygon(orb.Point{170, -5}, orb.Point{180, -5}, orb.Point{180, 5}, orb.Point{170, 5})
	for _, tc := range []struct {
		name  string
		site  geo.Site
		parts int
		holes int
		holds []orb.Point
		not   []orb.Point
	}{
		{"circle", circle(44, 33, 100_000), 1, 0, []orb.Point{{44, 33}, {45, 33}, {44, 33.8}}, []orb.Point{{45.2, 33}, {44, 34}}},
		{"over the antimeridian", circle(179.9, -17, 50_000), 2, 0, []orb.Point{{179.9, -17}, {-179.9, -17}}, []orb.Point{{0, -17}, {-179, -17}}},
		{"on the antimeridian", circle(180, 0, 50_000), 2, 0, []orb.Point{{179.9, 0}, {-179.9, 0}}, []orb.Point{{0, 0}}},
		{"over the pole", circle(0, 89, 500_000), 1, 0, []orb.Point{{120, 89}, {-120, 88}}, []orb.Point{{0, 80}}},
		{"polygon with a hole over the antimeridian", holed, 2, 2, []orb.Point{{171, 9}, {-171, 9}}, []orb.Point{{179, 0}, {-179, 0}, {0, 0}}},
		{"polygon up to the antimeridian", touching, 1, 0, []orb.Point{{175, 0}}, []orb.Point{{-179.9, 0}}},
		{"half the Earth", circle(0, 0, 9_000_000), 1, 0, []orb.Point{{80, 0}}, []orb.Point{{100, 0}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			area := areaOf(t, tc.site)
			if len(area) != tc.parts {
				t.Errorf("%d parts, want %d: %v", len(area), tc.parts, area)
			}
			holes := 0
			for _, part := range area {
				holes += len(part) - 1
				for k, ring := range part {
					if !ring.Closed() || (ring.Orientation() == orb.CCW) != (k == 0) {
						t.Errorf("ring %d is open or runs the wrong way: %v", k, ring)
					}
				}
				if b := part.Bound(); b.Min.Lon() < -180 || b.Max.Lon() > 180 {
					t.Errorf("a part runs past the antimeridian: %v", b)
				}
			}
			if holes != tc.holes {
				t.Errorf("%d holes, want %d", holes, tc.holes)
			}
			for _, p := range tc.holds {
				if !planar.MultiPolygonContains(area, p) {
					t.Errorf("it does not hold %v", p)
				}
			}
			for _, p := range tc.not {
				if planar.MultiPolygonContains(area, p) {
					t.Errorf("it holds %v", p)
				}
			}
		})
	}
}

func FuzzReadCSV(f *testing.F) {
	f.Add([]byte("\ufeffid,type,status,modality,killed_best,places\na,flood,draft,asserted,1,\"[{\"\"role\"\":\"\"site\"\"}]\"\n"))
	f.Add([]byte("id,type\n\"a"))
	f.Add([]byte(written(f, format.Formats[1], format.Full, examples()...)))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzRead(t, format.Formats[1], data) })
}

func FuzzReadGeoJSON(f *testing.F) {
	f.Add([]byte(`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"a"}}]}`))
	f.Add([]byte(written(f, format.Formats[0], format.Full, examples()...)))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzRead(t, format.Formats[0], data) })
}

// fuzzRead wants that nothing breaks the reader, and that what it took can be
// written and read again to the same bytes.
func fuzzRead(t *testing.T, f format.Format, data []byte) {
	var taken []geo.Incident
	for i, err := range f.Read(io.LimitReader(bytes.NewReader(data), 1<<20)) {
		if err == nil {
			taken = append(taken, i)
		}
	}
	first := written(t, f, format.Full, taken...)
	var again []geo.Incident
	for i, err := range f.Read(strings.NewReader(first)) {
		if err != nil {
			t.Fatalf("%v in\n%s", err, first)
		}
		again = append(again, i)
	}
	if diff := cmp.Diff(first, written(t, f, format.Full, again...)); diff != "" {
		t.Fatalf("(-first +second):\n%s", diff)
	}
}

// named is a row of the table that is there.
func named(name string) format.Format {
	f, _ := format.ByName(name)
	return f
}
