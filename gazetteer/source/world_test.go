package source

import (
	"compress/gzip"
	"encoding/json"
	"maps"
	"math"
	"os"
	"slices"
	"testing"

	"dateline/gazetteer"

	"github.com/paulmach/orb"
)

// The index and the supplement that stand in the repository.
const (
	indexFile      = "../world/world.gaz"
	supplementFile = "../world/supplement.tsv"
)

func openWorld(t *testing.T) *gazetteer.Gazetteer {
	t.Helper()
	data, err := os.ReadFile(indexFile)
	if err != nil {
		t.Fatal(err)
	}
	layer, err := gazetteer.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return gazetteer.Stack(layer)
}

func worldRows(t *testing.T) []row {
	t.Helper()
	f, err := os.Open(supplementFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := readRows(f)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// exempt are the rows that the check of extents does not hold for, with the reason.
var exempt = map[string]string{
	"al-basrah-oil-terminal":   "off the coast, farther out than the towns' extents reach",
	"al-wadiah-crossing-ye":    "border post in the desert: the nearest towns are across the border",
	"al-walid-crossing-anbar":  "border post in the desert",
	"arar-crossing-anbar":      "border post in the desert",
	"rukban-camp-homs":         "camp in the desert at the Jordanian berm",
	"shaybah-sa":               "oil field in the Empty Quarter",
	"tina-crossing-sd":         "twin towns on both sides of the border",
	"trebil-crossing-anbar":    "border post in the desert",
	"abyei":                    "disputed between Sudan and South Sudan",
	"al-fashaga-sd":            "disputed between Sudan and Ethiopia",
	"golan-heights-sy":         "disputed: Syria's by international law, held by Israel",
	"shebaa-farms-sy":          "disputed between Lebanon, Syria and Israel",
	"halayeb-triangle-eg":      "disputed between Egypt and Sudan",
	"kashmir":                  "disputed between India, Pakistan and China",
	"galwan-valley-in":         "disputed between India and China",
	"ladakh-region-in":         "disputed between India and China",
	"somaliland":               "self-declared",
	"abkhazia":                 "self-declared",
	"south-ossetia":            "self-declared",
	"transnistria":             "self-declared",
	"nagorno-karabakh":         "was disputed until 2023",
	"northern-cyprus-cy":       "self-declared",
	"kafr-aqab-east-jerusalem": "within Jerusalem's city limits, behind the barrier",
}

// Every row of the supplement that names a parent overlaps the parent's extent,
// and has a town of its country within its radius and nearTownM.
func TestSupplementLiesWhereItsParentDoes(t *testing.T) {
	const nearTownM = 60_000
	g := openWorld(t)
	for _, r := range worldRows(t) {
		if r.names() || exempt[r.id] != "" {
			continue
		}
		p, ok := g.Get("sup:" + r.id)
		if !ok {
			continue // it adds its names to a place of a source
		}
		if p.Parent == "" {
			continue
		}
		parent, ok := g.Get(p.Parent)
		if !ok {
			t.Errorf("line %d: %s: parent %s is not there", r.line, r.id, p.Parent)
			continue
		}
		if far := gazetteer.DistanceM(p.Point, parent.Point) - parent.RadiusM - p.RadiusM; far > 0 {
			t.Errorf("line %d: %s lies %.0f km outside %s", r.line, r.id, far/1000, parent.Name)
		}
		if p.Country == "" || p.Precision() == gazetteer.Water {
			continue
		}
		if others := countriesNear(g, p.Point, p.RadiusM+nearTownM); len(others) > 0 && !others[p.Country] {
			t.Errorf("line %d: %s is in %s by its parent, but near it are only towns of %v", r.line, r.id, p.Country, slices.Sorted(maps.Keys(others)))
		}
	}
}

// countriesNear are the countries of the towns of the sources around a point;
// in a desert there is none.
func countriesNear(g *gazetteer.Gazetteer, p orb.Point, radiusM float64) map[string]bool {
	found := map[string]bool{}
	for _, m := range g.Near(p, radiusM, 400) {
		if m.Class == 'P' && m.Basis != "recalled" {
			found[m.Country] = true
		}
	}
	return found
}

func TestSupplementIsLargeEnough(t *testing.T) {
	places := 0
	for _, r := range worldRows(t) {
		if !r.names() {
			places++
		}
	}
	if places < 600 {
		t.Errorf("%d places, want at least 600", places)
	}
}

// outlines are the country polygons of Natural Earth, 1:50 million, by ISO numeric code.
func outlines(t *testing.T) map[string]orb.MultiPolygon {
	t.Helper()
	f, err := os.Open("testdata/countries-50m.json.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var topo topology
	if err := json.NewDecoder(z).Decode(&topo); err != nil {
		t.Fatal(err)
	}
	all := map[string]orb.MultiPolygon{}
	for _, g := range topo.Objects["countries"].Geometries {
		m, err := topo.polygons(g)
		if err != nil {
			t.Fatal(err)
		}
		all[g.ID] = append(all[g.ID], m...)
	}
	return all
}

// The point of every country lies inside an outline of it, and the radius holds
// the outline's largest part.
func TestPointsLieInTheirCountries(t *testing.T) {
	g := openWorld(t)
	shapes := outlines(t)
	numeric := numericCodes(t)
	checked := 0
	for iso, name := range g.CountryNames() {
		polygons := shapes[numeric[iso]]
		if len(polygons) == 0 || numeric[iso] == "" || iso == "AQ" {
			continue // Antarctica has no towns, and an outline of its own kind: a ring around the pole
		}
		checked++
		p := countryPlace(t, g, iso, name)
		if !inside(polygons, p.Point) && nearestVertex(p.Point, polygons) > smallIslandM {
			t.Errorf("%s: %.3f is outside its outline", name, p.Point)
			continue
		}
		for _, pt := range largest(polygons)[0] {
			if d := gazetteer.DistanceM(p.Point, pt); d > p.RadiusM+generalisedM {
				t.Errorf("%s: the outline reaches %.0f km, the radius is %.0f km", name, d/1000, p.RadiusM/1000)
				break
			}
		}
	}
	if checked < 200 {
		t.Errorf("%d countries have an outline, want 200", checked)
	}
}

// The points of first-level divisions lie in their countries, or on an island
// that the outlines lack; the rest are those that Natural Earth draws with
// another country, such as Crimea and Northern Cyprus.
func TestDivisionsLieInTheirCountries(t *testing.T) {
	g := openWorld(t)
	shapes, numeric := outlines(t), numericCodes(t)
	all, _, _ := g.InBox([]orb.Bound{{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}}}, 0, 1_000_000)
	divisions, outside := 0, 0
	for _, p := range all {
		polygons := shapes[numeric[p.Country]]
		if p.Code != "ADM1" || len(polygons) == 0 || numeric[p.Country] == "" {
			continue
		}
		divisions++
		if !inside(polygons, p.Point) && nearestVertex(p.Point, polygons) > smallIslandM {
			outside++
		}
	}
	if divisions < 3000 || outside*40 > divisions {
		t.Errorf("%d of %d divisions lie outside their countries, want at most 1 of 40", outside, divisions)
	}
}

// generalisedM is how far the coarser outlines of the test may stray from those
// of the build.
const generalisedM = 30_000

// smallIslandM is how far from the coarser outline the point of a country may
// lie that is hardly larger.
const smallIslandM = 15_000

func nearestVertex(p orb.Point, m orb.MultiPolygon) float64 {
	nearest := math.Inf(1)
	for _, polygon := range m {
		for _, pt := range polygon[0] {
			nearest = min(nearest, gazetteer.DistanceM(p, pt))
		}
	}
	return nearest
}

func inside(m orb.MultiPolygon, p orb.Point) bool {
	for _, polygon := range m {
		if contains(polygon, p) {
			return true
		}
	}
	return false
}

func countryPlace(t *testing.T, g *gazetteer.Gazetteer, iso, name string) gazetteer.Place {
	t.Helper()
	for _, m := range g.Lookup(name) {
		if m.Class == 'A' && m.Country == iso && m.Precision() == gazetteer.Country {
			return m.Place
		}
	}
	t.Fatalf("country %s %q is not found by its name", iso, name)
	return gazetteer.Place{}
}

// numericCodes are the ISO 3166-1 numeric codes by alpha-2.
func numericCodes(t *testing.T) map[string]string {
	t.Helper()
	f, err := os.Open("testdata/iso-numeric.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	codes := map[string]string{}
	if err := tsv(f, 2, func(col []string) error { codes[col[0]] = col[1]; return nil }); err != nil {
		t.Fatal(err)
	}
	return codes
}
