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
//
// The towns of North America, Australia and New Zealand are wider: a municipality
// of 10,000 people covers about 14 km² there, one of 100,000 about 63, one of a
// million about 280, along a power law of exponent 0.65, and its edge runs out
// to about 2.2 times the radius of a circle of that area (recalled, from the
// land areas of United States municipalities).
const (
	densityPerKM2   = 4000
	notRound        = 1.2
	minTownM        = 2000
	unknownTownM    = 3000 // a row without population: a village or small town
	minQuarterM     = 1000
	maxQuarterM     = 5000
	divisionMarginM = 5000 // beyond the farthest place that is known in a division

	wideKM2      = 14.0
	widePeople   = 10_000.0
	wideExponent = 0.65
	wideEdge     = 2.2
	minWideM     = 4000
)

// wide are the countries whose towns sprawl.
var wide = map[string]bool{"US": true, "CA": true, "AU": true, "NZ": true}

// wideRadius is the radius in metres that holds a town of a country where towns
// sprawl.
func wideRadius(population int64) float64 {
	km2 := wideKM2 * math.Pow(float64(population)/widePeople, wideExponent)
	return math.Round(max(minWideM, 1000*wideEdge*math.Sqrt(km2/math.Pi)))
}

// settlementRadius is the radius in metres that holds a settlement, from its
// population and feature code.
func settlementRadius(p gazetteer.Place) float64 {
	switch {
	case p.Population <= 0 && wide[p.Country]:
		return minWideM
	case p.Population <= 0:
		return unknownTownM
	case wide[p.Country] && p.Code != "PPLX":
		return wideRadius(p.Population)
	}
	r := 1000 * notRound * math.Sqrt(float64(p.Population)/densityPerKM2/math.Pi)
	if p.Code == "PPLX" {
		return min(max(r, minQuarterM), maxQuarterM)
	}
	return math.Round(max(r, minTownM))
}
