package geoparse_test

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"dateline/gazetteer"
	"dateline/gazetteer/geoparse"
	"dateline/geo/lexicon"

	"github.com/paulmach/orb"
)

// fixture is a gazetteer of a few places, written in testdata/places.tsv.
func fixture(t testing.TB) *gazetteer.Gazetteer {
	t.Helper()
	data, err := os.ReadFile("testdata/places.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var entries []gazetteer.Entry
	for n, line := range strings.Split(strings.TrimRight(string(data), "\n"), "\n") {
		if col := strings.Split(line, "\t"); n > 0 {
			entries = append(entries, entry(t, n+1, col))
		}
	}
	index, err := gazetteer.Encode(entries, gazetteer.Meta{Title: "fixture"})
	if err != nil {
		t.Fatal(err)
	}
	layer, err := gazetteer.Open(index)
	if err != nil {
		t.Fatal(err)
	}
	return gazetteer.Stack(layer)
}

var nameKinds = map[string]gazetteer.NameKind{"demonym": gazetteer.NameDemonym, "abbreviation": gazetteer.NameAbbreviation}

func entry(t testing.TB, line int, col []string) gazetteer.Entry {
	t.Helper()
	if len(col) != 12 {
		t.Fatalf("testdata/places.tsv line %d: %d columns, want 12", line, len(col))
	}
	number := func(s string) float64 {
		x, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatalf("testdata/places.tsv line %d: %v", line, err)
		}
		return x
	}
	e := gazetteer.Entry{Place: gazetteer.Place{
		ID: col[0], Name: col[1], Class: col[2][0], Code: col[3], Country: col[4], Admin1: col[5], Parent: col[6],
		Point: orb.Point{number(col[7]), number(col[8])}, RadiusM: number(col[9]), Population: int64(number(col[10])),
		Basis: "derived",
	}}
	for _, further := range strings.Split(col[11], "|") {
		if text, kind, named := strings.Cut(further, "@"); text != "" {
			k := gazetteer.NameAlternate
			if named {
				k = nameKinds[kind]
			}
			e.Names = append(e.Names, gazetteer.Name{Text: text, Kind: k})
		}
	}
	return e
}

func parser(t testing.TB) *geoparse.Parser {
	t.Helper()
	l, err := lexicon.For("en")
	if err != nil {
		t.Fatal(err)
	}
	return geoparse.New(fixture(t), l)
}
