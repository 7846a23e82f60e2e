package source

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"dateline/gazetteer"
)

// eventColumns are the columns of a table of events that tell of a place, as
// UCDP GED and ACLED name them (their codebooks, recalled). Only places that the
// event locates exactly are taken.
var eventColumns = []struct{ place, precision, exact, country string }{
	{"where_coordinates", "where_prec", "1", "country"},
	{"location", "geo_precision", "1", "country"},
}

// eventPlaceM is the radius of a place that only an event tells of: its point is
// that of a village, rarely of the spot.
const eventPlaceM = 5_000

// readEvents takes the places that events name and locate exactly.
func readEvents(in *inputFile, to receiver) error {
	return in.text(func(r io.Reader) error {
		table, at, err := openTable(r)
		if err != nil {
			return err
		}
		for _, c := range eventColumns {
			if _, ok := at[c.place]; !ok {
				continue
			}
			for _, need := range []string{c.precision, c.country, "latitude", "longitude"} {
				if _, ok := at[need]; !ok {
					return fmt.Errorf("line 1: there is no column %s", need)
				}
			}
			return eachRow(table, func(col []string) error {
				value := func(name string) string { return strings.TrimSpace(col[at[name]]) }
				if value(c.precision) != c.exact {
					return nil // the row of HXL tags too
				}
				return addEvent(to, value, c.place, c.country)
			})
		}
		return errors.New("line 1: it has the columns of neither UCDP GED nor ACLED")
	})
}

func addEvent(to receiver, value func(string) string, place, country string) error {
	name, settled := settlement(value(place))
	if gazetteer.Fold(name) == "" {
		return nil
	}
	p, err := point(value("longitude"), value("latitude"))
	if err != nil {
		return err
	}
	row := placeRow{}
	row.Place = gazetteer.Place{
		ID:   fmt.Sprintf("event:%s.%d.%d", strings.ReplaceAll(gazetteer.Fold(name), " ", "-"), int(math.Floor(p.Lon()*100)), int(math.Floor(p.Lat()*100))),
		Name: name, Class: 'P', Code: "PPL", Point: p, RadiusM: eventPlaceM, Country: to.countryNamed(value(country)),
	}
	if !settled {
		row.Class, row.Code = 'S', "FCL"
	}
	return to.place(row)
}

// settlement cuts the word off that says that a name is a town's; settled is
// false where a word says that it is something else.
func settlement(name string) (bare string, settled bool) {
	for _, word := range []string{" town", " village", " city"} {
		if cut, ok := strings.CutSuffix(name, word); ok {
			return cut, true
		}
	}
	lower := strings.ToLower(name)
	for _, word := range []string{"road", "base", "airport", "camp", "bridge", "checkpoint", "dam", "hospital", "prison", "mosque", "mountain", "border"} {
		if strings.Contains(lower, word) {
			return name, false
		}
	}
	return name, true
}
