package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tolls of a short report without places: killed best, injured best of each event.
func tolls(t *testing.T, text string) []string {
	t.Helper()
	d := docOf(t, text, "2024-01-04")
	events := d.join(d.tellings())
	d.date(events)
	var out []string
	for _, e := range d.fold(events) {
		all := e.tolls()
		out = append(out, show(all.Killed)+" / "+show(all.Injured))
	}
	return out
}

// Who came to harm, told one by one. The sentences are ours.
func TestVictims(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"an age is no count", "A 17-year-old was shot dead on Monday.", "1 1 1 / _ _ _"},
		{"an age behind a name", "Two men were shot. Omar Pell, 22, was found dead.", "1 1 1 / 1 1 1"},
		{"years old", "A boy who was 9 years old was killed in the shooting.", "1 1 1 / _ _ _"},
		{"who was shot is injured", "Three women were shot outside a shop.", "_ _ _ / 3 3 3"},
		{"unless dead", "A woman was shot outside a shop. She was pronounced dead at the scene.", "1 1 1 / _ _ _"},
		{"some of them", "Six people were shot at a party. Two people died.", "2 2 2 / 4 4 4"},
		{"injured as stated", "Six people were shot at a party, killing two people and wounding three.", "2 2 2 / 3 3 3"},
		{"a pronoun", "Shots were fired in the street. He was killed.", "1 1 1 / _ _ _"},
		{"shot and died", "A man was shot several times and died at a clinic.", "1 1 1 / _ _ _"},
		{"fatally wounding", "A gun went off in a shooting, fatally wounding a boy.", "1 1 1 / _ _ _"},
		{"a telephone's number", "One man was hurt in a shooting. Call police at (216) 623-5464.", "_ _ _ / 1 1 1"},
		{"one again", "One killed in a shooting that left one person dead.", "1 1 1 / _ _ _"},
		{"told before what happened", "The deaths of four people shocked the town. They had been shot on Monday.", "4 4 4 / _ _ _"},
		{"seen by others", "A man shot dead a woman in front of three children.", "1 1 1 / _ _ _"},
		{"an age behind dead", "A fighter was shot. He is dead at 25.", "1 1 1 / _ _ _"},
		{"the fatal shooting of several", "A man was arrested in the fatal shooting of a mother and two boys.", "3 3 3 / _ _ _"},
		{"claimed to be", "A boy was killed in a shooting. A man who claimed to be his uncle said that he was 16.", "1 1 1 / _ _ _"},
		{"others taken to hospital", "A gunman shot four people dead. Nine others were taken to hospital.", "4 4 4 / 9 9 9"},
		{"names", "Gunmen opened fire. Police said Anna Reyn, 30, and Milo Kest were killed.", "2 2 2 / _ _ _"},
		{"a channel is no count", "Police told Channel 9 that a man was killed in the shooting.", "1 1 1 / _ _ _"},
		{"the death of", "Police investigate the shooting death of a teacher.", "1 1 1 / _ _ _"},
		{"wounded beside the killed", "Two men were killed and five wounded during an Israeli raid.", "2 2 2 / 5 5 5"},
		{"an address", "A shooting in the 2900 block of a road killed a man.", "1 1 1 / _ _ _"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff([]string{tc.want}, tolls(t, tc.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What is told twice is one incident, another one is not.
func TestFold(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		want       int
	}{
		{"again with an indefinite article", "A shooting killed a man on Monday.\n\nPolice were called to a shooting on Monday.", 1},
		{"another", "A bombing killed a man on Monday.\n\nA second bombing killed two men.", 2},
		{"another day", "A bombing killed a man on Monday. A bombing killed a man on Tuesday.", 2},
		{"side by side", "The envoy condemned the bombings and the killing of a priest on Monday.", 2},
		{"told as deaths, then by name", "Officials on Tuesday said that 35 people died in attacks on villages. The attacks took place on Monday.", 1},
		{"another kind", "A bombing killed a man on Monday. A flood killed a man on Monday.", 2},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := tolls(t, tc.text); len(got) != tc.want {
				t.Errorf("%d events, want %d: %v", len(got), tc.want, got)
			}
		})
	}
}

func TestWeights(t *testing.T) {
	confidence := func(table string) error {
		return readWeights("confidence.tsv", table, featureNames[:], make([]float64, featureCount))
	}
	if err := confidence(confidenceTSV); err != nil {
		t.Error(err)
	}
	if err := readWeights("site.tsv", siteTSV, siteFeatureNames[:], make([]float64, siteFeatures)); err != nil {
		t.Error(err)
	}
	for name, tc := range map[string]struct{ table, want string }{
		"a feature is missing": {strings.Replace(confidenceTSV, "\nbias", "\nbiased", 1), `no feature "bias"`},
		"no number":            {strings.Replace(confidenceTSV, "bias\t", "bias\tx", 1), "line 2"},
	} {
		if err := confidence(tc.table); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
}
