package source

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/gazetteer"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/paulmach/orb"
)

// row is a line of a GeoNames dump.
func dumpRow(id, name, alternates, lat, lon, class, code, admin1, admin2, population string) string {
	return strings.Join([]string{id, name, name, alternates, lat, lon, class, code, "IQ", "", admin1, admin2, "", "", population, "", "", "Asia/Baghdad", "2024-01-01"}, "\t") + "\n"
}

var dump = dumpRow("1", "Ninawa", "", "36.0", "42.5", "A", "ADM1", "15", "", "3000000") +
	dumpRow("2", "Mosul District", "", "36.2", "43.0", "A", "ADM2", "15", "MD", "0") +
	dumpRow("3", "Mosul", "Al Mawsil,الموصل", "36.335", "43.119", "P", "PPLA", "15", "MD", "1739800") +
	dumpRow("4", "Hammam al Alil", "", "36.158", "43.259", "P", "PPL", "15", "MD", "0") +
	dumpRow("5", "Jabal Sinjar", "", "36.4", "41.9", "T", "MTS", "15", "", "0") +
	dumpRow("6", "Old Place", "", "36.4", "41.9", "P", "PPLH", "15", "", "0")

// files writes the files of a job and gives it.
func job(t testing.TB, files ...[3]string) Job {
	t.Helper()
	dir := t.TempDir()
	j := Job{Out: filepath.Join(dir, "out.gaz"), Title: "test"}
	for _, f := range files {
		in, ok := InputNamed(f[0])
		if !ok {
			t.Fatalf("no input %s", f[0])
		}
		path := filepath.Join(dir, f[1])
		if err := os.WriteFile(path, []byte(f[2]), 0o600); err != nil {
			t.Fatal(err)
		}
		j.Files = append(j.Files, JobFile{in, path})
	}
	return j
}

func run(t testing.TB, j Job) *gazetteer.Gazetteer {
	t.Helper()
	if _, err := j.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	f, err := gazetteer.OpenFile(j.Out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(f.Check(), f.Close()); err != nil {
			t.Error(err)
		}
	})
	return gazetteer.Stack(f.Layer)
}

func TestJobReadsGeoNames(t *testing.T) {
	g := run(t, job(t,
		[3]string{"geonames", "IQ.txt", dump},
		[3]string{"admin-codes", "admin1CodesASCII.txt", "IQ.15\tNineveh\tNineveh\t1\nIQ.15.MD\tMosul District\tMosul District\t2\n"},
		[3]string{"alternate-names", "alternateNamesV2.txt", "10\t3\ten\tNineveh City\t\t\t1\t\t\t\n11\t3\ten\tNinua\t\t\t\t1\t\t612\n12\t3\twkdt\tQ1\t\t\t\t\t\t\n13\t99\ten\tElsewhere\t\t\t\t\t\t\n14\t3\tabbr\tMSL\t\t\t\t\t\t\n"},
		[3]string{"hierarchy", "hierarchy.txt", "3\t4\tADM\n"},
		[3]string{"feature-codes", "featureCodes_en.txt", "A.ADM1\tx\ty\nA.ADM2\tx\ty\nP.PPLA\tx\ty\nP.PPL\tx\ty\nT.MTS\tx\ty\nnull\tnot available\t\n"},
	))
	want := map[string]gazetteer.Place{
		"gn:1": {ID: "gn:1", Name: "Ninawa", Class: 'A', Code: "ADM1", Country: "IQ", Admin1: "Nineveh", Point: orb.Point{42.5, 36}, RadiusM: 82_652, Population: 3_000_000},
		"gn:2": {ID: "gn:2", Name: "Mosul District", Class: 'A', Code: "ADM2", Country: "IQ", Admin1: "Nineveh", Parent: "gn:1", Point: orb.Point{43, 36.2}, RadiusM: 32_745},
		"gn:3": {ID: "gn:3", Name: "Mosul", Class: 'P', Code: "PPLA", Country: "IQ", Admin1: "Nineveh", Parent: "gn:2", Point: orb.Point{43.119, 36.335}, RadiusM: 14_119, Population: 1_739_800, AltNames: 5},
		"gn:4": {ID: "gn:4", Name: "Hammam al Alil", Class: 'P', Code: "PPL", Country: "IQ", Admin1: "Nineveh", Parent: "gn:3", Point: orb.Point{43.259, 36.158}, RadiusM: 3_000},
		"gn:5": {ID: "gn:5", Name: "Jabal Sinjar", Class: 'T', Code: "MTS", Country: "IQ", Admin1: "Nineveh", Parent: "gn:1", Point: orb.Point{41.9, 36.4}, RadiusM: 50_000},
	}
	for id, p := range want {
		got, _ := g.Get(id)
		if diff := cmp.Diff(p, got, cmpopts.IgnoreFields(gazetteer.Place{}, "Basis", "AltNames"), cmpopts.EquateApprox(0.01, 0)); diff != "" {
			t.Errorf("%s: %s", id, diff)
		}
	}
	for name, kind := range map[string]gazetteer.NameKind{
		"Nineveh City": gazetteer.NameNickname, "Ninua": gazetteer.NameHistoric, "MSL": gazetteer.NameAbbreviation, "الموصل": gazetteer.NameAlternate,
	} {
		if found := g.Lookup(name); len(found) != 1 || found[0].ID != "gn:3" || found[0].Matched != kind {
			t.Errorf("%s: %+v, want gn:3 by kind %d", name, found, kind)
		}
	}
	for _, name := range []string{"Old Place", "Q1", "Elsewhere"} {
		if found := g.Lookup(name); len(found) > 0 {
			t.Errorf("%s is found", name)
		}
	}
	if name := g.CountryNames()["IQ"]; name != "" {
		t.Errorf("there is a country %s", name)
	}
}

