package lexicon_test

import (
	"testing"

	"dateline/geo/lexicon"
)

func TestDetect(t *testing.T) {
	for _, c := range []struct {
		text, code string
		ok         bool
	}{
		{"Three people were killed in an air strike on the port on Monday, officials said, and a dozen were taken to a hospital in the city.", "en", true},
		{"THREE PEOPLE WERE KILLED IN AN ATTACK ON A POST IN THE NORTH OF THE COUNTRY ON MONDAY, THE POLICE SAID TODAY.", "en", true},
		{"У Харкові внаслідок ракетного удару загинули троє людей, повідомив мер міста.", "uk", true},
		{"В Москве в результате пожара погибли три человека, сообщили в министерстве.", "uk", false},
		{"Drei Menschen starben am Montag bei einem Luftangriff auf den Hafen, wie die Behörden mitteilten, und ein Dutzend wurde verletzt.", "en", false},
		{"Bombe in Kabul", "en", true},
		{"12:30", "", false},
	} {
		if code, ok := lexicon.Detect(c.text); ok != c.ok || ok && code != c.code {
			t.Errorf("%.40s: %s, %v, want %s, %v", c.text, code, ok, c.code, c.ok)
		}
	}
}
