package geoparse_test

import (
	"testing"

	"dateline/gazetteer"
	"dateline/gazetteer/geoparse"
	"dateline/gazetteer/world"
	"dateline/geo/lexicon"

	"github.com/paulmach/orb"
)

func worldParser(t testing.TB) *geoparse.Parser {
	t.Helper()
	layer, err := world.Open()
	if err != nil {
		t.Fatal(err)
	}
	l, err := lexicon.For("en")
	if err != nil {
		t.Fatal(err)
	}
	return geoparse.New(gazetteer.Stack(layer), l)
}

// What people type, in the embedded gazetteer.
func TestLocateInTheWorld(t *testing.T) {
	p := worldParser(t)
	for _, tc := range []struct {
		phrase    string
		point     orb.Point
		withinKM  float64
		rMin      float64 // km
		rMax      float64
		precision gazetteer.Precision
	}{
		{"Palestine Street, Baghdad", orb.Point{44.43, 33.345}, 4, 1, 6, gazetteer.Street},
		{"suburbs of Beirut", orb.Point{35.51, 33.853}, 9, 2, 15, gazetteer.Area},
		{"central Baghdad", orb.Point{44.39, 33.33}, 6, 2, 16, gazetteer.Area},
		{"10 km north of Mosul", orb.Point{43.13, 36.43}, 5, 5, 35, gazetteer.Area},
		{"خان يونس", orb.Point{34.306, 31.345}, 5, 1, 10, gazetteer.Settlement},
		{"Харків", orb.Point{36.25, 50.0}, 10, 3, 40, gazetteer.Settlement},
		{"Paris, Texas", orb.Point{-95.55, 33.66}, 5, 1, 15, gazetteer.Settlement},
		{"between Tikrit and Mosul", orb.Point{43.4, 35.47}, 8, 80, 120, gazetteer.Region},
		{"northern Syria", orb.Point{38.5, 36.2}, 90, 100, 450, gazetteer.Region},
		{"off the coast of Benghazi", orb.Point{20.07, 32.12}, 10, 46, 80, gazetteer.Water},
	} {
		t.Run(tc.phrase, func(t *testing.T) {
			got := p.Locate(tc.phrase, "")
			if len(got) == 0 {
				t.Fatal("not found")
			}
			l := got[0]
			if d := gazetteer.DistanceM(l.Point, tc.point) / 1000; d > tc.withinKM {
				t.Errorf("%v (%s) is %.1f km off", l.Point, l.Place.ID, d)
			}
			if r := l.RadiusM / 1000; r < tc.rMin || r > tc.rMax {
				t.Errorf("radius %.1f km, want %v to %v", r, tc.rMin, tc.rMax)
			}
			if l.Precision != tc.precision {
				t.Errorf("precision %s, want %s", l.Precision, tc.precision)
			}
		})
	}
}

