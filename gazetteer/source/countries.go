package source

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"dateline/gazetteer"
)

// The columns of GeoNames' countryInfo that are read (recalled).
const (
	ciISO        = 0
	ciNumeric    = 2
	ciName       = 4
	ciArea       = 6
	ciPopulation = 7
	ciID         = 16
)

// readCountries adds the countries and the ids of their divisions.
func readCountries(b *build, f files) error {
	err := f("countryInfo.txt", func(r io.Reader) error {
		return tsv(r, ciID+1, func(col []string) error {
			id, err := strconv.Atoi(col[ciID])
			if err != nil || id == 0 {
				return nil // a country that is no more
			}
			area, _ := strconv.ParseFloat(col[ciArea], 64)
			population, err := strconv.ParseInt(col[ciPopulation], 10, 64)
			if err != nil {
				return fmt.Errorf("population %q is no number", col[ciPopulation])
			}
			e := &entry{}
			e.Place = gazetteer.Place{ID: "gn:" + col[ciID], Name: col[ciName], Class: 'A', Code: "PCLI", Country: col[ciISO], Population: population}
			b.countries[col[ciISO]] = &country{entry: b.add(e), numeric: col[ciNumeric], area: area}
			return nil
		})
	})
	if err != nil {
		return err
	}
	return f("admin1Codes.txt", func(r io.Reader) error {
		return tsv(r, 4, func(col []string) error {
			b.admin1[col[0]] = &division{code: col[0], name: col[1], geonameid: col[3], names: []string{col[2]}}
			return nil
		})
	})
}

// languages whose names are in a script that we read and that news is written in.
var languages = strings.Fields("en ar fa ps ur ckb ku ru uk be bg sr mk kk ky tg he fr es de it pt nl pl cs sk sl hr bs hu ro sv da nb no nn fi et lv lt tr az uz id ms sw so ha vi ca gl eu sq")

// readCountryNames adds the names of countries in many languages.
func readCountryNames(b *build, f files) error {
	for _, language := range languages {
		var names struct {
			Countries map[string]json.RawMessage `json:"countries"`
		}
		err := f("langs/"+language+".json", func(r io.Reader) error { return json.NewDecoder(r).Decode(&names) })
		if err != nil && strings.Contains(err.Error(), "no file") {
			continue
		}
		if err != nil {
			return err
		}
		for iso, raw := range names.Countries {
			c := b.countries[iso]
			if c == nil {
				continue
			}
			var one string
			var several []string
			if json.Unmarshal(raw, &one) == nil {
				several = []string{one}
			} else if err := json.Unmarshal(raw, &several); err != nil {
				return fmt.Errorf("%s: %s: %w", language, iso, err)
			}
			c.entry.addAlternates(several...)
		}
	}
	return nil
}

// readSubdivisionNames adds the names of divisions in many languages: their ISO
// 3166-2 codes are not GeoNames', so the English name joins them.
func readSubdivisionNames(b *build, f files) error {
	type file struct {
		Subdivisions struct {
			LocaleDisplayNames struct {
				Subdivisions map[string]string `json:"subdivisions"`
			} `json:"localeDisplayNames"`
		} `json:"subdivisions"`
	}
	byName := map[string]*division{}
	for _, code := range slices.Sorted(maps.Keys(b.admin1)) {
		d := b.admin1[code]
		byName[code[:2]+" "+gazetteer.Fold(d.name)] = d
		for _, n := range d.names {
			byName[code[:2]+" "+gazetteer.Fold(n)] = d
		}
	}
	joined := map[string]*division{}
	for _, language := range languages {
		var names file
		err := f("subdivisions/"+language+"/"+language+".json", func(r io.Reader) error { return json.NewDecoder(r).Decode(&names) })
		if err != nil && strings.Contains(err.Error(), "no file") {
			continue
		}
		if err != nil {
			return err
		}
		named := names.Subdivisions.LocaleDisplayNames.Subdivisions
		for _, code := range slices.Sorted(maps.Keys(named)) {
			name := named[code]
			if language == "en" && len(code) > 2 {
				if d := byName[strings.ToUpper(code[:2])+" "+gazetteer.Fold(name)]; d != nil {
					joined[code] = d
				}
			}
			if d := joined[code]; d != nil && worthKeeping(name) {
				d.names = append(d.names, name)
			}
		}
	}
	return nil
}
