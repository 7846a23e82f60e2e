package source

import (
	"math"

	"dateline/gazetteer"
)

// Extents of settlements. Built-up area grows with population; at a density of
// 4,000 people a km² (towns of the world lie between about 2,000 and 10,000,
// recalled, from the Atlas of Urban Expansion) the circle of that area holds a
// round town, and 1.2 times its radius most towns that are not round. Points of
// gazetteers are often off by a kilometre, so no radius is smaller than 2 km.
const (
	densityPerKM2   = 4000
	notRound        = 1.2
	minTownM        = 2000
	unknownTownM    = 3000 // a row without population: a village or small town
	minQuarterM     = 1000
	maxQuarterM     = 5000
	divisionMarginM = 5000 // beyond the farthest place that is known in a division
)

// settlementRadius is the radius in metres that holds a settlement, from its
// population and feature code.
func settlementRadius(p gazetteer.Place) float64 {
	if p.Population <= 0 {
		return unknownTownM
	}
	r := 1000 * notRound * math.Sqrt(float64(p.Population)/densityPerKM2/math.Pi)
	if p.Code == "PPLX" {
		return min(max(r, minQuarterM), maxQuarterM)
	}
	return math.Round(max(r, minTownM))
}
