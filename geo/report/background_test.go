package report_test

import (
	"fmt"
	"strings"
	"testing"

	"dateline/geo"

	"github.com/google/go-cmp/cmp"
)

// What wire reports tell beside their main event: each line is an incident with its
// type, first day, first place and dead. The sentences are ours, published on Friday,
// 22 December 2023.
func TestToldBeside(t *testing.T) {
	reader := newReader(t)
	for _, tc := range []struct {
		name, text string
		want       []string
	}{
		{"the killing of someone new",
			"A shooting in Prague killed 14 people on Thursday. The student is also suspected of the killing of a man and his daughter, who were found shot dead in Brno on Dec. 15.",
			[]string{"shooting 2023-12-21 Prague 14", "shooting 2023-12-15 Brno 2"}},
		{"who is shot at a protest dies of the shot",
			"A woman who was shot in the head during a protest in Naypyitaw on Dec. 9 died in hospital ten days later.",
			[]string{"shooting 2023-12-09 Naypyitaw 1", "peaceful-protest 2023-12-09 Naypyitaw _"}},
		{"whoever is named behind by is no place",
			"In Donetsk, a minibus burst into flames when shells landed in the centre on Thursday, said the mayor appointed by Moscow.",
			[]string{"shelling 2023-12-21 Donetsk _"}},
		{"a count for each place",
			"Missiles kill 25 in Ukraine\n\nRussia fired missiles at Ukraine on Thursday, killing at least 23 people in Uman and two in Dnipro. In Uman, a missile hit a block of flats.",
			[]string{"missile-strike 2023-12-21 Uman 23", "missile-strike 2023-12-21 Dnipro 2"}},
		{"two doers in a sentence",
			"Russia fired missiles at Uman on Thursday, while Ukrainian shelling killed seven people in Donetsk.",
			[]string{"missile-strike 2023-12-21 Uman _", "shelling 2023-12-21 Donetsk 7"}},
		{"a town that is its country's",
			"NOVI SAD, Serbia - A concrete canopy collapsed in Serbia's second-largest city on Thursday, killing 14 people.",
			[]string{"building-collapse 2023-12-21 NOVI SAD, Serbia 14"}},
		{"the day on which a toll rose",
			"A flood in Mokwa began early on Tuesday. The death toll of the flood rose to 151 on Thursday, up from 111.",
			[]string{"flood 2023-12-19 Mokwa 151"}},
		{"a missile that brings down a building",
			"A missile brought down a block of flats in Uman on Thursday, killing six people.",
			[]string{"missile-strike 2023-12-21 Uman 6"}},
		{"who takes power takes no hostages",
			"The army took power in Mali on Thursday.",
			[]string{"strategic-other 2023-12-21 Mali _"}},
		{"what a year has cost",
			"Gunmen killed nine people in Mokwa on Thursday. Some 5,601 people were killed in 2022, over a thousand more than before.",
			[]string{"shooting 2023-12-21 Mokwa 9"}},
		{"a campaign since the day of another's deed",
			"Russia has bombarded Kharkiv since Oct. 7, when gunmen killed 40 people in Odesa.",
			[]string{"shelling 2023-10-07 Kharkiv _", "shooting 2023-10-07 Odesa 40"}},
		{"one of many told before",
			"Air attacks on the north were condemned by aid groups. On Dec. 6 at least seven people were killed when an air strike hit a shop in Mokwa.",
			[]string{"air-strike  Mokwa _", "air-strike 2023-12-06 Mokwa 7"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			read, err := reader.Read(geo.Report{Text: tc.text, Published: "2023-12-22"})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, lines(read.Incidents)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// lines tells each incident in a line.
func lines(all []geo.Incident) []string {
	var out []string
	for _, i := range all {
		place, killed := "_", "_"
		if s, ok := i.Where(); ok {
			place = s.Place
		}
		if n := i.Tolls.Killed.Best; n != nil {
			killed = fmt.Sprint(*n)
		}
		out = append(out, strings.Join([]string{i.Type, string(i.When.Start), place, killed}, " "))
	}
	return out
}
