package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The words that a record gives for its toll: those of the claim that it is, or of
// all that it is the sum of. The sentences are ours.
func TestTollQuoted(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"one claim", "A bombing on Monday killed ten people.", "killed ten people"},
		{"the largest", "A bombing on Monday killed ten people. Officials later said that 12 people were killed.", "12 people were killed"},
		{"many", "Dozens were killed in a bombing on Monday.", "Dozens were killed"},
		{"a bound", "Up to 30 people died in a bombing on Monday.", "Up to 30 people died"},
		{"the doer besides", "A man shot three people dead in a shooting on Monday, then killed himself.", "killed himself | three people dead"},
		{"the named", "A shooting on Monday. Omar Pell was killed. Ada Roe was killed.", "Omar Pell | Ada Roe"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := docOf(t, tc.text, "2024-01-04")
			events := d.join(d.tellings())
			d.date(events)
			incidents, _ := d.drafts(d.fold(events))
			var got []string
			for _, q := range incidents[0].Quotes {
				if q.Field == "/killed" {
					got = append(got, q.Text)
				}
			}
			if diff := cmp.Diff(tc.want, strings.Join(got, " | ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}
