package report_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline/gazetteer"
	"dateline/gazetteer/geoparse"
	"dateline/gazetteer/world"
	"dateline/geo"
	"dateline/geo/lexicon"
	"dateline/geo/report"
	"dateline/geo/sample"

	"github.com/paulmach/orb"
)

// gold is what a sample report must give; it is beside the report in testdata.
type gold struct {
	Incidents []goldIncident `json:"incidents"`
	Never     struct {
		KilledFrom int64    `json:"killed_from"`
		Site       []string `json:"site"`
		Place      []string `json:"place"`
	} `json:"never"`
	Count [2]int `json:"incident_count"`
}

type goldIncident struct {
	What     string   `json:"what"`
	Types    []string `json:"types"`
	Start    geo.Day  `json:"start"`
	End      geo.Day  `json:"end"`
	Lat      *float64 `json:"lat"`
	Lon      *float64 `json:"lon"`
	WithinKM float64  `json:"within_km"`
	MaxKM    float64  `json:"max_radius_km"`
	Killed   *int64   `json:"killed"`
	Injured  *int64   `json:"injured"`
	Named    []string `json:"named"`
	Actors   []struct {
		Name, Role  string
		Attribution []geo.Attribution
	} `json:"actors"`
}

func newReader(t testing.TB) *report.Reader {
	t.Helper()
	return readerOf(t, "en")
}

// readerOf makes a reader of one language.
func readerOf(t testing.TB, code string) *report.Reader {
	t.Helper()
	layer, err := world.Open()
	if err != nil {
		t.Fatal(err)
	}
	language, err := lexicon.For(code)
	if err != nil {
		t.Fatal(err)
	}
	return report.New(geoparse.New(gazetteer.Stack(layer), language), language)
}

func TestSamples(t *testing.T) {
	reader := newReader(t)
	reports, err := sample.Reports()
	if err != nil {
		t.Fatal(err)
	}
	if len(reports) != 10 {
		t.Fatalf("%d sample reports, want 10", len(reports))
	}
	for _, r := range reports {
		name := r.URL[strings.LastIndex(r.URL, "/")+1:]
		t.Run(name, func(t *testing.T) {
			if n := len(strings.Fields(r.Text)); n < 120 || n > 250 {
				t.Errorf("%d words, want 120 to 250", n)
			}
			data, err := os.ReadFile(filepath.Join("..", "sample", "testdata", name+".gold.json"))
			if err != nil {
				t.Fatal(err)
			}
			var want gold
			if err := json.Unmarshal(data, &want); err != nil {
				t.Fatal(err)
			}
			got, err := reader.Read(r)
			if err != nil {
				t.Fatal(err)
			}
			checkQuotes(t, r, got.Incidents)
			checkGold(t, want, got.Incidents)
		})
	}
}

// checkQuotes: every quote is the exact span of the report that it names.
func checkQuotes(t *testing.T, r geo.Report, incidents []geo.Incident) {
	t.Helper()
	runes := []rune(r.Text)
	for _, i := range incidents {
		if err := i.Check(); err != nil {
			t.Errorf("%s: %v", i.Title, err)
		}
		if len(i.Quotes) == 0 {
			t.Errorf("%s: no quotes", i.Title)
		}
		for _, q := range i.Quotes {
			if q.Start < 0 || q.End > len(runes) || q.Start >= q.End || string(runes[q.Start:q.End]) != q.Text {
				t.Errorf("%s: quote %s %d:%d is not %q", i.Title, q.Field, q.Start, q.End, q.Text)
			}
		}
	}
}

func checkGold(t *testing.T, want gold, got []geo.Incident) {
	t.Helper()
	if len(got) < want.Count[0] || len(got) > want.Count[1] {
		t.Errorf("%d incidents, want %v: %v", len(got), want.Count, titles(got))
	}
	for _, i := range got {
		if best := i.Tolls.Killed.Best; want.Never.KilledFrom > 0 && best != nil && *best >= want.Never.KilledFrom {
			t.Errorf("%s: %d killed must not come", i.Title, *best)
		}
		site, _ := i.Where()
		for _, never := range append(want.Never.Site, want.Never.Place...) {
			if strings.Contains(strings.ToLower(site.Place), strings.ToLower(never)) {
				t.Errorf("%s: %s must not be its place", i.Title, never)
			}
		}
	}
	used := map[string]bool{}
	for _, g := range want.Incidents {
		k := slices.IndexFunc(got, func(i geo.Incident) bool {
			return !used[i.ID] && slices.Contains(g.Types, i.Type) && (g.Start == "" || i.When.Start == g.Start)
		})
		if k < 0 {
			t.Errorf("%s: not told; there are %v", g.What, titles(got))
			continue
		}
		used[got[k].ID] = true
		checkIncident(t, g, got[k])
	}
}

