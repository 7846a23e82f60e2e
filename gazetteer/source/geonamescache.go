package source

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"dateline/gazetteer"

	"github.com/paulmach/orb"
)

// readGeoNamesCache adds the places of 500 people and more that the dump lacks,
// with their ids, populations and alternate names. Their feature codes are not
// there; all are taken for towns. Rows that no newer source has are kept for the
// countries of smallPlaces alone: all of them would not fit into the file.
func readGeoNamesCache(b *build, f files) error {
	older := newNearest(b.entries)
	return f("cities500.json", func(r io.Reader) error {
		d := json.NewDecoder(r)
		if t, err := d.Token(); err != nil || t != json.Delim('{') {
			return fmt.Errorf("want an object of places: %v", err)
		}
		for d.More() {
			key, err := d.Token()
			if err != nil {
				return err
			}
			var row cacheRow
			if err := d.Decode(&row); err != nil {
				return fmt.Errorf("place %v: %w", key, err)
			}
			e, err := row.entry()
			if err != nil {
				return fmt.Errorf("place %v: %w", key, err)
			}
			if b.byID[e.ID] == nil && gazetteer.Fold(e.Name) != "" {
				e.spare = !smallPlaces[e.Country]
				e.renumber(older)
				b.add(e)
			}
		}
		return nil
	})
}

// smallPlaces are the countries of which every place of 500 people is kept:
// those at war or beside one, and those where most reports in English are
// written.
var smallPlaces = func() map[string]bool {
	m := map[string]bool{}
	for _, iso := range strings.Fields("AF AM AZ CO EG ET GB GE HT IE IL IQ IR LB LY ML MM MZ NE NG PK PS RU SD SO SS SY TR UA US YE") {
		m[iso] = true
	}
	return m
}()

type cacheRow struct {
	ID         int64    `json:"geonameid"`
	Name       string   `json:"name"`
	Lat        float64  `json:"latitude"`
	Lon        float64  `json:"longitude"`
	Country    string   `json:"countrycode"`
	Population int64    `json:"population"`
	Admin1     string   `json:"admin1code"`
	Alternates []string `json:"alternatenames"`
}

func (row cacheRow) entry() (*entry, error) {
	if row.ID <= 0 || !(row.Lat >= -90 && row.Lat <= 90) || !(row.Lon >= -180 && row.Lon <= 180) {
		return nil, fmt.Errorf("id %d at %v, %v is no place", row.ID, row.Lon, row.Lat)
	}
	e := &entry{}
	e.Place = gazetteer.Place{
		ID: "gn:" + strconv.FormatInt(row.ID, 10), Name: row.Name, Class: 'P', Code: "PPL", Country: row.Country,
		Admin1: row.Admin1, Point: orb.Point{row.Lon, row.Lat}, Population: row.Population,
	}
	e.RadiusM = settlementRadius(e.Place)
	for _, n := range row.Alternates {
		if n != "" {
			e.AltNames++
		}
	}
	e.addAlternates(row.Alternates...)
	return e, nil
}
