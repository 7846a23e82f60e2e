package lexicon_test

import (
	"strings"
	"testing"

	"dateline/geo"
	"dateline/geo/lexicon"
)

// typesOf lists the event types that the words of a language can tell.
func typesOf(t *testing.T, w *lexicon.EventWords) map[string]bool {
	t.Helper()
	told := map[string]bool{}
	for _, trigger := range w.Triggers.All() {
		if sense := trigger.Sense; !strings.HasPrefix(sense, "~") {
			told[sense] = true
			continue
		}
		if len(w.Refinements[trigger.Sense]) == 0 {
			t.Errorf("sense %s of %q: no row of event-refine narrows it", trigger.Sense, trigger.Lemma)
		}
		for _, r := range w.Refinements[trigger.Sense] {
			told[r.Type] = true
		}
	}
	return told
}

func TestEveryEventTypeHasWords(t *testing.T) {
	for _, code := range lexicon.Codes() {
		l, err := lexicon.For(code)
		if err != nil {
			t.Fatal(err)
		}
		told := typesOf(t, &l.Event)
		for _, e := range geo.EventTypes {
			if !told[e.Code] {
				t.Errorf("%s: no word tells %s", code, e.Code)
			}
		}
		for code := range told {
			if _, ok := geo.EventTypeByCode(code); !ok && code != "-" {
				t.Errorf("%q is no event type", code)
			}
		}
	}
}

func TestRefinementsNameDomains(t *testing.T) {
	l, err := lexicon.For("en")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{"*": true}
	for _, domain := range l.Event.Domains.All() {
		known[domain] = true
	}
	for sense, rows := range l.Event.Refinements {
		for _, r := range rows {
			for _, domain := range strings.Split(r.Domain, "+") {
				if !known[domain] {
					t.Errorf("%s: domain %q has no words", sense, domain)
				}
			}
		}
	}
}

func TestActors(t *testing.T) {
	l, err := lexicon.For("en")
	if err != nil {
		t.Fatal(err)
	}
	if n := len(l.Event.Actors); n < 150 {
		t.Errorf("%d actors, want at least 150", n)
	}
	seen := map[string]bool{}
	for _, a := range l.Event.Actors {
		if seen[a.ID] {
			t.Errorf("actor %s stands twice", a.ID)
		}
		seen[a.ID] = true
	}
	for _, tc := range []struct{ words, id string }{
		{"israeli", "state:IL"},
		{"pmf", "pmf"},
		{"rapid support forces", "rsf"},
		{"al - shabaab", "al-shabaab"},
		{"islamic resistance in iraq", "islamic-resistance-iraq"},
	} {
		values, n := l.Event.ActorNames.At(strings.Fields(tc.words), 0)
		if n != len(strings.Fields(tc.words)) || l.Event.Actors[values[0].Actor].ID != tc.id {
			t.Errorf("%s: %d words matched, want all as %s", tc.words, n, tc.id)
		}
	}
}

func TestPhrases(t *testing.T) {
	l, err := lexicon.For("en")
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name, words string
		n           int
		sense       string
	}{
		{"longest wins", "suicide car bomb", 3, "suicide-bombing"},
		{"hyphen between", "drone - strike", 3, "drone-strike"},
		{"silence", "heart attack", 2, "-"},
		{"labour", "hunger strike", 2, "-"},
		{"word alone", "earthquake", 1, "earthquake"},
		{"cut short", "suicide", 0, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			values, n := l.Event.Triggers.At(strings.Fields(tc.words), 0)
			if n != tc.n || n > 0 && values[0].Sense != tc.sense {
				t.Errorf("got %d words, want %d as %q", n, tc.n, tc.sense)
			}
		})
	}
}
