package report_test

import (
	"math"
	"strings"
	"testing"

	"dateline/geo"
)

// Which of the places of a sentence is the event's. The sentences are ours.
func TestSiteAmongOthers(t *testing.T) {
	r := newReader(t)
	for _, tc := range []struct{ name, text, want string }{
		{"opens the sentence", "In Mosul, a former member of the party that once ruled Iraq was shot dead by gunmen.", "Mosul"},
		{"against a country", "In Egypt, thousands of students demonstrated against Israel on Friday.", "Egypt"},
		{"a land before its town", "Serbia's former prime minister was shot dead as he left his car in downtown Belgrade.", "Belgrade"},
		{"a war's name", "Thousands of people marched against the Iraq war in Los Angeles on Saturday.", "Los Angeles"},
		{"where they come from", "Two tourists from France were killed by a bomb in Istanbul on Monday.", "Istanbul"},
		{"a capital by its people", "A bomb killed three people in the Afghan capital on Monday.", "Kabul"},
		{"around a capital", "Shells fell on the southern outskirts of the Syrian capital on Monday, killing two.", "southern outskirts of Damascus"},
		{"cut by the line", "A BOMB KILLED THREE PEOPLE IN SAN\nSALVADOR ON MONDAY.", "SAN SALVADOR"},
		{"a hospital that was stormed", "Fighters stormed the Qorvashte Hospital on Monday, a source in Baghdad said.", "Qorvashte Hospital"},
		{"a hospital to which they came", "Two were shot in Basra on Monday and taken to the Qorvashte Hospital.", "Basra"},
		{"a building written small", "A bomb exploded near the Imam Qorvash shrine on Monday.", "Imam Qorvash shrine"},
		{"a people's building", "Gunmen attacked the Catholic cathedral in Jos on Sunday.", "Jos"},
		{"who says so", "According to police in Mosul, gunmen killed two in Tikrit on Monday.", "Tikrit"},
		{"a district in a province", "In the Qorvash district of Kunar, a bomb exploded on Monday.", "Qorvash"},
		{"a kind before its name", "The air force hit the towns of Qorvash and Tarqosh in Idlib province on Monday.", "Qorvash"},
		{"fled from", "After fleeing Basra, the smuggler Juan Perez was captured in Kirkuk on Monday.", "Kirkuk"},
		{"an air base written small", "Fighters have been killed in the battle for the Qorvash air base, a source in Aleppo said.", "Qorvash air base"},
		{"between commas", "Smith, an officer with a brigade in Szczecin, was shot in Karbala on Thursday.", "Karbala"},
		{"fought over, unknown", "Troops have stormed Qorvashte, killing eleven people.", "Qorvashte"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := r.Read(geo.Report{Text: tc.text, Published: "2024-01-05"})
			if err != nil || len(got.Incidents) == 0 {
				t.Fatalf("%d incidents, %v", len(got.Incidents), err)
			}
			if s, ok := got.Incidents[0].Where(); !ok || !strings.Contains(s.Place, tc.want) {
				t.Errorf("read %q, want %q", s.Place, tc.want)
			}
			if sites := got.Sites(); len(sites) != len(got.Incidents) || len(sites[0]) == 0 || len(sites[0][0]) == 0 || sites[0][0][0].Features["bias"] != 1 {
				t.Errorf("weighed %v", sites)
			}
		})
	}
}

// A quarter, a street and a side of a town are looked for in the town that a report
// is about, not where the gazetteer has a town of their name.
func TestSiteAtHome(t *testing.T) {
	r := newReader(t)
	for _, tc := range []struct {
		name, text, place string
		lon, lat          float64
	}{
		{"a quarter by its word, the town by its police", "Three boys were shot in Austin on Monday.\n\nThey were standing in the Austin neighborhood, Chicago Police said.", "Austin, Chicago", -87.65, 41.85},
		{"a quarter under a dateline", "MEMPHIS, Tenn. (AP) — Two men were shot dead in the Raleigh neighborhood on Monday.", "Raleigh, Memphis", -90.05, 35.15},
		{"a town nearby that is called a quarter", "MIAMI (AP) — Two men were shot dead in the Hialeah neighborhood on Monday.", "Hialeah", -80.28, 25.86},
		{"a namesake abroad", "MIAMI (AP) — Five people were shot in a drive-by in Overtown on Monday.", "Overtown, Miami", -80.19, 25.77},
		{"no town is where the hospital is", "MEMPHIS, Tenn. (AP) — Two men were shot in Qorvash on Monday.\n\nOne was flown to a hospital in Nashville.", "Qorvash, Memphis", -90.05, 35.15},
		{"a street without its word", "A man was shot dead in the 300 block of Madrid on Monday, Chicago Police said.", "300 block of Madrid, Chicago", -87.65, 41.85},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := r.Read(geo.Report{Text: tc.text, Published: "2024-01-05", Country: "US"})
			if err != nil || len(got.Incidents) != 1 {
				t.Fatalf("%d incidents, %v", len(got.Incidents), err)
			}
			s, _ := got.Incidents[0].Where()
			if s.Place != tc.place || s.Lon == nil || math.Hypot(*s.Lon-tc.lon, *s.Lat-tc.lat) > 0.3 {
				t.Errorf("read %+v, want %s at %v, %v", s, tc.place, tc.lon, tc.lat)
			}
		})
	}
}

// A quarter is placed nowhere where the report names no town that it may lie in.
func TestQuarterOfNowhere(t *testing.T) {
	got, err := newReader(t).Read(geo.Report{Text: "Two men were shot dead in the Woodlawn neighborhood on Monday.", Published: "2024-01-05"})
	if err != nil || len(got.Incidents) != 1 {
		t.Fatalf("%d incidents, %v", len(got.Incidents), err)
	}
	if s, _ := got.Incidents[0].Where(); s.Place != "Woodlawn" || s.Lon != nil {
		t.Errorf("read %+v, want Woodlawn without a point", s)
	}
}

// An event told of a small town may lie around it; one in a great city lies in it.
func TestSiteRadius(t *testing.T) {
	r := newReader(t)
	for _, tc := range []struct {
		place    string
		min, max float64 // km
	}{
		{"Walterboro, South Carolina", 10, 16},
		{"Baghdad", 15, 35},
		{"south Toledo, Ohio", 8, 14},
	} {
		got, err := r.Read(geo.Report{Text: "Three people were shot dead in " + tc.place + " on Monday.", Published: "2024-01-05"})
		if err != nil || len(got.Incidents) != 1 {
			t.Fatalf("%s: %d incidents, %v", tc.place, len(got.Incidents), err)
		}
		if s, _ := got.Incidents[0].Where(); s.RadiusM < 1000*tc.min || s.RadiusM > 1000*tc.max {
			t.Errorf("%s: radius %.0f m, want %v to %v km", tc.place, s.RadiusM, tc.min, tc.max)
		}
	}
}
