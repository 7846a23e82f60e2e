package lexicon

import (
	"strings"
	"testing"
)

func TestTokenize(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"initialism", "The U.S. and U.K. said.", "The|U.S.|and|U.K.|said|."},
		{"possessive", "Baghdad’s Palestine Street", "Baghdad’s|Palestine|Street"},
		{"numbers", "20,000 people, 3.5 km", "20,000|people|,|3.5|km"},
		{"hyphen", "Al-Asad", "Al|-|Asad"},
		{"a letter behind a hyphen", "near Al-‘Arish, al-'Umar", "near|Al|-|‘Arish|,|al|-|'Umar"},
		{"end of a sentence", "He came. A man", "He|came|.|A|man"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			for _, token := range Tokenize(tc.text) {
				got = append(got, token.Text)
			}
			if s := strings.Join(got, "|"); s != tc.want {
				t.Errorf("got %s, want %s", s, tc.want)
			}
		})
	}
}
