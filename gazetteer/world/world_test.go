package world_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/gazetteer"
	"dateline/gazetteer/world"

	"github.com/paulmach/orb"
)

func gaz(t testing.TB) *gazetteer.Gazetteer {
	t.Helper()
	layer, err := world.Open()
	if err != nil {
		t.Fatal(err)
	}
	return gazetteer.Stack(layer)
}

func TestIndexIsTheOneOfItsChecksum(t *testing.T) {
	data, err := os.ReadFile("world.gaz")
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("world.gaz.sha256")
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprintf("%x  world.gaz\n", sha256.Sum256(data)); got != string(want) {
		t.Errorf("world.gaz is %s, want %s", got, want)
	}
	if const24MB := 24_000_000; len(data) > const24MB {
		t.Errorf("%d bytes, want at most %d", len(data), const24MB)
	}
}

// The supplement that stands beside the index is the one that is in it.
func TestIndexHoldsTheSupplement(t *testing.T) {
	data, err := os.ReadFile("supplement.tsv")
	if err != nil {
		t.Fatal(err)
	}
	sources := gaz(t).Info()[0].Sources
	if got, want := sources[len(sources)-1].SHA256, fmt.Sprintf("%x", sha256.Sum256(data)); got != want {
		t.Errorf("the index was built from a supplement of SHA-256 %s, the file is %s: run make gazetteer", got, want)
	}
}

func TestEverySourceIsInSourcesMD(t *testing.T) {
	doc, err := os.ReadFile("SOURCES.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range gaz(t).Info()[0].Sources {
		if s.Name != "supplement" && (!strings.Contains(string(doc), s.Name) || !strings.Contains(string(doc), s.SHA256)) {
			t.Errorf("SOURCES.md lacks %s or its checksum", s.Name)
		}
	}
}

// What a name means first, where nothing else is known.
func TestFirstMeaning(t *testing.T) {
	g := gaz(t)
	for _, c := range []struct{ query, want string }{
		{"Baghdad", "gn:98182"},
		{"Georgia", "gn:614540"},
		{"Lebanon", "gn:272103"},
		{"Deir al-Balah", "gn:281141"},
		{"Deir el-Balah", "gn:281141"},
		{"Karrada", "sup:karrada-baghdad"},
		{"Al-Karrada", "sup:karrada-baghdad"},
		{"the Hague", "gn:2747373"},
		{"El Salvador", "gn:3585968"},
		{"El Paso", "gn:5520993"},
		{"Gaza", "gn:281133"},
		{"Crimea", "gn:703883"},
		{"Kiev", "gn:703448"},
		{"Київ", "gn:703448"},
		{"بغداد", "gn:98182"},
		{"ירושלים", "gn:281184"},
		{"U.S.", "gn:6252001"},
		{"Iraqi", "gn:99237"},
		{"Ukrainian", "gn:690791"},
		{"Dahiyeh", "sup:dahieh-beirut"},
		{"Ain al-Assad", "sup:ain-al-asad-anbar"},
		{"Bab el-Mandeb", "sup:bab-el-mandeb"},
	} {
		t.Run(c.query, func(t *testing.T) {
			found := g.Lookup(c.query)
			if len(found) == 0 || found[0].ID != c.want {
				t.Errorf("got %v, want %s", found, c.want)
			}
		})
	}
}

// Salvador is a city of Brazil, whatever El Salvador is called in short; both
// streets of Palestine are there; both Georgias are.
func TestMeaningsBesideTheFirst(t *testing.T) {
	g := gaz(t)
	for _, c := range []struct {
		query     string
		has, lack string
	}{
		{"Salvador", "gn:3450554", "gn:3585968"},
		{"Palestine Street", "sup:palestine-street-jeddah", ""},
		{"Palestine Street", "sup:palestine-street-baghdad", ""},
		{"Georgia", "gn:4197000", ""},
	} {
		has, lacks := false, true
		for _, m := range g.Lookup(c.query) {
			has, lacks = has || m.ID == c.has, lacks && m.ID != c.lack
		}
		if !has || !lacks {
			t.Errorf("%s: has %s: %v, lacks %q: %v", c.query, c.has, has, c.lack, lacks)
		}
	}
}

func TestCrimeaIsInUkraine(t *testing.T) {
	p, ok := gaz(t).Get("gn:694423") // Sevastopol
	if !ok || p.Country != "UA" {
		t.Errorf("Sevastopol: %v, country %q", ok, p.Country)
	}
}

func TestCountryNames(t *testing.T) {
	names := gaz(t).CountryNames()
	if len(names) < 240 || names["IQ"] != "Iraq" || names["XK"] != "Kosovo" {
		t.Errorf("%d countries, IQ %q, XK %q", len(names), names["IQ"], names["XK"])
	}
}

func TestScanAllocatesNothing(t *testing.T) {
	g := gaz(t)
	words := []string{"palestine", "street", "in", "eastern", "baghdad"}
	if n := testing.AllocsPerRun(1000, func() { g.Scan(words) }); n > 0 {
		t.Errorf("%v allocations a call", n)
	}
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		if _, err := world.Open(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLookup(b *testing.B) {
	g := gaz(b)
	for _, name := range []string{"Baghdad", "Deir al-Balah", "Georgia", "Ḩaḑramawt", "Nowhere"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				g.Lookup(name)
			}
		})
	}
}

func BenchmarkScan(b *testing.B) {
	g := gaz(b)
	for name, words := range map[string][]string{
		"name": {"palestine", "street", "in", "eastern", "baghdad"}, "word": {"said", "that", "the", "police", "had"},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				g.Scan(words)
			}
		})
	}
}

func BenchmarkNear(b *testing.B) {
	g := gaz(b)
	for b.Loop() {
		g.Near(orb.Point{44.4, 33.3}, 50_000, 10)
	}
}

func BenchmarkFuzzy(b *testing.B) {
	g := gaz(b)
	for b.Loop() {
		g.Fuzzy("Baghdaad", gazetteer.Within{Country: "IQ"}, 10)
	}
}

func BenchmarkPrefix(b *testing.B) {
	g := gaz(b)
	for b.Loop() {
		g.Prefix("bagh", 10)
	}
}

// BenchmarkOpenFile opens the index that DATELINE_GAZ names, or else the embedded
// one in a file.
func BenchmarkOpenFile(b *testing.B) {
	path := os.Getenv("DATELINE_GAZ")
	if path == "" {
		path = writeWorld(b)
	}
	for b.Loop() {
		f, err := gazetteer.OpenFile(path)
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

func writeWorld(b *testing.B) string {
	data, err := os.ReadFile("world.gaz")
	if err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), "world.gaz")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}