// What stands behind a comma holds what stands before it; what is not known
// there is said, and the holder answers for it.
func TestLocateInsideWhatHoldsIt(t *testing.T) {
	p := worldParser(t)
	for _, tc := range []struct {
		phrase, id string
		precision  gazetteer.Precision
		how        geoparse.How
		notFound   string
	}{
		{"Nowhere Street, Baghdad", "gn:98182", gazetteer.Settlement, geoparse.ByHolder, "Nowhere Street"},
		{"Qaḑā’ al Mawşil, Nīnawá province, Iraq", "gn:99072", gazetteer.District, geoparse.ByOtherName, ""},
		{"Mosul city, Iraq", "gn:99072", gazetteer.Settlement, geoparse.ByOwnName, ""},
		{"10 km north of Mosul, Nineveh, Iraq", "gn:99072", gazetteer.Area, geoparse.ByOwnName, ""},
		{"Xyzzy village, Donetsk oblast, Ukraine", "gn:709716", gazetteer.Region, geoparse.ByHolder, "Xyzzy village"},
		{"Paris, Texas, USA", "gn:4717560", gazetteer.Settlement, geoparse.ByOwnName, ""},
		{"White House", "gn:4667282", gazetteer.Settlement, geoparse.ByOwnName, ""},
		{"the Atlantic", "sup:atlantic-ocean", gazetteer.Water, geoparse.ByOwnName, ""},
		{"EU", "sup:european-union", gazetteer.Region, geoparse.ByAbbreviation, ""},
		{"Europe", "gn:6255148", gazetteer.Region, geoparse.ByOwnName, ""},
		{"Shifa hospital, Gaza City", "sup:al-shifa-hospital-gaza", gazetteer.Site, geoparse.ByOtherName, ""},
		{"Baghdaad, Iraq", "gn:98182", gazetteer.Settlement, geoparse.ByMisspelling, ""},
	} {
		t.Run(tc.phrase, func(t *testing.T) {
			got := p.Locate(tc.phrase, "")
			if len(got) == 0 {
				t.Fatal("not found")
			}
			a := got[0]
			if a.Place.ID != tc.id || a.Precision != tc.precision || a.Matched.How != tc.how || a.NotFound != tc.notFound {
				t.Errorf("%s (%s), %s, by %s, not found %q; want %s, %s, by %s, not found %q",
					a.Place.ID, a.Place.Name, a.Precision, a.Matched.How, a.NotFound, tc.id, tc.precision, tc.how, tc.notFound)
			}
		})
	}
	for _, vague := range []string{"the region", "the area", "north of the city", "Nowhere Street"} {
		if got := p.Locate(vague, ""); len(got) > 0 {
			t.Errorf("%q is placed at %s", vague, got[0].Place.Name)
		}
	}
}

// A text of our own, in the embedded gazetteer: no name of a person or an
// organisation is a place, and every place is where it should be.
func TestParseInTheWorld(t *testing.T) {
	const text = `An airstrike on a base in central Baghdad killed a commander on Thursday. Mr Jamal al-Rubaie, of the ` +
		`Islamic Resistance in Iraq, was hit on Baghdad’s Palestine Street. A ship sank in the Red Sea. A man from Springfield, ` +
		`Illinois, saw it. The Associated Press and Michael Jordan were told in Nice, France. Police in Tripoli, Lebanon, agreed.`
	want := map[string]orb.Point{"Baghdad": {44.39, 33.33}, "Palestine Street": {44.43, 33.345}, "Red Sea": {38, 20}, "Springfield": {-89.65, 39.8},
		"Illinois": {-89.4, 40}, "Nice": {7.26, 43.7}, "France": {2.5, 47}, "Tripoli": {35.85, 34.43}, "Lebanon": {35.8, 33.9}, "Iraq": {43.5, 33}}
	seen := map[string]bool{}
	for _, m := range worldParser(t).Parse(geoparse.Document{Text: text}) {
		seen[m.Text] = true
		point, known := want[m.Text]
		switch {
		case !known:
			t.Errorf("%q is taken for a place (%s)", m.Text, m.Kind)
		case m.Location == nil:
			t.Errorf("%q is not placed", m.Text)
		case gazetteer.DistanceM(m.Location.Point, point) > max(20_000, m.Location.RadiusM):
			t.Errorf("%q is placed at %v", m.Text, m.Location.Point)
		}
	}
	for name := range want {
		if !seen[name] {
			t.Errorf("%q is not found", name)
		}
	}
}

func BenchmarkParseInTheWorld(b *testing.B) {
	p := worldParser(b)
	b.SetBytes(int64(len(news)))
	for b.Loop() {
		p.Parse(geoparse.Document{Text: news})
	}
}

func BenchmarkLocateInTheWorld(b *testing.B) {
	p := worldParser(b)
	for b.Loop() {
		p.Locate("Palestine Street, Baghdad", "")
	}
}

