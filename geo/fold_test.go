package geo_test

import (
	"slices"
	"strings"
	"testing"

	"dateline/geo"
	"dateline/geo/storetest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestFoldWords(t *testing.T) {
	for _, tc := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{" -- ", nil},
		{"Palestine Street, Baghdad", []string{"palestine", "street", "baghdad"}},
		{"al-Tanf", []string{"al", "tanf"}},
		{"İSTANBUL Diyarbakır", []string{"istanbul", "diyarbakir"}},
		{"Straße STRASSE", []string{"strasse", "strasse"}},
		{"ΣΊΣΥΦΟΣ Σίσυφος", []string{"σισυφοσ", "σισυφοσ"}},
		{"Łódź Ærø Þingvellir", []string{"lodz", "aero", "thingvellir"}},
		{"Baʿath ʾIdlib Baʻath", []string{"baath", "idlib", "baath"}},
		{"غَزّة غـــزة", []string{"غزة", "غزة"}},
		{"أحمد", []string{"احمد"}},
		{"Удар по Киеву", []string{"удар", "по", "киеву"}},
		{"ｆｕｌｌ ﬁre １２", []string{"full", "fire", "12"}},
		{"ガザ がざ", []string{"カサ", "かさ"}},
		{"Ǆ K", []string{"dz", "k"}},
		{"o'clock 3.5", []string{"o", "clock", "3", "5"}},
	} {
		if diff := cmp.Diff(tc.want, geo.FoldWords(tc.text), cmp.Transformer("nil", func(s []string) []string { return append([]string{}, s...) })); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tc.text, diff)
		}
	}
}

func TestFoldTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := storetest.Text().Draw(t, "text")
		once := geo.FoldText(s)
		if twice := geo.FoldText(once); twice != once {
			t.Fatalf("%q folds to %q and that to %q", s, once, twice)
		}
	})
}

// Words that a text holds find it, by any of their beginnings.
func TestSearchWords(t *testing.T) {
	i := geo.Incident{Title: "北京爆炸 in Beijing", Quotes: []geo.Quote{{Text: strings.Repeat("爆", 500)}}}
	for word, want := range map[string]bool{"北京": true, "爆炸": true, "炸": true, "北炸": false, "bei": true, "jing": false} {
		if got := (geo.Filter{Expr: geo.Words{word}}).Match(&i); got != want {
			t.Errorf("%s: %v, want %v", word, got, want)
		}
	}
	words := i.SearchWords()
	if !slices.IsSorted(words) || len(slices.Compact(slices.Clone(words))) != len(words) || len(words) > 60 {
		t.Errorf("%d words: %v", len(words), words)
	}
}
