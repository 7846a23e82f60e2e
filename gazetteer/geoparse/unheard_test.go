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
		{"Shells fell in the Abu Tarqosh district of Baghdad.", []string{"Abu Tarqosh"}},
		{"Troops have stormed Qorvashte, residents said.", []string{"Qorvashte"}},
		{"Dozens died in the battle for the strategic Jabal Qorvashte.", []string{"Jabal Qorvashte"}},
		{"Gunmen attacked Qorvashte, a small village near Baghdad.", []string{"Qorvashte"}},
		{"Two were killed in Khan al-Qorvash, about 14 km from Baghdad.", []string{"Khan al-Qorvash"}},
		{"They held a village called Qorvashte for a week.", []string{"Qorvashte"}},
		{"Rebels took the hilltop of Tarqosh.", []string{"Tarqosh"}},
		{"Shells hit the southern slope of Tal Al-Qorvash on Monday.", []string{"Tal Al-Qorvash"}},
		{"Rebels withdrew from Mount al-Qorvash.", []string{"Mount al-Qorvash"}},
		{"They took the village of Al-‘Qorvashte.", []string{"Al-‘Qorvashte"}},
		{"Jets bombed part of strategic Qorvash Hill.", []string{"Qorvash Hill"}},
		{"Fighters of Harakat Ahrar Al-Qorvash left the town of Tarqosh.", []string{"Tarqosh"}},
		{"It was told to the UN in Iraq.", nil},
		{"A girl was shot in Mt. Qorvash on Monday.", []string{"Mt. Qorvash"}},
		{"They fought in the Qorvash District's central market.", []string{"Qorvash District"}},
		{"They fought inside Sheikh Qorvash tonight.", []string{"Sheikh Qorvash"}},
		{"Agents bombed the Qorvash flagship in 1985.", nil},
		{"A bomb went off in the Shiite neighborhood.", nil},
		{"Police spoke to Qorvashte, a city planner.", nil},
		{"The army goes on with its fight against Qorvashte.", nil},
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
