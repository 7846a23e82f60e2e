package table_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/geo"
	"dateline/geo/table"

	"github.com/xuri/excelize/v2"
)

// opened is a text under a name, as a table.
func opened(t *testing.T, name, text string) *table.Table {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	rows, err := table.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = rows.Close() })
	return rows
}

// taken opens a text under a name and makes incidents of its rows.
func taken(t *testing.T, name, text, mapping string) (incidents []geo.Incident, failed []error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	rows, err := table.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	m := table.Guess(rows.Header)
	if err := m.Apply(mapping, rows.Header); err != nil {
		t.Fatal(err)
	}
	for row, err := range rows.Rows {
		var i geo.Incident
		if err == nil {
			i, err = m.Incident(row, rows.Name)
		}
		if err != nil {
			failed = append(failed, err)
			continue
		}
		incidents = append(incidents, i)
	}
	return incidents, failed
}

func TestSources(t *testing.T) {
	gdelt := make([]string, 61)
	gdelt[0], gdelt[1], gdelt[26], gdelt[51], gdelt[52], gdelt[56], gdelt[57] = "1001", "20240104", "195", "4", "Baghdad, Iraq", "33.34", "44.4"
	for _, c := range []struct {
		name, file, text, mapping string
		kind, start, place        string
		lat                       float64
		killed                    int64
		origin                    string
	}{
		{"ACLED", "acled.csv", "event_id_cnty,event_date,sub_event_type,actor1,actor2,country,admin1,location,latitude,longitude,geo_precision,fatalities,notes\nIRQ1,04 January 2024,Air/drone strike,A,B,Iraq,Baghdad,Baghdad,33.34,44.40,1,2,x\n", "",
			"air-strike", "2024-01-04", "Baghdad", 33.34, 2, "acled"},
		{"UCDP", "ged.csv", "id,type_of_violence,dyad_name,side_a,side_b,where_prec,where_coordinates,adm_1,latitude,longitude,country,date_start,date_end,best,low,high\n7,3,x,IS,Civilians,4,Anbar province,Anbar,33,42,Iraq,2014-01-24,2014-01-25,8,7,9\n", "",
			"attack", "2014-01-24", "Anbar province", 33, 8, "ucdp-ged"},
		{"GDELT", "20240104.export.CSV", strings.Join(gdelt, "\t") + "\n", "", "air-strike", "2024-01-04", "Baghdad, Iraq", 33.34, -1, "gdelt"},
		{"HXL", "hxl.csv", "A,B,C,D,E,F\n#event+type,#date+occurred,#loc+name,#geo+lat,#geo+lon,#affected+killed\nFlood,2024-01-04,Derna,32.7,22.6,5\n", "",
			"flood", "2024-01-04", "Derna", 32.7, 5, "hxl"},
		{"semicolons and words", "own.csv", "Datum;Art;Ort;Latitude;Longitude;Tote\n04.01.2024;Beben;Herat;34,3;62,2;7\n", "start = Datum\ntype = Art\nplace = Ort\nkilled_best = Tote\ntype Beben = earthquake\n",
			"earthquake", "2024-01-04", "Herat", 34.3, 7, "own"},
		{"GeoJSON", "a.geojson", `{"type":"FeatureCollection","features":[{"type":"Feature","id":5,"geometry":{"type":"Point","coordinates":[44.4,33.34]},"properties":{"event_type":"Explosion, bomb","date":"2024-01-04T03:00:00Z","location":"Baghdad","fatalities":2}}]}`, "",
			"explosive-device", "2024-01-04", "Baghdad", 33.34, 2, "a"},
		{"TimeMap", "events.json", `[{"id":1,"date":"1/4/2024","location":"Baghdad","latitude":"33.34","longitude":"44.4","category":"Shelling","description":"x"}]`, "",
			"shelling", "2024-01-04", "Baghdad", 33.34, -1, "events"},
		{"KML", "a.kml", `<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Strike</name><TimeSpan><begin>2024-01-04</begin></TimeSpan><ExtendedData><Data name="type"><value>Air strike</value></Data><Data name="place"><value>Baghdad</value></Data></ExtendedData><Point><coordinates>44.4,33.34,0</coordinates></Point></Placemark></Document></kml>`, "",
			"air-strike", "2024-01-04", "Baghdad", 33.34, -1, "a"},
		{"lines", "a.geojsonl", "\x1e" + `{"type":"Feature","geometry":null,"properties":{"type":"flood","date":"2024-01-04","place":"Derna","country":"LY"}}` + "\n", "",
			"flood", "2024-01-04", "Derna, LY", 0, -1, "a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			incidents, failed := taken(t, c.file, c.text, c.mapping)
			if len(failed) > 0 || len(incidents) != 1 {
				t.Fatalf("%d incidents, errors %v", len(incidents), failed)
			}
			i := incidents[0]
			site, _ := i.Where()
			lat := 0.0
			if site.Lat != nil {
				lat = *site.Lat
			}
			killed := int64(-1)
			if i.Tolls.Killed.Best != nil {
				killed = *i.Tolls.Killed.Best
			}
			if i.Type != c.kind || string(i.When.Start) != c.start || site.Place != c.place || lat != c.lat || killed != c.killed || !strings.HasPrefix(i.Origin, c.origin) || i.OriginID == "" {
				t.Errorf("type %s, start %s, place %q, lat %v, killed %d, origin %s %s", i.Type, i.When.Start, site.Place, lat, killed, i.Origin, i.OriginID)
			}
		})
	}
}