// Rows of several sources that are one place become one, by their names and
// where they lie; a street's town is then the joined one.
func TestJobJoinsSources(t *testing.T) {
	extract := &pbf{
		nodes: []pbfNode{
			{1, 43.12, 36.336, []string{"place", "city", "name", "الموصل", "name:ckb", "Mûsil", "name:en", "Mosul", "name:ku", "Mûsil"}},
			{2, 43.0, 36.9, []string{"place", "village", "name", "Mosul"}},
			{3, 43.121, 36.337, nil}, {4, 43.122, 36.337, nil},
		},
		ways: []pbfWay{{9, []int64{3, 4}, []string{"highway", "primary", "name", "Nineveh Street"}}},
	}
	j := job(t, [3]string{"geonames", "IQ.txt", dump}, [3]string{"osm", "iraq.osm.pbf", string(extract.bytes(t, 3))})
	g := run(t, j)
	if found := g.Lookup("Mûsil"); len(found) != 1 || found[0].ID != "gn:3" {
		t.Errorf("Mûsil: %+v", found)
	}
	if _, ok := g.Get("osm:n1"); ok {
		t.Error("the city is there twice")
	}
	far, _ := g.Get("osm:n2")
	if far.Name != "Mosul" {
		t.Errorf("the village of the same name is %+v", far)
	}
	street, ok := g.Get("osm:w9")
	if !ok || street.Parent != "gn:3" || street.Country != "IQ" {
		t.Errorf("the street is %+v", street)
	}
}

