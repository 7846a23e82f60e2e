package format_test

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dateline/gazetteer"
	"dateline/geo"
	"dateline/geo/format"
	"dateline/geo/storetest"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the goldens anew")

func sequence(incidents ...geo.Incident) iter.Seq2[geo.Incident, error] {
	return func(yield func(geo.Incident, error) bool) {
		for _, i := range incidents {
			if !yield(i, nil) {
				return
			}
		}
	}
}

func written(t interface{ Fatal(...any) }, f format.Format, shape format.Shape, incidents ...geo.Incident) string {
	var b bytes.Buffer
	if err := f.Write(&b, sequence(incidents...), format.Options{Shape: shape}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// examples are a pinned place, a region, a circle over the antimeridian, and
// one that is nowhere.
func examples() []geo.Incident {
	at := time.Date(2024, 1, 5, 6, 7, 8, 0, time.UTC)
	site := func(place string, lon, lat, radius float64, precision, country string) geo.Site {
		s := geo.Site{Role: geo.RoleSite, Place: place, Lon: &lon, Lat: &lat, RadiusM: radius, Country: country}
		s.Precision = gazetteer.Settlement
		if precision != "" {
			s.Precision = gazetteer.Region
		}
		return s
	}
	base := geo.Incident{Type: "air-strike", Status: geo.Published, Modality: geo.Asserted, Revision: 1, Created: at, Updated: at}
	one, two, three, four := base, base, base, base
	one.ID, one.Title = "aaaaaaaaaaaa", `=Strike on "Palestine Street", Baghdad`
	one.When = geo.When{Start: "2024-01-04", End: "2024-01-04", Precision: geo.ByDay, TimeText: "at noon"}
	one.Places = []geo.Site{site("Palestine Street, Baghdad", 44.43, 33.34, 2000, "", "IQ"), {Role: geo.RoleTarget, Place: "a base"}}
	one.Tolls.Killed = geo.Range{Low: new(int64(1)), Best: new(int64(2))}
	one.Actors = []geo.Actor{{Name: "the army", Role: "perpetrator", Attribution: geo.Accused, By: "a ministry"}}
	one.Quotes = []geo.Quote{{Report: "rrrrrrrrrrrr", Version: 1, Field: "/killed", Start: 3, End: 9, Text: "<two> died"}}
	two.ID, two.Places = "bbbbbbbbbbbb", []geo.Site{site("Anbar", 42, 33, 150_000, "region", "IQ")}
	three.ID, three.Places = "cccccccccccc", []geo.Site{site("Taveuni", -179.99, -16.9, 25_000, "", "FJ")}
	four.ID, four.Title = "dddddddddddd", "nowhere"
	return []geo.Incident{one, two, three, four}
}

// binary reports whether a format is no text.
func binary(f format.Format) bool {
	switch f.Name {
	case "gpkg", "fgb", "parquet", "shp", "kmz":
		return true
	}
	return false
}

// Every format and shape against the file that was looked at.
func TestGolden(t *testing.T) {
	for _, f := range format.Formats {
		if binary(f) {
			continue // GDAL and geopandas read them: see .ci/formats
		}
		for name, shape := range map[string]format.Shape{"incidents": format.Incidents, "areas": format.Areas, "full": format.Full} {
			t.Run(f.Name+" "+name, func(t *testing.T) {
				got := written(t, f, shape, examples()...)
				path := filepath.Join("testdata", name+"."+f.Extension)
				if *update {
					if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(string(want), got); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			})
		}
	}
}

// asRead is what a reader gives of an incident: without the coordinates of what
// is no point, and a CR LF as LF.
func asRead(i geo.Incident, shape format.Shape) geo.Incident {
	i.Places = append([]geo.Site(nil), i.Places...)
	for k, p := range i.Places {
		if shape != format.Full && !p.Pinned() {
			i.Places[k].Lon, i.Places[k].Lat = nil, nil
		}
	}
	return i
}

func TestRoundTrip(t *testing.T) {
	for _, f := range format.Formats {
		if f.Read == nil || f.Write == nil {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				shape := rapid.SampledFrom([]format.Shape{format.Incidents, format.Areas, format.Full}).Draw(t, "shape")
				var want []geo.Incident
				for range rapid.IntRange(0, 3).Draw(t, "incidents") {
					i := storetest.Complete("x").Draw(t, "incident")
					for _, s := range []*string{&i.Title, &i.When.TimeText, &i.Origin, &i.OriginID, &i.OriginType, &i.OriginPrecision, &i.Reader} {
						*s = strings.ReplaceAll(*s, "\r\n", "\n")
						if f.Name == "csv" {
							*s = strings.ReplaceAll(*s, "\x00", "\ufffd")
						}
					}
					want = append(want, i)
				}
				text := written(t, f, shape, want...)
				if text != written(t, f, shape, want...) {
					t.Fatal("the same incidents give other bytes")
				}
				n := 0
				for got, err := range f.Read(strings.NewReader(text)) {
					if err != nil {
						t.Fatalf("%v in\n%s", err, text)
					}
					if diff := cmp.Diff(asRead(want[n], shape), got); diff != "" {
						t.Fatalf("incident %d (-want +got):\n%s", n, diff)
					}
					n++
				}
				if n != len(want) {
					t.Fatalf("read %d of %d", n, len(want))
				}
			})
		})
	}
}

