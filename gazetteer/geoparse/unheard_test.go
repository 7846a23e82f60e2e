package geoparse_test

import (
	"slices"
	"testing"

	"dateline/gazetteer/geoparse"
)

func TestUnheard(t *testing.T) {
	p := worldParser(t)
	for _, c := range []struct {
		text string
		want []string // names that no gazetteer has
	}{
		{"Fighters raided Qorvashte village in Iraq on Monday.", []string{"Qorvashte"}},
		{"Fighters raided the villages of Qorvashte, Belmuntu and Tarqosh on Monday.", []string{"Qorvashte", "Belmuntu", "Tarqosh"}},
		{"A bomb exploded near Qorvashte, a town in southern Iraq.", []string{"Qorvashte"}},
		{"FIGHTERS RAIDED THE VILLAGE OF QORVASHTE YESTERDAY.", []string{"QORVASHTE"}},
		{"He lives in Qorvashte", []string{"Qorvashte"}},
		{"the village of", nil},
		{"in", nil},
		{"She saw Omar Qorvashte near the river.", nil},
	} {
		var got []string
		for _, m := range p.Parse(geoparse.Document{Text: c.text}) {
			if m.Location == nil || m.Location.NotFound != "" {
				got = append(got, m.Text)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: read %q, want %q", c.text, got, c.want)
		}
	}
}