func TestJobReadsOwnPlaces(t *testing.T) {
	base := run(t, job(t, [3]string{"geonames", "IQ.txt", dump}))
	j := job(t,
		[3]string{"csv", "own.csv", "name,lon,lat,radius_m,kind,parent,alternates\nSafe House,43.1,36.3,200,site,Mosul,Bayt Amin|Beit Amin\nTar Field,43.2,36.2,,,,\n"},
		[3]string{"geojson", "own.geojson", `{"type":"FeatureCollection","x":{"features":1},"features":[
			{"type":"Feature","id":"zone","properties":{"name":"Green Zone","kind":"quarter","parent":"Mosul"},"geometry":{"type":"Polygon","coordinates":[[[43.10,36.30],[43.12,36.30],[43.12,36.32],[43.10,36.32],[43.10,36.30]]]}},
			{"type":"Feature","properties":{"name":"Spot","population":12},"geometry":{"type":"Point","coordinates":[43,36]}}]}`},
		[3]string{"events", "ged.csv", "id,where_coordinates,where_prec,latitude,longitude,country\n#x,#loc,#p,#lat,#lon,#c\n1,Qaraj village,1,36.1,43.3,Iraq\n2,Qaraj village,1,36.1,43.3,Iraq\n3,Ninawa province,4,36.0,42.5,Iraq\n4,Qayyarah air base,1,35.77,43.13,IQ\n"},
	)
	j.Base = base
	g := run(t, j)
	house := g.Lookup("Beit Amin")
	if len(house) != 1 || house[0].RadiusM != 200 || house[0].Country != "IQ" || house[0].Admin1 != "Ninawa" || house[0].Class != 'S' {
		t.Errorf("Safe House: %+v", house)
	}
	if zone, ok := g.Get("own:zone"); !ok || zone.RadiusM < 1200 || zone.RadiusM > 1600 || zone.Code != "PPLX" {
		t.Errorf("Green Zone: %+v", zone)
	}
	if spot := g.Lookup("Spot"); len(spot) != 1 || spot[0].Population != 12 || spot[0].Country != "IQ" {
		t.Errorf("Spot: %+v", spot)
	}
	if village := g.Lookup("Qaraj"); len(village) != 1 || village[0].Class != 'P' || village[0].RadiusM != eventPlaceM {
		t.Errorf("Qaraj: %+v", village)
	}
	if airBase := g.Lookup("Qayyarah air base"); len(airBase) != 1 || airBase[0].Class != 'S' {
		t.Errorf("Qayyarah air base: %+v", airBase)
	}
	if len(g.Lookup("Ninawa province")) > 0 {
		t.Error("a place that is not located exactly is taken")
	}
}

// Bounded memory gives the same bytes as memory without bounds.
func TestJobInLittleMemory(t *testing.T) {
	var rows strings.Builder
	for n := range 3000 {
		rows.WriteString(dumpRow(fmt.Sprint(n+10), fmt.Sprintf("Town %c%c", 'a'+n%26, 'a'+n/26%26), "", fmt.Sprint(30+n%7), fmt.Sprint(40+n%11), "P", "PPL", "15", "MD", fmt.Sprint(n)))
	}
	var all [2][]byte
	for k, memory := range []int{64 << 20, 20_000} {
		j := job(t, [3]string{"geonames", "IQ.txt", dump + rows.String()})
		j.Memory = memory
		run(t, j)
		data, err := os.ReadFile(j.Out)
		if err != nil {
			t.Fatal(err)
		}
		all[k] = data
		left, err := os.ReadDir(filepath.Dir(j.Out))
		if err != nil || len(left) != 2 {
			t.Errorf("%d files stay beside the input and the index, %v", len(left)-2, err)
		}
	}
	if !bytes.Equal(all[0], all[1]) {
		t.Error("the bytes differ")
	}
}

