package ingest

import (
	"strings"

	"dateline/gazetteer"
	"dateline/geo"
)

// countryCodes are those of the names that rows give their countries, as they
// are found in the gazetteer.
type countryCodes struct {
	locator Locator // may be nil
	known   map[string]string
}

// fill in the country of a place that a row puts on the map, where the row has
// its name alone.
func (c countryCodes) fill(i *geo.Incident, name string) {
	if len(i.Places) == 0 || !i.Places[0].Located() || i.Places[0].Country != "" || name == "" {
		return
	}
	code, known := c.known[name]
	if !known {
		if code = c.code(name); code == "" {
			before, _, _ := strings.Cut(name, "(") // UCDP: "Yemen (North Yemen)"
			code = c.code(strings.TrimSpace(before))
		}
		if len(c.known) < maxPlaces {
			c.known[name] = code
		}
	}
	i.Places[0].Country = code
}

// code of a country's name; empty where it is none.
func (c countryCodes) code(name string) string {
	if c.locator == nil || name == "" {
		return ""
	}
	for _, answer := range c.locator.Locate(name, "") {
		if l := answer.Location; l.Precision == gazetteer.Country && l.NotFound == "" {
			return l.Place.Country
		}
	}
	return ""
}
