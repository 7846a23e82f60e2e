package geo_test

import (
	"errors"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"dateline/geo"

	"github.com/paulmach/orb"
)

func TestIncidentCheck(t *testing.T) {
	good := struck()
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		field string
		spoil func(*geo.Incident)
	}{
		{"type", func(i *geo.Incident) { i.Type = "party" }},
		{"status", func(i *geo.Incident) { i.Status = "" }},
		{"modality", func(i *geo.Incident) { i.Modality = "perhaps" }},
		{"start", func(i *geo.Incident) { i.When.Start = "4 January" }},
		{"start", func(i *geo.Incident) { i.When.Start = "2024-01-05" }},
		{"end", func(i *geo.Incident) { i.When.End = "2024-02-30" }},
		{"date_precision", func(i *geo.Incident) { i.When.Precision = "hour" }},
		{"places[0].role", func(i *geo.Incident) { i.Places[0].Role = "" }},
		{"places[0]", func(i *geo.Incident) { i.Places[0].Lat = nil }},
		{"places[0]", func(i *geo.Incident) { i.Places[0].Lat = new(90.1) }},
		{"places[0]", func(i *geo.Incident) { i.Places[0].Lon = new(math.NaN()) }},
		{"places[0].radius_m", func(i *geo.Incident) { i.Places[0].RadiusM = 0 }},
		{"places[0].radius_m", func(i *geo.Incident) { i.Places[0].RadiusM = math.NaN() }},
		{"places[1].precision", func(i *geo.Incident) { i.Places[1].Precision = "" }},
		{"places[1].country", func(i *geo.Incident) { i.Places[1].Country = "Iraq" }},
		{"places[1].country", func(i *geo.Incident) { i.Places[1].Country = "iq" }},
		{"places[1].confidence", func(i *geo.Incident) { i.Places[1].Confidence = 1.1 }},
		{"places[1].area", func(i *geo.Incident) { i.Places[1].Area = orb.Polygon{{{1, 1}, {2, 2}, {1, 1}}} }},
		{"places[1].area", func(i *geo.Incident) { i.Places[1].Area = orb.Polygon{{{1, 1}, {2, 2}, {2, 91}, {1, 1}}} }},
		{"confidence", func(i *geo.Incident) { i.Confidence = math.NaN() }},
		{"count_low", func(i *geo.Incident) { i.Count.Low = new(int64(-1)) }},
		{"killed_high", func(i *geo.Incident) { i.Tolls.Killed = geo.Range{Best: new(int64(3)), High: new(int64(2))} }},
		{"actors[0].name", func(i *geo.Incident) { i.Actors[0].Name = "" }},
		{"actors[0].role", func(i *geo.Incident) { i.Actors[0].Role = "hero" }},
		{"actors[1].attribution", func(i *geo.Incident) { i.Actors[1].Attribution = "gossip" }},
	} {
		i := struck()
		tc.spoil(&i)
		var field *geo.FieldError
		if err := i.Check(); !errors.As(err, &field) || !errors.Is(err, geo.ErrInvalid) || field.Field != tc.field {
			t.Errorf("error %v: want one of %s", err, tc.field)
		}
	}
}

func TestReportCheck(t *testing.T) {
	for _, tc := range []struct {
		field  string
		report geo.Report
	}{
		{"text", geo.Report{}},
		{"text", geo.Report{Text: " \n\t"}},
		{"text", geo.Report{Text: "a\xffb"}},
		{"text", geo.Report{Text: "a\x00b"}},
		{"title", geo.Report{Text: "a", Title: strings.Repeat("x", 2001)}},
		{"publisher", geo.Report{Text: "a", Publisher: "\xff"}},
		{"published", geo.Report{Text: "a", Published: "today"}},
		{"url", geo.Report{Text: "a", URL: "javascript:alert(1)"}},
		{"country", geo.Report{Text: "a", Country: "Iraq"}},
	} {
		var field *geo.FieldError
		if err := tc.report.Check(); !errors.As(err, &field) || field.Field != tc.field {
			t.Errorf("%.60v: error %v, want one of %s", tc.report, err, tc.field)
		}
	}
	good := geo.Report{Text: "A strike.\r\n\tالخبر", Publisher: "P", URL: "https://example.org/a?b", Published: "2024-01-05", Country: "IQ", Home: "Baghdad"}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
}

func TestReadText(t *testing.T) {
	if text, err := geo.ReadText(strings.NewReader("\ufeffA strike.")); err != nil || text != "A strike." {
		t.Errorf("%q, %v", text, err)
	}
	if _, err := geo.ReadText(strings.NewReader(strings.Repeat("word ", 2_000_000))); !errors.Is(err, geo.ErrTooLarge) {
		t.Errorf("10 MB: %v", err)
	}
}

func FuzzReadText(f *testing.F) {
	for _, seed := range []string{"", "A strike.", "\xef\xbb\xbf", "\xef\xbb\xbfa", "a\x00", "\xff", "\u0085", "a\x7f"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		text, err := geo.ReadText(strings.NewReader(string(data)))
		if err == nil && (!utf8.ValidString(text) || strings.TrimSpace(text) == "" || strings.ContainsRune(text, 0)) {
			t.Errorf("took %q", text)
		}
		if err != nil && !errors.Is(err, geo.ErrInvalid) && !errors.Is(err, geo.ErrTooLarge) {
			t.Errorf("%q: error %v is of no kind", data, err)
		}
	})
}

func TestEventTypes(t *testing.T) {
	if len(geo.EventTypes) < 20 {
		t.Fatalf("%d event types", len(geo.EventTypes))
	}
	seen := map[string]bool{}
	for _, e := range geo.EventTypes {
		if e.Code == "" || e.Label == "" || seen[e.Code] {
			t.Errorf("row %+v", e)
		}
		seen[e.Code] = true
		if _, ok := geo.GroupByCode(e.Group); !ok {
			t.Errorf("%s is of the group %q, which has no mark", e.Code, e.Group)
		}
		if got, ok := geo.EventTypeByCode(e.Code); !ok || got != e {
			t.Errorf("%s is not found by its code", e.Code)
		}
		if back, ok := geo.EventTypeFrom("acled", e.ACLED); e.ACLED != "" && (!ok || back.ACLED != e.ACLED) {
			t.Errorf("ACLED's %q comes back as %+v", e.ACLED, back)
		}
	}
	if len(geo.Groups) != len(geo.EventGroups()) {
		t.Errorf("%d marks for %d groups", len(geo.Groups), len(geo.EventGroups()))
	}
	if _, ok := geo.EventTypeFrom("glide", ""); ok {
		t.Error("no code is a type")
	}
}
