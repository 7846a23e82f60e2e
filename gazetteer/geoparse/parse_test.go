package geoparse_test

import (
	"fmt"
	"strings"
	"testing"

	"dateline/gazetteer/geoparse"

	"github.com/google/go-cmp/cmp"
)

// written is a mention as the tests below write it: "text kind place", with
// the locative in brackets, an asterisk for the dateline, and what was not
// found behind a question mark.
func written(m geoparse.Mention) string {
	s := m.Text + " " + string(m.Kind)
	if m.Locative != "" {
		s += " [" + m.Locative + "]"
	}
	if m.Dateline {
		s += "*"
	}
	if m.Location == nil {
		return s + " -"
	}
	s += " " + strings.TrimPrefix(m.Location.Place.ID, "gn:")
	if m.Location.NotFound != "" {
		s += " ?" + m.Location.NotFound
	}
	return s
}

func TestParse(t *testing.T) {
	p := parser(t)
	for _, tc := range []struct {
		name, text string
		want       []string
	}{
		{"plain", "A bomb went off in Baghdad.", []string{"Baghdad literal 98182"}},
		{"possessive", "It hit Baghdad’s centre.", []string{"Baghdad literal 98182"}},
		{"article stripped", "In the Gaza Strip it rained.", []string{"Gaza Strip literal 281132"}},
		{"street with its town before", "A strike on Baghdad’s Palestine Street.", []string{"Baghdad literal 98182", "Palestine Street literal sup:palestine-street-baghdad"}},
		{"street in its town", "It was on Palestine Street in Baghdad.", []string{"Palestine Street literal sup:palestine-street-baghdad", "Baghdad literal 98182"}},
		{"street, town", "It was on Palestine Street, Jeddah.", []string{"Palestine Street literal sup:palestine-street-jeddah", "Jeddah literal 105343"}},
		{"unknown street, town", "It was on Almond Street, Baghdad.", []string{"Almond Street literal 98182 ?Almond Street", "Baghdad literal 98182"}},
		{"abbreviation", "He lives in Gary, Ind., and works there.", []string{"Gary literal 4920423", "Ind. literal 4921868"}},
		{"initialism", "He moved to the U.S. last year.", []string{"U.S. literal 6252001"}},
		{"container decides", "They met in Paris, Texas.", []string{"Paris literal 4717560", "Texas literal 4736286"}},
		{"one sense a document", "They met in Paris, Texas. Later Paris was quiet.", []string{"Paris literal 4717560", "Texas literal 4736286", "Paris literal 4717560"}},
		{"default sense", "They met in Paris.", []string{"Paris literal 2988507"}},
		{"in brackets", "A man from Tripoli (Lebanon) came.", []string{"Tripoli literal 266826", "Lebanon literal 272103"}},
		{"country far in the text", "Lebanese troops left. In Tripoli, in Beirut and elsewhere in Lebanon it was calm.",
			[]string{"Lebanese demonym 272103", "Tripoli literal 266826", "Beirut literal 276781", "Lebanon literal 272103"}},
		{"state and country", "In Atlanta, Georgia, it rained.", []string{"Atlanta literal 4180439", "Georgia literal 4197000"}},
		{"demonym", "Iraqi war planes flew.", []string{"Iraqi demonym 99237"}},
		{"metonym speaks", "Washington said it would not.", []string{"Washington metonym 4140963"}},
		{"metonym has", "It was Washington’s support of Israel.", []string{"Washington metonym 4140963", "Israel literal 294640"}},
		{"embedded", "They asked officers of the Paris Police Department to come.", []string{"Paris embedded 2988507"}},
		{"embedded behind", "The University of Oslo said so.", []string{"Oslo embedded 3143244"}},
		{"movement", "A group called the Islamic Resistance in Iraq did it.", []string{"Iraq embedded 99237"}},
		{"event", "They signed the Oslo Accords.", nil},
		{"person by given name", "Michael Jordan spoke.", nil},
		{"person by family name", "Jordan Smith spoke.", nil},
		{"person by title", "It was Mr Paris who said so.", nil},
		{"person before", "Anna Charlotte came. Then Charlotte left.", nil},
		{"particle of a name", "Mr al-Maghazi was driving.", nil},
		{"everyday words", "Police said so. March is over. Nice weather. Of course. Reading is fun. Mobile phones.", nil},
		{"everyday word in its place", "He was born in Reading, and works in Nice, France.", []string{"Reading literal 2639577", "Nice literal 2990440", "France literal 3017382"}},
		{"two-word verb", "Hit by a car, he died.", nil},
		{"coordinated", "Fighting spread in North and South Kivu.", []string{"North literal 206938", "South Kivu literal 203104"}},
		{"kind word for two", "The Homs and Hama provinces were hit.", []string{"Homs literal 169575", "Hama literal 170015"}},
		{"kind word behind", "It happened in Anbar province.", []string{"Anbar literal 99189"}},
		{"kind word before", "It happened in the province of Homs.", []string{"Homs literal 169575"}},
		{"town of X in Y", "It happened in the town of Hit in Anbar.", []string{"Hit literal 99347", "Anbar literal 99189"}},
		{"suburbs", "A strike in the suburbs of Beirut killed two.", []string{"Beirut literal [suburbs of] 276781"}},
		{"part", "It was heard in central Baghdad.", []string{"Baghdad literal [central] 98182"}},
		{"distance from what is called a capital", "It fell 100 km north of the capital, Baghdad.", []string{"Baghdad literal [100 km north of] 98182"}},
		{"distance and direction", "It fell 10 km north of Mosul.", []string{"Mosul literal [10 km north of] 99072"}},
		{"between", "They stopped between Tikrit and Mosul.", []string{"Tikrit literal [between] 90147", "Mosul literal 99072"}},
		{"border", "Syria’s border with Iraq is closed.", []string{"Syria literal 163843", "Iraq literal [border with] 99237"}},
		{"coast by demonym", "The boat sank off the Libyan coast.", []string{"Libyan literal [off the coast] 2215636"}},
		{"dateline", "BEIRUT (AP) — A man said so in Damascus.", []string{"BEIRUT literal* 276781", "Damascus literal 170654"}},
		{"dateline with a long country", "KATHMANDU, Kingdom of the Gorkha (AP) - A flood came.", []string{"KATHMANDU literal* 1283240"}},
		{"dateline with country", "KATHMANDU, Nepal — A flood came.", []string{"KATHMANDU literal* 1283240", "Nepal literal* 1282988"}},
		{"vague", "In the region and in the area it was calm.", nil},
		{"upper case", "A BOMB WENT OFF IN BAGHDAD, IRAQ, ON MONDAY. POLICE SAID OF THE MARCH.", []string{"BAGHDAD literal 98182", "IRAQ literal 99237"}},
		{"lower case", "a bomb went off in baghdad on monday. police said so.", []string{"baghdad literal 98182"}},
		{"hyphen", "The Iran-backed militia left.", []string{"Iran metonym 130758"}},
		{"hospital", "They took him to Nasser Hospital in Khan Younis.", []string{"Nasser Hospital literal sup:nasser-hospital", "Khan Younis literal 281124"}},
		{"nothing", "", nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			for _, m := range p.Parse(geoparse.Document{Text: tc.text}) {
				got = append(got, written(m))
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestHints(t *testing.T) {
	p := parser(t)
	for _, tc := range []struct {
		name string
		doc  geoparse.Document
		want string
	}{
		{"country", geoparse.Document{Text: "It rained in Tripoli.", Country: "LB"}, "266826"},
		{"home", geoparse.Document{Text: "It rained in Springfield.", Home: "Springfield, Illinois"}, "4250542"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := p.Parse(tc.doc)
			if len(got) != 1 || got[0].Location == nil || got[0].Location.Place.GeoNamesID() != tc.want {
				t.Errorf("got %v, want %s", got, tc.want)
			}
		})
	}
}

func TestResolve(t *testing.T) {
	p := parser(t)
	d := geoparse.Document{Text: "Über Paris in Texas, ’twas said; Xyz."}
	got := p.Resolve(d, []geoparse.Span{{14, 19}, {5, 10}, {33, 36}, {90, 99}})
	var texts []string
	for _, m := range got {
		texts = append(texts, fmt.Sprintf("%d %s", m.Start, written(m)))
	}
	want := []string{"14 Texas literal 4736286", "5 Paris literal 4717560", "33 Xyz literal -", "90  literal -"}
	if diff := cmp.Diff(want, texts); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestOffsetsAreCodePoints(t *testing.T) {
	text := "Ünïcödé 😀: in the suburbs of Beirut’s"
	got := parser(t).Parse(geoparse.Document{Text: text})
	if len(got) != 1 {
		t.Fatalf("got %d mentions", len(got))
	}
	runes := []rune(text)
	m := got[0]
	if s := string(runes[m.Start:m.End]); s != "Beirut" || s != m.Text {
		t.Errorf("span is %q, text %q", s, m.Text)
	}
	if s := string(runes[m.Extent.Start:m.Extent.End]); s != "suburbs of Beirut" {
		t.Errorf("extent is %q", s)
	}
}

func TestLocate(t *testing.T) {
	p := parser(t)
	for _, tc := range []struct{ phrase, country, id, notFound string }{
		{"Palestine Street, Baghdad", "", "sup:palestine-street-baghdad", ""},
		{"palestine street, baghdad", "", "sup:palestine-street-baghdad", ""},
		{"Palestine Street in Jeddah", "", "sup:palestine-street-jeddah", ""},
		{"Almond Street, Baghdad", "", "gn:98182", "Almond Street"},
		{"almond alley, baghdad", "", "gn:98182", "almond alley"},
		{"Tripoli", "LB", "gn:266826", ""},
		{"Tripoli", "", "gn:2210247", ""},
		{"Of", "", "gn:9992", ""},
		{"Baghdat", "IQ", "gn:98182", ""},
		{"Baghdat", "", "", ""},
		{"somewhere", "", "", ""},
		{"", "", "", ""},
	} {
		t.Run(tc.phrase+" "+tc.country, func(t *testing.T) {
			got := p.Locate(tc.phrase, tc.country)
			if len(got) == 0 {
				if tc.id != "" {
					t.Errorf("nothing found, want %s", tc.id)
				}
				return
			}
			if got[0].Place.ID != tc.id || got[0].NotFound != tc.notFound {
				t.Errorf("got %s, not found %q; want %s, %q", got[0].Place.ID, got[0].NotFound, tc.id, tc.notFound)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "Baghdad", "10 km north of Mosul", "between Tikrit and Mosul, Iraq's", "U.S.-led al-Tanf's St. ", "-’s'-(,", "BEIRUT (AP) — ",
		"North and South Kivu", "Paris, Paris, Paris (Paris) in Paris's Paris", "of of of the the", "Syria-Iraq border road"} {
		f.Add(s, 0, 5)
	}
	p := parser(f)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		runes := len([]rune(text))
		last := 0
		for _, m := range p.Parse(geoparse.Document{Text: text}) {
			if m.Start < last || m.End <= m.Start || m.End > runes {
				t.Fatalf("span %v after %d of %d code points", m.Span, last, runes)
			}
			last = m.Start
			if m.Location != nil && !(m.Location.RadiusM >= 0 && m.Location.Confidence >= 0 && m.Location.Confidence <= 1) {
				t.Fatalf("radius %v, confidence %v", m.Location.RadiusM, m.Location.Confidence)
			}
		}
		p.Resolve(geoparse.Document{Text: text}, []geoparse.Span{{start, end}})
		p.Locate(text, "IQ")
	})
}
