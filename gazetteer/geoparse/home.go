package geoparse

import (
	"strings"

	"dateline/gazetteer"
)

// home is where an outlet is.
type home struct {
	place gazetteer.Place
	at    [3]float64
}

// home finds the outlet's home place: "Alexandria, Louisiana"; nil where it is
// not known.
func (p *Parser) home(name string) *home {
	if name == "" {
		return nil
	}
	inner, outer, _ := strings.Cut(name, ",")
	found := p.places.LookupFolded(gazetteer.Fold(inner))
	containers := p.places.LookupFolded(gazetteer.Fold(outer))
	for _, m := range found {
		if len(containers) == 0 || p.holdsAny(containers, []gazetteer.Match{m}) {
			return &home{m.Place, vector(m.Point)}
		}
	}
	return nil
}
