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
			if _, ok := geo.EventTypeByCode(code); !ok && code != "-" && code != "x" {
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
