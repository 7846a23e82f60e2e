package table_test

import (
	"strings"
	"testing"

	"dateline/gazetteer"
	"dateline/geo"
)

// The middle of something wide is no place: its radius holds the whole of it,
// and what is as wide as a district is no point.
func TestShapes(t *testing.T) {
	feature := func(geometry string) string {
		return `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":` + geometry + `,"properties":{"type":"flood","date":"2024-01-04"}}]}`
	}
	for _, c := range []struct {
		name, geometry string
		precision      gazetteer.Precision
		atLeastM       float64
		area           bool
	}{
		{"point", `{"type":"Point","coordinates":[44,33]}`, gazetteer.Settlement, 5_000, false},
		{"block", `{"type":"Polygon","coordinates":[[[44,33],[44.01,33],[44.01,33.01],[44,33.01],[44,33]]]}`, gazetteer.Neighbourhood, 700, true},
		{"province", `{"type":"Polygon","coordinates":[[[40,31],[44,31],[44,35],[40,35],[40,31]]]}`, gazetteer.Region, 250_000, true},
		{"road", `{"type":"LineString","coordinates":[[44,33],[44.5,33.5]]}`, gazetteer.District, 30_000, false},
		{"two spots", `{"type":"MultiPoint","coordinates":[[44,33],[46,33]]}`, gazetteer.Region, 90_000, false},
		{"two parts", `{"type":"MultiPolygon","coordinates":[[[[44,33],[44.01,33],[44.01,33.01],[44,33]]],[[[44.1,33],[44.11,33],[44.11,33.01],[44.1,33]]]]}`, gazetteer.Area, 5_000, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			incidents, failed := taken(t, "a.geojson", feature(c.geometry), "")
			if len(failed) > 0 || len(incidents) != 1 {
				t.Fatalf("%d incidents, errors %v", len(incidents), failed)
			}
			site, _ := incidents[0].Where()
			if site.Precision != c.precision || site.RadiusM < c.atLeastM || (site.Area != nil) != c.area {
				t.Errorf("precision %s within %.0f m, area %v", site.Precision, site.RadiusM, site.Area)
			}
		})
	}
	_, failed := taken(t, "a.geojson", feature(`{"type":"Point","coordinates":[4900000,3700000]}`), "")
	if len(failed) != 1 || !strings.Contains(failed[0].Error(), "degrees of WGS 84") {
		t.Errorf("metres: %v", failed)
	}
}

// A broken row is told with its line as it stood, and the rest go on.
func TestRawLines(t *testing.T) {
	rows, failed := 0, 0
	for row, err := range opened(t, "a.csv", "id,type,place\n1,flood,\"Derna,\n LY\"\n2,fl\"ood,Herat\n3,flood,caf\xe9\n4,flood,Kabul\n").Rows {
		rows++
		if err != nil {
			failed++
		}
		if want := []string{"1,flood,\"Derna,\n LY\"", `2,fl"ood,Herat`, "3,flood,caf\ufffd", "4,flood,Kabul"}[rows-1]; row.Raw != want {
			t.Errorf("row %d stands as %q, want %q (%v)", row.Number, row.Raw, want, err)
		}
	}
	if rows != 4 || failed != 2 {
		t.Errorf("%d rows, %d failed", rows, failed)
	}
}

// Precision codes of other data sets become ours, and the source's word stays.
func TestPrecisions(t *testing.T) {
	header := "id,type_of_violence,dyad_name,where_prec,where_coordinates,latitude,longitude,date_start,best\n"
	for code, want := range map[string]gazetteer.Precision{"1": gazetteer.Settlement, "2": gazetteer.Area, "3": gazetteer.District, "4": gazetteer.Region, "5": gazetteer.Water, "6": gazetteer.Country, "7": gazetteer.Water} {
		incidents, failed := taken(t, "ged.csv", header+"7,1,x,"+code+",Anbar,33,42,2014-01-24,1\n", "")
		if len(failed) > 0 || len(incidents) != 1 {
			t.Fatalf("%v", failed)
		}
		site, _ := incidents[0].Where()
		if site.Precision != want || incidents[0].OriginPrecision != code {
			t.Errorf("where_prec %s is %s, kept as %q", code, site.Precision, incidents[0].OriginPrecision)
		}
		if back := geo.PrecisionCode(geo.SchemeUCDP, site.Precision); back != code && code != "5" {
			t.Errorf("where_prec %s goes out as %s", code, back)
		}
	}
}