// BenchmarkLocateName resolves single names, each with all its readings.
func BenchmarkLocateName(b *testing.B) {
	p := worldParser(b)
	names := []string{"Mosul", "Kharkiv", "Tillabéri", "Maiduguri", "Gaza", "El Fasher", "Bakhmut", "Goma", "Aleppo", "Tikrit"}
	for n := 0; b.Loop(); n++ {
		if len(p.Locate(names[n%len(names)], "")) == 0 {
			b.Fatal(names[n%len(names)])
		}
	}
}

// What a text calls a country's capital is that city, unless it names the city
// beside it or speaks of money.
func TestCapitals(t *testing.T) {
	p := worldParser(t)
	for _, tc := range []struct{ text, mention, name string }{
		{"Shells fell in the Afghan capital on Monday.", "Afghan capital", "Kabul"},
		{"SHELLS FELL IN THE PERUVIAN CAPITAL.", "PERUVIAN CAPITAL", "Lima"},
		{"Shells fell in the Syrian capital, Damascus.", "Syrian", ""},
		{"Shells fell in Damascus, the Syrian capital.", "Syrian", ""},
		{"Shares rose in the Chinese capital markets.", "Chinese", ""},
	} {
		t.Run(tc.text, func(t *testing.T) {
			for _, m := range p.Parse(geoparse.Document{Text: tc.text}) {
				if m.Text != tc.mention {
					continue
				}
				if m.Name != tc.name || tc.name != "" && (m.Location == nil || m.Location.Place.Name != tc.name) {
					t.Errorf("named %q, located at %v; want %q", m.Name, m.Location, tc.name)
				}
				return
			}
			t.Errorf("%q is not found", tc.mention)
		})
	}
}

// Where every word has capitals, one that only says what sort of place is meant
// is no name, though towns are called so somewhere.
func TestNoNamesInCapitals(t *testing.T) {
	for _, m := range worldParser(t).Parse(geoparse.Document{Text: "SHELLS FELL DOWNTOWN, IN THE SOUTHERN PART OF THE CAPITAL. A GRENADE HURT TWO."}) {
		t.Errorf("%q is taken for a place", m.Text)
	}
}

// Where every word has capitals, a preposition begins no name, though Anshan is
// spelt At San somewhere.
func TestPrepositionInCapitals(t *testing.T) {
	found := worldParser(t).Parse(geoparse.Document{Text: "HE WAS SHOT AT SAN SALVADOR'S GATES."})
	if len(found) != 1 || found[0].Text != "SAN SALVADOR" {
		t.Errorf("found %+v", found)
	}
}

// A known name whose last word says what it is stands whole where that word is small;
// a people's name that a town somewhere has is none.
func TestSmallKindInTheWorld(t *testing.T) {
	p := worldParser(t)
	for _, tc := range []struct{ text, want string }{
		{"An air strike hit the Al-Ahli Arab hospital.", "Al-Ahli Arab hospital"},
		{"The Arab leaders met on Monday.", ""},
	} {
		got := ""
		for _, m := range p.Parse(geoparse.Document{Text: tc.text}) {
			got += m.Text
		}
		if got != tc.want {
			t.Errorf("%s: %q, want %q", tc.text, got, tc.want)
		}
	}
}

// The word for a people is a demonym, also where the gazetteer has it as another
// name of the country or of a town; a camp is found under its town's name.
func TestPeoplesAndCamps(t *testing.T) {
	got := map[string]string{}
	for _, m := range worldParser(t).Parse(geoparse.Document{Text: "Two were killed in an Israeli raid on the Jenin refugee camp. Malian and Thai envoys condemned it."}) {
		got[m.Text] = string(m.Kind)
		if m.Location != nil {
			got[m.Text] += " " + m.Location.Place.Name
		}
	}
	want := map[string]string{"Israeli": "demonym Israel", "Jenin": "literal Jenin camp", "Malian": "demonym Mali", "Thai": "demonym Thailand"}
	for name, is := range want {
		if got[name] != is {
			t.Errorf("%s is %q, want %q", name, got[name], is)
		}
	}
}
