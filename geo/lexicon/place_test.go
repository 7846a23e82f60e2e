package lexicon

import (
	"strings"
	"testing"
)

func TestParseDistance(t *testing.T) {
	for _, tc := range []struct {
		text             string
		value, precision float64
		ok               bool
	}{
		{"9", 9, 1, true}, {"10", 10, 5, true}, {"20", 20, 5, true}, {"140", 140, 5, true}, {"200", 200, 50, true},
		{"2,000", 2000, 500, true}, {"10.5", 10.5, 0.5, true}, {"10.25", 10.25, 0.25, true}, {"3.2", 3.2, 0.1, true},
		{"0", 0, 0, false}, {"-3", 0, 0, false}, {"x", 0, 0, false}, {"1e99", 0, 0, false}, {"NaN", 0, 0, false},
	} {
		t.Run(tc.text, func(t *testing.T) {
			value, precision, ok := ParseDistance(tc.text)
			if value != tc.value || precision < tc.precision*0.999 || precision > tc.precision*1.001 || ok != tc.ok {
				t.Errorf("got %v ± %v, %v; want %v ± %v, %v", value, precision, ok, tc.value, tc.precision, tc.ok)
			}
		})
	}
}

func TestLocatives(t *testing.T) {
	w := &english(t).Place
	for _, tc := range []struct {
		text, rule, words string // X stands for the name
		bearing, metres   float64
	}{
		{"it fell 10 km north of X", "offset", "10 km north of", 0, 10000},
		{"some 20-mile north-east of X", "offset", "20-mile north-east of", 45, 32186.88},
		{"a few kilometres to the west of X", "offset", "a few kilometres to the west of", 270, 3000},
		{"12 kilometers (7.5 miles) SSW of X", "offset", "12 kilometers (7.5 miles) SSW of", 202.5, 12000},
		{"two nautical miles off X", "coast", "two nautical miles off", -1, 3704},
		{"in the suburbs of X", "ring", "suburbs of", -1, 0},
		{"in the south-western suburbs of X", "ring", "south-western suburbs of", 225, 0},
		{"in northern X", "part", "northern", 0, 0},
		{"north of X", "direction", "north of", 0, 0},
		{"between X", "between", "between", -1, 0},
		{"off the coast of X", "coast", "off the coast of", -1, 0},
		{"X suburbs", "ring", "suburbs", -1, 0},
		{"X northern suburbs", "ring", "northern suburbs", 0, 0},
		{"the president of X", "", "", -1, 0},
	} {
		t.Run(tc.text, func(t *testing.T) {
			tokens := Tokenize(tc.text)
			at := 0
			for tokens[at].Text != "X" {
				at++
			}
			m, ok := w.MatchBefore(tokens, at, 0)
			if at == 0 {
				m, ok = w.MatchAfter(tokens, 1, len(tokens))
			}
			if ok != (tc.rule != "") || m.Rule != tc.rule {
				t.Fatalf("got %q, want %q", m.Rule, tc.rule)
			}
			if !ok {
				return
			}
			if got := tc.text[tokens[m.First].Start:tokens[m.End-1].End]; got != tc.words {
				t.Errorf("got %q, want %q", got, tc.words)
			}
			bearing := -1.0
			if m.Direction != nil {
				bearing = m.Direction.Bearing
			}
			if bearing != tc.bearing || m.DistanceM < tc.metres*0.999 || m.DistanceM > tc.metres*1.001 {
				t.Errorf("got %v degrees, %v m; want %v, %v", bearing, m.DistanceM, tc.bearing, tc.metres)
			}
		})
	}
}

// Every word of the tables is in lower case and of words that Tokenize gives.
func TestPlaceTables(t *testing.T) {
	w := &english(t).Place
	for word := range w.Uses {
		if word != strings.ToLower(word) || strings.TrimSpace(word) != word {
			t.Errorf("word %q is not in lower case", word)
		}
	}
	for word, kind := range w.Kinds {
		if word != strings.ToLower(word) || kind.Kind == "" {
			t.Errorf("kind word %q is not in lower case", word)
		}
	}
	for name, all := range map[string]PhraseIndex{"before": w.Before, "after": w.After} {
		for key, phrases := range all {
			for _, p := range phrases {
				if len(p.Slots) == 0 || p.Slots[0] != key && p.Slots[len(p.Slots)-1] != key {
					t.Errorf("%s %q: %v is under the wrong key", name, key, p.Slots)
				}
			}
		}
	}
}
