package words_test

import (
	"strings"
	"testing"

	"dateline/gazetteer"
	"dateline/geo"
	"dateline/static"
	"dateline/web/words"
)

func book(t *testing.T) *words.Book {
	t.Helper()
	b, err := words.Load(static.Messages())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func num(n int64) *int64 { return &n }

func TestWhen(t *testing.T) {
	b := book(t)
	for _, tc := range []struct {
		lang string
		when geo.When
		want string
	}{
		{"en", geo.When{}, "Day not stated"},
		{"en", geo.When{Start: "2024-01-04", End: "2024-01-04"}, "4 January 2024"},
		{"en", geo.When{End: "2024-01-04"}, "On or before 4 January 2024"},
		{"en", geo.When{Start: "2024-01-01", End: "2024-01-31"}, "1–31 January 2024"},
		{"en", geo.When{Start: "2024-01-01", End: "2024-02-02"}, "1 January – 2 February 2024"},
		{"en", geo.When{Start: "2023-12-30", End: "2024-01-02"}, "30 December 2023 – 2 January 2024"},
		{"en", geo.When{Start: "2024-01-01", End: "2024-01-31", Precision: geo.ByMonth}, "January 2024"},
		{"en", geo.When{Start: "2024-01-01", End: "2024-12-31", Precision: geo.ByYear}, "2024"},
		{"en", geo.When{Start: "2024-01-01", Precision: geo.ByWeek}, "In the week of 1 January 2024"},
		{"uk", geo.When{Start: "2024-01-04"}, "4 січня 2024 р."},
		{"uk", geo.When{Start: "2024-01-04", Precision: geo.ByMonth}, "січень 2024 р."},
		{"es", geo.When{Start: "2024-01-04"}, "4 de enero de 2024"},
		{"fr", geo.When{Start: "2024-02-04"}, "4 février 2024"},
		{"ar", geo.When{Start: "2024-01-04"}, "4 يناير 2024"},
	} {
		if got := b.Choose(tc.lang, "").When(tc.when); got != tc.want {
			t.Errorf("%s %+v: %q, want %q", tc.lang, tc.when, got, tc.want)
		}
	}
}

func TestTollsAndPlaces(t *testing.T) {
	l := book(t).Choose("en", "")
	for want, r := range map[string]geo.Range{
		"":                   {},
		"2 killed":           {Best: num(2)},
		"0 killed":           {Best: num(0)},
		"20 to 1,030 killed": {Low: num(20), High: num(1030)},
		"at least 20 killed": {Low: num(20)},
		"up to 30 killed":    {High: num(30)},
		"2 to 5 killed":      {Best: num(2), High: num(5)},
		"1,400 killed":       {Low: num(1400), High: num(1400)},
		"at least 1 killed":  {Low: num(1)},
		"30 to 40 killed":    {Low: num(30), Best: num(33), High: num(40)},
	} {
		if got := l.Toll(geo.Killed, r); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	claim := geo.Claim{Measure: geo.Killed, Best: num(2), Group: "civilian", By: "the ministry"}
	if got, want := l.Claim(claim), "2 killed (civilian), according to the ministry"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	lon, lat := 44.4, 33.3
	site := geo.Site{Place: "southern suburbs of Beirut", Country: "LB", RadiusM: 6200, Precision: gazetteer.Area, Lon: &lon, Lat: &lat}
	if got, want := l.Near(site), "Near or part of a town, within about 6 km"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := l.Place(site, "Lebanon"), "Southern suburbs of Beirut (Lebanon)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := book(t).Choose("fr", "").Place(site, "Lebanon"), "Southern suburbs of Beirut (Liban)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	site.Precision, site.RadiusM = gazetteer.Region, 180_000
	if got, want := l.Near(site), "A region: somewhere within about 180 km"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestNumbersListsPlurals(t *testing.T) {
	b := book(t)
	for lang, want := range map[string]string{"en": "1,234.5", "es": "1234,5", "fr": "1\u202f234,5", "uk": "1234,5", "ar": "1,234.5"} {
		if got := b.Choose(lang, "").Number(1234.5); got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
	if got := b.Choose("en", "").List([]string{"A", "B", "C"}); got != "A, B and C" {
		t.Error(got)
	}
	if got := b.Choose("uk", "").List([]string{"A", "B", "C"}); got != "A, B і C" {
		t.Error(got)
	}
	en := b.Choose("en", "")
	if one, many := en.T("sentence.incidents", "n", 1), en.T("sentence.incidents", "n", 2000); one != "1 incident" || many != "2,000 incidents" {
		t.Errorf("%q, %q", one, many)
	}
	if got := en.T("no.such.key"); got != "no.such.key" {
		t.Errorf("a key without words is %q", got)
	}
}

// Countries, also those that are disputed, have a name in every language.
func TestCountries(t *testing.T) {
	for _, l := range book(t).Languages[1:] {
		for _, code := range []string{"IQ", "SY", "PS", "UA", "XK", "TW", "EH", "SS", "CD", "MM", "US"} {
			if got := l.Region(code, "none"); got == "none" || got == "" {
				t.Errorf("%s has no name for %s", l.Code, code)
			}
		}
		if got := l.Region("QQ", "Somewhere"); got != "Somewhere" {
			t.Errorf("%s: an unknown code is %q", l.Code, got)
		}
	}
}

// The address decides, then the browser, then English.
func TestChoose(t *testing.T) {
	b := book(t)
	for _, tc := range []struct{ code, accept, want string }{
		{"", "", "en"},
		{"uk", "fr", "uk"},
		{"", "fr-CA,fr;q=0.9,en;q=0.5", "fr"},
		{"", "ar-IQ", "ar"},
		{"xx", "de,es;q=0.4", "es"},
		{"", "ja", "en"},
		{"", ";;;", "en"},
	} {
		if got := b.Choose(tc.code, tc.accept).Code; got != tc.want {
			t.Errorf("lang=%s, %q: %s, want %s", tc.code, tc.accept, got, tc.want)
		}
	}
}

// Every word that these pages alone need is there in every language, and a
// translation has the same {names}.
func TestDocumentsWordsAreComplete(t *testing.T) {
	b := book(t)
	keys := b.Languages[0].Keys("doc.")
	if len(keys) < 10 {
		t.Fatalf("%d keys", len(keys))
	}
	for _, l := range b.Languages {
		own := map[string]bool{}
		for _, key := range l.Keys("doc.") {
			own[key] = true
		}
		for _, key := range keys {
			if !own[key] {
				t.Errorf("%s lacks %s", l.Code, key)
				continue
			}
			for _, name := range []string{"{title}", "{n}", "{day}", "{name}"} {
				if strings.Contains(b.Languages[0].T(key), name) != strings.Contains(l.T(key), name) {
					t.Errorf("%s: %s and its English differ in %s", l.Code, key, name)
				}
			}
		}
	}
}

// A title that the reader made up is said in each language; one that a person
// wrote, or that came with imported data, stays.
func TestTitle(t *testing.T) {
	b := book(t)
	made := geo.Incident{Title: "Air strike in Damascus: 7 killed", Type: "air-strike", Reader: "1", Places: []geo.Site{{Role: geo.RoleSite, Place: "Damascus"}}}
	made.Tolls.Killed.Best = num(7)
	written, imported, bare := made, made, made
	written.Edited, imported.Reader = []string{"title"}, ""
	bare.Places, bare.Tolls = nil, geo.Tolls{}
	for _, c := range []struct {
		lang, want string
		of         geo.Incident
	}{
		{"en", made.Title, made},
		{"fr", "Frappe aérienne, Damascus : 7 tués", made},
		{"fr", made.Title, written},
		{"fr", made.Title, imported},
		{"fr", "Frappe aérienne", bare},
		{"ar", "غارة جوية، Damascus — القتلى: 7", made},
	} {
		if got := b.Choose(c.lang, "").Title(&c.of); got != c.want {
			t.Errorf("%s: %q, want %q", c.lang, got, c.want)
		}
	}
}
