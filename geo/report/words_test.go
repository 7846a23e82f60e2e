package report

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"dateline/gazetteer/geoparse"
	"dateline/geo"
	"dateline/geo/lexicon"
)

// nowhere finds no places.
type nowhere struct{}

func (nowhere) Parse(geoparse.Document) []geoparse.Mention { return nil }

func TestWords(t *testing.T) {
	english, err := lexicon.For("en")
	if err != nil {
		t.Fatal(err)
	}
	reader := New(nowhere{}, english)
	const text = "Café news – A bomb killed at least five people in a market on Tuesday, police said. On 28 December 2023 twenty-two were hurt."
	rep := geo.Report{Text: text, Published: "2024-01-04"}
	for _, tc := range []struct{ picked, number, start, end string }{
		{"at least five people", "5 5 _", "", ""},
		{"five", "5 5 _", "", ""},
		{"on Tuesday", "", "2024-01-02", "2024-01-02"},
		{"28 December 2023", "", "2023-12-28", "2023-12-28"},
		{"twenty-two", "22 22 22", "", ""},
		{"market", "", "", ""},
	} {
		t.Run(tc.picked, func(t *testing.T) {
			at := utf8.RuneCountInString(text[:strings.Index(text, tc.picked)])
			got, err := reader.Words(rep, at, at+utf8.RuneCountInString(tc.picked))
			if err != nil {
				t.Fatal(err)
			}
			number := ""
			if got.Number != nil {
				number = show(*got.Number)
			}
			if got.Text != tc.picked || number != tc.number {
				t.Errorf("text %q, number %q, want %q", got.Text, number, tc.number)
			}
			if (got.When == nil) != (tc.start == "") || got.When != nil && (string(got.When.Start) != tc.start || string(got.When.End) != tc.end) {
				t.Errorf("when %+v, want %s to %s", got.When, tc.start, tc.end)
			}
		})
	}
	for _, span := range [][2]int{{-1, 3}, {3, 3}, {0, 10_000}} {
		if _, err := reader.Words(rep, span[0], span[1]); !errors.Is(err, geo.ErrInvalid) {
			t.Errorf("words %v: %v, want an ErrInvalid", span, err)
		}
	}
}
