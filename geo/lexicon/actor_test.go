package lexicon_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"dateline/geo/lexicon"
)

// countries are the codes of ISO 3166-1, that of Kosovo, and Yugoslavia's, which
// was.
const countries = `AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF
GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW
KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL
NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST
SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT YU ZA ZM ZW`

// actorRows are the rows of a language's table of actors by its columns.
func actorRows(t *testing.T, code string) []map[string]string {
	t.Helper()
	file, err := os.Open(filepath.Join(code, "event-actor.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.Comma, r.Comment, r.LazyQuotes = '\t', '#', true
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, cells := range all[1:] {
		row := map[string]string{}
		for k, name := range all[0] {
			row[name] = cells[k]
		}
		rows = append(rows, row)
	}
	return rows
}

// names of a row, in lower case.
func names(row map[string]string) []string {
	var all []string
	for _, name := range strings.Split(row["name"]+"|"+row["aliases"]+"|"+row["demonyms"], "|") {
		if name != "" {
			all = append(all, strings.ToLower(name))
		}
	}
	return all
}

// Every language's table has its ids once, no name twice, valid countries, and no
// id that the first language has not: one actor is one in every language.
func TestActorTables(t *testing.T) {
	known := map[string]bool{}
	for _, row := range actorRows(t, "en") {
		known[row["id"]] = true
	}
	for _, code := range lexicon.Codes() {
		ids, whose := map[string]bool{}, map[string]string{}
		for _, row := range actorRows(t, code) {
			id := row["id"]
			if ids[id] || !known[id] {
				t.Errorf("%s: %s stands twice, or is not in the first language's table", code, id)
			}
			ids[id] = true
			for _, name := range names(row) {
				if other := whose[name]; other != "" && (other != id || code == "en") && !strings.HasSuffix(name, "*") {
					t.Errorf("%s: %q is a name of %s and of %s", code, name, other, id)
				}
				whose[name] = id
			}
			if c := row["country"]; c != "" && (len(c) != 2 || !strings.Contains(countries, c)) {
				t.Errorf("%s: %s has the country %q", code, id, c)
			}
			if kind := row["kind"]; kind != "state" && kind != "forces" && kind != "group" && kind != "kind" {
				t.Errorf("%s: %s is of kind %q", code, id, kind)
			}
		}
	}
}

var yearsOf = regexp.MustCompile(`^(\d{4})-(\d{4})?$`)

// The table of the first language: five hundred actors and more, each with what
// it rests on, their years in order.
func TestActors(t *testing.T) {
	rows := actorRows(t, "en")
	n := 0
	for _, row := range rows {
		if row["kind"] != "kind" {
			n++
			if b := row["basis"]; b != "iso" && b != "recalled" {
				t.Errorf("%s: basis %q, want iso or recalled", row["id"], b)
			}
		}
		if years := row["years"]; years != "" {
			m := yearsOf.FindStringSubmatch(years)
			if m == nil || m[1] < "1800" || m[2] != "" && m[2] < m[1] || m[2] > "2100" {
				t.Errorf("%s: years %q", row["id"], years)
			}
		}
	}
	if n < 500 {
		t.Errorf("%d actors, want at least 500", n)
	}
}

// One actor is joined by its id from every language.
func TestActorNames(t *testing.T) {
	for _, c := range []struct{ code, words, id string }{
		{"en", "israeli", "state:IL"},
		{"en", "pmf", "pmf"},
		{"en", "rapid support forces", "rsf"},
		{"en", "al - shabaab", "al-shabaab"},
		{"en", "islamic resistance in iraq", "islamic-resistance-iraq"},
		{"en", "estado mayor central", "estado-mayor"},
		{"en", "africa corps", "wagner"},
		{"en", "wazalendo", "wazalendo"},
		{"ar", "الدعم السريع", "rsf"},
		{"ar", "والحوثيين", "houthis"},
		{"ar", "الإسرائيلية", "state:IL"},
		{"ar", "كتائب حزب الله", "kataib-hezbollah"},
		{"uk", "хуситів", "houthis"},
		{"uk", "вагнерівці", "wagner"},
		{"uk", "російських", "state:RU"},
		{"uk", "хезболлою", "hezbollah"},
	} {
		l, err := lexicon.For(c.code)
		if err != nil {
			t.Fatal(err)
		}
		var words []string
		for _, token := range lexicon.Tokenize(c.words) {
			words = append(words, token.Lower)
		}
		values, n := l.Event.ActorNames.At(words, 0)
		if n != len(words) || l.Event.Actors[values[0].Actor].ID != c.id {
			t.Errorf("%s %s: %d words matched, want all as %s", c.code, c.words, n, c.id)
		}
	}
}
