package source

import (
	"encoding/json"
	"io"
	"strings"
	"testing"

	"dateline/gazetteer"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

const head = "id\tname\talternates\tparent\tkind\tlon\tlat\tradius_m\tbasis\n"

func TestRowErrorsNameLineAndColumn(t *testing.T) {
	for _, c := range []struct{ name, line, want string }{
		{"columns", "a\tb", "line 2, 2 columns, want 9"},
		{"id", "A b\tX\t\tIQ\tstreet\t44\t33\t2000\trecalled", "line 2, column id"},
		{"name", "a\t–\t\tIQ\tstreet\t44\t33\t2000\trecalled", "columns name and alternates"},
		{"alternates", "a\tX\tY| Z\tIQ\tstreet\t44\t33\t2000\trecalled", "columns name and alternates"},
		{"parent", "a\tX\t\t\tstreet\t44\t33\t2000\trecalled", "column parent"},
		{"kind", "a\tX\t\tIQ\talley\t44\t33\t2000\trecalled", `there is no kind "alley"`},
		{"lon", "a\tX\t\tIQ\tstreet\t444\t33\t2000\trecalled", `longitude "444"`},
		{"lat", "a\tX\t\tIQ\tstreet\t44\tnorth\t2000\trecalled", `latitude "north"`},
		{"radius", "a\tX\t\tIQ\tstreet\t44\t33\t-1\trecalled", "column radius_m"},
		{"radius of a recalled street", "a\tX\t\tIQ\tstreet\t44\t33\t500\trecalled", "at least 2000 m"},
		{"radius of a recalled base", "a\tX\t\tIQ\tbase\t44\t33\t5000\trecalled", "at least 10000 m"},
		{"basis", "a\tX\t\tIQ\tstreet\t44\t33\t2000\tguessed", "column basis"},
		{"names with a point", "a\tX\t\tIQ\tdemonym\t44\t33\t\trecalled", "empty in a row of names"},
		{"twice", "a\tX\t\tIQ\talias\t\t\t\trecalled\na\tX\t\tIQ\talias\t\t\t\trecalled", "line 3, column id"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := readRows(strings.NewReader(head + c.line + "\n"))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
	if _, err := readRows(strings.NewReader("name\tid\n")); err == nil {
		t.Error("a file without its first line is read")
	}
}

func FuzzRows(f *testing.F) {
	f.Add(head + "a\tX\tY|Z\tIQ\tstreet\t44\t33\t2000\trecalled\n")
	f.Add(head + "a\tX\t\tsup:a\tdemonym\t\t\t\tpackage:x@1\n")
	f.Fuzz(func(t *testing.T, text string) {
		rows, err := readRows(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, r := range rows {
			if _, ok := kinds[r.kind]; !ok || r.id == "" || gazetteer.Fold(r.name) == "" {
				t.Errorf("accepted %+v", r)
			}
		}
	})
}

func FuzzGeoNames(f *testing.F) {
	f.Add(geonamesRow("98182", "Baghdad", "Bagdad,بغداد", "33.34058", "44.40088", "PPLC", "07", "7216000"))
	f.Fuzz(func(t *testing.T, text string) {
		_ = tsv(strings.NewReader(text), geonamesColumns, func(col []string) error {
			e, err := geonamesEntry(col)
			if err == nil && (e.RadiusM <= 0 || e.Point.Lat() < -90 || e.Point.Lat() > 90) {
				t.Errorf("accepted %+v", e.Place)
			}
			return err
		})
	})
}

func FuzzTopology(f *testing.F) {
	f.Add(small["countries-10m.json"])
	f.Add(`{"arcs":[[]],"objects":{"countries":{"geometries":[{"type":"MultiPolygon","arcs":[[[0,-1]]]}]}}}`)
	f.Fuzz(func(t *testing.T, text string) {
		var topo topology
		if json.Unmarshal([]byte(text), &topo) != nil {
			return
		}
		for _, o := range topo.Objects {
			for _, g := range o.Geometries {
				_, _ = topo.polygons(g)
			}
		}
	})
}

func TestSettlementRadius(t *testing.T) {
	for _, c := range []struct {
		name       string
		population int64
		code       string
		country    string
		want       float64
	}{
		{"unknown", 0, "PPL", "IQ", 3000},
		{"village", 1200, "PPL", "IQ", 2000},
		{"town", 100_000, "PPL", "IQ", 3385},
		{"city", 7_000_000, "PPLC", "IR", 28322},
		{"quarter", 300_000, "PPLX", "IQ", 5000},
		{"unknown of America", 0, "PPL", "US", 4000},
		{"town of America", 100_000, "PPL", "US", 9815},
		{"quarter of America", 300_000, "PPLX", "US", 5000},
	} {
		got := settlementRadius(gazetteer.Place{Population: c.population, Code: c.code, Country: c.country})
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestWorthKeeping(t *testing.T) {
	for name, want := range map[string]bool{
		"Bagdad": true, "بغداد": true, "Багдад": true, "ירושלים": true, "BGW": false, "http://x.org": false, "Area 51": false,
		"バグダード": false, "X": false, "Бг": true,
	} {
		if got := worthKeeping(name); got != want {
			t.Errorf("worthKeeping(%q) = %v", name, got)
		}
	}
}

func TestWithoutKind(t *testing.T) {
	for name, want := range map[string]string{
		"Kyiv Oblast": "Kyiv", "Municipality of Piran": "Piran", "Texas": "Texas", "New York": "New York", "La Paz Department": "La Paz",
	} {
		if got := withoutKind(name); got != want {
			t.Errorf("withoutKind(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestMedianTakes180TogetherAndStraysAreLeftOut(t *testing.T) {
	at := func(lon, lat float64) *entry {
		e := &entry{}
		e.Point, e.Class, e.Country, e.Admin1 = [2]float64{lon, lat}, 'P', "FJ", "01"
		return e
	}
	if got := median([]*entry{at(179, -16), at(179.5, -16), at(-179.8, -17)}); got != [2]float64{179.5, -16} {
		t.Errorf("median %v, want 179.5 -16", got)
	}
	var all, others []*entry
	for k := range 8 {
		all = append(all, at(0.01*float64(k), 0))
		other := at(1+0.01*float64(k), 0)
		other.Admin1 = "02"
		others = append(others, other)
	}
	stray := at(1.005, 0)
	all = append(all, stray)
	towns := newNearest(append(others, all...))
	kept := towns.withoutStrays(all, func(x, y *entry) bool { return x.Admin1 == y.Admin1 })
	if len(kept) != 8 {
		t.Errorf("%d rows kept, want 8", len(kept))
	}
}

func TestGeoNamesCache(t *testing.T) {
	b := newBuild()
	b.add(&entry{Entry: gazetteer.Entry{Place: gazetteer.Place{ID: "gn:1", Name: "Old", Class: 'P', Country: "UA", RadiusM: 1}}})
	rows := `{"1":{"geonameid":1,"name":"Old","latitude":1,"longitude":2,"countrycode":"UA"},
		"2":{"geonameid":2,"name":"New","latitude":48.5,"longitude":38.1,"countrycode":"UA","population":700,"admin1code":"05","alternatenames":["Нове","Nove",""]},
		"3":{"geonameid":3,"name":"Spare","latitude":1,"longitude":2,"countrycode":"CN"}}`
	open := func(name string, use func(io.Reader) error) error { return use(strings.NewReader(rows)) }
	if err := readGeoNamesCache(b, open); err != nil {
		t.Fatal(err)
	}
	b.dropSpare()
	if len(b.entries) != 2 || b.byID["gn:3"] != nil {
		t.Fatalf("%d places", len(b.entries))
	}
	got := b.byID["gn:2"]
	want := gazetteer.Place{ID: "gn:2", Name: "New", Class: 'P', Code: "PPL", Country: "UA", Admin1: "05", Point: orb.Point{38.1, 48.5}, RadiusM: minTownM, Population: 700, AltNames: 2}
	if diff := cmp.Diff(want, got.Place); diff != "" {
		t.Error(diff)
	}
	rows = `{"9":{"geonameid":9,"name":"X","latitude":91}}`
	if err := readGeoNamesCache(b, open); err == nil || !strings.Contains(err.Error(), "place 9") {
		t.Errorf("the error is %v", err)
	}
}
