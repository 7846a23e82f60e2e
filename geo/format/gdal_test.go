package format_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"dateline/gazetteer"
	"dateline/geo"
	"dateline/geo/format"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

// through says how a format goes through GDAL, and what it loses on the way. A
// format that has no row here fails the test.
type through struct {
	options []string                      // of ogr2ogr when it reads ours
	writes  string                        // driver that writes what we read; none where empty
	create  []string                      // its options
	id      string                        // column that has the id; "id" where empty
	prefix  string                        // before our names
	names   func(string) string           // our column there; "" where it has none
	holds   func(geo.Incident) bool       // whether the incident is in it at all
	lost    map[string]bool               // columns that are not compared: the geometry of a CSV is its wkt
	text    func(string) string           // what becomes of a text
	meets   func(t *testing.T, in string) // further questions of the file
}

// gdal is the table, a row for each of Formats that GDAL knows.
var gdal = map[string]through{
	"geojson":    {writes: "GeoJSON"},
	"geojsonseq": {writes: "GeoJSONSeq"},
	"csv":        {options: []string{"-oo", "AUTODETECT_TYPE=YES", "-oo", "EMPTY_STRING_AS_NULL=YES"}, writes: "CSV", create: []string{"-lco", "GEOMETRY=AS_WKT"}, text: guarded},
	"hxl":        {options: []string{"-oo", "EMPTY_STRING_AS_NULL=YES", "-where", "id <> '#event+id'"}, text: guarded},
	"kml":        {writes: "LIBKML"},
	"kmz":        {writes: "LIBKML"},
	"gpkg":       {writes: "GPKG"},
	"fgb":        {writes: "FlatGeobuf", meets: fgbIndex},
	"shp":        {names: format.ShapefileName},
	"gpx":        {options: []string{"waypoints"}, prefix: "dateline_", holds: func(i geo.Incident) bool { s, _ := i.Where(); return s.Pinned() }},
	"georss": {id: "id", names: func(name string) string {
		return map[string]string{"title": "title"}[name]
	}, lost: map[string]bool{"title": true}},
}

func guarded(s string) string {
	if s != "" && strings.ContainsRune("=+-@'", rune(s[0])) {
		return "'" + s
	}
	return s
}

// needGDAL fails where GDAL is missing: nothing here is skipped.
func needGDAL(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("ogr2ogr"); err != nil {
		t.Fatal("ogr2ogr is missing: make tools installs it, or apt-get install gdal-bin")
	}
}

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), name, args...)
	command.Env = append(os.Environ(), "OGR_SKIP=GML") // which takes a feed with GML in it
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// difficult are incidents on which formats trip: every column stated or not,
// scripts, quotes, edges of the world, zero tolls, open spans.
func difficult() []geo.Incident {
	at := time.Date(2024, 2, 29, 23, 59, 59, 0, time.UTC)
	texts := []string{"Straße & <b>Łódź</b>", "ضربة جوية", "北京爆炸", "=1+1", `say "hi", o'clock; 100%`, "=cmd|' /C calc'!A0", "👩‍🚒 crew", "tab\there", "удар"}
	points := []orb.Point{{44.3614881, 33.3128057}, {-179.9999999, -16.1234567}, {180, 0}, {0, 0}, {-0.0000001, 89.9999999}, {12.5, -89.5}, {8.2275123, 46.8182291}}
	var all []geo.Incident
	for k := range 40 {
		i := geo.Incident{
			ID: fmt.Sprintf("incident%04d", k), Title: texts[k%len(texts)], Type: geo.EventTypes[k%len(geo.EventTypes)].Code,
			Status: geo.Published, Modality: geo.Asserted, Weak: k%5 == 0, Revision: k + 1, Created: at, Updated: at.Add(time.Duration(k) * time.Hour),
		}
		if k%4 != 0 {
			i.When = geo.When{Start: geo.Day("1999-12-25").Add(k), End: geo.Day("1999-12-30").Add(k), Precision: geo.ByDay, TimeText: texts[(k+3)%len(texts)]}
		}
		if k%7 == 1 {
			i.When.Start = ""
		}
		if k%3 != 0 {
			p := points[k%len(points)]
			site := geo.Site{Role: geo.RoleSite, Place: texts[(k+1)%len(texts)], Lon: new(p.Lon()), Lat: new(p.Lat()), RadiusM: 1234.5, Precision: gazetteer.Settlement, Country: "IQ", Confidence: 0.875}
			if k%5 == 1 {
				site.Precision, site.RadiusM = gazetteer.Region, 60_000
			}
			i.Places = []geo.Site{site, {Role: geo.RoleTarget, Place: "a base"}}
		}
		if k%2 == 0 {
			i.Tolls.Killed = geo.Range{Low: new(int64(0)), Best: new(int64(k)), High: new(int64(2_000_000_000))}
			i.Confidence = 1 / float64(k+3)
			i.Origin, i.OriginID, i.OriginType = "UCDP GED", strconv.Itoa(k), texts[(k+2)%len(texts)]
			i.Tags = []string{texts[k%len(texts)], "second"}
			i.Reports = []geo.ReportRef{{ID: "r", Publisher: "Gazette"}}
		}
		all = append(all, i)
	}
	return all
}

