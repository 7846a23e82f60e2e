package report

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Whom a report names as harmed, and whom not. The sentences are ours.
func TestNamed(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"subject", "A shooting on Monday. Omar Pell, 22, of Alton, was killed.", "Omar Pell killed"},
		{"object", "Gunmen killed Omar Pell and Ada Roe in a shooting on Monday.", "Omar Pell killed, Ada Roe killed"},
		{"set off by commas", "A shooting on Monday. Omar Pell, who sang in a choir, was wounded.", "Omar Pell injured"},
		{"shot and died", "A shooting on Monday. Omar Pell was shot twice and died there.", "Omar Pell killed"},
		{"before he died", "A shooting on Monday. Omar Pell lived for an hour before he died.", "Omar Pell killed"},
		{"a letter in the name", "A shooting on Monday. Omar K. Pell was killed.", "Omar K. Pell killed"},
		{"in short", "A shooting on Monday. Police said Omar Pell Jr was killed. They said Omar Pell was killed.", "Omar Pell Jr killed"},
		{"many names are no headline", "A shooting on Monday. Police identified those killed as Omar Kane Pell, 14; Ada Lyn Roe, 17; and Cy Dane, 52.",
			"Omar Kane Pell killed, Ada Lyn Roe killed, Cy Dane killed"},
		{"who says so", "A shooting on Monday. Ben Lum of the coroner's office said that a man was killed.", ""},
		{"who stood by", "A shooting on Monday. Ben Lum heard shots when a man was killed.", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := docOf(t, tc.text, "2024-01-04")
			var got []string
			for _, e := range d.join(d.tellings()) {
				for _, n := range e.named {
					got = append(got, n.Name+" "+n.Fate)
				}
			}
			if diff := cmp.Diff(tc.want, strings.Join(got, ", ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}
