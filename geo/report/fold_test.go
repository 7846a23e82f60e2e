package report_test

import (
	"testing"

	"dateline/geo"
)

// A crime that is told with the day on which something was said or done about it is
// the one that happened there days before; another one is not. The sentences are ours.
func TestToldToday(t *testing.T) {
	r := newReader(t)
	for _, tc := range []struct {
		name, text string
		want       int
		day        geo.Day
	}{
		{"charged today", "A man faced a judge on Friday in Denver over the fatal shooting of a guard.\n\nPolice said the shooting took place in Denver on Wednesday.", 1, "2024-01-03"},
		{"long before", "A man faced a judge on Friday in Denver over the fatal shooting of a guard.\n\nPolice said the shooting took place in Denver on December 3.", 2, "2024-01-05"},
		{"elsewhere", "A man was shot dead in Denver on Friday.\n\nA woman was shot dead in Miami on Wednesday.", 2, "2024-01-05"},
		{"a bombing", "A bomb killed two people in Kabul on Friday.\n\nThe bomb that went off in Kabul on Wednesday killed five.", 2, "2024-01-05"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := r.Read(geo.Report{Text: tc.text, Published: "2024-01-05"})
			if err != nil || len(got.Incidents) != tc.want {
				t.Fatalf("%d incidents, want %d: %v", len(got.Incidents), tc.want, err)
			}
			if day := got.Incidents[0].When.Start; day != tc.day {
				t.Errorf("%s, want %s", day, tc.day)
			}
		})
	}
}