// GDAL reads what we wrote: every incident that the format holds, with its
// geometry to 1e-7 degrees and every column, null where it is not stated.
func TestGDALReads(t *testing.T) {
	needGDAL(t)
	for _, f := range format.Formats {
		for name, shape := range map[string]format.Shape{"incidents": format.Incidents, "areas": format.Areas} {
			t.Run(f.Name+" "+name, func(t *testing.T) {
				g, ok := gdal[f.Name]
				if !ok {
					if pythonReads[f.Name] {
						t.Skip("Debian's GDAL has no driver: make parquet reads it")
					}
					t.Fatalf("no row says how %s goes through GDAL", f.Name)
				}
				dir := t.TempDir()
				file, back := filepath.Join(dir, "incidents."+map[bool]string{true: "shp.zip", false: f.Extension}[f.Name == "shp"]), filepath.Join(dir, "back.geojson")
				if err := os.WriteFile(file, []byte(written(t, f, shape, difficult()...)), 0o644); err != nil {
					t.Fatal(err)
				}
				run(t, "ogr2ogr", append([]string{"-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=15", "-lco", "RFC7946=NO", back, file}, g.options...)...)
				g.compare(t, readFeatures(t, back), shape)
				if g.meets != nil {
					g.meets(t, file)
				}
			})
		}
	}
}

// A file of one incident, and of none, is whole too.
func TestGDALReadsFew(t *testing.T) {
	needGDAL(t)
	for _, f := range format.Formats {
		g, ok := gdal[f.Name]
		if !ok || f.Name == "gpx" || f.Name == "hxl" {
			continue
		}
		for n := range 3 {
			file := filepath.Join(t.TempDir(), "few."+map[bool]string{true: "shp.zip", false: f.Extension}[f.Name == "shp"])
			back := filepath.Join(t.TempDir(), "back.geojson")
			if err := os.WriteFile(file, []byte(written(t, f, format.Incidents, difficult()[1:1+n]...)), 0o644); err != nil {
				t.Fatal(err)
			}
			if n == 0 && (f.Name == "geojsonseq" || f.Name == "georss" || strings.HasPrefix(f.Name, "km")) {
				continue // GDAL knows none of them without a feature
			}
			run(t, "ogr2ogr", append([]string{"-f", "GeoJSON", back, file}, g.options...)...)
			if got := len(readFeatures(t, back)); got != n {
				t.Errorf("%s of %d: %d features", f.Name, n, got)
			}
		}
	}
}

func readFeatures(t *testing.T, file string) []*geojson.Feature {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	all, err := geojson.UnmarshalFeatureCollection(data)
	if err != nil {
		t.Fatal(err)
	}
	return all.Features
}

func (g through) compare(t *testing.T, features []*geojson.Feature, shape format.Shape) {
	t.Helper()
	found := map[string]*geojson.Feature{}
	for _, f := range features {
		if f.ID != nil && g.prefix == "" { // GDAL makes a column of that name the feature's id
			f.Properties["id"] = f.ID
		}
		id := fmt.Sprint(f.Properties[g.prefix+"id"])
		found[strings.TrimPrefix(id, "urn:dateline:incident:")] = f
	}
	wanted := 0
	for _, i := range difficult() {
		if g.holds != nil && !g.holds(i) {
			continue
		}
		wanted++
		f := found[i.ID]
		if f == nil {
			t.Errorf("%s is missing", i.ID)
			continue
		}
		if shape != format.Areas || g.holds == nil {
			sameGeometry(t, i.ID, geometryOf(t, i, shape), f.Geometry)
		}
		shown := asRead(i, shape)
		for _, column := range geo.Columns() {
			name := g.prefix + column.Name
			if g.names != nil {
				name = g.names(column.Name)
			}
			if name == "" || g.lost[column.Name] {
				continue
			}
			want := textOf(column.Value(&shown))
			if g.text != nil && column.Kind == geo.KindText {
				want = g.text(want)
			}
			if got := valueText(column.Kind, f.Properties[name]); !sameValue(column.Kind, want, got) {
				t.Errorf("%s: %s is %q, want %q", i.ID, column.Name, got, want)
			}
		}
	}
	if len(features) != wanted {
		t.Errorf("%d features, want %d", len(features), wanted)
	}
}

// geometryOf is what our GeoJSON shows, which other tests look at.
func geometryOf(t *testing.T, i geo.Incident, shape format.Shape) orb.Geometry {
	t.Helper()
	f, err := geojson.UnmarshalFeature([]byte(written(t, named("geojsonseq"), shape, i)[1:]))
	if err != nil {
		t.Fatal(err)
	}
	return f.Geometry
}