func checkIncident(t *testing.T, g goldIncident, i geo.Incident) {
	t.Helper()
	if g.End != "" && i.When.End != g.End {
		t.Errorf("%s: ends %s, want %s", g.What, i.When.End, g.End)
	}
	if site, ok := i.Where(); g.Lat != nil {
		p, located := site.Point()
		if !ok || !located {
			t.Errorf("%s: has no place", g.What)
		} else if d := geo.DistanceM(p, orb.Point{*g.Lon, *g.Lat}) / 1000; d > g.WithinKM {
			t.Errorf("%s: %s is %.0f km off", g.What, site.Place, d)
		}
		if g.MaxKM > 0 && site.RadiusM > 1000*g.MaxKM {
			t.Errorf("%s: radius %.0f km, want at most %.0f", g.What, site.RadiusM/1000, g.MaxKM)
		}
	}
	checkToll(t, g.What+": killed", i.Tolls.Killed, g.Killed)
	checkToll(t, g.What+": injured", i.Tolls.Injured, g.Injured)
	for _, name := range g.Named {
		if !slices.ContainsFunc(i.Named, func(n geo.Named) bool { return n.Name == name }) {
			t.Errorf("%s: %s is not named: %v", g.What, name, i.Named)
		}
	}
	for _, a := range g.Actors {
		if !slices.ContainsFunc(i.Actors, func(x geo.Actor) bool {
			return x.Name == a.Name && x.Role == a.Role && slices.Contains(a.Attribution, x.Attribution)
		}) {
			t.Errorf("%s: no %s as %s %v: %v", g.What, a.Name, a.Role, a.Attribution, i.Actors)
		}
	}
}

func checkToll(t *testing.T, what string, got geo.Range, want *int64) {
	t.Helper()
	if want == nil {
		return
	}
	n := got.Best
	if n == nil {
		n = got.Low
	}
	if n == nil || *n != *want {
		t.Errorf("%s: %v, want %d", what, n, *want)
	}
}

func titles(incidents []geo.Incident) []string {
	var all []string
	for _, i := range incidents {
		all = append(all, i.Type+" "+i.Title)
	}
	return all
}

func TestNoPublicationDay(t *testing.T) {
	got, err := newReader(t).Read(geo.Report{Text: "A bomb exploded in Kabul on Tuesday, killing three people, police said."})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Incidents) != 1 || got.Incidents[0].When.Start != "" || got.Incidents[0].When.End != "" {
		t.Errorf("a relative day must stay unresolved: %+v", got.Incidents)
	}
	if len(got.Notes) == 0 {
		t.Error("no note says that the day stays unresolved")
	}
}

func FuzzRead(f *testing.F) {
	reports, err := sample.Reports()
	if err != nil {
		f.Fatal(err)
	}
	for _, r := range reports {
		f.Add(r.Text, "2024-01-04")
	}
	f.Add("“U.S.” killed 20,000", "")
	reader := newReader(f)
	f.Fuzz(func(t *testing.T, text, published string) {
		r := geo.Report{Text: text, Published: geo.Day(published)}
		got, err := reader.Read(r)
		if err == nil {
			checkQuotes(t, r, got.Incidents)
		}
	})
}

// No input makes reading slow: the time is linear in the length. The limit is
// far above what it takes and far below what squares would.
func TestNoTextIsSlow(t *testing.T) {
	reader := newReader(t)
	for _, tc := range []struct{ name, unit string }{
		{"no full stop", "a bomb exploded in Kabul killing 12 people and "},
		{"names alone", "Baghdad Kabul Damascus "},
		{"nested quotes", "“‘“he said “"},
		{"many events", "A strike hit Kabul on Monday, killing two. "},
		{"commas", "a, b, killed, "},
		{"dashes", "killed – ( the man – "},
	} {
		t.Run(tc.name, func(t *testing.T) {
			start := time.Now()
			r := geo.Report{Text: strings.Repeat(tc.unit, 200_000/len(tc.unit)), Published: "2024-01-04"}
			if _, err := reader.Read(r); err != nil {
				t.Fatal(err)
			}
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("200 kB took %s", took)
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	reader := newReader(b)
	reports, err := sample.Reports()
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for n := range b.N {
		if _, err := reader.Read(reports[n%len(reports)]); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkReadWire reads news of 350 words each, as agencies write them: our own
// wire reports one behind the other, cut.
func BenchmarkReadWire(b *testing.B) {
	const words = 350
	reader := newReader(b)
	files, err := filepath.Glob("testdata/en/*.txt")
	if err != nil || len(files) == 0 {
		b.Fatalf("%d files, %v", len(files), err)
	}
	var all []string
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, strings.Fields(string(text))...)
	}
	var reports []geo.Report
	for ; len(all) >= words; all = all[words:] {
		reports = append(reports, geo.Report{Text: strings.Join(all[:words], " "), Published: "2024-01-05"})
	}
	b.ResetTimer()
	for n := range b.N {
		if _, err := reader.Read(reports[n%len(reports)]); err != nil {
			b.Fatal(err)
		}
	}
}
