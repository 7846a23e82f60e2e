package geo_test

import (
	"testing"
	"unicode/utf8"

	"dateline/geo"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestMaskNames(t *testing.T) {
	private := func(names ...string) []geo.Named {
		var named []geo.Named
		for _, n := range names {
			named = append(named, geo.Named{Name: n, Private: true})
		}
		return named
	}
	for _, tc := range []struct {
		name, text string
		named      []geo.Named
		want       string
	}{
		{"whole name", "Ahmed Hassan died.", private("Ahmed Hassan"), "•••••••••••• died."},
		{"last word alone", "Hassan's brother ran", private("Ahmed Hassan"), "••••••'s brother ran"},
		{"family", "The Hassans fled", private("Ahmed Hassan"), "The ••••••s fled"},
		{"first name stays", "Ahmed said", private("Ahmed Hassan"), "Ahmed said"},
		{"short last word", "Ali Abu said Abu left", private("Ali Abu"), "••••••• said Abu left"},
		{"suffix", "Smith said", private("John Smith Jr."), "••••• said"},
		{"part of a word stays", "Hassania is a town", private("Ahmed Hassan"), "Hassania is a town"},
		{"case", "AHMED HASSAN", private("Ahmed Hassan"), "••••••••••••"},
		{"accents", "José Núñez and Nunez", private("Jose Nunez"), "•••••••••• and •••••"},
		{"decomposed", "Nu\u0301n\u0303ez!", private("José Núñez"), "•••••••!"},
		{"over a line break", "Ahmed\nHassan", private("Ahmed Hassan"), "•••••\n••••••"},
		{"hyphen", "Ahmed al-Sayed; Sayed", private("Ahmed al-Sayed"), "••••••••••••••; •••••"},
		{"arabic with particle", "وأحمد حسن قال", private("أحمد حسن"), "و•••••••• قال"},
		{"chinese in running text", "王小明说王小明死", private("王小明"), "•••说•••死"},
		{"public person stays", "Joe Biden", []geo.Named{{Name: "Joe Biden"}}, "Joe Biden"},
		{"empty name", "text", private("", " - "), "text"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := geo.MaskNames(tc.text, tc.named); got != tc.want {
				t.Errorf("got  %q\nwant %q", got, tc.want)
			}
		})
	}
}

func TestMaskNamesKeepsLength(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, name := rapid.String().Draw(t, "text"), rapid.String().Draw(t, "name")
		got := geo.MaskNames(text+name+text, []geo.Named{{Name: name, Private: true}})
		if utf8.RuneCountInString(got) != utf8.RuneCountInString(text+name+text) {
			t.Fatalf("%q masked by %q is %q", text, name, got)
		}
	})
}

func TestRedact(t *testing.T) {
	full := geo.Incident{
		ID: "a", Title: "Ahmed Hassan and Salah Omar killed",
		Named: []geo.Named{{Name: "Ahmed Hassan", Private: true}, {Name: "Salah Omar"}},
		Quotes: []geo.Quote{
			{Field: "/named/0", Text: "Ahmed Hassan", Start: 0, End: 12},
			{Field: "/named/1/name", Text: "Salah Omar", Start: 17, End: 27},
			{Field: "/killed", Text: "Hassan was killed", Start: 40, End: 57},
		},
		Actors: []geo.Actor{{Name: "Ahmed Hassan", Role: "victim", By: "a doctor"}},
		Claims: []geo.Claim{{Measure: geo.Killed, By: "Ms Hassan"}},
	}
	want := geo.Incident{
		ID: "a", Title: "•••••••••••• and Salah Omar killed",
		Named: []geo.Named{{Name: "Salah Omar"}},
		Quotes: []geo.Quote{
			{Field: "/named/0/name", Text: "Salah Omar", Start: 17, End: 27},
			{Field: "/killed", Text: "•••••• was killed", Start: 40, End: 57},
		},
		Actors: []geo.Actor{{Name: "••••••••••••", Role: "victim", By: "a doctor"}},
		Claims: []geo.Claim{{Measure: geo.Killed, By: "Ms ••••••"}},
	}
	if diff := cmp.Diff(want, geo.Redact(full)); diff != "" {
		t.Errorf("redacted (-want +got):\n%s", diff)
	}
	if full.Title[0] != 'A' || full.Quotes[2].Text[0] != 'H' || full.Actors[0].Name[0] != 'A' || full.Claims[0].By != "Ms Hassan" || len(full.Named) != 2 {
		t.Error("Redact changed what it was given")
	}
	open := geo.Incident{Title: "x", Named: []geo.Named{{Name: "Salah Omar"}}}
	if diff := cmp.Diff(open, geo.Redact(open)); diff != "" {
		t.Errorf("nothing private, yet changed:\n%s", diff)
	}
}

// Searching must not tell an unsigned visitor whom a report names.
func TestPrivateNamesAreNotFound(t *testing.T) {
	i := geo.Incident{
		Title: "Ahmed Hassan killed", Named: []geo.Named{{Name: "Ahmed Hassan", Private: true}},
		Quotes: []geo.Quote{{Field: "/named/0", Text: "Ahmed Hassan"}},
		Actors: []geo.Actor{{Name: "Ahmed Hassan", Role: "victim"}},
	}
	for _, e := range []geo.Expr{geo.Words{"hassan"}, geo.Compare{Field: "actor", Op: geo.Eq, Value: "Ahmed Hassan"}} {
		if (geo.Filter{Expr: e}).Match(&i) {
			t.Errorf("%v finds a private person", e)
		}
	}
	if !(geo.Filter{Expr: geo.Words{"killed"}}).Match(&i) {
		t.Error("the other words are not found")
	}
}
