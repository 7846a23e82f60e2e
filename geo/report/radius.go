package report

import (
	"math"
	"strings"

	"dateline/gazetteer"
	"dateline/gazetteer/geoparse"
)

// What reports tell of a town was in it or in the country around that goes by its
// name, metres: of 1,495 reports of shootings in the United States a tenth lay
// outside the town's own radius and within 25 km. Around a hamlet that is far, a
// great city's surroundings have names of their own. Less so for a quarter; a part
// of a town ("south Toledo") is meant roughly.
const (
	aroundHamlet, aroundCity   = 14_000, 5_000
	aroundQuarter, aroundAPart = 5_000, 8_000
	narrower                   = 3      // by which share of its radius less lies around a town
	leastDistrict              = 21_000 // of a district whose extent is known by few towns
)

// siteRadius in metres holds the spot of what a report tells of a place: the
// place's own and what lies around it, which err independently.
func (d *doc) siteRadius(l *geoparse.Location) float64 {
	switch l.Precision {
	case gazetteer.Settlement:
		return math.Hypot(l.RadiusM, math.Max(aroundCity, aroundHamlet-l.RadiusM/narrower))
	case gazetteer.Neighbourhood:
		return math.Hypot(l.RadiusM, aroundQuarter)
	case gazetteer.Area:
		if d.side(l.Locative) {
			return math.Hypot(l.RadiusM, aroundAPart)
		}
	case gazetteer.District:
		return math.Max(l.RadiusM, leastDistrict)
	}
	return l.RadiusM
}

// side: a locative is no more than a side of a town: "south", "east side".
func (d *doc) side(locative string) bool {
	words := strings.Fields(strings.ToLower(locative))
	return len(words) > 0 && len(words) <= 2 && len(d.place.Directions[words[0]]) > 0
}