func TestRejects(t *testing.T) {
	for _, c := range []struct{ name, row, want string }{
		{"day", "x,2024-13-01,Flood,1,1,0", "start"},
		{"longitude", "x,2024-01-01,Flood,1,181,0", "lon"},
		{"half a point", "x,2024-01-01,Flood,1,,0", "lon and lat go together"},
		{"count", "x,2024-01-01,Flood,1,1,-4", "killed_best"},
		{"left out", "x,2024-01-01,Nonsense,1,1,0", "leaves rows of this type out"},
	} {
		t.Run(c.name, func(t *testing.T) {
			incidents, failed := taken(t, "a.csv", "id,date,type,lat,lon,killed\n"+c.row+"\ny,2024-01-01,Flood,1,1,0\n", "type Nonsense = -\n")
			if len(incidents) != 1 || len(failed) != 1 || !strings.Contains(failed[0].Error(), c.want) {
				t.Errorf("%d incidents, errors %v; want one of each, naming %s", len(incidents), failed, c.want)
			}
		})
	}
}

func TestOpenErrors(t *testing.T) {
	for name, text := range map[string]string{
		"a.csv": "", "nul.csv": "a,b\x00c\n1,2\n", "a.geojson": `{"type":"Point"}`, "b.json": "[", "a.xlsx": "no archive", "a.gpkg": "no database",
		"a.fgb": "fgb?", "a.kml": "<kml>", "a.exe": "x", "long.csv": "a,b\n" + strings.Repeat("x", 5<<20),
	} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		rows, err := table.Open(path)
		if err == nil {
			for _, e := range rows.Rows {
				if e != nil {
					err = e
				}
			}
			rows.Close()
		}
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestMappingErrors(t *testing.T) {
	for _, line := range []string{"start", "colour = a", "start = nosuch", "type X = nosuch"} {
		m := table.Guess([]string{"a", "b"})
		if err := m.Apply("# a comment\n"+line, []string{"a", "b"}); err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%q: %v, want an error that names line 2", line, err)
		}
	}
}

func TestXLSX(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.xlsx")
	book := excelize.NewFile()
	for cell, v := range map[string]any{"A1": "id", "B1": "date", "C1": "type", "D1": "place", "A2": 7, "B2": 45295, "C2": "Flood", "D2": "Derna"} {
		if err := book.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	rows, err := table.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	m := table.Guess(rows.Header)
	n := 0
	for row, err := range rows.Rows {
		i, failed := m.Incident(row, "a")
		if err != nil || failed != nil || i.When.Start != "2024-01-04" || i.Type != "flood" || i.OriginID != "7" {
			t.Errorf("%+v, %v, %v", i, err, failed)
		}
		n++
	}
	if n != 1 {
		t.Errorf("%d rows", n)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add("a.csv", []byte("id,date\n1,2024-01-01\n"))
	f.Add("a.geojson", []byte(`{"type":"FeatureCollection","features":[]}`))
	f.Add("a.kml", []byte("<kml><Placemark/></kml>"))
	f.Add("a.fgb", []byte("fgb\x03fgb\x00\x10\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		path := filepath.Join(t.TempDir(), "x"+filepath.Ext(filepath.Base(name)))
		if strings.ContainsAny(path, "\x00") || os.WriteFile(path, data, 0o644) != nil {
			return
		}
		rows, err := table.Open(path)
		if err != nil {
			return
		}
		defer rows.Close()
		m := table.Guess(rows.Header)
		for row, err := range rows.Rows {
			if err == nil {
				_, _ = m.Incident(row, "x")
			}
		}
	})
}
