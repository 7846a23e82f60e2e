package report

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What an event is compared with keeps its own dead, and a war's dead belong to
// no event. The sentences are ours.
func TestDeadOfOthers(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		want       []string
	}{
		{"compared with a siege", "A bombing killed six people on Monday. It was the deadliest attack since the siege of 2004, in which more than 330 people died.", []string{"6 6 6 / _ _ _"}},
		{"compared with an event", "A bombing killed six people on Monday. It was the worst attack since a bombing killed 40 people in 2004.", []string{"6 6 6 / _ _ _", "40 40 40 / _ _ _"}},
		{"the war's dead", "An air strike killed two people on Monday. More than 900 people have been killed in the offensive since October.", []string{"2 2 2 / _ _ _"}},
		{"the dead of an assault", "Nine people were killed in an assault on Monday.", []string{"9 9 9 / _ _ _"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tolls(t, tc.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Who says that it did it, in a sentence that tells the event or in a later one.
func TestClaimedBy(t *testing.T) {
	const deed = "A bombing killed six people on Monday. "
	for _, tc := range []struct{ name, text, want string }{
		{"responsibility", deed + "Islamic State claimed responsibility.", "Islamic State perpetrator claimed"},
		{"in a statement", deed + "Islamic State said in a statement that it had carried out the attack.", "Islamic State perpetrator claimed"},
		{"its fighters", deed + "Islamic State said that its fighters had attacked the post.", "Islamic State perpetrator claimed"},
		{"another's deed", deed + "Islamic State said that it had opened a school.", ""},
		{"denied", deed + "Islamic State said that it did not carry out the attack.", ""},
		{"named before the weapon", "A Hezbollah drone hit a base on Monday, killing six people.", "Hezbollah perpetrator stated"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := docOf(t, tc.text, "2024-01-04")
			got := ""
			for _, e := range d.join(d.tellings()) {
				for _, a := range e.actors {
					got = a.Name + " " + a.Role + " " + string(a.Attribution)
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
