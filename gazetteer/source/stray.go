package source

import (
	"math"
	"slices"

	"dateline/gazetteer"

	"github.com/paulmach/orb"
)

// Rows of a division that are known to lie elsewhere by mistake: those beyond
// strayTimes the median distance from its middle, and beyond strayM, that have
// none of the division's rows among their nearest strayNeighbours.
const (
	strayTimes      = 3
	strayM          = 20_000
	strayNeighbours = 4
)

// withoutStrays leaves out the rows of a division that its extent must not
// follow; alike tells whether two rows are of one division.
func (n *nearest) withoutStrays(members []*entry, alike func(x, y *entry) bool) []*entry {
	if len(members) <= strayNeighbours {
		return members
	}
	middle := median(members)
	distances := make([]float64, len(members))
	for k, e := range members {
		distances[k] = gazetteer.DistanceM(middle, e.Point)
	}
	far := max(strayM, strayTimes*half(distances))
	var kept []*entry
	for k, e := range members {
		if distances[k] > far && n.alone(e, alike) {
			continue
		}
		kept = append(kept, e)
	}
	return kept
}

func (n *nearest) alone(e *entry, alike func(x, y *entry) bool) bool {
	around := n.neighbours(e, strayNeighbours)
	return len(around) == strayNeighbours && !slices.ContainsFunc(around, func(other *entry) bool { return alike(e, other) })
}

// median is the point of the median longitude and latitude of some places, which
// a few stray ones do not move. Places on both sides of 180° are taken together.
func median(places []*entry) orb.Point {
	lon, lat := make([]float64, len(places)), make([]float64, len(places))
	for k, e := range places {
		lon[k], lat[k] = e.Point.Lon(), e.Point.Lat()
	}
	if slices.Max(lon)-slices.Min(lon) > 180 {
		for k := range lon {
			if lon[k] < 0 {
				lon[k] += 360
			}
		}
	}
	x := half(lon)
	if x > 180 {
		x -= 360
	}
	return orb.Point{x, half(lat)}
}

// half is the median of some numbers.
func half(numbers []float64) float64 {
	if len(numbers) == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(numbers))
	return sorted[len(sorted)/2]
}
