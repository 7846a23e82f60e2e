package geo_test

import (
	"errors"
	"testing"
	"time"

	"dateline/geo"
)

func TestParseDay(t *testing.T) {
	for _, text := range []string{"2024-01-04", "2024-02-29", "0001-01-01", "9999-12-31"} {
		if d, err := geo.ParseDay(text); err != nil || string(d) != text {
			t.Errorf("%s: %v, %v", text, d, err)
		}
	}
	for _, text := range []string{"", "2024-1-4", "2023-02-29", "2024-13-01", "20240104", "2024-01-04 ", "2024-01-04T00:00:00Z", "-001-01-01", "12024-01-01"} {
		if d, err := geo.ParseDay(text); !errors.Is(err, geo.ErrInvalid) || d != "" {
			t.Errorf("%q was read as %v, %v", text, d, err)
		}
	}
}

func TestDay(t *testing.T) {
	if got := geo.Day("2024-02-28").Add(2); got != "2024-03-01" {
		t.Errorf("two days after 28 February 2024: %s", got)
	}
	if got := geo.Day("2024-01-01").Add(-1); got != "2023-12-31" {
		t.Errorf("the day before the year 2024: %s", got)
	}
	if got := geo.Day("").Add(3); got != "" {
		t.Errorf("three days after no day: %s", got)
	}
	if !geo.Day("some day").Time().IsZero() {
		t.Error("a malformed day has a time")
	}
	late := time.Date(2024, 1, 4, 23, 30, 0, 0, time.FixedZone("", 3*3600))
	if got := geo.DayOf(late); got != "2024-01-04" {
		t.Errorf("a day is converted to %s", got)
	}
}

func TestOverlaps(t *testing.T) {
	for _, tc := range []struct {
		name       string
		w          geo.When
		start, end geo.Day
		want       bool
	}{
		{"inside", geo.When{Start: "2024-01-03", End: "2024-01-04"}, "2024-01-01", "2024-01-31", true},
		{"last day", geo.When{Start: "2024-01-03", End: "2024-01-04"}, "2024-01-04", "2024-01-31", true},
		{"first day", geo.When{Start: "2024-01-03", End: "2024-01-04"}, "2024-01-01", "2024-01-03", true},
		{"before", geo.When{Start: "2024-01-03", End: "2024-01-04"}, "2024-01-05", "", false},
		{"after", geo.When{Start: "2024-01-03", End: "2024-01-04"}, "", "2024-01-02", false},
		{"around", geo.When{Start: "2023-01-01", End: "2025-01-01"}, "2024-01-05", "2024-01-05", true},
		{"on or before, earlier", geo.When{End: "2024-01-04"}, "", "1999-01-01", true},
		{"on or before, later", geo.When{End: "2024-01-04"}, "2024-01-05", "", false},
		{"a start alone is a day", geo.When{Start: "2024-01-04"}, "2024-01-05", "", false},
		{"a start alone", geo.When{Start: "2024-01-04"}, "2024-01-04", "2024-01-04", true},
		{"unknown", geo.When{}, "", "2024-01-04", false},
		{"unknown, open", geo.When{}, "", "", true},
	} {
		if got := tc.w.Overlaps(tc.start, tc.end); got != tc.want {
			t.Errorf("%s: %v, want %v", tc.name, got, tc.want)
		}
	}
}