func TestJobNamesWhatIsBroken(t *testing.T) {
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	w, err := z.Create("IQ.txt")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(dump)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct{ kind, text, want string }{
		"columns":          {"geonames", dump + "7\tX\n", "line 7: 2 columns, want 19"},
		"cut":              {"geonames", dump[:len(dump)-60], "line 6: "},
		"id":               {"geonames", strings.Replace(dump, "1\t", "x\t", 1), `line 1: id "x" is no number`},
		"latitude":         {"geonames", strings.Replace(dump, "36.0", "96.0", 1), `line 1: latitude "96.0"`},
		"NUL":              {"geonames", dump + "7\x00\n", "line 7: a NUL byte"},
		"long line":        {"geonames", dump + strings.Repeat("x", 10<<20) + "\n", "line 7: longer than 1 MiB"},
		"cut zip":          {"geonames", archive.String()[:archive.Len()-30], "zip"},
		"zip without text": {"geonames", "PK\x05\x06" + strings.Repeat("\x00", 18), ""},
		"alternate":        {"alternate-names", "1\tx\ten\tName\n", `line 1: geonameid "x"`},
		"codes":            {"admin-codes", "IQ15\ta\tb\tc\n", `line 1: code "IQ15"`},
		"hierarchy":        {"hierarchy", "1\tx\n", `line 1: geonameid "x"`},
		"no PBF":           {"osm", dump, "block 1 at byte 0"},
		"no columns":       {"csv", "name,lon\nA,1\n", "line 1: there is no column lat"},
		"own column":       {"csv", "name,lon,lat,colour\n", `line 1: the column "colour"`},
		"own kind":         {"csv", "name,lon,lat,kind\nA,1,1,town\nB,1,1,alley\n", `line 3: column kind: there is no kind "alley"`},
		"own radius":       {"csv", "name,lon,lat,radius_m\nA,1,1,wide\n", "line 2: column radius_m"},
		"own parent":       {"csv", "name,lon,lat,parent\nA,1,1,Atlantis\n", "line 2: column parent"},
		"quotes":           {"csv", "name,lon,lat\n\"A,1,1\n", "line"},
		"no GeoJSON":       {"geojson", "[1]", "it is no GeoJSON object"},
		"no geometry":      {"geojson", `{"features":[{"type":"Feature","properties":{"name":"A"}}]}`, "feature 1: "},
		"cut GeoJSON":      {"geojson", `{"features":[{"type":"Feature","geometry":{"type":"Po`, "feature 1: "},
		"events":           {"events", "a,b\n", "neither UCDP GED nor ACLED"},
		"event columns":    {"events", "where_coordinates,where_prec\n", "line 1: there is no column country"},
	} {
		t.Run(name, func(t *testing.T) {
			j := job(t, [3]string{tc.kind, "in.txt", tc.text})
			_, err := j.Run(context.Background())
			if err == nil || !strings.Contains(err.Error(), tc.want) || !strings.Contains(err.Error(), "in.txt") {
				t.Errorf("the error is %v, want in.txt and %q", err, tc.want)
			}
			if left, err := os.ReadDir(filepath.Dir(j.Out)); err != nil || len(left) != 1 {
				t.Errorf("%d files stay beside the input, %v", len(left)-1, err)
			}
		})
	}
	codes := job(t, [3]string{"geonames", "IQ.txt", dump}, [3]string{"feature-codes", "codes.txt", "A.ADM1\tx\ty\n"})
	if _, err := codes.Run(context.Background()); err == nil || !strings.Contains(err.Error(), "feature code") {
		t.Errorf("an unknown feature code: %v", err)
	}
}

func TestJobStops(t *testing.T) {
	j := job(t, [3]string{"geonames", "IQ.txt", dump})
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := j.Run(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}

// Every input is documented, has a licence where it is not one's own, and is read.
func TestInputs(t *testing.T) {
	for _, in := range Inputs {
		if in.Name == "" || in.What == "" || in.read == nil || licences[in.Name] == "" && in.Name != "csv" && in.Name != "geojson" {
			t.Errorf("%+v lacks something", in)
		}
	}
}

func FuzzOwnPlaces(f *testing.F) {
	f.Add("name,lon,lat\nA,1,2\n", `{"features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"properties":{"name":"A"}}]}`)
	f.Add("name,lon,lat,radius_m,kind,population\n\"A\"\"\",-180,90,1,street,5\n", `{"features":[{"type":"Feature","geometry":{"type":"MultiPolygon","coordinates":[]},"properties":{"name":"A"}}]}`)
	f.Fuzz(func(t *testing.T, table, features string) {
		for kind, text := range map[string]string{"csv": table, "geojson": features} {
			j := job(t, [3]string{kind, "in.txt", text})
			if _, err := j.Run(context.Background()); err == nil {
				if _, err := gazetteer.OpenFile(j.Out); err != nil {
					t.Error(err)
				}
			}
		}
	})
}
