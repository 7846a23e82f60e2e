package gazetteer_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"dateline/gazetteer"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

func place(id, name string, class byte, code, country, admin1 string, at orb.Point, radiusM float64, population int64) gazetteer.Place {
	return gazetteer.Place{ID: id, Name: name, Class: class, Code: code, Country: country, Admin1: admin1, Point: at, RadiusM: radiusM, Population: population, Basis: "derived"}
}

// entries of a small index: a country, a division, towns that share names.
func entries() []gazetteer.Entry {
	alternate := func(names ...string) (out []gazetteer.Name) {
		for _, n := range names {
			out = append(out, gazetteer.Name{Text: n, Kind: gazetteer.NameAlternate})
		}
		return out
	}
	street := place("sup:palestine-street-baghdad", "Palestine Street", 'R', "ST", "IQ", "07", orb.Point{44.43, 33.35}, 4000, 0)
	street.Parent, street.Basis = "gn:98182", "recalled"
	baghdad := place("gn:98182", "Baghdad", 'P', "PPLC", "IQ", "07", orb.Point{44.4, 33.34}, 28_000, 7_000_000)
	baghdad.AltNames = 40
	return []gazetteer.Entry{
		{Place: place("gn:99237", "Iraq", 'A', "PCLI", "IQ", "", orb.Point{43.5, 33}, 600_000, 29_000_000),
			Names: append(alternate("العراق"), gazetteer.Name{Text: "Iraqi", Kind: gazetteer.NameDemonym})},
		{Place: place("gn:98180", "Baghdad", 'A', "ADM1", "IQ", "07", orb.Point{44.35, 33.38}, 60_000, 8_000_000)},
		{Place: baghdad, Names: alternate("بغداد", "Bagdad")},
		{Place: place("gn:1", "Al-Tanf", 'P', "PPL", "SY", "", orb.Point{38.62, 33.51}, 2500, 0)},
		{Place: place("gn:2", "El Salvador", 'A', "PCLI", "SV", "", orb.Point{-89.2, 13.9}, 190_000, 6_000_000)},
		{Place: place("gn:3", "Salvador", 'P', "PPLA", "BR", "", orb.Point{-38.5, -12.97}, 17_000, 2_700_000)},
		{Place: place("gn:4", "Taveuni", 'P', "PPL", "FJ", "", orb.Point{179.98, -16.85}, 2500, 0)},
		{Place: place("gn:5", "Baghran", 'P', "PPL", "AF", "", orb.Point{65.1, 33}, 2500, 10_000)},
		{Place: street},
	}
}

func encode(t testing.TB, entries []gazetteer.Entry) []byte {
	t.Helper()
	data, err := gazetteer.Encode(entries, gazetteer.Meta{Title: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func open(t testing.TB, data []byte) *gazetteer.Gazetteer {
	t.Helper()
	layer, err := gazetteer.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return gazetteer.Stack(layer)
}

func ids(found []gazetteer.Match) []string {
	out := []string{}
	for _, m := range found {
		out = append(out, m.ID)
	}
	return out
}

func TestEncodeIsDeterministic(t *testing.T) {
	backwards := entries()
	slices.Reverse(backwards)
	if !bytes.Equal(encode(t, entries()), encode(t, backwards)) {
		t.Error("the order of the entries changes the file")
	}
}

func TestPlaceComesBackWhole(t *testing.T) {
	g := open(t, encode(t, entries()))
	for _, e := range entries() {
		got, ok := g.Get(e.ID)
		want := e.Place
		if want.Admin1 == "07" {
			want.Admin1 = "Baghdad" // the code goes in, the division's name comes out
		}
		if diff := cmp.Diff(want, got); !ok || diff != "" {
			t.Errorf("Get(%s): %v\n%s", e.ID, ok, diff)
		}
	}
	if _, ok := g.Get("gn:99999"); ok {
		t.Error("found a place that is not there")
	}
}

func TestLookup(t *testing.T) {
	g := open(t, encode(t, entries()))
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"the city before its division", "Baghdad", []string{"gn:98182", "gn:98180"}},
		{"alternate", "Bagdad", []string{"gn:98182"}},
		{"arabic", "بغداد", []string{"gn:98182"}},
		{"demonym", "Iraqi", []string{"gn:99237"}},
		{"article left out", "Tanf", []string{"gn:1"}},
		{"other article", "at-Tanf", []string{"gn:1"}},
		{"article that is not Arabic", "Salvador", []string{"gn:3"}},
		{"country with an article", "El Salvador", []string{"gn:2"}},
		{"article too many", "al-Baghdad", []string{"gn:98182", "gn:98180"}},
		{"article too many, not Arabic", "El Taveuni", []string{}},
		{"unknown", "Nowhere", []string{}},
		{"empty", "", []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, ids(g.Lookup(c.in))); diff != "" {
				t.Error(diff)
			}
		})
	}
	if m := g.Lookup("Tanf")[0]; !m.Loose {
		t.Error("Tanf for Al-Tanf is not marked loose")
	}
	if m := g.Lookup("Iraqi")[0]; m.Matched != gazetteer.NameDemonym {
		t.Errorf("Iraqi matched as %d, want a demonym", m.Matched)
	}
}

