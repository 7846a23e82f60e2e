package report

import (
	"fmt"
	"strings"
	"testing"

	"dateline/gazetteer/geoparse"

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
		{"whose own were killed", "An air strike hit a base on Monday. Islamic State said that ten of its fighters were killed in the strike.", ""},
		{"denied", deed + "Islamic State said that it did not carry out the attack.", ""},
		{"named behind its country", "A missile fired by Yemen's Houthis hit a base on Monday, killing six people.", "Houthis perpetrator stated"},
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

// Places where people are brought or where something was felt are no sites, a day
// on which someone claims an attack is not the attack's, and a part of a whole is
// what is counted.
func TestBesides(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		want       []string
	}{
		{"a part of a whole", "The crash killed 179 of the 181 people on board the plane on Monday.", []string{"air-crash 2024-01-01 179"}},
		{"the claim's day", "A bombing killed six people on Monday. Islamic State claimed the attack on Tuesday.", []string{"explosive-device 2024-01-01 6"}},
		{"fire behind a crash", "The plane crashed on Monday and burst into flames, killing three people.", []string{"air-crash 2024-01-01 3"}},
		{"an earlier word than the day", "An explosion at a coal mine killed five people, state television said on Tuesday. The blast was caused by a leak on Monday night.", []string{"industrial-accident 2024-01-01 5"}},
		{"a day earlier", "The army said on Tuesday that it had killed two men in an air strike a day earlier.", []string{"air-strike 2024-01-01 2"}},
		{"a car that is a bomb", "Three drivers were killed on Monday when a suicide bomber rammed a car into a checkpoint.", []string{"suicide-bombing 2024-01-01 3"}},
		{"a murder called a killing", "The murder of a judge on Monday shocked the town. The killing came days before the vote.", []string{"homicide 2024-01-01 1"}},
		{"by an armed group", "Islamic State fighters opened fire on worshippers on Monday, killing three people.", []string{"attack 2024-01-01 3"}},
		{"by a man", "A man opened fire on worshippers on Monday, killing three people.", []string{"shooting 2024-01-01 3"}},
		{"soldiers killed by a bomb", "Four soldiers were killed on Monday when a bomb exploded.", []string{"explosive-device 2024-01-01 4"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := docOf(t, tc.text, "2024-01-04")
			events := d.join(d.tellings())
			d.date(events)
			var got []string
			for _, e := range d.fold(events) {
				n := ""
				if k := e.tolls().Killed.Best; k != nil {
					n = fmt.Sprint(*k)
				}
				got = append(got, e.kind+" "+string(e.when.Start)+" "+n)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCarriedTo(t *testing.T) {
	for _, tc := range []struct {
		text string
		want bool
	}{
		{"A boy was shot and taken to a hospital in Birnin Gwari.", true},
		{"The blast was felt in Birnin Gwari.", true},
		{"A boy was shot outside a hospital in Birnin Gwari.", false},
		{"He was rushed to hospital, after a bomb went off in Birnin Gwari.", false},
	} {
		d := docOf(t, tc.text, "2024-01-04")
		at := strings.Index(tc.text, "Birnin")
		d.mentions = []geoparse.Mention{{Span: geoparse.Span{Start: at, End: at + len("Birnin Gwari")}, Text: "Birnin Gwari"}}
		d.mentionI = d.spansOf(d.mentions)
		if got := d.carriedTo(d.tellings()[0], 0); got != tc.want {
			t.Errorf("%s: %v", tc.text, got)
		}
	}
}

// Who took part, in the words of wire news. The sentences are ours.
func TestNobodysDeed(t *testing.T) {
	for _, tc := range []struct{ name, text string }{
		{"an accident is nobody's deed", "A coach with Ukrainian tourists overturned on a motorway on Monday, leaving seven people dead."},
		{"the nationality of a victim", "A Palestinian man was shot dead on Monday."},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := docOf(t, tc.text, "2024-01-04")
			for _, e := range d.join(d.tellings()) {
				for _, a := range e.actors {
					t.Errorf("%s as %s", a.Name, a.Role)
				}
			}
		})
	}
}