// What is no point has no coordinates anywhere in what leaves, but its radius.
func TestNoInventedPoint(t *testing.T) {
	region := examples()[1]
	for _, f := range format.Formats {
		if binary(f) || f.Name == "gpx" || f.Name == "georss" { // which have no fields for a radius
			continue
		}
		if f.Name == "kml" {
			f.Write = withoutStyles
		}
		text := written(t, f, format.Incidents, region)
		if strings.Contains(text, `"lat"`) || strings.Contains(text, ",42,") || strings.Contains(text, "Polygon") || !strings.Contains(text, "150000") {
			t.Errorf("%s of a region:\n%s", f.Name, text)
		}
	}
	if *region.Places[0].Lon != 42 {
		t.Error("the writer changed what it was given")
	}
}

// withoutStyles is KML without its head, which names polygons' styles.
func withoutStyles(w io.Writer, incidents iter.Seq2[geo.Incident, error], o format.Options) error {
	var b bytes.Buffer
	if err := format.WriteKML(&b, incidents, o); err != nil {
		return err
	}
	_, body, _ := strings.Cut(b.String(), "</Schema>")
	_, err := io.WriteString(w, body)
	return err
}

func TestWriteStops(t *testing.T) {
	broken := errors.New("broken")
	failing := func(yield func(geo.Incident, error) bool) {
		_ = yield(examples()[0], nil) && yield(geo.Incident{}, broken)
	}
	for _, f := range format.Formats {
		if err := f.Write(&bytes.Buffer{}, failing, format.Options{}); !errors.Is(err, broken) {
			t.Errorf("%s: error %v", f.Name, err)
		}
		if err := f.Write(full{}, sequence(examples()...), format.Options{}); !errors.Is(err, errFull) {
			t.Errorf("%s onto a full disk: error %v", f.Name, err)
		}
	}
}

var errFull = errors.New("disk full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestTable(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range format.Formats {
		if f.Name == "" || f.Label == "" || f.MediaType == "" || f.Extension == "" || f.Write == nil && f.Read == nil || seen[f.Name] {
			t.Errorf("row %+v", f)
		}
		seen[f.Name] = true
		if got, ok := format.ByName(f.Name); !ok || got.Name != f.Name {
			t.Errorf("%s is not found by its name", f.Name)
		}
		if got, ok := format.ByExtension(strings.ToUpper(f.Extension)); !ok || got.Name != f.Name {
			t.Errorf("%s is not found by its ending", f.Name)
		}
	}
	if _, ok := format.ByExtension("exe"); ok {
		t.Error("a format for .exe")
	}
	if f, _ := format.ByExtension("json"); f.Name != "geojson" {
		t.Error(".json is no GeoJSON")
	}
}

func polygon(ring ...orb.Point) orb.Polygon { return orb.Polygon{append(ring, ring[0])} }
