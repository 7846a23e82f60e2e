package source

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"dateline/gazetteer"

	"github.com/paulmach/orb"
)

// The columns of a GeoNames dump (https://download.geonames.org/export/dump/,
// "The main 'geoname' table"; recalled).
const (
	colID = iota
	colName
	colASCII
	colAlternates
	colLat
	colLon
	colClass
	colCode
	colCountry
	colCC2
	colAdmin1
	colAdmin2
	colAdmin3
	colAdmin4
	colPopulation
	geonamesColumns = 19
)

// readGeoNames adds the settlements of a GeoNames dump that are still lived in.
func readGeoNames(b *build, f files) error {
	return f("cities1000.txt", func(r io.Reader) error {
		return tsv(r, geonamesColumns, func(col []string) error {
			switch col[colCode] {
			case "PPLH", "PPLQ", "PPLW", "PPLCH":
				return nil
			}
			e, err := geonamesEntry(col)
			if err != nil {
				return err
			}
			if b.byID[e.ID] == nil {
				b.add(e)
			}
			return nil
		})
	})
}

func geonamesEntry(col []string) (*entry, error) {
	if _, err := strconv.ParseUint(col[colID], 10, 32); err != nil {
		return nil, fmt.Errorf("id %q is no number", col[colID])
	}
	p, err := point(col[colLon], col[colLat])
	if err != nil {
		return nil, err
	}
	population, err := strconv.ParseInt(col[colPopulation], 10, 64)
	if err != nil {
		return nil, fmt.Errorf("population %q is no number", col[colPopulation])
	}
	if len(col[colClass]) != 1 {
		return nil, fmt.Errorf("feature class %q is no letter", col[colClass])
	}
	e := &entry{admin2: col[colAdmin2]}
	e.Place = gazetteer.Place{
		ID: "gn:" + col[colID], Name: col[colName], Class: col[colClass][0], Code: col[colCode], Country: col[colCountry],
		Admin1: col[colAdmin1], Point: p, Population: population,
	}
	e.RadiusM = settlementRadius(e.Place)
	alternates := strings.Split(col[colAlternates], ",")
	e.AltNames = len(alternates)
	if col[colAlternates] == "" {
		e.AltNames = 0
	}
	e.addAlternates(append([]string{col[colASCII]}, alternates...)...)
	return e, nil
}

func point(lon, lat string) (orb.Point, error) {
	x, err := strconv.ParseFloat(lon, 64)
	if err != nil || !(x >= -180 && x <= 180) {
		return orb.Point{}, fmt.Errorf("longitude %q is not one", lon)
	}
	y, err := strconv.ParseFloat(lat, 64)
	if err != nil || !(y >= -90 && y <= 90) {
		return orb.Point{}, fmt.Errorf("latitude %q is not one", lat)
	}
	return orb.Point{x, y}, nil
}
