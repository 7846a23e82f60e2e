package table_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"dateline/geo"
	"dateline/geo/format"
	"dateline/geo/storetest"
	"dateline/geo/table"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// readable are the formats that an import reads back whole.
var readable = []string{"geojson", "geojsonseq", "csv", "hxl", "gpkg", "fgb", "kml", "kmz"}

// exported writes incidents to a file of a format.
func exported(t interface{ Fatal(...any) }, dir, name string, incidents ...geo.Incident) string {
	f, _ := format.ByName(name)
	var b bytes.Buffer
	all := func(yield func(geo.Incident, error) bool) {
		for _, i := range incidents {
			if !yield(i, nil) {
				return
			}
		}
	}
	path := filepath.Join(dir, "export."+f.Extension)
	if err := errors.Join(f.Write(&b, all, format.Options{}), os.WriteFile(path, b.Bytes(), 0o644)); err != nil {
		t.Fatal(err)
	}
	return path
}

// imported reads a file as an import does, without a mapping of its own.
func imported(t interface{ Fatal(...any) }, path string) []geo.Incident {
	rows, err := table.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	m := table.Guess(rows.Header)
	var all []geo.Incident
	for row, err := range rows.Rows {
		if err != nil {
			t.Fatal(err)
		}
		i, err := m.Incident(row, rows.Name)
		if err != nil {
			t.Fatal(err, row.Raw)
		}
		all = append(all, i)
	}
	slices.SortFunc(all, func(a, b geo.Incident) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// kept is what a format keeps of an incident: geo/FIELDS.md says what it can't
// hold.
func kept(i geo.Incident, name string) geo.Incident {
	i.Places = slices.Clone(i.Places)
	for k := range i.Places {
		if !i.Places[k].Pinned() {
			i.Places[k].Lon, i.Places[k].Lat = nil, nil
		}
	}
	for _, s := range []*string{&i.Title, &i.When.TimeText, &i.Origin, &i.OriginID, &i.OriginType, &i.OriginPrecision, &i.Reader} {
		if !strings.HasPrefix(name, "geojson") {
			*s = strings.ReplaceAll(*s, "\x00", "\ufffd")
		}
		switch name {
		case "csv", "hxl":
			*s = strings.ReplaceAll(*s, "\r\n", "\n")
		case "kml", "kmz":
			*s = strings.Map(func(r rune) rune {
				if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
					return utf8.RuneError
				}
				return r
			}, *s)
		}
	}
	if name == "gpkg" || name == "fgb" {
		i.Created, i.Updated = i.Created.Truncate(time.Millisecond), i.Updated.Truncate(time.Millisecond)
	}
	return i
}

// What we export is imported whole: ids, claims, quotes, times, every text.
func TestOwnExports(t *testing.T) {
	for _, name := range readable {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			rapid.Check(t, func(t *rapid.T) {
				var want []geo.Incident
				for k := range rapid.IntRange(1, 3).Draw(t, "incidents") {
					i := storetest.Complete(fmt.Sprint("x", k)).Draw(t, "incident")
					if strings.HasPrefix(name, "km") && strings.ContainsAny(fmt.Sprint(i), "\ufffe\uffff") {
						t.Skip("XML has no way to write it")
					}
					want = append(want, kept(i, name))
				}
				got := imported(t, exported(t, dir, name, want...))
				if diff := cmp.Diff(want, got); diff != "" {
					t.Fatalf("(-want +got):\n%s", diff)
				}
			})
		})
	}
}

// GDAL reads ours and writes its own, and what we read of that says the same.
func TestGDALWrites(t *testing.T) {
	if _, err := exec.LookPath("ogr2ogr"); err != nil {
		t.Fatal("ogr2ogr is missing: make tools installs it, or apt-get install gdal-bin")
	}
	at := time.Date(2024, 2, 29, 23, 59, 59, 0, time.UTC)
	var want []geo.Incident
	for k, text := range []string{"Straße & <b>Łódź</b>", "ضربة جوية", "北京爆炸", `say "hi", o'clock; 100%`, "👩‍🚒 crew", "two\nlines"} {
		i := geo.Incident{ID: fmt.Sprint("incident", k), Title: text, Type: "flood", Status: geo.Published, Modality: geo.Asserted, Weak: k == 2, Revision: k + 1, Created: at, Updated: at,
			When: geo.When{Start: "2024-01-04", End: geo.Day("2024-01-05").Add(k), Precision: geo.ByDay}}
		if k != 3 {
			i.Places = []geo.Site{{Role: geo.RoleSite, Place: text, Lon: new(44.3614881 - 40*float64(k)), Lat: new(33.3128057), RadiusM: 1234.5, Precision: "settlement", Country: "IQ"}}
			i.Tolls.Killed = geo.Range{Low: new(int64(0)), Best: new(int64(k)), High: new(int64(2_000_000_000))}
			i.Tags = []string{text}
		}
		want = append(want, i)
	}
	dir := t.TempDir()
	source := exported(t, dir, "geojson", want...)
	for _, tc := range []struct {
		driver, ending string
		options        []string
	}{
		{"GeoJSON", "geojson", nil}, {"GeoJSONSeq", "geojsonl", nil}, {"GPKG", "gpkg", nil}, {"FlatGeobuf", "fgb", []string{"-lco", "SPATIAL_INDEX=NO", "-mapFieldType", "StringList=String"}},
		{"CSV", "csv", []string{"-lco", "GEOMETRY=AS_XY"}}, {"CSV", "tab.csv", []string{"-lco", "SEPARATOR=TAB"}}, {"LIBKML", "kml", nil}, {"LIBKML", "kmz", nil}, {"XLSX", "xlsx", nil},
	} {
		t.Run(tc.ending, func(t *testing.T) {
			path := filepath.Join(dir, "gdal."+tc.ending)
			out, err := exec.CommandContext(t.Context(), "ogr2ogr", append([]string{"-f", tc.driver, path, source}, tc.options...)...).CombinedOutput()
			if err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			want := slices.Clone(want)
			if tc.ending == "fgb" { // GDAL leaves out what has no geometry
				want = slices.Delete(want, 3, 4)
			}
			same := cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) <= 1e-7+1e-12 })
			if diff := cmp.Diff(want, imported(t, path), same); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