func TestFuzzyOnlyWithin(t *testing.T) {
	g := open(t, encode(t, entries()))
	for _, c := range []struct {
		name   string
		in     string
		within gazetteer.Within
		want   []string
	}{
		{"without bounds nothing", "Bagdhad", gazetteer.Within{}, []string{}},
		{"in its country", "Baghdaad", gazetteer.Within{Country: "IQ"}, []string{"gn:98182", "gn:98180"}},
		{"in another", "Baghdaad", gazetteer.Within{Country: "AF"}, []string{}},
		{"in its division", "Baghdat", gazetteer.Within{Country: "IQ", Admin1: "Baghdad"}, []string{"gn:98182", "gn:98180"}},
		{"in its parent", "Palestine Stret", gazetteer.Within{Parent: "gn:98182"}, []string{"sup:palestine-street-baghdad"}},
		{"two edits", "Baggdaad", gazetteer.Within{Country: "IQ"}, []string{}},
		{"too short", "Iran", gazetteer.Within{Country: "IQ"}, []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, ids(g.Fuzzy(c.in, c.within, 10))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPrefix(t *testing.T) {
	g := open(t, encode(t, entries()))
	if diff := cmp.Diff([]string{"gn:98182", "gn:98180", "gn:5"}, ids(g.Prefix("Bagh", 10))); diff != "" {
		t.Error(diff)
	}
	if got := g.Prefix("Bagh", 1); len(got) != 1 {
		t.Errorf("%d answers, the limit is 1", len(got))
	}
}

func TestNear(t *testing.T) {
	g := open(t, encode(t, entries()))
	for _, c := range []struct {
		name    string
		at      orb.Point
		radiusM float64
		want    []string
	}{
		{"nearest first", orb.Point{44.43, 33.35}, 20_000, []string{"sup:palestine-street-baghdad", "gn:98182", "gn:98180"}},
		{"across 180 degrees", orb.Point{-179.98, -16.85}, 20_000, []string{"gn:4"}},
		{"nothing there", orb.Point{0, 0}, 20_000, []string{}},
		{"the pole", orb.Point{0, 90}, 20_000, []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, ids(g.Near(c.at, c.radiusM, 10))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestScan(t *testing.T) {
	g := open(t, encode(t, entries()))
	for _, c := range []struct {
		words []string
		want  int
	}{
		{[]string{"palestine", "street", "in", "baghdad"}, 2},
		{[]string{"baghdad", "street"}, 1},
		{[]string{"al", "tanf"}, 2},
		{[]string{"palestine"}, 0},
		{[]string{"nowhere"}, 0},
		{nil, 0},
	} {
		if got := g.Scan(c.words); got != c.want {
			t.Errorf("Scan(%v) = %d, want %d", c.words, got, c.want)
		}
	}
}

func TestContains(t *testing.T) {
	g := open(t, encode(t, entries()))
	get := func(id string) gazetteer.Place {
		p, ok := g.Get(id)
		if !ok {
			t.Fatal(id)
		}
		return p
	}
	for _, c := range []struct {
		parent, child string
		want          bool
	}{
		{"gn:99237", "gn:98182", true},                      // a country its city
		{"gn:98180", "gn:98182", true},                      // a division its city
		{"gn:98182", "sup:palestine-street-baghdad", true},  // a city its street
		{"gn:99237", "sup:palestine-street-baghdad", true},  // a country its street
		{"gn:2", "gn:98182", false},                         // another country
		{"sup:palestine-street-baghdad", "gn:98182", false}, // the other way round
		{"gn:98182", "gn:98182", false},                     // itself
	} {
		if got := g.Contains(get(c.parent), get(c.child)); got != c.want {
			t.Errorf("Contains(%s, %s) = %v", c.parent, c.child, got)
		}
	}
}

func TestFormerLayerTakesPrecedence(t *testing.T) {
	moved := entries()[2]
	moved.Point = orb.Point{44.5, 33.4}
	layer := func(e []gazetteer.Entry) *gazetteer.Layer {
		l, err := gazetteer.Open(encode(t, e))
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	g := gazetteer.Stack(layer([]gazetteer.Entry{moved}), layer(entries()))
	if p, _ := g.Get("gn:98182"); p.Point != moved.Point {
		t.Errorf("Get: %v, want the first layer's %v", p.Point, moved.Point)
	}
	for _, m := range g.Lookup("Baghdad") {
		if m.ID == "gn:98182" && m.Point != moved.Point {
			t.Errorf("Lookup: %v, want the first layer's %v", m.Point, moved.Point)
		}
	}
}

func TestEncodeRefuses(t *testing.T) {
	twice := append(entries(), entries()[0])
	off := entries()
	off[0].Point = orb.Point{200, 0}
	flat := entries()
	flat[0].RadiusM = 0
	orphan := entries()
	orphan[0].Parent = "gn:77"
	for name, e := range map[string][]gazetteer.Entry{"an id twice": twice, "a point off the Earth": off, "no radius": flat, "an unknown parent": orphan} {
		if _, err := gazetteer.Encode(e, gazetteer.Meta{}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestOpenRefusesDamage(t *testing.T) {
	data := encode(t, entries())
	flipped := slices.Clone(data)
	flipped[len(flipped)/2] ^= 1
	other := slices.Clone(data)
	other[8]++
	for name, b := range map[string][]byte{
		"empty": nil, "short": data[:100], "cut": data[:len(data)-1], "a bit flipped": flipped, "another version": other, "something else": []byte("PK\x03\x04"),
	} {
		if _, err := gazetteer.Open(b); !errors.Is(err, gazetteer.ErrDamaged) {
			t.Errorf("%s: %v, want ErrDamaged", name, err)
		}
	}
}