// sameGeometry compares corner by corner; where a ring begins is the writer's.
func sameGeometry(t *testing.T, id string, want, got orb.Geometry) {
	t.Helper()
	if want == nil || got == nil {
		if want != got {
			t.Errorf("%s: geometry %v, want %v", id, got, want)
		}
		return
	}
	if polygon, ok := want.(orb.Polygon); ok && got.GeoJSONType() == "MultiPolygon" {
		want = orb.MultiPolygon{polygon}
	}
	if want.GeoJSONType() != got.GeoJSONType() {
		t.Errorf("%s: a %s, want a %s", id, got.GeoJSONType(), want.GeoJSONType())
		return
	}
	near := func(a, b float64) bool { return math.Abs(a-b) <= 1e-7+1e-12 }
	if p, ok := want.(orb.Point); ok && !(near(p.Lon(), got.(orb.Point).Lon()) && near(p.Lat(), got.(orb.Point).Lat())) {
		t.Errorf("%s: at %v, want %v", id, got, want)
	}
	a, b := want.Bound(), got.Bound()
	if !near(a.Min.Lon(), b.Min.Lon()) || !near(a.Min.Lat(), b.Min.Lat()) || !near(a.Max.Lon(), b.Max.Lon()) || !near(a.Max.Lat(), b.Max.Lat()) {
		t.Errorf("%s: within %v, want %v", id, b, a)
	}
}

// textOf is a column's value as text, empty where it is not stated.
func textOf(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case time.Time:
		return v.Format(time.RFC3339Nano)
	}
	text, _ := json.Marshal(v)
	return string(text)
}

// valueText is a value of GDAL's in our writing: its days have slashes, its
// booleans may be numbers, its lists may be lists.
func valueText(kind geo.Kind, v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		if kind == geo.KindDay {
			v, _, _ = strings.Cut(strings.ReplaceAll(v, "/", "-"), " ")
			v, _, _ = strings.Cut(v, "T")
		}
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	text, _ := json.Marshal(v)
	return string(text)
}

func sameValue(kind geo.Kind, want, got string) bool {
	if want == got {
		return true
	}
	switch kind {
	case geo.KindBool:
		if got == "" { // our JSON leaves it out
			return want == "false"
		}
		a, errA := strconv.ParseBool(want)
		b, errB := strconv.ParseBool(got)
		return errA == nil && errB == nil && a == b
	case geo.KindInt, geo.KindNumber:
		a, errA := strconv.ParseFloat(want, 64)
		b, errB := strconv.ParseFloat(got, 64)
		return errA == nil && errB == nil && math.Abs(a-b) <= 1e-7+1e-12
	case geo.KindTime:
		return timeOf(want).Equal(timeOf(got)) && !timeOf(want).IsZero()
	case geo.KindList:
		var a, b any
		return json.Unmarshal([]byte(want), &a) == nil && json.Unmarshal([]byte(got), &b) == nil && textOf(a) == textOf(b)
	}
	return false
}

// timeOf reads a time as GDAL writes one.
func timeOf(s string) time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006/01/02 15:04:05.999Z07", "2006/01/02 15:04:05Z07", "2006/01/02 15:04:05.999", "2006-01-02T15:04:05"} {
		if at, err := time.Parse(layout, strings.Replace(s, "+00", "Z", 1)); err == nil {
			return at.UTC()
		}
	}
	return time.Time{}
}

// pythonReads are formats that Debian's GDAL has no driver for.
var pythonReads = map[string]bool{"parquet": true}

// fgbIndex asks GDAL for boxes, which it answers by our index.
func fgbIndex(t *testing.T, file string) {
	if strings.Contains(run(t, "ogrinfo", "-ro", "-al", "-so", file), "Geometry: Multi") {
		return // areas overlap the boxes as they like
	}
	for _, tc := range []struct {
		box  []string
		want func(geo.Incident) bool
	}{
		{[]string{"44", "33", "45", "34"}, at(44.3614881, 33.3128057)},
		{[]string{"8", "46", "9", "47"}, at(8.2275123, 46.8182291)},
		{[]string{"-90", "-60", "-80", "-50"}, func(geo.Incident) bool { return false }},
	} {
		out := run(t, "ogrinfo", append(append([]string{"-ro", "-al", "-spat"}, tc.box...), file)...)
		want := 0
		for _, i := range difficult() {
			if tc.want(i) {
				want++
			}
		}
		if got := strings.Count(out, "OGRFeature("); got != want {
			t.Errorf("in the box %v: %d features, want %d", tc.box, got, want)
		}
	}
}

func at(lon, lat float64) func(geo.Incident) bool {
	return func(i geo.Incident) bool {
		s, _ := i.Where()
		p, ok := s.Point()
		return ok && s.Pinned() && p == orb.Point{lon, lat}
	}
}
