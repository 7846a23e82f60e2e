package source

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"dateline/gazetteer"
)

// readDump reads a GeoNames dump. What is no more (codes that end in H but for
// the reefs and such) is left out.
func readDump(in *inputFile, to receiver) error {
	return in.text(func(r io.Reader) error {
		return tsv(r, geonamesColumns, func(col []string) error {
			if gone[col[colCode]] || gazetteer.Fold(col[colName]) == "" {
				return nil
			}
			e, err := geonamesEntry(col)
			if err != nil {
				return err
			}
			to.featureCode(col[colClass] + "." + col[colCode])
			row := placeRow{Entry: e.Entry, codes: [3]string{col[colAdmin2], col[colAdmin3], col[colAdmin4]}}
			if row.RadiusM = 0; row.Class == 'P' {
				row.RadiusM = settlementRadius(row.Place)
			}
			if row.Admin1 == "00" {
				row.Admin1 = ""
			}
			row.AltNames = min(row.AltNames, len(row.Names)+row.AltNames/2)
			return to.place(row)
		})
	})
}

// gone are the feature codes of what is no more.
var gone = func() map[string]bool {
	m := map[string]bool{}
	for _, code := range strings.Fields("PPLH PPLCH PCLH ADM1H ADM2H ADM3H ADM4H ADM5H ADMDH RGNH AREAH") {
		m[code] = true
	}
	return m
}()

// The columns of GeoNames' alternate names
// (https://download.geonames.org/export/dump/readme.txt, recalled); the four
// flags and the years are those of V2, of which old files have two or none.
const (
	altPlace    = 1
	altLanguage = 2
	altName     = 3
	altColloq   = 6
	altHistoric = 7
	altTo       = 9
	altColumns  = 4
)

// noNames are the values of the language column that mark no name: codes, links
// and numbers.
var noNames = strings.Fields("link wkdt post iata icao faac tcid unlc phon")

// readAlternateNames adds names to places that a dump gives.
func readAlternateNames(in *inputFile, to receiver) error {
	return in.text(func(r io.Reader) error {
		return tsv(r, altColumns, func(col []string) error {
			if _, err := strconv.ParseUint(col[altPlace], 10, 32); err != nil {
				return fmt.Errorf("geonameid %q is no number", col[altPlace])
			}
			if slices.Contains(noNames, col[altLanguage]) {
				return nil
			}
			is := func(k int) bool { return len(col) > k && col[k] == "1" }
			n := gazetteer.Name{Text: strings.TrimSpace(col[altName]), Kind: gazetteer.NameAlternate}
			switch {
			case col[altLanguage] == "abbr":
				n.Kind = gazetteer.NameAbbreviation
			case is(altHistoric), len(col) > altTo && col[altTo] != "", strings.Contains(col[altLanguage], "_"): // fr_1793
				n.Kind = gazetteer.NameHistoric
			case is(altColloq):
				n.Kind = gazetteer.NameNickname
			}
			if n.Kind == gazetteer.NameAbbreviation && gazetteer.Fold(n.Text) == "" || n.Kind != gazetteer.NameAbbreviation && !worthKeeping(n.Text) {
				return nil
			}
			return to.name("gn:"+col[altPlace], n)
		})
	})
}

// readAdminCodes adds the names of divisions: "AE.01 <tab> Abu Dhabi <tab> ASCII
// name <tab> geonameid".
func readAdminCodes(in *inputFile, to receiver) error {
	return in.text(func(r io.Reader) error {
		return tsv(r, 4, func(col []string) error {
			if len(col[0]) < 4 || col[0][2] != '.' {
				return fmt.Errorf("code %q is not of the form CC.01", col[0])
			}
			return to.division(col[0], col[1])
		})
	})
}

// readHierarchy adds which place lies in which: "parent <tab> child <tab> type".
func readHierarchy(in *inputFile, to receiver) error {
	return in.text(func(r io.Reader) error {
		return tsv(r, 2, func(col []string) error {
			for _, id := range col[:2] {
				if _, err := strconv.ParseUint(id, 10, 32); err != nil {
					return fmt.Errorf("geonameid %q is no number", id)
				}
			}
			if len(col) > 2 && col[2] != "ADM" && col[2] != "" {
				return nil
			}
			return to.parent("gn:"+col[1], "gn:"+col[0])
		})
	})
}

// readFeatureCodes notes the codes that there are: "A.ADM1 <tab> name <tab> text".
func readFeatureCodes(in *inputFile, to receiver) error {
	return in.text(func(r io.Reader) error {
		return tsv(r, 2, func(col []string) error {
			if len(col[0]) < 3 || col[0][1] != '.' {
				if col[0] == "null" {
					return nil
				}
				return fmt.Errorf("code %q is not of the form A.ADM1", col[0])
			}
			to.featureCode("+" + col[0])
			return nil
		})
	})
}

// readExtract reads an OpenStreetMap extract.
func readExtract(in *inputFile, to receiver) error {
	return readOSM(in.ctx, in.file, in.size, in.tick, func(e gazetteer.Entry) error {
		return to.place(placeRow{Entry: e, extent: e.Class == 'A'})
	})
}
